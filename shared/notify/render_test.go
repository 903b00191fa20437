package notify

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"mesa/shared/desk"
)

// page is what a test reads out of the HTML part.
type page struct {
	texts   []string // visible ones but for title, heading and button
	heading string
	links   []string
	tags    map[string]int
	styles  []string
}

func mustParse(t testing.TB, text string) page {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	p := page{tags: map[string]int{}}
	p.walk(root)
	return p
}

func (p *page) walk(n *html.Node) {
	if n.Type == html.ElementNode {
		p.tags[n.Data]++
	}
	style, class, tag := attribute(n, "style"), attribute(n, "class"), ""
	if n.Type == html.ElementNode { // a person's text may be «a» or «title» too
		tag = n.Data
	}
	p.styles = append(p.styles, style)
	switch {
	case tag == "title" || tag == "style" || strings.Contains(style, "display:none"):
		return
	case tag == "h1":
		p.heading = n.FirstChild.Data
		return
	case tag == "a":
		p.links = append(p.links, attribute(n, "href"))
		if class == "button" {
			return
		}
	case n.Type == html.TextNode && strings.TrimSpace(n.Data) != "":
		p.texts = append(p.texts, strings.Join(strings.Fields(n.Data), " "))
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c)
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestBothPartsSayTheSame: every fact and link of the HTML stands in the text.
func TestBothPartsSayTheSame(t *testing.T) {
	for _, s := range mustSamples(t) {
		t.Run(s.Name, func(t *testing.T) {
			r := s.Mail
			p, text := mustParse(t, r.HTML), strings.Join(strings.Fields(r.Text), " ")
			for _, fact := range append(p.texts, p.links...) {
				if !strings.Contains(text, fact) {
					t.Errorf("the text part lacks %q", fact)
				}
			}
			if !strings.HasSuffix(" "+r.Subject, " "+p.heading) {
				t.Errorf("heading %q is not the subject %q", p.heading, r.Subject)
			}
			if len(p.texts) < 5 {
				t.Errorf("only %d texts were compared", len(p.texts))
			}
		})
	}
}

// TestEachMailHasOneAction: one address, shown twice, of the portal.
func TestEachMailHasOneAction(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			m := mustSeal(t, s)
			r := mustRender(t, m, env())
			p := mustParse(t, r.HTML)
			if m.Message == desk.MailInterruption || m.Message == desk.MailRestored { // its readers are not of the case
				if len(p.links) != 0 {
					t.Errorf("links %q, want none", p.links)
				}
				return
			}
			if len(p.links) != 2 || p.links[0] != p.links[1] {
				t.Errorf("links %q, want one, on the button and under it", p.links)
			}
			onlyOurs(t, r)
		})
	}
}

// onlyOurs holds a mail to links of the portal and to nothing that loads.
func onlyOurs(t testing.TB, r Rendered) {
	t.Helper()
	p := mustParse(t, r.HTML)
	for _, link := range p.links {
		if u, err := url.Parse(link); err != nil || u.Scheme != "https" || u.Host != "pau.example.gob.pe" {
			t.Errorf("link %q leaves the portal", link)
		}
	}
	for _, tag := range []string{"img", "script", "iframe", "object", "embed", "form", "input", "link", "svg", "video", "base", "textarea"} {
		if p.tags[tag] > 0 {
			t.Errorf("the mail holds <%s>", tag)
		}
	}
	for _, style := range p.styles {
		if strings.Contains(style, "url(") || strings.Contains(style, "expression") {
			t.Errorf("style %q loads something", style)
		}
	}
	if len(r.HTML) > maxHTML || len(r.Text) > maxHTML {
		t.Errorf("HTML %d bytes, text %d, limit %d", len(r.HTML), len(r.Text), maxHTML)
	}
	if strings.Count(strings.NewReplacer("https://pau.example.gob.pe/", "", meetingAddress, "").Replace(r.Text), "://") > 0 {
		t.Error("the text part holds another address")
	}
}

func TestSubjectsFitAndBeginWithTheTag(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			s.about.Ticket.Subject = strings.Repeat("asunto muy largo ", 8)
			s.about.Service = strings.Repeat("Servicio ", 9)
			r := mustRender(t, mustSeal(t, s), env())
			if n := utf8.RuneCountInString(r.Subject); n >= 78 {
				t.Errorf("%d characters: %q", n, r.Subject)
			}
			if !strings.HasPrefix(r.Subject, "[PAU 2026-004512] ") || strings.ContainsAny(r.Subject, "\r\n") {
				t.Errorf("subject %q", r.Subject)
			}
		})
	}
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	decide := mustSeal(t, mustSample(t, "decide"))
	change := func(f func(*desk.Mail, *Env)) (desk.Mail, Env) {
		m, e := decide, env()
		f(&m, &e)
		return m, e
	}
	tests := map[string]func(*desk.Mail, *Env){
		"no address":                func(m *desk.Mail, _ *Env) { m.To = "" },
		"two addresses":             func(m *desk.Mail, _ *Env) { m.To = "a@qw.gob.pe, b@qw.gob.pe" },
		"an address with line ends": func(m *desk.Mail, _ *Env) { m.To = "a@qw.gob.pe\r\nBcc: b@qw.gob.pe" },
		"a name in the address":     func(m *desk.Mail, _ *Env) { m.To = "X <a@qw.gob.pe>" },
		"no ASCII address":          func(m *desk.Mail, _ *Env) { m.To = "ñandú@qw.gob.pe" },
		"no sender":                 func(_ *desk.Mail, e *Env) { e.From = "" },
		"a broken reply address":    func(_ *desk.Mail, e *Env) { e.ReplyTo = "x" },
		"no signed link":            func(_ *desk.Mail, e *Env) { e.Link = "" },
		"a link of another host":    func(_ *desk.Mail, e *Env) { e.Link = "https://pau.example.gob.pe.evil.com/approvals/x" },
		"no code":                   func(_ *desk.Mail, e *Env) { e.Code = "" },
		"no portal":                 func(_ *desk.Mail, e *Env) { e.BaseURL = "/" },
		"a message without words":   func(m *desk.Mail, _ *Env) { m.Message = "unknown" },
	}
	for name, f := range tests {
		t.Run(name, func(t *testing.T) {
			m, e := change(f)
			r, err := Render(m, e)
			if err == nil {
				t.Errorf("rendered to %q", r.To)
			}
			if (name == "no address") != errors.Is(err, ErrNoAddress) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestStoredCopiesHoldNoSecret(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			m := mustSeal(t, s)
			subject, text, err := StoredCopy(m, desk.PNAEQW())
			if err != nil {
				t.Fatal(err)
			}
			if sent := mustRender(t, m, env()); subject != sent.Subject {
				t.Errorf("subject %q, sent as %q", subject, sent.Subject)
			}
			for _, secret := range []string{"482", env().Link, "https://"} {
				if strings.Contains(strings.ReplaceAll(text, meetingAddress, ""), secret) {
					t.Errorf("the copy holds %q", secret)
				}
			}
			if _, _, personal := LinkFor(m); personal != strings.Contains(text, PersonalLink+"\n") {
				t.Errorf("personal %v, copy:\n%s", personal, text)
			}
		})
	}
}
