package portal_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"mesa/shared/absence"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/feedback"
	"mesa/shared/machines"
	"mesa/shared/portal"
	"mesa/shared/register"
	"mesa/shared/session"
	"mesa/shared/upload"
	"mesa/shared/web"
)

// site is the portal on the store in memory, with the sample directory.
type site struct {
	*desktest.Bench
	portal  *portal.Portal
	handler http.Handler
	issuer  *issuer
	held    *heldMails
	storage *desktest.Storage
	ses     *suppressions
	skew    time.Duration // of the wall clock against the business clock
}

const origin = "https://pau.example"

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{Bench: desktest.NewBench(t), issuer: &issuer{}, held: &heldMails{}, storage: desktest.NewStorage(), ses: &suppressions{}}
	keys, err := session.ParseKeys([]byte(`{"id":"k1","secret":"` + strings.Repeat("s", 64) + `"}`))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := web.New()
	if err != nil {
		t.Fatal(err)
	}
	cookies := &session.Cookies{Keys: func(context.Context) (session.Keys, error) { return keys, nil }, Epochs: s.Store, Wall: s.wall}
	s.portal = &portal.Portal{Lists: s.Store, Reader: s.Reader, Road: s.Road, Rooms: s.Reader, Identities: s.Store, Held: s.held, Letters: s.Store, Machines: &machines.Retrier{Store: s.Store, Now: s.Now}, Calendars: s.Store, Policies: s.Store, Absences: &absence.Desk{Store: s.Store, Now: s.Now}, Registers: &register.Desk{Store: s.Store, Now: s.Now}, Files: s.storage, Uploads: &upload.Desk{Storage: s.storage, Road: s.Road, NewID: session.Random}, Issuer: s.issuer, Cookies: cookies, Sealer: desktest.Seal{},
		Pages: pages, Now: s.Now, BaseURL: origin, Institutions: s.Store}
	s.portal.Addresses = &feedback.Addresses{Desk: s.feedback(), Store: s.Store, Provider: s.ses}
	if s.handler, err = s.portal.Routes(); err != nil {
		t.Fatal(err)
	}
	return s
}

// feedback is what becomes of the mails that were sent.
func (s *site) feedback() *feedback.Desk {
	return &feedback.Desk{Store: s.Store, Directory: s.Store, Now: s.Now}
}

// suppressions is the mail service's own list.
type suppressions struct {
	forgot []string
	err    error
}

func (l *suppressions) Forget(_ context.Context, address string) error {
	l.forgot = append(l.forgot, address)
	return l.err
}

func (s *site) wall() time.Time { return s.Time().Add(s.skew) }

// issuer stands in for the identity provider: its code is the address.
type issuer struct {
	refuse     bool
	unverified bool
}

func (i *issuer) Begin(_ context.Context, back string, fresh bool) (string, session.Trip, error) {
	trip := session.Trip{State: session.Random(), Back: back, Ends: time.Now().AddDate(1, 0, 0)}
	return "https://id.example/authorize?state=" + trip.State + fmt.Sprintf("&fresh=%t", fresh), trip, nil
}

func (i *issuer) Finish(_ context.Context, _ session.Trip, code string) (session.Identity, error) {
	if i.refuse {
		return session.Identity{}, fmt.Errorf("%w: test", session.ErrRefused)
	}
	return session.Identity{Issuer: "https://id.example", Subject: "sub-" + code, Email: code, Verified: !i.unverified}, nil
}

// browser keeps cookies as one would, and nothing else.
type browser struct {
	t       *testing.T
	site    *site
	cookies map[string]string
}

func (s *site) browser(t *testing.T) *browser {
	return &browser{t: t, site: s, cookies: map[string]string{}}
}

// as is a browser in which a person is signed in.
func (s *site) as(t *testing.T, person desk.PersonID) *browser {
	t.Helper()
	b := s.browser(t)
	b.signIn(string(person) + "@qw.gob.pe")
	return b
}

// signIn goes the whole way: start, issuer, callback.
func (b *browser) signIn(address string) page {
	b.t.Helper()
	away := b.get("/sessions/start")
	to, err := url.Parse(away.location)
	if err != nil || to.Host != "id.example" {
		b.t.Fatalf("start leads to %q: %v", away.location, err)
	}
	return b.get("/sessions/callback?" + url.Values{"state": {to.Query().Get("state")}, "code": {address}}.Encode())
}

// page is an answer, parsed.
type page struct {
	status   int
	location string
	body     string
	root     *html.Node
	policy   string // what it may load and where its forms may go
}

func (b *browser) get(path string) page { b.t.Helper(); return b.send(http.MethodGet, path, nil, nil) }

func (b *browser) post(path string, form url.Values) page {
	b.t.Helper()
	return b.send(http.MethodPost, path, form, http.Header{"Sec-Fetch-Site": {"same-origin"}})
}

func (b *browser) send(method, path string, form url.Values, header http.Header) page {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), method, path, strings.NewReader(form.Encode()))
	for name, values := range header {
		r.Header[name] = values
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.site.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() { //nolint:bodyclose // a recorder's body
		b.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	root, err := html.Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		b.t.Fatal(err)
	}
	p := page{w.Code, w.Header().Get("Location"), w.Body.String(), root, w.Header().Get("Content-Security-Policy")}
	if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") && p.location == "" {
		p.sound(b.t, method+" "+path)
	}
	return p
}

// sound fails unless the page is one that anybody can use: every page of every
// test passes here.
func (p page) sound(t *testing.T, what string) {
	t.Helper()
	ids, labels, headings := map[string]int{}, map[string]bool{}, 0
	for n := range p.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := attr(n, "id"); id != "" {
			ids[id]++
		}
		switch n.Data {
		case "h1":
			headings++
		case "label":
			labels[attr(n, "for")] = true
		case "script":
			t.Errorf("%s: a script", what)
		}
		if has(n, "style") || has(n, "onclick") {
			t.Errorf("%s: inline style or script in <%s>", what, n.Data)
		}
	}
	if headings != 1 {
		t.Errorf("%s: %d headings of first rank", what, headings)
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%s: id %q stands %d times", what, id, n)
		}
	}
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && (n.Data == "textarea" || n.Data == "select" || n.Data == "input" && attr(n, "type") != "hidden") && !labels[attr(n, "id")] {
			t.Errorf("%s: <%s name=%q> has no label", what, n.Data, attr(n, "name"))
		}
	}
	if strings.Contains(p.body, "%!") {
		t.Errorf("%s: a slip of formatting", what)
	}
	var small bytes.Buffer
	z := gzip.NewWriter(&small)
	_, _ = z.Write([]byte(p.body))
	_ = z.Close()
	if small.Len() > 15<<10 {
		t.Errorf("%s: %d bytes compressed, more than the budget", what, small.Len())
	}
}

// follow gets where a redirect leads.
func (b *browser) follow(p page) page {
	b.t.Helper()
	if p.status != http.StatusSeeOther {
		b.t.Fatalf("no redirect: %d\n%s", p.status, p.text())
	}
	return b.get(p.location)
}

// text is what a reader of the page sees.
func (p page) text() string {
	var out strings.Builder
	for n := range p.root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "style" {
			out.WriteString(n.Data + " ")
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// want fails unless the page has the status and every text.
func (p page) want(t *testing.T, status int, texts ...string) page {
	t.Helper()
	if p.status != status {
		t.Fatalf("status %d, want %d (to %q)\n%s", p.status, status, p.location, p.text())
	}
	for _, text := range texts {
		if !strings.Contains(p.text(), text) {
			t.Errorf("page lacks %q:\n%s", text, p.text())
		}
	}
	return p
}

// lacks fails if the page shows one of the texts.
func (p page) lacks(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(p.body, text) {
			t.Errorf("page shows %q:\n%s", text, p.text())
		}
	}
}

// form reads the form sent to an address as a browser would send it untouched.
func (p page) form(t *testing.T, action string) url.Values {
	t.Helper()
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" && attr(n, "action") == action && strings.EqualFold(attr(n, "method"), "post") {
			return controls(n)
		}
	}
	t.Fatalf("no form to %s:\n%s", action, p.text())
	return nil
}

func controls(form *html.Node) url.Values {
	values := url.Values{}
	for n := range form.Descendants() {
		name := attr(n, "name")
		switch {
		case n.Type != html.ElementNode || name == "":
		case n.Data == "textarea" && n.FirstChild != nil:
			values.Add(name, strings.TrimPrefix(n.FirstChild.Data, "\n"))
		case n.Data == "textarea":
			values.Add(name, "")
		case n.Data == "select":
			values.Add(name, selected(n))
		case n.Data == "input" && (attr(n, "type") == "radio" || attr(n, "type") == "checkbox"):
			if has(n, "checked") {
				values.Add(name, attr(n, "value"))
			}
		case n.Data == "input":
			values.Add(name, attr(n, "value"))
		}
	}
	return values
}

func selected(n *html.Node) string {
	for o := range n.Descendants() {
		if o.Type == html.ElementNode && o.Data == "option" && has(o, "selected") {
			return attr(o, "value")
		}
	}
	return ""
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// fill sets values of a form.
func fill(form url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

// do opens an act's page, fills it in and sends it; it must succeed.
func (b *browser) do(number desk.Number, act desk.ActKind, pairs ...string) page {
	b.t.Helper()
	path := "/tickets/" + string(number) + "/acts/" + string(act)
	from := path
	if len(pairs) == 0 { // a button on the ticket's page
		from = "/tickets/" + string(number)
	}
	form := b.get(from).want(b.t, http.StatusOK).form(b.t, path)
	sent := b.post(path, fill(form, pairs...))
	if sent.status != http.StatusSeeOther {
		b.t.Fatalf("%s: status %d\n%s", act, sent.status, sent.text())
	}
	return b.follow(sent)
}

func (s *site) number(t *testing.T, id desk.TicketID) desk.Number {
	t.Helper()
	return s.Load(id).Ticket.Number
}
