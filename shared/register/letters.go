package register

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/notify"
)

// When a V°B° is reminded of. The procedure sets no time for it, so these are the
// desk's own: a week of work, three times. After that the month stays «Pendiente»
// on its page, and nobody is written to for something they have read four times.
const (
	ReminderDays = 5 // working days between two mails
	Reminders    = 3 // after the first mail
)

// letters are the mails to whoever may give the V°B° that is awaited: reminder 0
// is the first. They stand beside no ticket. Their id is made of sede, month, place
// and person, and within it the round of the month and the reminder count, so that
// each is written once, whoever writes it.
func (s Sheet) letters(reminder int) []desk.Effect {
	place, ok := s.Awaited()
	if !ok {
		return nil
	}
	_, reopenings := s.Month.Reopened()
	var items []desk.Effect
	for _, signer := range s.Signers(place) {
		p, ok := s.directory.Person(signer.Person, s.now)
		if !ok || p.Mail() == "" {
			continue
		}
		m := notify.SignOff(s.asked(place, signer, reminder), s.now)
		m.To, m.Name, m.Person = p.Mail(), p.Name, p.ID
		items = append(items, desk.Effect{Ticket: s.letterID(place, p.ID), Seq: reopenings + 1, N: reminder + 1, Op: desk.OpMail, Mail: &m,
			State: desk.EffectPending, DueAt: s.now, CreatedAt: s.now})
	}
	return items
}

func (s Sheet) letterID(place desk.Place, person desk.PersonID) desk.TicketID {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s", s.Sede, place, person))
	return desk.TicketID(strings.ToUpper(fmt.Sprintf("V%s%x", s.Period, sum[:8])))
}

// asked is what a reader is told of the month.
func (s Sheet) asked(place desk.Place, signer Signer, reminder int) notify.SignOffAsked {
	a := notify.SignOffAsked{Sede: s.Sede, SedeName: s.Name, Month: s.Begins(), Rows: s.Month.Rows, As: s.As(place, signer), Reminder: reminder, Last: Reminders}
	if signer.For != "" {
		a.Instead = s.directory.Name(signer.For)
	}
	if first, ok := s.Month.SignOff(desk.PlaceSpecialist); ok {
		a.FirstBy, a.FirstAt = s.directory.Name(first.Actor.Person), first.At
	}
	if last, times := s.Month.Reopened(); times > 0 {
		a.Reopened, a.Reason = s.directory.Name(last.Actor.Person), last.Reason
	}
	return a
}

// As is how a person signs a place, for a sentence: the title of the head's post,
// or the specialist's.
func (s Sheet) As(place desk.Place, signer Signer) string {
	unit, _ := s.directory.Unit(signer.Unit, s.now)
	switch {
	case place == desk.PlaceHead:
		return unit.Title
	case unit.Kind == directory.Territorial:
		return "especialista informático"
	default:
		return "especialista TIC"
	}
}
