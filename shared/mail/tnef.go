package mail

import (
	"bytes"
	"encoding/binary"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

// Outlook in «rich text» wraps everything into one part, winmail.dat, that no
// other program opens (MS-OXTNEF). The attributes that matter here:
const (
	tnefSignature  = 0x223e9f78
	tnefBody       = 0x800c
	tnefData       = 0x800f
	tnefTitle      = 0x8010
	tnefRendering  = 0x9002 // begins an attachment
	tnefMessage    = 0x9003 // MAPI properties of the mail
	tnefAttachment = 0x9005 // MAPI properties of an attachment

	mapiBody     = 0x1000
	mapiRTF      = 0x1009
	mapiData     = 0x3701
	mapiHTML     = 0x1013
	mapiFileName = 0x3704
	mapiLongName = 0x3707
	mapiMimeTag  = 0x370e
	mapiString8  = 0x001e
	mapiUnicode  = 0x001f
	mapiBinary   = 0x0102
	mapiObject   = 0x000d
)

// expandTNEF replaces each winmail.dat by what it holds. One that holds nothing
// readable stays as the file it is.
func expandTNEF(t *tree) {
	var parts []part
	for _, p := range t.parts {
		if !isTNEF(&p) {
			parts = append(parts, p)
			continue
		}
		inner := readTNEF(p.content)
		if len(inner) == 0 {
			inner = []part{p}
		}
		for _, found := range inner {
			found.place = p.place
			found.place.alternative = 0
			if len(parts) < maxParts && (!found.isText() || found.name != "" || !hasText(t.parts)) {
				parts = append(parts, found)
			}
		}
	}
	t.parts = parts
}

func isTNEF(p *part) bool {
	return (p.kind == "application/ms-tnef" || p.kind == "application/vnd.ms-tnef" || strings.EqualFold(p.name, "winmail.dat")) &&
		len(p.content) > 6 && binary.LittleEndian.Uint32(p.content) == tnefSignature
}

func hasText(parts []part) bool {
	for i := range parts {
		if parts[i].isText() && parts[i].name == "" && len(bytes.TrimSpace(parts[i].content)) > 0 {
			return true
		}
	}
	return false
}

// readTNEF reads the attributes as far as they are whole.
func readTNEF(content []byte) []part {
	var text, file *part
	var files []*part
	rest := content[6:]
	for len(rest) >= 11 && len(files) <= maxParts {
		id := binary.LittleEndian.Uint16(rest[1:])
		length := int(binary.LittleEndian.Uint32(rest[5:]))
		rest = rest[9:]
		if length < 0 || length+2 > len(rest) {
			break
		}
		data := rest[:length]
		rest = rest[length+2:] // the checksum is not worth losing a mail over
		switch id {
		case tnefRendering:
			file = &part{media: media{params: map[string]string{}}, disposition: "attachment"}
			files = append(files, file)
		case tnefBody:
			text = textPart("text/plain", data)
		case tnefMessage:
			text = mapiText(data, text)
		case tnefTitle, tnefData, tnefAttachment:
			if file != nil {
				file.fill(id, data)
			}
		}
	}
	var parts []part
	if text != nil {
		parts = append(parts, *text)
	}
	for _, file := range files {
		if file.name != "" || len(file.content) > 0 {
			parts = append(parts, *file)
		}
	}
	return parts
}

// fill takes one attribute of an attachment. The long name wins over the title,
// which is the DOS name.
func (p *part) fill(id uint16, data []byte) {
	switch id {
	case tnefTitle:
		if p.name == "" {
			p.name, _ = toUTF8("", bytes.TrimRight(data, "\x00"))
		}
	case tnefData:
		p.content = data
	case tnefAttachment:
		properties := readMAPI(data)
		for _, name := range []string{properties[mapiLongName].text(), properties[mapiFileName].text()} {
			if name != "" {
				p.name = name
				break
			}
		}
		p.kind = strings.ToLower(properties[mapiMimeTag].text())
		if data := properties[mapiData]; len(p.content) == 0 && data.kind == mapiBinary {
			p.content = data.data
		}
	}
}

func textPart(kind string, data []byte) *part {
	return &part{media: media{kind: kind, params: map[string]string{}}, content: bytes.TrimRight(data, "\x00")}
}

// mapiText prefers the plain body over what was found before, and that over HTML.
func mapiText(data []byte, before *part) *part {
	properties := readMAPI(data)
	if text := properties[mapiBody].text(); strings.TrimSpace(text) != "" {
		return textPart("text/plain", []byte(text))
	}
	if html := properties[mapiHTML]; before == nil && len(html.data) > 0 {
		return textPart("text/html", []byte(html.text()))
	}
	if rich := properties[mapiRTF]; before == nil && len(rich.data) > 0 {
		if text := textOfRTF(decompressRTF(rich.data)); text != "" {
			return textPart("text/plain", []byte(text))
		}
	}
	return before
}

// property is one MAPI value of variable length.
type property struct {
	kind uint16
	data []byte
}

func (p property) text() string {
	if p.kind == mapiUnicode {
		return tidy(decodeWith(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), bytes.TrimSuffix(p.data, []byte{0, 0})))
	}
	text, _ := toUTF8("", bytes.TrimRight(p.data, "\x00"))
	return text
}

// readMAPI reads a property list (MS-OXTNEF 2.1.3.4) up to the first property
// that does not fit.
func readMAPI(data []byte) map[uint16]property {
	found := map[uint16]property{}
	r := reader{data: data}
	for count := r.number(); count > 0 && r.ok(); count-- {
		tag := r.number()
		kind, id := uint16(tag), uint16(tag>>16)
		if id >= 0x8000 { // a named property: GUID, then a number or a name
			r.take(16)
			if r.number() == 0 {
				r.take(4)
			} else {
				r.take(int(r.number()))
			}
		}
		values := uint32(1)
		variable := kind&^0x1000 == mapiString8 || kind&^0x1000 == mapiUnicode || kind&^0x1000 == mapiBinary || kind == mapiObject
		if kind&0x1000 != 0 || variable {
			values = r.number()
		}
		for ; values > 0 && r.ok(); values-- {
			value := r.take(sizeOf(&r, kind&^0x1000, variable))
			if _, seen := found[id]; !seen && variable {
				found[id] = property{kind: kind, data: value}
			}
		}
	}
	return found
}

func sizeOf(r *reader, kind uint16, variable bool) int {
	switch {
	case variable:
		return int(r.number())
	case kind == 0x05, kind == 0x06, kind == 0x07, kind == 0x14, kind == 0x40:
		return 8
	case kind == 0x48:
		return 16
	}
	return 4
}

// reader takes little-endian values, each padded to four bytes, off a buffer.
type reader struct {
	data   []byte
	broken bool
}

func (r *reader) ok() bool { return !r.broken && len(r.data) > 0 }

func (r *reader) take(size int) []byte {
	if size < 0 || size > len(r.data) {
		r.broken, r.data = true, nil
		return nil
	}
	value := r.data[:size]
	r.data = r.data[min(len(r.data), (size+3)&^3):]
	return value
}

func (r *reader) number() uint32 {
	value := r.take(4)
	if len(value) < 4 {
		return 0
	}
	return binary.LittleEndian.Uint32(value)
}
