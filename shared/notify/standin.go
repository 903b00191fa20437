package notify

import (
	"time"

	"mesa/shared/desk"
)

// StandIn is «Usted suple a…» (R27): to who will stand in, or, named, to who said
// so, as a constancia. It is about no case.
func StandIn(holder, substitute, days string, named bool, at time.Time) desk.Mail {
	data := map[string]string{keyAt: stamp(at), keyInstead: shorten(oneLine(holder), maxName), keyBy: shorten(oneLine(substitute), maxName), keyDays: days}
	if named {
		data[keyVariant] = "named"
	}
	return desk.Mail{Message: desk.MailStandIn, Data: data}
}

// Days are those of an absence: «del 01/10/2026 al 15/10/2026».
func (v view) Days() string { return v.own(keyDays) }

// AbsencesURL is where people say who stands in for them.
func (v view) AbsencesURL() string { return v.env.BaseURL + "/account/substitutions" }
