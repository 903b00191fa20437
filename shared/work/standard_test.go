package work_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/work"
)

// pase is the package that 8.1.6 demands.
func pase() []string {
	return []string{"pase_description", "Corrige el guardado", "pase_files", "pases/2026/0001", "pase_rollback", "Restaurar la versión anterior"}
}

// step is one act of the worked example and what it leaves.
type step struct {
	name   string
	who    desk.PersonID
	kind   desk.ActKind
	fields []string
	events string
	waits  string
	outbox string
}

// standard is the worked example of design 14 after its opening.
func standard() []step {
	return []step{
		{"approve(ut)", "jefa-ut-piura", desk.ActApprove, nil, "StageApproved ApprovalRequested", "approval#2",
			"decided→jefa-ut-piura, decide→jefa-supervision, resume approval 1 approval#1"},
		{"approve(uo)", "jefa-supervision", desk.ActApprove, nil, "StageApproved LevelEntered", "level#3",
			"decided→jefa-supervision, resume approval 1 approval#2, start escalation 1"},
		{"take", "desarrollo-1", desk.ActTake, nil, "TicketTaken", "level#3", ""},
		{"hand-over", "desarrollo-1", desk.ActHandOver, pase(), "PaseHandedOver LevelEntered", "level#5",
			"pase→base-de-datos, resume escalation 1 level#3"},
		{"take by BD", "base-de-datos-1", desk.ActTake, nil, "TicketTaken", "level#5", ""},
		{"execution without error", "base-de-datos-1", desk.ActExecutionOK, []string{"interrupts", "no"}, "ExecutionSucceeded LevelEntered", "level#7",
			"execution-ok→desarrollo-1, resume escalation 1 level#5"},
		{"close", "desarrollo-1", desk.ActClose, []string{"solution", "Se corrigió el guardado.", "medium", "mail"}, "RequesterTold TicketClosed RowRegistered", "",
			"closed→usuaria-ut-piura-1, resume escalation 1 level#7"},
	}
}

func eventNames(events []desk.Event) string {
	var names []string
	for _, e := range events {
		names = append(names, e.EventName())
	}
	return strings.Join(names, " ")
}

func waitNames(s work.Stored) string {
	var names []string
	for _, w := range s.Waits {
		names = append(names, string(w.ID))
	}
	return strings.Join(names, " ")
}

// The standard ticket through the road: what each act stores, orders and waits for.
func TestStandardTicketTakesTheRoad(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open81()
	if got, want := b.Outbox(id, 1), "received→usuaria-ut-piura-1, decide→jefa-ut-piura, start approval 1"; got != want {
		t.Errorf("opening orders %q, want %q", got, want)
	}
	for i, step := range standard() {
		b.Advance(10 * time.Minute)
		result := b.Do(step.who, step.kind, id, step.fields...)
		stored := b.Load(id)
		for _, c := range []struct{ what, got, want string }{
			{"events", eventNames(result.Events), step.events},
			{"stored waits", waitNames(stored), step.waits},
			{"waits of the result", waitNames(result.After), step.waits},
			{"outbox", b.Outbox(id, i+2), step.outbox},
		} {
			if c.got != c.want {
				t.Errorf("%s: %s %q, want %q", step.name, c.what, c.got, c.want)
			}
		}
		if diff := cmp.Diff(stored, result.After, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: what the road answers is not what is stored (-stored +answered):\n%s", step.name, diff)
		}
	}
	rows, err := b.Store.Register(t.Context(), "UT-PIURA", "202609")
	if err != nil || len(rows) != 1 || rows[0].N != 1 || rows[0].Staff != "Especialista de Desarrollo 1" || rows[0].Requester != "Usuaria/o 1 de la UT Piura" ||
		rows[0].Description != "No se guardan las actas. Desde ayer" || rows[0].SedeName != "UT Piura" || rows[0].Area != "Supervisión" {
		t.Errorf("register holds %+v, %v", rows, err)
	}
	mustHold(t, b, id)
}

// mustHold holds a ticket against its records: chain, fold, digests, machines.
func mustHold(t *testing.T, b *desktest.Bench, id desk.TicketID) {
	t.Helper()
	stored := b.Load(id)
	records, err := b.Store.Records(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	prev := ""
	for i, rec := range records {
		body, err := rec.Body()
		if err != nil || rec.Seq != i+1 || rec.Prev != prev || rec.Hash != desk.ChainHash(body, prev) {
			t.Errorf("record %d of %s breaks the chain: seq %d, prev %q, hash %q (%v)", i+1, id, rec.Seq, rec.Prev, rec.Hash, err)
		}
		if rec.TextDigest != rec.Texts.Digest(rec.Salt) {
			t.Errorf("record %d: digest %q is not that of its texts", rec.Seq, rec.TextDigest)
		}
		prev = rec.Hash
	}
	if stored.Hash != prev {
		t.Errorf("chain head is %q, want %q", stored.Hash, prev)
	}
	if diff := cmp.Diff(desk.Fold(id, records), stored.Ticket, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("fold of %s is not what is stored (-fold +stored):\n%s", id, diff)
	}
	for _, m := range stored.Machines {
		if e, err := b.Store.Effect(t.Context(), id, m.StartItem); err != nil || e.Op != desk.OpStart || e.Call.Machine != m.Machine {
			t.Errorf("machine %s is started by item %q: %+v, %v", m.Machine, m.StartItem, e, err)
		}
	}
}

// Every act with texts has a salt of its own; one without has none.
func TestEachActIsSaltedAlone(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open81()
	b.Do("jefa-ut-piura", desk.ActApprove, id)
	b.Do("jefa-supervision", desk.ActReject, id, "reason", "No corresponde a su función.")
	records, _ := b.Store.Records(t.Context(), id, 0)
	salts := map[string]bool{}
	for _, rec := range records {
		if (len(rec.Texts) > 0) != (rec.Salt != "" && rec.TextDigest != "") {
			t.Errorf("record %d has texts %v, salt %q and digest %q", rec.Seq, rec.Texts, rec.Salt, rec.TextDigest)
		}
		salts[rec.Salt] = true
	}
	if len(salts) != 3 { // opening, rejection, and none
		t.Errorf("salts %v, want one for each act with texts", salts)
	}
	mustHold(t, b, id)
}

// A ticket reopened and closed again keeps its row's number, and the register
// its count (R87).
func TestReopenedTicketKeepsItsRow(t *testing.T) {
	b := desktest.NewBench(t)
	first, second := closeable(b), closeable(b)
	closing := []string{"solution", "Se cambió la contraseña.", "medium", "mail"}
	b.Do("soporte-1", desk.ActClose, first, closing...)
	b.Do("usuaria-administracion-1", desk.ActReopen, first, "message", "Sigue fallando.")
	b.Do("soporte-1", desk.ActClose, second, closing...)
	b.Do("soporte-1", desk.ActClose, first, "solution", "Ahora sí.", "medium", "mail")
	rows, err := b.Store.Register(t.Context(), "SC", "202609")
	if err != nil || len(rows) != 2 {
		t.Fatalf("register holds %d rows, %v", len(rows), err)
	}
	if rows[0].Ticket != first || rows[0].N != 1 || rows[0].Solution != "Ahora sí." || !rows[0].Reopened || rows[1].Ticket != second || rows[1].N != 2 {
		t.Errorf("rows are %+v", rows)
	}
	if m := b.Load(first).Machines[desk.MachineEscalation]; m.Generation != 2 {
		t.Errorf("the reopened case runs as generation %d of escalation, want 2", m.Generation)
	}
	mustHold(t, b, first)
}

// closeable is an 8.5 ticket of headquarters in the hands of soporte-1.
func closeable(b *desktest.Bench) desk.TicketID {
	b.T.Helper()
	id := b.Open85()
	b.Do("especialista-mesa", desk.ActSetPriority, id, "priority", "3")
	b.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	return id
}

func ExampleFingerprint() {
	act := desk.Act{Kind: desk.ActApprove, Ticket: "01J8", Actor: desk.Actor{Person: "jefa"}}
	later := act
	later.At, later.Version = time.Now(), 7
	other := act
	other.Fields = desk.Fields{"reason": "otro"}
	fmt.Println(work.Fingerprint(act) == work.Fingerprint(later), work.Fingerprint(act) == work.Fingerprint(other))
	// Output: true false
}
