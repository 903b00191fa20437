package notify

import (
	"mime"
	"strings"
	"testing"

	"mesa/shared/desk"
)

// TestSESTakesTheHeaders: in the simple form it writes some itself and refuses
// them from us, and takes each other once.
func TestSESTakesTheHeaders(t *testing.T) {
	refused := []string{"bcc", "cc", "content-disposition", "content-type", "date", "from", "message-id", "mime-version", "reply-to", "return-path", "subject", "to", "precedence"}
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			seen := map[string]bool{}
			r := mustRender(t, mustSeal(t, s), env())
			for _, h := range r.Headers {
				name := strings.ToLower(h.Name)
				if seen[name] {
					t.Errorf("%s stands twice", h.Name)
				}
				seen[name] = true
				for _, no := range refused {
					if name == no {
						t.Errorf("%s is not ours to write", h.Name)
					}
				}
			}
			safeHeaders(t, r)
		})
	}
}

func TestHeadersSayWhatTheMailIs(t *testing.T) {
	tests := map[string]struct{ sample, header, want string }{
		"a receipt answers by itself":        {"received", "Auto-Submitted", "auto-replied"},
		"so does the answer to a reply":      {"reply-is-not-vote", "Auto-Submitted", "auto-replied"},
		"all else is generated":              {"decide", "Auto-Submitted", "auto-generated"},
		"no vacation notes, please":          {"closed", "X-Auto-Response-Suppress", "All"},
		"only interruptions are urgent":      {"interruption", "Importance", "high"},
		"decisions are not":                  {"decide", "Importance", ""},
		"the list is the desk's":             {"closed", "List-Id", "Mesa de ayuda UTI <mesa-de-ayuda.example.gob.pe>"},
		"the language is Peru's":             {"closed", "Content-Language", "es-PE"},
		"the case is named":                  {"closed", "X-PAU-Case", "2026-004512"},
		"the item is named":                  {"closed", "X-PAU-Message", "01J8ZC6N8Q2V4X6Y8Z0A1B2C3D-1-1"},
		"without a mail to answer, the root": {"closed", "In-Reply-To", "<01j8zc.k1.abcdefghjkmn@example.gob.pe>"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := mustRender(t, mustSeal(t, mustSample(t, tt.sample)), env()).header(tt.header); got != tt.want {
				t.Errorf("%s: %q, want %q", tt.header, got, tt.want)
			}
		})
	}
}

func TestThreadsBeginWithTheRoot(t *testing.T) {
	const root = "<root@desk>"
	tests := map[string]struct{ answered, references, inReplyTo string }{
		"an id":                      {"<in@qw.gob.pe>", root + " <in@qw.gob.pe>", "<in@qw.gob.pe>"},
		"the last of many":           {"<a@x> <b@x>", root + " <b@x>", "<b@x>"},
		"an id without brackets":     {"in@qw.gob.pe", root + " <in@qw.gob.pe>", "<in@qw.gob.pe>"},
		"none":                       {"", root, root},
		"the root itself":            {root, root, root},
		"line ends are folded away":  {"<in@x>\r\nBcc: evil@evil.com", root + " <in@x>", "<in@x>"},
		"an id with line ends":       {"<in\r\nBcc:evil@evil.com>", root + " <inBcc:evil@evil.com>", "<inBcc:evil@evil.com>"},
		"an id that is not ASCII":    {"<ñ@x>", root, root},
		"an id longer than a header": {"<" + strings.Repeat("a", 990) + "@x>", root, root},
		"quotes in an id":            {"<\"a b\"@x>", root, root},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := threading(tt.answered, root)
			if len(got) != 2 || got[0].Value != tt.inReplyTo || got[1].Value != tt.references {
				t.Errorf("%q, want In-Reply-To %q, References %q", got, tt.inReplyTo, tt.references)
			}
		})
	}
	if got := threading("", ""); got != nil {
		t.Errorf("without root and answer: %q", got)
	}
}

func TestNamesAreEncoded(t *testing.T) {
	tests := map[string]struct{ name, want string }{
		"ASCII is quoted":        {"Mesa de ayuda UTI", "Mesa de ayuda UTI"},
		"Spanish is encoded":     {"Ñandú García", "Ñandú García"},
		"quotes are kept":        {`La "jefa"`, `La "jefa"`},
		"an address is a name":   {"x@evil.com, y", "x@evil.com, y"},
		"line ends become blank": {"A\r\nBcc: b@c", "A Bcc: b@c"},
		"a long name is cut":     {strings.Repeat("ñ", 500), strings.Repeat("ñ", maxName/2-1) + "…"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := mailbox(tt.name, "a@qw.gob.pe")
			if err != nil {
				t.Fatal(err)
			}
			safeHeaders(t, Rendered{From: got, To: got, ReplyTo: got})
			shown, err := new(mime.WordDecoder).DecodeHeader(strings.TrimSuffix(got, " <a@qw.gob.pe>"))
			shown = strings.ReplaceAll(strings.Trim(shown, `"`), `\"`, `"`)
			if tt.name == `La "jefa"` {
				shown = `La "jefa"`
			}
			if err != nil || shown != tt.want {
				t.Errorf("%q shows %q, want %q (%v)", got, shown, tt.want, err)
			}
		})
	}
}

func TestLinkForNamesPageAndCode(t *testing.T) {
	tests := map[string]struct {
		mail     desk.Mail
		page     string
		coded    bool
		personal bool
	}{
		"a decision has link and code":       {desk.Mail{Message: desk.MailDecide, Wait: "approval#1"}, "approvals", true, true},
		"so has its reminder":                {desk.Mail{Message: desk.MailDecideAgain, Wait: "approval#1"}, "approvals", true, true},
		"one that takes signing in has none": {desk.Mail{Message: desk.MailDecide, Wait: "approval#1", Data: map[string]string{keySignIn: "yes"}}, "", false, false},
		"a question has a link":              {desk.Mail{Message: desk.MailQuestion, Wait: "paused#2"}, "answers", false, true},
		"missing data too":                   {desk.Mail{Message: desk.MailMissingData, Wait: "data#1"}, "answers", false, true},
		"a question without wait has none":   {desk.Mail{Message: desk.MailQuestion}, "", false, false},
		"a closing points to the case page":  {desk.Mail{Message: desk.MailClosed, Wait: "level#2"}, "", false, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			page, coded, personal := LinkFor(tt.mail)
			if string(page) != tt.page || coded != tt.coded || personal != tt.personal {
				t.Errorf("%q %v %v", page, coded, personal)
			}
		})
	}
}
