package work_test

import (
	"testing"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
)

// atLevel3 is the standard ticket in the hands of database and applications.
func atLevel3(b *desktest.Bench) desk.TicketID {
	b.T.Helper()
	id := b.Open81()
	for _, step := range standard()[:5] {
		b.Do(step.who, step.kind, id, step.fields...)
	}
	return id
}

// R76: the notice to a system's users is one item, however many they are.
func TestNoticeToUsersIsOneFanOut(t *testing.T) {
	b := desktest.NewBench(t)
	id := atLevel3(b)
	seq := b.Do("base-de-datos-1", desk.ActInterruption, id, "reason", "Se ejecuta el pase.", "starts_at", "2026-09-15T20:00", "ends_at", "2026-09-15T21:00", "cannot", "Ingresar").After.Ticket.Version
	if got := b.Outbox(id, seq); got != "fan-out" {
		t.Fatalf("outbox %q, want one fan-out", got)
	}
	for _, e := range b.Effects(id) {
		if e.Op == desk.OpFanOut && (e.FanOut.System != "apps-sigo" || e.FanOut.Mail.Message != desk.MailInterruption || e.FanOut.Mail.To != "" || e.FanOut.Next != 0) {
			t.Errorf("fan-out is %+v", e.FanOut)
		}
	}
}

// Only a mail that did not go is sent again, as it was.
func TestResend(t *testing.T) {
	states := map[desk.EffectState]bool{desk.EffectPending: false, desk.EffectDone: false, desk.EffectUncertain: false, desk.EffectFailed: true, desk.EffectUnconfirmed: true}
	for state, allowed := range states {
		t.Run(string(state), func(t *testing.T) {
			b := desktest.NewBench(t)
			id := b.Open85()
			e, err := b.Store.Effect(t.Context(), id, "1.1")
			if err != nil {
				t.Fatal(err)
			}
			e.State = state
			if err := b.Store.FinishEffect(t.Context(), e); err != nil {
				t.Fatal(err)
			}
			_, err = b.Road.Perform(t.Context(), b.Act("especialista-mesa", desk.ActResend, id, "ref", "1.1"))
			if allowed != (err == nil) {
				t.Fatalf("resend: %v", err)
			}
			if got := b.Outbox(id, 2); allowed && got != "received→usuaria-administracion-1" {
				t.Errorf("outbox %q", got)
			}
		})
	}
	b := desktest.NewBench(t)
	id := b.Open85()
	for _, ref := range []string{"9.9", "1.2"} { // no such item, and a machine's
		_, err := b.Road.Perform(t.Context(), b.Act("especialista-mesa", desk.ActResend, id, "ref", ref))
		wantCode(t, err, desk.Invalid)
	}
}

// The acknowledgement of a mail answers that mail.
func TestAcknowledgementAnswersItsMail(t *testing.T) {
	b := desktest.NewBench(t)
	id := mailContact(b, "usuaria-administracion-1", func(a *desk.Act) { a.Fields["mail_id"] = "a1@example.org" }).After.Ticket.ID
	e, err := b.Store.Effect(t.Context(), id, "1.1")
	if err != nil || e.Mail.ReplyTo != "a1@example.org" {
		t.Errorf("acknowledgement answers %+v, %v", e.Mail, err)
	}
}

// Who may do what comes from the directory at that moment, substitutions included.
func TestRightsComeFromTheDirectory(t *testing.T) {
	t.Run("the specialist of a UT assigns in the UT", func(t *testing.T) {
		b := desktest.NewBench(t)
		id := b.Do("usuaria-ut-piura-1", desk.ActOpen, "", "service", "apps-sigo", "flow", "8.5", "subject", "Contraseña", "description", "x").After.Ticket.ID
		_, err := b.Road.Perform(t.Context(), b.Act("especialista-mesa", desk.ActAssign, id, "person", "informatica-ut-piura"))
		wantCode(t, err, desk.Forbidden)
		b.Do("especialista-ut-piura", desk.ActAssign, id, "person", "informatica-ut-piura")
	})
	t.Run("who stands in for the specialist acts under their own name", func(t *testing.T) {
		b := desktest.NewBench(t)
		id := b.Do("usuaria-ut-piura-1", desk.ActOpen, "", "service", "apps-sigo", "flow", "8.5", "subject", "Contraseña", "description", "x").After.Ticket.ID
		b.Do("informatica-ut-piura", desk.ActAssign, id, "person", "informatica-ut-piura")
		records, err := b.Store.Records(t.Context(), id, 1)
		if err != nil || records[0].Actor.Person != "informatica-ut-piura" || records[0].Actor.For != "especialista-ut-piura" {
			t.Errorf("record is by %+v, %v", records[0].Actor, err)
		}
	})
	t.Run("who does their own work does it for nobody, though they stand in for a colleague too", func(t *testing.T) {
		b := desktest.NewBench(t)
		edit(t, b, func(r *directory.Records) {
			r.Substitutes = append(r.Substitutes, directory.Substitute{Person: "informatica-mesa-1", Principal: "informatica-mesa-2", Basis: "Memorando de ejemplo"})
		})
		id := b.Open85()
		b.Do("informatica-mesa-1", desk.ActSetPriority, id, "priority", "2")
		if records, err := b.Store.Records(t.Context(), id, 1); err != nil || records[0].Actor.For != "" {
			t.Errorf("record is by %+v, %v", records[0].Actor, err)
		}
	})
	t.Run("a substitute in force is asked beside the head", func(t *testing.T) {
		b := desktest.NewBench(t)
		id := b.Do("usuaria-ut-cusco-1", desk.ActOpen, "", "service", "apps-sigo", "flow", "8.1", "subject", "x", "description", "y", "impact", "slow").After.Ticket.ID
		asked, ok := b.Load(id).Ticket.AskedPerson("suplente-ut-cusco")
		if !ok || asked.For != "jefa-ut-cusco" || len(b.Load(id).Ticket.Asked) != 2 {
			t.Errorf("asked %+v", b.Load(id).Ticket.Asked)
		}
		b.Do("suplente-ut-cusco", desk.ActApprove, id)
	})
	t.Run("a substitute not in force is asked when time runs out", func(t *testing.T) {
		b := desktest.NewBench(t)
		edit(t, b, func(r *directory.Records) { // whoever stands in for the head of Piura, from today on
			for i := range r.Substitutes {
				if r.Substitutes[i].Person == "suplente-ut-piura" {
					r.Substitutes[i].Period = directory.Period{}
				}
			}
		})
		id := b.Open81()
		for range 3 {
			wait := b.Load(id).Waits[0]
			b.SetTime(wait.WakeAt)
			if _, err := b.Road.Perform(t.Context(), overdue(b, id, wait.ID)); err != nil {
				t.Fatal(err)
			}
		}
		if asked := b.Load(id).Ticket.Asked; len(asked) < 2 {
			t.Errorf("asked %+v: nobody was asked beside the head", asked)
		}
	})
	t.Run("another system may only open, in the name of a person", func(t *testing.T) {
		b := desktest.NewBench(t)
		act := form(b, "")
		act.Actor, act.Channel = desk.Actor{Via: "sistema-x", Assurance: desk.AssuredClient}, desk.ChannelAPI
		_, err := b.Road.Perform(t.Context(), act)
		wantCode(t, err, desk.Invalid)
		act.Requester = "usuaria-ut-piura-1"
		result, err := b.Road.Perform(t.Context(), act)
		if err != nil || result.After.Ticket.Requester != "usuaria-ut-piura-1" {
			t.Fatalf("opened %+v, %v", result.After.Ticket, err)
		}
		next := b.Act("", desk.ActComment, result.After.Ticket.ID, "message", "x")
		next.Actor = act.Actor
		_, err = b.Road.Perform(t.Context(), next)
		wantCode(t, err, desk.NotFound)
	})
}

// overdue is the clock's act about a wait.
func overdue(b *desktest.Bench, id desk.TicketID, wait desk.WaitID) desk.Act {
	act := b.Act(desk.Clock, desk.ActOverdue, id, "wait", string(wait))
	act.Version, act.Channel, act.Actor.Assurance = 0, desk.ChannelClock, desk.AssuredSelf
	return act
}

// The clock pays no attention to dates that have not come, nor to waits that are over.
func TestClockActsWithNothingDueWriteNothing(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open81()
	for _, wait := range []desk.WaitID{"approval#1", "approval#9", "nonsense"} {
		result, err := b.Road.Perform(t.Context(), overdue(b, id, wait))
		if err != nil || len(result.Events) != 0 || result.After.Ticket.Version != 1 || len(result.After.Waits) != 1 {
			t.Errorf("%s: %v, %+v", wait, err, result)
		}
	}
}

// A key belongs to who used it: a colleague's act under the same name is theirs.
func TestKeyOfAColleague(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open85()
	first := b.Act("especialista-mesa", desk.ActReply, id, "message", "Buenos días.")
	first.Scope, first.Key = "shared", "k"
	second := first
	second.Actor.Person = "informatica-mesa-1"
	for _, act := range []desk.Act{first, second} {
		if result, err := b.Road.Perform(t.Context(), act); err != nil || result.Repeated {
			t.Errorf("%s: repeated %t, %v", act.Actor.Person, result.Repeated, err)
		}
	}
}
