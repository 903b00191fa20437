package annex

import (
	"bytes"
	"compress/zlib"
	"io"
	"strings"
	"time"
)

// The limits of a PDF.
const (
	maxObjects = 20_000
	maxTexts   = 12      // streams looked through for the title
	maxParsed  = 8 << 20 // bytes read as objects, those read twice counted twice
)

// pdf is a file as its objects, found by going through it once: the tables that
// say where they stand are often wrong and never needed.
type pdf struct {
	objects   map[ref]any
	streams   [][]byte // of pages, unpacked
	catalogue dict
	info      dict
	left      int64 // bytes that may still be unpacked
	parsed    int
}

// readPDF reads the fields of a form, or recognises its title. Without fields its
// values are drawings, and nobody guesses them.
func readPDF(data []byte, at time.Time) (Form, bool) {
	p := &pdf{objects: map[ref]any{}, left: maxUnpacked}
	if bytes.Contains(data, []byte("/Encrypt")) { // its texts are not to be had
		return Form{}, false
	}
	p.scan(data)
	if s, ok := formAmong([]sheet{p.fields().sheet()}); ok {
		f := s.read(at)
		f.Format = PDF
		return f, true
	}
	if p.titled() {
		return Form{Format: PDF, Unread: []string{"El PDF no tiene campos que se puedan leer: escriba lo que dice."}}, true
	}
	return Form{}, false
}

// scan finds every «12 0 obj» in the file; a later object of a number replaces an
// earlier one, as when a form is saved after being filled in.
func (p *pdf) scan(data []byte) {
	for at, n := 0, 0; n < maxObjects; n++ {
		found := bytes.Index(data[at:], []byte("obj"))
		if found < 0 {
			return
		}
		at += found + len("obj")
		id, ok := numberedBefore(data[:at-len("obj")])
		if !ok {
			continue
		}
		l := &lexer{data: data, at: at}
		value, _ := l.object(0)
		p.note(id, value, l)
		at = max(at, min(l.at, len(data)))
	}
}

// numberedBefore reads the «12 0 » that stands before «obj».
func numberedBefore(data []byte) (ref, bool) {
	words := bytes.Fields(data[max(0, len(data)-24):])
	if len(words) < 2 {
		return 0, false
	}
	n, gen := words[len(words)-2], words[len(words)-1]
	if i := bytes.LastIndexFunc(n, func(r rune) bool { return r < '0' || r > '9' }); i >= 0 {
		n = n[i+1:] // «endobj12»
	}
	if len(n) == 0 || len(n) > 9 || len(gen) > 5 || len(bytes.Trim(gen, "0123456789")) > 0 {
		return 0, false
	}
	return ref(number(string(n))), true
}

// note keeps an object, and what it says of the whole.
func (p *pdf) note(id ref, value any, l *lexer) {
	p.objects[id] = value
	d, ok := value.(dict)
	if !ok {
		return
	}
	if d["Type"] == name("Catalog") {
		p.catalogue = d
	}
	if d["Title"] != nil && d["T"] == nil {
		p.info = d
	}
	l.skip()
	if !l.ahead("stream") {
		return
	}
	packed := streamAt(l)
	switch d["Type"] {
	case name("ObjStm"):
		p.unpackObjects(d, p.unpack(d, packed))
	case name("XRef"):
	default:
		if d["Subtype"] == nil && d["Length1"] == nil && len(p.streams) < maxTexts {
			p.streams = append(p.streams, p.unpack(d, packed))
		}
	}
}

// streamAt is what stands between «stream» and «endstream», and passes it; one
// without an end takes all the rest.
func streamAt(l *lexer) []byte {
	rest := l.data[l.at+len("stream"):]
	end := bytes.Index(rest, []byte("endstream"))
	if end < 0 {
		end = len(rest)
	}
	l.at += len("stream") + end
	return bytes.TrimPrefix(bytes.TrimPrefix(rest[:end], []byte("\r")), []byte("\n"))
}

// unpack inflates a stream that is packed one way only, as far as the limits go.
func (p *pdf) unpack(d dict, packed []byte) []byte {
	filter := d["Filter"]
	if l, ok := filter.(list); ok && len(l) == 1 {
		filter = l[0]
	}
	switch filter {
	case nil:
		return packed[:min(len(packed), maxPartBytes)]
	case name("FlateDecode"):
	default:
		return nil
	}
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, min(maxPartBytes, p.left)))
	p.left -= int64(len(data))
	if err != nil && len(data) == 0 {
		return nil
	}
	return data // what came before an error is as good as a shorter stream
}

// unpackObjects reads the objects that stand within a stream: pairs of number and
// place, then the objects.
func (p *pdf) unpackObjects(d dict, data []byte) {
	first, ok := d["First"].(float64)
	if !ok || first < 0 || first > float64(len(data)) {
		return
	}
	head := &lexer{data: data[:int(first)]}
	for p.parsed < maxParsed {
		id, ok := plainNumber(head)
		place, ok2 := plainNumber(head)
		if !ok || !ok2 || int(first)+place > len(data) {
			return
		}
		l := &lexer{data: data, at: int(first) + place}
		value, _ := l.object(0)
		p.parsed += l.at - int(first) - place + 1
		p.objects[ref(id)] = value
		if d, ok := value.(dict); ok && d["Type"] == name("Catalog") {
			p.catalogue = d
		}
	}
}

func plainNumber(l *lexer) (int, bool) {
	l.skip()
	w := l.word()
	return number(w), w != "" && len(w) < 10 && strings.Trim(w, "0123456789") == ""
}

// at follows a reference, once: to another reference no form does.
func (p *pdf) at(v any) any {
	if r, ok := v.(ref); ok {
		return p.objects[r]
	}
	return v
}

// titled tells whether the form's title or code stands in the file's own title or
// in plain letters on a page.
func (p *pdf) titled() bool {
	if t, ok := p.at(p.info["Title"]).(text); ok && isTitle(t.words()) {
		return true
	}
	for _, s := range p.streams {
		if isTitleSpaced(shownText(s)) {
			return true
		}
	}
	return false
}

// shownText is every text of a page's drawing, one after another.
func shownText(page []byte) string {
	var b strings.Builder
	add := func(v any) {
		if t, ok := v.(text); ok {
			b.WriteString(t.words())
		}
	}
	for l := (&lexer{data: page}); l.at < len(l.data) && b.Len() < maxPartBytes; {
		v, _ := l.object(0)
		add(v)
		if items, ok := v.(list); ok {
			for _, item := range items {
				add(item)
			}
		}
	}
	return b.String()
}

// isTitleSpaced looks for the title where blanks are drawn, not written.
func isTitleSpaced(s string) bool {
	plain := strings.ReplaceAll(squeezed(s), " ", "")
	return tightTitle().MatchString(plain)
}

var tightTitle = lazily(`solicitudde(l)?serviciode(l)?(sistemade)?video-?conferencia|uti-for-0002`)
