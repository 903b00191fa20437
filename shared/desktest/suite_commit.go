package desktest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// MustCommit commits and reads the ticket back.
func MustCommit(t *testing.T, s work.Store, c work.Commit) work.Stored {
	t.Helper()
	if err := s.Commit(t.Context(), c); err != nil {
		t.Fatalf("commit %s of %s: %v", c.Record.Act, c.After.ID, err)
	}
	return MustLoad(t, s, c.After.ID)
}

// MustLoad reads a ticket.
func MustLoad(t *testing.T, s work.Store, id desk.TicketID) work.Stored {
	t.Helper()
	stored, err := s.Load(t.Context(), id)
	if err != nil {
		t.Fatalf("load %s: %v", id, err)
	}
	return stored
}

// wantErr holds an error against the one expected.
func wantErr(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("got error %v, want %v", got, want)
	}
}

func wantCode(t *testing.T, got error, want desk.Code) {
	t.Helper()
	if desk.CodeOf(got) != want {
		t.Errorf("got error %v, want code %s", got, want)
	}
}

func noErr(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func opensTicket(t *testing.T, s Contract) {
	c := Open(ID(1), "2026-000001", Wednesday())
	c.Keys = []work.Key{FormKey(c, "k1")}
	got := MustCommit(t, s, c)
	same(t, got, work.Stored{Ticket: c.After, Hash: c.Record.Hash, Waits: c.Open,
		Machines: map[desk.Machine]desk.MachineRecord{desk.MachineApproval: c.Machines[0]}})
	records, err := s.Records(t.Context(), ID(1), 0)
	noErr(t, err)
	same(t, records, []desk.Record{c.Record})
	same(t, desk.Fold(ID(1), records), got.Ticket)
	effects, err := s.Effects(t.Context(), ID(1))
	noErr(t, err)
	same(t, effects, c.Effects)
	one, err := s.Effect(t.Context(), ID(1), "1.2")
	noErr(t, err)
	same(t, one, c.Effects[1])
	records, err = s.Records(t.Context(), ID(1), 1)
	noErr(t, err)
	if len(records) != 0 {
		t.Errorf("%d records after the last", len(records))
	}
}

func absentTicket(t *testing.T, s Contract) {
	for _, id := range []desk.TicketID{ID(404), "", "META", "#", "../../x", "\xff\x00", desk.TicketID(strings.Repeat("7", 5000))} {
		_, err := s.Load(t.Context(), id)
		wantCode(t, err, desk.NotFound)
		_, err = s.Effect(t.Context(), id, "1.1")
		wantCode(t, err, desk.NotFound)
	}
	for _, ref := range []string{"", "no ref", "1", "1.", ".1", "-1.1", "1.1.1", "99999999999999999999.1"} {
		_, err := s.Effect(t.Context(), ID(404), ref)
		wantCode(t, err, desk.NotFound)
	}
	records, err := s.Records(t.Context(), ID(404), 0)
	if len(records) > 0 || err != nil {
		t.Errorf("records of no ticket: %v, %v", records, err)
	}
	texts, err := s.Texts(t.Context(), ID(404), 1)
	if len(texts) > 0 || err != nil {
		t.Errorf("texts of no ticket: %v, %v", texts, err)
	}
}

func staleCommit(t *testing.T, s Contract) {
	first := Open(ID(1), "2026-000001", Wednesday())
	before := MustCommit(t, s, first)
	wantErr(t, s.Commit(t.Context(), Open(ID(1), "2026-000002", Wednesday())), work.ErrConflict)
	note := Act(before, desk.ActNote, Assigner, Wednesday().Add(time.Minute), desk.NoteAdded{})
	MustCommit(t, s, note)
	late := Act(before, desk.ActNote, Developer, Wednesday().Add(time.Hour), desk.NoteAdded{})
	wantErr(t, s.Commit(t.Context(), late), work.ErrConflict)
	absent := Act(work.Stored{Ticket: desk.Ticket{ID: ID(9), Version: 1}}, desk.ActNote, Developer, Wednesday(), desk.NoteAdded{})
	wantErr(t, s.Commit(t.Context(), absent), work.ErrConflict)
}

func nothingBehind(t *testing.T, s Contract) {
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	MustCommit(t, s, Act(before, desk.ActNote, Assigner, Wednesday(), desk.NoteAdded{}))
	late := Texts(Act(before, desk.ActClose, Developer, Wednesday(), desk.TicketClosed{Solution: true}), desk.Texts{"solution": "x"})
	late = Wait(late, desk.Wait{ID: "level#2", Level: 2, WakeAt: Wednesday(), Round: 1})
	late.Effects = []desk.Effect{Mail(late, 1, desk.Mail{Message: desk.MailClosed, To: "a@qw.gob.pe"})}
	late.Keys = []work.Key{FormKey(late, "late")}
	late.Row = &desk.Row{Sede: TheSede, Period: "202609", N: 1, Ticket: ID(1), At: Wednesday()}
	wantErr(t, s.Commit(t.Context(), late), work.ErrConflict)
	got := MustLoad(t, s, ID(1))
	if got.Ticket.State == desk.Closed || len(got.Waits) != 1 {
		t.Errorf("the refused act is seen: %+v", got)
	}
	if _, ok, err := s.FindKey(t.Context(), late.Keys[0].Scope, "late", Wednesday()); ok || err != nil {
		t.Errorf("the refused act's key: %v, %v", ok, err)
	}
	n, err := s.NextRow(t.Context(), TheSede, "202609")
	noErr(t, err)
	_, err = s.Effect(t.Context(), ID(1), "2.1")
	wantCode(t, err, desk.NotFound)
	if n != 1 {
		t.Errorf("the register moved to %d", n)
	}
}

func waitLife(t *testing.T, s Contract) {
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	w := before.Waits[0]
	w.WakeAt, w.Round, w.Asked = w.WakeAt.Add(4*time.Hour), 2, []desk.Asked{{Person: UTHead, Round: 2}, {Person: StandIn, For: UTHead, Round: 2}}
	move := Act(before, desk.ActOverdue, desk.Clock, Wednesday().Add(4*time.Hour), desk.ApprovalReminded{Round: 2})
	move.Move = []desk.Wait{w}
	moved := MustCommit(t, s, move)
	same(t, moved.Waits, []desk.Wait{w})

	again := Act(moved, desk.ActNote, UTHead, Wednesday(), desk.NoteAdded{})
	again.Open = []desk.Wait{w}
	wantErr(t, s.Commit(t.Context(), again), work.ErrConflict)

	approve := Act(moved, desk.ActApprove, UTHead, Wednesday().Add(5*time.Hour), desk.StageApproved{Stage: desk.StageUT})
	approve.Settle = []desk.Wait{w}
	approve.Open = []desk.Wait{{ID: "approval#3", Stage: desk.StageUO, WakeAt: Wednesday().Add(9 * time.Hour), Round: 1, Generation: 1}}
	settled := MustCommit(t, s, approve)
	same(t, settled.Waits, approve.Open)

	for _, c := range []work.Commit{
		{Settle: []desk.Wait{w}}, {Move: []desk.Wait{w}}, {Settle: []desk.Wait{{ID: "level#77"}}}, {Move: []desk.Wait{{ID: "level#77"}}},
	} {
		act := Act(settled, desk.ActNote, UTHead, Wednesday(), desk.NoteAdded{})
		act.Settle, act.Move = c.Settle, c.Move
		wantErr(t, s.Commit(t.Context(), act), work.ErrConflict)
	}
}

func machineGeneration(t *testing.T, s Contract) {
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	start := Call(Act(before, desk.ActNote, UTHead, Wednesday()), 53, desk.OpStart, desk.MachineCall{Machine: desk.MachineApproval, Generation: 2})
	noErr(t, s.Heal(t.Context(), ID(1), desk.MachineApproval, 1, start, Wednesday()))
	stale := Act(before, desk.ActReopen, Asker, Wednesday(), desk.NoteAdded{})
	stale.Machines = []desk.MachineRecord{{Machine: desk.MachineApproval, Generation: 2}}
	wantErr(t, s.Commit(t.Context(), stale), work.ErrConflict)
	now := MustLoad(t, s, ID(1))
	next := Act(now, desk.ActReopen, Asker, Wednesday(), desk.NoteAdded{})
	next.Machines = []desk.MachineRecord{{Machine: desk.MachineApproval, Generation: 3, StartItem: "2.1"}, {Machine: desk.MachineHardware, Generation: 1}}
	got := MustCommit(t, s, next)
	same(t, got.Machines, map[desk.Machine]desk.MachineRecord{desk.MachineApproval: next.Machines[0], desk.MachineHardware: next.Machines[1]})
}

func rightsCheck(t *testing.T, s Contract) {
	noErr(t, s.SaveDirectory(t.Context(), Records(), 0))
	d, err := s.Directory(t.Context())
	noErr(t, err)
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	r := Records()
	r.Heads[0].Person = StandIn // the UT head lost the post
	noErr(t, s.SaveDirectory(t.Context(), r, 1))
	act := Act(before, desk.ActApprove, UTHead, Wednesday(), desk.StageApproved{Stage: desk.StageUT})
	act.Checks = []work.RightsCheck{{Person: UTHead, Revision: d.Rights[UTHead]}}
	wantErr(t, s.Commit(t.Context(), act), work.ErrConflict)
	act.Checks = []work.RightsCheck{{Person: UnitHead, Revision: d.Rights[UnitHead]}, {Person: "P-NOBODY", Revision: 0}}
	MustCommit(t, s, act)
}

func tooLong(t *testing.T, s Contract) {
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	act := Act(before, desk.ActNote, Assigner, Wednesday(), desk.NoteAdded{})
	act.After.Subject = strings.Repeat("ñ", 4*desk.MaxTicketBytes)
	err := s.Commit(t.Context(), act)
	if err == nil || errors.Is(err, work.ErrConflict) || !strings.Contains(err.Error(), string(ID(1))) {
		t.Errorf("got %v, want an error that names the ticket", err)
	}
}

func textsApart(t *testing.T, s Contract) {
	first := Open(ID(1), "2026-000001", Wednesday())
	before := MustCommit(t, s, first)
	quiet := Act(before, desk.ActTake, Developer, Wednesday(), desk.TicketTaken{Level: 2})
	MustCommit(t, s, quiet)
	texts, err := s.Texts(t.Context(), ID(1), 1)
	noErr(t, err)
	same(t, texts, first.Record.Texts)
	texts, err = s.Texts(t.Context(), ID(1), 2)
	noErr(t, err)
	if len(texts) > 0 {
		t.Errorf("an act without texts has %v", texts)
	}
	records, err := s.Records(t.Context(), ID(1), 0)
	noErr(t, err)
	same(t, records, []desk.Record{first.Record, quiet.Record})
}
