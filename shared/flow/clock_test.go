package flow_test

import (
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/flow"
)

func TestUnassignedAtHeadquartersClimbsAtTheResponseTarget(t *testing.T) {
	b := newBench(t, userHQ)
	b.now = tuesday(16, 0) // P3: 4 working hours, 1 h 30 of them today
	open85(b)
	if want := workday(1, 9, 0); !b.wait(desk.WaitLevel).WakeAt.Equal(want) { // half of it
		t.Fatalf("wakes at %v, want %v", b.wait(desk.WaitLevel).WakeAt, want)
	}
	d := b.ringTarget()
	if want := workday(1, 11, 0); !b.now.Equal(want) {
		t.Errorf("climbed at %v, want %v", b.now, want)
	}
	wantEvents(t, d, "LevelEntered")
	wantMails(t, d, "level-changed→soporte level-changed→mesa-de-ayuda level-changed→requester")
	wantCalls(t, d, "") // the escalation machine asked and hears the answer
	if e := d.Events[0].(desk.LevelEntered); e.Level != 2 || e.From != 1 || e.Why != desk.BecauseClimbed || e.Assignee != "" {
		t.Errorf("event %+v", e)
	}
	if waitNames(d.Settle) != "level#1" || waitNames(d.Open) != "level#4" {
		t.Errorf("settled %q, opened %q", waitNames(d.Settle), waitNames(d.Open))
	}
	if got := b.ring(desk.WaitLevel); eventNames(got.Events) != "WaitReminded" || b.ticket.Level != 2 {
		t.Errorf("from Level 2 it went on: %q", eventNames(got.Events))
	}
}

// The only climb by the clock is L1→L2 of headquarters 8.5–8.7, unassigned.
func TestNothingElseClimbs(t *testing.T) {
	tests := []struct {
		name   string
		make   func(tester) *bench
		warned string
		mails  string // once the target has come
	}{
		{"8.5 of a territorial unit", func(t tester) *bench { b := newBench(t, userUT); open85(b); return b }, "level-due→ut-norte", "level-due→ut-norte level-due→ut-norte"},
		{"8.6 of a territorial unit", func(t tester) *bench { b := newBench(t, userUT); open86(b); return b }, "level-due→ut-norte", "level-due→ut-norte level-due→ut-norte"},
		{"a contact by mail not classified", func(t tester) *bench { return contact(t, userHQ) }, "level-due→mesa-de-ayuda", "level-due→mesa-de-ayuda level-due→mesa-de-ayuda"},
		{"a contact of 8.1", func(t tester) *bench { return classified(t, userHQ, "sigo", "8.1") }, "level-due→mesa-de-ayuda", "level-due→mesa-de-ayuda level-due→mesa-de-ayuda"},
		{"8.1 at Level 2, nobody's", func(t tester) *bench {
			b := newBench(t, userHQ)
			open81(b)
			b.do(headUO, desk.ActApprove)
			return b
		}, "level-due→desarrollo", "level-due→desarrollo level-due→desarrollo"},
		{"8.5 taken at Level 1", func(t tester) *bench { b := newBench(t, userHQ); open85(b); b.do(deskOne, desk.ActTake); return b },
			"level-due→informatica-mesa", "level-due→informatica-mesa level-due→mesa-de-ayuda"},
		{"8.5 assigned at Level 2, not begun", func(t tester) *bench {
			b := newBench(t, userHQ)
			open85(b)
			b.do(assigner, desk.ActAssign, "person", string(support))
			return b
		}, "level-due→soporte-1", "level-due→soporte-1 level-due→soporte"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := test.make(t)
			level, id := b.ticket.Level, b.wait(desk.WaitLevel).ID
			for _, mails := range []string{test.warned, test.warned, test.mails, test.mails} {
				d := b.ring(desk.WaitLevel)
				wantEvents(t, d, "WaitReminded")
				wantMails(t, d, mails)
			}
			if b.ticket.Level != level || b.wait(desk.WaitLevel).ID != id || b.wait(desk.WaitLevel).Round != 5 {
				t.Errorf("level %d, wait %+v: a reminder never makes a new wait", b.ticket.Level, b.wait(desk.WaitLevel))
			}
		})
	}
}

func TestClimbs(t *testing.T) {
	climbs := desk.Ticket{Flow: desk.Flow86, Level: 1, State: desk.Unassigned}
	for name, test := range map[string]struct {
		change func(*desk.Ticket)
		want   bool
	}{
		"unassigned 8.6 at Level 1": {func(*desk.Ticket) {}, true},
		"8.5":                       {func(t *desk.Ticket) { t.Flow = desk.Flow85 }, true},
		"8.7":                       {func(t *desk.Ticket) { t.Flow = desk.Flow87 }, true},
		"8.8":                       {func(t *desk.Ticket) { t.Flow = desk.Flow88 }, false},
		"8.1":                       {func(t *desk.Ticket) { t.Flow = desk.Flow81 }, false},
		"of a UT":                   {func(t *desk.Ticket) { t.Territorial = true }, false},
		"a contact":                 {func(t *desk.Ticket) { t.Contact = true }, false},
		"at Level 2":                {func(t *desk.Ticket) { t.Level = 2 }, false},
		"taken":                     {func(t *desk.Ticket) { t.State = desk.InProgress }, false},
	} {
		x := climbs
		test.change(&x)
		if got := flow.Climbs(x); got != test.want {
			t.Errorf("%s climbs: %v", name, got)
		}
	}
}

func TestClassifiedContactClimbsAsTheTicketItBecame(t *testing.T) {
	b := classified(t, userHQ, "antivirus", "8.5")
	d := b.ringTarget()
	wantEvents(t, d, "LevelEntered")
	if b.ticket.Level != 2 || b.ticket.Team != supTeam {
		t.Errorf("at level %d with %s", b.ticket.Level, b.ticket.Team)
	}
}

func TestQuestionStopsTheClockAndGivesTheTimeBack(t *testing.T) {
	b := atLevel2(t, userHQ)
	due := b.wait(desk.WaitLevel).WakeAt // P2: 8 working hours from the approval
	b.now = tuesday(11, 0)
	d := b.do(developer, desk.ActAsk, "question", "¿Desde qué equipo?")
	wantEvents(t, d, "QuestionAsked RequesterTold")
	wantMails(t, d, "question→requester")
	wantCalls(t, d, "resume escalation 1 level#2")
	wantState(t, b, desk.WaitingUser)
	w := b.wait(desk.WaitPaused)
	if got := flow.AwaitState(w); got != "AwaitRequester" || w.ID != "paused#4" || len(b.waits) != 1 {
		t.Errorf("machine waits in %s for %s", got, waitNames(b.waits))
	}
	if n := d.Notices[0]; n.Wait != "paused#4" || n.Round != 1 || n.Data["question"] != "¿Desde qué equipo?" {
		t.Errorf("question mail %+v does not carry its link", n)
	}
	b.now = tuesday(16, 0) // 4 working hours later: lunch is 13:00–14:00
	d = b.do(userHQ, desk.ActAnswer, "message", "Desde la PC de mesa.")
	wantEvents(t, d, "CommentAdded QuestionAnswered")
	wantMails(t, d, "answered→desarrollo-1")
	wantCalls(t, d, "resume escalation 1 paused#4")
	if b.ticket.Stops != 1 {
		t.Errorf("stopped %d times, want once", b.ticket.Stops)
	}
	want := calendar.Default().AddWorking(due, 4*time.Hour)
	if w := b.wait(desk.WaitLevel); w.ID != "level#5" || !w.WakeAt.Equal(want) {
		t.Errorf("wait %+v, want a new one at %v: the time left", w, want)
	}
}

func TestQuestionIsRepeatedNeverGivenUp(t *testing.T) {
	b := atLevel2(t, userHQ)
	b.do(developer, desk.ActAsk, "question", "¿Desde qué equipo?")
	for round := 2; round <= 4; round++ {
		d := b.ring(desk.WaitPaused)
		wantEvents(t, d, "WaitReminded")
		wantMails(t, d, "question-again→requester")
		if n := d.Notices[0]; n.Round != round || n.Wait != "paused#4" {
			t.Errorf("round %d: mail %+v", round, n)
		}
	}
	wantState(t, b, desk.WaitingUser)
}

// Asked by mail, answered by any way: a reply, a comment, the telephone (7.3).
func TestAnyWordOfWhoAskedIsTheAnswer(t *testing.T) {
	tests := map[string]func(*bench) flow.Decision{
		"a comment in the portal": func(b *bench) flow.Decision { return b.do(userHQ, desk.ActComment, "message", "Ya.") },
		"a mail read by the desk": func(b *bench) flow.Decision {
			return b.do("", desk.ActComment, "message", "Ya.", "sender", string(userHQ), "mail_id", "ses-9")
		},
		"a call of the assignee that reached them": func(b *bench) flow.Decision { return b.do(developer, desk.ActLogContact, logged("yes")...) },
	}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			b := atLevel2(t, userHQ)
			b.do(developer, desk.ActAsk, "question", "¿?")
			answer(b)
			wantState(t, b, desk.InProgress)
			if got := waitNames(b.waits); got != "level#5" {
				t.Errorf("waits %q", got)
			}
		})
	}
	for name, other := range map[string]func(*bench) flow.Decision{
		"a comment of somebody else": func(b *bench) flow.Decision { return b.do(devTwo, desk.ActComment, "message", "Ya.") },
		"a comment of an approver":   func(b *bench) flow.Decision { return b.do(assigner, desk.ActComment, "message", "Ya.") },
		"a mail of somebody else": func(b *bench) flow.Decision {
			return b.do("", desk.ActComment, "message", "Ya.", "sender", string(headUO))
		},
		"a mail of nobody known": func(b *bench) flow.Decision { return b.do("", desk.ActComment, "message", "Ya.") },
		"a call nobody answered": func(b *bench) flow.Decision { return b.do(developer, desk.ActLogContact, logged("no")...) },
		"somebody naming the sender": func(b *bench) flow.Decision {
			return b.do(devTwo, desk.ActComment, "message", "Ya.", "sender", string(userHQ))
		},
		"an internal note":            func(b *bench) flow.Decision { return b.do(developer, desk.ActNote, "message", "Ya.") },
		"another priority, meanwhile": func(b *bench) flow.Decision { return b.do(assigner, desk.ActSetPriority, "priority", "1") },
	} {
		t.Run(name+" is not", func(t *testing.T) {
			b := atLevel2(t, userHQ)
			b.do(developer, desk.ActAsk, "question", "¿?")
			other(b)
			wantState(t, b, desk.WaitingUser)
		})
	}
}

func TestPriorityUpWakesTheMachineEarlier(t *testing.T) {
	b := newBench(t, userHQ)
	open85(b)
	b.waits[0].Token = "token"
	before := b.wait(desk.WaitLevel)
	d := b.do(assigner, desk.ActSetPriority, "priority", "1")
	wantCalls(t, d, "resume escalation 1 level#1")
	if w := b.wait(desk.WaitLevel); !w.WakeAt.Equal(tuesday(9, 30)) || w.ID != before.ID || waitNames(d.Move) != "level#1" || len(d.Open)+len(d.Settle) != 0 || w.Token != "token" {
		t.Errorf("wait %+v, decision moved %q: want the same wait, token and all, at 9:30", w, waitNames(d.Move))
	}
	d = b.do(assigner, desk.ActSetPriority, "priority", "4")
	wantCalls(t, d, "") // later: only the hint moves
	if w := b.wait(desk.WaitLevel); !w.WakeAt.Equal(tuesday(13, 0)) {
		t.Errorf("wait %+v, want half of 8 working hours from the opening", w)
	}
	if _, err := b.try(assigner, desk.ActSetPriority, "priority", "4"); desk.CodeOf(err) != desk.Invalid {
		t.Errorf("the same priority again: %v", err)
	}
}

func TestSuggestedPriorityMayBeConfirmed(t *testing.T) {
	b := newBench(t, userHQ)
	open85(b)
	if !b.ticket.Suggested || b.ticket.Priority != 3 {
		t.Fatalf("form gave priority %d, suggested %v", b.ticket.Priority, b.ticket.Suggested)
	}
	b.do(assigner, desk.ActSetPriority, "priority", "3")
	if b.ticket.Suggested {
		t.Error("confirmed by the desk, it is still called suggested")
	}
}

func TestMissingDataIsAskedThreeTimesThenTheTeamIsTold(t *testing.T) {
	b := newBench(t, userHQ)
	d := open86(b)
	wantEvents(t, d, "TicketOpened DataRequested LevelEntered")
	wantMails(t, d, "received→requester") // one mail: it lists what is missing
	wantCalls(t, d, "start escalation 1") // the date of the data has no machine
	if b.wait(desk.WaitData).ID != "data#1" || d.Notices[0].Wait != "data#1" || d.Notices[0].Round != 1 || d.Notices[0].Data["fields"] != "Código patrimonial" {
		t.Errorf("wait %+v, mail %+v", b.wait(desk.WaitData), d.Notices[0])
	}
	b.do(assigner, desk.ActAssign, "person", string(support))
	for i, want := range []string{"missing-data→requester", "missing-data→requester", "data-due→soporte-1", "data-due→soporte-1"} {
		d := b.ring(desk.WaitData)
		wantEvents(t, d, "WaitReminded")
		if mailNames(d.Notices) != want || d.Notices[0].Data["fields"] != "Código patrimonial" {
			t.Errorf("reminder %d: %q about %q, want %q", i+1, mailNames(d.Notices), d.Notices[0].Data["fields"], want)
		}
	}
	d = b.do(userHQ, desk.ActProvideData, "asset", "740-1")
	wantEvents(t, d, "DataProvided")
	if len(b.ticket.Missing) != 0 || waitNames(d.Settle) != "data#1" || len(d.Calls) != 0 {
		t.Errorf("missing %v, settled %q, calls %q", b.ticket.Missing, waitNames(d.Settle), callNames(d.Calls))
	}
}

func TestDatesThatAreOverChangeNothing(t *testing.T) {
	tests := map[string]func(*bench) desk.WaitID{
		"the wait was settled by the approval": func(b *bench) desk.WaitID {
			b.now = workday(3, 9, 0)
			b.do(headUO, desk.ActApprove)
			return "approval#1"
		},
		"the date has not come":       func(*bench) desk.WaitID { return "approval#1" },
		"one second too early":        func(b *bench) desk.WaitID { b.now = b.waits[0].WakeAt.Add(-time.Second); return "approval#1" },
		"there never was such a wait": func(b *bench) desk.WaitID { b.now = workday(3, 9, 0); return "level#1" },
		"the name is garbage":         func(b *bench) desk.WaitID { b.now = workday(3, 9, 0); return "x" },
		"the ticket ended": func(b *bench) desk.WaitID {
			b.do(userHQ, desk.ActWithdraw)
			b.now = workday(3, 9, 0)
			return "approval#1"
		},
	}
	for name, prepare := range tests {
		t.Run(name, func(t *testing.T) {
			b := openedAt(t, userHQ, tuesday(9, 30))
			id := prepare(b)
			version, mails := b.ticket.Version, len(b.mails)
			d := b.overdue(id) // the bench fails if anything moves without an event
			if len(d.Events)+len(d.Notices) != 0 || b.ticket.Version != version || len(b.mails) != mails {
				t.Errorf("events %q, mails %q", eventNames(d.Events), mailNames(d.Notices))
			}
		})
	}
}

func TestRepeatedTimerDoesItsWorkOnce(t *testing.T) {
	b := openedAt(t, userHQ, tuesday(9, 30))
	b.ring(desk.WaitApproval)
	if d := b.overdue("approval#1"); len(d.Events) != 0 {
		t.Errorf("asked again after a lost answer it did %q", eventNames(d.Events))
	}
}

// Only the machine that asked hears the answer instead of an effect: a sweeper
// that finds the wait late must wake it.
func TestSweeperWakesTheMachineThatSleeps(t *testing.T) {
	b := newBench(t, userHQ)
	b.policy.Warnings = nil
	open85(b)
	w := b.wait(desk.WaitLevel)
	b.now, b.via = w.WakeAt.Add(3*time.Minute), "sweeper"
	wantCalls(t, b.do(desk.Clock, desk.ActOverdue, "wait", string(w.ID)), "resume escalation 1 level#1")
	// A client that calls itself like a machine silences nobody.
	b = newBench(t, userHQ)
	open85(b)
	b.via = "escalation"
	wantCalls(t, b.do(assigner, desk.ActSetPriority, "priority", "1"), "resume escalation 1 level#1")
}

func TestOnlyTheClockIsTheClock(t *testing.T) {
	b := openedAt(t, userHQ, tuesday(9, 30))
	b.now = workday(9, 9, 0)
	for _, who := range append(everybody(), "") {
		if _, err := b.try(who, desk.ActOverdue, "wait", "approval#1"); desk.CodeOf(err) != desk.Forbidden {
			t.Errorf("%q plays the clock: %v", who, err)
		}
	}
	f := b.facts(desk.Clock, nil)
	for _, kind := range []desk.ActKind{desk.ActApprove, desk.ActReject, desk.ActNotMine, desk.ActWithdraw} {
		if _, err := flow.Decide(b.ticket, f, b.act(desk.Clock, kind, pairs("reason", "x"))); desk.CodeOf(err) != desk.Forbidden {
			t.Errorf("the clock does %s: %v", kind, err)
		}
	}
	a := b.act(desk.Clock, desk.ActOverdue, pairs("wait", "approval#1"))
	a.Actor.Assurance = desk.AssuredSession
	if _, err := flow.Decide(b.ticket, f, a); desk.CodeOf(err) != desk.Forbidden {
		t.Errorf("somebody signed in as the clock: %v", err)
	}
}

// The clock never approves nor rejects, however long nobody decides (F16).
func TestTheClockNeverDecides(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	for range 60 {
		d := b.ring(desk.WaitApproval)
		for _, e := range d.Events {
			switch e.(type) {
			case desk.ApprovalReminded, desk.ApprovalPassedOn:
			default:
				t.Fatalf("the clock made %s", e.EventName())
			}
		}
	}
	if b.ticket.State != desk.PendingApproval || b.ticket.Stage != desk.StageUT {
		t.Errorf("after three months: %s %s", b.ticket.State, b.ticket.Stage)
	}
}
