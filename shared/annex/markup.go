package annex

import (
	"bytes"
	"encoding/xml"
)

// The limits of one XML part.
const (
	maxDepth  = 256
	maxTokens = 400_000
)

// walk goes through an XML part. enter is told each element as it begins and
// answers whether to look inside it; leave, that it ended; text, its characters.
// It ends quietly where the part is no XML any more, keeping what was read. The
// decoder knows no entities but XML's own five, so nothing is followed or grows.
func walk(part []byte, enter func(e xml.StartElement) bool, leave func(name string), text func(s string)) {
	d := xml.NewDecoder(bytes.NewReader(part))
	for depth, n := 0, 0; n < maxTokens; n++ {
		token, err := d.Token()
		if err != nil {
			return
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return
			}
			if !enter(t) {
				if d.Skip() != nil {
					return
				}
				depth--
			}
		case xml.EndElement:
			depth--
			leave(t.Name.Local)
		case xml.CharData:
			text(string(t))
		}
	}
}

// attribute is the value of an attribute by its local name, "" if it has none.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
