package approve_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"mesa/shared/access"
	"mesa/shared/approve"
	"mesa/shared/desk"
	"mesa/shared/work"
)

// A form is checked whole before its code counts.
func TestVoteIsCheckedBeforeTheCodeCounts(t *testing.T) {
	o := newOffice(t)
	id, token, code := o.asked()
	tests := []struct {
		name string
		vote approve.Vote
		want string
	}{
		{"nothing chosen, nothing typed", approve.Vote{}, "choice code"},
		{"a choice that is none", approve.Vote{Choice: "yes", Code: code}, "choice"},
		{"no without a reason", approve.Vote{Choice: "reject", Code: code}, "reason"},
		{"not mine without a reason", approve.Vote{Choice: "not-mine", Code: code}, "reason"},
		{"a reason too long", approve.Vote{Choice: "reject", Code: code, Reason: strings.Repeat("é", 4001)}, "reason"},
		{"no code", approve.Vote{Choice: "approve"}, "code"},
		{"half a code", approve.Vote{Choice: "approve", Code: "123"}, "code"},
		{"letters", approve.Vote{Choice: "approve", Code: "abcdef"}, "code"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q, err := o.desk.Decide(t.Context(), token, test.vote)
			wantFields(t, err, test.want)
			if q.Standing != approve.Open || q.TriesLeft != approve.MaxTries {
				t.Errorf("stands %q with %d tries left", q.Standing, q.TriesLeft)
			}
		})
	}
	o.wantVersion(id, 1)
}

// Five wrong codes lock the link for fifteen minutes, not for good; the right
// code does not open a lock.
func TestFiveWrongCodesLockForFifteenMinutes(t *testing.T) {
	o := newOffice(t)
	id, token, code := o.asked()
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}
	for i := 1; i <= approve.MaxTries; i++ {
		q, err := o.decide(token, "approve", "", wrong)
		wantFields(t, err, "code")
		if want := approve.MaxTries - i; i < approve.MaxTries && (q.Standing != approve.Open || q.TriesLeft != want) {
			t.Errorf("try %d: stands %q, %d left; want open, %d", i, q.Standing, q.TriesLeft, want)
		}
	}
	o.Advance(approve.LockTime - time.Second)
	q, err := o.decide(token, "approve", "", code)
	if err != nil || q.Standing != approve.Locked || !q.LockedTo.Equal(o.Time().Add(time.Second)) {
		t.Errorf("one second before the end: stands %q until %v, %v", q.Standing, q.LockedTo, err)
	}
	o.wantVersion(id, 1)
	o.Advance(time.Second)
	if q := o.wantStanding(token, approve.Open); q.TriesLeft != approve.MaxTries {
		t.Errorf("%d tries left after the lock, want all", q.TriesLeft)
	}
	if q, err := o.decide(token, "approve", "", code[:3]+" "+code[3:]); err != nil || q.Standing != approve.Decided {
		t.Errorf("after the lock: stands %q, %v", q.Standing, err)
	}
}

// A vote is the person's own act, assured by the code, and tells in whose post.
func TestVotesAreRecorded(t *testing.T) {
	tests := []struct {
		choice, reason string
		event          string
		want           approve.Standing
		outbox         string
	}{
		{"approve", "", "StageApproved", approve.Decided, "decided→jefa-ut-piura, decide→jefa-supervision, resume approval 1 approval#1"},
		{"reject", "No procede.", "StageRejected", approve.Decided, "decided→jefa-ut-piura, rejected→usuaria-ut-piura-1, rejected→informatica.ut-piura, resume approval 1 approval#1"},
	}
	for _, test := range tests {
		t.Run(test.choice, func(t *testing.T) {
			o := newOffice(t)
			id, token, code := o.asked()
			q, err := o.decide(token, test.choice, test.reason, code)
			if err != nil || q.Standing != test.want || q.DecidedBy != head || q.Approved != (test.choice == "approve") || q.Stage != desk.StageUT {
				t.Fatalf("stands %q by %q, approved %t, stage %s, %v", q.Standing, q.DecidedBy, q.Approved, q.Stage, err)
			}
			rec := q.View.Records[1]
			if rec.Actor.Person != head || rec.Actor.Assurance != desk.AssuredCode || rec.Channel != desk.ChannelLink || rec.Events[0].EventName() != test.event || rec.Actor.Via != q.Link.ID() {
				t.Errorf("record is %+v", rec)
			}
			if got := o.Outbox(id, 2); got != test.outbox {
				t.Errorf("outbox %q, want %q", got, test.outbox)
			}
		})
	}
}

// «No me corresponde» asks the next in line; the link then says so, each time.
func TestNotMineAsksTheNext(t *testing.T) {
	o := newOffice(t)
	id, token, code := o.asked()
	for range 2 {
		q, err := o.decide(token, "not-mine", "No es de mi área.", code)
		if err != nil || q.Standing != approve.Declined {
			t.Fatalf("stands %q, %v", q.Standing, err)
		}
	}
	o.wantVersion(id, 2)
	if ticket := o.Load(id).Ticket; len(ticket.Asked) == 0 || ticket.Asked[0].Person == head {
		t.Errorf("asked now: %+v", ticket.Asked)
	}
}

// F13: fifty decisions at once are one; everybody sees it, no one an error.
func TestFiftyDecisionsAtOnceAreOne(t *testing.T) {
	o := newOffice(t)
	id, token, code := o.asked()
	questions := make([]approve.Question, 50)
	var wg sync.WaitGroup
	for i := range questions {
		wg.Go(func() {
			choice, reason := "approve", ""
			if i%2 == 1 {
				choice, reason = "reject", "No procede."
			}
			q, err := o.desk.Decide(context.Background(), token, approve.Vote{Choice: choice, Reason: reason, Code: code})
			if err != nil {
				t.Errorf("decision %d: %v", i, err)
			}
			questions[i] = q
		})
	}
	wg.Wait()
	decided := 0
	records, err := o.Store.Records(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	approved := false
	for _, rec := range records {
		for _, e := range rec.Events {
			switch e.(type) {
			case desk.StageApproved:
				decided, approved = decided+1, true
			case desk.StageRejected:
				decided++
			}
		}
	}
	if decided != 1 {
		t.Errorf("%d decisions, want 1", decided)
	}
	for i, q := range questions {
		if q.Standing != approve.Decided || q.Approved != approved {
			t.Errorf("decision %d reads %q approved %t, want decided, %t", i, q.Standing, q.Approved, approved)
		}
	}
}

// Opening a link a thousand times, by whomever, decides nothing (F18).
func TestAskingChangesNothing(t *testing.T) {
	o := newOffice(t)
	id, token, _ := o.asked()
	for range 100 {
		o.wantStanding(token, approve.Open)
	}
	o.wantVersion(id, 1)
}

// A question to who asked is answered by its link, once.
func TestAnswerByLink(t *testing.T) {
	o := newOffice(t)
	id := o.Open85()
	o.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	o.Do("soporte-1", desk.ActAsk, id, "question", "¿Cuál es su usuario?")
	token, _ := o.token(o.link(id, "paused#3", "usuaria-administracion-1", 1))
	if q := o.ask(token, access.Answers); q.Standing != approve.Open {
		t.Fatalf("stands %q", q.Standing)
	}
	_, err := o.desk.Answer(t.Context(), token, desk.Fields{})
	wantFields(t, err, "message")
	for _, text := range []string{"Es prueba.", "Es otro."} {
		q, err := o.desk.Answer(t.Context(), token, desk.Fields{"message": text})
		if err != nil || q.Standing != approve.Decided {
			t.Errorf("%s: stands %q, %v", text, q.Standing, err)
		}
	}
	o.wantVersion(id, 4)
}

// Missing data may arrive in parts by the same link; the same part twice is one.
func TestMissingDataInParts(t *testing.T) {
	o := newOffice(t)
	who := desk.PersonID("usuaria-administracion-1")
	id := o.Do(who, desk.ActOpen, "", "service", "hardware-printers", "flow", "8.6", "subject", "No imprime", "description", "Se atasca.").After.Ticket.ID
	token, _ := o.token(o.link(id, "data#1", who, 1))
	steps := []struct {
		fields  desk.Fields
		want    approve.Standing
		version int
	}{
		{desk.Fields{"asset": "740895000001"}, approve.Open, 2},
		{desk.Fields{"asset": "740895000001"}, approve.Open, 2},
		{desk.Fields{"equipment": "Impresora", "goods": "printer", "office": "201"}, approve.Decided, 3},
		{desk.Fields{"office": "202"}, approve.Decided, 3},
	}
	for _, step := range steps {
		q, err := o.desk.Answer(t.Context(), token, step.fields)
		if err != nil || q.Standing != step.want {
			t.Errorf("%v: stands %q, %v; want %q", step.fields, q.Standing, err, step.want)
		}
		o.wantVersion(id, step.version)
	}
}

// A road that is busy, or broken, is not a decision.
func TestRoadFails(t *testing.T) {
	tests := []struct {
		name string
		err  error
		code desk.Code
	}{
		{"busy to the end", desk.NewProblem(desk.Busy, "", "x"), desk.Busy},
		{"refused", desk.NewProblem(desk.Refused, "8.1.4", "x"), desk.Refused},
		{"internal", errors.New("throttled"), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := newOffice(t)
			_, token, code := o.asked()
			o.desk.Road = failing{test.err}
			q, err := o.decide(token, "approve", "", code)
			if err == nil || desk.CodeOf(err) != test.code || q.Standing != approve.Open {
				t.Errorf("stands %q, %v; want open and code %q", q.Standing, err, test.code)
			}
		})
	}
}

type failing struct{ err error }

func (f failing) Perform(context.Context, desk.Act) (work.Result, error) {
	return work.Result{}, f.err
}

// Somebody writes a note between the reading and the vote: the vote is taken all
// the same, on the ticket as it stands then.
func TestVoteOnATicketThatChangedMeanwhile(t *testing.T) {
	o := newOffice(t)
	id, token, code := o.asked()
	notes := 0
	o.desk.Road = before{o.Road, func() {
		if notes++; notes <= 2 {
			o.Do("especialista-mesa", desk.ActNote, id, "message", "Una nota.")
		}
	}}
	if q, err := o.decide(token, "approve", "", code); err != nil || q.Standing != approve.Decided || !q.Approved {
		t.Errorf("stands %q, %v", q.Standing, err)
	}
	o.wantVersion(id, 4)
}

// before does something before each act.
type before struct {
	road approve.Performer
	do   func()
}

func (b before) Perform(ctx context.Context, act desk.Act) (work.Result, error) {
	b.do()
	return b.road.Perform(ctx, act)
}

// The approval that asked the second question did not answer it.
func TestSecondStageEndsByItsOwnEvents(t *testing.T) {
	o := newOffice(t)
	id := o.Open81()
	o.Do(head, desk.ActApprove, id)
	token, code := o.token(o.link(id, "approval#2", "jefa-supervision", 1))
	if q := o.wantStanding(token, approve.Open); q.Stage != desk.StageUO {
		t.Errorf("stage %q", q.Stage)
	}
	o.Do("usuaria-ut-piura-1", desk.ActWithdraw, id)
	o.wantStanding(token, approve.Withdrawn)
	if q, err := o.decide(token, "approve", "", code); err != nil || q.Standing != approve.Withdrawn {
		t.Errorf("stands %q, %v", q.Standing, err)
	}
}

// A question that ended without an answer does not claim another's.
func TestQuestionsEndByTheirOwnEvents(t *testing.T) {
	o := newOffice(t)
	who := desk.PersonID("usuaria-administracion-1")
	id := o.Do(who, desk.ActOpen, "", "service", "hardware-printers", "flow", "8.6", "subject", "No imprime", "description", "Se atasca.").After.Ticket.ID
	data, _ := o.token(o.link(id, "data#1", who, 1))
	o.Do("especialista-mesa", desk.ActSetPriority, id, "priority", "3")
	o.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	o.Do("soporte-1", desk.ActAsk, id, "question", "¿Qué mensaje aparece?")
	asked, _ := o.token(o.link(id, "paused#4", who, 1))
	o.Do(who, desk.ActProvideData, id, "no_asset", "yes", "equipment", "Impresora", "goods", "printer", "office", "201")
	if q := o.ask(asked, access.Answers); q.Standing != approve.Open {
		t.Errorf("after the data came the question stands %q", q.Standing)
	}
	if q := o.ask(data, access.Answers); q.Standing != approve.Decided || q.DecidedBy != who {
		t.Errorf("the data stand %q by %q", q.Standing, q.DecidedBy)
	}
	o.Do("soporte-1", desk.ActLogContact, id, "tool", "exchange", "modality", "remote", "reached", "yes", "result", "Lo dijo por teléfono.")
	if q := o.ask(asked, access.Answers); q.Standing != approve.Decided || q.DecidedBy != "soporte-1" {
		t.Errorf("answered by telephone the question stands %q by %q", q.Standing, q.DecidedBy)
	}
}
