// Package register is the use case of a month of Anexo 01: its rows as they
// stand, the two V°B° at its foot, and its reopening (R132–R137).
//
// A V°B° is a person's, for one sede and one month that has ended: first the
// specialist who attends the sede, then the head of its unit, never the same
// person twice. It is kept for ever with who, for whom, when and a digest of
// each row that was signed. So nothing has to be locked: a row that is written
// again afterwards no longer has the digest that was signed, and says so.
//
//	attentions → the month ends → V°B° specialist → V°B° head
//	                  ↑                 └── reopened, with a reason ──┐
//	                  └───────────── both are void, and kept ─────────┘
//
// Rules come first (rules.go, signers.go, seal.go) and know no clock; one
// conditional write keeps an act with the mails that follow from it.
package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/work"
)

// Store is the table as a month of the register needs it.
type Store interface {
	work.Directory
	// Register lists the rows of a sede and month, by number.
	Register(ctx context.Context, sede desk.SedeID, period string) ([]desk.Row, error)
	// Month tells how many rows there are and what was done to the month.
	Month(ctx context.Context, sede desk.SedeID, period string) (desk.Month, error)
	// AddMonthAct writes the act that is next, and the mails about it.
	// work.ErrConflict: somebody was faster, or the rights it rests on moved.
	AddMonthAct(ctx context.Context, sede desk.SedeID, period string, a desk.MonthAct, checks []work.RightsCheck, mails []desk.Effect) error
}

// Desk reads the register and takes what people do to a month of it.
type Desk struct {
	Store Store
	Now   func(ctx context.Context) (time.Time, error) // business clock
}

// Request is a person's wish for a month.
type Request struct {
	Sede    desk.SedeID
	Period  string // yyyymm
	Place   desk.Place
	Seal    string // of the rows that the person saw: Sheet.Seal
	Reason  string // of a reopening
	Actor   desk.Actor
	Channel desk.Channel
	Key     string // idempotency key, "" for none
}

// Read is a month as it stands.
func (k *Desk) Read(ctx context.Context, sede desk.SedeID, period string) (Sheet, error) {
	now, err := k.Now(ctx)
	if err != nil {
		return Sheet{}, err
	}
	snapshot, err := k.Store.Directory(ctx)
	if err != nil {
		return Sheet{}, fmt.Errorf("register: %w", err)
	}
	return k.read(ctx, snapshot.Directory, sede, period, now)
}

func (k *Desk) read(ctx context.Context, d *directory.Directory, sede desk.SedeID, period string, now time.Time) (Sheet, error) {
	month, err := k.Store.Month(ctx, sede, period)
	if err != nil {
		return Sheet{}, fmt.Errorf("register: %w", err)
	}
	rows, err := k.Store.Register(ctx, sede, period)
	if err != nil {
		return Sheet{}, fmt.Errorf("register: %w", err)
	}
	place, _ := d.Sede(sede, now)
	s := Sheet{Sede: sede, Name: place.Name, Period: period, Month: month, Seal: seal(rows), directory: d, now: now}
	for _, r := range rows {
		s.Rows = append(s.Rows, Row{r, changeOf(r, month)})
	}
	return s, nil
}

// Awaiting lists the months whose V°B° is a person's to give now, the oldest first,
// without their rows: of the last months, in the sedes whose register they sign.
func (k *Desk) Awaiting(ctx context.Context, d *directory.Directory, person desk.PersonID) ([]Sheet, error) {
	now, err := k.Now(ctx)
	if err != nil {
		return nil, err
	}
	var list []Sheet
	for _, sede := range d.Records().Sedes {
		if !sede.Holds(now) || !Signs(d, sede.ID, person, now) {
			continue
		}
		for _, period := range ended(now) {
			month, err := k.Store.Month(ctx, sede.ID, period)
			if err != nil {
				return nil, fmt.Errorf("register: %w", err)
			}
			s := Sheet{Sede: sede.ID, Name: sede.Name, Period: period, Month: month, directory: d, now: now}
			if place, ok := s.Awaited(); ok && s.MaySign(place, person) == nil {
				list = append(list, s)
			}
		}
	}
	return list, nil
}

// Sign gives the V°B° of a place; the month comes back as it stands then, and
// whether the same request had been done before.
func (k *Desk) Sign(ctx context.Context, r Request) (Sheet, bool, error) {
	return k.act(ctx, r, func(s Sheet) (desk.MonthAct, error) { return s.sign(r) })
}

// Reopen voids the V°B° that a month has, with a reason; they stay on record.
func (k *Desk) Reopen(ctx context.Context, r Request) (Sheet, bool, error) {
	r.Place = ""
	return k.act(ctx, r, func(s Sheet) (desk.MonthAct, error) { return s.reopen(r) })
}

// attempts: the other person may act on the same month at the same moment.
const attempts = 5

// act decides on the month as it stands and writes that, once.
func (k *Desk) act(ctx context.Context, r Request, decide func(Sheet) (desk.MonthAct, error)) (Sheet, bool, error) {
	now, err := k.Now(ctx)
	if err != nil {
		return Sheet{}, false, err
	}
	now = now.UTC().Truncate(time.Second) // as it is kept
	for range attempts {
		snapshot, err := k.Store.Directory(ctx)
		if err != nil {
			return Sheet{}, false, fmt.Errorf("register: %w", err)
		}
		s, err := k.read(ctx, snapshot.Directory, r.Sede, r.Period, now)
		if err != nil {
			return Sheet{}, false, err
		}
		if done, err := s.repeated(r); done || err != nil {
			return s, done, err
		}
		a, err := decide(s)
		if err != nil {
			return Sheet{}, false, err
		}
		a.N, a.At, a.Channel, a.Key = len(s.Month.Acts)+1, now, r.Channel, r.Key
		s.Month.Acts = append(s.Month.Acts, a)
		err = k.Store.AddMonthAct(ctx, r.Sede, r.Period, a, checks(snapshot, a.Actor), s.letters(0))
		if err == nil || !errors.Is(err, work.ErrConflict) {
			return s, false, err
		}
	}
	return Sheet{}, false, desk.NewProblem(desk.Busy, "", "El registro está cambiando en este momento. Intente otra vez en unos segundos.")
}

// checks are the rights that the act rests on: who acts, and for whom.
func checks(s work.Snapshot, a desk.Actor) []work.RightsCheck {
	list := []work.RightsCheck{{Person: a.Person, Revision: s.Rights[a.Person]}}
	if a.For != "" {
		list = append(list, work.RightsCheck{Person: a.For, Revision: s.Rights[a.For]})
	}
	return list
}
