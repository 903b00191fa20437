package flow_test

import (
	"encoding/json"
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/flow"
)

// shareOf is which step of the target a decision told, 0 for none.
func shareOf(d flow.Decision) int {
	for _, e := range d.Events {
		if told, ok := e.(desk.WaitReminded); ok && told.Wait == desk.WaitLevel {
			return told.Step()
		}
	}
	return 0
}

// due is the end of the ticket's target as the portal would say it.
func (b *bench) due() time.Time { return flow.LevelDue(b.ticket, b.facts(b.requester, nil)) }

func wantDue(t *testing.T, b *bench, want time.Time) {
	t.Helper()
	if got := b.due(); !got.Equal(want) {
		t.Errorf("due at %v, want %v", got.In(desk.Lima), want.In(desk.Lima))
	}
}

// wantTold rings the level once, which must tell this step at this moment.
func wantTold(t *testing.T, b *bench, share int, at time.Time) flow.Decision {
	t.Helper()
	d := b.ring(desk.WaitLevel)
	if got := shareOf(d); got != share || !b.now.Equal(at) {
		t.Errorf("told %d %% at %v, want %d %% at %v", got, b.now.In(desk.Lima), share, at.In(desk.Lima))
	}
	return d
}

// Half, three quarters, the whole: whoever has it is warned, then their lead
// hears of it too, then each working day.
func TestWhoHasItIsWarnedBeforeTheTargetComes(t *testing.T) {
	b := held85(t, userHQ) // P3: 16 working hours since Tuesday 9:00
	wantMails(t, wantTold(t, b, 50, workday(1, 9, 0)), "level-due→soporte-1")
	wantMails(t, wantTold(t, b, 75, workday(1, 13, 0)), "level-due→soporte-1")
	d := wantTold(t, b, 100, workday(2, 9, 0))
	wantMails(t, d, "level-due→soporte-1 level-due→soporte")
	wantTold(t, b, 100, workday(3, 8, 30))
	if w := b.wait(desk.WaitLevel); w.ID != "level#2" || w.Round != 5 {
		t.Errorf("wait %+v: a warning never makes a new wait", w)
	}
	for name, want := range map[string]string{"share": "100", "goal": "solution", "due": "2026-09-17T09:00", "taken": "yes", "level": "2"} {
		if got := d.Notices[0].Data[name]; got != want {
			t.Errorf("the mail says %s %q, want %q", name, got, want)
		}
	}
}

func TestNobodyTookItSoTheTeamIsWarned(t *testing.T) {
	b := newBench(t, userHQ)
	open85(b)
	d := wantTold(t, b, 50, tuesday(11, 0))
	wantMails(t, d, "level-due→mesa-de-ayuda")
	if d.Notices[0].Data["goal"] != "response" || d.Notices[0].Data["taken"] != "no" {
		t.Errorf("mail %+v", d.Notices[0].Data)
	}
}

func TestOnlyTheFurthestStepIsToldAndTheOthersAreRecorded(t *testing.T) {
	b := held85(t, userHQ)
	b.now = workday(5, 9, 0)
	d := b.overdue(b.wait(desk.WaitLevel).ID)
	wantEvents(t, d, "WaitReminded")
	if e := d.Events[0].(desk.WaitReminded); e.Share != 100 || e.Missed != 2 || e.Round != 2 {
		t.Errorf("event %+v, want the whole target with two steps passed over", e)
	}
}

func TestWarningsTurnedOffTellNobody(t *testing.T) {
	b := newBench(t, userHQ)
	b.policy.Warnings = nil
	open85(b)
	b.do(assigner, desk.ActAssign, "person", string(support))
	b.do(support, desk.ActTake)
	wantTold(t, b, 100, workday(2, 9, 0))
}

// A policy turned off while its date waits escalates nobody any more.
func TestDeactivatedPolicyDoesNotKeepEscalating(t *testing.T) {
	b := held85(t, userHQ)
	b.now = b.wait(desk.WaitLevel).WakeAt
	b.policy.Warnings = []int{}
	b.policy.AtTarget = []flow.TargetRule{{Do: flow.RemindHolder}}
	d := b.overdue(b.wait(desk.WaitLevel).ID)
	wantEvents(t, d, "")
	wantMails(t, d, "")
	wantMails(t, wantTold(t, b, 100, workday(2, 9, 0)), "level-due→soporte-1")
}

func TestWhatHappensAtTheTargetIsPolicy(t *testing.T) {
	rule := func(p desk.Priority, f desk.FlowCode, l desk.Level, do flow.TargetStep) flow.TargetRule {
		return flow.TargetRule{Priority: p, Flow: f, Level: l, Do: do}
	}
	tests := []struct {
		name  string
		rules []flow.TargetRule
		want  string // events
		mails string
	}{
		{"without rules it climbs where it may", nil, "LevelEntered", "level-changed→soporte level-changed→mesa-de-ayuda level-changed→requester"},
		{"a rule for all", []flow.TargetRule{rule(0, "", 0, flow.RemindHolder)}, "WaitReminded", "level-due→mesa-de-ayuda"},
		{"of the flow", []flow.TargetRule{rule(0, desk.Flow85, 0, flow.TellLead)}, "WaitReminded", "level-due→mesa-de-ayuda level-due→mesa-de-ayuda"},
		{"of another flow", []flow.TargetRule{rule(0, desk.Flow86, 0, flow.RemindHolder)}, "LevelEntered", "level-changed→soporte level-changed→mesa-de-ayuda level-changed→requester"},
		{"of another priority", []flow.TargetRule{rule(1, "", 0, flow.RemindHolder)}, "LevelEntered", "level-changed→soporte level-changed→mesa-de-ayuda level-changed→requester"},
		{"of another level", []flow.TargetRule{rule(0, "", 2, flow.RemindHolder)}, "LevelEntered", "level-changed→soporte level-changed→mesa-de-ayuda level-changed→requester"},
		{"the more particular wins, whatever the order", []flow.TargetRule{rule(3, desk.Flow85, 1, flow.RemindHolder), rule(3, "", 1, flow.Climb), rule(0, "", 0, flow.TellLead)}, "WaitReminded", "level-due→mesa-de-ayuda"},
		{"of two alike the later wins", []flow.TargetRule{rule(3, "", 0, flow.RemindHolder), rule(0, "", 1, flow.TellLead)}, "WaitReminded", "level-due→mesa-de-ayuda level-due→mesa-de-ayuda"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t, userHQ)
			b.policy.AtTarget = test.rules
			open85(b)
			d := b.ringTarget()
			wantEvents(t, d, test.want)
			wantMails(t, d, test.mails)
		})
	}
}

// A policy that says «climb» moves nobody where the procedure does not.
func TestPolicyCannotMoveWhatTheProcedureDoesNot(t *testing.T) {
	b := held85(t, userHQ)
	b.policy.AtTarget = []flow.TargetRule{{Do: flow.Climb}}
	for range 6 {
		if d := b.ring(desk.WaitLevel); eventNames(d.Events) != "WaitReminded" || b.ticket.Level != 2 || b.ticket.Assignee != support {
			t.Fatalf("the clock did %s: level %d with %s", eventNames(d.Events), b.ticket.Level, b.ticket.Assignee)
		}
	}
}

// L1→L2 climbs twice: neither a timer that rings again nor a case that a person
// sent down climbs once more.
func TestLevelOneClimbsOnce(t *testing.T) {
	b := newBench(t, userHQ)
	open85(b)
	id := b.wait(desk.WaitLevel).ID
	b.now = tuesday(14, 0)
	wantEvents(t, b.overdue(id), "LevelEntered")
	if d := b.overdue(id); len(d.Events) != 0 || b.ticket.Level != 2 {
		t.Errorf("the same timer again did %s", eventNames(d.Events))
	}
	b.do(support, desk.ActTake)
	b.do(support, desk.ActEscalate, "level", "4", "reason", "x")
	b.do(network, desk.ActTake)
	b.do(network, desk.ActSendBack, "level", "2", "reason", "x")
	b.do(support, desk.ActSendBack, "level", "1", "reason", "Lo ve la mesa.")
	for range 5 {
		if d := b.ring(desk.WaitLevel); eventNames(d.Events) != "WaitReminded" || b.ticket.Level != 1 {
			t.Fatalf("sent down by a person, the clock did %s", eventNames(d.Events))
		}
	}
}

// Response and solution are two targets: what was told of one says nothing of
// the other.
func TestTakingBeginsTheOtherTarget(t *testing.T) {
	b := newBench(t, userHQ)
	open85(b)
	wantTold(t, b, 50, tuesday(11, 0))
	b.do(assigner, desk.ActAssign, "person", string(support))
	wantTold(t, b, 50, tuesday(13, 0)) // response at Level 2: 4 hours since 11:00
	b.do(support, desk.ActTake)
	if b.ticket.Warned != 0 {
		t.Errorf("told %d %% of a target that just began", b.ticket.Warned)
	}
	wantDue(t, b, workday(2, 9, 0))
	wantTold(t, b, 50, workday(1, 9, 0))
}

// Whoever takes a case late sees its date: the warnings that lie behind are
// passed over, but a target that ended is told at once, and to the lead.
func TestACaseTakenLate(t *testing.T) {
	b := newBench(t, userUT)
	open85(b)
	b.now = workday(1, 11, 0) // 10 of 16 hours
	b.do(expertUT, desk.ActTake)
	wantTold(t, b, 75, workday(1, 13, 0))

	b = newBench(t, userUT)
	open85(b)
	b.now = workday(4, 11, 0)
	b.do(expertUT, desk.ActTake)
	d := b.overdue(b.wait(desk.WaitLevel).ID)
	if shareOf(d) != 100 {
		t.Errorf("taken after its target, told %d %%", shareOf(d))
	}
	wantMails(t, d, "level-due→especialista-ut level-due→ut-norte")
}

func TestALevelsOwnTargetWinsOverThePrioritys(t *testing.T) {
	b := newBench(t, userHQ)
	b.policy.LevelTargets = map[desk.Level]map[desk.Priority]flow.Target{
		2: {3: {Response: 30 * time.Minute}}, 4: {3: {Solution: 24 * time.Hour}}, 1: {1: {Response: time.Minute}},
	}
	open85(b)
	wantDue(t, b, tuesday(13, 0)) // Level 1 has none of its own for P3
	b.do(assigner, desk.ActAssign, "person", string(support))
	wantDue(t, b, tuesday(9, 30))
	goal := flow.GoalOf(b.ticket, b.policy)
	if goal.Level != 2 || goal.Kind != flow.GoalResponse {
		t.Errorf("goal %+v, want Level 2's response", goal)
	}
	b.do(support, desk.ActTake)
	wantDue(t, b, workday(2, 9, 0)) // its solution is the priority's
	if goal := flow.GoalOf(b.ticket, b.policy); goal.Level != 0 {
		t.Errorf("goal %+v, want the priority's", goal)
	}
	b.do(support, desk.ActEscalate, "level", "4", "reason", "x")
	wantDue(t, b, workday(3, 9, 0)) // 24 hours since 9:00
	b.ticket.Priority = 9
	if goal := flow.GoalOf(b.ticket, b.policy); goal.Time != 24*time.Hour {
		t.Errorf("an unknown priority has %v, want P3's", goal.Time)
	}
}

func TestWarningsAreReadHoweverTheyAreWritten(t *testing.T) {
	b := newBench(t, userHQ)
	b.policy.Warnings = []int{90, 10, 90, 0, -5, 100, 250}
	open85(b)
	var shares []int
	for _, s := range flow.Steps(b.ticket, b.facts(userHQ, nil)) {
		shares = append(shares, s.Share)
	}
	if len(shares) != 3 || shares[0] != 10 || shares[1] != 90 || shares[2] != 100 {
		t.Errorf("steps %v, want 10, 90 and 100", shares)
	}
}

// What a policy was stored without holds as it did; what was turned off stays off.
func TestPoliciesStoredBeforeThereWereWarnings(t *testing.T) {
	for text, want := range map[string]int{
		`{"Questions":3600000000000,"Targets":{"1":{"Response":60000000000,"Solution":3600000000000}}}`: 2, `{"Warnings":[]}`: 0, `{"Warnings":null}`: 0, `{"Warnings":[80]}`: 1,
	} {
		p := flow.DefaultPolicy()
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			t.Fatal(err)
		}
		if len(p.Warnings) != want || len(p.AtTarget) != 0 || p.Targets[3].Solution != 16*time.Hour {
			t.Errorf("%s reads as %+v", text, p)
		}
	}
}

func TestCount(t *testing.T) {
	none := func(name string, b *bench) {
		t.Helper()
		if c, ok := flow.Count(b.ticket, b.facts(userHQ, nil)); ok {
			t.Errorf("%s counts down %+v", name, c)
		}
	}
	b := newBench(t, userHQ)
	open81(b)
	none("a case nobody may work on yet", b)
	b = held85(t, userHQ)
	b.now = tuesday(12, 0)
	if c, ok := flow.Count(b.ticket, b.facts(userHQ, nil)); !ok || c.Left != 13*time.Hour || !c.Due.Equal(workday(2, 9, 0)) || c.Stopped {
		t.Errorf("in time %+v", c)
	}
	b.do(support, desk.ActAsk, "question", "¿?")
	b.now = tuesday(16, 0)
	if c, ok := flow.Count(b.ticket, b.facts(userHQ, nil)); !ok || c.Left != 13*time.Hour || !c.Due.IsZero() || !c.Stopped {
		t.Errorf("while it waits %+v", c)
	}
	b.do(userHQ, desk.ActComment, "message", "Sí.")
	b.now = workday(5, 9, 0)
	if c, _ := flow.Count(b.ticket, b.facts(userHQ, nil)); c.Left >= 0 || b.calendar.WorkingBetween(c.Due, b.now) != -c.Left {
		t.Errorf("late %+v", c)
	}
	b.do(support, desk.ActClose, closing()...)
	none("a closed case", b)
	b = held85(t, userUT)
	b.do(expertUT, desk.ActReclassify, "service", "sigo", "flow", "8.1", "reason", "x")
	none("a case that begins anew and waits for its heads", b)
}

// A calendar is of the requester's unit; nothing of it is stored with a date.
func TestCalendarWithOtherHours(t *testing.T) {
	var week calendar.Week
	for day := time.Monday; day <= time.Saturday; day++ {
		week[day] = []calendar.Interval{{Opens: calendar.At(7, 0), Closes: calendar.At(15, 0)}}
	}
	c, err := calendar.New(week)
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, userHQ)
	b.calendar = c
	open85(b)
	wantDue(t, b, tuesday(13, 0)) // no lunch here
}
