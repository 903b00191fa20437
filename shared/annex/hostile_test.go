package annex_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"mesa/shared/annex"
	"mesa/shared/desk"
	"mesa/shared/flow"
)

// zeros is a text that packs a thousand times smaller.
func zeros(n int) string { return strings.Repeat("<c><v>0</v></c>", n/15) }

const sheetHead = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`

// hostileFiles are files made to hurt who reads them: F28.
func hostileFiles(t testing.TB) map[string][]byte {
	far := ""
	for n := range 3000 {
		far += fmt.Sprintf(`<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, n*300+1, n*300+1)
	}
	entries := map[string]string{"word/document.xml": ""}
	for n := range 3000 {
		entries[fmt.Sprintf("word/%d.xml", n)] = ""
	}
	const entities = `<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>`
	return map[string][]byte{
		"ZIP bomb":                  zipped(t, map[string]string{"xl/worksheets/sheet1.xml": sheetHead + zeros(48<<20)}),
		"many bombs":                zipped(t, map[string]string{"xl/worksheets/sheet1.xml": zeros(12 << 20), "xl/worksheets/sheet2.xml": zeros(12 << 20), "xl/sharedStrings.xml": zeros(12 << 20)}),
		"cells far apart":           zipped(t, map[string]string{"xl/worksheets/sheet1.xml": sheetHead + far + `</sheetData></worksheet>`}),
		"too many entries":          zipped(t, entries),
		"deep XML":                  word(t, strings.Repeat("<w:tbl><w:tr><w:tc>", 100_000)),
		"many attributes":           word(t, "<w:p "+strings.Repeat(`a="" `, 380_000)+"/>"),
		"entities":                  zipped(t, map[string]string{"word/document.xml": entities + `<w:document ` + wordSpaces + `><w:p><w:r><w:t>PROGRAMADO PARA &c;&x;</w:t></w:r></w:p></w:document>`}),
		"one text of two megabytes": word(t, par(strings.Repeat("PROGRAMADO PARA ", 120_000))),
		"rows without end":          word(t, table([]string{"PROGRAMADO PARA"})+strings.Repeat(par("Objetivo"), 30_000)),
		"ends within":               officialBook(t).bytes()[:4000],
		"PDF of brackets":           []byte("%PDF-1.7\n1 0 obj " + strings.Repeat("[<<", 1_300_000)),
		"PDF of streams":            []byte("%PDF-1.7\n" + strings.Repeat("1 0 obj<<>>stream\n", 200_000)),
		"PDF of many objects":       []byte("%PDF-1.7\n" + strings.Repeat("1 0 obj", 500_000)),
		"PDF that unpacks":          []byte("%PDF-1.7\n1 0 obj" + stream(t, "/Type/ObjStm/First 9", strings.Repeat("1 2 3 4 5 ", 4<<20))),
		"PDF read over and over":    []byte("%PDF-1.7\n1 0 obj" + stream(t, "/Type/ObjStm/First 900000", strings.Repeat("1 0 ", 225_000)+"["+strings.Repeat("[] ", 300_000))),
		"PDF field within itself":   pdfOf("<</Type/Catalog/AcroForm<</Fields[2 0 R]>>>>", "<</T(Objetivo)/Kids 3 0 R>>", "["+strings.Repeat("<</T(a)/Kids 3 0 R>>", 50)+"]"),
	}
}

func TestHostileFilesCostLittleAndAreLeftAlone(t *testing.T) {
	for name, data := range hostileFiles(t) {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		began := time.Now()
		_, ok := annex.Read(data, at)
		took := time.Since(began)
		runtime.ReadMemStats(&after)
		if ok {
			t.Errorf("%s: taken for an Anexo 02", name)
		}
		if took > 5*time.Second { // a tenth of it on an idle machine
			t.Errorf("%s: took %v", name, took)
		}
		if spent := after.TotalAlloc - before.TotalAlloc; spent > 256<<20 {
			t.Errorf("%s: allocated %d MB", name, spent>>20)
		}
	}
}

func TestFileTooBigForAFormIsNotLookedInto(t *testing.T) {
	big := append(filledPDF(), bytes.Repeat([]byte(" "), annex.MaxFile)...)
	if _, ok := annex.Read(big, at); ok {
		t.Error("read")
	}
}

// checkForm asserts what holds of every form that was read, whatever the file.
func checkForm(t *testing.T, f annex.Form) {
	t.Helper()
	row, _ := flow.RowFor(desk.Ticket{Flow: desk.Flow88, State: desk.ToClassify}, desk.ActProvideData)
	if _, problems := flow.Validate(row.Fields, f.Fields); len(problems) > 0 {
		for _, p := range problems {
			if f.Fields[p.Field] != "" { // what is wanting is for a person to add
				t.Errorf("%s = %q: %s", p.Field, f.Fields[p.Field], p.Text)
			}
		}
	}
	for _, sentence := range f.Unread {
		if !utf8.ValidString(sentence) || strings.ContainsFunc(sentence, unicode.IsControl) || len(sentence) > 400 {
			t.Errorf("unread: %q", sentence)
		}
	}
	if len(f.Unread) > 40 {
		t.Errorf("%d sentences", len(f.Unread))
	}
}

func FuzzRead(f *testing.F) {
	f.Add(mustBlank(f, "FOR-0002"))
	f.Add(filledPDF())
	f.Add(wordForm(f))
	f.Add(officialBook(f).bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		began := time.Now()
		form, ok := annex.Read(data, at)
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("took %v", took)
		}
		if !ok && (len(form.Fields) > 0 || len(form.Unread) > 0) {
			t.Error("not recognised, and read")
		}
		checkForm(t, form)
	})
}

// FuzzWords lets the words of a form vary within a document that is whole: what
// is in a ZIP file a fuzzer rarely gets into.
func FuzzWords(f *testing.F) {
	f.Add("26/11/2026", "9:00 a 11:00", "SI (X) NO ( )", "Obligatorio: Si( ) No( ) – Invitada/o ( X )")
	f.Add("martes 1 de diciembre", "3 p. m.", "☒ SI ☐ NO", "1. Jefatura")
	f.Add("\xff\xfe", "0.375", "\u202e(", "[")
	f.Fuzz(func(t *testing.T, day, hour, mark, who string) {
		escape := func(s string) string {
			return strings.NewReplacer("&", "&amp;", "<", "&lt;", "|", " ").Replace(strings.ToValidUTF8(s, "?"))
		}
		day, hour, mark, who = escape(day), escape(hour), escape(mark), escape(who)
		form, _ := annex.Read(word(t, table([]string{"PROGRAMADO PARA"}, []string{"FECHA(S)", "DE", "A", "OBSERVACIONES"}, []string{day, hour, hour, who},
			[]string{"REQUIERE SER GRABADA", mark}, []string{"OBJETIVO", who}, []string{"USUARIAS/OS PARTICIPANTES"}, []string{"DESCRIPCIÓN", "CONDICIÓN"}, []string{who, mark}, []string{day, who})), at)
		checkForm(t, form)
	})
}
