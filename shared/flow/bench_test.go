package flow_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/flow"
)

// tester is what *testing.T and *rapid.T share.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// bench is a desk with one ticket and no infrastructure: it does what package
// work and the store do, and after every act holds the ticket against the
// promises of the design.
type bench struct {
	t         tester
	now       time.Time
	requester desk.PersonID
	ticket    desk.Ticket
	waits     []desk.Wait
	machines  map[desk.Machine]desk.MachineRecord
	records   []desk.Record
	mails     []desk.Notice // of every act so far
	teams     map[desk.Level]desk.TeamID
	members   map[desk.TeamID][]desk.PersonID
	approval  map[desk.Stage]flow.Candidates
	policy    flow.Policy
	calendar  calendar.Calendar
	nextRow   int
	rowState  string // of the ticket's row of Anexo 01
	failed    *desk.Mail
	unsent    int // readers of each notice whose mail is still queued
	family    flow.Family
	given     []string // fields a contact brought
	rooms     roomBook
	via       string // of the next act
	channel   desk.Channel
	byCode    bool              // the next act comes by a signed link, with the digits
	files     []desk.Attachment // that come with an act that attaches
	pase      []desk.Attachment // attached since the last pase
}

func newBench(t tester, requester desk.PersonID) *bench {
	return &bench{t: t, now: tuesday(9, 0), requester: requester, ticket: desk.Ticket{ID: "01J00000000000000000000001"},
		machines: map[desk.Machine]desk.MachineRecord{}, members: members(), approval: approvers(requester), policy: flow.DefaultPolicy(), calendar: calendar.Default(), nextRow: 7, family: flow.Family{Parent: massIncident()},
		files: []desk.Attachment{{Name: "foto.png", Bytes: 3, Key: "files/1"}}, rooms: roomBook{}}
}

// clone is the same desk, to try something on.
func (b *bench) clone() *bench {
	c := *b
	c.waits, c.records, c.mails, c.machines, c.approval = slices.Clone(b.waits), slices.Clone(b.records), slices.Clone(b.mails), maps.Clone(b.machines), maps.Clone(b.approval)
	c.rooms = maps.Clone(b.rooms)
	return &c
}

// facts is the world as it stands for a person.
func (b *bench) facts(who desk.PersonID, fields desk.Fields) flow.Facts {
	id := b.ticket.Service
	if v := fields["service"]; v != "" {
		id = desk.ServiceID(v)
	}
	f := flow.Facts{Now: b.now, Ticket: b.ticket.ID, Number: "2026-004217", Calendar: b.calendar, Policy: b.policy, Rights: rights(who), Party: party(b.requester),
		Service: service(id), Members: b.members, Approval: b.approval, Waits: slices.Clone(b.waits), Machines: b.machines, NextRow: b.nextRow,
		Row: desk.Row{SedeName: "Sede Central", Requester: "Usuaria/o de ejemplo"}, Failed: b.failed, Family: b.family, Given: b.given, Pase: b.pase}
	f.Office, f.Systems, f.Outages = b.calendar, []flow.System{{ID: "sigo", Name: "SIGO", Users: 214}, {ID: "sarh", Name: "SARH"}}, b.outages()
	f.Stops = flow.Stops(b.records)
	f.Mailed = b.approval[desk.StageUTI]
	b.addRooms(&f, fields)
	code := b.ticket.Flow
	if v := fields["flow"]; v != "" {
		code = desk.FlowCode(v)
	} else if only, ok := f.Service.Only(); ok && fields["service"] != "" {
		code = only
	}
	if ways := f.Service.Flows; code == "" && len(ways) == 1 {
		code = ways[0].Flow
	}
	f.Teams = b.teams
	if f.Teams == nil {
		f.Teams = teams(code, f.Party.Territorial)
	}
	if who == desk.Clock || who == "" {
		f.Rights = flow.Rights{Person: who}
	}
	return f
}

// outages are the notices since the last execution, as package work finds them.
func (b *bench) outages() []flow.Outage {
	var list []flow.Outage
	for _, r := range b.records {
		for _, e := range r.Events {
			switch e := e.(type) {
			case desk.InterruptionAnnounced:
				list = append(list, flow.Outage{Seq: r.Seq, System: e.System, Name: "SIGO", StartsAt: e.StartsAt, EndsAt: e.EndsAt, Users: e.Users, Accepted: e.Users - b.unsent})
			case desk.ExecutionSucceeded, desk.ExecutionFailed, desk.TicketReopened:
				list = nil
			}
		}
	}
	return list
}

// act is the wish of a person signed in, or of the clock or the mail intake.
func (b *bench) act(who desk.PersonID, kind desk.ActKind, fields desk.Fields) desk.Act {
	a := desk.Act{Kind: kind, Ticket: b.ticket.ID, Version: b.ticket.Version, At: b.now, Channel: desk.ChannelPortal, Fields: fields,
		Actor: desk.Actor{Person: who, Via: b.via, Assurance: desk.AssuredSession}}
	switch {
	case who == desk.Clock:
		a.Channel, a.Actor.Assurance = desk.ChannelClock, desk.AssuredSelf
	case who == "":
		a.Channel, a.Actor.Assurance = desk.ChannelMail, desk.AssuredSelf
	}
	if b.channel != "" {
		a.Channel = b.channel
	}
	if b.byCode {
		a.Channel, a.Actor.Assurance = desk.ChannelLink, desk.AssuredCode
	}
	if kind == desk.ActDeliverCredential && fields["medium"] == "mail" {
		a.Secret = []byte("cifrado")
	}
	return a
}

// pairs makes fields of name, value, name, value.
func pairs(values ...string) desk.Fields {
	f := desk.Fields{}
	for i := 0; i+1 < len(values); i += 2 {
		f[values[i]] = values[i+1]
	}
	return f
}

// try performs an act if the rules allow it.
func (b *bench) try(who desk.PersonID, kind desk.ActKind, values ...string) (flow.Decision, error) {
	b.t.Helper()
	fields := pairs(values...)
	f := b.facts(who, fields)
	a := b.act(who, kind, fields)
	if kind == desk.ActAttach {
		a.Files = b.files
	}
	d, err := flow.Decide(b.ticket, f, a)
	b.via, b.channel, b.byCode = "", "", false
	if err != nil {
		return d, err
	}
	b.commit(f, a, d)
	return d, nil
}

// do performs an act that must be allowed.
func (b *bench) do(who desk.PersonID, kind desk.ActKind, values ...string) flow.Decision {
	b.t.Helper()
	d, err := b.try(who, kind, values...)
	if err != nil {
		b.t.Fatalf("%s by %q in state %s: %v", kind, who, b.ticket.State, err)
	}
	return d
}

// overdue lets the machine of a wait ask what is due.
func (b *bench) overdue(id desk.WaitID) flow.Decision {
	b.t.Helper()
	b.via = string(id.Kind().Machine())
	return b.do(desk.Clock, desk.ActOverdue, "wait", string(id))
}

// ring moves the clock to the date of the open wait of a kind and lets it ring.
func (b *bench) ring(kind desk.WaitKind) flow.Decision {
	b.t.Helper()
	w := b.wait(kind)
	b.now = w.WakeAt
	return b.overdue(w.ID)
}

// ringTarget lets the clock ring at the level until its target has come.
func (b *bench) ringTarget() flow.Decision {
	b.t.Helper()
	for {
		d := b.ring(desk.WaitLevel)
		if told, ok := d.Events[0].(desk.WaitReminded); !ok || told.Step() == desk.WholeTarget {
			return d
		}
	}
}

// wait is the open wait of a kind.
func (b *bench) wait(kind desk.WaitKind) desk.Wait {
	b.t.Helper()
	i := slices.IndexFunc(b.waits, func(w desk.Wait) bool { return w.ID.Kind() == kind })
	if i < 0 {
		b.t.Fatalf("no wait of kind %s is open: %s", kind, waitNames(b.waits))
	}
	return b.waits[i]
}

// commit stores a decision as the adapters do, and checks the promises.
func (b *bench) commit(f flow.Facts, a desk.Act, d flow.Decision) {
	b.t.Helper()
	if len(d.Events) == 0 {
		if len(d.Open)+len(d.Settle)+len(d.Start)+len(d.Calls) > 0 || !cmp.Equal(d.After, b.ticket) {
			b.t.Fatalf("%s without an event changed something: %+v", a.Kind, d)
		}
		b.redate(d.Move)
		return
	}
	b.checkEnd(d)
	b.checkTold(f, a, d)
	a.Actor.For = d.For
	b.record(desk.Record{Format: desk.RecordFormat, Ticket: b.ticket.ID, Seq: d.After.Version, Act: a.Kind, At: b.now, Actor: a.Actor, Channel: a.Channel, Events: d.Events, Files: d.Files}, d.Texts)
	b.ticket = d.After
	b.store(d)
	b.register(d)
	b.mails = append(b.mails, d.Notices...)
	b.check(f, d)
	b.checkQuiet(a)
}

// checkQuiet: a date that was worked does not ring again at once.
func (b *bench) checkQuiet(a desk.Act) {
	b.t.Helper()
	for _, w := range b.waits {
		if a.Kind == desk.ActOverdue && a.Field("wait") == string(w.ID) && !w.WakeAt.After(b.now) {
			b.t.Fatalf("wait %s rang at %v and wakes again at %v", w.ID, b.now, w.WakeAt)
		}
	}
}

// record keeps the act as it would be read back.
func (b *bench) record(r desk.Record, texts desk.Texts) {
	b.t.Helper()
	body, err := r.Body()
	if err != nil {
		b.t.Fatalf("record: %v", err)
	}
	if r, err = desk.ParseRecord(body, "", ""); err != nil {
		b.t.Fatalf("record: %v", err)
	}
	r.Texts = texts
	b.records = append(b.records, r)
}

func (b *bench) store(d flow.Decision) {
	gone := func(list []desk.Wait) func(desk.Wait) bool {
		return func(w desk.Wait) bool {
			return slices.ContainsFunc(list, func(x desk.Wait) bool { return x.ID == w.ID })
		}
	}
	b.waits = slices.DeleteFunc(slices.Clone(b.waits), gone(d.Settle))
	b.waits = append(append(slices.DeleteFunc(b.waits, gone(d.Move)), d.Move...), d.Open...)
	for _, m := range d.Start {
		b.machines[m.Machine] = m
	}
	b.rooms.store(b.t, d.Days)
}

// register keeps the state of the ticket's row, and holds it against the ticket.
func (b *bench) register(d flow.Decision) {
	b.t.Helper()
	switch {
	case d.Register != nil:
		b.rowState = d.Register.State
	case d.RowState != "":
		b.rowState = d.RowState
	}
	if want := flow.RegisterState(b.ticket); b.ticket.Row > 0 && b.rowState != want || b.ticket.Row == 0 && b.rowState != "" {
		b.t.Fatalf("row %d says %q of a ticket that is %s, want %q", b.ticket.Row, b.rowState, b.ticket.State, want)
	}
}

// checkEnd: after the end nothing happens but words, verifying and reopening.
func (b *bench) checkEnd(d flow.Decision) {
	b.t.Helper()
	if !b.ticket.State.Ended() {
		return
	}
	switch d.Row.Act {
	case desk.ActReopen, desk.ActComment, desk.ActNote, desk.ActReply, desk.ActResend, desk.ActLink, desk.ActAttach, desk.ActShowCredential,
		desk.ActMoveRoom, desk.ActCancelDate, desk.ActShowPIN, desk.ActDeliverRecording:
	case desk.ActLogContact: // a call about a closing whose mail did not arrive
		if b.ticket.State != desk.Closed {
			b.t.Fatalf("%s on a ticket that is %s", d.Row.Act, b.ticket.State)
		}
	case desk.ActConfirmSolved, desk.ActStillFailing, desk.ActOverdue:
		if !b.ticket.Verifying() {
			b.t.Fatalf("%s on a ticket that nobody is to verify", d.Row.Act)
		}
	default:
		b.t.Fatalf("%s on a ticket that is %s gave %s", d.Row.Act, b.ticket.State, eventNames(d.Events))
	}
}

// checkTold: of a local target nothing is told early, no step twice or after a
// later one, and the clock moves a case only where the procedure lets it.
func (b *bench) checkTold(f flow.Facts, a desk.Act, d flow.Decision) {
	b.t.Helper()
	for _, e := range d.Events {
		share := 0
		switch e := e.(type) {
		case desk.WaitReminded:
			if e.Wait != desk.WaitLevel {
				continue
			}
			share = e.Step()
		case desk.LevelEntered:
			if e.Why != desk.BecauseClimbed {
				continue
			}
			share = desk.WholeTarget
			if !flow.Climbs(b.ticket) || e.From != 1 || e.Level != 2 {
				b.t.Fatalf("the clock moved %+v: %+v", b.ticket, e)
			}
		default:
			continue
		}
		steps := flow.Steps(b.ticket, f)
		i := slices.IndexFunc(steps, func(s flow.LevelStep) bool { return s.Share == share })
		if again := share == desk.WholeTarget && b.ticket.Warned == share; i < 0 || b.now.Before(steps[i].At) || share <= b.ticket.Warned && !again || a.Actor.Person != desk.Clock {
			b.t.Fatalf("%d %% told at %v by %s, with %d %% told before; steps %+v", share, b.now, a.Actor.Person, b.ticket.Warned, steps)
		}
		if next := i + 1; next < len(steps) && !b.now.Before(steps[next].At) {
			b.t.Fatalf("%d %% told at %v, though %+v was due", share, b.now, steps[next])
		}
	}
}

// check holds ticket, waits and machines against the promises of design 2 and 5.
func (b *bench) check(f flow.Facts, d flow.Decision) {
	b.t.Helper()
	if diff := cmp.Diff(b.ticket, desk.Fold(b.ticket.ID, b.records), cmpopts.EquateEmpty()); diff != "" {
		b.t.Fatalf("fold(events) is not the ticket after %s (-stored +fold):\n%s", d.Row.Act, diff)
	}
	b.checkStored()
	want := flow.Waits(b.ticket, f)
	byID := func(x, y desk.Wait) int { return strings.Compare(string(x.ID), string(y.ID)) }
	slices.SortFunc(want, byID)
	slices.SortFunc(b.waits, byID)
	ours := cmpopts.IgnoreFields(desk.Wait{}, "Generation", "Token")
	if diff := cmp.Diff(want, b.waits, ours, cmpopts.EquateEmpty()); diff != "" {
		b.t.Fatalf("stored waits after %s are not those of the ticket (-want +stored):\n%s", d.Row.Act, diff)
	}
	for _, w := range b.waits {
		if opened := b.records[w.ID.Seq()-1].At; !w.WakeAt.After(opened) {
			b.t.Fatalf("wait %s of %v wakes at %v, before it began", w.ID, opened, w.WakeAt)
		}
		if m := w.ID.Kind().Machine(); m != "" && (b.machines[m].Generation == 0 || w.Generation != b.machines[m].Generation) {
			b.t.Fatalf("wait %s has generation %d, its machine %s is at %d", w.ID, w.Generation, m, b.machines[m].Generation)
		}
	}
	b.checkRooms()
	if d.Items() > flow.MaxItems {
		b.t.Fatalf("%s writes %d items", d.Row.Act, d.Items())
	}
	over := b.ticket.State.Ended() || b.ticket.State == desk.Joined // its incident waits for it
	if quiet := over && !b.ticket.Verifying(); quiet != (len(b.waits) == 0) {
		b.t.Fatalf("state %s with waits %s", b.ticket.State, waitNames(b.waits))
	}
}

func (b *bench) checkStored() {
	b.t.Helper()
	data, err := json.Marshal(b.ticket)
	if err != nil || len(data) > desk.MaxTicketBytes {
		b.t.Fatalf("ticket takes %d bytes, %v: %s", len(data), err, data)
	}
	back := desk.Ticket{ID: b.ticket.ID, Version: b.ticket.Version}
	if err := json.Unmarshal(data, &back); err != nil || !cmp.Equal(b.ticket, back, cmpopts.EquateEmpty()) {
		b.t.Fatalf("ticket does not come back from %s: %v", data, err)
	}
}

// The short forms in which the tests of the worked example read.

func eventNames(events []desk.Event) string {
	var names []string
	for _, e := range events {
		names = append(names, e.EventName())
	}
	return strings.Join(names, " ")
}

func waitNames(waits []desk.Wait) string {
	var names []string
	for _, w := range waits {
		names = append(names, string(w.ID))
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

func mailNames(notices []desk.Notice) string {
	var names []string
	for _, n := range notices {
		to := string(n.Audience.Person) + string(n.Audience.Team) + string(n.Audience.System)
		if n.Audience.Kind == desk.ToRequester {
			to = "requester"
		}
		names = append(names, string(n.Message)+"→"+to)
	}
	return strings.Join(names, " ")
}

func callNames(calls []flow.Call) string {
	var names []string
	for _, c := range calls {
		names = append(names, strings.TrimSpace(fmt.Sprintf("%s %s %d %s", c.Op, c.Machine, c.Generation, c.Wait)))
	}
	return strings.Join(names, ", ")
}
