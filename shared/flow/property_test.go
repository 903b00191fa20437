package flow_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/flow"
)

// Anybody tries anything at any time. After every act the bench holds the
// ticket against fold, waits, machines and sizes; here the whole story is held
// against a tiny model of the procedure.
func TestAnybodyTriesAnything(t *testing.T) {
	acted(t, func(n *int) { rapid.Check(t, func(t *rapid.T) { anybody(t, n) }) })
}

// anybody is one random story; n counts its acts.
func anybody(t *rapid.T, n *int) {
	b := newBench(t, rapid.SampledFrom([]desk.PersonID{userHQ, userUT, headUT, headUO, support, expertUT, detector, detector}).Draw(t, "requester"))
	begin(t, b)
	for range rapid.IntRange(longest/2, longest).Draw(t, "acts") {
		step(t, b, n)
		mustBeShown(t, b)
	}
	checkStory(t, b)
	checkStored(t, b)
}

// longest is how many things happen in one story at most.
const longest = 800

// begin opens a ticket by one of the ways in.
func begin(t *rapid.T, b *bench) {
	b.now = b.now.Add(time.Duration(rapid.IntRange(0, 7*24*60).Draw(t, "minute")) * time.Minute)
	way := rapid.IntRange(0, 10).Draw(t, "way in")
	if b.requester == detector && way < 4 {
		if way == 3 {
			openMailed(b)
			return
		}
		open83(b)
		return
	}
	switch way {
	case 0, 1:
		open81(b)
	case 2:
		open85(b)
	case 3:
		open86(b)
	case 4:
		open87(b)
	case 5:
		open82(b)
	case 6:
		b.do("", desk.ActContact, "subject", "Ayuda")
	case 7:
		open84(b)
	case 8, 9:
		open88(b)
	default:
		b.via = flow.ViaUnverified
		b.do("", desk.ActContact, "subject", "Ayuda")
	}
}

// step does one thing: time passes, a timer rings, the directory changes or
// somebody acts.
func step(t *rapid.T, b *bench, n *int) {
	switch rapid.IntRange(0, 9).Draw(t, "what") {
	case 0:
		b.now = b.now.Add(time.Duration(rapid.IntRange(1, 4*24*60).Draw(t, "minutes")) * time.Minute)
	case 1, 2:
		ringSomething(t, b)
	case 3:
		if rapid.Bool().Draw(t, "settings") {
			changeSettings(t, b)
			return
		}
		changeDirectory(t, b)
	default:
		*n++
		actSomehow(t, b)
	}
}

func ringSomething(t *rapid.T, b *bench) {
	if len(b.waits) == 0 || rapid.IntRange(0, 4).Draw(t, "stale") == 0 {
		b.overdue(desk.NewWaitID(rapid.SampledFrom([]desk.WaitKind{desk.WaitApproval, desk.WaitLevel, desk.WaitDiagnosis, desk.WaitData}).Draw(t, "kind"), rapid.IntRange(0, 9).Draw(t, "seq")))
		return
	}
	w := rapid.SampledFrom(b.waits).Draw(t, "wait")
	if w.WakeAt.After(b.now) {
		b.now = w.WakeAt.Add(time.Duration(rapid.IntRange(0, 3*24*3600).Draw(t, "late")) * time.Second)
	}
	if rapid.Bool().Draw(t, "sweeper") {
		b.via = "sweeper"
		b.do(desk.Clock, desk.ActOverdue, "wait", string(w.ID))
		return
	}
	b.overdue(w.ID)
}

func changeDirectory(t *rapid.T, b *bench) {
	if rapid.Bool().Draw(t, "teams") {
		b.members = members()
		team := rapid.SampledFrom([]desk.TeamID{supTeam, devTeam, bdTeam, northTeam}).Draw(t, "team")
		b.members[team] = b.members[team][1:]
		return
	}
	stage := rapid.SampledFrom([]desk.Stage{desk.StageUT, desk.StageUO, desk.StageUTI}).Draw(t, "stage")
	b.approval = approvers(b.requester)
	c := b.approval[stage]
	switch rapid.IntRange(0, 2).Draw(t, "change") {
	case 0:
		c.AtOnce, c.Superiors, c.Last = slices.Concat(c.Superiors, c.Last), nil, nil
	case 1:
		c = flow.Candidates{}
	default:
		acting := map[desk.Stage]desk.PersonID{desk.StageUT: actingUT, desk.StageUO: actingUO, desk.StageUTI: actingUTI}[stage]
		b.standsIn(stage, acting, map[desk.Stage]desk.PersonID{desk.StageUT: headUT, desk.StageUO: headUO, desk.StageUTI: headUTI}[stage])
		return
	}
	b.approval[stage] = c
}

// changeSettings: other targets and warnings, other days off, whenever it likes.
func changeSettings(t *rapid.T, b *bench) {
	switch rapid.IntRange(0, 3).Draw(t, "setting") {
	case 0:
		b.policy.Warnings = rapid.SampledFrom([][]int{nil, {50, 75}, {80}, {25, 50, 75, 90}}).Draw(t, "warnings")
	case 1:
		b.policy.AtTarget = rapid.SampledFrom([][]flow.TargetRule{nil, {{Do: flow.RemindHolder}}, {{Flow: desk.Flow85, Do: flow.TellLead}, {Level: 1, Do: flow.Climb}}}).Draw(t, "rules")
	case 2:
		hours := time.Duration(rapid.IntRange(1, 60).Draw(t, "hours")) * time.Hour
		level := desk.Level(rapid.IntRange(1, 5).Draw(t, "level"))
		b.policy.LevelTargets = map[desk.Level]map[desk.Priority]flow.Target{level: {2: {Solution: hours}, 3: {Response: hours / 4, Solution: hours}}}
	default:
		b.calendar = calendar.Default().WithDaysOff(calendar.DateOf(b.now).AddDays(rapid.IntRange(-9, 9).Draw(t, "day off")))
	}
}

// actSomehow lets a person do what they are offered, or anything at all with
// fields that may be wrong.
func actSomehow(t *rapid.T, b *bench) {
	who := rapid.SampledFrom(everybody()).Draw(t, "who")
	kinds := allActs()
	if offers := flow.Offers(b.ticket, b.facts(who, nil)); len(offers) > 0 && rapid.IntRange(0, 4).Draw(t, "offered") > 0 {
		kinds = nil
		for _, o := range offers {
			kinds = append(kinds, o.Act)
		}
	}
	kind := rapid.SampledFrom(kinds).Draw(t, "act")
	fields := validFields(b, kind)
	if kind == desk.ActClassify {
		fields = rapid.SampledFrom([][]string{{"service", "antivirus", "priority", "2"}, {"service", "impresora", "priority", "1"}, {"service", "consultas", "priority", "3"}, {"service", "sgd", "flow", "8.2", "priority", "4"}, {"service", "sigo", "flow", "8.1", "priority", "4"},
			{"service", "reuniones", "priority", "3"}}).Draw(t, "classify")
	}
	if len(fields) > 0 && rapid.IntRange(0, 9).Draw(t, "spoil") == 0 {
		fields = slices.Clone(fields)
		fields[rapid.IntRange(0, len(fields)/2-1).Draw(t, "which")*2+1] = rapid.SampledFrom([]string{"", "x", "\x00", "9", "2026-13-01T00:00"}).Draw(t, "with")
	}
	f, a := b.facts(who, pairs(fields...)), b.act(who, kind, pairs(fields...))
	if kind == desk.ActAttach {
		a.Files = b.files
	}
	first, err := flow.Decide(b.ticket, f, a)
	again, errAgain := flow.Decide(b.ticket, f, a)
	if diff := cmp.Diff(first, again, cmpopts.IgnoreFields(flow.Decision{}, "Row")); diff != "" || fmt.Sprint(err) != fmt.Sprint(errAgain) {
		t.Fatalf("the same act decided twice differs: %v, %v\n%s", err, errAgain, diff)
	}
	checkError(t, err)
	_, _ = b.try(who, kind, fields...)
}

// checkError: a refusal is always a problem that people can read.
func checkError(t *rapid.T, err error) {
	if err == nil {
		return
	}
	p, ok := errors.AsType[*desk.Problem](err)
	if !ok || p.Text == "" || !slices.Contains([]desk.Code{desk.Refused, desk.Forbidden, desk.Invalid, desk.Stale}, p.Code) || p.Code == desk.Invalid && len(p.Fields) == 0 {
		t.Fatalf("refused by %#v", err)
	}
}

// mustBeShown: every ticket has a label, a next step and a state for the register.
func mustBeShown(t *rapid.T, b *bench) {
	x := b.ticket
	if flow.StateLabel(x) == "" || flow.Next(x).Text == "" || flow.Next(x).Clause == "" || len(flow.Closing(x)) == 0 {
		t.Fatalf("state %s of flow %q at level %d cannot be shown", x.State, x.Flow, x.Level)
	}
	for _, m := range desk.Machines() {
		reply := flow.Answer(b.waits, b.machines[m], m, b.machines[m].Generation, b.now)
		if (reply.Next == flow.NextDone) != (reply.Wait == nil) || reply.Next == "" {
			t.Fatalf("machine %s is told %+v", m, reply)
		}
	}
}

// checkStory holds the events of a whole ticket against what the procedure
// never lets happen.
func checkStory(t *rapid.T, b *bench) {
	approvals, levels, announced, rows, received := 0, map[desk.Level]bool{}, 0, 0, desk.Level(0)
	checkAskedOnce(t, b)
	for k, r := range b.records {
		for i, e := range r.Events {
			switch e := e.(type) {
			case desk.StageApproved, desk.StageRejected:
				approvals++
				if r.Actor.Person == b.requester || r.Actor.Person == desk.Clock {
					t.Fatalf("act %d: %s by %s", r.Seq, e.EventName(), r.Actor.Person)
				}
			case desk.StageSkipped, desk.AuthorisedByMail:
				approvals++
			case desk.LevelEntered:
				if stages := flow.Stages(b.ticket.Flow, b.ticket.Territorial); e.Team == "" || !b.ticket.Contact && approvals < len(stages) {
					t.Fatalf("act %d: level %d with team %q after %d decisions", r.Seq, e.Level, e.Team, approvals)
				}
				if _, afterPase := before(r.Events, i).(desk.PaseHandedOver); e.Level == 3 && !levels[3] && !afterPase && e.Why != desk.BecauseRouted && e.Why != desk.BecauseSolved {
					t.Fatalf("act %d: Level 3 without a pase", r.Seq)
				}
				if clock := r.Actor.Person == desk.Clock; clock != (e.Why == desk.BecauseClimbed) {
					t.Fatalf("act %d: %+v by %s", r.Seq, e, r.Actor.Person)
				}
				levels[e.Level] = true
			case desk.TransferAnnounced:
				announced++
			case desk.TransferCancelled, desk.TicketReopened:
				announced = 0
			case desk.RowRegistered:
				rows++
			case desk.VerificationConfirmed:
				if e.ByClock != (r.Actor.Person == desk.Clock) || !e.ByClock && r.Actor.Person != b.requester {
					t.Fatalf("act %d: %+v by %s", r.Seq, e, r.Actor.Person)
				}
			case desk.SolutionReported:
				received = 4
			case desk.SolutionAcknowledged:
				if e.Level != received-1 {
					t.Fatalf("act %d: Level %d acknowledges after Level %d", r.Seq, e.Level, received)
				}
				received = e.Level
			case desk.TicketClosed:
				checkClosed(t, desk.Fold(b.ticket.ID, b.records[:k]), r)
				if r.Actor.Person == desk.Clock {
					t.Fatalf("act %d: closed by the clock", r.Seq)
				}
			}
			if announced > 1 || rows > 1 {
				t.Fatalf("act %d: %d transfer mails, %d rows", r.Seq, announced, rows)
			}
		}
	}
}

// checkAskedOnce: who approved a stage of these approvals is not asked when the
// next opens, and a stage is skipped only for who did, or is asked next.
func checkAskedOnce(t *rapid.T, b *bench) {
	approved := map[desk.PersonID]bool{}
	for _, r := range b.records {
		for i, e := range r.Events {
			switch e := e.(type) {
			case desk.TicketReclassified:
				if e.Moved {
					approved = map[desk.PersonID]bool{}
				}
			case desk.StageApproved:
				approved[r.Actor.Person] = true
			case desk.StageSkipped:
				if approved[e.Person] != e.Approved || e.Person == "" || !e.Approved && !askedNext(r.Events[i:], e.Person) {
					t.Fatalf("act %d: skipped %+v; approved by %v", r.Seq, e, approved)
				}
			case desk.ApprovalRequested:
				for _, a := range e.Asked {
					if approved[a.Person] {
						t.Fatalf("act %d: %s approved already and is asked about stage %s", r.Seq, a.Person, e.Stage)
					}
				}
			}
		}
	}
}

// askedNext: the next stage asks the person, or is itself one that they decided.
func askedNext(events []desk.Event, p desk.PersonID) bool {
	for _, e := range events {
		if next, ok := e.(desk.ApprovalRequested); ok {
			return slices.ContainsFunc(next.Asked, func(a desk.Asked) bool { return a.Person == p })
		}
	}
	return false
}

func before(events []desk.Event, i int) desk.Event {
	if i == 0 {
		return nil
	}
	return events[i-1]
}
