package mail

import (
	"encoding/binary"
	"testing"
	"unicode/utf16"
)

// tnefBuilder writes winmail.dat files as Outlook does (MS-OXTNEF).
type tnefBuilder struct{ out []byte }

func newTNEF() *tnefBuilder {
	b := &tnefBuilder{}
	b.out = binary.LittleEndian.AppendUint32(b.out, tnefSignature)
	b.out = binary.LittleEndian.AppendUint16(b.out, 1)
	return b
}

// attribute appends one attribute of a message (level 1) or attachment (level 2).
func (b *tnefBuilder) attribute(level byte, id uint16, data []byte) *tnefBuilder {
	b.out = append(b.out, level)
	b.out = binary.LittleEndian.AppendUint32(b.out, uint32(id)|6<<16)
	b.out = binary.LittleEndian.AppendUint32(b.out, uint32(len(data)))
	b.out = append(b.out, data...)
	sum := uint16(0)
	for _, c := range data {
		sum += uint16(c)
	}
	b.out = binary.LittleEndian.AppendUint16(b.out, sum)
	return b
}

// mapiList writes a property list.
type mapiList struct {
	count uint32
	out   []byte
}

func (l *mapiList) header(kind, id uint16) {
	l.count++
	l.out = binary.LittleEndian.AppendUint16(l.out, kind)
	l.out = binary.LittleEndian.AppendUint16(l.out, id)
}

func (l *mapiList) number(value uint32) { l.out = binary.LittleEndian.AppendUint32(l.out, value) }

func (l *mapiList) value(data []byte) {
	l.number(uint32(len(data)))
	l.out = append(l.out, data...)
	for len(l.out)%4 != 0 {
		l.out = append(l.out, 0)
	}
}

func (l *mapiList) text(id uint16, text string) *mapiList {
	l.header(mapiUnicode, id)
	l.number(1)
	l.value(utf16Bytes(text))
	return l
}

func (l *mapiList) bytes() []byte {
	return append(binary.LittleEndian.AppendUint32(nil, l.count), l.out...)
}

func utf16Bytes(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text + "\x00")) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}

// fixed appends the properties that stand between those we read: numbers of
// every size, a named one, one of several values.
func (l *mapiList) fixed() *mapiList {
	l.header(0x0003, 0x0e07)
	l.number(1)
	l.header(0x0040, 0x0039)
	l.out = append(l.out, make([]byte, 8)...)
	l.header(0x0048, 0x0c19)
	l.out = append(l.out, make([]byte, 16)...)
	l.header(0x000b, 0x8001) // named by number
	l.out = append(l.out, make([]byte, 16)...)
	l.number(0)
	l.number(34054)
	l.number(1)
	l.header(mapiUnicode, 0x8002) // named by name
	l.out = append(l.out, make([]byte, 16)...)
	l.number(1)
	l.value(utf16Bytes("Keywords"))
	l.number(1)
	l.value(utf16Bytes("soporte"))
	l.header(0x1000|mapiString8, 0x0e99) // several values
	l.number(2)
	l.value([]byte("uno\x00"))
	l.value([]byte("dos\x00"))
	return l
}

func winmailMail(content []byte) Message {
	return Parse([]byte("From: a@qw.gob.pe\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n\n--b\n" +
		"Content-Type: application/ms-tnef; name=winmail.dat\n\n" + string(content) + "\n--b--\n"))
}

func TestWinmailOfEveryKind(t *testing.T) {
	body := new(mapiList).fixed().text(mapiBody, "Texto del correo.").bytes()
	page := new(mapiList).fixed()
	page.header(mapiBinary, mapiHTML)
	page.number(1)
	page.value([]byte("<p>Texto en HTML.</p>"))
	rich := new(mapiList).fixed()
	rich.header(mapiBinary, mapiRTF)
	rich.number(1)
	rich.value(asCompressed(`{\rtf1\ansi Texto \b enriquecido\b0  con se\'f1as.\par}`))
	within := new(mapiList).fixed().text(mapiLongName, "acta.pdf")
	within.header(mapiBinary, mapiData)
	within.number(1)
	within.value([]byte("p"))
	long := new(mapiList).fixed().text(mapiLongName, "Relación de equipos.xlsx").text(mapiMimeTag, "application/vnd.ms-excel").bytes()
	tests := map[string]struct {
		content    []byte
		text, name string
		kind       string
	}{
		"body and long name": {
			newTNEF().attribute(1, tnefMessage, body).attribute(2, tnefRendering, make([]byte, 14)).attribute(2, tnefTitle, []byte("RELACI~1.XLS\x00")).
				attribute(2, tnefData, []byte("xlsx")).attribute(2, tnefAttachment, long).out,
			"Texto del correo.", "Relación de equipos.xlsx", "application/vnd.ms-excel",
		},
		"only the DOS name": {
			newTNEF().attribute(1, tnefBody, []byte("Texto viejo.\x00")).attribute(2, tnefRendering, nil).attribute(2, tnefTitle, []byte("ACTA.DOC\x00")).
				attribute(2, tnefData, []byte("doc")).out,
			"Texto viejo.", "ACTA.DOC", "application/octet-stream",
		},
		"HTML body": {
			newTNEF().attribute(1, tnefMessage, page.bytes()).attribute(2, tnefRendering, nil).attribute(2, tnefTitle, []byte("a.pdf\x00")).attribute(2, tnefData, []byte("p")).out,
			"Texto en HTML.", "a.pdf", "application/octet-stream",
		},
		"only rich text": {
			newTNEF().attribute(1, tnefMessage, rich.bytes()).attribute(2, tnefRendering, nil).attribute(2, tnefTitle, []byte("a.pdf\x00")).attribute(2, tnefData, []byte("p")).out,
			"Texto enriquecido con señas.", "a.pdf", "application/octet-stream",
		},
		"the content among the properties": {
			newTNEF().attribute(1, tnefBody, []byte("Texto.\x00")).attribute(2, tnefRendering, nil).attribute(2, tnefAttachment, within.bytes()).out,
			"Texto.", "acta.pdf", "application/octet-stream",
		},
		"a file without any name": {
			newTNEF().attribute(2, tnefRendering, nil).attribute(2, tnefData, []byte("p")).out,
			"", "adjunto-1.bin", "application/octet-stream",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := winmailMail(tt.content)
			if m.FullText != tt.text {
				t.Errorf("text %q, want %q", m.FullText, tt.text)
			}
			if len(m.Attachments) == 1 && m.Attachments[0].Size == 0 {
				t.Errorf("%s is empty", m.Attachments[0].Name)
			}
			if len(m.Attachments) != 1 || m.Attachments[0].Name != tt.name || m.Attachments[0].ContentType != tt.kind {
				t.Errorf("attachments %+v, want %s of %s", m.Attachments, tt.name, tt.kind)
			}
		})
	}
}

func TestATextBesideWinmailIsNotDoubled(t *testing.T) {
	content := newTNEF().attribute(1, tnefBody, []byte("Lo mismo.\x00")).attribute(2, tnefRendering, nil).attribute(2, tnefTitle, []byte("a.pdf\x00")).attribute(2, tnefData, []byte("p")).out
	m := Parse([]byte("From: a@qw.gob.pe\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nLo mismo.\n--b\n" +
		"Content-Type: application/ms-tnef; name=winmail.dat\n\n" + string(content) + "\n--b--\n"))
	if m.FullText != "Lo mismo." || len(m.Attachments) != 1 {
		t.Errorf("text %q, %d files", m.FullText, len(m.Attachments))
	}
}
