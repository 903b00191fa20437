package desktest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// together runs n calls at once and returns their errors.
func together(n int, call func(i int) error) []error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	begin := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-begin
			errs[i] = call(i)
		})
	}
	close(begin)
	wg.Wait()
	return errs
}

// lost tells a race that was lost in good order: not now, or somebody was faster.
func lost(err error) bool {
	return errors.Is(err, work.ErrConflict) || desk.CodeOf(err) == desk.Busy
}

// stepAside pauses as the road does after a lost race, so that fifty do not
// stand in each other's way for ever.
func stepAside() { time.Sleep(rand.N(200 * time.Millisecond)) }

func raceKey(t *testing.T, s Contract) {
	errs := together(20, func(i int) error {
		c := Open(ID(i+1), desk.Number(fmt.Sprintf("2026-%06d", i+1)), Wednesday())
		c.Keys = []work.Key{FormKey(c, "same")}
		for {
			err := s.Commit(t.Context(), c)
			if desk.CodeOf(err) != desk.Busy {
				return err
			}
		}
	})
	won := 0
	for i, err := range errs {
		switch {
		case err == nil:
			won++
			k, _, err := s.FindKey(t.Context(), "form/"+string(Asker), "same", Wednesday())
			if err != nil || k.Ticket != ID(i+1) {
				t.Errorf("the key names %s (%v), the winner is %s", k.Ticket, err, ID(i+1))
			}
		case !errors.Is(err, work.ErrKeyTaken):
			t.Errorf("a loser got %v", err)
		}
	}
	if won != 1 {
		t.Errorf("%d won", won)
	}
}

func raceVersion(t *testing.T, s Contract) {
	MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	const people = 50
	for _, err := range together(people, func(i int) error {
		for {
			before, err := s.Load(t.Context(), ID(1))
			if err != nil {
				return err
			}
			person := desk.PersonID(fmt.Sprintf("P-%04d", i))
			err = s.Commit(t.Context(), Act(before, desk.ActNote, person, Wednesday().Add(time.Minute), desk.NoteAdded{}))
			if !lost(err) {
				return err
			}
			stepAside()
		}
	}) {
		noErr(t, err)
	}
	got := MustLoad(t, s, ID(1))
	if got.Ticket.Version != people+1 {
		t.Errorf("version %d after %d acts", got.Ticket.Version, people+1)
	}
	records, err := s.Records(t.Context(), ID(1), 0)
	noErr(t, err)
	prev, actors := "", map[desk.PersonID]bool{}
	for n, r := range records {
		if r.Seq != n+1 || r.Prev != prev {
			t.Fatalf("record %d: seq %d, chain broken: %v", n, r.Seq, r.Prev != prev)
		}
		prev = r.Hash
		actors[r.Actor.Person] = true
	}
	if got.Hash != prev || len(actors) != people+1 {
		t.Errorf("head of the chain is right: %v; %d people in it", got.Hash == prev, len(actors))
	}
}

func raceDecision(t *testing.T, s Contract) {
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	var won atomic.Int32
	for _, err := range together(50, func(i int) error {
		events, kind := []desk.Event{desk.StageApproved{Stage: desk.StageUT}}, desk.ActApprove
		if i%2 == 1 {
			events, kind = []desk.Event{desk.StageRejected{Stage: desk.StageUT}, desk.TicketRejected{}}, desk.ActReject
		}
		c := Act(before, kind, UTHead, Wednesday().Add(time.Duration(i)*time.Second), events...)
		c.Settle = before.Waits
		for {
			err := s.Commit(t.Context(), c)
			if err == nil {
				won.Add(1)
			}
			if desk.CodeOf(err) != desk.Busy {
				return err
			}
		}
	}) {
		if err != nil && !errors.Is(err, work.ErrConflict) {
			t.Errorf("a loser got %v", err)
		}
	}
	got := MustLoad(t, s, ID(1))
	records, err := s.Records(t.Context(), ID(1), 0)
	noErr(t, err)
	if got.Ticket.Version != 2 || len(records) != 2 || len(got.Waits) != 0 || won.Load() != 1 {
		t.Errorf("version %d, %d records, %d waits, %d winners", got.Ticket.Version, len(records), len(got.Waits), won.Load())
	}
}

func raceRegister(t *testing.T, s Contract) {
	const closings = 50
	for i := range closings {
		MustCommit(t, s, Open(ID(i), desk.Number(fmt.Sprintf("2026-%06d", i+1)), Wednesday()))
	}
	for _, err := range together(closings, func(i int) error { return closeWithRow(t, s, ID(i)) }) {
		noErr(t, err)
	}
	rows, err := s.Register(t.Context(), TheSede, "202609")
	noErr(t, err)
	var numbers []int
	tickets := map[desk.TicketID]bool{}
	for _, r := range rows {
		numbers = append(numbers, r.N)
		tickets[r.Ticket] = true
	}
	var want []int
	for n := range closings {
		want = append(want, n+1)
	}
	if !slices.Equal(numbers, want) || len(tickets) != closings {
		t.Errorf("rows %v of %d tickets", numbers, len(tickets))
	}
}

// closeWithRow closes as the road does: it reads the next number and decides
// again when somebody took it.
func closeWithRow(t *testing.T, s Contract, id desk.TicketID) error {
	for {
		before, err := s.Load(t.Context(), id)
		if err != nil {
			return err
		}
		n, err := s.NextRow(t.Context(), TheSede, "202609")
		if err != nil {
			return err
		}
		c := Act(before, desk.ActClose, Developer, Wednesday().Add(2*time.Hour), desk.RequesterTold{Medium: desk.ByMail},
			desk.TicketClosed{Solution: true}, desk.RowRegistered{Sede: TheSede, Period: "202609", N: n})
		c.Settle = before.Waits
		c.Row = &desk.Row{Sede: TheSede, Period: "202609", N: n, Ticket: id, Number: before.Ticket.Number, At: c.Record.At, Solution: "Se reinició."}
		if err = s.Commit(t.Context(), c); !lost(err) {
			return err
		}
		stepAside()
	}
}

func raceNumber(t *testing.T, s Contract) {
	var mu sync.Mutex
	drawn := map[int]int{}
	for _, err := range together(20, func(int) error {
		n, err := s.NextNumber(t.Context(), 2026)
		mu.Lock()
		drawn[n]++
		mu.Unlock()
		return err
	}) {
		noErr(t, err)
	}
	for n := 1; n <= 20; n++ {
		if drawn[n] != 1 {
			t.Errorf("number %d was drawn %d times", n, drawn[n])
		}
	}
	n, err := s.NextNumber(t.Context(), 2027)
	noErr(t, err)
	if n != 1 {
		t.Errorf("the first number of another year is %d", n)
	}
}

func rewriteRow(t *testing.T, s Contract) {
	for n := range 2 {
		MustCommit(t, s, Open(ID(n), desk.Number(fmt.Sprintf("2026-%06d", n+1)), Wednesday()))
		noErr(t, closeWithRow(t, s, ID(n)))
	}
	before := MustLoad(t, s, ID(0))
	again := Act(before, desk.ActReopen, Asker, Wednesday().Add(3*time.Hour), desk.TicketReopened{})
	again.Row, again.Rewrite = &desk.Row{Sede: TheSede, Period: "202609", N: 1, Ticket: ID(0), Reopened: true}, true
	before = MustCommit(t, s, again)
	stolen := Act(before, desk.ActClose, Developer, Wednesday().Add(4*time.Hour), desk.TicketClosed{})
	stolen.Row, stolen.Rewrite = &desk.Row{Sede: TheSede, Period: "202609", N: 2, Ticket: ID(0)}, true
	wantErr(t, s.Commit(t.Context(), stolen), work.ErrConflict)
	skipped := Act(before, desk.ActClose, Developer, Wednesday().Add(4*time.Hour), desk.TicketClosed{})
	skipped.Row = &desk.Row{Sede: TheSede, Period: "202609", N: 9, Ticket: ID(0)}
	wantErr(t, s.Commit(t.Context(), skipped), work.ErrConflict)
	rows, err := s.Register(t.Context(), TheSede, "202609")
	noErr(t, err)
	if len(rows) != 2 || !rows[0].Reopened || rows[1].Ticket != ID(1) {
		t.Errorf("rows %+v", rows)
	}
	empty, err := s.Register(t.Context(), TheSede, "202610")
	if len(empty) > 0 || err != nil {
		t.Errorf("rows of another month: %v, %v", empty, err)
	}
}

func moveRowState(t *testing.T, s Contract) {
	for n := range 2 {
		MustCommit(t, s, Open(ID(n), desk.Number(fmt.Sprintf("2026-%06d", n+1)), Wednesday()))
		noErr(t, closeWithRow(t, s, ID(n)))
	}
	states := func() string {
		rows, err := s.Register(t.Context(), TheSede, "202609")
		noErr(t, err)
		var all string
		for _, r := range rows {
			if (r.ChangedAt == Wednesday().Add(time.Hour)) != (r.State == "En Progreso") {
				t.Errorf("row %d, %s, changed at %s", r.N, r.State, r.ChangedAt)
			}
			all += fmt.Sprintf("%d %s %s; ", r.N, r.State, r.Solution)
		}
		return all
	}
	move := func(state string, n int) error {
		c := Act(MustLoad(t, s, ID(0)), desk.ActReopen, Asker, Wednesday().Add(time.Hour), desk.TicketReopened{})
		c.After.Sede, c.After.Row, c.After.RowMonth, c.RowState = TheSede, n, "202609", state
		return s.Commit(t.Context(), c)
	}
	noErr(t, move("En Progreso", 1))
	if got, want := states(), "1 En Progreso Se reinició.; 2  Se reinició.; "; got != want {
		t.Errorf("rows %q, want %q", got, want)
	}
	wantErr(t, move("Atendido", 2), work.ErrConflict) // another ticket's
	wantErr(t, move("Atendido", 9), work.ErrConflict) // nobody's
	again := Act(MustLoad(t, s, ID(0)), desk.ActClose, Developer, Wednesday().Add(2*time.Hour), desk.TicketClosed{})
	again.Row, again.Rewrite = &desk.Row{Sede: TheSede, Period: "202609", N: 1, Ticket: ID(0), State: "Atendido", Solution: "Ahora sí."}, true
	MustCommit(t, s, again) // written whole, nothing of before stands over it
	if got, want := states(), "1 Atendido Ahora sí.; 2  Se reinició.; "; got != want {
		t.Errorf("rows %q, want %q", got, want)
	}
	noErr(t, move("En Progreso", 1))
	rows, err := s.Register(t.Context(), TheSede, "202609")
	noErr(t, err)
	var before string
	for _, r := range rows[0].Before {
		before += fmt.Sprintf("%d %s %s; ", r.N, r.State, r.Solution)
	}
	if want := "1 Atendido Ahora sí.; 1 En Progreso Se reinició.; 1  Se reinició.; "; before != want || len(rows[1].Before) != 0 { // nothing it ever said is lost
		t.Errorf("before %q, want %q; of another row %v", before, want, rows[1].Before)
	}
}
