package annex_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/annex"
	"mesa/shared/desk"
)

// zipped makes a package of parts.
func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const wordSpaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"`

// word makes a text document of a body.
func word(t testing.TB, body string) []byte {
	t.Helper()
	return zipped(t, map[string]string{"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"word/document.xml": `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + wordSpaces + `><w:body>` + body + `</w:body></w:document>`})
}

// par is a paragraph whose runs are broken where Word likes to break them.
func par(texts ...string) string {
	runs := ""
	for _, text := range texts {
		runs += `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">` + html.EscapeString(text) + `</w:t></w:r>`
	}
	return `<w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + runs + `</w:p>`
}

// table makes rows of cells; a cell given as «n|text» spans n columns.
func table(rows ...[]string) string {
	out := `<w:tbl><w:tblPr/>`
	for _, cells := range rows {
		out += `<w:tr>`
		for _, c := range cells {
			span := ""
			if n, rest, ok := strings.Cut(c, "|"); ok {
				span, c = `<w:gridSpan w:val="`+n+`"/>`, rest
			}
			if !strings.HasPrefix(c, "<") {
				c = par(c)
			}
			out += `<w:tc><w:tcPr>` + span + `</w:tcPr>` + c + `</w:tc>`
		}
		out += `</w:tr>`
	}
	return out + `</w:tbl>`
}

// box is a check box of Word's content controls.
func box(on bool) string {
	state, shown := "0", "☐"
	if on {
		state, shown = "1", "☒"
	}
	return fmt.Sprintf(`<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="%s"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>%s</w:t></w:r></w:sdtContent></w:sdt>`, state, shown)
}

// control is a content control holding a text, or its hint.
func control(text string, hint bool) string {
	showing := ""
	if hint {
		showing = `<w:showingPlcHdr/>`
	}
	return `<w:p><w:sdt><w:sdtPr>` + showing + `<w:text/></w:sdtPr><w:sdtContent><w:r><w:t>` + text + `</w:t></w:r></w:sdtContent></w:sdt></w:p>`
}

// legacyBox is a check box of the old form fields.
func legacyBox(on bool) string {
	checked := ""
	if on {
		checked = `<w:checked/>`
	}
	return `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Casilla1"/><w:checkBox><w:sizeAuto/><w:default w:val="0"/>` + checked + `</w:checkBox></w:ffData></w:fldChar></w:r>` +
		`<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

func run(text string) string {
	return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func wordForm(t testing.TB) []byte {
	yesNo := func(yes, no string) string {
		return `<w:p>` + run("SI ") + yes + run(" NO ") + no + `</w:p>`
	}
	return word(t, table([]string{"PERÚ", "Programa Nacional de Alimentación Escolar QALI WARMA", "PRO-044- PNAEQW-UTI- FOR-0002"})+
		par("Fecha ", ":", " 24/11", "/2026")+
		table(
			[]string{"4|USUARIA/O SOLICITANTE: A cargo de la videoconferencia"},
			[]string{"4|Rosa Quispe"},
			[]string{"4|PROGRAMADO PARA"},
			[]string{"FECHA(S):", "DE (HORA INICIO):", "A (HORA TÉRMINO):", "OBSERVACIONES:"},
			[]string{par("01") + par("26/11/2026"), "9:00 am", "11:00 am", control("Haga clic aquí para escribir texto.", true)},
			[]string{"02 martes 1 de diciembre", "3:00 a 5:00 p.m.", "", "Con proyector"},
			[]string{"03", "", "", ""})+
		table(
			[]string{"REQUIERE SER GRABADA LA REUNIÓN⁴.", "EN CASO SEA EN LA SALA MULTIUSO: CUENTA CON LA AUTORIZACIÓN", "REQUIERE SER TRANSMITIDO POR STREAMIG"},
			[]string{yesNo(box(true), box(false)), yesNo(legacyBox(true), legacyBox(false)), yesNo(`<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>`, `<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>`)})+
		table([]string{"2|OBJETIVO DE LA VIDEOCONFERENCIA"}, []string{"2|" + par("Coordinar el reparto") + par("de alimentos")}, []string{"2|USUARIAS/OS PARTICIPANTES"},
			[]string{"DESCRIPCIÓN DE LA/EL USUARIO/O", "CONDICIÓN DE PARTICIPACION"},
			[]string{"Jefatura", "Obligatorio: Si(X) No() – Invitada/o ()"}, []string{"Comité", "Obligatorio: Si() No() – Invitada/o (x)"}, []string{"", "Obligatorio: Si() No() – Invitada/o ()"},
			[]string{"2|INFORMACIÓN TÉCNICA DE ENLACE: Sala asignada: _____ Ping de Acceso: *****"})+
		par("Atentamente")+par("_________________")+par("Nombres y Apellidos de la/del solicitante")+par("Celular o Anexo telefónico: ", "anexo 2120"))
}

func TestDocumentLikeWordWritesItIsRead(t *testing.T) {
	form, ok := annex.Read(wordForm(t), at)
	if !ok {
		t.Fatal("not recognised")
	}
	want := annex.Form{Format: annex.DOCX, Fields: desk.Fields{"form_date": "2026-11-24", "in_charge": "Rosa Quispe", "schedule.1.date": "2026-11-26", "schedule.1.from": "09:00", "schedule.1.to": "11:00",
		"schedule.2.date": "2026-12-01", "schedule.2.from": "15:00", "schedule.2.to": "17:00", "schedule.2.remarks": "Con proyector", "recording": "yes", "streaming": "no", "multiuse": "yes", "place": "multiuse",
		"description": "Coordinar el reparto\nde alimentos", "participants.1.who": "Jefatura", "participants.1.part": "required", "participants.2.who": "Comité", "participants.2.part": "guest", "phone": "anexo 2120"}}
	if diff := cmp.Diff(want, form); diff != "" {
		t.Error(diff)
	}
}

// LibreOffice writes rows without spans of one, boxes as characters, and values
// beside their labels where somebody drew the form so.
func TestDocumentLikeLibreOfficeWritesItIsRead(t *testing.T) {
	form, ok := annex.Read(word(t, par("FORMATO DE SOLICITUD DE SERVICIO DEL SISTEMA DE VIDEO CONFERENCIA")+
		table([]string{"Fecha", "24.11.26"}, []string{"A cargo de la video conferencia", "Rosa Quispe"}, []string{"Programado para"}, []string{"Nº", "Fecha", "Hora inicio", "Hora fin", "Observaciones"},
			[]string{"1", "26/11", "09h00", "11h00", ""}, []string{"2", "27/11", "8 a.m.", "12 m.", "Virtual"}, []string{"Requiere grabación", "☐ Sí ☒ No"}, []string{"Sala multiuso", "No"},
			[]string{"Requiere streaming", "☒ Sí ☐ No"}, []string{"Objetivo", "Objetivo: ver el avance"}, []string{"Usuarios participantes"}, []string{"Descripción", "Condición"},
			[]string{"1. Jefatura", "Obligatorio"}, []string{"2. Proveedor", "Invitado"})+par("Teléfono: 999-888-777")), at)
	if !ok {
		t.Fatal("not recognised")
	}
	want := annex.Form{Format: annex.DOCX, Fields: desk.Fields{"form_date": "2026-11-24", "in_charge": "Rosa Quispe", "schedule.1.date": "2026-11-26", "schedule.1.from": "09:00", "schedule.1.to": "11:00",
		"schedule.2.date": "2026-11-27", "schedule.2.from": "08:00", "schedule.2.to": "12:00", "schedule.2.remarks": "Virtual", "recording": "no", "streaming": "yes",
		"description": "Objetivo: ver el avance", "participants.1.who": "Jefatura", "participants.1.part": "required", "participants.2.who": "Proveedor", "participants.2.part": "guest", "phone": "999-888-777"},
		Unread: []string{"Sala: el formato no dice cuál; elíjala, o solo virtual."}}
	if diff := cmp.Diff(want, form); diff != "" {
		t.Error(diff)
	}
}

func TestOtherDocumentsAreNotTakenForAnexo02(t *testing.T) {
	for name, body := range map[string]string{
		"a letter about one": par("Adjunto el Anexo 02, solicitud de servicio de videoconferencia, para la reunión con participantes de varias UT."),
		"Anexo 01":           table([]string{"N°", "FECHA", "SEDE", "USUARIA/O AFECTADA/O O SOLICITANTE", "DESCRIPCIÓN DEL PROBLEMA", "OBSERVACIONES"}),
		"nothing":            "",
	} {
		if form, ok := annex.Read(word(t, body), at); ok {
			t.Errorf("%s is taken for an Anexo 02: %+v", name, form)
		}
	}
}

func TestOneColumnForBothHoursIsTakenApart(t *testing.T) {
	form, ok := annex.Read(word(t, table([]string{"Programado para"}, []string{"Fecha", "Horario"}, []string{"26/11/2026", "9:00 a 11:00"}, []string{"27/11/2026", "de 3 a 5 p. m."},
		[]string{"Objetivo"}, []string{"Ver el avance"}, []string{"Usuarios participantes"})), at)
	want := desk.Fields{"schedule.1.date": "2026-11-26", "schedule.1.from": "09:00", "schedule.1.to": "11:00", "schedule.2.date": "2026-11-27", "schedule.2.from": "15:00", "schedule.2.to": "17:00", "description": "Ver el avance"}
	if diff := cmp.Diff(want, form.Fields); !ok || diff != "" {
		t.Errorf("recognised %v: %s; %q", ok, diff, form.Unread)
	}
}
