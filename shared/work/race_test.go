package work_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
	"mesa/shared/work"
)

// F45: two acts on one version: one wins, the other learns that the ticket changed.
func TestTwoActsOnOneVersion(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open81()
	errs := make([]error, 2)
	acts := []desk.Act{b.Act("jefa-ut-piura", desk.ActApprove, id), b.Act("jefa-ut-piura", desk.ActReject, id, "reason", "No procede.")}
	var wg sync.WaitGroup
	for i := range acts {
		wg.Go(func() { _, errs[i] = b.Road.Perform(context.Background(), acts[i]) })
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("errors %v, want exactly one", errs)
	}
	loser := errs[0]
	if loser == nil {
		loser = errs[1]
	}
	wantCode(t, loser, desk.Stale)
	if v := b.Load(id).Ticket.Version; v != 2 {
		t.Errorf("version %d, want 2", v)
	}
	mustHold(t, b, id)
}

// Fifty agents write fifty notes at once: a note needs no version, none is lost.
func TestFiftyNotesAtOnce(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open85()
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			act := b.Act("especialista-mesa", desk.ActNote, id, "message", fmt.Sprintf("Nota %d", i))
			act.Version, act.Key = 0, fmt.Sprintf("n%d", i)
			if _, err := stubborn(b, act); err != nil {
				t.Errorf("note %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	if v := b.Load(id).Ticket.Version; v != 51 {
		t.Errorf("version %d, want 51", v)
	}
	mustHold(t, b, id)
}

// stubborn performs an act as a person does who reads «intente otra vez».
func stubborn(b *desktest.Bench, act desk.Act) (work.Result, error) {
	for {
		result, err := b.Road.Perform(context.Background(), act)
		if desk.CodeOf(err) != desk.Busy {
			return result, err
		}
	}
}

// A hundred closings of one sede at once give rows 1 to 100.
func TestRegisterHasNoGaps(t *testing.T) {
	const n = 100
	b := desktest.NewBench(t)
	ids := make([]desk.TicketID, n)
	for i := range ids {
		ids[i] = closeable(b)
	}
	var wg sync.WaitGroup
	for _, id := range ids {
		act := b.Act("soporte-1", desk.ActClose, id, "solution", "Hecho.", "medium", "mail")
		act.Key = "close"
		wg.Go(func() {
			if _, err := stubborn(b, act); err != nil {
				t.Errorf("close %s: %v", id, err)
			}
		})
	}
	wg.Wait()
	rows, err := b.Store.Register(t.Context(), "SC", "202609")
	if err != nil || len(rows) != n {
		t.Fatalf("%d rows, %v; want %d", len(rows), err, n)
	}
	seen := map[desk.TicketID]bool{}
	for i, row := range rows {
		if row.N != i+1 || seen[row.Ticket] || b.Load(row.Ticket).Ticket.Row != row.N {
			t.Errorf("row %d is %d of %s", i+1, row.N, row.Ticket)
		}
		seen[row.Ticket] = true
	}
}

// Who decides must hold the right at the moment of the commit, not only of the
// reading: a directory changed in between makes the road read again (F17).
func TestRightsMovedBeforeTheCommit(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open81()
	store := &between{Store: b.Store, before: func() { replaceHead(t, b, "UT-PIURA", "usuaria-ut-piura-2") }}
	b.Road.Store = store
	_, err := b.Road.Perform(t.Context(), b.Act("jefa-ut-piura", desk.ActApprove, id))
	wantCode(t, err, desk.Forbidden)
	if v := b.Load(id).Ticket.Version; v != 1 {
		t.Errorf("version %d: the decision of somebody replaced was taken", v)
	}
}

// between does something once, just before the first commit.
type between struct {
	*desktest.Store
	before func()
	once   sync.Once
}

func (s *between) Commit(ctx context.Context, c work.Commit) error {
	s.once.Do(s.before)
	return s.Store.Commit(ctx, c)
}

// replaceHead gives a unit's post to another person.
func replaceHead(t *testing.T, b *desktest.Bench, unit desk.UnitID, person desk.PersonID) {
	t.Helper()
	edit(t, b, func(r *directory.Records) {
		for i := range r.Heads {
			if r.Heads[i].Unit == unit {
				r.Heads[i].Person = person
			}
		}
	})
}

// edit changes the directory.
func edit(t *testing.T, b *desktest.Bench, change func(*directory.Records)) {
	t.Helper()
	records, revision, err := b.Store.LoadDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	change(&records)
	if err := b.Store.SaveDirectory(t.Context(), records, revision); err != nil {
		t.Fatal(err)
	}
}
