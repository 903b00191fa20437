package annex

import (
	"regexp"
	"strconv"
	"strings"
)

// participants reads who takes part and on what condition (R146).
func (r *reading) participants() {
	title, ok := r.sheet.find(labelParticipant, 0, len(r.sheet.rows))
	if !ok {
		r.unread("Participantes: no se encontró la tabla en el archivo.")
		return
	}
	names, conditions, first := r.peopleColumns(title)
	n := 0
	for row := first; row < len(r.sheet.rows) && !r.belowPeople(row); row++ {
		who := withoutNumber(strings.Join(r.sheet.between(row, names, conditions), " "))
		condition := strings.Join(r.sheet.between(row, conditions, maxColumns), " ")
		if blank(who) {
			continue
		}
		if n++; n > maxParticipants {
			r.unread("Participantes: hay más de %d; faltan los que siguen.", maxParticipants)
			return
		}
		r.participant(n, who, condition)
	}
	if n == 0 {
		r.unread("Participantes: no hay ninguna/o escrita/o.")
	}
}

// peopleColumns are where the two columns begin, and the first row of people: by
// their heads below the title, else by the title alone.
func (r *reading) peopleColumns(title place) (names, conditions, first int) {
	until := title.row + 3
	condition, ok := r.sheet.find(labelPart, title.row, until)
	if !ok {
		return 0, 1, title.row + 1
	}
	names, conditions, first = 0, r.sheet.column(condition), condition.row+1
	if head, ok := r.sheet.find(labelWho, title.row, until); ok && r.sheet.column(head) < conditions {
		names = min(r.sheet.column(head), 1)
	}
	return names, conditions, first
}

// belowPeople tells whether the table of people has ended.
func (r *reading) belowPeople(row int) bool {
	for _, c := range r.sheet.rows[row] {
		for _, l := range []label{labelTechnical, labelClosing, labelSigned, labelPhone, labelNote, labelObjective, labelScheduled, labelRecorded} {
			if _, ok := l.in(c); ok {
				return true
			}
		}
	}
	return false
}

func (r *reading) participant(n int, who, condition string) {
	name := func(column string) string { return tableParticipants + "." + strconv.Itoa(n) + "." + column }
	r.set(name("who"), who, maxLine)
	part := partOf(condition)
	if part == "" {
		r.unread("Participante %02d, «%s»: no está marcada una sola condición de participación.", n, short(who))
		return
	}
	r.Fields[name("part")] = part
}

// partOf reads «Obligatorio: Si( X ) No( ) – Invitada/o ( )», or the words alone.
func partOf(condition string) string {
	switch a := readMarks(condition); {
	case a.chosen == "yes":
		return "required"
	case a.chosen == "no":
		return "optional"
	case a.chosen == "guest":
		return "guest"
	case a.marked == 0 && onlyRequired().MatchString(squeezed(condition)):
		return "required"
	default:
		return ""
	}
}

var (
	onlyRequired = lazily(`^obligatori[ao](/[ao])?\.?$`)
	listNumber   = lazily(`^\s*\d{1,2}\s*[.)\-]*(\s+|$)`)
)

// withoutNumber drops the number of a row before a name.
func withoutNumber(text string) string { return cutPattern(text, listNumber()) }

func cutPattern(text string, p *regexp.Regexp) string {
	return text[len(p.FindString(text)):]
}
