package work_test

import (
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
	"mesa/shared/flow"
)

// announce has the notice of an interruption of the SIGO ordered, 10:00–11:00.
func announce(b *desktest.Bench, id desk.TicketID) desk.Effect {
	b.T.Helper()
	b.SetTime(desktest.Tuesday(9, 40))
	seq := b.Do("base-de-datos-1", desk.ActInterruption, id, "reason", "Pase", "starts_at", "2026-09-15T10:00", "ends_at", "2026-09-15T11:00", "cannot", "Ingresar").After.Ticket.Version
	fan, err := b.Store.Effect(b.T.Context(), id, desk.Effect{Seq: seq, N: 1}.Ref())
	if err != nil {
		b.T.Fatal(err)
	}
	return fan
}

// reach writes the n-th reader's mail in a state, as the outbox leaves it.
func reach(b *desktest.Bench, fan desk.Effect, n int, state desk.EffectState) string {
	b.T.Helper()
	e := desk.Effect{Ticket: fan.Ticket, Seq: fan.Seq, N: fan.ItemOf(n), Op: desk.OpMail, State: state, Mail: &desk.Mail{Message: desk.MailInterruption, To: "x@qw.gob.pe"}}
	if err := b.Store.AddEffects(b.T.Context(), []desk.Effect{e}); err != nil {
		b.T.Fatal(err)
	}
	return e.Ref()
}

// fewUsers leaves three people on the list of the SIGO, one of whom nobody can write to.
func fewUsers(b *desktest.Bench) {
	b.T.Helper()
	records, revision, err := b.Store.LoadDirectory(b.T.Context())
	if err != nil {
		b.T.Fatal(err)
	}
	records.SystemUsers = nil
	for _, p := range []desk.PersonID{"usuaria-ut-lima-1", "usuaria-ut-lima-2", "usuaria-ut-piura-2"} {
		records.SystemUsers = append(records.SystemUsers, directory.SystemUser{System: "apps-sigo", Person: p})
	}
	for i := range records.People {
		if records.People[i].ID == "usuaria-ut-piura-2" {
			records.People[i].Disabled = true
		}
	}
	if err := b.Store.SaveDirectory(b.T.Context(), records, revision); err != nil {
		b.T.Fatal(err)
	}
}

func outages(b *desktest.Bench, id desk.TicketID) []flow.Outage {
	b.T.Helper()
	v, err := b.Reader.Look(b.T.Context(), id, b.Act("base-de-datos-1", "", id))
	if err != nil {
		b.T.Fatal(err)
	}
	return v.Facts.Outages
}

// R77: «sent» is counted on the mails themselves, and one that did not go counts
// once the mail sent in its stead was accepted.
func TestExecutionWaitsUntilTheNoticeWasAcceptedForAll(t *testing.T) {
	b := desktest.NewBench(t)
	fewUsers(b)
	id := atLevel3(b)
	fan := announce(b, id)
	if e := b.Load(id).Ticket; e.Outage.IsZero() {
		t.Fatal("nothing is announced")
	}
	execution := []string{"interrupts", "yes", "stopped_from", "2026-09-15T10:00", "stopped_until", "2026-09-15T10:30"}
	refused := func(why string, accepted int) {
		t.Helper()
		b.SetTime(desktest.Tuesday(10, 40))
		if got := outages(b, id); len(got) != 1 || got[0].Users != 2 || got[0].Accepted != accepted || got[0].Name != "SIGO" {
			t.Errorf("%s: notices are %+v", why, got)
		}
		_, err := b.Road.Perform(t.Context(), b.Act("base-de-datos-1", desk.ActExecutionOK, id, execution...))
		wantCode(t, err, desk.Refused)
	}
	refused("queued", 0)
	reach(b, fan, 0, desk.EffectDone)
	stopped := reach(b, fan, 1, desk.EffectFailed)
	fan.State, fan.Attempts = desk.EffectDone, 1
	if err := b.Store.FinishEffect(t.Context(), fan); err != nil {
		t.Fatal(err)
	}
	refused("one failed", 1)

	again := b.Do("base-de-datos-1", desk.ActResend, id, "ref", stopped).After.Ticket.Version
	refused("sent again, not accepted yet", 1)
	heir, err := b.Store.Effect(t.Context(), id, desk.Effect{Seq: again, N: 1}.Ref())
	if err != nil {
		t.Fatal(err)
	}
	heir.State, heir.Attempts = desk.EffectDone, 1
	if err := b.Store.FinishEffect(t.Context(), heir); err != nil {
		t.Fatal(err)
	}
	result := b.Do("base-de-datos-1", desk.ActExecutionOK, id, execution...)
	if got := b.Outbox(id, result.After.Ticket.Version); got != "fan-out, execution-ok→desarrollo-1, resume escalation 1 level#5" {
		t.Errorf("the execution orders %q", got)
	}
	if got := outages(b, id); got != nil {
		t.Errorf("after the execution these notices stand: %+v", got)
	}
}

// The mails that stopped are shown with the case, the others are only counted.
func TestLookShowsTheMailsOfANoticeThatStopped(t *testing.T) {
	b := desktest.NewBench(t)
	fewUsers(b)
	id := atLevel3(b)
	before := len(b.Effects(id))
	fan := announce(b, id)
	reach(b, fan, 0, desk.EffectDone)
	stopped := reach(b, fan, 1, desk.EffectUnconfirmed)
	v, err := b.Reader.Look(t.Context(), id, b.Act("base-de-datos-1", "", id))
	if err != nil || len(v.Effects) != before+2 || v.Effects[len(v.Effects)-1].Ref() != stopped {
		t.Errorf("shown are %d items, want %d, the stopped one last (%v)", len(v.Effects), before+2, err)
	}
}

func TestNoticeWithoutReadersIsRefused(t *testing.T) {
	b := desktest.NewBench(t)
	records, revision, err := b.Store.LoadDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	records.SystemUsers = nil
	if err := b.Store.SaveDirectory(t.Context(), records, revision); err != nil {
		t.Fatal(err)
	}
	id := atLevel3(b)
	_, err = b.Road.Perform(t.Context(), b.Act("base-de-datos-1", desk.ActInterruption, id, "reason", "Pase", "starts_at", "2026-09-15T10:00", "ends_at", "2026-09-15T11:00", "cannot", "x"))
	wantCode(t, err, desk.Invalid)
	if p, _ := err.(*desk.Problem); p == nil || p.Fields[0].Text != "El SIGO no tiene lista de usuarias/os: agréguela antes de avisar." { //nolint:errorlint // Perform gives it bare
		t.Errorf("refused by %v", err)
	}
}

// The systems are told where notices are written; the working time is the UTI's of the day, whatever other units stand in the directory.
func TestWhatTheRulesKnowOfNotices(t *testing.T) {
	b := desktest.NewBench(t)
	early := []calendar.Interval{{Opens: calendar.At(6, 0), Closes: calendar.At(12, 0)}}
	edit(t, b, func(r *directory.Records) {
		units := []directory.Unit{{ID: "OTI", Name: "Oficina de antes", Kind: directory.UTI, Sede: "SC", Title: "Jefa/e", Hours: []calendar.Interval{{Opens: calendar.At(10, 0), Closes: calendar.At(20, 0)}},
			Period: directory.Period{Until: calendar.Date{Year: 2025, Month: time.December, Day: 31}}}}
		for _, u := range r.Units {
			if u.Kind == directory.UTI {
				u.Hours = early
			}
			units = append(units, u)
		}
		r.Units = units
	})
	look := func(id desk.TicketID) flow.Facts {
		t.Helper()
		v, err := b.Reader.Look(t.Context(), id, b.Act("desarrollo-1", "", id))
		if err != nil {
			t.Fatal(err)
		}
		return v.Facts
	}
	id := atDesarrollo(b)
	if f := look(id); len(f.Systems) != 0 {
		t.Errorf("at Level 2 the systems are %v", f.Systems)
	}
	id = atLevel3(b)
	f := look(id)
	if len(f.Systems) == 0 {
		t.Error("at Level 3 no system is known")
	}
	if got := f.Office.Hours()[time.Tuesday]; len(got) != 1 || got[0] != early[0] {
		t.Errorf("the office works %v, want the UTI's %v", got, early)
	}
}
