package calendar

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"mesa/shared/desk"
)

// Kind says by whose word a day is off.
type Kind string

// The kinds of days off (R154). National holidays of every year are known by
// rule; a record of that kind is one that a law adds before the rule knows it.
const (
	KindNational Kind = "national" // a law: everybody's
	KindDecree   Kind = "decree"   // «día no laborable» of the public sector: everybody's
	KindRegional Kind = "regional" // of one sede
	KindWorked   Kind = "worked"   // no day off: a national holiday of the rule that a norm takes back
)

// Kinds are all of them, those of everybody first.
func Kinds() []Kind { return []Kind{KindNational, KindDecree, KindRegional, KindWorked} }

// Label is a kind as people read it.
func (k Kind) Label() string {
	return map[Kind]string{KindNational: "Feriado nacional", KindDecree: "Día no laborable", KindRegional: "Feriado regional", KindWorked: "Feriado sin efecto"}[k]
}

// DayOff is one day, or several in a row, on which nobody is expected to work,
// beside the national holidays.
type DayOff struct {
	From   Date        `json:"f"`
	Until  Date        `json:"u"` // the last day; From for one
	Kind   Kind        `json:"k"`
	Sede   desk.SedeID `json:"s,omitempty"` // whose it is; none: everybody's
	Name   string      `json:"n"`           // «Aniversario de Arequipa»
	Source string      `json:"b"`           // the norm that declares it: «DS 000-2026-PCM»
}

// Bounds of a record: a longer one, or one of another century, is mistyped.
const (
	maxDaysOff = 31
	firstYear  = 2020
	lastYear   = 2099
	maxName    = 120
)

// Dates lists the days of the record.
func (d DayOff) Dates() []Date {
	var list []Date
	for at := d.From; len(list) < maxDaysOff && !d.Until.Before(at); at = at.AddDays(1) {
		list = append(list, at)
	}
	return list
}

// Holds tells whether the record closes a sede.
func (d DayOff) Holds(sede desk.SedeID) bool { return d.Sede == "" || d.Sede == sede }

// meets tells whether two records close the same sede on the same day; those of
// everybody and of one sede may fall together.
func (d DayOff) meets(other DayOff) bool {
	return d.Sede == other.Sede && !d.Until.Before(other.From) && !other.Until.Before(d.From)
}

// byRule tells whether each day of the record is a national holiday by rule.
func (d DayOff) byRule() bool {
	return !slices.ContainsFunc(d.Dates(), func(date Date) bool { return !isNational(date.number()) })
}

// When is the record's days as people read them: «24/12/2026».
func (d DayOff) When() string {
	if d.Until == d.From {
		return shown(d.From)
	}
	return shown(d.From) + " al " + shown(d.Until)
}

func shown(d Date) string { return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year) }

// Fields by which a record is typed, and under which its faults are told.
const (
	FieldFrom   = "from"
	FieldUntil  = "until"
	FieldKind   = "kind"
	FieldSede   = "sede"
	FieldName   = "name"
	FieldSource = "source"
)

// Check names all that is wrong with a record by itself, in Spanish. known tells
// whether a sede exists.
func (d DayOff) Check(known func(desk.SedeID) bool) []desk.FieldProblem {
	var list []desk.FieldProblem
	wrong := func(field, text string) { list = append(list, desk.FieldProblem{Field: field, Text: text}) }
	d.checkDates(wrong)
	switch {
	case d.Kind.Label() == "":
		wrong(FieldKind, "Elija qué es: feriado nacional, día no laborable, feriado regional o feriado sin efecto.")
	case d.Kind == KindRegional && d.Sede == "":
		wrong(FieldSede, "Elija la sede del feriado regional.")
	case d.Kind != KindRegional && d.Sede != "":
		wrong(FieldSede, "Solo un feriado regional es de una sede: quítela.")
	case d.Sede != "" && !known(d.Sede):
		wrong(FieldSede, "Esa sede no está en el directorio.")
	}
	checkText(d.Name, FieldName, "Escriba el nombre del día, por ejemplo «Aniversario de Arequipa».", wrong)
	checkText(d.Source, FieldSource, "Escriba la norma que lo declara, por ejemplo «DS 000-2026-PCM».", wrong)
	return list
}

func (d DayOff) checkDates(wrong func(field, text string)) {
	switch {
	case d.From.Year < firstYear || d.From.Year > lastYear:
		wrong(FieldFrom, fmt.Sprintf("Escriba una fecha entre %d y %d.", firstYear, lastYear))
	case d.Until.Before(d.From):
		wrong(FieldUntil, "El último día no puede ser anterior al primero.")
	case d.Until.number()-d.From.number() >= maxDaysOff:
		wrong(FieldUntil, fmt.Sprintf("Son más de %d días seguidos: revise las fechas.", maxDaysOff))
	}
}

// checkText wants one line that fits a list.
func checkText(s, field, missing string, wrong func(field, text string)) {
	switch {
	case strings.TrimSpace(s) == "":
		wrong(field, missing)
	case strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) || !utf8.ValidString(s):
		wrong(field, "Escríbalo en una sola línea, sin caracteres que no se ven.")
	case utf8.RuneCountInString(s) > maxName:
		wrong(field, fmt.Sprintf("Acórtelo: el máximo es %d caracteres.", maxName))
	}
}
