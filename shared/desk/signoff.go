package desk

import "time"

// Place is one of the two places for a V°B° at the foot of Anexo 01: R135.
type Place string

// The places, in the order in which they are signed.
const (
	PlaceSpecialist Place = "specialist" // V°B° Especialista TIC / Especialista informático
	PlaceHead       Place = "head"       // V°B° Jefa/e de Unidad / Jefa/e de UT
)

// Places are both, in the order in which they are signed.
func Places() []Place { return []Place{PlaceSpecialist, PlaceHead} }

// MonthAct is one act on a sede's month of the register: a V°B°, or the reopening
// that voids those given. It is kept for ever and never rewritten, so its keys are
// short and keep their meaning. The reason stands apart, as free text does.
type MonthAct struct {
	N       int       `json:"-"` // its number, from 1
	At      time.Time `json:"at"`
	Actor   Actor     `json:"a"`
	Channel Channel   `json:"c"`
	Place   Place     `json:"p,omitempty"` // signed; a reopening has none
	Unit    UnitID    `json:"u,omitempty"` // whose post, or whose support, the person acted for
	Rows    int       `json:"n,omitempty"` // how many attentions were signed
	Seal    string    `json:"d,omitempty"` // digest of all of them
	Marks   string    `json:"m,omitempty"` // digest of each, short, in the order of their numbers
	Key     string    `json:"k,omitempty"` // idempotency key of the request
	Reason  string    `json:"-"`           // why it was reopened
}

// Month is what is kept of a sede's month beside its rows.
type Month struct {
	Rows int        // attentions registered
	Acts []MonthAct // oldest first
}

// SignOff is the V°B° that stands at a place: given, and not voided since.
func (m Month) SignOff(p Place) (a MonthAct, ok bool) {
	for _, act := range m.Acts {
		switch act.Place {
		case p:
			a, ok = act, true
		case "":
			a, ok = MonthAct{}, false
		}
	}
	return a, ok
}

// Reopened is the last reopening, and how many there were.
func (m Month) Reopened() (last MonthAct, times int) {
	for _, act := range m.Acts {
		if act.Place == "" {
			last, times = act, times+1
		}
	}
	return last, times
}
