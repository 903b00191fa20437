package flow_test

import (
	"errors"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

func TestEquipmentRoundFromDiagnosisToRow(t *testing.T) {
	b := held86(t, userHQ)
	d := b.do(support, desk.ActDiagnose)
	wantEvents(t, d, "DiagnosisStarted")
	wantCalls(t, d, "start hardware-diagnosis 1")
	if w := b.wait(desk.WaitDiagnosis); !w.WakeAt.Equal(b.now.Add(60*time.Minute)) || flow.AwaitState(w) != "AwaitDiagnosis" {
		t.Errorf("wait %+v, want 60 minutes of the wall clock", w)
	}
	d = b.do(support, desk.ActDeclareLong)
	wantEvents(t, d, "TransferAnnounced RequesterTold")
	wantMails(t, d, "transfer→requester")
	wantCalls(t, d, "resume hardware-diagnosis 1 diagnosis#4")
	wantState(t, b, desk.TransferPending)
	d = b.do(support, desk.ActTakeCustody, custody()...)
	wantEvents(t, d, "CustodyTaken")
	wantCalls(t, d, "resume hardware-diagnosis 1 custody#5")
	if got := flow.StateLabel(b.ticket); got != "Equipo en la UTI" || flow.AwaitState(b.wait(desk.WaitReturn)) != "AwaitReturn" {
		t.Errorf("label %q, waits %q", got, waitNames(b.waits))
	}
	if e := d.Events[0].(desk.CustodyTaken); !e.TakenAt.Equal(tuesday(9, 0)) || d.Texts["accessories"] != "ninguno" || d.Texts["taken_from"] != "Piso 3" {
		t.Errorf("custody %+v with texts %v", e, d.Texts)
	}
	_, err := b.try(support, desk.ActClose, closing()...)
	wantRefused(t, err, desk.Refused, "8.6.5, R116")
	d = b.do(support, desk.ActReturn, returned()...)
	wantEvents(t, d, "EquipmentReturned")
	wantMails(t, d, "returned→requester")
	wantCalls(t, d, "resume hardware-diagnosis 1 return#6")
	wantState(t, b, desk.InProgress)
	d = b.do(support, desk.ActClose, closing()...)
	wantEvents(t, d, "RequesterTold TicketClosed RowRegistered")
	wantCalls(t, d, "resume escalation 1 level#2")
	if d.Register == nil || d.Register.Typology != "Avería de Hardware" {
		t.Errorf("row %+v", d.Register)
	}
}

// R113: one transfer mail, whichever comes first, timer or declaration, and
// however often either is repeated.
func TestExactlyOneTransferMail(t *testing.T) {
	declare := func(b *bench) { _, _ = b.try(support, desk.ActDeclareLong) }
	timer := func(b *bench) { b.overdue("diagnosis#4") }
	orders := map[string][]func(*bench){
		"declared, then the timer":  {declare, timer, declare, timer},
		"the timer, then declared":  {timer, declare, timer, declare},
		"declared over and over":    {declare, declare, declare},
		"the timer over and over":   {timer, timer, timer},
		"the timer after the fetch": {declare, func(b *bench) { b.do(support, desk.ActTakeCustody, custody()...) }, timer, declare},
	}
	for name, order := range orders {
		t.Run(name, func(t *testing.T) {
			b := held86(t, userHQ)
			b.do(support, desk.ActDiagnose)
			b.now = b.now.Add(61 * time.Minute)
			for _, step := range order {
				step(b)
			}
			transfers := 0
			for _, n := range b.mails {
				if n.Message == desk.MailTransfer {
					transfers++
				}
			}
			if transfers != 1 || b.ticket.Gear != desk.GearToMove && b.ticket.Gear != desk.GearCustody {
				t.Errorf("%d transfer mails, equipment %q", transfers, b.ticket.Gear)
			}
		})
	}
}

func TestTimerOfTheSixtyMinutesSaysThatItWasTheClock(t *testing.T) {
	b := held86(t, userHQ)
	b.do(support, desk.ActDiagnose)
	d := b.ring(desk.WaitDiagnosis)
	wantEvents(t, d, "TransferAnnounced RequesterTold")
	wantCalls(t, d, "")
	if e := d.Events[0].(desk.TransferAnnounced); !e.ByClock {
		t.Errorf("event %+v", e)
	}
	_, err := b.try(support, desk.ActDeclareLong)
	wantRefused(t, err, desk.Refused, "R113")
}

func TestSixtyMinutesMayCountInWorkingTime(t *testing.T) {
	b := held86(t, userHQ)
	b.now, b.policy.DiagnosisWorking = tuesday(17, 0), true
	b.do(support, desk.ActDiagnose)
	if w := b.wait(desk.WaitDiagnosis); !w.WakeAt.Equal(workday(1, 9, 0)) {
		t.Errorf("wakes at %v, want half an hour into the next day", w.WakeAt)
	}
}

func TestSixtyMinutesAreOfTheWallClockByDefault(t *testing.T) {
	b := held86(t, userHQ)
	b.now = tuesday(17, 0)
	b.do(support, desk.ActDiagnose)
	if w := b.wait(desk.WaitDiagnosis); !w.WakeAt.Equal(tuesday(18, 0)) {
		t.Errorf("wakes at %v, want an hour later though the desk is closed", w.WakeAt)
	}
}

func TestSolvedWithinTheHourEndsTheTimer(t *testing.T) {
	b := held86(t, userHQ)
	b.do(support, desk.ActDiagnose)
	d := b.do(support, desk.ActClose, closing()...)
	wantCalls(t, d, "resume escalation 1 level#2, resume hardware-diagnosis 1 diagnosis#4")
	b.now = b.now.Add(2 * time.Hour)
	if d := b.overdue("diagnosis#4"); len(d.Events)+len(d.Notices) != 0 {
		t.Errorf("the timer announces a transfer of a closed case: %q", mailNames(d.Notices))
	}
}

func TestNotMovedSendsTheCorrectingMail(t *testing.T) {
	b := held86(t, userHQ)
	b.do(support, desk.ActDeclareLong)
	_, err := b.try(support, desk.ActNotMoved)
	wantField(t, err, "reason")
	d := b.do(support, desk.ActNotMoved, "reason", "Se reparó en el sitio.")
	wantEvents(t, d, "TransferCancelled RequesterTold")
	wantMails(t, d, "transfer-off→requester")
	if d.Notices[0].Data["reason"] != "Se reparó en el sitio." || len(b.waits) != 1 {
		t.Errorf("mail %+v, waits %q", d.Notices[0], waitNames(b.waits))
	}
	b.do(support, desk.ActClose, closing()...)
}

func TestCustodyAndReturnAreRemindedEachWorkingDay(t *testing.T) {
	b := held86(t, userHQ)
	b.do(support, desk.ActDeclareLong)
	for _, step := range []struct {
		kind desk.WaitKind
		word string
	}{{desk.WaitCustody, "to-move"}, {desk.WaitReturn, "custody"}} {
		id := b.wait(step.kind).ID
		for round := 2; round <= 3; round++ {
			d := b.ring(step.kind)
			wantEvents(t, d, "WaitReminded")
			wantMails(t, d, "gear-due→soporte-1")
			if d.Notices[0].Data["step"] != step.word || b.wait(step.kind).ID != id || b.wait(step.kind).Round != round {
				t.Errorf("%s: mail %+v, wait %+v", step.kind, d.Notices[0], b.wait(step.kind))
			}
		}
		if step.kind == desk.WaitCustody {
			b.do(support, desk.ActTakeCustody, custody()...)
		}
	}
}

func TestStepsOfTheEquipmentOutOfOrderAreRefused(t *testing.T) {
	to := map[desk.Gear]func(*bench){
		desk.GearNone:      func(*bench) {},
		desk.GearDiagnosis: func(b *bench) { b.do(support, desk.ActDiagnose) },
		desk.GearPaused: func(b *bench) {
			b.do(support, desk.ActDiagnose)
			b.do(support, desk.ActPauseDiagnosis, "reason", "x")
		},
		desk.GearToMove: func(b *bench) { b.do(support, desk.ActDeclareLong) },
		desk.GearCustody: func(b *bench) {
			b.do(support, desk.ActDeclareLong)
			b.do(support, desk.ActTakeCustody, custody()...)
		},
		desk.GearReturned: func(b *bench) {
			b.do(support, desk.ActDeclareLong)
			b.do(support, desk.ActTakeCustody, custody()...)
			b.do(support, desk.ActReturn, returned()...)
		},
		desk.GearStayed: func(b *bench) {
			b.do(support, desk.ActDeclareLong)
			b.do(support, desk.ActNotMoved, "reason", "x")
		},
	}
	allowed := map[desk.ActKind][]desk.Gear{
		desk.ActDiagnose:        {desk.GearNone},
		desk.ActDeclareLong:     {desk.GearNone, desk.GearDiagnosis, desk.GearPaused, desk.GearStayed},
		desk.ActPauseDiagnosis:  {desk.GearDiagnosis},
		desk.ActResumeDiagnosis: {desk.GearPaused},
		desk.ActTakeCustody:     {desk.GearToMove},
		desk.ActNotMoved:        {desk.GearToMove},
		desk.ActReturn:          {desk.GearCustody},
		desk.ActClose:           {desk.GearNone, desk.GearDiagnosis, desk.GearPaused, desk.GearReturned, desk.GearStayed},
	}
	for kind, gears := range allowed {
		for gear, prepare := range to {
			b := held86(t, userHQ)
			prepare(b)
			_, err := b.try(support, kind, validFields(b, kind)...)
			may := false
			for _, g := range gears {
				may = may || g == gear
			}
			if may != (err == nil) {
				t.Errorf("%s with equipment %q: %v, want allowed %v", kind, gear, err, may)
			}
			if !may {
				wantRefused(t, err, desk.Refused, "")
			}
		}
	}
}

func TestMomentsOfTheEquipmentLieInThePast(t *testing.T) {
	for _, test := range []struct {
		name, at string
		ok       bool
	}{{"now", "2026-09-15T09:00", true}, {"a watch a little ahead", "2026-09-15T09:05", true}, {"the future", "2026-09-15T09:06", false},
		{"no such day", "2026-02-30T09:00", false}, {"no hour", "2026-09-15", false}, {"nothing", "", false}} {
		t.Run(test.name, func(t *testing.T) {
			b := held86(t, userHQ)
			b.do(support, desk.ActDeclareLong)
			fields := custody()
			fields[3] = test.at
			_, err := b.try(support, desk.ActTakeCustody, fields...)
			if (err == nil) != test.ok {
				t.Fatalf("taken at %q: %v", test.at, err)
			}
			if !test.ok {
				wantField(t, err, "taken_at")
				b.do(support, desk.ActTakeCustody, custody()...)
			}
			fields = returned()
			fields[3] = test.at
			if _, err = b.try(support, desk.ActReturn, fields...); (err == nil) != test.ok {
				t.Errorf("returned at %q: %v", test.at, err)
			}
		})
	}
}

// R118: the result of 8.6 goes by mail only.
func TestPhoneIsNoMediumForHardware(t *testing.T) {
	b := held86(t, userHQ)
	_, err := b.try(support, desk.ActClose, "solution", "x", "medium", "phone", "call", "Conversamos.")
	wantField(t, err, "medium")
	if p, ok := errors.AsType[*desk.Problem](err); !ok || p.Clause != "8.6.3, 8.6.5, R112, R116, R118" {
		t.Errorf("problem cites %q", p.Clause)
	}
}

// R110: closing demands the código patrimonial, or «sin código».
func TestHardwareCannotCloseWithoutItsCode(t *testing.T) {
	for name, given := range map[string][]string{"the code": {"asset", "740"}, "no code in sight": {"no_asset", "yes"}} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, userHQ)
			open86(b)
			hold(b)
			_, err := b.try(support, desk.ActClose, closing()...)
			wantRefused(t, err, desk.Refused, "8.6.1, R110")
			b.do(support, desk.ActDiagnose) // it never blocks the work
			b.do(support, desk.ActProvideData, given...)
			b.do(support, desk.ActClose, closing()...)
		})
	}
	b := newBench(t, userHQ)
	open86(b, "no_asset", "yes")
	if len(b.ticket.Missing) != 0 {
		t.Errorf("«no tengo el código a la vista» leaves %v missing", b.ticket.Missing)
	}
	b = newBench(t, userHQ)
	b.do(userHQ, desk.ActOpen, "service", "impresora", "subject", "x", "description", "y")
	hold(b)
	b.do(support, desk.ActProvideData, "asset", "740")
	b.do(support, desk.ActClose, closing()...) // office and kind of goods do not block
}

// A question may be open while the equipment moves; neither forgets the other.
func TestEquipmentMovesDuringAQuestion(t *testing.T) {
	b := held86(t, userHQ)
	b.do(support, desk.ActDiagnose)
	b.do(support, desk.ActAsk, "question", "¿Clave?")
	d := b.ring(desk.WaitDiagnosis)
	wantMails(t, d, "transfer→requester")
	wantState(t, b, desk.WaitingUser)
	b.do(support, desk.ActTakeCustody, custody()...)
	wantState(t, b, desk.WaitingUser)
	b.do(userHQ, desk.ActAnswer, "message", "1234")
	wantState(t, b, desk.InCustody)
	if got := waitNames(b.waits); got != "level#8 return#7" {
		t.Errorf("waits %q", got)
	}
	b.do(support, desk.ActReturn, returned()...)
	b.do(support, desk.ActClose, closing()...)
}

func TestWithdrawnEquipmentIsNotFetchedAnyMore(t *testing.T) {
	b := newBench(t, userHQ)
	open86(b, "asset", "740")
	b.do(assigner, desk.ActAssign, "person", string(support))
	b.do(support, desk.ActDeclareLong) // announced: that is work begun
	_, err := b.try(userHQ, desk.ActWithdraw)
	wantRefused(t, err, desk.Refused, "8.1.4, R150")
	b.ticket.State = desk.Withdrawn // as if an older rule had let it
	for _, kind := range []desk.ActKind{desk.ActTakeCustody, desk.ActNotMoved} {
		_, err = b.try(support, kind, validFields(b, kind)...)
		wantRefused(t, err, desk.Refused, "8.6.4, R115")
	}
	b.ticket.Gear = desk.GearCustody
	_, err = b.try(support, desk.ActReturn, returned()...)
	wantRefused(t, err, desk.Refused, "8.6.5, R116")
}

// A reopened case may be diagnosed, announced and moved again.
func TestReopenedEquipmentBeginsAnew(t *testing.T) {
	b := held86(t, userHQ)
	for round := range 2 {
		b.do(support, desk.ActDiagnose)
		b.do(support, desk.ActDeclareLong)
		b.do(support, desk.ActTakeCustody, custody()...)
		b.do(support, desk.ActReturn, returned()...)
		d := b.do(support, desk.ActClose, closing()...)
		if d.Register.N != 7 || d.Register.Reopened != (round > 0) {
			t.Errorf("round %d: row %+v", round, d.Register)
		}
		d = b.do(userHQ, desk.ActReopen, "message", "Sigue sin imprimir.")
		wantMails(t, d, "reopened→soporte-1")
		if got := flow.StateLabel(b.ticket); got != "Reabierto" {
			t.Errorf("round %d: label %q", round, got)
		}
	}
	// Each round started it once: every start takes the next generation.
	if got := b.machines[desk.MachineHardware].Generation; got != 2 {
		t.Errorf("generation %d of the hardware machine, want 2", got)
	}
}
