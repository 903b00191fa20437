package flow_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

func TestAnswerSaysWhatTheMachineDoesNext(t *testing.T) {
	level := desk.Wait{ID: "level#5", Level: 3, WakeAt: tuesday(16, 0)}
	data := desk.Wait{ID: "data#1", WakeAt: tuesday(16, 0)}
	settled := level
	settled.Settled = true
	one := desk.MachineRecord{Machine: desk.MachineEscalation, Generation: 1}
	wait := &flow.ReplyWait{ID: "level#5", WakeAt: tuesday(16, 0), Seconds: 7 * 3600}
	tests := []struct {
		name       string
		waits      []desk.Wait
		generation int
		want       flow.Reply
	}{
		{"its open wait", []desk.Wait{data, level}, 1, flow.Reply{Next: "AwaitLevel3", Wait: wait}},
		{"nothing left", []desk.Wait{data}, 1, flow.Reply{Next: flow.NextDone}},
		{"settled is over", []desk.Wait{settled}, 1, flow.Reply{Next: flow.NextDone}},
		{"another machine's wait is not its own", []desk.Wait{{ID: "approval#1", Stage: desk.StageUT, WakeAt: tuesday(16, 0)}}, 1, flow.Reply{Next: flow.NextDone}},
		{"an older generation", []desk.Wait{level}, 0, flow.Reply{Next: flow.NextSuperseded}},
		{"a generation of nobody", []desk.Wait{level}, 2, flow.Reply{Next: flow.NextSuperseded}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := flow.Answer(test.waits, one, desk.MachineEscalation, test.generation, tuesday(9, 0))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("reply (-want +got):\n%s", diff)
			}
		})
	}
}

// seconds = ⌈wakeAt − now⌉, 1 to 31,449,600.
func TestSecondsHandedToAMachine(t *testing.T) {
	now := tuesday(9, 0)
	for wake, want := range map[time.Duration]int64{
		-time.Hour: 1, -time.Nanosecond: 1, 0: 1, time.Nanosecond: 1, time.Second: 1, time.Second + 1: 2, 90*time.Second + 500*time.Millisecond: 91,
		364 * 24 * time.Hour: 31_449_600, 364*24*time.Hour + 1: 31_449_600, 5000 * 24 * time.Hour: 31_449_600,
	} {
		waits := []desk.Wait{{ID: "level#1", Level: 1, WakeAt: now.Add(wake)}}
		got := flow.Answer(waits, desk.MachineRecord{Generation: 1}, desk.MachineEscalation, 1, now)
		if got.Wait.Seconds != want {
			t.Errorf("%v ahead: %d seconds, want %d", wake, got.Wait.Seconds, want)
		}
	}
}

func TestEveryWaitHasItsAwaitState(t *testing.T) {
	tests := []struct {
		wait desk.Wait
		want string
	}{
		{desk.Wait{ID: "approval#1", Stage: desk.StageUT}, "AwaitUtHead"},
		{desk.Wait{ID: "approval#1", Stage: desk.StageUO}, "AwaitOrganicUnitHead"},
		{desk.Wait{ID: "approval#1", Stage: desk.StageUTI}, "AwaitUtiHead"},
		{desk.Wait{ID: "level#1", Level: 1}, "AwaitLevel1"},
		{desk.Wait{ID: "level#1", Level: 5}, "AwaitLevel5"},
		{desk.Wait{ID: "paused#1"}, "AwaitRequester"},
		{desk.Wait{ID: "paused#1", Vendor: true}, "AwaitVendor"},
		{desk.Wait{ID: "diagnosis#1"}, "AwaitDiagnosis"},
		{desk.Wait{ID: "custody#1"}, "AwaitCustody"},
		{desk.Wait{ID: "return#1"}, "AwaitReturn"},
		{desk.Wait{ID: "data#1"}, ""},
	}
	for _, test := range tests {
		if got := flow.AwaitState(test.wait); got != test.want {
			t.Errorf("%+v is kept in %q, want %q", test.wait, got, test.want)
		}
	}
}

// A stored date never lies before the real one.
func TestDatesAreWholeSecondsRoundedUp(t *testing.T) {
	b := newBench(t, userHQ)
	b.now = tuesday(9, 0).Add(1)
	open85(b)
	f := b.facts(userHQ, nil)
	x := b.ticket
	x.LevelAt.At = tuesday(9, 0).Add(time.Nanosecond)
	if w := flow.Waits(x, f)[0].WakeAt; !w.Equal(tuesday(11, 0).Add(time.Second)) || w.Location() != time.UTC {
		t.Errorf("wakes at %v", w)
	}
}

func TestDefaultPolicyIsTheOneOfTheIssue(t *testing.T) {
	p := flow.DefaultPolicy()
	for priority, want := range map[desk.Priority][2]int{1: {1, 4}, 2: {2, 8}, 3: {4, 16}, 4: {8, 40}} {
		if got := p.Targets[priority]; got.Response != time.Duration(want[0])*time.Hour || got.Solution != time.Duration(want[1])*time.Hour {
			t.Errorf("P%d: %+v, want %v hours", priority, got, want)
		}
	}
	if p.Diagnosis != time.Hour || p.DiagnosisWorking {
		t.Errorf("diagnosis counts %v, working %v", p.Diagnosis, p.DiagnosisWorking)
	}
	b := newBench(t, userHQ)
	b.policy.Targets = map[desk.Priority]flow.Target{3: {Response: time.Hour, Solution: 2 * time.Hour}}
	b.do(userHQ, desk.ActOpen, "service", "antivirus", "subject", "x", "description", "y")
	b.ticket.Priority = 9
	if due := flow.LevelDue(b.ticket, b.facts(userHQ, nil)); !due.Equal(tuesday(10, 0)) {
		t.Errorf("an unknown priority is due at %v, want P3's", due)
	}
}

// Response counts from the entry to the level, solution from when work could begin.
func TestTargetsOfALevel(t *testing.T) {
	b := atLevel2(t, userHQ) // P2, taken at 9:00
	b.now = tuesday(12, 0)
	b.do(developer, desk.ActHandOver, pase()...)
	if due := flow.LevelDue(b.ticket, b.facts(userHQ, nil)); !due.Equal(workday(1, 9, 0)) { // 8 working hours since 9:00
		t.Errorf("at Level 3 it is due at %v: the solution target goes on", due)
	}
	if w := b.wait(desk.WaitLevel); !w.WakeAt.Equal(tuesday(13, 0)) {
		t.Errorf("at Level 3 it wakes at %v, want half of the target", w.WakeAt)
	}
	b.now = workday(1, 10, 0)
	b.do(database, desk.ActTake)
	b.do(database, desk.ActExecutionError, "interrupts", "no", "message", "x")
	if w := b.wait(desk.WaitLevel); !w.WakeAt.Equal(workday(1, 10, 0).Add(time.Second)) {
		t.Errorf("entered after a target nobody was told of, it wakes at %v, want at once", w.WakeAt)
	}
	b.ring(desk.WaitLevel)
	b.do(developer, desk.ActHandOver, pase()...)
	if w := b.wait(desk.WaitLevel); !w.WakeAt.Equal(workday(2, 8, 30)) {
		t.Errorf("told already, it wakes at %v, want the next working day", w.WakeAt)
	}
}

// Somebody who takes over a case already reminded does not set it ringing anew.
func TestTakingOverDoesNotRingAgain(t *testing.T) {
	b := held85(t, userHQ)
	b.ring(desk.WaitLevel)
	before := b.wait(desk.WaitLevel)
	d := b.do(supportTwo, desk.ActTake)
	if after := b.wait(desk.WaitLevel); !after.WakeAt.Equal(before.WakeAt) || after.Round != before.Round || len(d.Calls) != 0 {
		t.Errorf("taking moved %+v to %+v", before, after)
	}
}
