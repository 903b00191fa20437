package desktest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
)

// atLevel opens a ticket and stands it at a team.
func atLevel(t *testing.T, s Contract, n int, priority desk.Priority, opened time.Time, team desk.TeamID, level desk.Level) {
	t.Helper()
	before := MustCommit(t, s, Open(ID(n), desk.Number(fmt.Sprintf("2026-%06d", n)), opened))
	c := Act(before, desk.ActApprove, UnitHead, opened.Add(time.Hour), desk.StageApproved{Stage: desk.StageUT}, desk.PrioritySet{Priority: priority},
		desk.LevelEntered{Level: level, Team: team, Why: desk.BecauseApproved})
	c.Settle = before.Waits
	MustCommit(t, s, c)
}

// pages reads a list to its end.
func pages(t *testing.T, limit int, list func(cursor string, limit int) ([]desk.Ticket, string, error)) (ids []desk.TicketID, count int) {
	t.Helper()
	for cursor := ""; ; count++ {
		page, next, err := list(cursor, limit)
		noErr(t, err)
		if len(page) > limit {
			t.Errorf("a page of %d holds %d", limit, len(page))
		}
		for _, ticket := range page {
			ids = append(ids, ticket.ID)
		}
		if next == "" {
			return ids, count + 1
		}
		cursor = next
	}
}

func queueOrder(t *testing.T, s Contract) {
	for n, p := range []desk.Priority{3, 1, 2, 3, 1} {
		atLevel(t, s, n, p, Wednesday().Add(-time.Duration(n)*time.Hour), Development, 2)
	}
	atLevel(t, s, 10, 1, Wednesday(), Databases, 3)
	atLevel(t, s, 11, 1, Wednesday(), Development, 1)
	queue := func(cursor string, limit int) ([]desk.Ticket, string, error) {
		return s.Queue(t.Context(), Development, 2, cursor, limit)
	}
	want := []desk.TicketID{ID(4), ID(1), ID(2), ID(3), ID(0)}
	for limit, wantPages := range map[int]int{1: 5, 2: 3, 5: 1, 50: 1} {
		got, count := pages(t, limit, queue)
		if !slices.Equal(got, want) || count != wantPages {
			t.Errorf("pages of %d: %v in %d pages", limit, got, count)
		}
	}
	for _, team := range []desk.TeamID{"NO-TEAM", "", "#", desk.TeamID(strings.Repeat("t", 5000))} {
		none, next, err := s.Queue(t.Context(), team, 2, "", 10)
		if len(none) > 0 || next != "" || err != nil {
			t.Errorf("unknown team %.20q has %v %q %v", team, none, next, err)
		}
	}
}

func queueLeaves(t *testing.T, s Contract) {
	atLevel(t, s, 1, 3, Wednesday(), Development, 2)
	before := MustLoad(t, s, ID(1))
	take := MustCommit(t, s, Act(before, desk.ActTake, Developer, Wednesday().Add(2*time.Hour), desk.TicketTaken{Level: 2}))
	list, _, err := s.Queue(t.Context(), Development, 2, "", 10)
	noErr(t, err)
	same(t, list, []desk.Ticket{take.Ticket})
	MustCommit(t, s, Act(take, desk.ActClose, Developer, Wednesday().Add(3*time.Hour), desk.TicketClosed{Solution: true}))
	list, _, err = s.Queue(t.Context(), Development, 2, "", 10)
	noErr(t, err)
	if len(list) > 0 {
		t.Errorf("a closed ticket stands in the queue: %+v", list)
	}
}

func requesterOrder(t *testing.T, s Contract) {
	for n := range 5 {
		MustCommit(t, s, Open(ID(n), desk.Number(fmt.Sprintf("2026-%06d", n+1)), Wednesday().Add(time.Duration(n)*time.Hour)))
	}
	got, count := pages(t, 2, func(cursor string, limit int) ([]desk.Ticket, string, error) {
		return s.ByRequester(t.Context(), Asker, cursor, limit)
	})
	if !slices.Equal(got, []desk.TicketID{ID(4), ID(3), ID(2), ID(1), ID(0)}) || count != 3 {
		t.Errorf("got %v in %d pages", got, count)
	}
	for _, nobody := range []desk.PersonID{UTHead, ""} {
		list, _, err := s.ByRequester(t.Context(), nobody, "", 10)
		if len(list) > 0 || err != nil {
			t.Errorf("%q asked for %v, %v", nobody, list, err)
		}
	}
}

func pendingAll(t *testing.T, s Contract) {
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	MustCommit(t, s, Open(ID(2), "2026-000002", Wednesday().Add(-time.Hour)))
	c := Act(before, desk.ActOverdue, desk.Clock, Wednesday().Add(8*time.Hour),
		desk.ApprovalPassedOn{Round: 2, Asked: []desk.Asked{{Person: StandIn, For: UTHead, Round: 2}}})
	passed := MustCommit(t, s, c)
	pending := func(p desk.PersonID) []desk.TicketID {
		t.Helper()
		list, err := s.PendingApprovals(t.Context(), p)
		noErr(t, err)
		var ids []desk.TicketID
		for _, ticket := range list {
			ids = append(ids, ticket.ID)
		}
		return ids
	}
	same(t, pending(UTHead), []desk.TicketID{ID(2), ID(1)})
	same(t, pending(StandIn), []desk.TicketID{ID(1)})
	same(t, pending(UnitHead), []desk.TicketID(nil))
	MustCommit(t, s, Act(passed, desk.ActApprove, StandIn, Wednesday().Add(9*time.Hour), desk.StageApproved{Stage: desk.StageUT},
		desk.ApprovalRequested{Stage: desk.StageUO, Asked: []desk.Asked{{Person: UnitHead, Round: 1}}}))
	same(t, pending(UTHead), []desk.TicketID{ID(2)})
	same(t, pending(StandIn), []desk.TicketID(nil))
	same(t, pending(UnitHead), []desk.TicketID{ID(1)})
	all, err := s.Undecided(t.Context())
	noErr(t, err)
	if len(all) != 2 {
		t.Errorf("%d undecided", len(all))
	}
}

func byNumber(t *testing.T, s Contract) {
	MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	id, err := s.ByNumber(t.Context(), "2026-000001")
	if id != ID(1) || err != nil {
		t.Errorf("got %s, %v", id, err)
	}
	for _, none := range []desk.Number{"2026-000002", "", "2026", "2026-000001#", "SEQ", desk.Number(strings.Repeat("9", 5000))} {
		_, err = s.ByNumber(t.Context(), none)
		wantCode(t, err, desk.NotFound)
	}
}

func badCursor(t *testing.T, s Contract) {
	for n := range 3 {
		atLevel(t, s, n, 3, Wednesday(), Development, 2)
	}
	for _, cursor := range []string{"?", "AAAA", "bm9uc2Vuc2U", "-1", "9999999999999999999999", "\x00", "bm8KUyNjbG9jaw"} {
		_, _, err := s.Queue(t.Context(), Development, 2, cursor, 2)
		wantCode(t, err, desk.Invalid)
		_, _, err = s.ByRequester(t.Context(), Asker, cursor, 2)
		wantCode(t, err, desk.Invalid)
	}
	_, cursor, err := s.Queue(t.Context(), Development, 2, "", 2)
	noErr(t, err)
	list, _, err := s.Queue(t.Context(), "OTHER", 2, cursor, 2) // another list's place opens nothing of it
	if len(list) > 0 || err != nil {
		t.Errorf("a cursor carried over shows %v, %v", list, err)
	}
}

func allTickets(t *testing.T, s Contract) {
	noErr(t, s.SaveDirectory(t.Context(), Records(), 0))
	for n := range 7 {
		MustCommit(t, s, Open(ID(n), desk.Number(fmt.Sprintf("2026-%06d", n+1)), Wednesday()))
	}
	seen := map[desk.TicketID]int{}
	for cursor := ""; ; {
		ids, next, err := s.Tickets(t.Context(), cursor, 3)
		noErr(t, err)
		for _, id := range ids {
			seen[id]++
		}
		if cursor = next; next == "" {
			break
		}
	}
	for n := range 7 {
		if seen[ID(n)] != 1 {
			t.Errorf("%s was found %d times", ID(n), seen[ID(n)])
		}
	}
	if len(seen) != 7 {
		t.Errorf("found %v", seen)
	}
}
