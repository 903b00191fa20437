package desk

import "time"

// When PAU is not available, petition and authorisation of 8.3 go by e-mail and
// are regularised in PAU afterwards: 8.3.2, R90.

// AuthorisedByMail: the case is entered after the fact; the Jefatura of the UTI,
// or who stood in for it, had authorised it by mail. Both mails stand in the texts.
type AuthorisedByMail struct {
	By  PersonID  `json:"p"`
	For PersonID  `json:"for,omitempty"`
	At  time.Time `json:"at"`
}

// AuthorisationRegularised: the Jefatura confirmed in PAU what it had authorised by mail.
type AuthorisationRegularised struct{}

// AuthorisationDenied: the Jefatura says that it never authorised it.
type AuthorisationDenied struct{}

// EventName is the stored tag.
func (AuthorisedByMail) EventName() string { return "AuthorisedByMail" }

// EventName is the stored tag.
func (AuthorisationRegularised) EventName() string { return "AuthorisationRegularised" }

// EventName is the stored tag.
func (AuthorisationDenied) EventName() string { return "AuthorisationDenied" }

// Regular is whether an authorisation by mail has been regularised.
type Regular string

// The steps of a regularisation; none for a case authorised in PAU.
const (
	RegularNone    Regular = ""
	RegularPending Regular = "p" // con cargo a regularizar
	RegularDone    Regular = "d" // regularizado
)

func applyRegular(t Ticket, in Entry, e Event) Ticket {
	switch e.(type) {
	case AuthorisedByMail:
		t.Regular, t.RegularAt = RegularPending, in.mark()
	case AuthorisationRegularised:
		t.Regular, t.RegularAt = RegularDone, Mark{}
	case AuthorisationDenied:
		t.Regular, t.RegularAt = RegularNone, Mark{}
	}
	return t
}
