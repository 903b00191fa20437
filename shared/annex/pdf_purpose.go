package annex

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// slot is what a field of a PDF is for: a row of the form as it is drawn, and the
// column there.
type slot struct {
	row    string
	column int
}

// purpose is a name under which a form asks for something: one of our own form,
// of the flow's fields, or a word of the paper. The rows of tables are numbered.
type purpose struct {
	named    func() *regexp.Regexp
	row      string
	numbered bool
	column   int
}

var (
	pdfNumber    = lazily(`\d{1,2}`)
	pdfReserved  = lazily(`\b(pin|ping|sala asignada|acceso)\b`)
	pdfRecording = lazily(`graba|recording`)
	pdfMultiuse  = lazily(`multi ?us[oe]|autorizacion`)
	pdfStreaming = lazily(`stream`)
	pdfObjective = lazily(`objetivo`)
	pdfCondition = lazily(`condicion|obligatori|invitad|\bpart\b`)
	pdfWho       = lazily(`participante|participants|descripcion`)
	pdfRemarks   = lazily(`observacion|remarks`)
	pdfFrom      = lazily(`\b(de|desde|inicio|from)\b`)
	pdfTo        = lazily(`\b(a|hasta|termino|fin|to)\b`)
	pdfDate      = lazily(`\b(fechas?|date|dia)\b`)
	pdfApplicant = lazily(`solicitante|a cargo|in charge`)
	pdfPhone     = lazily(`celular|telefon|phone|anexo`)
	pdfAnswer    = lazily(`\b(si|no|invitad\w*|guest|yes)\b`)
)

// purposes are all of them, the narrower first.
func purposes() []purpose {
	return []purpose{{pdfReserved, "", false, 0}, {pdfRecording, "recording", false, 0}, {pdfMultiuse, "multiuse", false, 0}, {pdfStreaming, "streaming", false, 0},
		{pdfObjective, "objective", false, 0}, {pdfCondition, "person", true, 1}, {pdfWho, "person", true, 0}, {pdfRemarks, "date", true, 3}, {pdfDate, "date", true, 0},
		{pdfFrom, "date", true, 1}, {pdfTo, "date", true, 2}, {pdfPhone, "phone", false, 0}, {pdfApplicant, "applicant", false, 0}, {pdfDate, "day", false, 0}}
}

// slot places a field by its name; ok is false for one that nobody can place.
func (f pdfField) slot() (s slot, ok bool) {
	n := 0
	if digits := pdfNumber().FindString(f.called); digits != "" {
		n = number(digits)
	}
	for _, p := range purposes() {
		switch {
		case p.numbered && n == 0 || !p.named().MatchString(f.called):
		case p.numbered:
			return slot{fmt.Sprintf("%s %02d", p.row, n), p.column}, true
		default:
			return slot{p.row, p.column}, p.row != ""
		}
	}
	return slot{}, false
}

// shown is a field as it would stand on paper: a text, or a word with its box.
func (f pdfField) shown() string {
	if !f.box {
		return f.value
	}
	word := pdfAnswer().FindString(f.called)
	if value := fieldName(f.value); f.group && f.on {
		word = pdfAnswer().FindString(value)
	}
	switch {
	case word == "" && (f.group || !f.on):
		return ""
	case word == "":
		word = "si"
	}
	if f.on {
		return word + " (X) "
	}
	return word + " ( ) "
}

// sheet draws the fields as the rows of the form, so that they are read as every
// other form is. Only what the PDF asks for is drawn.
func (f pdfForm) sheet() sheet {
	values := map[slot]string{}
	for _, field := range f.fields {
		if s, ok := field.slot(); ok {
			values[s] = strings.TrimSpace(values[s] + " " + field.shown())
		}
	}
	var s sheet
	line := func(row, label string) {
		if value, ok := values[slot{row, 0}]; ok {
			s.add(addCell(addCell(nil, 0, label), 1, value))
		}
	}
	line("day", "Fecha:")
	line("applicant", "USUARIA/O SOLICITANTE")
	f.table(&s, values, "date", []string{"PROGRAMADO PARA"}, []string{"FECHA(S)", "DE", "A", "OBSERVACIONES"})
	line("recording", "REQUIERE SER GRABADA LA REUNIÓN")
	line("multiuse", "SALA MULTIUSO")
	line("streaming", "REQUIERE STREAMING")
	line("objective", "OBJETIVO DE LA VIDEOCONFERENCIA")
	f.table(&s, values, "person", []string{"USUARIAS/OS PARTICIPANTES"}, []string{"DESCRIPCIÓN DE LA/EL USUARIA/O", "CONDICIÓN DE PARTICIPACIÓN"})
	line("phone", "Celular o Anexo telefónico:")
	return s
}

// table draws the numbered rows of one kind below their heads.
func (f pdfForm) table(s *sheet, values map[slot]string, kind string, title, heads []string) {
	rows := map[string]bool{}
	for at := range values {
		if strings.HasPrefix(at.row, kind+" ") {
			rows[at.row] = true
		}
	}
	if len(rows) == 0 {
		return
	}
	draw := func(texts []string) {
		var row []cell
		for column, text := range texts {
			row = addCell(row, column, text)
		}
		s.add(row)
	}
	draw(title)
	draw(heads)
	for _, row := range slices.Sorted(maps.Keys(rows)) {
		var texts []string
		for column := range heads {
			texts = append(texts, values[slot{row, column}])
		}
		draw(texts)
	}
}
