package desk

import "time"

// Edition is a version of the procedure after the one that this program came
// with: since when it rules, who approved it and what it changes for people (R1,
// R5, R8). It is published once and never rewritten.
type Edition struct {
	Version  string    `json:"v"`            // «02»
	Approved string    `json:"ap"`           // resolution and date
	From     time.Time `json:"fr"`           // first instant of the day since when it rules
	Changes  string    `json:"ch"`           // what changes, a line each, as people read it
	Guide    string    `json:"gu,omitempty"` // address of the approved text; none: the portal's own guide
	At       time.Time `json:"at"`           // when it was published
	By       PersonID  `json:"by"`           // who published it
	Reason   string    `json:"re"`           // why
}

// Editions are all that were published, in that order, which is also that of
// their dates.
type Editions []Edition

// At is the edition in force at an instant; false before the first.
func (l Editions) At(at time.Time) (Edition, bool) {
	for i := len(l) - 1; i >= 0; i-- {
		if !l[i].From.After(at) {
			return l[i], true
		}
	}
	return Edition{}, false
}

// Coming is the next edition, published and not yet in force.
func (l Editions) Coming(at time.Time) (Edition, bool) {
	for _, e := range l {
		if e.From.After(at) {
			return e, true
		}
	}
	return Edition{}, false
}

// Under is the institution as it shows itself under the edition in force at an
// instant. Version and approval are an edition's: what was set with the
// institution holds until the first one.
func (i Institution) Under(l Editions, at time.Time) Institution {
	if e, ok := l.At(at); ok {
		i.Version, i.Approved = e.Version, e.Approved
	}
	return i
}

// Telling is how far the notice of an edition got: one mail to each person,
// written a page at a time in order of their ids.
type Telling struct {
	After  PersonID  `json:"af"` // the last person that was reached
	People int       `json:"n"`  // how many mails were ordered
	DoneAt time.Time `json:"dn,omitzero"`
}
