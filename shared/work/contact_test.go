package work_test

import (
	"testing"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
	"mesa/shared/work"
)

// mailContact is a mail that the intake turned into a contact.
func mailContact(b *desktest.Bench, requester desk.PersonID, change ...func(*desk.Act)) work.Result {
	b.T.Helper()
	act := desk.Act{Kind: desk.ActContact, At: b.Time(), Channel: desk.ChannelMail, Requester: requester, Actor: desk.Actor{Via: "mail", Assurance: desk.AssuredSelf},
		Fields: desk.Fields{"subject": "No imprime", "description": "Se atasca.", "from_address": "alguien@example.org"}}
	for _, c := range change {
		c(&act)
	}
	result, err := b.Road.Perform(b.T.Context(), act)
	if err != nil {
		b.T.Fatalf("contact: %v", err)
	}
	return result
}

// anyService is a service of the catalogue that follows a flow alone.
func anyService(t *testing.T, code desk.FlowCode) desk.ServiceID {
	t.Helper()
	for _, s := range directory.First().Services {
		if ways := s.Ways(); len(ways) == 1 && ways[0].Flow == code {
			return s.ID
		}
	}
	t.Fatalf("no service follows %s", code)
	return ""
}

// R62: a contact goes to the team of who writes; of an unknown sender, to the
// team of the address, and is registered in that team's sede.
func TestContactFindsTeamAndSede(t *testing.T) {
	tests := []struct {
		name      string
		requester desk.PersonID
		team      desk.TeamID
		want      desk.Ticket
		mails     string
	}{
		{"of headquarters: the mesa de ayuda", "usuaria-administracion-1", "ut-piura",
			desk.Ticket{Requester: "usuaria-administracion-1", Unit: "ADMINISTRACION", Sede: "SC", Team: "mesa-de-ayuda"}, "received→usuaria-administracion-1, start escalation 1"},
		{"of a UT: its own team, whatever the address", "usuaria-ut-piura-1", "mesa-de-ayuda",
			desk.Ticket{Requester: "usuaria-ut-piura-1", Unit: "UT-PIURA", Sede: "UT-PIURA", Territorial: true, Team: "ut-piura"}, "received→usuaria-ut-piura-1, start escalation 1"},
		{"unknown, to a UT's address: that UT", "", "ut-piura", desk.Ticket{Sede: "UT-PIURA", Team: "ut-piura"}, "start escalation 1"},
		{"unknown, to the support mailbox: headquarters", "", "mesa-de-ayuda", desk.Ticket{Sede: "SC", Team: "mesa-de-ayuda"}, "start escalation 1"},
		{"unknown, to no address of ours: the mesa de ayuda", "", "", desk.Ticket{Sede: "SC", Team: "mesa-de-ayuda"}, "start escalation 1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := desktest.NewBench(t)
			got := mailContact(b, test.requester, func(a *desk.Act) { a.Team = test.team }).After.Ticket
			if got.Requester != test.want.Requester || got.Unit != test.want.Unit || got.Sede != test.want.Sede || got.Territorial != test.want.Territorial || got.Team != test.want.Team {
				t.Errorf("contact is %+v, want %+v", got, test.want)
			}
			if mails := b.Outbox(got.ID, 1); mails != test.mails {
				t.Errorf("effects %q, want %q", mails, test.mails)
			}
			mustHold(t, b, got.ID)
		})
	}
}

// An unknown sender's contact cannot be worked on until L1 says whose it is.
func TestConfirmSenderGivesAnUnknownSenderAPerson(t *testing.T) {
	b := desktest.NewBench(t)
	id := mailContact(b, "", func(a *desk.Act) { a.Team = "mesa-de-ayuda" }).After.Ticket.ID
	service := string(anyService(t, desk.Flow85))
	_, err := b.Road.Perform(t.Context(), b.Act("especialista-mesa", desk.ActClassify, id, "service", service, "priority", "3"))
	wantCode(t, err, desk.Refused)
	for _, person := range []string{"", "nobody"} {
		_, err = b.Road.Perform(t.Context(), b.Act("especialista-mesa", desk.ActConfirmSender, id, "how", "Le llamé.", "person", person))
		wantCode(t, err, desk.Invalid)
	}
	b.Do("especialista-mesa", desk.ActConfirmSender, id, "how", "Le llamé a su anexo.", "person", "usuaria-ut-piura-1")
	got := b.Load(id).Ticket
	if got.Requester != "usuaria-ut-piura-1" || got.Unit != "UT-PIURA" || got.Sede != "UT-PIURA" || !got.Territorial || got.Unverified {
		t.Errorf("confirmed contact is %+v", got)
	}
	if mails := b.Outbox(id, 2); mails != "received→usuaria-ut-piura-1" {
		t.Errorf("confirming orders %q, want the acknowledgement", mails)
	}
	_, err = b.Road.Perform(t.Context(), b.Act("especialista-mesa", desk.ActConfirmSender, id, "how", "Otra vez.", "person", "usuaria-ut-piura-2"))
	wantCode(t, err, desk.Refused)
	b.Do("especialista-mesa", desk.ActClassify, id, "service", service, "priority", "3")
	mustHold(t, b, id)
}

// Whom an unverified mail shows is confirmed or not; nobody else takes their place.
func TestConfirmSenderKeepsWhomTheMailShows(t *testing.T) {
	b := desktest.NewBench(t)
	id := mailContact(b, "usuaria-administracion-1", func(a *desk.Act) { a.Actor.Via = "unverified" }).After.Ticket.ID
	if mails := b.Outbox(id, 1); mails != "start escalation 1" {
		t.Errorf("an unverified mail is answered: %q", mails)
	}
	_, err := b.Road.Perform(t.Context(), b.Act("especialista-mesa", desk.ActConfirmSender, id, "how", "Le llamé.", "person", "usuaria-ut-piura-1"))
	wantCode(t, err, desk.Invalid)
	b.Do("especialista-mesa", desk.ActConfirmSender, id, "how", "Le llamé.")
	if got := b.Load(id).Ticket; got.Requester != "usuaria-administracion-1" || got.Unverified {
		t.Errorf("confirmed contact is %+v", got)
	}
}

// F39: nobody's business is not found, for reading and for acting.
func TestStrangersFindNothing(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open81()
	for _, who := range []desk.PersonID{"usuaria-ut-piura-2", "jefa-ut-tacna", "soporte-1", "nobody", ""} {
		act := b.Act(who, desk.ActComment, id, "message", "¿Y esto?")
		_, err := b.Road.Perform(t.Context(), act)
		wantCode(t, err, desk.NotFound)
		_, err = b.Reader.Look(t.Context(), id, act)
		wantCode(t, err, desk.NotFound)
	}
	_, err := b.Reader.Look(t.Context(), "01J8NOSUCHTICKET0000000000", b.Act("especialista-mesa", desk.ActNote, ""))
	wantCode(t, err, desk.NotFound)
	act := b.Act("especialista-mesa", desk.ActNote, "", "message", "x")
	act.Ticket = "01J8NOSUCHTICKET0000000000"
	_, err = b.Road.Perform(t.Context(), act)
	wantCode(t, err, desk.NotFound)
}

// Staff read notes and whole texts; who asked reads the case without them.
func TestLookShowsNotesToStaffOnly(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open85()
	b.Do("especialista-mesa", desk.ActNote, id, "message", "Ojo con este equipo.")
	look := func(who desk.PersonID) work.View {
		v, err := b.Reader.Look(t.Context(), id, b.Act(who, "", id))
		if err != nil {
			t.Fatalf("%s: %v", who, err)
		}
		return v
	}
	if v := look("especialista-mesa"); !v.Staff || len(v.Records) != 2 || len(v.Offers) == 0 || len(v.Effects) != 2 || v.Ticket.ID != id {
		t.Errorf("staff see %d records, %d offers, %d effects, staff %t", len(v.Records), len(v.Offers), len(v.Effects), v.Staff)
	}
	if v := look("usuaria-administracion-1"); v.Staff || len(v.Records) != 1 || v.Records[0].Act != desk.ActOpen {
		t.Errorf("who asked sees %d records, staff %t", len(v.Records), v.Staff)
	}
	call := []string{"tool", "exchange", "modality", "remote", "reached", "yes", "result", "Dijo su usuario."}
	b.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	b.Do("soporte-1", desk.ActLogContact, id, call...)
	b.Do("soporte-1", desk.ActAsk, id, "question", "¿Su usuario?")
	b.Do("soporte-1", desk.ActLogContact, id, call...)
	seen := look("usuaria-administracion-1").Records
	if last := seen[len(seen)-1]; len(seen) != 4 || last.Act != desk.ActLogContact || last.Texts != nil {
		t.Errorf("who asked sees %d records, the last %s saying %v; want the call that answered, without its words", len(seen), last.Act, last.Texts)
	}
}

// R119: what a contact brought, when it was classified or when it was completed,
// is not asked for again, and stands in the mail to who attends it.
func TestTelephoneOfAContactIsFoundWhereverItWasGiven(t *testing.T) {
	tests := []struct {
		name    string
		arrives string // with the call
		sorted  string // when classified
		later   string
		missing int
	}{
		{"with the call", "anexo 1", "", "", 0},
		{"when classified", "", "anexo 1", "", 0},
		{"later", "", "", "anexo 1", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := desktest.NewBench(t)
			id := mailContact(b, "usuaria-administracion-1", func(a *desk.Act) { a.Fields["phone"] = test.arrives }).After.Ticket.ID
			got := b.Do("informatica-mesa-1", desk.ActClassify, id, "service", "technical-consultation", "priority", "3", "phone", test.sorted).After.Ticket
			if got.Flow != desk.Flow87 || len(got.Missing) != test.missing {
				t.Errorf("classified as %s with %v missing, want %d", got.Flow, got.Missing, test.missing)
			}
			if test.later != "" {
				b.Do("usuaria-administracion-1", desk.ActProvideData, id, "phone", test.later)
			}
			seq := b.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1").After.Ticket.Version
			for _, e := range b.Effects(id) {
				if e.Seq == seq && e.Mail != nil && e.Mail.Data["ph"] != "anexo 1" {
					t.Errorf("the mail to who attends it says telephone %q", e.Mail.Data["ph"])
				}
			}
			mustHold(t, b, id)
		})
	}
}
