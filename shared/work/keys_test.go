package work_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/work"
)

// form is the post of 8.1 with a key, as a page or an API client sends it.
func form(b *desktest.Bench, key string) desk.Act {
	act := b.Act("usuaria-ut-piura-1", desk.ActOpen, "", "service", "apps-sigo", "flow", "8.1", "subject", "No abre el SIGO", "description", "Desde ayer.", "impact", "stopped")
	act.Key = key
	return act
}

func wantCode(t *testing.T, err error, want desk.Code) {
	t.Helper()
	if got := desk.CodeOf(err); err == nil || got != want {
		t.Errorf("got %v (code %q), want code %q", err, got, want)
	}
}

// F41: a key is one request.
func TestRepeatedKey(t *testing.T) {
	b := desktest.NewBench(t)
	first, err := b.Road.Perform(t.Context(), form(b, "k1"))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("the same request again is the first answer", func(t *testing.T) {
		b.Advance(time.Hour)
		again, err := b.Road.Perform(t.Context(), form(b, "k1"))
		if err != nil || !again.Repeated || again.After.Ticket.ID != first.After.Ticket.ID {
			t.Errorf("got ticket %s, repeated %t, %v; want the first, %s", again.After.Ticket.ID, again.Repeated, err, first.After.Ticket.ID)
		}
	})
	t.Run("another request under it is refused", func(t *testing.T) {
		other := form(b, "k1")
		other.Fields["subject"] = "Otra cosa"
		_, err := b.Road.Perform(t.Context(), other)
		wantCode(t, err, desk.Repeated)
	})
	t.Run("another caller's key of the same name is another key", func(t *testing.T) {
		other := form(b, "k1")
		other.Scope = "api:client"
		result, err := b.Road.Perform(t.Context(), other)
		if err != nil || result.Repeated {
			t.Errorf("got repeated %t, %v", result.Repeated, err)
		}
	})
	t.Run("after seven days the key is free", func(t *testing.T) {
		b.Advance(7 * 24 * time.Hour)
		result, err := b.Road.Perform(t.Context(), form(b, "k1"))
		if err != nil || result.Repeated || result.After.Ticket.ID == first.After.Ticket.ID {
			t.Errorf("got ticket %s, repeated %t, %v; want a new one", result.After.Ticket.ID, result.Repeated, err)
		}
	})
}

// A mail's keys never end, and any of them makes the act the same one.
func TestMailKeysLastForEver(t *testing.T) {
	b := desktest.NewBench(t)
	contact := func(key string, also ...string) desk.Act {
		return desk.Act{Kind: desk.ActContact, At: b.Time(), Channel: desk.ChannelMail, Scope: "mail", Key: key, Also: also, Requester: "usuaria-administracion-1",
			Actor: desk.Actor{Via: "mail", Assurance: desk.AssuredSelf}, Fields: desk.Fields{"subject": "No imprime"}}
	}
	first, err := b.Road.Perform(t.Context(), contact("ses:1", "id:a"))
	if err != nil {
		t.Fatal(err)
	}
	b.Advance(400 * 24 * time.Hour)
	for _, act := range []desk.Act{contact("ses:1", "id:a"), contact("ses:2", "id:a"), contact("ses:3", "id:b", "id:a")} {
		again, err := b.Road.Perform(t.Context(), act)
		if err != nil || !again.Repeated || again.After.Ticket.ID != first.After.Ticket.ID {
			t.Errorf("%s %v: ticket %s, repeated %t, %v", act.Key, act.Also, again.After.Ticket.ID, again.Repeated, err)
		}
	}
	if n := len(b.Tickets()); n != 1 {
		t.Errorf("%d tickets, want 1", n)
	}
}

// A versioned act keeps its key in its own event: sent twice, it finds it,
// even where the ticket has gone on to where the act is not foreseen.
func TestVersionedActSentTwiceFindsItsOwnEvent(t *testing.T) {
	b := desktest.NewBench(t)
	t.Run("approved, and again after the answer was lost", func(t *testing.T) {
		id := b.Open81()
		act := b.Act("jefa-ut-piura", desk.ActApprove, id)
		act.Key = "a1"
		performTwice(t, b, act, "StageApproved ApprovalRequested")
	})
	t.Run("a contact classified becomes a ticket, which has no such act", func(t *testing.T) {
		id := mailContact(b, "usuaria-administracion-1").After.Ticket.ID
		act := b.Act("especialista-mesa", desk.ActClassify, id, "service", "antivirus", "priority", "3")
		act.Fields["service"] = string(anyService(t, desk.Flow85))
		act.Key = "c1"
		performTwice(t, b, act, "TicketClassified")
	})
	t.Run("a reply needs no version, but a form sends one: it is written once", func(t *testing.T) {
		id := b.Open85()
		act := b.Act("especialista-mesa", desk.ActReply, id, "message", "Buenos días.")
		act.Key = "r1"
		performTwice(t, b, act, "RequesterTold")
	})
	t.Run("the key of somebody else is no answer", func(t *testing.T) {
		id := b.Open81()
		act := b.Act("jefa-ut-piura", desk.ActApprove, id)
		act.Key = "a1"
		if _, err := b.Road.Perform(t.Context(), act); err != nil {
			t.Fatal(err)
		}
		act.Key = "a2"
		_, err := b.Road.Perform(t.Context(), act)
		wantCode(t, err, desk.Stale)
	})
}

func performTwice(t *testing.T, b *desktest.Bench, act desk.Act, events string) {
	t.Helper()
	for i := range 2 {
		result, err := b.Road.Perform(t.Context(), act)
		if err != nil || result.Repeated != (i == 1) || eventNames(result.Events) != events {
			t.Errorf("time %d: events %q, repeated %t, %v; want %q", i+1, eventNames(result.Events), result.Repeated, err, events)
		}
	}
	if got := b.Load(act.Ticket).Ticket.Version; got != act.Version+1 {
		t.Errorf("version is %d, want one more than %d", got, act.Version)
	}
}

// Twenty posts of one form at once are one ticket and one acknowledgement.
func TestTwentyPostsAtOnceAreOneTicket(t *testing.T) {
	b := desktest.NewBench(t)
	var wg sync.WaitGroup
	answers := make([]desk.TicketID, 20)
	for i := range answers {
		wg.Go(func() {
			result, err := b.Road.Perform(context.Background(), form(b, "k"))
			if err != nil {
				t.Errorf("post %d: %v", i, err)
			}
			answers[i] = result.After.Ticket.ID
		})
	}
	wg.Wait()
	for _, id := range answers {
		if id != answers[0] || id == "" {
			t.Fatalf("answers differ: %v", answers)
		}
	}
	if n, mails := len(b.Tickets()), b.Outbox(answers[0], 1); n != 1 || mails != "received→usuaria-ut-piura-1, decide→jefa-ut-piura, start approval 1" {
		t.Errorf("%d tickets, effects %s", n, mails)
	}
}

// An act that the rules refuse draws no number: numbers have gaps, not craters.
func TestRefusedActsDrawNoNumber(t *testing.T) {
	b := desktest.NewBench(t)
	for _, spoil := range []func(*desk.Act){
		func(a *desk.Act) { delete(a.Fields, "subject") },
		func(a *desk.Act) { a.Fields["service"] = "no-such" },
		func(a *desk.Act) { a.Actor.Person = "nobody" },
		func(a *desk.Act) { a.Actor.Assurance = desk.AssuredNone },
	} {
		act := form(b, "")
		spoil(&act)
		if _, err := b.Road.Perform(t.Context(), act); desk.CodeOf(err) == "" {
			t.Errorf("%+v: got %v, want a problem", act.Fields, err)
		}
	}
	id := b.Open81()
	if got := b.Load(id).Ticket.Number; got != "2026-000001" {
		t.Errorf("the first good post is number %s, want 2026-000001", got)
	}
}

// Numbers count the year of Lima, whatever the hour in UTC (F43).
func TestNumbersCountTheYearOfLima(t *testing.T) {
	b := desktest.NewBench(t)
	b.SetTime(time.Date(2027, 1, 1, 4, 59, 0, 0, time.UTC)) // 23:59 of 31 December
	old := b.Load(b.Open81()).Ticket.Number
	b.Advance(time.Minute)
	if next := b.Load(b.Open81()).Ticket.Number; old != "2026-000001" || next != "2027-000001" {
		t.Errorf("numbers %s and %s, want 2026-000001 and 2027-000001", old, next)
	}
}

// broken is a store whose commits fail.
type broken struct {
	*desktest.Store
	err    error
	tries  int
	commit func(work.Commit)
}

func (s *broken) Commit(_ context.Context, c work.Commit) error {
	s.tries++
	if s.commit != nil {
		s.commit(c)
	}
	return s.err
}

func TestLostRaces(t *testing.T) {
	tests := []struct {
		name  string
		err   error
		tries int
		code  desk.Code
	}{
		{"conflicts are run again, five times at most, then it is busy", work.ErrConflict, 5, desk.Busy},
		{"a key taken but not to be found is run again too", work.ErrKeyTaken, 5, desk.Busy},
		{"any other failure is not run again, and is internal", errors.New("throttled"), 1, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := desktest.NewBench(t)
			store, pauses := &broken{Store: b.Store, err: test.err}, 0
			b.Road.Store = store
			b.Road.Pause = func(_ context.Context, attempt int) error {
				if attempt != pauses {
					t.Errorf("pause of attempt %d, want %d", attempt, pauses)
				}
				pauses++
				return nil
			}
			_, err := b.Road.Perform(t.Context(), form(b, "k"))
			wantCode(t, err, test.code)
			if store.tries != test.tries || pauses != test.tries-1 {
				t.Errorf("%d tries and %d pauses, want %d and %d", store.tries, pauses, test.tries, test.tries-1)
			}
		})
	}
}

// F7: the commit is in, its answer is lost: the same call finds it.
func TestAnswerLostAfterCommit(t *testing.T) {
	b := desktest.NewBench(t)
	lost := &broken{Store: b.Store, err: errors.New("timeout")}
	lost.commit = func(c work.Commit) {
		if err := b.Store.Commit(context.Background(), c); err != nil {
			t.Error(err)
		}
	}
	b.Road.Store = lost
	if _, err := b.Road.Perform(t.Context(), form(b, "k")); err == nil {
		t.Fatal("the lost answer was not reported")
	}
	b.Road.Store = b.Store
	again, err := b.Road.Perform(t.Context(), form(b, "k"))
	if err != nil || !again.Repeated || len(b.Tickets()) != 1 {
		t.Errorf("repeated %t, %v, %d tickets; want the one that was written", again.Repeated, err, len(b.Tickets()))
	}
}
