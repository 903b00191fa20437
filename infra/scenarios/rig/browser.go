package rig

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"mesa/shared/desk"
)

// Browser is a browser without JavaScript: cookies, redirects, forms.
type Browser struct{ client *http.Client }

// NewBrowser is one without cookies.
func (d *Desk) NewBrowser() *Browser {
	jar, _ := cookiejar.New(nil) // fails only for options it was not given
	return &Browser{client: &http.Client{Timeout: d.client.Timeout, Transport: d.client.Transport, Jar: jar}}
}

// Page is what a browser shows.
type Page struct {
	Status int
	URL    *url.URL
	Text   string // what a person reads
	forms  []Form
	links  []link
}

// link is where a text leads.
type link struct{ text, to string }

// Form is a form of a page, with the values that it holds.
type Form struct {
	Action *url.URL
	Method string
	Values url.Values
}

// Get opens an address.
func (b *Browser) Get(ctx context.Context, address string) (Page, error) {
	return b.open(ctx, http.MethodGet, address, "")
}

// Submit sends a form with more values; a value the form does not offer is sent
// too, as a hostile client would.
func (b *Browser) Submit(ctx context.Context, f Form, values map[string]string) (Page, error) {
	sent := url.Values{}
	for name, given := range f.Values {
		sent[name] = given
	}
	for name, value := range values {
		sent.Set(name, value)
	}
	if f.Method == http.MethodGet {
		address := *f.Action
		address.RawQuery = sent.Encode()
		return b.open(ctx, http.MethodGet, address.String(), "")
	}
	return b.open(ctx, http.MethodPost, f.Action.String(), sent.Encode())
}

func (b *Browser) open(ctx context.Context, method, address, body string) (Page, error) {
	kind := ""
	if method == http.MethodPost {
		kind = "application/x-www-form-urlencoded"
	}
	return b.send(ctx, method, address, kind, strings.NewReader(body))
}

func (b *Browser) send(ctx context.Context, method, address, kind string, body io.Reader) (Page, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return Page{}, err
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	answer, err := b.client.Do(r)
	if err != nil {
		return Page{}, err
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return Page{}, err
	}
	return readPage(answer.StatusCode, answer.Request.URL, string(content))
}

// Form finds the form that is sent to a path.
func (p Page) Form(path string) (Form, error) {
	for _, f := range p.forms {
		if f.Action.Path == path {
			return f, nil
		}
	}
	return Form{}, fmt.Errorf("%s (%d) has no form for %s; it says: %.300s", p.URL.Path, p.Status, path, p.Text)
}

// Link is where the first link leads whose text holds these words.
func (p Page) Link(words string) (address string, found bool) {
	for _, l := range p.links {
		if strings.Contains(l.text, words) {
			return l.to, true
		}
	}
	return "", false
}

func readPage(status int, at *url.URL, content string) (Page, error) {
	root, err := html.Parse(strings.NewReader(content))
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", at, err)
	}
	p := Page{Status: status, URL: at}
	p.read(root, nil)
	p.Text = strings.Join(strings.Fields(p.Text), " ")
	return p, nil
}

// read walks the page; in is the form it is inside of.
func (p *Page) read(n *html.Node, in *Form) {
	if n.Type == html.TextNode {
		p.Text += n.Data + " "
	}
	if n.Type == html.ElementNode {
		switch n.Data {
		case "style", "script", "title":
			return
		case "a":
			p.link(n)
		case "form":
			in = p.form(n)
		case "input", "textarea", "select":
			in.hold(n)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.read(c, in)
	}
	if in != nil && n.Type == html.ElementNode && n.Data == "form" {
		p.forms = append(p.forms, *in)
	}
}

func (p *Page) link(n *html.Node) {
	to, err := p.URL.Parse(attribute(n, "href"))
	if err != nil {
		return
	}
	var text strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			text.WriteString(c.Data)
		}
	}
	p.links = append(p.links, link{strings.Join(strings.Fields(text.String()), " "), to.String()})
}

func (p *Page) form(n *html.Node) *Form {
	action, err := p.URL.Parse(attribute(n, "action"))
	if err != nil {
		action = p.URL
	}
	return &Form{Action: action, Method: strings.ToUpper(attribute(n, "method")), Values: url.Values{}}
}

// hold takes a control's present value.
func (f *Form) hold(n *html.Node) {
	name := attribute(n, "name")
	if f == nil || name == "" {
		return
	}
	switch kind := attribute(n, "type"); {
	case n.Data == "select":
		for o := range n.Descendants() {
			if _, chosen := find(o, "selected"); chosen {
				f.Values.Set(name, attribute(o, "value"))
			}
		}
	case n.Data == "textarea" && n.FirstChild != nil:
		f.Values.Set(name, n.FirstChild.Data)
	case kind == "radio" || kind == "checkbox":
		if _, checked := find(n, "checked"); checked {
			f.Values.Set(name, attribute(n, "value"))
		}
	case kind != "submit":
		f.Values.Set(name, attribute(n, "value"))
	}
}

func attribute(n *html.Node, name string) string {
	value, _ := find(n, name)
	return value
}

func find(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// password is the one of every practice account (infra/deskctl).
const password = "Mesa-de-ayuda-1"

// SignedIn is a browser in which a person has signed in to the portal.
func (d *Desk) SignedIn(ctx context.Context, person desk.PersonID) (*Browser, error) {
	if _, err := d.Token(ctx, person); err != nil { // makes the account
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if b := d.sessions[person]; b != nil {
		return b, nil
	}
	address, err := d.Address(string(person))
	if err != nil {
		return nil, err
	}
	b := d.NewBrowser()
	page, err := b.Get(ctx, d.WebURL+"/sessions/start")
	if err != nil {
		return nil, err
	}
	form, err := page.Form("/login")
	if err != nil {
		return nil, err
	}
	if page, err = b.Submit(ctx, form, map[string]string{"username": address, "password": password}); err != nil {
		return nil, err
	}
	if page.Status != http.StatusOK || page.URL.Path != "/" {
		return nil, fmt.Errorf("sign in as %s ended at %s (%d): %.300s", person, page.URL.Path, page.Status, page.Text)
	}
	d.sessions[person] = b
	return b, nil
}

// Decide opens a decision link and sends its form as a person would.
func (d *Desk) Decide(ctx context.Context, l Link, values map[string]string) (Page, error) {
	b := d.NewBrowser()
	page, err := b.Get(ctx, l.URL)
	if err != nil {
		return Page{}, err
	}
	address, err := url.Parse(l.URL)
	if err != nil {
		return Page{}, err
	}
	form, err := page.Form(address.Path)
	if err != nil {
		return page, errors.Join(err, errNoForm)
	}
	filled := map[string]string{"code": l.Code}
	for name, value := range values {
		filled[name] = value
	}
	return b.Submit(ctx, form, filled)
}

var errNoForm = errors.New("the link shows no form")
