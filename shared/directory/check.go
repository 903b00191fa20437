package directory

import (
	"fmt"
	"slices"
	"strings"

	"mesa/shared/desk"
)

// Check says what contradicts itself in the records, in Spanish; an empty
// answer means that New gives a directory whose every reference leads somewhere.
func Check(r Records) []string {
	var texts []string
	for _, f := range check(r) {
		texts = append(texts, fmt.Sprintf("tabla %s, %s", f.kind, f.inTable(r)))
	}
	return texts
}

// inTable names the row by its key, for records that come from no file.
func (f finding) inTable(r Records) string {
	s, _ := sheetOf(f.kind)
	return fmt.Sprintf("fila «%s», columna %s: %s", keyOf(s.header(), s.write(r)[f.row], true), f.column, f.text)
}

func check(r Records) []finding {
	findings := append(checkTables(r), checkPeriods(r)...)
	findings = append(findings, checkUnits(r)...)
	findings = append(findings, checkAddresses(r)...)
	findings = append(findings, checkSubstitutes(r)...)
	return append(findings, checkTeams(r)...)
}

// checkTables finds references that lead nowhere and rows that say twice, for
// the same days, what can be true once.
func checkTables(r Records) []finding {
	known := map[Kind]map[string]bool{}
	for _, s := range sheets() {
		known[s.Kind()] = map[string]bool{}
		for _, cells := range s.write(r) {
			known[s.Kind()][cells[0]] = true
		}
	}
	var findings []finding
	for _, s := range sheets() {
		rows := s.write(r)
		findings = append(findings, checkReferences(s, rows, known)...)
		findings = append(findings, checkRepeated(s, rows, r)...)
	}
	return findings
}

func checkReferences(s sheet, rows [][]string, known map[Kind]map[string]bool) []finding {
	var findings []finding
	for i, cells := range rows {
		for j, h := range s.header() {
			if h.refs == "" {
				continue
			}
			for key := range strings.FieldsSeq(cells[j]) {
				if !known[h.refs][key] {
					findings = append(findings, finding{s.Kind(), i, h.name,
						fmt.Sprintf("«%s» no existe en la tabla %s", key, h.refs)})
				}
			}
		}
	}
	return findings
}

func checkRepeated(s sheet, rows [][]string, r Records) []finding {
	var findings []finding
	earlier := map[string][]int{}
	heads := s.header()
	for i, cells := range rows {
		key := keyOf(heads, cells, false)
		for _, j := range earlier[key] {
			if s.overlaps(r, i, j) {
				findings = append(findings, finding{s.Kind(), i, heads[0].name,
					fmt.Sprintf("«%s» está dos veces para las mismas fechas", key)})
				break
			}
		}
		earlier[key] = append(earlier[key], i)
	}
	return findings
}

func checkPeriods(r Records) []finding {
	var findings []finding
	for _, s := range sheets() {
		heads := names(s.header())
		from, until := slices.Index(heads, "from"), slices.Index(heads, "until")
		for i, cells := range s.write(r) { // dates in this form compare as texts
			if cells[until] != "" && cells[until] < cells[from] {
				findings = append(findings, finding{s.Kind(), i, "until", "la fecha final es anterior a la inicial"})
			}
		}
	}
	return findings
}

// checkUnits wants one UTI, a parent for every territorial unit, no ring of
// parents, and hours that a clock can follow.
func checkUnits(r Records) []finding {
	var findings []finding
	add := func(row int, column, text string) {
		findings = append(findings, finding{Units, row, column, text})
	}
	parents := map[desk.UnitID]desk.UnitID{}
	utis := map[desk.UnitID]bool{}
	for _, u := range r.Units {
		parents[u.ID] = u.Parent
	}
	for i, u := range r.Units {
		if u.Kind == UTI {
			utis[u.ID] = true
		}
		if u.Kind == UTI && len(utis) > 1 {
			add(i, "kind", "solo una unidad puede ser la UTI")
		}
		if u.Kind == Territorial && u.Parent == "" {
			add(i, "parent", "una UT necesita la unidad de Sede Central de la que depende (8.1.4)")
		}
		if inRing(u.ID, parents) {
			add(i, "parent", "la unidad depende de sí misma: sus superiores forman un círculo")
		}
		if _, err := weekOf(u.Hours); len(u.Hours) > 0 && err != nil {
			add(i, "hours", "los tramos del horario se cruzan o terminan antes de empezar")
		}
	}
	return findings
}

// inRing tells whether following parents from a unit leads back to it.
func inRing(id desk.UnitID, parents map[desk.UnitID]desk.UnitID) bool {
	at := parents[id]
	for range parents {
		if at == id {
			return true
		}
		at = parents[at]
	}
	return false
}

// claim says who has an address, and when.
type claim struct {
	owner string
	Period
}

// checkAddresses refuses one address for two people, units or teams on the same
// day: mail from a person's would act as either, and a notice to a team whose
// mailbox receives requests would come back as one. The address of a post may
// pass from who held it to who holds it.
func checkAddresses(r Records) []finding {
	var findings []finding
	claims := map[string][]claim{}
	take := func(kind Kind, row int, column, address, owner string, during Period) {
		if address == "" {
			return
		}
		key := CanonicalAddress(address)
		for _, other := range claims[key] {
			if other.owner != owner && other.Overlaps(during) {
				findings = append(findings, finding{kind, row, column, fmt.Sprintf("«%s» ya es de «%s»", address, other.owner)})
				return
			}
		}
		claims[key] = append(claims[key], claim{owner, during})
	}
	for i, p := range r.People {
		for _, address := range p.Emails {
			take(People, i, "emails", address, string(p.ID), p.Period)
		}
	}
	for i, u := range r.Units {
		take(Units, i, "mail", u.Mail, string(u.ID), u.Period)
	}
	for i, t := range r.Teams {
		take(Teams, i, "mailbox", t.Mailbox, string(t.ID), t.Period)
	}
	return findings
}

func checkSubstitutes(r Records) []finding {
	var findings []finding
	for i, s := range r.Substitutes {
		switch {
		case (s.Principal == "") == (s.Unit == ""):
			findings = append(findings, finding{Substitutes, i, "principal", "escriba a quién suple o la jefatura de qué unidad, una de las dos"})
		case s.Principal == s.Person:
			findings = append(findings, finding{Substitutes, i, "principal", "nadie se suple a sí misma/o"})
		}
	}
	return findings
}

// checkTeams wants each level of a flow to have one team in each place, and
// each team a way to be told something.
func checkTeams(r Records) []finding {
	type post struct {
		unit    desk.UnitID
		serving Serving
	}
	var findings []finding
	served := map[post]Team{}
	for i, t := range r.Teams {
		for _, serving := range t.Serves {
			other, taken := served[post{t.Unit, serving}]
			if taken && other.ID != t.ID && other.Overlaps(t.Period) {
				findings = append(findings, finding{Teams, i, "serves",
					fmt.Sprintf("«%s» ya lo atiende el equipo «%s»", servingText(serving), other.ID)})
			}
			served[post{t.Unit, serving}] = t
		}
		if t.Mailbox == "" && t.Lead == "" {
			findings = append(findings, finding{Teams, i, "mailbox", "escriba un buzón o una persona responsable: el equipo debe poder recibir avisos"})
		}
	}
	return findings
}
