package machines_test

import (
	"context"
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/machines"
	"mesa/shared/work"
)

// declare adds a day off of everybody, or takes it back.
func (h *hall) declare(on calendar.Date, back bool) {
	h.t.Helper()
	book, err := h.Store.Calendar(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	day := []calendar.DayOff{{From: on, Until: on, Kind: calendar.KindDecree, Name: "Día no laborable", Source: "DS 000-2026-PCM"}}
	change := calendar.Change{Revision: book.Revision() + 1, At: h.Time(), By: "admin", Add: day}
	if back {
		change.Add, change.Remove, change.Reason = nil, day, "Se derogó"
	}
	if err := h.Store.ChangeCalendar(h.t.Context(), change); err != nil {
		h.t.Fatal(err)
	}
}

// A holiday declared while a level is waited for: the machine that wakes at the
// old date is sent back to wait until the true one, and nobody is reminded early.
func TestAHolidayAddedAfterwardsFiresNoEarlyReminder(t *testing.T) {
	h := newHall(t)
	id := h.Open81()
	h.Do("jefa-ut-piura", desk.ActApprove, id)
	h.Do("jefa-supervision", desk.ActApprove, id)
	h.Do("desarrollo-1", desk.ActTake, id)
	h.deliver()
	before := h.Load(id)
	old := before.Waits[0]
	h.declare(calendar.DateOf(old.WakeAt), false)
	h.SetTime(old.WakeAt)
	generation := before.Machines[desk.MachineEscalation].Generation

	reply := h.handle(h.request("overdue", id, generation, old))
	after := h.Load(id)
	if after.Ticket.Version != before.Ticket.Version || h.mails(id, desk.MailLevelDue) != 0 {
		t.Fatalf("on the holiday: version %d after %d, %d reminders", after.Ticket.Version, before.Ticket.Version, h.mails(id, desk.MailLevelDue))
	}
	next := after.Waits[0]
	if reply.Next != "AwaitLevel2" || reply.Wait == nil || reply.Wait.ID != old.ID || !reply.Wait.WakeAt.Equal(next.WakeAt) || reply.Wait.Seconds != int64(next.WakeAt.Sub(h.Time())/time.Second) {
		t.Fatalf("the machine is told %+v, the wait is %+v", reply, next)
	}
	if !calendar.DateOf(old.WakeAt).Before(calendar.DateOf(next.WakeAt)) || next.Token != old.Token {
		t.Errorf("the wait moved from %+v to %+v", old, next)
	}
	h.SetTime(next.WakeAt)
	h.handle(h.request("overdue", id, generation, next))
	if h.mails(id, desk.MailLevelDue) == 0 {
		t.Error("at the true date nobody is reminded")
	}
}

// A policy with shorter times: the next minute finds what is due sooner, once.
func TestShorterTimesAreNoticedInTheNextMinute(t *testing.T) {
	h := newHall(t)
	id := h.Open81()
	h.deliver()
	h.sweep(false)
	late, version := h.Load(id).Waits[0].WakeAt, h.Load(id).Ticket.Version
	policy := flow.DefaultPolicy()
	policy.Approval = []flow.ApprovalStep{{After: time.Hour, Do: flow.Remind}}
	h.Advance(10 * time.Minute)
	if err := h.Store.SetPolicy(t.Context(), policy, h.Time()); err != nil {
		t.Fatal(err)
	}
	h.Advance(time.Minute)
	h.sweep(false)
	s := h.Load(id)
	if near := s.Waits[0].WakeAt; !near.Equal(s.Ticket.OpenedAt.Add(time.Hour)) || s.Ticket.Version != version || h.mails(id, desk.MailDecideAgain) != 0 {
		t.Fatalf("the reminder moved from %v to %v, version %d", late, near, s.Ticket.Version)
	}
	road := &counting{Performer: h.sweeper.Road}
	h.sweeper.Road = road
	if h.sweep(false); road.acts != 0 {
		t.Errorf("the minute after it looked at %d waits again", road.acts)
	}
	h.SetTime(s.Waits[0].WakeAt.Add(3 * time.Minute))
	h.sweep(false)
	if h.mails(id, desk.MailDecideAgain) != 1 {
		t.Error("at the nearer date nobody is reminded")
	}
}

// counting counts what it is asked to perform.
type counting struct {
	machines.Performer
	acts int
}

func (c *counting) Perform(ctx context.Context, act desk.Act) (work.Result, error) {
	c.acts++
	return c.Performer.Perform(ctx, act)
}

// A holiday taken back: the next round finds what is due sooner, and the sweeper
// overtakes the machine that still waits for the old date.
func TestAHolidayTakenBackIsFoundInTheNextRound(t *testing.T) {
	h := newHall(t)
	wednesday := calendar.Date{Year: 2026, Month: time.September, Day: 16}
	h.declare(wednesday, false)
	h.SetTime(lima(t, "2026-09-15 16:30"))
	id := h.Open81()
	h.deliver()
	late := h.Load(id).Waits[0].WakeAt
	h.declare(wednesday, true)
	h.SetTime(lima(t, "2026-09-16 02:00"))
	h.sweep(false)
	near := h.Load(id).Waits[0].WakeAt
	if got, want := calendar.DateOf(near), wednesday; got != want || !near.Before(late) || h.mails(id, desk.MailDecideAgain) != 0 {
		t.Fatalf("the reminder moved from %v to %v, %d reminders by night", late, near, h.mails(id, desk.MailDecideAgain))
	}
	h.SetTime(near.Add(3 * time.Minute))
	h.sweep(false)
	if h.mails(id, desk.MailDecideAgain) == 0 {
		t.Error("at the nearer date nobody is reminded")
	}
}

func lima(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, desk.Lima)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
