package notify

import (
	"strings"
	"testing"

	"mesa/shared/desk"
)

// silence makes people of a sample unreachable.
func silence(s sample, who ...string) sample {
	silent := map[string]bool{}
	for _, w := range who {
		silent[w] = true
	}
	s.about.People = fakePeople{silent}
	return s
}

// TestNobodyIsDroppedSilently: each reader who cannot be written to has somebody
// who is told instead, and the mail says for whom it was.
func TestNobodyIsDroppedSilently(t *testing.T) {
	tests := map[string]struct {
		sample  string
		silent  []string
		address string
		message desk.Message
	}{
		"who asked: the assignee calls":               {"closed", []string{"user"}, "dev@qw.gob.pe", desk.MailNotDelivered},
		"who asked, no assignee: the team calls":      {"received-contact", []string{"user"}, "ut-ejemplo@qw.gob.pe", desk.MailNotDelivered},
		"who asked, assignee out: the team's lead":    {"closed", []string{"user", "dev"}, "dev-lead@qw.gob.pe", desk.MailNotDelivered},
		"a head: the Level 1 team of the place calls": {"decide", []string{"head"}, "ut-ejemplo@qw.gob.pe", desk.MailNotDelivered},
		"a head and the place: the mesa de ayuda":     {"decide", []string{"head", "ut-ejemplo"}, "mesa@qw.gob.pe", desk.MailNotDelivered},
		"an assignee: the team reads it":              {"level-due", []string{"dev"}, "dev-lead@qw.gob.pe", desk.MailLevelDue},
		"a team: the Level 1 team of the place":       {"pase", []string{"bd"}, "ut-ejemplo@qw.gob.pe", desk.MailPase},
		"a lead: the team's mailbox":                  {"level-due-lead", []string{"dev-lead"}, "dev@qw.gob.pe", desk.MailLevelDue},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := silence(mustSample(t, tt.sample), tt.silent...)
			m := mustSeal(t, s)
			if m.To != tt.address || m.Message != tt.message {
				t.Fatalf("%s to %q, want %s to %q", m.Message, m.To, tt.message, tt.address)
			}
			if m.Data[keyMeant] == "" {
				t.Error("the mail does not say for whom it was")
			}
			mustRender(t, m, env())
		})
	}
}

// TestAPersonalLinkIsMailedToNobodyElse: who gets the mail instead of a head
// must not get the head's power.
func TestAPersonalLinkIsMailedToNobodyElse(t *testing.T) {
	for _, name := range []string{"decide", "decide-again", "question", "question-again", "missing-data"} {
		t.Run(name, func(t *testing.T) {
			m := mustSeal(t, silence(mustSample(t, name), "head", "user"))
			if _, _, personal := LinkFor(m); personal || m.Wait != "" || m.Round != 0 {
				t.Errorf("%s to %q carries wait %q", m.Message, m.To, m.Wait)
			}
		})
	}
}

// TestWithNobodyLeftTheMailIsRecorded: it has no address, cannot be rendered,
// and so stands as failed where people look.
func TestWithNobodyLeftTheMailIsRecorded(t *testing.T) {
	m := mustSeal(t, silence(mustSample(t, "closed"), "all"))
	if m.To != "" || m.Name != "Usuaria/o de ejemplo" {
		t.Errorf("to %q %q", m.Name, m.To)
	}
	if _, err := Render(m, env()); err == nil {
		t.Error("a mail without address was rendered")
	}
}

// TestWhoeverCallsKnowsTheNumber: a head's own, or what who asked left.
func TestWhoeverCallsKnowsTheNumber(t *testing.T) {
	for name, tt := range map[string]struct{ silent, want string }{"decide": {"head", "Teléfono: 987 654 321\n"}, "question": {"user", "Teléfono: 555 000\n"}} {
		t.Run(name, func(t *testing.T) {
			s := silence(mustSample(t, name), tt.silent)
			s.about.Texts["phone"] = "555 000"
			if text := mustRender(t, mustSeal(t, s), env()).Text; !strings.Contains(text, tt.want) {
				t.Errorf("%q is not in:\n%s", tt.want, text)
			}
		})
	}
}

func TestNotDeliveredSaysWhatToTell(t *testing.T) {
	failed := mustSeal(t, mustSample(t, "closed"))
	m := NotDelivered(failed, failed.Name, Trouble{Cause: CauseRefused})
	m.To = "dev@qw.gob.pe"
	r := mustRender(t, m, env())
	if !strings.Contains(r.Text, failed.Data[keySolution]) {
		t.Errorf("what the closing was to say is not in:\n%s", r.Text)
	}
	if len(failed.Data[keyFailed]) > 0 {
		t.Error("the failed mail was changed")
	}
	// The outbox may have only the data of the mail that failed.
	bare := desk.Mail{Message: desk.MailNotDelivered, To: "dev@qw.gob.pe", Data: failed.Data}
	mustRender(t, bare, env())
}
