package annex

import (
	"strings"
)

// formDate is the day of the request (R139), above everything else.
func (r *reading) formDate(before int) {
	p, ok := r.sheet.find(labelDate, 0, before)
	if !ok {
		return
	}
	text := r.sheet.value(p, 1)
	if blank(text) {
		return
	}
	value, ok := readDate(text, r.at)
	if !ok {
		r.unread("Fecha de la solicitud: no se entiende «%s».", short(text))
		return
	}
	r.Fields[fieldDate] = value
}

// applicant is who is in charge of the videoconference (R140).
func (r *reading) applicant() {
	p, ok := r.sheet.find(labelApplicant, 0, len(r.sheet.rows))
	if !ok {
		return
	}
	if text := r.sheet.value(p, 1); !blank(text) {
		r.set(fieldInCharge, text, maxLine)
	}
}

// conditions are the three questions with SI and NO: R142–R144.
func (r *reading) conditions() {
	if chosen := r.condition(labelRecorded, "Si requiere ser grabada la reunión"); chosen != "" {
		r.Fields[fieldRecording] = chosen
	}
	if chosen := r.condition(labelStreamed, "Si requiere transmisión por streaming"); chosen != "" {
		r.Fields[fieldStreaming] = chosen
	}
	if r.condition(labelMultiuse, "Si cuenta con la autorización para la sala multiuso") == "yes" {
		r.Fields[fieldMultiuse], r.Fields[fieldPlace] = "yes", "multiuse"
		return
	}
	r.unread("Sala: el formato no dice cuál; elíjala, o solo virtual.")
}

// condition is what one of them was answered, "" if nothing or both.
func (r *reading) condition(l label, question string) string {
	p, ok := r.sheet.find(l, 0, len(r.sheet.rows))
	a := answer{}
	if ok {
		a = r.choice(p)
	}
	switch conditional := l() == labelMultiuse(); { // asked of who wants that room
	case a.marked > 1:
		r.unread("%s: están marcados SI y NO.", question)
	case !ok && !conditional:
		r.unread("%s: no se encontró la pregunta en el archivo.", question)
	case a.chosen == "" && !conditional:
		r.unread("%s: no está marcado SI ni NO.", question)
	}
	return a.chosen
}

// choice reads the marks that belong to a question: in its own cell, to its
// right, or in the rows below it.
func (r *reading) choice(p place) answer {
	from, before := r.sheet.column(p), r.sheet.next(p)
	if a := readMarks(p.rest); a.marked > 0 {
		return a
	}
	if a := r.marksIn(p.row, from+1, before); a.marked > 0 {
		return a
	}
	for row := p.row + 1; row <= p.row+3 && row < len(r.sheet.rows); row++ {
		if r.sheet.labelled(row) && len(r.sheet.between(row, from, before)) > 0 {
			break
		}
		if a := r.marksIn(row, from, before); a.marked > 0 {
			return a
		}
	}
	return answer{}
}

// marksIn reads a stretch of a row. Where SI and NO have cells of their own and
// the mark stands below one of them, the column says whose it is.
func (r *reading) marksIn(row, from, before int) answer {
	a := readMarks(strings.Join(r.sheet.between(row, from, before), " "))
	if a.marked > 0 || row+1 >= len(r.sheet.rows) {
		return a
	}
	for i, c := range r.sheet.rows[row] {
		alone := choiceTokens(c.text)
		if c.column < from || c.column >= before || len(alone) != 1 || !alone[0].word() {
			continue
		}
		end := before
		if i+1 < len(r.sheet.rows[row]) {
			end = min(end, r.sheet.rows[row][i+1].column)
		}
		if below := choiceTokens(strings.Join(r.sheet.between(row+1, c.column, end), " ")); len(below) == 1 && below[0] == marked {
			a.chosen, a.marked = string(alone[0]), a.marked+1
		}
	}
	if a.marked > 1 {
		a.chosen = ""
	}
	return a
}

// objective is what the meeting is for: the request's description (R145).
func (r *reading) objective() {
	p, ok := r.sheet.find(labelObjective, 0, len(r.sheet.rows))
	if !ok {
		return
	}
	if text := r.sheet.value(p, 20); !blank(text) {
		r.keep(fieldObjective, text, maxObjective)
	}
}

// signature is the foot: who asks, if nobody is named above, and the telephone
// that the form demands (R148).
func (r *reading) signature() {
	if p, ok := r.sheet.find(labelPhone, 0, len(r.sheet.rows)); ok {
		if text := r.sheet.value(p, 1); !blank(text) {
			r.set(fieldPhone, text, maxPhone)
		}
	}
	p, ok := r.sheet.find(labelSigned, 0, len(r.sheet.rows))
	if !ok || r.Fields[fieldInCharge] != "" {
		return
	}
	text := p.rest
	if text == "" { // people sign above the line
		text = strings.Join(r.sheet.between(p.row-1, 0, maxColumns), " ")
	}
	if !blank(text) && !isLabel(newCell(0, text)) {
		r.set(fieldInCharge, text, maxLine)
	}
}
