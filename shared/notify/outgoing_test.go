package notify

import (
	"net/mail"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"mesa/shared/desk"
)

// What holds for every mail that leaves the desk, whatever it says.

// TestEveryMailSaysToMachinesWhatItIs: no robot answers it, programs sort it by
// one rule and keep it in its case's thread, and the desk knows its own (R152).
func TestEveryMailSaysToMachinesWhatItIs(t *testing.T) {
	for _, s := range mustSamples(t) {
		t.Run(s.Name, func(t *testing.T) {
			r := s.Mail
			for name, want := range map[string]string{"X-Auto-Response-Suppress": "All", "Content-Language": "es-PE", "X-PAU-Message": env().Item} {
				if got := r.header(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
			if auto := r.header("Auto-Submitted"); auto != "auto-generated" && auto != "auto-replied" {
				t.Errorf("Auto-Submitted: %q", auto)
			}
			if id := r.header("List-Id"); !strings.HasSuffix(id, " <mesa-de-ayuda.example.gob.pe>") {
				t.Errorf("List-Id: %q", id)
			}
			if refs := r.header("References"); !strings.HasPrefix(refs, env().Root) || !strings.HasSuffix(refs, r.header("In-Reply-To")) {
				t.Errorf("References %q, In-Reply-To %q", refs, r.header("In-Reply-To"))
			}
			if number := r.header("X-PAU-Case"); (number == "2026-004512") == aboutNoCase(s.Message) || strings.HasPrefix(r.Subject, "[PAU 2026-004512] ") == aboutNoCase(s.Message) {
				t.Errorf("X-PAU-Case: %q, subject %q", number, r.Subject)
			}
			if reply, err := mail.ParseAddress(r.ReplyTo); err != nil || reply.Address != env().ReplyTo {
				t.Errorf("Reply-To: %q, want the signed address (%v)", r.ReplyTo, err)
			}
			for _, no := range []string{"Precedence", "Bcc", "Cc"} {
				if got := r.header(no); got != "" {
					t.Errorf("%s: %q", no, got)
				}
			}
			if high := r.header("Importance") != ""; high != (s.Message == desk.MailInterruption) {
				t.Errorf("of high importance: %v", high)
			}
		})
	}
}

// aboutNoCase: the answer to a stranger, and what is about several.
func aboutNoCase(m desk.Message) bool {
	return m == desk.MailHeld || m == desk.MailDecisionsDue || m == desk.MailStandIn || m == desk.MailNewVersion || m == desk.MailSignOff
}

// TestLinksAreOfTheSendersDomain: what people are taught to look at.
func TestLinksAreOfTheSendersDomain(t *testing.T) {
	for _, s := range mustSamples(t) {
		from, err := mail.ParseAddress(s.Mail.From)
		if err != nil {
			t.Fatal(err)
		}
		_, domain, _ := strings.Cut(from.Address, "@")
		for _, link := range mustParse(t, s.Mail.HTML).links {
			host, _, _ := strings.Cut(strings.TrimPrefix(link, "https://"), "/")
			if host != domain && !strings.HasSuffix(host, "."+domain) {
				t.Errorf("%s: the link leads to %s, the sender is of %s", s.Name, host, domain)
			}
		}
	}
}

// TestEveryMailIsReadWithoutImagesOnAPhoneInTheDark: the rules of the layout on
// each mail as sent. Its palettes are computed by TestTextIsReadableInBothThemes.
func TestEveryMailIsReadWithoutImagesOnAPhoneInTheDark(t *testing.T) {
	for _, s := range mustSamples(t) {
		t.Run(s.Name, func(t *testing.T) {
			html := s.Mail.HTML
			for _, piece := range []string{`<html lang="es-PE"`, `<meta name="color-scheme" content="light dark">`, `<meta name="supported-color-schemes" content="light dark">`,
				"@media (prefers-color-scheme:dark)", `<meta name="viewport" content="width=device-width, initial-scale=1">`} {
				if strings.Count(html, piece) != 1 {
					t.Errorf("%s stands %d times", piece, strings.Count(html, piece))
				}
			}
			onlyOurs(t, s.Mail)
			onlyOurMarkup(t, s.Mail)
			for _, wide := range tooWide(html) {
				t.Errorf("%s does not fit 320 px", wide)
			}
		})
	}
}

var width = regexp.MustCompile(`(?i)(?:(max|min)-)?width(?:="|:)\s*(\d+)(%|px)?[^>]*>?`)

// tooWide are widths over 320 px that nothing makes narrower. The table's own
// attribute is for programs that know no max-width; its style undoes it.
func tooWide(html string) []string {
	var wide []string
	for _, m := range width.FindAllStringSubmatch(html, -1) {
		n, err := strconv.Atoi(m[2])
		undone := strings.HasPrefix(m[0], `width="`) && strings.Contains(m[0], "width:100%")
		if err != nil || n > 320 && m[1] != "max" && m[3] != "%" && !undone {
			wide = append(wide, m[0])
		}
	}
	return wide
}

func TestTooWideIsSeen(t *testing.T) {
	for piece, wide := range map[string]bool{`<td style="width:400px">`: true, `<img width="600">`: true, `<p style="min-width:321px">`: true,
		`<table width="580" style="width:100%;max-width:580px">`: false, `<p style="max-width:580px">`: false, `<td width="100%">`: false, `<td style="width:300px">`: false} {
		if got := len(tooWide(piece)) > 0; got != wide {
			t.Errorf("%s: too wide %v, want %v", piece, got, wide)
		}
	}
}

// TestThePreheaderSaysMoreThanTheSubject: the line that lists of mails show
// beside it, hidden in the mail itself.
func TestThePreheaderSaysMoreThanTheSubject(t *testing.T) {
	hidden := regexp.MustCompile(`<div style="display:none;max-height:0;overflow:hidden">([^<]*)</div>`)
	for _, s := range mustSamples(t) {
		m := hidden.FindStringSubmatch(s.Mail.HTML)
		if m == nil {
			t.Errorf("%s has none", s.Name)
			continue
		}
		if n := len([]rune(m[1])); n < 30 || n > 140 || strings.HasSuffix(s.Mail.Subject, m[1]) {
			t.Errorf("%s: %d characters: %q", s.Name, n, m[1])
		}
	}
}

// TestMeetingsComeWithTheirCalendarFile: booked, moved, cancelled; and nothing
// else carries a file (8.8.4).
func TestMeetingsComeWithTheirCalendarFile(t *testing.T) {
	carries := map[string]string{"room-booked": "REQUEST", "room-booked-shared": "REQUEST", "room-moved": "REQUEST", "room-cancelled": "CANCEL"}
	for _, s := range mustSamples(t) {
		method := carries[s.Name]
		switch {
		case method == "" && len(s.Mail.Files) > 0:
			t.Errorf("%s carries %s", s.Name, s.Mail.Files[0].Name)
		case method != "" && (len(s.Mail.Files) != 1 || !strings.Contains(string(s.Mail.Files[0].Content), "METHOD:"+method+"\r\n") || !strings.HasSuffix(s.Mail.Files[0].Type, "method="+method)):
			t.Errorf("%s: files %v, want one calendar file to %s", s.Name, s.Mail.Files, method)
		}
	}
}
