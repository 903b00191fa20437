package notify

import (
	"net/url"
	"strconv"
	"time"

	"mesa/shared/desk"
)

// SignOffAsked is a month of the register that waits for its reader's V°B°.
type SignOffAsked struct {
	Sede     desk.SedeID
	SedeName string
	Month    time.Time // its first instant
	Rows     int
	As       string    // how the reader signs: «jefa/e de la UT Ejemplo»
	Instead  string    // whom the reader stands in for
	FirstBy  string    // who gave the first V°B°; empty while that is the one asked for
	FirstAt  time.Time // when
	Reopened string    // who reopened the month
	Reason   string    // why
	Reminder int       // 0 for the first mail
	Last     int       // reminder after which no other comes
}

// SignOff is «Anexo 01 de {mes} por visar: {sede}» (R135). It is about no case, and
// its link leads to a page that asks for a session: a link never signs.
func SignOff(a SignOffAsked, at time.Time) desk.Mail {
	name := func(s string) string { return shorten(oneLine(s), maxName) }
	data := map[string]string{keyAt: stamp(at), keyMonth: stamp(a.Month), keyRegister: name(string(a.Sede)), keySede: name(a.SedeName), keyCount: strconv.Itoa(a.Rows), keyPost: inSentence(name(a.As))}
	for key, value := range map[string]string{keyInstead: name(a.Instead), keyBy: name(a.FirstBy), keySince: stamp(a.FirstAt), keyTaker: name(a.Reopened), keyReason: shorten(clean(a.Reason), maxExcerpt)} {
		if value != "" {
			data[key] = value
		}
	}
	if a.Reminder > 0 {
		data[keySequence], data[keyRest] = strconv.Itoa(a.Reminder), strconv.Itoa(a.Last)
	}
	return desk.Mail{Message: desk.MailSignOff, Data: data}
}

// Month is the month of a register: «setiembre de 2026».
func (v view) Month() string {
	if at, ok := readStamp(v.own(keyMonth)); ok {
		return monthYear(at)
	}
	return ""
}

// Reminder is which reminder a mail is, "" for the first mail of its kind.
func (v view) Reminder() string { return v.own(keySequence) }

// RegisterURL is the page of the month, at its two V°B°.
func (v view) RegisterURL() string {
	month, _ := readStamp(v.own(keyMonth))
	return v.env.BaseURL + "/register/" + url.PathEscape(v.own(keyRegister)) + "/" + month.In(desk.Lima).Format("2006-01")
}
