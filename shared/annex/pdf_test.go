package annex_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/annex"
	"mesa/shared/desk"
)

// pdfOf makes a PDF of objects, numbered from 1; the first is its catalogue.
func pdfOf(objects ...string) []byte {
	var out strings.Builder
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	for i, o := range objects {
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	out.WriteString("trailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n")
	return []byte(out.String())
}

// stream packs a text as a stream object.
func stream(t testing.TB, head, text string) string {
	t.Helper()
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream", head, packed.Len(), packed.String())
}

// pdfFields are the fields of a filled PDF form, as Acrobat writes them.
func pdfFields() []string {
	return []string{
		"<</FT/Tx/T(Fecha)/V(24/11/2026)>>",
		"<</FT/Tx/T(Solicitante)/TU(A cargo de la videoconferencia)/V<FEFF005200F3006D0075006C006F>>>",
		"<</T(fila1)/Kids[9 0 R 10 0 R 11 0 R]>>",
		"<</FT/Btn/T(Grabada_SI)/V/Yes/AS/Yes>>",
		"<</FT/Btn/T(Grabada_NO)/V/Off/AS/Off>>",
		"<</FT/Btn/T(Streaming)/V/NO/Kids[<</AS/Off>> <</AS/NO>>]>>",
		"<</FT/Tx/Parent 4 0 R/T(fecha)/V(26/11/2026)>>",
		"<</FT/Tx/Parent 4 0 R/T(de)/V(9:00)>>",
		`<</FT/Tx/Parent 4 0 R/T(a)/V(11:00)>>`,
		`<</FT/Tx/T(Objetivo)/V(Coordinaci\363n \(mensual\))>>`,
		"<</FT/Tx/T(Participante 1)/V(Jefatura)>>",
		"<</FT/Ch/T(Condicion 1)/V(Obligatorio: S\xed)>>",
		"<</FT/Tx/T(Celular)/V(987 654 321)>>",
		"<</FT/Tx/T(PIN de acceso)/V(4455)>>",
	}
}

func pdfWant() annex.Form {
	return annex.Form{Format: annex.PDF, Fields: desk.Fields{"form_date": "2026-11-24", "in_charge": "Rómulo", "schedule.1.date": "2026-11-26", "schedule.1.from": "09:00", "schedule.1.to": "11:00",
		"recording": "yes", "streaming": "no", "description": "Coordinación (mensual)", "participants.1.who": "Jefatura", "participants.1.part": "required", "phone": "987 654 321"},
		Unread: []string{"Sala: el formato no dice cuál; elíjala, o solo virtual."}}
}

func filledPDF() []byte {
	const catalogue = "<</Type/Catalog/AcroForm<</Fields[2 0 R 3 0 R 4 0 R 5 0 R 6 0 R 7 0 R 11 0 R 12 0 R 13 0 R 14 0 R 15 0 R]>>>>"
	fields := pdfFields()
	fields[2] = "<</T(fila1)/Kids[8 0 R 9 0 R 10 0 R]>>"
	return pdfOf(append([]string{catalogue}, fields...)...)
}

func TestPDFWithFieldsIsRead(t *testing.T) {
	form, ok := annex.Read(filledPDF(), at)
	if !ok {
		t.Fatal("not recognised")
	}
	if diff := cmp.Diff(pdfWant(), form); diff != "" {
		t.Error(diff)
	}
}

// Newer PDFs keep their objects packed, several in a stream.
func TestPDFWhoseObjectsArePackedIsRead(t *testing.T) {
	fields := pdfFields()
	fields[2] = "<</T(fila1)/Kids[8 0 R 9 0 R 10 0 R]>>"
	objects := append([]string{"<</Type/Catalog/AcroForm 16 0 R>>"}, fields...)
	objects = append(objects, "<</Fields[2 0 R 3 0 R 4 0 R 5 0 R 6 0 R 7 0 R 11 0 R 12 0 R 13 0 R 14 0 R 15 0 R]>>")
	var head, body strings.Builder
	for i, o := range objects {
		fmt.Fprintf(&head, "%d %d ", i+1, body.Len())
		body.WriteString(o + "\n")
	}
	packed := stream(t, fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(objects), head.Len()), head.String()+body.String())
	form, ok := annex.Read([]byte("%PDF-1.7\n40 0 obj\n"+packed+"\nendobj\n%%EOF"), at)
	if !ok {
		t.Fatal("not recognised")
	}
	if diff := cmp.Diff(pdfWant(), form); diff != "" {
		t.Error(diff)
	}
}

func TestLaterSavingOfAPDFReplacesTheEarlier(t *testing.T) {
	saved := string(filledPDF()) + "11 0 obj\n<</FT/Tx/T(Objetivo)/V(Otro objetivo)>>\nendobj\n"
	form, _ := annex.Read([]byte(saved), at)
	if got := form.Fields["description"]; got != "Otro objetivo" {
		t.Errorf("description is %q", got)
	}
}

func TestPrintedPDFIsRecognisedByItsTitleAndNotGuessed(t *testing.T) {
	page := stream(t, "", "BT /F1 12 Tf [(FORMATO DE SOLICITUD DE SERV) -20 (ICIO DEL SISTEMA DE V\xcdDEO CONFERENCIA)] TJ (Fecha: 24/11/2026) Tj ET")
	form, ok := annex.Read(pdfOf("<</Type/Catalog>>", page), at)
	want := annex.Form{Format: annex.PDF, Unread: []string{"El PDF no tiene campos que se puedan leer: escriba lo que dice."}}
	if diff := cmp.Diff(want, form); !ok || diff != "" {
		t.Errorf("recognised %v: %s", ok, diff)
	}
}

func TestOtherPDFsAreNotTakenForAnexo02(t *testing.T) {
	for name, data := range map[string][]byte{
		"a letter":       pdfOf("<</Type/Catalog>>", stream(t, "", "BT (Oficio 123: adjunto el Anexo 02) Tj ET")),
		"another form":   pdfOf("<</Type/Catalog/AcroForm<</Fields[2 0 R 3 0 R]>>>>", "<</FT/Tx/T(Fecha)/V(1/1/2026)>>", "<</FT/Tx/T(Solicitante)/V(X)>>"),
		"encrypted":      append(filledPDF(), []byte("trailer <</Root 1 0 R/Encrypt 51 0 R>>")...),
		"nothing within": []byte("%PDF-1.4"),
	} {
		if form, ok := annex.Read(data, at); ok {
			t.Errorf("%s is taken for an Anexo 02: %+v", name, form)
		}
	}
}
