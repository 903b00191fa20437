package mail

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
	"unicode/utf8"
)

// The formats within mails, each fuzzed by itself: a whole mail rarely leads a
// fuzzer into them.

func FuzzCharsetsEndAsUTF8(f *testing.F) {
	for _, label := range []string{"", "utf-8", "utf-16", "utf-7", "iso-2022-jp", "iso-2022-kr", "hz-gb-2312", "gb18030", "big5", "shift_jis", "euc-kr", "windows-1252", "cp850", "koi8-r", "utf-32", "x-unknown"} {
		f.Add(label, []byte("A\xf1o nuevo \x1b$B$3\x1b(B +AG4- ~{<:Ky~}"))
	}
	f.Fuzz(func(t *testing.T, label string, text []byte) {
		before := bytes.Clone(text)
		got, _ := toUTF8(label, text)
		if !utf8.ValidString(got) || strings.ContainsRune(tidy(got), 0) {
			t.Errorf("%q of %q is %q", text, label, got)
		}
		if len(got) > 16*len(text)+16 {
			t.Errorf("%d bytes of %q became %d", len(text), label, len(got))
		}
		if !bytes.Equal(before, text) {
			t.Errorf("the bytes were changed")
		}
	})
}

func FuzzTNEFGivesStorableParts(f *testing.F) {
	f.Add(newTNEF().attribute(1, tnefBody, []byte("Hola")).attribute(2, tnefRendering, make([]byte, 14)).attribute(2, tnefTitle, []byte("a.txt\x00")).attribute(2, tnefData, []byte("x")).out)
	f.Add([]byte{0x78, 0x9f, 0x3e, 0x22, 0, 0})
	f.Fuzz(func(t *testing.T, content []byte) {
		raw := "From: a@b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString(content)
		m := bounded(t, []byte(raw))
		checkInvariants(t, []byte(raw))
		total := 0
		for _, a := range m.Attachments {
			total += a.Size
		}
		if total > 4*len(content)+1<<16 {
			t.Errorf("%d bytes became %d", len(content), total)
		}
	})
}

func FuzzRTFIsText(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\ansicpg1252 Hola \'f1and\'fa\par {\*\x y}\u8364?\bin3 abc}`))
	f.Add(asCompressed(`{\rtf1 Hola}`))
	f.Add(asStored(`{\rtf1 Hola}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		plain := decompressRTF(data)
		if len(plain) > 20*len(data)+4096 {
			t.Errorf("%d bytes unpack to %d", len(data), len(plain))
		}
		for _, source := range [][]byte{data, plain} {
			if text := textOfRTF(source); !utf8.ValidString(text) || len(text) > 4*len(source)+16 {
				t.Errorf("%q reads as %q", source, text)
			}
		}
	})
}

func FuzzFilesWithinTextsAreTakenOutWhole(f *testing.F) {
	f.Add([]byte("Hola\n" + uuFile + "Adiós\n"))
	f.Add([]byte("Hola\n=ybegin line=128 size=3 name=a.bin\n" + yenc("Cat") + "\n=yend size=3\nAdiós\n"))
	f.Add([]byte("begin 644 x\n`\nend\n=ybegin name=\n=yend"))
	f.Fuzz(func(t *testing.T, text []byte) {
		tr := tree{parts: []part{{media: media{kind: "text/plain", params: map[string]string{}}, content: bytes.Clone(text)}}}
		expandUU(&tr)
		total := 0
		for i := range tr.parts {
			total += len(tr.parts[i].content)
		}
		if len(tr.parts) > maxParts || total > len(text) {
			t.Errorf("%d bytes became %d in %d parts", len(text), total, len(tr.parts))
		}
		if len(tr.parts) == 1 && !bytes.Equal(tr.parts[0].content, text) {
			t.Errorf("%q was changed to %q", text, tr.parts[0].content)
		}
	})
}

func FuzzSignaturesEncloseWhatTheyHold(f *testing.F) {
	f.Add(signedAs(ber, ber(berOctets, []byte(signedMail))))
	f.Add(signedAs(endless, ber(berOctets, []byte(signedMail))))
	f.Add([]byte{berSequence, 0x80, berSequence, 0x80})
	f.Fuzz(func(t *testing.T, content []byte) {
		signed, ok := signedContent(content)
		if len(signed) > len(content) || !ok && len(signed) > 0 {
			t.Errorf("%d bytes enclose %d, %v", len(content), len(signed), ok)
		}
	})
}

func FuzzPagesBecomeText(f *testing.F) {
	for _, page := range quotesInHTML {
		f.Add(page)
	}
	f.Add("<table><tr><td>a<td>b</table><script>x</script><!-- y --><a href=\"z\">w</a>&nbsp;&#0;&#x110000;")
	f.Fuzz(func(t *testing.T, page string) {
		text := textOfHTML(page)
		if len(text) > 8*len(page)+64 {
			t.Errorf("%d bytes read as %d", len(page), len(text))
		}
		if got := tidy(text); !utf8.ValidString(got) {
			t.Errorf("%q reads as %q", page, got)
		}
		for _, flowed := range []bool{true, false} {
			if got := unflow(page, flowed); len(got) > 2*len(page)+16 {
				t.Errorf("%d bytes flow as %d", len(page), len(got))
			}
		}
	})
}
