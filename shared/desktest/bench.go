package desktest

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mesa/infra/sample"
	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/notify"
	"mesa/shared/work"
)

// Bench is a desk for tests of use cases: the road on the store in memory, with
// the sample directory and the catalogue of the procedure.
type Bench struct {
	T      testing.TB
	Store  *Store
	Road   *work.Road
	Reader *work.Reader
	clock  atomic.Int64
	ids    atomic.Int64
}

// Tuesday is a working day's morning in Lima; every bench begins on it.
func Tuesday(hour, minute int) time.Time {
	return time.Date(2026, 9, 15, hour, minute, 0, 0, desk.Lima).UTC()
}

// NewBench makes a desk at 9:00 of Tuesday.
func NewBench(t testing.TB) *Bench {
	t.Helper()
	records, err := sample.Records()
	if err != nil {
		t.Fatal(err)
	}
	days, err := sample.DaysOff(records)
	if err != nil {
		t.Fatal(err)
	}
	b := &Bench{T: t, Store: NewStore()}
	if err := b.Store.SaveDirectory(t.Context(), records, 0); err != nil {
		t.Fatal(err)
	}
	if err := b.Store.ChangeCalendar(t.Context(), calendar.Change{Revision: 1, Add: days}); err != nil {
		t.Fatal(err)
	}
	b.Road = &work.Road{Store: b.Store, Directory: b.Store, Settings: b.Store, Notifier: notify.Sealer{}, NewID: b.NewID,
		Salt:  func() (string, error) { return fmt.Sprintf("salt-%d", b.ids.Add(1)), nil },
		Pause: func(context.Context, int) error { return nil }}
	b.Reader = &work.Reader{Road: b.Road, Effects: b.Store}
	b.SetTime(Tuesday(9, 0))
	return b
}

// NewID gives ids in the order of asking, 26 characters long.
func (b *Bench) NewID(time.Time) (desk.TicketID, error) {
	return desk.TicketID(fmt.Sprintf("01J8%022d", b.ids.Add(1))), nil
}

// Now is the bench's business clock.
func (b *Bench) Now(context.Context) (time.Time, error) { return b.Time(), nil }

// Time is the bench's present instant.
func (b *Bench) Time() time.Time { return time.Unix(b.clock.Load(), 0).UTC() }

// SetTime moves the clock to an instant.
func (b *Bench) SetTime(t time.Time) { b.clock.Store(t.Unix()) }

// Advance moves the clock on.
func (b *Bench) Advance(d time.Duration) { b.SetTime(b.Time().Add(d)) }

// Act is the wish of a person signed in to the portal, about a ticket as it
// stands; fields are name, value, name, value.
func (b *Bench) Act(who desk.PersonID, kind desk.ActKind, id desk.TicketID, fields ...string) desk.Act {
	b.T.Helper()
	act := desk.Act{Kind: kind, Ticket: id, At: b.Time(), Channel: desk.ChannelPortal, Scope: "portal:" + string(who),
		Actor: desk.Actor{Person: who, Assurance: desk.AssuredSession}, Fields: desk.Fields{}}
	for i := 0; i+1 < len(fields); i += 2 {
		act.Fields[fields[i]] = fields[i+1]
	}
	switch {
	case kind == desk.ActOpen:
		act.Channel = desk.ChannelForm
	case id != "":
		act.Version = b.Load(id).Ticket.Version
	}
	return act
}

// Do performs an act that must be allowed.
func (b *Bench) Do(who desk.PersonID, kind desk.ActKind, id desk.TicketID, fields ...string) work.Result {
	b.T.Helper()
	result, err := b.Road.Perform(b.T.Context(), b.Act(who, kind, id, fields...))
	if err != nil {
		b.T.Fatalf("%s by %s: %v", kind, who, err)
	}
	return result
}

// Load reads a ticket that must be there.
func (b *Bench) Load(id desk.TicketID) work.Stored {
	b.T.Helper()
	s, err := b.Store.Load(b.T.Context(), id)
	if err != nil {
		b.T.Fatalf("load %s: %v", id, err)
	}
	return s
}

// Effects reads the outbox items of a ticket.
func (b *Bench) Effects(id desk.TicketID) []desk.Effect {
	b.T.Helper()
	list, err := b.Store.Effects(b.T.Context(), id)
	if err != nil {
		b.T.Fatalf("effects of %s: %v", id, err)
	}
	return list
}

// Outbox names the outbox items of one act: "received→a@b, start approval 1".
func (b *Bench) Outbox(id desk.TicketID, seq int) string {
	b.T.Helper()
	var names []string
	for _, e := range b.Effects(id) {
		switch {
		case e.Seq != seq:
		case e.Mail != nil:
			local, _, _ := strings.Cut(e.Mail.To, "@")
			names = append(names, fmt.Sprintf("%s→%s", e.Mail.Message, local))
		case e.Call != nil:
			names = append(names, strings.TrimSpace(fmt.Sprintf("%s %s %d %s", e.Op, e.Call.Machine, e.Call.Generation, e.Call.Wait)))
		default:
			names = append(names, string(e.Op))
		}
	}
	return strings.Join(names, ", ")
}

// Tickets lists the ids of all tickets.
func (b *Bench) Tickets() []desk.TicketID {
	b.T.Helper()
	ids, _, err := b.Store.Tickets(b.T.Context(), "", 100_000)
	if err != nil {
		b.T.Fatal(err)
	}
	return ids
}

// Open81 posts the territorial form of 8.1 of the worked example.
func (b *Bench) Open81() desk.TicketID {
	b.T.Helper()
	return b.Do("usuaria-ut-piura-1", desk.ActOpen, "", "service", "apps-sigo", "flow", "8.1", "subject", "No se guardan las actas",
		"description", "Desde ayer.", "impact", "slow").After.Ticket.ID
}

// Open85 posts a form of 8.5 at headquarters.
func (b *Bench) Open85() desk.TicketID {
	b.T.Helper()
	return b.Do("usuaria-administracion-1", desk.ActOpen, "", "service", "apps-sigo", "flow", "8.5", "subject", "Cambio de contraseña",
		"description", "No recuerdo mi contraseña.").After.Ticket.ID
}
