package flow_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

func open84(b *bench) flow.Decision {
	b.channel = desk.ChannelForm
	return b.do(b.requester, desk.ActOpen, "service", "acceso", "subject", "Acceso al SIGA", "description", "Para logística.", "sgd_document", "Memorando D000123-2026")
}

// papered84 has the number and both files of 8.4.1.
func papered84(t tester, requester desk.PersonID) *bench {
	b := newBench(t, requester)
	open84(b)
	b.do(requester, desk.ActAttach, "purpose", "access-form")
	b.do(requester, desk.ActAttach, "purpose", "commitment-annex")
	return b
}

func deriving() []string {
	return []string{"proveido", "PROVEIDO 000456-2026", "proveido_date", "2026-09-15", "person", string(support)}
}

func delivering(more ...string) []string {
	return append([]string{"system", "SIGA", "account", "u.ejemplo", "medium", "mail"}, more...)
}

// held84 was derived to support, who has it.
func held84(t tester, requester desk.PersonID) *bench {
	b := papered84(t, requester)
	b.do(assigner, desk.ActDerive, deriving()...)
	b.do(support, desk.ActTake)
	return b
}

// created84 owes the credentials; delivered84 sent them by link.
func created84(t tester, requester desk.PersonID) *bench {
	b := held84(t, requester)
	b.do(support, desk.ActCreateAccess, "message", "SIGA, perfil de consulta.", "credentials", "yes")
	return b
}

func delivered84(t tester, requester desk.PersonID) *bench {
	b := created84(t, requester)
	b.do(support, desk.ActDeliverCredential, delivering()...)
	return b
}

func situations84() []situation {
	closed := func(t tester) *bench {
		b := delivered84(t, userHQ)
		b.do(support, desk.ActArchiveProveido)
		b.do(support, desk.ActClose, closing()...)
		return b
	}
	return []situation{
		{"8.4 without its papers", func(t tester) *bench { b := newBench(t, userHQ); open84(b); return b }, `
			usuaria-sede: comment withdraw
			especialista-mesa: DESK take log-contact WORDS
			informatica-mesa: DESK take log-contact WORDS`},
		{"8.4 of a UT without its number", func(t tester) *bench { return classified(t, userUT, "acceso", "8.4") }, `
			usuaria-ut: comment withdraw provide-data
			especialista-ut: provide-data WORDS
			suplente-especialista: provide-data WORDS
			informatica-ut: provide-data WORDS
			especialista-mesa: DESK take log-contact provide-data WORDS
			informatica-mesa: DESK take log-contact provide-data WORDS`},
		{"8.4 of a UT with its papers: headquarters derives", func(t tester) *bench { return papered84(t, userUT) }, `
			usuaria-ut: comment withdraw
			especialista-mesa: DESK derive take log-contact WORDS
			informatica-mesa: DESK take log-contact WORDS`},
		{"8.4 in the hands of support", func(t tester) *bench { return held84(t, userHQ) }, `
			usuaria-sede: comment
			soporte-1: create-access archive-proveido ask escalate send-back log-contact workaround WORDS
			soporte-2: take WORDS
			especialista-mesa: DESK assign WORDS
			informatica-mesa: DESK WORDS`},
		{"8.4 with the access created", func(t tester) *bench { return created84(t, userUT) }, `
			usuaria-ut: comment
			soporte-1: create-access deliver-credential archive-proveido ask escalate send-back log-contact workaround WORDS
			soporte-2: take WORDS
			especialista-mesa: DESK assign WORDS
			informatica-mesa: DESK WORDS`},
		{"8.4 archived, to be closed", func(t tester) *bench {
			b := delivered84(t, userHQ)
			b.do(support, desk.ActArchiveProveido)
			return b
		}, `
			usuaria-sede: comment
			soporte-1: create-access deliver-credential close ask escalate send-back log-contact workaround WORDS
			soporte-2: take WORDS
			especialista-mesa: DESK assign WORDS
			informatica-mesa: DESK WORDS`},
		{"8.4 closed", closed, `
			usuaria-sede: comment reopen
			soporte-1: log-contact WORDS
			soporte-2: WORDS
			especialista-mesa: reopen WORDS
			informatica-mesa: reopen WORDS`},
	}
}

// 8.4 from the request to the row, as its three clauses tell it.
func TestAccessFromTheRequestToTheRow(t *testing.T) {
	b := newBench(t, userHQ)
	d := open84(b)
	wantEvents(t, d, "TicketOpened DataRequested LevelEntered")
	wantMails(t, d, "received→requester") // the next page asks for the files: no second mail yet
	if d.Texts["sgd_document"] != "Memorando D000123-2026" || b.ticket.Team != deskTeam || b.ticket.Level != 1 {
		t.Errorf("texts %v, ticket %+v", d.Texts, b.ticket)
	}
	b.do(userHQ, desk.ActAttach, "purpose", "access-form")
	d = b.do(userHQ, desk.ActAttach, "purpose", "commitment-annex")
	if len(b.ticket.Missing) > 0 || b.ticket.DataAt.Open() || len(d.Settle) != 1 {
		t.Errorf("with both files %v is missing, waits %q", b.ticket.Missing, waitNames(b.waits))
	}
	d = b.do(assigner, desk.ActDerive, deriving()...)
	wantEvents(t, d, "ProveidoDerived LevelEntered")
	wantMails(t, d, "assigned→soporte-1")
	wantState(t, b, desk.Assigned)
	if e := d.Events[0].(desk.ProveidoDerived); e.On != "2026-09-15" || d.Texts["proveido"] != "PROVEIDO 000456-2026" || b.ticket.Team != supTeam {
		t.Errorf("derived %+v, texts %v, team %s", e, d.Texts, b.ticket.Team)
	}
	b.do(support, desk.ActTake)
	d = b.do(support, desk.ActCreateAccess, "message", "SIGA, perfil de consulta.", "credentials", "yes")
	wantEvents(t, d, "AccessCreated")
	d = b.do(support, desk.ActDeliverCredential, delivering()...)
	wantEvents(t, d, "CredentialDelivered RequesterTold")
	wantMails(t, d, "credentials→requester")
	d = b.do(support, desk.ActArchiveProveido)
	wantEvents(t, d, "ProveidoArchived")
	d = b.do(support, desk.ActClose, closing()...)
	wantEvents(t, d, "RequesterTold TicketClosed RowRegistered")
	if d.Register == nil || d.Register.Typology != "Acceso" {
		t.Errorf("row %+v", d.Register)
	}
}

// R98: nothing proceeds while a paper is missing, and the refusal names it.
func TestAccessDoesNotProceedWithoutItsPapers(t *testing.T) {
	const form, annex, number = "access-form", "commitment-annex", "sgd_document"
	tests := []struct {
		name     string
		attached []string
		byMail   bool // classified by the desk: without the SGD's number
		want     string
	}{
		{"both files", nil, false, "Faltan el formato de acceso y el anexo de compromiso: adjúntelos para continuar."},
		{"the annex", []string{form}, false, "Falta el anexo de compromiso: adjúntelo para continuar."},
		{"the form", []string{annex}, false, "Falta el formato de acceso: adjúntelo para continuar."},
		{"the number", []string{form, annex}, true, "Falta el número del documento SGD: complételo para continuar."},
		{"all of it", nil, true, "Faltan el número del documento SGD, el formato de acceso y el anexo de compromiso: complételos para continuar."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t, userHQ)
			if test.byMail {
				b = classified(t, userHQ, "acceso", "8.4")
			} else {
				open84(b)
			}
			for _, purpose := range test.attached {
				b.do(userHQ, desk.ActAttach, "purpose", purpose)
			}
			_, err := b.try(assigner, desk.ActDerive, deriving()...)
			wantRefused(t, err, desk.Refused, "8.4.1, R98")
			if !strings.Contains(err.Error(), test.want) || flow.Next(b.ticket).Text != test.want || flow.MissingPapers(b.ticket) != test.want {
				t.Errorf("refused by %v, next %q; want %q", err, flow.Next(b.ticket).Text, test.want)
			}
			if test.byMail {
				b.do(userHQ, desk.ActProvideData, number, "Memorando D000123-2026")
			}
			for _, purpose := range []string{form, annex} {
				b.do(userHQ, desk.ActAttach, "purpose", purpose)
			}
			b.do(assigner, desk.ActDerive, deriving()...)
		})
	}
}

// Papers that came before a contact was classified are not asked for again.
func TestPapersThatAreThereAreNotAskedForAgain(t *testing.T) {
	b := contact(t, userHQ)
	b.do(userHQ, desk.ActAttach, "purpose", "access-form")
	b.do(userHQ, desk.ActAttach, "purpose", "commitment-annex")
	wantEvents(t, b.do(deskOne, desk.ActClassify, "service", "acceso", "priority", "3", "sgd_document", "Oficio 7"), "TicketClassified")
	wantEvents(t, b.do(assigner, desk.ActDerive, deriving()...), "ProveidoDerived LevelEntered")
}

// 8.4.2: a UT's contact goes to headquarters, whose mesa de ayuda derives it.
func TestAccessOfATerritorialUnitIsReceivedAtHeadquarters(t *testing.T) {
	b := contact(t, userUT)
	d := b.do(expertUT, desk.ActClassify, "service", "acceso", "priority", "3", "sgd_document", "Oficio 7")
	wantEvents(t, d, "TicketClassified DataRequested LevelEntered")
	wantMails(t, d, "missing-data→requester level-changed→mesa-de-ayuda")
	if b.ticket.Team != deskTeam || b.ticket.Level != 1 || !b.ticket.Territorial {
		t.Errorf("ticket %+v", b.ticket)
	}
}

// The files are asked for by mail only when they do not come.
func TestFilesAreAskedForWhenTheyDoNotCome(t *testing.T) {
	b := newBench(t, userHQ)
	open84(b)
	d := b.ring(desk.WaitData)
	wantMails(t, d, "missing-data→requester")
	if n := d.Notices[0]; n.Wait != "" || n.Data["papers"] != "yes" || n.Data["fields"] != "Formato de acceso a los sistemas, Anexo de compromiso" {
		t.Errorf("asked by %+v, want the case and both files by name", n)
	}
}

// R99, R102, R153: what closing demands, named one by one.
func TestAccessCannotCloseBeforeItsProveidoIsArchived(t *testing.T) {
	close := func(b *bench, clause, text string) {
		t.Helper()
		_, err := b.try(support, desk.ActClose, closing()...)
		wantRefused(t, err, desk.Refused, clause)
		if !strings.Contains(err.Error(), text) {
			t.Errorf("refused by %v, want %q", err, text)
		}
	}
	b := held84(t, userHQ)
	close(b, "8.4.3, R101", "Para cerrar falta: crear los accesos y entregar las credenciales (8.4.3).")
	b = created84(t, userHQ)
	close(b, "8.4.3, R101", "Para cerrar falta: crear los accesos y entregar las credenciales (8.4.3).")
	b = delivered84(t, userHQ)
	close(b, "8.4.3, R102", "Para cerrar falta: archivar el proveído en el SGD (8.4.3).")
	b.do(support, desk.ActArchiveProveido)
	_, err := b.try(support, desk.ActArchiveProveido)
	wantRefused(t, err, desk.Refused, "8.4.3, R102")
	b.do(support, desk.ActClose, closing()...)
}

// An account that is taken away has no credentials to deliver.
func TestAccessWithoutCredentialsOwesNone(t *testing.T) {
	b := held84(t, userHQ)
	b.do(support, desk.ActCreateAccess, "message", "Baja de la cuenta.", "credentials", "no")
	b.do(support, desk.ActArchiveProveido)
	b.do(support, desk.ActClose, "solution", "Se dio de baja.", "medium", "phone", "call", "Conforme")
}

func TestDerivingDemandsNumberDateAndProfessional(t *testing.T) {
	b := papered84(t, userHQ)
	for field, value := range map[string]string{"proveido": "", "proveido_date": "2026-09-16", "person": string(deskOne)} {
		fields := slices.Clone(deriving())
		fields[slices.Index(fields, field)+1] = value
		_, err := b.try(assigner, desk.ActDerive, fields...)
		wantField(t, err, field)
	}
	for _, value := range []string{"15/09/2026", "2026-13-01", "ayer"} {
		_, err := b.try(assigner, desk.ActDerive, "proveido", "x", "proveido_date", value, "person", string(support))
		wantField(t, err, "proveido_date")
	}
	wantField(t, second(b.try(assigner, desk.ActDerive, "proveido", "x", "proveido_date", "2026-09-14", "person", "nadie")), "person")
	b.teams = teams(desk.Flow84, false)
	delete(b.teams, 2)
	wantRefused(t, second(b.try(assigner, desk.ActDerive, deriving()...)), desk.Refused, "7.5, R48")
}

func second(_ flow.Decision, err error) error { return err }

// What deliveries write besides the ticket, and what they refuse.
func TestDeliveringCredentials(t *testing.T) {
	life := flow.DefaultPolicy().CredentialLife
	t.Run("by link: sealed, with an end", func(t *testing.T) {
		b := created84(t, userHQ)
		d := b.do(support, desk.ActDeliverCredential, delivering()...)
		seq := b.ticket.Version
		if v := d.Vault.Keep; v == nil || v.Delivery != seq || string(v.Sealed) != "cifrado" || !v.Until.Equal(b.now.Add(life)) || len(d.Vault.Drop)+d.Vault.Show != 0 {
			t.Errorf("vault %+v", d.Vault)
		}
		n := d.Notices[0]
		if n.Wait != desk.NewWaitID(desk.WaitCredential, seq) || n.Round != 1 || n.Data["system"] != "SIGA" || n.Data["account"] != "u.ejemplo" || n.Data["until"] != "20/09/2026 09:00" {
			t.Errorf("notice %+v", n)
		}
	})
	t.Run("by telephone: nothing is kept", func(t *testing.T) {
		b := created84(t, userHQ)
		phone := []string{"system", "SIGA", "account", "u.ejemplo", "medium", "phone"}
		wantField(t, second(b.try(support, desk.ActDeliverCredential, phone...)), "call")
		d := b.do(support, desk.ActDeliverCredential, append(phone, "call", "Se le dijo y la anotó.")...)
		if d.Vault.Changes() != 0 || len(d.Notices) != 0 || len(b.ticket.Unseen) != 0 || b.ticket.Access != desk.AccessSettled || b.ticket.Told != desk.ByPhone {
			t.Errorf("vault %+v, mails %q, ticket %+v", d.Vault, mailNames(d.Notices), b.ticket)
		}
	})
	t.Run("without a password there is none to send", func(t *testing.T) {
		b := created84(t, userHQ)
		a := b.act(support, desk.ActDeliverCredential, pairs(delivering()...))
		a.Secret = nil
		_, err := flow.Decide(b.ticket, b.facts(support, nil), a)
		wantField(t, err, "password")
	})
	t.Run("a password among the fields stops the act", func(t *testing.T) {
		b := created84(t, userHQ)
		_, err := b.try(support, desk.ActDeliverCredential, delivering("password", "Clave-ab1")...)
		wantField(t, err, "password")
		if strings.Contains(err.Error(), "Clave-ab1") {
			t.Errorf("the refusal repeats it: %v", err)
		}
	})
	t.Run("another one replaces it, or stands beside it", func(t *testing.T) {
		b := delivered84(t, userHQ)
		first := string('0' + rune(b.ticket.Version))
		d := b.do(support, desk.ActDeliverCredential, delivering("replaces", first)...)
		if !slices.Equal(d.Vault.Drop, []int{b.ticket.Version - 1}) || len(b.ticket.Unseen) != 1 {
			t.Errorf("vault %+v, unseen %v", d.Vault, b.ticket.Unseen)
		}
		wantField(t, second(b.try(support, desk.ActDeliverCredential, delivering("replaces", first)...)), "replaces")
		b.do(support, desk.ActDeliverCredential, delivering()...)
		if len(b.ticket.Unseen) != 2 {
			t.Errorf("unseen %v", b.ticket.Unseen)
		}
	})
	t.Run("those whose time is over make room", func(t *testing.T) {
		b := delivered84(t, userHQ)
		for range 3 {
			b.do(support, desk.ActDeliverCredential, delivering()...)
		}
		wantField(t, second(b.try(support, desk.ActDeliverCredential, delivering()...)), "replaces")
		b.now = b.now.Add(life)
		d := b.do(support, desk.ActDeliverCredential, delivering()...)
		if len(d.Vault.Drop) != 4 || len(b.ticket.Unseen) != 1 {
			t.Errorf("dropped %v, unseen %v", d.Vault.Drop, b.ticket.Unseen)
		}
	})
}

// R101: shown by link and digits, once, in time, also after the case was closed.
func TestShowingACredential(t *testing.T) {
	show := func(b *bench, who desk.PersonID, delivery string) (flow.Decision, error) {
		b.byCode = true
		return b.try(who, desk.ActShowCredential, "delivery", delivery)
	}
	b := delivered84(t, userHQ)
	seq := b.ticket.Version
	number := string('0' + rune(seq))
	wantRefused(t, second(b.try(userHQ, desk.ActShowCredential, "delivery", number)), desk.Refused, "8.4.3, R101") // signed in is not enough
	for _, who := range []desk.PersonID{userUT, support, assigner, headUTI} {
		wantRefused(t, second(show(b, who, number)), desk.Forbidden, "")
	}
	wantRefused(t, second(show(b, userHQ, "99")), desk.Refused, "8.4.3, R103")
	b.do(support, desk.ActArchiveProveido)
	b.do(support, desk.ActClose, closing()...)
	d, err := show(b, userHQ, number)
	if err != nil || d.Vault.Show != seq || len(d.Notices) != 0 || len(b.ticket.Unseen) != 0 {
		t.Fatalf("shown: %v, vault %+v, unseen %v", err, d.Vault, b.ticket.Unseen)
	}
	wantEvents(t, d, "CredentialShown")
	wantState(t, b, desk.Closed)
	wantRefused(t, second(show(b, userHQ, number)), desk.Refused, "8.4.3, R103")

	late := delivered84(t, userHQ)
	late.now = late.now.Add(flow.DefaultPolicy().CredentialLife - time.Second)
	if _, err := show(late.clone(), userHQ, number); err != nil {
		t.Errorf("in the last second: %v", err)
	}
	late.now = late.now.Add(time.Second)
	wantRefused(t, second(show(late, userHQ, number)), desk.Refused, "8.4.3, R103")
}

func TestNextStepsOfAccess(t *testing.T) {
	settled := delivered84(t, userHQ)
	settled.do(support, desk.ActArchiveProveido)
	opened := newBench(t, userHQ)
	open84(opened)
	assigned := papered84(t, userHQ)
	assigned.do(assigner, desk.ActDerive, deriving()...)
	for _, test := range []struct {
		b    *bench
		act  desk.ActKind
		text string
	}{
		{opened, desk.ActAttach, "Faltan"}, {papered84(t, userUT), desk.ActDerive, "Derive"}, {assigned, desk.ActTake, "Reciba"}, {held84(t, userHQ), desk.ActCreateAccess, "Revise"},
		{created84(t, userHQ), desk.ActDeliverCredential, "Remita"}, {delivered84(t, userUT), desk.ActArchiveProveido, "Archive"}, {settled, desk.ActClose, "Registre"},
	} {
		step := flow.Next(test.b.ticket)
		if step.Acts[0] != test.act || !strings.HasPrefix(step.Text, test.text) || !strings.HasPrefix(step.Clause, "8.4.") {
			t.Errorf("next is %+v, want %s", step, test.act)
		}
	}
}

// The checklist names what closing refuses, and no more.
func TestClosingListOfAccess(t *testing.T) {
	left := func(b *bench) string {
		var names []string
		for _, d := range flow.Closing(b.ticket) {
			if !d.Done && d.Act != desk.ActClose {
				names = append(names, string(d.Act))
			}
		}
		return strings.Join(names, " ")
	}
	opened := newBench(t, userHQ)
	open84(opened)
	settled := delivered84(t, userHQ)
	settled.do(support, desk.ActArchiveProveido)
	for _, test := range []struct{ got, want string }{
		{left(opened), "attach derive create-access archive-proveido"}, {left(held84(t, userHQ)), "create-access archive-proveido"},
		{left(created84(t, userHQ)), "deliver-credential archive-proveido"}, {left(delivered84(t, userHQ)), "archive-proveido"}, {left(settled), ""},
	} {
		if test.got != test.want {
			t.Errorf("still to do %q, want %q", test.got, test.want)
		}
	}
}

// The form offers to replace only what waits to be seen.
func TestDeliveryOffersWhatItMayReplace(t *testing.T) {
	options := func(b *bench) int {
		for _, o := range flow.Offers(b.ticket, b.facts(support, nil)) {
			for _, f := range o.Fields {
				if o.Act == desk.ActDeliverCredential && f.Name == "replaces" {
					return len(f.Options)
				}
			}
		}
		return 0
	}
	if got := options(created84(t, userHQ)); got != 0 {
		t.Errorf("%d to replace before the first", got)
	}
	if got := options(delivered84(t, userHQ)); got != 1 {
		t.Errorf("%d to replace after the first", got)
	}
}
