// Package digest writes «{n} decisiones pendientes»: one mail each working day
// to whoever has several decisions waiting (R27, R66, R68, R89).
//
// It is written when the working day of the reader's unit opens, by the round of
// that minute or by the first one after it, and once: its outbox item has an id
// made of the person and the day. It lists what the page «Aprobaciones» lists at
// that moment, so a case decided, withdrawn or passed to another post is not in
// it. It changes no case: links and digits of the cases' own mails stay valid.
package digest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/notify"
	"mesa/shared/work"
)

// Store is the table as the digest needs it.
type Store interface {
	work.Directory
	work.Settings
	// Undecided lists every ticket that waits for a decision, oldest first.
	Undecided(ctx context.Context) ([]desk.Ticket, error)
	// AddEffects writes outbox items; one that is there already stays as it is.
	AddEffects(ctx context.Context, effects []desk.Effect) error
	// Watermark and SetWatermark keep until when openings were seen.
	Watermark(ctx context.Context, name string) (time.Time, error)
	SetWatermark(ctx context.Context, name string, at time.Time) error
}

// Writer writes the digests that are due.
type Writer struct {
	Store Store
	Now   func(ctx context.Context) (time.Time, error) // business clock
}

const watermark = "digest"

// Write orders the digests of the working days that opened since the last time,
// and says how many. In all other minutes it reads two items and no more.
func (w *Writer) Write(ctx context.Context) (int, error) {
	now, err := w.Now(ctx)
	if err != nil {
		return 0, err
	}
	seen, err := w.Store.Watermark(ctx, watermark)
	if err != nil {
		return 0, fmt.Errorf("watermark of digests: %w", err)
	}
	snapshot, err := w.Store.Directory(ctx)
	if err != nil {
		return 0, fmt.Errorf("digest: %w", err)
	}
	opened := snapshot.OpenedSince(seen, now)
	if len(opened) == 0 {
		return 0, nil
	}
	items, err := w.due(ctx, snapshot.Directory, opened, now)
	if err != nil {
		return 0, fmt.Errorf("digest: %w", err)
	}
	if err := w.Store.AddEffects(ctx, items); err != nil {
		return 0, fmt.Errorf("digest: %w", err)
	}
	return len(items), w.Store.SetWatermark(ctx, watermark, now)
}

// due are the digests of the people of those units.
func (w *Writer) due(ctx context.Context, d *directory.Directory, opened map[desk.UnitID]bool, now time.Time) ([]desk.Effect, error) {
	policy, err := w.Store.Policy(ctx, now)
	if err != nil || policy.Digest == 0 {
		return nil, err
	}
	catalogues, err := w.Store.Catalogues(ctx, now)
	if err != nil {
		return nil, err
	}
	undecided, err := w.Store.Undecided(ctx)
	if err != nil {
		return nil, err
	}
	waiting := waitingFor(d, catalogues, undecided, now)
	var items []desk.Effect
	for _, id := range slices.Sorted(maps.Keys(waiting)) {
		reader, ok := d.Person(id, now)
		if list := waiting[id]; ok && reader.Mail() != "" && opened[reader.Unit] && len(list) >= policy.Digest {
			items = append(items, item(reader, list, now))
		}
	}
	return items, nil
}

// waitingFor is what waits for each person that the directory still lets decide,
// oldest first.
func waitingFor(d *directory.Directory, catalogues directory.Catalogues, undecided []desk.Ticket, now time.Time) map[desk.PersonID][]notify.Pending {
	slices.SortStableFunc(undecided, func(a, b desk.Ticket) int { return a.StageAt.At.Compare(b.StageAt.At) })
	waiting := map[desk.PersonID][]notify.Pending{}
	for _, t := range undecided {
		may, _ := work.Candidates(d, t.Stage, flow.Party{Person: t.Requester, Unit: t.Unit}, d.PolicyOf(t.Service, t.OpenedAt), now)
		for _, asked := range flow.MayStillDecide(t, may) {
			waiting[asked.Person] = append(waiting[asked.Person], pending(d, catalogues, t, asked, now))
		}
	}
	return waiting
}

func pending(d *directory.Directory, catalogues directory.Catalogues, t desk.Ticket, asked desk.Asked, now time.Time) notify.Pending {
	unit, sede, _ := d.Place(t.Unit, t.Sede, now)
	p := notify.Pending{Number: t.Number, Subject: t.Subject, Place: unit, Requester: d.Name(t.Requester), Since: t.StageAt.At}
	if unit == "" {
		p.Place = sede
	}
	if service, ok := catalogues.At(t.OpenedAt).Service(t.Service); ok {
		p.Service = service.Name
	}
	if asked.For != "" {
		p.As = d.PostOf(asked, t.Stage, t.Requester, t.Unit, now)
	}
	return p
}

// item is the outbox item of one digest. It stands beside no ticket: its id is
// made of the person and the day, so that a second one is never written.
func item(reader directory.Person, list []notify.Pending, now time.Time) desk.Effect {
	m := notify.Digest(list, now)
	m.To, m.Name, m.Person = reader.Mail(), reader.Name, reader.ID
	day := now.In(desk.Lima).Format("20060102")
	sum := sha256.Sum256([]byte(reader.ID))
	id := desk.TicketID(strings.ToUpper(fmt.Sprintf("D%s%x", day, sum[:8])))
	return desk.Effect{Ticket: id, Seq: 1, N: 1, Op: desk.OpMail, Mail: &m, State: desk.EffectPending, DueAt: now, CreatedAt: now}
}
