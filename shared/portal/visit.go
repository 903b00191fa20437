package portal

import (
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/session"
	"mesa/shared/web"
)

// visit is one request of one person who is signed in.
type visit struct {
	*Portal
	w           http.ResponseWriter
	r           *http.Request
	session     session.Session
	now         time.Time // business clock
	person      directory.Person
	directory   *directory.Directory
	catalogue   directory.Catalogue  // in force
	catalogues  directory.Catalogues // every version: a ticket keeps its own
	rights      flow.Rights
	institution desk.Institution // see house
	notices     []web.Notice
	typed       url.Values // what a form sent, or had sent before its session ended
}

// page makes a handler of a page: session, token, person, errors.
func (p *Portal) page(show func(*visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := &visit{Portal: p, w: w, r: r}
		if err := v.enter(); err != nil {
			v.refuse(err)
			return
		}
		if err := show(v); err != nil {
			v.refuse(err)
		}
	}
}

// Ways in which a visit ends before its page runs.
var (
	errStaleForm  = errors.New("form without the token of this session")
	errStranger   = errors.New("signed in, but not in the directory")
	errUnreadable = errors.New("the form cannot be read")
)

// parseForm reads a form, one with a file too.
func parseForm(r *http.Request) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && kind == "multipart/form-data" {
		return r.ParseMultipartForm(maxBody)
	}
	return r.ParseForm()
}

// enter finds out who is looking.
func (v *visit) enter() (err error) {
	if v.session, err = v.Cookies.Read(v.r); err != nil {
		return err
	}
	if v.r.Method == http.MethodPost {
		if err := parseForm(v.r); err != nil {
			return fmt.Errorf("%w: %w", errUnreadable, err)
		}
		if v.typed = v.r.PostForm; !v.session.Trusts(v.typed.Get(web.TokenField)) {
			return errStaleForm
		}
	}
	if v.now, err = v.Now(v.r.Context()); err != nil {
		return err
	}
	if v.directory, v.catalogues, v.rights, err = v.Reader.World(v.r.Context(), v.act("")); err != nil {
		return err
	}
	v.catalogue = v.catalogues.At(v.now)
	if v.person, v.rights.Known = v.directory.Person(v.session.Person, v.now); !v.rights.Known {
		return errStranger
	}
	if v.r.Method == http.MethodGet {
		v.typed = v.Cookies.TakeKept(v.w, v.r)
	}
	return nil
}

// me is who is looking.
func (v *visit) me() desk.PersonID { return v.session.Person }

// act begins an act of this person: also the question «may I look».
func (v *visit) act(kind desk.ActKind) desk.Act {
	return desk.Act{Kind: kind, At: v.now, Channel: desk.ChannelPortal, Scope: "portal:" + string(v.session.Person),
		Actor: desk.Actor{Person: v.session.Person, Assurance: desk.AssuredSession}}
}

// key is the idempotency key a form came with; a form drawn by the portal has one.
func (v *visit) key() string {
	key := v.typed.Get(web.KeyField)
	if len(key) > 64 {
		return ""
	}
	return key
}

// show draws a page for this person.
func (v *visit) show(page web.Page) error {
	if err := v.Pages.Render(v.w, v.frame(), page); err != nil {
		v.logFailure("page not drawn", err)
	}
	return nil
}

// house is whose desk it is. A page is drawn all the same when that cannot be
// read: it says what it must, under the name of the norm.
func (v *visit) house() desk.Institution {
	if v.institution.Procedure == "" {
		v.institution = v.houseAt(v.now)
	}
	return v.institution
}

// houseAt is whose desk it was at an instant, under the edition of then; now, for
// a visit that ended before it knew the time.
func (v *visit) houseAt(at time.Time) desk.Institution {
	var err error
	if at.IsZero() {
		at, err = v.Now(v.r.Context())
	}
	house := desk.PNAEQW()
	if err == nil {
		house, err = v.Institutions.Institution(v.r.Context(), at)
	}
	if err != nil {
		slog.WarnContext(v.r.Context(), "institution not read", "error", err.Error())
		return desk.PNAEQW()
	}
	return house
}

// frame is what every page shares.
func (v *visit) frame() web.Frame {
	f := web.Frame{Path: v.r.URL.Path, Theme: web.ThemeOf(v.r), Institution: v.house(), Local: v.Local, Notices: v.notices}
	if v.rights.Known {
		f.Viewer, f.Token = v.viewer(), v.session.Token
	}
	return f
}

// notice puts a banner above the page.
func (v *visit) notice(tone web.Tone, text string) {
	v.notices = append(v.notices, web.Notice{Tone: tone, Text: text})
}

// leave ends a form that did its work.
func (v *visit) leave(path string) error {
	web.SecureHeaders(v.w.Header())
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

// query is a parameter of the address.
func (v *visit) query(name string) string { return v.r.URL.Query().Get(name) }
