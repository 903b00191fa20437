package web

// Absences is /account/substitutions: who stands in for the reader, from which
// day to which (R27).
type Absences struct {
	Why  string // why the reader cannot name a substitute; empty: they can
	Rows []AbsenceRow
	Form Form
}

func (p Absences) head() head {
	return head{template: "absences", title: Say("title.absences"), problems: p.Form.Problems()}
}

// AbsenceRow is one stretch of days.
type AbsenceRow struct {
	Person string
	Days   string // «del 01/10/2026 al 15/10/2026»
	Basis  string
	Now    bool // under way
	End    *Button
}

// boundAbsence is a row with the token of the person whose it is.
type boundAbsence struct {
	AbsenceRow
	token string
}

// Press is the row's button, ready to draw.
func (r boundAbsence) Press() *boundButton {
	if r.End == nil {
		return nil
	}
	return &boundButton{*r.End, r.token, false}
}
