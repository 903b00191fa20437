package flow_test

import (
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// toVerify is an 8.2 that was closed: who asked may still say that it fails.
func toVerify(t tester) *bench {
	b := held82(t, userUT)
	b.do(sgdOne, desk.ActClose, closing()...)
	return b
}

func situationsToVerify() []situation {
	return []situation{
		{"8.2 to be verified", func(t tester) *bench { return toVerify(t) }, `
			usuaria-ut: comment confirm-solved still-failing link
			sgd-1: reopen log-contact WORDS
			sgd-2: reopen log-contact WORDS
			especialista-mesa: reopen WORDS
			informatica-mesa: reopen WORDS`},
		{"8.2 verified", func(t tester) *bench { b := toVerify(t); b.do(userUT, desk.ActConfirmSolved); return b }, `
			usuaria-ut: comment link
			sgd-1: reopen log-contact WORDS
			sgd-2: reopen log-contact WORDS
			especialista-mesa: reopen WORDS
			informatica-mesa: reopen WORDS`},
		{"8.3 to be verified", func(t tester) *bench {
			b := routed(t, "2", developer)
			b.do(developer, desk.ActClose, closing()...)
			return b
		}, `
			especialista-uti: comment confirm-solved still-failing link
			desarrollo-1: log-contact WORDS
			desarrollo-2: WORDS
			especialista-mesa: reopen WORDS
			informatica-mesa: reopen WORDS`},
	}
}

// 8.2.4, R87: closed at once, with its mail, its window and its row.
func TestClosingAsksWhoAskedToVerify(t *testing.T) {
	b := held82(t, userUT)
	d := b.do(sgdOne, desk.ActClose, closing()...)
	wantEvents(t, d, "RequesterTold TicketClosed VerificationRequested RowRegistered")
	wantMails(t, d, "verify→requester")
	wantCalls(t, d, "resume escalation 1 level#1")
	wantState(t, b, desk.Closed)
	if got := flow.StateLabel(b.ticket); got != "Resuelto, por verificar" {
		t.Errorf("reads %q", got)
	}
	if d.Register.State != "En Progreso" {
		t.Errorf("row %+v", d.Register)
	}
	w := b.wait(desk.WaitVerification)
	if n := d.Notices[0]; n.Wait != w.ID || n.Round != 1 || !n.Closing || n.Data["until"] != "18/09/2026 09:00" {
		t.Errorf("mail %+v for wait %+v", n, w)
	}
	if want := workday(3, 9, 0); !w.WakeAt.Equal(want) || w.ID.Kind().Machine() != "" {
		t.Errorf("wakes at %v, want three working days later, without a machine", w.WakeAt)
	}
}

func TestWhatEndsTheWindow(t *testing.T) {
	for _, test := range []struct {
		name   string
		end    func(*bench) flow.Decision
		events string
		state  desk.State
		label  string
		row    string
	}{
		{"a yes", func(b *bench) flow.Decision {
			return b.do(userUT, desk.ActConfirmSolved, "rating", "4", "comment", "Gracias.")
		},
			"VerificationConfirmed", desk.Closed, "Cerrado", "Atendido"},
		{"silence", func(b *bench) flow.Decision { return b.ring(desk.WaitVerification) }, "VerificationConfirmed", desk.Closed, "Cerrado", "Atendido"},
		{"it still fails", func(b *bench) flow.Decision {
			return b.do(userUT, desk.ActStillFailing, "message", "Igual.", "rating", "1")
		},
			"VerificationFailed TicketReopened LevelEntered", desk.Assigned, "Reabierto", ""},
		{"a call to the mesa de ayuda", func(b *bench) flow.Decision { return b.do(deskOne, desk.ActReopen, "message", "Llamó: igual.") },
			"TicketReopened LevelEntered", desk.Assigned, "Reabierto", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := toVerify(t)
			d := test.end(b)
			wantEvents(t, d, test.events)
			wantState(t, b, test.state)
			if e, ok := d.Events[0].(desk.VerificationConfirmed); ok && e.ByClock != (test.name == "silence") {
				t.Errorf("event %+v does not say whose word it is", e)
			}
			if got := flow.StateLabel(b.ticket); got != test.label || d.RowState != test.row || b.ticket.VerifyAt.Open() {
				t.Errorf("reads %q with row %q and window %+v", got, d.RowState, b.ticket.VerifyAt)
			}
			for _, again := range []desk.ActKind{desk.ActConfirmSolved, desk.ActStillFailing} {
				_, err := b.try(userUT, again, validFields(b, again)...)
				wantRefused(t, err, desk.Refused, "")
			}
			if d := b.overdue("verification#3"); len(d.Events) != 0 {
				t.Errorf("the date comes again and gives %q", eventNames(d.Events))
			}
		})
	}
}

func TestWhatWasSaidOfTheAttentionIsKept(t *testing.T) {
	b := toVerify(t)
	d := b.do(userUT, desk.ActConfirmSolved, "rating", "4", "comment", "Gracias.")
	if d.Events[0] != (desk.VerificationConfirmed{Rating: 4}) || d.Texts["comment"] != "Gracias." {
		t.Errorf("event %+v, texts %v", d.Events[0], d.Texts)
	}
	b = toVerify(t)
	for name, fields := range map[string][]string{"message": {"rating", "1"}, "rating": {"message", "x", "rating", "6"}} {
		_, err := b.try(userUT, desk.ActStillFailing, fields...)
		wantField(t, err, name)
	}
	d = b.do(userUT, desk.ActStillFailing, "message", "Igual.", "rating", "1", "comment", "Van tres veces.")
	if d.Events[0] != (desk.VerificationFailed{Rating: 1}) || d.Texts["message"] != "Igual." || d.Texts["comment"] != "Van tres veces." {
		t.Errorf("event %+v, texts %v", d.Events[0], d.Texts)
	}
	wantMails(t, d, "reopened→sgd-1")
	wantCalls(t, d, "start escalation 2")
}

// «Sigue fallando» reopens the same case; closed again it has the same row, and
// a window of its own.
func TestStillFailingKeepsCaseAndRow(t *testing.T) {
	b := toVerify(t)
	first := b.wait(desk.WaitVerification).ID
	b.do(userUT, desk.ActStillFailing, "message", "Igual.")
	b.do(sgdOne, desk.ActTake)
	d := b.do(sgdOne, desk.ActClose, "solution", "Ahora sí.", "medium", "mail")
	if d.Register.N != 7 || !d.Register.Reopened || d.Register.State != "En Progreso" {
		t.Errorf("row %+v", d.Register)
	}
	if w := b.wait(desk.WaitVerification); w.ID == first {
		t.Errorf("the second window is %s again", w.ID)
	}
	if d = b.ring(desk.WaitVerification); d.RowState != "Atendido" {
		t.Errorf("after silence the row says %q", d.RowState)
	}
}

// The window is a local policy in working time (R37); a weekend does not end it.
func TestWindowCountsWorkingTime(t *testing.T) {
	b := held82(t, userUT)
	b.now, b.policy.Verification = workday(3, 17, 0), 8*time.Hour // Friday afternoon
	b.do(sgdOne, desk.ActClose, closing()...)
	if got, want := b.wait(desk.WaitVerification).WakeAt, workday(6, 17, 0); !got.Equal(want) {
		t.Errorf("ends at %v, want Monday %v", got, want)
	}
	b.now = workday(6, 16, 59)
	if d := b.overdue(b.wait(desk.WaitVerification).ID); len(d.Events) != 0 {
		t.Errorf("a minute early gives %q", eventNames(d.Events))
	}
}

// Flows that do not ask to verify close for good, and are reopened by who asked.
func TestOtherFlowsCloseWithoutAWindow(t *testing.T) {
	for name, b := range map[string]*bench{"8.5": closed85(t), "a typing error": func() *bench {
		b := contact82(t, userHQ)
		b.do(sgdOne, desk.ActTypingError, typed()...)
		return b
	}()} {
		if len(b.waits) > 0 || b.ticket.Verifying() || flow.RegisterState(b.ticket) != "Atendido" {
			t.Errorf("%s: closed with waits %q", name, waitNames(b.waits))
		}
		d := b.do(userHQ, desk.ActReopen, "message", "Otra vez.")
		if d.RowState != "En Progreso" {
			t.Errorf("%s: reopened its row says %q", name, d.RowState)
		}
		if name == "a typing error" { // given up again: it was attended once
			if d = b.do(sgdOne, desk.ActNeedTicket); d.RowState != "Atendido" {
				t.Errorf("%s: told to take a ticket its row says %q", name, d.RowState)
			}
		}
	}
}

func TestStepAfterClosing(t *testing.T) {
	b := toVerify(t)
	if s := flow.Next(b.ticket); s.Clause != "8.2.4, R87" || s.Acts[0] != desk.ActConfirmSolved {
		t.Errorf("step %+v", s)
	}
	detected := routed(t, "2", developer)
	detected.do(developer, desk.ActClose, closing()...)
	if s := flow.Next(detected.ticket); s.Clause != "8.3.3, R92" {
		t.Errorf("step %+v", s)
	}
	b.ring(desk.WaitVerification)
	if s := flow.Next(b.ticket); s.Clause != "R87" || s.Acts[0] != desk.ActReopen {
		t.Errorf("step %+v", s)
	}
	d := b.do(userUT, desk.ActLink, "other", "01J00000000000000000000002")
	wantEvents(t, d, "TicketLinked")
}
