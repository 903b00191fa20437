package mail

import (
	"bytes"
	"regexp"
)

var uuBegin = lazily(`^begin [0-7]{3,4} ([^\r\n]{1,200})$`)

// expandUU takes files out of plain texts that hold them in uuencode, as old
// programs and Outlook in plain mode send them, or in yEnc. A text that is signed
// stays as it is.
func expandUU(t *tree) {
	var files []part
	for i := range t.parts {
		p := &t.parts[i]
		if p.kind != "text/plain" || !p.isText() || p.place.within == "multipart/signed" || !bytes.Contains(p.content, []byte("begin ")) {
			continue
		}
		files = append(files, p.takeUU(maxParts-len(t.parts)-len(files))...)
		if file, ok := p.takeYEnc(); ok && len(t.parts)+len(files) < maxParts {
			files = append(files, file)
		}
	}
	t.parts = append(t.parts, files...) // below all: versions of one text stand together
}

// takeUU takes the files out of one text.
func (text *part) takeUU(most int) []part {
	var files []part
	var kept []byte
	rest := text.content
	for len(files) < most {
		at, name, after := findLine(rest, "begin ", uuBegin())
		if at < 0 {
			break
		}
		file, below, ok := decodeUU(after)
		if !ok || len(file) == 0 {
			break
		}
		files = append(files, fileOf(name, file, text.place))
		kept = append(kept, rest[:at]...)
		rest = below
	}
	if len(files) > 0 {
		text.content = append(kept, rest...)
	}
	return files
}

// fileOf is a file that stood in a text.
func fileOf(name, content []byte, at place) part {
	shown, _ := toUTF8("", name)
	return part{media: media{params: map[string]string{}}, disposition: "attachment", name: shown, content: content, place: place{depth: at.depth}}
}

// findLine finds the first line that begins a file, its name, and what follows.
func findLine(text []byte, begins string, line *regexp.Regexp) (at int, name, after []byte) {
	for offset := 0; ; {
		next := bytes.Index(text[offset:], []byte(begins))
		if next < 0 {
			return -1, nil, nil
		}
		offset += next
		if beginsLine(text, offset) {
			first, rest := cutLine(text[offset:])
			if found := line.FindSubmatch(first); found != nil {
				return offset, found[1], rest
			}
		}
		offset += len(begins)
	}
}

// decodeUU reads lines until `end`. Damage before it means that this is text.
func decodeUU(text []byte) (file, rest []byte, ok bool) {
	for len(text) > 0 {
		line, after := cutLine(text)
		text = after
		switch {
		case string(bytes.TrimSpace(line)) == "end":
			return file, text, true
		case len(line) == 0:
			continue
		}
		length := int(line[0]-' ') & 63
		decoded := uuLine(line[1:])
		if length > len(decoded) || line[0] < ' ' || line[0] > '`' {
			return nil, nil, false
		}
		file = append(file, decoded[:length]...)
	}
	return nil, nil, false
}

func uuLine(line []byte) []byte {
	var out []byte
	for i := 0; i < len(line); i += 4 {
		var group [4]byte
		for j := range group {
			if i+j < len(line) {
				group[j] = (line[i+j] - ' ') & 63
			}
		}
		out = append(out, group[0]<<2|group[1]>>4, group[1]<<4|group[2]>>2, group[2]<<6|group[3])
	}
	return out
}
