package web

import "time"

// Targets is /tickets/{number}/targets: why the local target of a case ends when
// it does, hour by hour (R37). It is for those who attend, never for who asked.
type Targets struct {
	Back   Link // to the case
	Number string
	Title  string // «Por qué vence el 24/11/2026 a las 10:40»
	Stands Tag    // «Faltan 1 h 34 min hábiles»
	Facts  []Datum
	Rows   []TargetRow
	Sum    string // what the rows add up to
	Equals string // «la meta», or what it is otherwise
	Steps  []TargetStep
}

func (p Targets) head() head { return head{template: "targets", title: p.Number + ": " + p.Title} }

// TargetRow is one day of the count, or a stretch in which nothing counts.
type TargetRow struct {
	Day     string // «martes 15 de setiembre de 2026»
	Hours   string // «09:00 a 13:00, 14:00 a 17:30», or why nothing counts
	Counted string // «7 h 30 min»; empty: nothing
	Total   string // so far
	Act     *Link  // what stopped the count
}

// TargetStep is a moment at which people are told.
type TargetStep struct {
	Name string // «50 %»
	At   time.Time
	Does string // «avisa a quien atiende»
	Tag  Tag    // «Avisado», «Por venir»
}
