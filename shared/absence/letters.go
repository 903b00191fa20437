package absence

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/notify"
)

// letters tell who will stand in, and give who named them a constancia: nobody's
// session hands on a post unseen. They stand beside no ticket; their id is made of
// the absence, so that each is written once.
func letters(d *directory.Directory, s directory.Substitute, now time.Time) []desk.Effect {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s %s %s", s.Principal, s.Person, s.From, s.Until, s.Basis))
	id := desk.TicketID(strings.ToUpper(fmt.Sprintf("S%x", sum[:12])))
	holder, substitute := d.Name(s.Principal), d.Name(s.Person)
	var items []desk.Effect
	for i, to := range []desk.PersonID{s.Person, s.Principal} {
		p, ok := d.Person(to, now)
		if !ok || p.Mail() == "" {
			continue
		}
		m := notify.StandIn(holder, substitute, Days(s.Period), to == s.Principal, now)
		m.To, m.Name, m.Person = p.Mail(), p.Name, p.ID
		items = append(items, desk.Effect{Ticket: id, Seq: 1, N: i + 1, Op: desk.OpMail, Mail: &m, State: desk.EffectPending, DueAt: now, CreatedAt: now})
	}
	return items
}
