package register_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/register"
	"mesa/shared/work"
)

// The same request sent twice is one act; its key with another wish is refused.
func TestARequestSentTwiceIsDoneOnce(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.on(1, 9, 0)
	r := h.request(specialist, desk.PlaceSpecialist)
	r.Key = "k1"
	for n := range 2 {
		s, again, err := h.registers.Sign(t.Context(), r)
		if err != nil || again != (n == 1) || len(s.Month.Acts) != 1 {
			t.Errorf("time %d: again %v, %d acts, %v", n+1, again, len(s.Month.Acts), err)
		}
	}
	other := r
	other.Place = desk.PlaceHead
	_, _, err := h.registers.Sign(t.Context(), other)
	wantProblem(t, err, desk.Repeated, "ya se usó")
	r.Reason = "Falta."
	_, _, err = h.registers.Reopen(t.Context(), r)
	wantProblem(t, err, desk.Repeated, "ya se usó")
	r.Key = "k2"
	for n := range 2 {
		if _, again, err := h.registers.Reopen(t.Context(), r); err != nil || again != (n == 1) {
			t.Errorf("reopening %d: again %v, %v", n+1, again, err)
		}
	}
	stranger := h.request(head, desk.PlaceHead)
	stranger.Key = "k1" // of somebody else
	_, again, err := h.registers.Sign(t.Context(), stranger)
	wantProblem(t, err, desk.Refused, "Primero da su V°B°")
	if again {
		t.Error("a key of another person answered")
	}
}

// gate lets its callers write only when all of them have read.
type gate struct {
	register.Store
	left  atomic.Int32
	ready chan struct{}
}

func (g *gate) AddMonthAct(ctx context.Context, sede desk.SedeID, period string, a desk.MonthAct, checks []work.RightsCheck, mails []desk.Effect) error {
	if g.left.Add(-1) == 0 {
		close(g.ready)
	}
	<-g.ready
	return g.Store.AddMonthAct(ctx, sede, period, a, checks, mails)
}

// Two who sign one place at once: one signs, the other hears who did.
func TestTwoSignAtOnceAndOneDoes(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.directory(func(r *directory.Records) {
		r.Substitutes = append(r.Substitutes, directory.Substitute{Person: "informatica-ut-tumbes", Principal: specialist})
	})
	h.on(1, 9, 0)
	g := &gate{Store: h.Store, ready: make(chan struct{})}
	g.left.Store(2)
	both := &register.Desk{Store: g, Now: h.Now}
	errs := make([]error, 2)
	var wait sync.WaitGroup
	for i, who := range []desk.PersonID{specialist, "informatica-ut-tumbes"} {
		r := h.request(who, desk.PlaceSpecialist)
		wait.Go(func() { _, _, errs[i] = both.Sign(t.Context(), r) })
	}
	wait.Wait()
	lost := errs[0]
	if lost == nil {
		lost = errs[1]
	}
	wantProblem(t, lost, desk.Refused, "ya está dado")
	if acts := h.read().Month.Acts; len(acts) != 1 || (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("acts %+v after %v", acts, errs)
	}
}

// A right that is taken away between reading and writing does not sign.
func TestARightLostMeanwhileDoesNotSign(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.on(1, 9, 0)
	r := h.request(specialist, desk.PlaceSpecialist)
	lose := sync.OnceFunc(func() {
		h.directory(func(r *directory.Records) {
			for i := range r.People {
				if r.People[i].ID == specialist {
					r.People[i].Roles = nil
				}
			}
		})
	})
	_, _, err := (&register.Desk{Store: &meanwhile{h.Store, lose}, Now: h.Now}).Sign(t.Context(), r)
	wantProblem(t, err, desk.Forbidden, "no le corresponde")
	if acts := h.read().Month.Acts; len(acts) != 0 {
		t.Errorf("acts %+v", acts)
	}
}

// meanwhile is a store before whose write something happens.
type meanwhile struct {
	register.Store
	happen func()
}

func (m *meanwhile) AddMonthAct(ctx context.Context, sede desk.SedeID, period string, a desk.MonthAct, checks []work.RightsCheck, mails []desk.Effect) error {
	m.happen()
	return m.Store.AddMonthAct(ctx, sede, period, a, checks, mails)
}

func TestAMonthThatNeverComesFreeIsBusy(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.on(1, 9, 0)
	tries := 0
	busy := &register.Desk{Store: &refusing{h.Store, func() error { tries++; return work.ErrConflict }}, Now: h.Now}
	_, _, err := busy.Sign(t.Context(), h.request(specialist, desk.PlaceSpecialist))
	wantProblem(t, err, desk.Busy, "Intente otra vez")
	if tries != 5 {
		t.Errorf("%d tries", tries)
	}
	gone := errors.New("table away")
	away := &register.Desk{Store: &refusing{h.Store, func() error { return gone }}, Now: h.Now}
	if _, _, err := away.Sign(t.Context(), h.request(specialist, desk.PlaceSpecialist)); !errors.Is(err, gone) {
		t.Errorf("got %v, want that the table is away", err)
	}
}

// refusing is a store that writes no act.
type refusing struct {
	register.Store
	say func() error
}

func (s *refusing) AddMonthAct(context.Context, desk.SedeID, string, desk.MonthAct, []work.RightsCheck, []desk.Effect) error {
	return s.say()
}
