package web

import (
	"time"

	"mesa/shared/desk"
)

// Register is /register/{sede}/{month}: Anexo 01 (R132-R138).
type Register struct {
	Sede     string
	Month    string           // «setiembre de 2026»
	House    desk.Institution // under whose names and version the month stands
	Rows     []RegisterRow
	Signs    []SignOff
	Record   []MonthAct // what was done to the month, where it was reopened
	Reopen   *Link
	Months   []Link // other months that wait for the reader's V°B°
	Previous *Link
	Later    *Link
	Sedes    []Link // other sedes the reader may see
	Exports  []Link
}

func (p Register) head() head {
	return head{template: "register", title: Say("title.register", "sede", p.Sede, "month", p.Month),
		wide: true, print: "register"}
}

// RegisterRow is one attention, in the columns of the form.
type RegisterRow struct {
	Number      int
	Date        time.Time
	Sede        string
	Person      string
	Area        string
	Description string
	Solution    string
	Typology    string
	State       string
	Staff       string
	Href        string // the case
	Changed     string // «Modificado después del V°B° (02/10/2026)»
	Differences []Difference
}

// Difference is a column of a row that is not as it was signed.
type Difference struct{ Column, Before, After string }

// SignOff is one of the two V°B° at the foot.
type SignOff struct {
	Role  string
	By    string    // with whom they stood in for
	At    time.Time // zero while it is pending
	Rows  int       // how many attentions were signed
	Waits string    // why it is pending, or who gives it
	Act   *Act
}

// MonthAct is one act on a month, as its record shows it.
type MonthAct struct {
	What   string
	By     string
	At     time.Time
	Reason string
}

// MonthForm is the page on which a month is signed or reopened: what that means,
// then one button.
type MonthForm struct {
	Title string // «V°B° Jefa/e de Unidad / Jefa/e de UT»
	Sede  string
	Month string
	Back  string // address of the register
	Facts []Datum
	Says  string // what the reader declares, or what will happen
	Form  Form
}

func (p MonthForm) head() head {
	return head{template: "monthform", title: p.Title + ": " + p.Sede + ", " + p.Month, problems: p.Form.Problems()}
}

// SealField carries which rows the reader saw.
const SealField = "seal"

// SignOffForm gives a V°B°: the declaration stands above its one button.
func SignOffForm(action, seal, back string) Form {
	return Form{Action: action, Hidden: []Hidden{{Name: SealField, Value: seal}}, Submit: Say("signoff.submit"), Cancel: &Link{Label: Say("button.cancel"), Href: back}}
}

// ReopeningForm asks why a month is reopened.
func ReopeningForm(action, back string, longest int, in Filled) Form {
	return Form{Action: action, Submit: Say("reopening.submit"), Cancel: &Link{Label: Say("button.cancel"), Href: back}, Fields: []Field{
		in.into(Field{Name: ReasonField, Kind: TextArea, Label: Say("reopening.reason"), Rows: 3, MaxLength: longest})}}
}
