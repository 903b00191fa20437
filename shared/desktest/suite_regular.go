package desktest

import (
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// mailed is a ticket authorised by mail, whose wait for the Jefatura is open.
func mailed(before work.Stored, at time.Time) (work.Commit, desk.Wait) {
	c := Act(before, desk.ActOpen, Asker, at, desk.AuthorisedByMail{By: UnitHead, At: at})
	w := desk.Wait{ID: desk.NewWaitID(desk.WaitRegularise, c.After.Version), WakeAt: at.Add(24 * time.Hour), Round: 1}
	return Wait(c, w), w
}

// listsUnregularised: a ticket is listed while the Jefatura has to regularise it,
// oldest first, also after a reminder.
func listsUnregularised(t *testing.T, s Contract) {
	var last work.Stored
	var wait desk.Wait
	for n := range 3 {
		at := Wednesday().Add(time.Duration(n) * time.Minute)
		opened := MustCommit(t, s, Open(ID(n), desk.Number("2026-00000"+string('1'+rune(n))), at))
		if n == 1 { // authorised in PAU: none of this list's business
			continue
		}
		c, w := mailed(opened, at)
		last, wait = MustCommit(t, s, c), w
	}
	ids := func() (list []desk.TicketID) {
		t.Helper()
		tickets, err := s.Unregularised(t.Context())
		noErr(t, err)
		for _, x := range tickets {
			list = append(list, x.ID)
		}
		return list
	}
	same(t, ids(), []desk.TicketID{ID(0), ID(2)})
	reminded := Act(last, desk.ActOverdue, desk.Clock, Wednesday().Add(24*time.Hour), desk.WaitReminded{Wait: desk.WaitRegularise, Round: 2})
	wait.Round, wait.WakeAt = 2, Wednesday().Add(48*time.Hour)
	reminded.Move = []desk.Wait{wait}
	last = MustCommit(t, s, reminded)
	same(t, ids(), []desk.TicketID{ID(0), ID(2)})
	done := Act(last, desk.ActRegularise, UnitHead, Wednesday().Add(30*time.Hour), desk.AuthorisationRegularised{})
	done.Settle = []desk.Wait{wait}
	MustCommit(t, s, done)
	same(t, ids(), []desk.TicketID{ID(0)})
}
