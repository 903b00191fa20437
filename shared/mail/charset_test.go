package mail

import (
	"testing"

	"golang.org/x/text/encoding/unicode"
)

func TestAMailSavedAsUTF16IsRead(t *testing.T) {
	const raw = "From: Señora <a@qw.gob.pe>\r\nSubject: Año nuevo\r\n\r\nAtención\r\n"
	for name, order := range map[string]unicode.Endianness{"little": unicode.LittleEndian, "big": unicode.BigEndian} {
		saved, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String(raw)
		if err != nil {
			t.Fatal(err)
		}
		m := Parse([]byte(saved))
		if m.From.Name != "Señora" || m.Subject != "Año nuevo" || m.FullText != "Atención" {
			t.Errorf("%s-endian: %+v, %q, %q", name, m.From, m.Subject, m.FullText)
		}
	}
}

func TestNamesOfCharsetsInEverySpelling(t *testing.T) {
	for label, want := range map[string]string{
		"UTF8": "utf-8", "utf8mb4": "utf-8", "unicode-1-1-utf-7": "utf-7", "UTF-16LE": "utf-16le", "x-utf-8": "utf-8", "ISO8859_1": "iso-8859-1", "iso_8859-15": "iso-8859-15", "8859-2": "iso-8859-2", "iso88597": "iso-8859-7",
		"ISO-8859-1-Windows-3.1-Latin-1": "iso-8859-1", "iso-8859-8-i": "iso-8859-8-i", "WIN1251": "windows-1251", "x-cp-1252": "windows-1252", "cp1250": "windows-1250", "IBM850": "cp850", "ASCII": "us-ascii", "Latin1": "iso-8859-1", `"utf-8"`: "utf-8",
		"charset=utf-8": "utf-8", "utf-8*es": "utf-8", "koi8-r": "koi8-r", "": "", "nadie": "nadie",
	} {
		if got := charsetLabel(label); got != want {
			t.Errorf("%q: %q, want %q", label, got, want)
		}
	}
}

// Text of a two-byte charset is valid UTF-8 by chance when it is short.
func TestUTF8UnderAnotherNameNeedsMoreLettersThanChanceGives(t *testing.T) {
	for name, tt := range map[string]struct {
		label, text string
		want        bool
	}{
		"Chinese under GB2312": {"gb2312", "请开通权限", true}, "one sign": {"gb2312", "请", false}, "two Latin letters under GBK": {"gbk", "\u00f1\u00e1", false},
		"Polish under Latin 2": {"iso-8859-2", "żółć", true}, "one letter": {"koi8-r", "ñ", false}, "plain": {"big5", "hola", false}, "no UTF-8": {"koi8-r", "\xf0\xd2\xc9", false}, "seven-bit charsets": {"iso-2022-jp", "日本語", false},
	} {
		if got := isUTF8After(tt.label, []byte(tt.text)); got != tt.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// RFC 1557: what stands outside shift-out and shift-in is ASCII, and so are
// spaces and controls within; a line begins unshifted.
func TestISO2022KRShiftsOnlyItsLetters(t *testing.T) {
	const a = "0!" // 가 without its high bits
	for content, want := range map[string]string{
		"\x1b$)C" + a:                     a,
		"x\x0e" + a + "\x0fy" + a:         "x가y" + a,
		"\x0e" + a + " " + a + "\x0f":     "가 가",
		"\x0e" + a + "\n" + a:             "가\n" + a,
		"\x1b$)Cx \x0e" + a + "\x0f~\ny~": "x 가~\ny~",
		"\x0e\x7f" + a:                    "\x7f가",
		"\x1b$)":                          "\x1b$)",
		"\x0e" + a + "\x0f\x1b$)C" + a:    "가" + a,
	} {
		if got := decodeISO2022KR([]byte(content)); got != want {
			t.Errorf("%q: %q, want %q", content, got, want)
		}
	}
}
