package mail

import (
	"strings"
	"testing"

	"mesa/shared/desk"
)

// ours are the facts of every judgement of these tests before its own.
func ours() Known {
	return Known{
		Addresses:   []string{"soporte.usuario@qw.gob.pe", "soporte.ut@qw.gob.pe"},
		ReplyDomain: "mesa.qw.gob.pe",
		Domains:     []string{"qw.gob.pe"},
		Person:      "p-usuaria",
	}
}

// passed is the receipt of a mail with nothing wrong.
func passed() Receipt {
	return Receipt{
		MessageID: "o3vrnil0e2ic28tr", Source: "usuaria.ejemplo@qw.gob.pe", Recipients: []string{"soporte.usuario@qw.gob.pe"},
		Verdicts: Verdicts{Spam: Pass, Virus: Pass, SPF: Pass, DKIM: Pass, DMARC: Pass},
	}
}

// mailOf builds an ordinary mail with more header lines and a text.
func mailOf(extra, text string) []byte {
	return []byte(strings.ReplaceAll("From: Usuaria <usuaria.ejemplo@qw.gob.pe>\nTo: soporte.usuario@qw.gob.pe\nSubject: No imprime\nMessage-ID: <1@qw.gob.pe>\n"+extra+"\n"+text, "\n", "\r\n"))
}

const theTicket desk.TicketID = "01J8ZC6N8Q2V4X6Y8Z0A1B2C3D"

func candidate(by Mark, belongs bool) []Candidate {
	return []Candidate{{Ticket: theTicket, By: by, Belongs: belongs}}
}

// edited makes of a mail another text under the id of one that a ticket has.
func edited(belongs bool) func(*Receipt, *Known) {
	return func(_ *Receipt, k *Known) { k.Seen, k.SeenTicket, k.SeenBelongs = SeenEdited, theTicket, belongs }
}

func TestJudgeDecidesInTheOrderOfTheDesign(t *testing.T) {
	const vacation = "Auto-Submitted: auto-replied\n"
	type change func(*Receipt, *Known)
	tests := map[string]struct {
		extra    string
		change   change
		decision Decision
		rule     string
		answer   Answer
	}{
		"known and verified opens a ticket":          {"", func(*Receipt, *Known) {}, OpenTicket, "new", Acknowledge},
		"known, not verified: ticket without answer": {"", func(r *Receipt, _ *Known) { r.Verdicts.DMARC = Fail }, OpenTicket, "new", NoAnswer},
		"unknown, verified: held, told once":         {"", func(_ *Receipt, k *Known) { k.Person = "" }, Quarantine, "new", WhoAreYou},
		"unknown, verified, told today":              {"", func(_ *Receipt, k *Known) { k.Person, k.AnsweredToday = "", true }, Quarantine, "new", NoAnswer},
		"unknown, not verified: held in silence":     {"", func(r *Receipt, k *Known) { r.Verdicts.DMARC, k.Person = Fail, "" }, Quarantine, "new", NoAnswer},
		"a list asks for no answer":                  {"List-Id: <todos.qw.gob.pe>\n", func(*Receipt, *Known) {}, OpenTicket, "new", NoAnswer},
		"virus comes first of all":                   {vacation, func(r *Receipt, _ *Known) { r.Verdicts.Virus, r.Verdicts.Spam = Fail, Fail }, Quarantine, "virus", NoAnswer},
		"spam comes before what the mail says":       {vacation, func(r *Receipt, _ *Known) { r.Verdicts.Spam = Fail }, Quarantine, "spam", NoAnswer},
		"gray and failed scans do not stop a mail":   {"", func(r *Receipt, _ *Known) { r.Verdicts.Spam, r.Verdicts.Virus = Gray, ProcessingFailed }, OpenTicket, "new", Acknowledge},
		"a bounce comes before the sender":           {"X-Failed-Recipients: nadie@qw.gob.pe\n" + vacation, func(_ *Receipt, k *Known) { k.OverCap = true }, NoteBounce, "bounce", NoAnswer},
		"our own mail come back":                     {"X-PAU-Message: 01J-1-1\n", func(*Receipt, *Known) {}, Drop, "own", NoAnswer},
		"F30 from our own address":                   {"", func(_ *Receipt, k *Known) { k.Addresses = []string{"Usuaria.Ejemplo@qw.gob.pe"} }, Drop, "own", NoAnswer},
		"from our reply domain":                      {"", func(_ *Receipt, k *Known) { k.ReplyDomain = "QW.gob.pe" }, Drop, "own", NoAnswer},
		"an automatic reply reopens nothing":         {vacation, func(_ *Receipt, k *Known) { k.Candidates = candidate(ByAddress, true) }, Drop, "automatic-reply", NoAnswer},
		"what a program wrote is held":               {"Auto-Submitted: auto-generated\n", func(*Receipt, *Known) {}, Quarantine, "machine", NoAnswer},
		"a null envelope sender is a program":        {"", func(r *Receipt, _ *Known) { r.Source = "<>" }, Quarantine, "machine", NoAnswer},
		"F32 two desks stop at the cap":              {"", func(_ *Receipt, k *Known) { k.OverCap, k.Candidates = true, candidate(ByAddress, true) }, Quarantine, "caps", NoAnswer},
		"F1 the same reception twice":                {"", func(_ *Receipt, k *Known) { k.Seen = SeenReception }, Drop, "duplicate", NoAnswer},
		"F1 the same mail to two addresses":          {"", func(_ *Receipt, k *Known) { k.Seen, k.SeenTicket = SeenMail, theTicket }, Drop, "duplicate", NoAnswer},
		"F2 the same id with another text":           {"", edited(true), AddComment, "duplicate", NoAnswer},
		"F2 the same id, the first one held":         {"", func(_ *Receipt, k *Known) { k.Seen = SeenEdited }, Quarantine, "duplicate", NoAnswer},
		"F34 another's id with another text is held": {"", edited(false), Quarantine, "duplicate", NoAnswer},
		"F33 the same id, unverified, is held":       {"", func(r *Receipt, k *Known) { edited(true)(r, k); r.Verdicts.DMARC = Fail }, Quarantine, "duplicate", NoAnswer},
		"SES tells that it set up a rule":            {"", func(r *Receipt, _ *Known) { r.Key = "mail/AMAZON_SES_SETUP_NOTIFICATION" }, Drop, "setup", NoAnswer},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m, r, k := Parse(mailOf(tt.extra, "Texto")), passed(), ours()
			tt.change(&r, &k)
			got := Judge(&m, r, k)
			if last := got.Why[len(got.Why)-1]; got.Decision != tt.decision || last.Rule != tt.rule || got.Answer != tt.answer {
				t.Errorf("%s by %s, answer %q; want %s by %s, answer %q", got.Decision, last.Rule, got.Answer, tt.decision, tt.rule, tt.answer)
			}
		})
	}
}

func TestF34RepliesNeedAMarkOrToBelong(t *testing.T) {
	tests := map[string]struct {
		by       Mark
		belongs  bool
		dmarc    Verdict
		decision Decision
		stranger bool
	}{
		"participant by signed address":             {ByAddress, true, Pass, AddComment, false},
		"participant by root":                       {ByRoot, true, Pass, AddComment, false},
		"participant by the id of an inbound mail":  {ByID, true, Pass, AddComment, false},
		"participant by subject":                    {BySubject, true, Pass, AddComment, false},
		"unverified participant by signed address":  {ByAddress, true, Fail, AddComment, false},
		"unverified participant by root":            {ByRoot, true, Fail, AddComment, false},
		"unverified participant by id is held":      {ByID, true, Fail, Quarantine, false},
		"unverified participant by subject is held": {BySubject, true, Fail, Quarantine, false},
		"stranger by signed address is flagged":     {ByAddress, false, Pass, AddComment, true},
		"unverified stranger by signed address":     {ByAddress, false, Fail, AddComment, true},
		"stranger by root is held":                  {ByRoot, false, Pass, Quarantine, false},
		"stranger by id is held":                    {ByID, false, Pass, Quarantine, false},
		"stranger by guessed subject is held":       {BySubject, false, Pass, Quarantine, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m, r, k := Parse(mailOf("", "Sigue fallando")), passed(), ours()
			r.Verdicts.DMARC, k.Candidates = tt.dmarc, candidate(tt.by, tt.belongs)
			got := Judge(&m, r, k)
			if got.Decision != tt.decision || got.Stranger != tt.stranger || got.Ticket != theTicket || got.Answer != NoAnswer {
				t.Errorf("got %+v", got)
			}
			if verified := tt.dmarc == Pass; got.Verified != verified || (got.Person != "") != verified {
				t.Errorf("acts as %q, verified %t", got.Person, got.Verified)
			}
			if got.Claims != "p-usuaria" {
				t.Errorf("claims %q", got.Claims)
			}
		})
	}
}

func TestTheStrongestMarkDecides(t *testing.T) {
	m, k := Parse(mailOf("", "Texto")), ours()
	k.Candidates = []Candidate{{Ticket: "B", By: BySubject, Belongs: true}, {Ticket: "C", By: ByID, Belongs: true}, {Ticket: "A", By: ByAddress}, {By: ByAddress, Belongs: true}}
	if got := Judge(&m, passed(), k); got.Ticket != "A" || got.By != ByAddress {
		t.Errorf("ticket %s by %s", got.Ticket, got.By)
	}
}

func TestF30MailsFromNobodyInParticular(t *testing.T) {
	tests := map[string]struct {
		raw      string
		decision Decision
	}{
		"no From":                       {"Subject: Hola\r\n\r\nTexto", Quarantine},
		"From without address":          {"From: Usuaria\r\nSubject: Hola\r\n\r\nTexto", Quarantine},
		"nothing at all":                {"", Reject},
		"two Froms act as nobody":       {"From: a@qw.gob.pe\r\nFrom: b@qw.gob.pe\r\nSubject: x\r\n\r\nTexto", OpenTicket},
		"two addresses act as nobody":   {"From: a@qw.gob.pe, b@qw.gob.pe\r\nSubject: x\r\n\r\nTexto", OpenTicket},
		"a daemon's name is no address": {"From: <>\r\nSubject: x\r\n\r\nTexto", Quarantine},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := Parse([]byte(tt.raw))
			got := Judge(&m, passed(), ours())
			if got.Decision != tt.decision || got.Verified || got.Person != "" || got.Answer != NoAnswer {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestF32OurOwnIDIsOursWhoeverSendsIt(t *testing.T) {
	for id, want := range map[string]Decision{"0100.k1.9f2c@MESA.qw.gob.pe": Drop, "0100@qw.gob.pe": OpenTicket, "mesa.qw.gob.pe": OpenTicket, "0100@mesa.qw.gob.pe.example.org": OpenTicket} {
		m := Parse([]byte("From: ana@example.org\r\nSubject: Hola\r\nMessage-ID: <" + id + ">\r\n\r\nTexto"))
		if got := Judge(&m, passed(), ours()); got.Decision != want {
			t.Errorf("<%s> is %s: %s", id, got.Decision, got.Why[len(got.Why)-1].Says)
		}
	}
}

func TestF30ReplyToNeverGrantsIdentity(t *testing.T) {
	m := Parse([]byte("From: Otro <otro@example.org>\r\nReply-To: jefatura.ut@qw.gob.pe\r\nSender: jefatura.ut@qw.gob.pe\r\n\r\nAPROBADO"))
	k := ours()
	k.Person = ""
	if got := Judge(&m, passed(), k); got.Person != "" || m.From.Address != "otro@example.org" {
		t.Errorf("acts as %q, from %s", got.Person, m.From.Address)
	}
}

func TestNoReplyAddressesAreNotAnswered(t *testing.T) {
	for _, address := range []string{"no-reply@qw.gob.pe", "noreply@x.org", "DoNotReply@x.org", "no.responder@x.org", "notificaciones@x.org", "alertas@x.org", "postmaster@x.org"} {
		m, k := Parse([]byte("From: "+address+"\r\nSubject: x\r\n\r\nTexto")), ours()
		for _, person := range []desk.PersonID{"", "p-1"} {
			k.Person = person
			if got := Judge(&m, passed(), k); got.Answer != NoAnswer {
				t.Errorf("%s (%q) gets %q", address, person, got.Answer)
			}
		}
	}
}

func TestWhyListsEveryRuleUpToTheOneThatDecided(t *testing.T) {
	m := Parse(mailOf("", "Texto"))
	why := Judge(&m, passed(), ours()).Why
	if len(why) != len(rules) {
		t.Fatalf("%d steps, want %d", len(why), len(rules))
	}
	for i, step := range why {
		if step.Rule != rules[i].name || step.Hit != (i == len(why)-1) || step.Hit && step.Says == "" {
			t.Errorf("step %d: %+v", i, step)
		}
	}
}

func TestABounceNamesItsTicketAndTheItemThatBounced(t *testing.T) {
	m := Parse(mailOf("X-Failed-Recipients: nadie@qw.gob.pe\n", "------ This is a copy of the message ------\n\nFrom: x@y\nX-PAU-Message: 01J8-3-1\nMessage-ID: <0100@email.amazonses.com>\n\nTexto"))
	k := ours()
	k.Candidates = candidate(ByRoot, false)
	got := Judge(&m, passed(), k)
	if got.Decision != NoteBounce || got.Ticket != theTicket || m.Bounce.OriginalMessage != "01J8-3-1" {
		t.Errorf("%+v of %+v", got, m.Bounce)
	}
}
