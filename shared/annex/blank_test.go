package annex_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"mesa/shared/annex"
	"mesa/shared/desk"
	"mesa/shared/desktest"
)

var update = flag.Bool("update", false, "write the blank form anew")

// book is a workbook being written; the first error ends the test.
type book struct {
	t testing.TB
	*excelize.File
	sheet string
}

func newBook(t testing.TB, sheet string) book {
	t.Helper()
	b := book{t, excelize.NewFile(), sheet}
	b.must(b.SetSheetName("Sheet1", sheet))
	return b
}

func (b book) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// put writes a value into a cell, or into a range that is merged for it.
func (b book) put(cells string, value any) {
	b.t.Helper()
	from, to, merged := strings.Cut(cells, ":")
	if merged {
		b.must(b.MergeCell(b.sheet, from, to))
	}
	b.must(b.SetCellValue(b.sheet, from, value))
}

// name gives a cell a name of its own.
func (b book) name(name, cell string) {
	b.t.Helper()
	column, row, err := excelize.SplitCellName(cell)
	b.must(err)
	b.must(b.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: fmt.Sprintf("'%s'!$%s$%d", b.sheet, column, row)}))
}

// choose lets a cell hold one of a list.
func (b book) choose(cells string, values ...string) {
	b.t.Helper()
	v := excelize.NewDataValidation(true)
	v.SetSqref(cells)
	b.must(v.SetDropList(values))
	b.must(b.AddDataValidation(b.sheet, v))
}

func (b book) bytes() []byte {
	b.t.Helper()
	var out bytes.Buffer
	b.must(b.Write(&out))
	return out.Bytes()
}

// The rows of the blank form.
const (
	firstDateRow = 8
	blankDates   = 6
	firstWhoRow  = 22
	blankPeople  = 10
)

// blankBook is the form that people download.
func blankBook(t testing.TB, heading string) book {
	b := newBook(t, "Anexo 02")
	b.must(b.SetColWidth(b.sheet, "A", "A", 6))
	b.must(b.SetColWidth(b.sheet, "B", "E", 24))
	b.put("A1:E1", "FORMATO DE SOLICITUD DE SERVICIO DEL SISTEMA DE VIDEO CONFERENCIA")
	b.put("A2:E2", heading)
	b.put("A3:B3", "Fecha:")
	b.name("Fecha", "C3")
	b.put("A4:B4", "USUARIA/O SOLICITANTE: A cargo de la videoconferencia")
	b.put("C4:E4", nil)
	b.name("Solicitante", "C4")
	b.put("A6:E6", "PROGRAMADO PARA")
	for column, text := range map[string]string{"A": "N°", "B": "FECHA(S):", "C": "DE (HORA INICIO):", "D": "A (HORA TÉRMINO):", "E": "OBSERVACIONES:"} {
		b.put(column+"7", text)
	}
	for n := range blankDates {
		row := firstDateRow + n
		b.put(fmt.Sprintf("A%d", row), fmt.Sprintf("%02d", n+1))
		for column, name := range map[string]string{"B": "Fecha", "C": "De", "D": "A", "E": "Observaciones"} {
			b.name(fmt.Sprintf("%s_%02d", name, n+1), fmt.Sprintf("%s%d", column, row))
		}
	}
	for i, q := range []struct{ name, text string }{{"Grabada", "REQUIERE SER GRABADA LA REUNIÓN (SI / NO)"},
		{"Multiuso", "EN CASO SEA EN LA SALA MULTIUSO: CUENTA CON LA AUTORIZACIÓN (SI / NO)"}, {"Streaming", "REQUIERE SER TRANSMITIDO POR STREAMING (SI / NO)"}} {
		row := 15 + i
		b.put(fmt.Sprintf("A%d:D%d", row, row), nil)
		b.put(fmt.Sprintf("A%d", row), q.text)
		b.name(q.name, fmt.Sprintf("E%d", row))
		b.choose(fmt.Sprintf("E%d", row), "SI", "NO")
	}
	b.put("A18:B18", "OBJETIVO DE LA VIDEOCONFERENCIA")
	b.put("C18:E18", nil)
	b.name("Objetivo", "C18")
	b.put("A20:E20", "USUARIAS/OS PARTICIPANTES")
	b.put("A21:D21", "DESCRIPCIÓN DE LA/EL USUARIA/O")
	b.put("E21", "CONDICIÓN DE PARTICIPACIÓN")
	for n := range blankPeople {
		row := firstWhoRow + n
		b.put(fmt.Sprintf("A%d:D%d", row, row), nil)
		b.name(fmt.Sprintf("Participante_%02d", n+1), fmt.Sprintf("A%d", row))
		b.name(fmt.Sprintf("Condicion_%02d", n+1), fmt.Sprintf("E%d", row))
	}
	b.choose(fmt.Sprintf("E%d:E%d", firstWhoRow, firstWhoRow+blankPeople-1), "Obligatorio: Sí", "Obligatorio: No", "Invitada/o")
	end := firstWhoRow + blankPeople + 1
	for i, text := range []string{"INFORMACIÓN TÉCNICA DE ENLACE (la llena la mesa de ayuda)", "Atentamente"} {
		b.put(fmt.Sprintf("A%d:E%d", end+i, end+i), nil)
		b.put(fmt.Sprintf("A%d", end+i), text)
	}
	for i, q := range []struct{ name, text string }{{"Nombres", "Nombres y Apellidos de la/del solicitante"}, {"Telefono", "Celular o Anexo telefónico:"}} {
		row := end + 2 + i
		b.put(fmt.Sprintf("A%d:B%d", row, row), nil)
		b.put(fmt.Sprintf("A%d", row), q.text)
		b.name(q.name, fmt.Sprintf("C%d", row))
	}
	return b
}

func TestBlankFormIsTheOneItsWriterWrites(t *testing.T) {
	written := blankBook(t, "{heading}")
	if *update {
		if err := os.WriteFile("blank.xlsx", written.bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	const heading = "PRO-044-PNAEQW-UTI-FOR-0002 · Versión N° 02 <&>"
	written = blankBook(t, heading)
	blank := mustBlank(t, heading)
	handed, err := excelize.OpenReader(bytes.NewReader(blank))
	if err != nil {
		t.Fatal(err)
	}
	want, err := written.GetRows("Anexo 02")
	written.must(err)
	got, err := handed.GetRows("Anexo 02")
	written.must(err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("go test ./shared/annex -update (-want +got):\n%s", diff)
	}
	if len(blank) > 20<<10 {
		t.Errorf("the blank form has %d bytes", len(blank))
	}
}

func mustBlank(t testing.TB, heading string) []byte {
	t.Helper()
	form, err := annex.Blank(heading)
	if err != nil {
		t.Fatal(err)
	}
	return form
}

func TestBlankFormFilledInIsReadWhole(t *testing.T) {
	values := map[string]any{"Fecha": "24/11/2026", "Solicitante": "Rosa Quispe Huamán", "Fecha_01": "26/11/2026", "De_01": "09:00", "A_01": "10:30", "Observaciones_01": "Con proyector",
		"Fecha_02": "27/11/2026", "De_02": "3:00 pm", "A_02": "5:00 pm", "Grabada": "SI", "Multiuso": "SI", "Streaming": "NO", "Objetivo": "Reparto de alimentos del mes",
		"Participante_01": "Jefatura de la UT", "Condicion_01": "Obligatorio: Sí", "Participante_02": "Comité de compra", "Condicion_02": "Invitada/o", "Nombres": "Rosa Quispe", "Telefono": 987654321}
	filled, err := desktest.FilledAnnex(values)
	if err != nil {
		t.Fatal(err)
	}
	form, ok := annex.Read(filled, at)
	if !ok {
		t.Fatal("not recognised")
	}
	want := desk.Fields{"form_date": "2026-11-24", "in_charge": "Rosa Quispe Huamán", "schedule.1.date": "2026-11-26", "schedule.1.from": "09:00", "schedule.1.to": "10:30",
		"schedule.1.remarks": "Con proyector", "schedule.2.date": "2026-11-27", "schedule.2.from": "15:00", "schedule.2.to": "17:00", "recording": "yes", "multiuse": "yes", "place": "multiuse",
		"streaming": "no", "description": "Reparto de alimentos del mes", "participants.1.who": "Jefatura de la UT", "participants.1.part": "required", "participants.2.who": "Comité de compra",
		"participants.2.part": "guest", "phone": "987654321"}
	if diff := cmp.Diff(annex.Form{Format: annex.XLSX, Fields: want}, form); diff != "" {
		t.Error(diff)
	}
}

func TestBlankFormIsRecognisedAndHoldsNothing(t *testing.T) {
	for _, heading := range []string{"PRO-044-PNAEQW-UTI-FOR-0002 · Versión N° 01", "DIR-007 · Versión N° 03"} {
		form, ok := annex.Read(mustBlank(t, heading), at)
		if !ok || len(form.Fields) > 0 {
			t.Errorf("%s: recognised %v, read %v", heading, ok, form.Fields)
		}
	}
}
