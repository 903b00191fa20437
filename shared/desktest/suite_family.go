package desktest

import (
	"slices"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// joining is the commit of a case that joins a mass incident read at a version.
func joining(t *testing.T, s Contract, child, parent desk.TicketID, version int) work.Commit {
	t.Helper()
	before := MustLoad(t, s, child)
	c := Act(before, desk.ActJoin, Asker, Wednesday().Add(time.Hour), desk.TicketJoined{Parent: parent})
	c.Settle, c.Parent = before.Waits, &work.ParentCheck{Ticket: parent, Version: version}
	return c
}

func family(t *testing.T, s Contract) {
	for n := 1; n <= 3; n++ {
		MustCommit(t, s, Open(ID(n), desk.Number("2026-00000"+string('0'+rune(n))), Wednesday()))
	}
	MustCommit(t, s, Act(MustLoad(t, s, ID(1)), desk.ActDeclareMass, UnitHead, Wednesday(), desk.MassDeclared{}))
	mass, err := s.MassIncidents(t.Context())
	if len(mass) != 1 || mass[0].ID != ID(1) || err != nil {
		t.Fatalf("mass incidents: %v, %v", mass, err)
	}
	wantErr(t, s.Commit(t.Context(), joining(t, s, ID(3), ID(1), 1)), work.ErrConflict) // read before it was declared
	MustCommit(t, s, joining(t, s, ID(3), ID(1), 2))
	MustCommit(t, s, joining(t, s, ID(2), ID(1), 2))
	children, err := s.Children(t.Context(), ID(1))
	if want := []desk.TicketID{ID(2), ID(3)}; !slices.Equal(children, want) || err != nil {
		t.Errorf("children %v, %v, want %v", children, err, want)
	}
	if got := MustLoad(t, s, ID(2)); len(got.Waits) != 0 || got.Ticket.Parent != ID(1) {
		t.Errorf("a case that joined: %+v waits for %v", got.Ticket, got.Waits)
	}
	before := MustLoad(t, s, ID(1))
	c := Act(before, desk.ActWithdraw, Asker, Wednesday().Add(2*time.Hour), desk.TicketWithdrawn{})
	c.Settle, c.Effects = before.Waits, []desk.Effect{effect(c, 1, desk.OpFamily)}
	MustCommit(t, s, c)
	if mass, err = s.MassIncidents(t.Context()); len(mass) != 0 || err != nil {
		t.Errorf("mass incidents after the end: %v, %v", mass, err)
	}
	wantErr(t, s.Commit(t.Context(), joining(t, s, ID(2), ID(1), 2)), work.ErrConflict) // it ended meanwhile
	follow := effect(c, 9, desk.OpFollow)
	follow.Follow = &desk.Follow{Child: ID(2)}
	noErr(t, s.AddEffects(t.Context(), []desk.Effect{follow}))
	got, err := s.Effect(t.Context(), ID(1), "3.9")
	if err != nil || got.Follow == nil || got.Follow.Child != ID(2) {
		t.Errorf("follow item %+v, %v", got, err)
	}
	if got, err = s.Effect(t.Context(), ID(1), "3.1"); err != nil || got.Op != desk.OpFamily {
		t.Errorf("family item %+v, %v", got, err)
	}
}
