package annex

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
)

// The limits of a package. They do not rest on what the file says of its sizes:
// what comes out of it is counted.
const (
	maxEntries   = 2000
	maxPartBytes = 2 << 20 // of one part, unpacked
	maxUnpacked  = 6 << 20 // of all parts read
)

// errTooMuch ends the reading of what would not end.
var errTooMuch = errors.New("annex: more than a form can hold")

// pack is a ZIP file and how much may still be unpacked of it.
type pack struct {
	files map[string]*zip.File
	left  int64
}

func openPack(data []byte) (*pack, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are only looked up here, never written
		return nil, err
	}
	if len(z.File) > maxEntries {
		return nil, errTooMuch
	}
	p := &pack{files: map[string]*zip.File{}, left: maxUnpacked}
	for _, f := range z.File {
		if _, twice := p.files[f.Name]; !twice {
			p.files[f.Name] = f
		}
	}
	return p, nil
}

func (p *pack) has(name string) bool { return p.files[name] != nil }

// part unpacks one part, nil if it is not there, damaged, or too big.
func (p *pack) part(name string) []byte {
	f := p.files[name]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	limit := min(maxPartBytes, p.left)
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	p.left -= int64(len(data))
	if err != nil || int64(len(data)) > limit {
		p.left = max(p.left, 0)
		return nil
	}
	return data
}
