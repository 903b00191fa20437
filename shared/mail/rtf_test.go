package mail

import (
	"encoding/binary"
	"strings"
	"testing"
)

// asStored wraps RTF as Outlook does when it does not compress.
func asStored(rtf string) []byte {
	data := make([]byte, 16, 16+len(rtf))
	binary.LittleEndian.PutUint32(data[8:], rtfStored)
	return append(data, rtf...)
}

// asCompressed writes each byte as itself, and the end; references are tried by
// the bytes of TestDecompressRTF.
func asCompressed(rtf string) []byte {
	data := make([]byte, 16)
	binary.LittleEndian.PutUint32(data[8:], rtfCompressed)
	for len(rtf) >= 8 {
		data = append(append(data, 0), rtf[:8]...)
		rtf = rtf[8:]
	}
	return append(append(data, 0), rtf...)
}

func TestDecompressRTF(t *testing.T) {
	header := asCompressed("")[:16]
	// Eight references: «{\rtf1\ansi» from the dictionary, then the end.
	reference := func(from, length int) []byte { return []byte{byte(from >> 4), byte(from<<4 | length - 2)} }
	data := append(append([]byte{}, header...), 0b110)
	data = append(data, '{')
	data = append(data, reference(1, 10)...)
	data = append(data, reference((len(rtfDictionary)+11)%rtfWindow, 2)...)
	for name, tt := range map[string]struct {
		data []byte
		want string
	}{
		"stored": {asStored("{\\rtf1 x}"), "{\\rtf1 x}"}, "letter by letter": {asCompressed("{\\rtf1 hola}"), "{\\rtf1 hola}"}, "references": {data, "{\\rtf1\\ansi"},
		"nothing": {nil, ""}, "another kind": {make([]byte, 30), ""}, "cut within a reference": {append(append([]byte{}, header...), 1, 0), ""},
	} {
		if got := string(decompressRTF(tt.data)); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	if len(rtfDictionary) != 207 {
		t.Errorf("the dictionary has %d bytes, not the 207 of MS-OXRTFCP", len(rtfDictionary))
	}
}

func TestTextOfRTF(t *testing.T) {
	for source, want := range map[string]string{
		`{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}\pard Solicito \b acceso\b0 .\par Gracias\'2c se\'f1ora.}`:   "Solicito acceso.\nGracias, señora.",
		`{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Hola\htmlrtf\par\htmlrtf0 {\*\htmltag <br>} mundo}`: "Hola mundo",
		`{\rtf1 a\u241?o \u8364?5\line\tab x\~y \{z\} \\}`:                                                               "año €5\n\tx y {z} \\",
		`{\rtf1 {\pict\wmetafile8 0102}texto}`:                                                                           "texto",
		`texto`:                                                                                                          "texto", ``: "", `{{{{`: "", `}}}}x`: "x", `\`: "", `\'`: "", `\u-10179?\u-8694?!`: "😊!", `\u99999999999 x`: "x",
	} {
		if got := textOfRTF([]byte(source)); got != want {
			t.Errorf("%q: %q, want %q", source, got, want)
		}
	}
	if got := textOfRTF([]byte(strings.Repeat("{", 100_000) + "x" + strings.Repeat("}", 200_000) + "y")); got != "xy" {
		t.Errorf("deep groups give %q", got)
	}
}
