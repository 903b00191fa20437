package annex_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"mesa/shared/annex"
	"mesa/shared/desk"
)

// officialBook is FOR-0002 as an office draws it in Excel: a letterhead, merged
// cells, boxes as text, values typed as dates, hours and words.
func officialBook(t testing.TB) book {
	b := newBook(t, "FOR-0002")
	b.put("B2:C3", "PERÚ")
	b.put("D2:E3", "Ministerio de Desarrollo e Inclusión Social")
	b.put("H2:I2", "PRO-044- PNAEQW-UTI-\nFOR-0002")
	b.put("D5:I5", "Fecha : 24 / 11 / 2026")
	b.put("B7:I7", "USUARIO/O SOLICITANTE:\nA cargo de la videoconferencia")
	b.put("B8:I8", "Juan  Ñahui Pérez")
	b.put("B9:I9", "PROGRAMADO PARA")
	b.put("B10:C10", "FECHA(S):")
	b.put("D10", "DE\n(HORA INICIO):")
	b.put("E10:F10", "A (HORA TÉRMINO):")
	b.put("G10:I10", "OBSERVACIONES:")
	for i, number := range []string{"01", "02", "03"} {
		row := string(rune('1' + i))
		b.put("B1"+row, number)
		b.put("G1"+row+":I1"+row, nil)
	}
	day, hour := b.style(14), b.style(20)
	b.put("C11", time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC))
	b.must(b.SetCellStyle(b.sheet, "C11", "C12", day))
	b.put("D11", 0.375)
	b.put("E11", 11.0/24)
	b.must(b.SetCellStyle(b.sheet, "D11", "E12", hour))
	b.put("G11", "Con proyector")
	b.put("C12", "viernes 27 de noviembre")
	b.put("D12", "9.30 am")
	b.put("E12", "a las doce")
	b.put("B15:D15", "REQUIERE SER GRABADA LA REUNIÓN⁴.")
	b.put("E15:G15", "EN CASO SEA EN LA SALA MULTIUSO: CUENTA CON LA AUTORIZACIÓN")
	b.put("H15:I15", "REQUIERE SER TRANSMITIDO POR STREAMIG")
	b.put("B16:D16", "SI ( X )     NO (   )")
	b.put("E16:G16", "SI (   )     NO ( X )")
	b.put("H16:I16", "SI (   )     NO (   )")
	b.put("B18:I18", "OBJETIVO DE LA VIDEOCONFERENCIA")
	b.put("B19:I19", "Coordinar el reparto\nde alimentos")
	b.put("B20:I20", "USUARIAS/OS PARTICIPANTES")
	b.put("C21:F21", "DESCRIPCIÓN DE LA/EL USUARIO/O")
	b.put("G21:I21", "CONDICIÓN DE PARTICIPACION")
	b.put("B22", 1)
	b.put("C22:F22", "Jefas/es de las UT")
	b.put("G22:I22", "Obligatorio: Si( x ) No(   ) – Invitada/o (   )")
	b.put("B23", 2)
	b.put("C23:F23", "Proveedores")
	b.put("G23:I23", "Obligatorio: Si(   ) No(   ) – Invitada/o ( X )")
	b.put("B24", 3)
	b.put("G24:I24", "Obligatorio: Si(   ) No(   ) – Invitada/o (   )")
	b.put("B26:I26", "INFORMACIÓN TÉCNICA DE ENLACE: Sala asignada: Sala 2   Ping de Acceso: 4455 (reservado al personal de Informática o personal autorizado)")
	b.put("B28", "Atentamente")
	b.put("D30:G30", "Juan Ñahui")
	b.put("D31:G31", "Nombres y Apellidos de la/del solicitante")
	b.put("D32:G32", "Celular o Anexo telefónico: 951 222 333")
	return b
}

// style is a cell format of Excel by its number.
func (b book) style(numbered int) int {
	b.t.Helper()
	id, err := b.NewStyle(&excelize.Style{NumFmt: numbered})
	b.must(err)
	return id
}

func TestWorkbookLikeAnOfficeDrawsItIsRead(t *testing.T) {
	form, ok := annex.Read(officialBook(t).bytes(), at)
	if !ok {
		t.Fatal("not recognised")
	}
	want := annex.Form{Format: annex.XLSX, Fields: desk.Fields{"form_date": "2026-11-24", "in_charge": "Juan Ñahui Pérez", "schedule.1.date": "2026-11-26", "schedule.1.from": "09:00",
		"schedule.1.to": "11:00", "schedule.1.remarks": "Con proyector", "schedule.2.date": "2026-11-27", "schedule.2.from": "09:30", "recording": "yes",
		"description": "Coordinar el reparto\nde alimentos", "participants.1.who": "Jefas/es de las UT", "participants.1.part": "required", "participants.2.who": "Proveedores",
		"participants.2.part": "guest", "phone": "951 222 333"},
		Unread: []string{"Fecha 02: no se entiende la hora de término, «a las doce».", "Si requiere transmisión por streaming: no está marcado SI ni NO.",
			"Sala: el formato no dice cuál; elíjala, o solo virtual."}}
	if diff := cmp.Diff(want, form); diff != "" {
		t.Error(diff)
	}
}

// The access PIN is reserved to informatics (R147): whatever stands there, a
// proposal never holds it.
func TestThePinOfAFormIsNeverRead(t *testing.T) {
	form, _ := annex.Read(officialBook(t).bytes(), at)
	for name, value := range form.Fields {
		if value == "4455" || name == "pin" {
			t.Errorf("%s = %q", name, value)
		}
	}
}

func TestFormMayStandOnAnySheetAndAnywhereInIt(t *testing.T) {
	b := officialBook(t)
	_, err := b.NewSheet("Instrucciones")
	b.must(err)
	b.must(b.SetSheetVisible("Instrucciones", true))
	b.must(b.InsertCols(b.sheet, "A", 3))
	b.must(b.InsertRows(b.sheet, 1, 7))
	moved, ok := annex.Read(b.bytes(), at)
	if !ok {
		t.Fatal("not recognised")
	}
	want, _ := annex.Read(officialBook(t).bytes(), at)
	if diff := cmp.Diff(want, moved); diff != "" {
		t.Error(diff)
	}
}

func TestMarksWithCellsOfTheirOwnAreRead(t *testing.T) {
	b := officialBook(t)
	for _, merged := range []string{"B16:D16", "E16:G16", "H16:I16"} {
		b.must(b.UnmergeCell(b.sheet, merged[:3], merged[4:]))
		b.put(merged[:3], nil)
	}
	b.put("B16", "SI")
	b.put("C16", "NO")
	b.put("C17", "x") // below NO
	b.put("H16", "SI")
	b.put("I16", true) // a box of new Excels, beside SI
	form, _ := annex.Read(b.bytes(), at)
	if form.Fields["recording"] != "no" || form.Fields["streaming"] != "yes" {
		t.Errorf("recording %q, streaming %q; %q", form.Fields["recording"], form.Fields["streaming"], form.Unread)
	}
}

func TestAnswerOfAFormulaIsItsLastValueAndNeverWorkedOut(t *testing.T) {
	b := officialBook(t)
	b.must(b.SetCellFormula(b.sheet, "C11", "TODAY()+400")) // the value last shown stays beside it
	form, _ := annex.Read(b.bytes(), at)
	if got := form.Fields["schedule.1.date"]; got != "2026-11-26" {
		t.Errorf("date is %q", got)
	}
}

func TestDaysOfAMacintoshWorkbookCountFrom1904(t *testing.T) {
	b := officialBook(t)
	is1904 := true
	b.must(b.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &is1904}))
	b.put("C11", 46352-1462)
	form, _ := annex.Read(b.bytes(), at)
	if got := form.Fields["schedule.1.date"]; got != "2026-11-26" {
		t.Errorf("date is %q", got)
	}
}

func TestOtherWorkbooksAreNotTakenForAnexo02(t *testing.T) {
	b := newBook(t, "Hoja1")
	b.put("A1", "Fecha")
	b.put("B1", "Observaciones")
	b.put("C1", "Celular o anexo telefónico")
	b.put("A2", "Solicitud de bienes y servicios")
	b.put("A3", "Objetivo")
	if form, ok := annex.Read(b.bytes(), at); ok {
		t.Errorf("taken for an Anexo 02: %+v", form)
	}
}

// Asian texts bear how they are read beside them; it is no part of them.
func TestReadingsOfAsianTextsAreLeftOut(t *testing.T) {
	const reading = `<rPh sb="0" eb="1"><t>かいぎ</t></rPh>`
	cell := func(column, text string) string {
		return `<c r="` + column + `" t="inlineStr"><is><t>` + text + `</t>` + reading + `</is></c>`
	}
	form, ok := annex.Read(zipped(t, map[string]string{"xl/sharedStrings.xml": `<sst><si><r><t>会</t></r><r><t>議</t></r>` + reading + `</si></sst>`,
		"xl/worksheets/sheet1.xml": sheetHead + `<row>` + cell("A1", "Objetivo") + `<c r="B1" t="s"><v>0</v></c></row><row>` + cell("A2", "Programado para") + `</row><row>` +
			cell("A3", "A cargo de la videoconferencia") + cell("B3", "会田") + `</row></sheetData></worksheet>`}), at)
	if !ok || form.Fields["description"] != "会議" || form.Fields["in_charge"] != "会田" {
		t.Errorf("recognised %v: %q", ok, form.Fields)
	}
}
