package edition

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/notify"
	"mesa/shared/work"
)

// TellStore is the table as the notice needs it.
type TellStore interface {
	work.Directory
	work.Institutions
	// AddEffects writes outbox items; one that is there already stays as it is.
	AddEffects(ctx context.Context, effects []desk.Effect) error
	// Telling and SetTelling keep how far the notice of an edition got.
	Telling(ctx context.Context, number int) (desk.Telling, error)
	SetTelling(ctx context.Context, number int, t desk.Telling) error
}

// Teller writes the notices that are due, a page in a round.
type Teller struct {
	Store TellStore
	Now   func(ctx context.Context) (time.Time, error) // business clock
}

// PerRound is how many people a round tells: with a round each minute a thousand
// are told in ten, and no case's mail waits behind all of them.
const PerRound = 100

// Tell orders the next page of the oldest notice that is not whole, in working
// hours of the office, and says how many mails that are.
func (t *Teller) Tell(ctx context.Context) (int, error) {
	now, err := t.Now(ctx)
	if err != nil {
		return 0, err
	}
	editions, err := t.Store.Editions(ctx, now)
	if err != nil {
		return 0, fmt.Errorf("notice of the procedure: %w", err)
	}
	for i, e := range editions {
		told, err := t.Store.Telling(ctx, i+1)
		if err != nil {
			return 0, fmt.Errorf("notice of version %s: %w", e.Version, err)
		}
		if told.DoneAt.IsZero() {
			return t.page(ctx, i+1, e, told, now)
		}
	}
	return 0, nil
}

// page tells the next people. They are written first and counted afterwards: a
// round that dies in between is done again, and writes nothing twice.
func (t *Teller) page(ctx context.Context, number int, e desk.Edition, told desk.Telling, now time.Time) (int, error) {
	snapshot, err := t.Store.Directory(ctx)
	if err != nil || !snapshot.Office(now).IsWorking(now) {
		return 0, err
	}
	house, err := t.Store.Institution(ctx, e.From.Add(-time.Second))
	if err != nil {
		return 0, err
	}
	people := next(snapshot.Directory, told.After, now)
	page := people[:min(PerRound, len(people))]
	items := make([]desk.Effect, 0, len(page))
	for _, p := range page {
		items = append(items, item(number, p, notify.NewVersion(e, house.Version, now), now))
		told.After = p.ID
	}
	if err := t.Store.AddEffects(ctx, items); err != nil {
		return 0, fmt.Errorf("notice of version %s: %w", e.Version, err)
	}
	if told.People += len(page); len(page) == len(people) {
		told.DoneAt = now
	}
	return len(items), t.Store.SetTelling(ctx, number, told)
}

// next are those after a person, in order of their ids, who work here and can be
// written to.
func next(d *directory.Directory, after desk.PersonID, now time.Time) []directory.Person {
	var people []directory.Person
	for _, record := range d.Records().People {
		p, works := d.Person(record.ID, now)
		if works && p.Mail() != "" && p.ID > after {
			people = append(people, p)
		}
	}
	slices.SortFunc(people, func(a, b directory.Person) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return slices.CompactFunc(people, func(a, b directory.Person) bool { return a.ID == b.ID }) // several dated records of one person
}

// item is the outbox item of one notice. It stands beside no ticket: its id is
// made of the edition and the person, so that a second one is never written.
func item(number int, p directory.Person, m desk.Mail, now time.Time) desk.Effect {
	m.To, m.Name, m.Person = p.Mail(), p.Name, p.ID
	sum := sha256.Sum256([]byte(p.ID))
	id := desk.TicketID(strings.ToUpper(fmt.Sprintf("V%04d%x", number, sum[:10])))
	return desk.Effect{Ticket: id, Seq: 1, N: 1, Op: desk.OpMail, Mail: &m, State: desk.EffectPending, DueAt: now, CreatedAt: now}
}
