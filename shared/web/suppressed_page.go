package web

import "time"

// Suppressed is /admin/suppressed-addresses: the addresses that take no mail of
// the desk's, and what to do about each.
type Suppressed struct {
	Rows []SuppressedAddress
	More bool // there are more than are shown
}

func (p Suppressed) head() head {
	return head{template: "suppressed", title: Say("title.suppressed"), wide: true}
}

// SuppressedAddress is one of them, and why.
type SuppressedAddress struct {
	Address string
	Href    string // of its own page
	Person  string // whose it is by the directory; empty: nobody's any more
	Since   time.Time
	Why     string // «la dirección no existe o ya no recibe correos (5.1.1)»
	Message string // the mail that came back
	Number  string // of its case; empty if it had none
	Case    string // address of the case
	Again   string // «Se volvió a usar el 24/11/2026 …», if it was closed before
}

// SuppressedPage is one address with all that is known, and the way to have it
// used again.
type SuppressedPage struct {
	SuppressedAddress
	Said   string // the other server's own words
	Reopen Form
}

func (p SuppressedPage) head() head {
	return head{template: "suppressedaddress", title: p.Address, problems: p.Reopen.Problems()}
}

// ReopenForm has an address used again, with a reason.
func ReopenForm(action string, in Filled) Form {
	return Form{Action: action, Submit: Say("suppressed.reopen"), Fields: []Field{
		in.into(Field{Name: "reason", Kind: TextArea, Label: Say("suppressed.reason"), Hint: Say("suppressed.reason.hint"), Rows: 2, MaxLength: 500})}}
}
