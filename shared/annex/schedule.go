package annex

import (
	"strconv"
	"strings"

	"mesa/shared/desk"
)

// scheduleHead is the row above the dates of a form, and where its columns
// begin.
type scheduleHead struct {
	row                    int
	day, from, to, remarks int
}

// scheduleHead finds the row that says FECHA, DE and A; a form drawn anew may
// have one column for both hours.
func (r *reading) scheduleHead() (scheduleHead, bool) {
	for row, cells := range r.sheet.rows {
		h := scheduleHead{row: row, day: headed(cells, labelDay), from: headed(cells, labelFrom), to: headed(cells, labelTo), remarks: headed(cells, labelRemarks)}
		if hours := headed(cells, labelHours); hours > h.day && h.from < 0 && h.to < 0 {
			h.from, h.to = hours, hours+1
		}
		if h.remarks < 0 {
			h.remarks = maxColumns
		}
		if h.day >= 0 && h.from > h.day && h.to > h.from && h.remarks >= h.to {
			return h, true
		}
	}
	return scheduleHead{}, false
}

// headed is the column of the first cell that is a label and nothing else, -1 if
// none is.
func headed(cells []cell, l label) int {
	for _, c := range cells {
		if rest, ok := l.in(c); ok && rest == "" {
			return c.column
		}
	}
	return -1
}

// schedule reads «PROGRAMADO PARA»: the rows below its head until the next label
// (R141).
func (r *reading) schedule(h scheduleHead, found bool) {
	if !found {
		r.unread("Programado para: no se encontró la tabla de fechas en el archivo.")
		return
	}
	n := 0
	for row := h.row + 1; row < len(r.sheet.rows) && !r.ends(row, h); row++ {
		between := func(from, before int) string { return strings.Join(r.sheet.between(row, from, before), " ") }
		entry := dateRow{day: between(h.day, h.from), from: between(h.from, h.to), to: between(h.to, h.remarks), remarks: between(h.remarks, maxColumns)}
		if entry.empty() {
			continue
		}
		if n++; n > desk.MaxMeetings {
			r.unread("Programado para: hay más de %d fechas; faltan las que siguen.", desk.MaxMeetings)
			return
		}
		r.date(n, entry)
	}
	if n == 0 {
		r.unread("Programado para: no hay ninguna fecha escrita.")
	}
}

// ends tells whether a row stands below the table: it begins with another label.
func (r *reading) ends(row int, h scheduleHead) bool {
	for _, c := range r.sheet.rows[row] {
		if c.column < h.remarks && isLabel(c) {
			return true
		}
	}
	return false
}

// dateRow is one row as it was written.
type dateRow struct{ day, from, to, remarks string }

// empty: nothing but the row's printed number.
func (d dateRow) empty() bool {
	number := strings.Trim(squeezed(d.day), " ._-/:~()[]n")
	_, err := strconv.Atoi(number)
	return blank(d.from) && blank(d.to) && blank(d.remarks) && (number == "" || err == nil && len(number) <= 2)
}

// date reads a row as the n-th date.
func (r *reading) date(n int, d dateRow) {
	name := func(column string) string { return tableSchedule + "." + strconv.Itoa(n) + "." + column }
	if value, ok := readDate(d.day, r.at); ok {
		r.Fields[name("date")] = value
	} else {
		r.unread("Fecha %02d: no se entiende el día, «%s».", n, short(d.day))
	}
	if blank(d.to) {
		if from, to, ok := splitHours(d.from); ok {
			d.from, d.to = from, to
		}
	}
	r.hour(name("from"), n, "la hora de inicio", d.from)
	r.hour(name("to"), n, "la hora de término", d.to)
	if !blank(d.remarks) {
		r.set(name("remarks"), d.remarks, maxLine)
	}
}

// hour reads one of the two hours of a row.
func (r *reading) hour(name string, n int, what, text string) {
	value, unsure, ok := readHour(text)
	switch {
	case blank(text):
		r.unread("Fecha %02d: falta %s.", n, what)
	case !ok:
		r.unread("Fecha %02d: no se entiende %s, «%s».", n, what, short(text))
	case unsure:
		r.unread("Fecha %02d: %s, «%s», no dice si es de la mañana o de la tarde.", n, what, short(text))
	default:
		r.Fields[name] = value
	}
}
