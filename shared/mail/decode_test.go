package mail

import (
	"bytes"
	"encoding/base64"
	"mime/quotedprintable"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"
)

func TestDecodeBase64ForgivesDamage(t *testing.T) {
	for content, want := range map[string]string{
		"SG9sYQ==": "Hola", "SG9sYQ": "Hola", "SG9s\r\nYQ==\r\n": "Hola", "SG9sYQ==SG9sYQ==": "HolaHola", "S G9*s!YQ==": "Hola",
		"SG9sYQ=": "Hola", "SG9sY": "Hol", "": "", "====": "", "ñ": "",
		"SG9sYQ==\r\n\r\n-- \r\nLista de la UTI": "Hola", "SG9sYQ==\r\nSG9sYQ==\r\n____\r\nLista": "HolaHola", "SG9sYQ==\r\nSG9sYQ": "HolaHola",
	} {
		if got := string(decodeBase64([]byte(content))); got != want {
			t.Errorf("%q: %q, want %q", content, got, want)
		}
	}
}

func TestDecodeQuotedPrintableForgivesDamage(t *testing.T) {
	for content, want := range map[string]string{
		"a=C3=B1o": "año", "a=c3=b1o": "año", "uno=\r\ndos": "unodos", "uno=  \r\ndos": "unodos", "uno=\ndos": "unodos", "100 = 100": "100 = 100",
		"=ZZ": "=ZZ", "fin=": "fin", "=3": "=3", "a =20\r\nb": "a  \r\nb",
	} {
		if got := string(decodeQuotedPrintable([]byte(content))); got != want {
			t.Errorf("%q: %q, want %q", content, got, want)
		}
	}
}

func TestWhatIsEncodedComesBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		content := rapid.SliceOfN(rapid.Byte(), 0, 9000).Draw(rt, "content")
		if got := decodeTransfer("Base64", []byte(base64.StdEncoding.EncodeToString(content))); !bytes.Equal(got, content) {
			rt.Fatalf("base64: %d bytes came back as %d", len(content), len(got))
		}
		var encoded bytes.Buffer
		w := quotedprintable.NewWriter(&encoded)
		w.Binary = true
		if _, err := w.Write(content); err != nil {
			rt.Fatal(err)
		}
		if err := w.Close(); err != nil {
			rt.Fatal(err)
		}
		if got := decodeTransfer("quoted-printable", encoded.Bytes()); !bytes.Equal(got, content) {
			rt.Fatalf("quoted-printable: %q came back as %q", content, got)
		}
		if got := decodeTransfer("x-nadie", content); !bytes.Equal(got, content) {
			rt.Fatalf("an unknown encoding changed the content")
		}
	})
}

func TestF29EveryCharsetEndsAsValidUTF8(t *testing.T) {
	charsets := []string{
		"", "utf-8", "UTF8", "us-ascii", "iso-8859-1", "ISO_8859-1:1987", "windows-1252", "cp1252", "iso-8859-15", "latin-9", "utf-7", "utf-16", "utf-16le",
		"iso-2022-jp", "shift_jis", "cp932", "euc-jp", "gb2312", "gb18030", "gbk", "big5", "ks_c_5601-1987", "cp949", "euc-kr", "koi8-r", "cp850", "cp437",
		"macroman", "iso-2022-kr", "x-user-defined", "replacement", "charset=utf-8", `"utf-8"`, "nadie", "\x00",
	}
	rapid.Check(t, func(rt *rapid.T) {
		charset := rapid.SampledFrom(charsets).Draw(rt, "charset")
		content := rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(rt, "content")
		text, _ := toUTF8(charset, content)
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\r") {
			rt.Fatalf("%s: %q became %q", charset, content, text)
		}
	})
}

func TestSpanishSurvivesADeclarationThatIsWrong(t *testing.T) {
	const text = "La señora Ñahui pidió atención"
	latin, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, declared := range []string{"", "utf-8", "us-ascii", "iso-8859-1", "windows-1252", "nadie", "8bit"} {
		for name, content := range map[string]string{"UTF-8": text, "Windows-1252": latin} {
			if got, _ := toUTF8(declared, []byte(content)); got != text {
				t.Errorf("%s declared %q: %s", name, declared, got)
			}
		}
	}
	if _, known := toUTF8("nadie", nil); known {
		t.Error("an unknown charset is not told")
	}
}

func TestDecodeUTF7(t *testing.T) {
	for content, want := range map[string]string{
		"Hola": "Hola", "A+APE-o": "Año", "A+APEo": "Añ", "1 +- 1": "1 + 1", "+AGEA8Q-": "añ", "+": "+", "a+!": "a+!", "+ZeVnLIqe-": "日本語",
	} {
		if got := decodeUTF7([]byte(content)); got != want {
			t.Errorf("%q: %q, want %q", content, got, want)
		}
	}
}

// Programs name the encodings in their own ways; left alone, the text is unreadable.
func TestTransferEncodingsAreKnownByTheirLetters(t *testing.T) {
	for label, want := range map[string]string{
		"BASE64": "año", "base-64": "año", "base64 (RFC 2045)": "año", "\"base64\"": "año", "base64; x=y": "año", "8bit": "YcOxbw==", "x-base64": "YcOxbw==", "": "YcOxbw==",
	} {
		if got := string(decodeTransfer(label, []byte("YcOxbw=="))); got != want {
			t.Errorf("%q: %q, want %q", label, got, want)
		}
	}
	for _, label := range []string{"Quoted-Printable", "quoted_printable", "quoted/printable", "quotedprintable", "quoted-printable (con tildes)"} {
		if got := string(decodeTransfer(label, []byte("a=C3=B1o"))); got != "año" {
			t.Errorf("%q: %q", label, got)
		}
	}
	for content, want := range map[string]string{"begin 644 a.bin\n#0V%T\n`\nend\n": "Cat", "begin 644 a.bin\n#0V%T\n": "begin 644 a.bin\n#0V%T\n", "sin comienzo": "sin comienzo"} {
		if got := string(decodeTransfer("x-uuencode", []byte(content))); got != want {
			t.Errorf("%q: %q, want %q", content, got, want)
		}
	}
}
