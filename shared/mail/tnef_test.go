package mail

import (
	"math/rand"
	"os"
	"strings"
	"testing"
)

// winmail returns the TNEF content of the sample mail.
func winmail(t *testing.T) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/mime/winmail-dat.eml")
	if err != nil {
		t.Fatal(err)
	}
	fields, content, _ := splitHeader(raw)
	for _, p := range readTree(fields, content, place{}).parts {
		if isTNEF(&p) {
			return p.content
		}
	}
	t.Fatal("the sample holds no winmail.dat")
	return nil
}

func TestTNEFGivesTextAndFilesWithTheirLongNames(t *testing.T) {
	parts := readTNEF(winmail(t))
	if len(parts) != 2 {
		t.Fatalf("%d parts", len(parts))
	}
	if text, _, _ := parts[0].text(maxTextBytes); text != "El informe está dentro." {
		t.Errorf("text %q", text)
	}
	if file := parts[1]; file.name != "Informe de atención.pdf" || file.kind != "application/pdf" || !strings.HasPrefix(string(file.content), "%PDF") {
		t.Errorf("file %q, %s, %q", file.name, file.kind, file.content)
	}
}

func TestDamagedTNEFNeverPanics(t *testing.T) {
	whole := winmail(t)
	for cut := 6; cut < len(whole); cut++ {
		readTNEF(whole[:cut])
	}
	random := rand.New(rand.NewSource(28))
	for range 5000 {
		damaged := append([]byte{}, whole...)
		for range 3 {
			damaged[6+random.Intn(len(damaged)-6)] = byte(random.Intn(256))
		}
		readTNEF(damaged)
	}
}

func TestWhatIsNoTNEFStaysAFile(t *testing.T) {
	for name, content := range map[string]string{"too short": "abc", "another signature": "abcdefghij"} {
		tr := tree{parts: []part{{media: media{kind: "application/ms-tnef"}, name: "winmail.dat", content: []byte(content)}}}
		expandTNEF(&tr)
		if len(tr.parts) != 1 || tr.parts[0].name != "winmail.dat" {
			t.Errorf("%s: %+v", name, tr.parts)
		}
	}
}

func TestUuencodeIsTakenOutOfTheText(t *testing.T) {
	read := func(text string) Message { return Parse([]byte("From: a@b\nContent-Type: text/plain\n\n" + text)) }
	m := read("Antes\nbegin 644 a.txt\n#0V%T\n`\nend\nEntre\nbegin 644 b.txt\n#0V%T\n`\nend\nDespués\n")
	if len(m.Attachments) != 2 || m.Attachments[1].Name != "b.txt" || string(m.Attachments[0].Content) != "Cat" || m.FullText != "Antes\nEntre\nDespués" {
		t.Errorf("%q, %+v", m.FullText, m.Attachments)
	}
	for name, text := range map[string]string{
		"never ends": "begin 644 a.txt\n#0V%T\n", "is no code": "begin 644 a.txt\nhola a todos\nend\n", "a sentence": "begin 644 things today\nand end",
	} {
		if m := read(text); len(m.Attachments) != 0 || m.FullText != strings.TrimSpace(text) {
			t.Errorf("%s: %q, %d files", name, m.FullText, len(m.Attachments))
		}
	}
}
