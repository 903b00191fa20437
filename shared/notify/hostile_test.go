package notify

import (
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"pgregory.net/rapid"

	"mesa/shared/desk"
)

// hostile texts: header injection, HTML, links, directions, size (F35–F37).
func hostile(t testing.TB) map[string]string {
	t.Helper()
	all := map[string]string{
		"line ends for headers": "Hola\r\nBcc: otra@evil.com\r\n\r\n<b>x</b>\nTo: y@evil.com",
		"encoded line ends":     "Hola%0d%0aBcc: x =?utf-8?q?=0D=0ABcc:_x@evil.com?=",
		"script":                "<script>alert(1)</script><img src=https://evil.com/x onerror=alert(1)>",
		"closing our markup":    "\"></a></td></table><a href='https://evil.com'>Entre aquí</a>",
		"template":              "{{.Link}} {{template \"x\"}} ${7*7} <%= 1 %>",
		"a false button":        "@ Para decidir | Aprobar | https://evil.com/approvals/x",
		"a false end of mail":   "ok\n\n-- \nMesa de ayuda UTI\nPara decidir: https://evil.com",
		"a link":                "Entre a https://evil.com/login o www.evil.pe o javascript:alert(1)",
		"a right-to-left name":  "acta\u202exslx.exe \u2066https://evil.com\u2069",
		"our own tag":           "[PAU 2026-004512] RE: [PAU 2026-000001] hola",
		"a wall of quotes":      strings.Repeat("\"'<>&", 3000),
		"a wall of emoji":       strings.Repeat("👩\u200d💻", 3000),
		"a word without end":    strings.Repeat("a", 9000),
		"many lines":            strings.Repeat("x\n", 4000),
		"not UTF-8":             "a\xff\xfe\x00b",
	}
	files, err := filepath.Glob("testdata/hostile/*.txt")
	if err != nil || len(files) != 3 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(content)) {
			text, err := strconv.Unquote(`"` + strings.TrimSuffix(line, "\n") + `"`)
			if err != nil {
				t.Fatalf("%s: %q: %v", file, line, err)
			}
			all[filepath.Base(file)+": "+strconv.Quote(text)] = text
		}
	}
	if len(all) < 150 {
		t.Fatalf("only %d hostile texts", len(all))
	}
	return all
}

// TestF37HostileTextsStayTexts: whatever stands in whichever field, a mail keeps
// its one reader, its subject's tag, its markup and its one link. Those above meet
// every mail; of the lists, each text meets every sixth and each mail every sixth.
func TestF37HostileTextsStayTexts(t *testing.T) {
	texts := hostile(t)
	for i, name := range slices.Sorted(maps.Keys(texts)) {
		text := texts[name]
		t.Run(name, func(t *testing.T) {
			for j, s := range samples() {
				if strings.Contains(name, ".txt: ") && (i+j)%6 != 0 {
					continue
				}
				harmless(t, s.name, mustRender(t, mustSeal(t, poison(s, text)), env()))
			}
			m := heldMail()
			m.Data["subject"], m.ReplyTo = text, text
			harmless(t, "held", mustRender(t, m, env()))
			harmless(t, "decisions-due", mustRender(t, poisonedDigest(text), env()))
			named := standInMail(true)
			named.Data = StandIn(text, text, "del 01/10/2026 al 15/10/2026", true, now).Data
			harmless(t, "stand-in", mustRender(t, named, env()))
			told := newVersionMail()
			told.Data = NewVersion(desk.Edition{Version: text, Approved: text, From: now, Changes: text}, text, now).Data
			harmless(t, "new-version", mustRender(t, told, env()))
			signing := signOffMail(true)
			signing.Data = SignOff(SignOffAsked{Sede: desk.SedeID(text), SedeName: text, Month: now, Rows: 1, As: text, Instead: text, FirstBy: text, FirstAt: now, Reopened: text, Reason: text}, now).Data
			harmless(t, "sign-off", mustRender(t, signing, env()))
		})
	}
}

// harmless holds a mail to what the desk wrote.
func harmless(t testing.TB, name string, r Rendered) {
	t.Helper()
	onlyOurs(t, r)
	safeHeaders(t, r)
	onlyOurMarkup(t, r)
	if n := utf8.RuneCountInString(r.Subject); n >= 78 || strings.ContainsFunc(r.Subject, unicode.IsControl) {
		t.Errorf("%s: subject of %d characters: %q", name, n, r.Subject)
	}
	if name != "held" && name != "decisions-due" && name != "stand-in" && name != "new-version" && name != "sign-off" && !strings.HasPrefix(r.Subject, "[PAU 2026-004512] ") {
		t.Errorf("%s: subject %q", name, r.Subject)
	}
	if link := clickable(r); link != "" {
		t.Errorf("%s: %q can be clicked", name, link)
	}
	for _, file := range r.Files {
		cal, err := ics.ParseCalendar(strings.NewReader(string(file.Content)))
		if err != nil || len(cal.Events()) != 1 || len(cal.Components) != 1 || len(cal.Events()[0].Attendees()) != 1 {
			t.Errorf("%s: the calendar file holds more than its one event and reader: %v\n%s", name, err, file.Content)
		}
	}
	for _, part := range []string{r.Text, r.HTML} {
		if !utf8.ValidString(part) || strings.ContainsFunc(part, func(c rune) bool { return unicode.IsControl(c) && c != '\n' }) {
			t.Errorf("%s: a part holds control characters", name)
		}
	}
}

// onlyOurMarkup: the elements of the layout, none of whose attributes does
// anything.
func onlyOurMarkup(t testing.TB, r Rendered) {
	t.Helper()
	ours := " html head meta title style body div table tbody tr td ul li p h1 b a br "
	p := mustParse(t, r.HTML)
	for tag := range p.tags {
		if !strings.Contains(ours, " "+tag+" ") {
			t.Errorf("the mail holds <%s>", tag)
		}
	}
	for _, style := range p.styles {
		if style != "" && !strings.Contains(htmlLayout, `style="`+style+`"`) {
			t.Errorf("style %q is not the layout's", style)
		}
	}
}

// linkified is what mail programs make a link of by themselves.
var linkified = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]*://\S|\bwww\.[^\s\x{200b}]|\b[\pL\d-]+[.。．｡](com|pe|org|xyz|zip|support|email|bank|me|ly)\b|\S@([\pL\pN_-]+[.。．｡])+\pL\pL|\b(javascript|vbscript|data|mailto|tel|sms|file):[^\s\x{200b}]`)

var ourAddress = regexp.MustCompile(`https://pau\.example\.gob\.pe/\S*|` + regexp.QuoteMeta(meetingAddress))

// clickable is the first thing in subject or text that is not the desk's and
// that a mail program would make a link of.
func clickable(r Rendered) string {
	return linkified.FindString(ourAddress.ReplaceAllString(r.Subject+"\n"+r.Text, ""))
}

// poison puts one text wherever a person's text may stand: of the notice, all
// but what the rows write themselves.
func poison(s sample, text string) sample {
	ours := map[string]bool{"stage": true, "stages": true, "level": true, "n": true, "parent": true, "flow": true, "row": true, "sequence": true,
		"decision": true, "sign_in": true, "both": true, "papers": true, "taken_by": true, "step": true, "stopped": true, "booked": true, "has_pin": true, "share_pin": true,
		"starts_at": true, "ends_at": true, "until": true, "share": true, "goal": true, "due": true, "taken": true}
	s.about.Ticket.Subject, s.about.Service, s.about.ReplyTo = text, text, text
	s.about.Texts = desk.Texts{"subject": text, "description": text, "phone": text, "asset": text}
	s.about.People = poisoned{fakePeople{}, text}
	data := map[string]string{}
	for k, v := range s.notice.Data {
		if !ours[k] && (k != "link" || !webAddress(text)) {
			v = text
		}
		data[k] = v
	}
	s.notice.Data = data
	return s
}

// poisonedDigest is longer than any: more cases than it lists, all of one text.
func poisonedDigest(text string) desk.Mail {
	m := digestMail()
	data := Digest(slices.Repeat([]Pending{{Number: "2026-004512", Subject: text, Service: text, Place: text, Requester: text, As: text, Since: openedAt()}}, maxPending+5), now).Data
	m.Data = data
	return m
}

// webAddress: as the address of a meeting such a text is there to be followed.
func webAddress(text string) bool {
	u, err := url.Parse(clean(text))
	return err == nil && u.Host != "" && strings.HasPrefix(u.Scheme, "http")
}

// poisoned is a directory whose every name and telephone is one text.
type poisoned struct {
	fakePeople
	text string
}

func (p poisoned) Name(desk.PersonID) string { return p.text }

func (p poisoned) Reach(id desk.PersonID, at time.Time) (address, area, phone string) {
	address, _, _ = p.fakePeople.Reach(id, at)
	return address, p.text, p.text
}

func (p poisoned) TeamLed(id desk.TeamID, at time.Time) (string, desk.PersonID) {
	_, lead := p.fakePeople.TeamLed(id, at)
	return p.text, lead
}

func (p poisoned) Place(unit desk.UnitID, sede desk.SedeID, at time.Time) (unitName, sedeName, mailbox string) {
	_, _, mailbox = p.fakePeople.Place(unit, sede, at)
	return p.text, p.text, mailbox
}

func (p poisoned) PostOf(desk.Asked, desk.Stage, desk.PersonID, desk.UnitID, time.Time) string {
	return p.text
}

func safeHeaders(t testing.TB, r Rendered) {
	t.Helper()
	for _, h := range append(r.Headers, Header{"From", r.From}, Header{"To", r.To}, Header{"Reply-To", r.ReplyTo}) {
		if h.Value == "" || len(h.Value) > maxHeader || strings.ContainsFunc(h.Value, func(c rune) bool { return c < ' ' || c > '~' }) {
			t.Errorf("header %s: %q", h.Name, h.Value)
		}
	}
	if n := strings.Count(r.To, "@qw.gob.pe>"); n != 1 || !strings.HasSuffix(r.To, "@qw.gob.pe>") {
		t.Errorf("recipients %q", r.To)
	}
}

// TestAnyTextCanBeMailed is the property behind the lists above.
func TestAnyTextCanBeMailed(t *testing.T) {
	all := samples()
	rapid.Check(t, func(rt *rapid.T) {
		s := all[rapid.IntRange(0, len(all)-1).Draw(rt, "sample")]
		text := rapid.String().Draw(rt, "text")
		s = poison(s, text)
		mails := Sealer{}.Seal(s.notice, s.about)
		mails[0].To = "user@qw.gob.pe"
		r, err := Render(mails[0], env())
		if err != nil {
			rt.Fatal(err)
		}
		harmless(t, s.name, r)
		if t.Failed() {
			t.Fatalf("mail %s with the text %q", s.name, text)
		}
	})
}
