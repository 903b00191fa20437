package notify

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
)

func TestEachAudienceHasOneReader(t *testing.T) {
	tests := map[string]struct {
		to       desk.Audience
		assignee desk.PersonID
		address  string
		name     string
		person   desk.PersonID
		none     bool
	}{
		"who asked is a person":                      {toRequester(), "dev", "user@qw.gob.pe", "Usuaria/o de ejemplo", "user", false},
		"a substitute is themselves":                 {toPerson("deputy", "head"), "dev", "deputy@qw.gob.pe", "Suplente de ejemplo", "deputy", false},
		"a team is its mailbox":                      {toTeam("bd"), "dev", "bd@qw.gob.pe", "Equipo de base de datos y aplicaciones", "", false},
		"a team without mailbox is its lead":         {toTeam("desarrollo"), "dev", "dev-lead@qw.gob.pe", "Desarrollo 2", "dev-lead", false},
		"a lead is a person":                         {toLead("bd"), "dev", "dev-lead@qw.gob.pe", "Desarrollo 2", "dev-lead", false},
		"a lead who has the case is told once":       {toLead("bd"), "dev-lead", "", "", "", true},
		"a lead is told of a case that nobody took":  {toLead("bd"), "", "dev-lead@qw.gob.pe", "Desarrollo 2", "dev-lead", false},
		"a lead who reads for the team is told once": {toLead("desarrollo"), "", "", "", "", true},
		"no team is the team of the place":           {toTeam(""), "", "desarrollo-none", "", "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			mails := Sealer{}.Seal(desk.Notice{Message: desk.MailLevelDue, Audience: tt.to}, about(atLevel(2, "desarrollo", tt.assignee), desk.Clock))
			switch {
			case tt.none && len(mails) > 0:
				t.Fatalf("%d mails, want none", len(mails))
			case tt.none:
				return
			case len(mails) != 1:
				t.Fatalf("%d mails, want 1", len(mails))
			}
			if tt.address == "desarrollo-none" { // goes on to the team that has the case
				tt.address, tt.name, tt.person = "dev-lead@qw.gob.pe", "Desarrollo 2", "dev-lead"
			}
			if m := mails[0]; m.To != tt.address || m.Name != tt.name || m.Person != tt.person {
				t.Errorf("to %q %q %q, want %q %q %q", m.To, m.Name, m.Person, tt.address, tt.name, tt.person)
			}
		})
	}
}

func TestUsersOfASystemAreLeftToAFanOut(t *testing.T) {
	s := mustSample(t, "interruption")
	mails := Sealer{}.Seal(s.notice, s.about)
	if len(mails) != 1 || mails[0].To != "" || mails[0].Person != "" {
		t.Errorf("%+v, want one mail without reader", mails)
	}
}

func TestSealedMailsKeepLinkAndClosing(t *testing.T) {
	m := mustSeal(t, mustSample(t, "decide-substitute"))
	if m.Wait != "approval#1" || m.Round != 1 || m.Stage != desk.StageUT || m.For != "head" || m.Person != "deputy" {
		t.Errorf("decision mail %+v", m)
	}
	if m := mustSeal(t, mustSample(t, "closed")); !m.Closing {
		t.Error("the closing mail lost that it is one")
	}
}

// TestMissingDataGetsItsLink: the flow orders the mail before it knows the wait.
func TestMissingDataGetsItsLink(t *testing.T) {
	m := mustSeal(t, mustSample(t, "missing-data"))
	if m.Wait != "data#1" || m.Round != 1 {
		t.Errorf("wait %q round %d, want data#1 round 1", m.Wait, m.Round)
	}
}

func TestOnlyTheWriterSeesTheMailBeingAnswered(t *testing.T) {
	tests := map[string]struct {
		message desk.Message
		to      desk.Audience
		want    string
	}{
		"who asked":             {desk.MailReceived, toRequester(), "<in@x>"},
		"who wrote":             {desk.MailDecided, toPerson("dev", ""), "<in@x>"},
		"a head who replied":    {desk.MailNotUnderstood, toPerson("head", ""), "<in@x>"},
		"not another person":    {desk.MailAnswered, toPerson("support", ""), ""},
		"not a team's mailbox":  {desk.MailAnswered, toTeam("bd"), ""},
		"not a decision's head": {desk.MailDecide, toPerson("head", ""), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			a := about(incident(), "dev")
			a.ReplyTo = "<in@x>"
			m := mustSeal(t, sample{name, desk.Notice{Message: tt.message, Audience: tt.to}, a})
			if m.ReplyTo != tt.want {
				t.Errorf("In-Reply-To %q, want %q", m.ReplyTo, tt.want)
			}
		})
	}
}

// TestAnOrdinaryItemStaysSmall: every mail is written once, claimed once and
// finished once, so each further kilobyte costs three write units.
func TestAnOrdinaryItemStaysSmall(t *testing.T) {
	const roomForTheRest = 400 // keys, state, times and tag of the outbox item
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			stored, err := json.Marshal(mustSeal(t, s))
			if err != nil {
				t.Fatal(err)
			}
			if limit := 1024 - roomForTheRest; len(stored) > limit {
				t.Errorf("%d bytes, more than %d: %s", len(stored), limit, stored)
			}
		})
	}
}

func TestLongTextsAreCutWhereTheyAreSealed(t *testing.T) {
	long := ""
	for range 1000 {
		long += "palabra "
	}
	s := mustSample(t, "decide")
	s.about.Texts["description"] = long
	decide := len([]rune(mustSeal(t, s).Data[keyText]))
	s = mustSample(t, "assigned")
	s.about.Texts["description"] = long
	assigned := len([]rune(mustSeal(t, s).Data[keyText]))
	if decide < 2900 || decide > maxDecideText || assigned > maxExcerpt {
		t.Errorf("decision mail %d characters, other mail %d", decide, assigned)
	}
}

// TestSealingLeavesTheNoticeAlone: a conflict makes work decide and seal again.
func TestSealingLeavesTheNoticeAlone(t *testing.T) {
	s := mustSample(t, "not-mine")
	before := maps.Clone(s.notice.Data)
	first, second := Sealer{}.Seal(s.notice, s.about), Sealer{}.Seal(s.notice, s.about)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("sealed twice (-first +second):\n%s", diff)
	}
	if diff := cmp.Diff(before, s.notice.Data); diff != "" {
		t.Errorf("notice changed:\n%s", diff)
	}
}

func TestOrderedAtAndMailboxAreReadBack(t *testing.T) {
	m := mustSeal(t, mustSample(t, "decide"))
	if got := OrderedAt(m); !got.Equal(now) {
		t.Errorf("ordered at %v, want %v", got, now)
	}
	if got := Mailbox(m); got != "soporte.ut-ejemplo" {
		t.Errorf("mailbox %q", got)
	}
	if got := Mailbox(mustSeal(t, mustSample(t, "assigned"))); got != "" {
		t.Errorf("mailbox of headquarters %q, want none", got)
	}
	if !OrderedAt(desk.Mail{}).IsZero() {
		t.Error("a mail that was not sealed has a date")
	}
}
