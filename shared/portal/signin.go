package portal

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/session"
	"mesa/shared/web"
)

// Paths of signing in. The first two are links: a form that led to another site
// would be stopped by the pages' own policy.
const (
	newSessionPath = "/sessions/new"
	startPath      = "/sessions/start"
	callbackPath   = "/sessions/callback"
)

// CallbackPath is what the issuer must know of this desk, below its address.
const CallbackPath = callbackPath

func (p *Portal) sessionRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET "+newSessionPath, p.open((*visit).newSession))
	mux.HandleFunc("GET "+startPath, p.open((*visit).startSession))
	mux.HandleFunc("GET "+callbackPath, p.open((*visit).finishSession))
	mux.HandleFunc("POST "+web.SignOutPath, p.page((*visit).endSession))
}

// open makes a handler of a page that needs no session.
func (p *Portal) open(show func(*visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := &visit{Portal: p, w: w, r: r}
		if err := show(v); err != nil {
			v.refuse(err)
		}
	}
}

func (v *visit) newSession() error {
	query := url.Values{}
	if back := localPath(v.query("back")); back != "/" {
		query.Set("back", back)
	}
	if v.query("fresh") != "" {
		query.Set("fresh", "1")
	}
	start := startPath
	if len(query) > 0 {
		start += "?" + query.Encode()
	}
	return v.show(web.SignIn{StartHref: start})
}

// startSession sends the person to the issuer.
func (v *visit) startSession() error {
	address, trip, err := v.Issuer.Begin(v.r.Context(), localPath(v.query("back")), v.query("fresh") != "")
	if err != nil {
		return err
	}
	if err := v.Cookies.PutTrip(v.r.Context(), v.w, trip); err != nil {
		return err
	}
	return v.leave(address)
}

// finishSession takes the issuer's answer. Whatever is wrong with it, the person
// only begins again: what was wrong stands in the log.
func (v *visit) finishSession() error {
	trip, ok := v.Cookies.TakeTrip(v.w, v.r)
	if !ok || v.query("code") == "" {
		return v.leave(newSessionPath)
	}
	id, err := v.Issuer.Finish(v.r.Context(), trip, v.query("code"))
	if errors.Is(err, session.ErrRefused) {
		slog.WarnContext(v.r.Context(), "sign-in refused", "error", err.Error())
		return v.leave(newSessionPath)
	}
	if err != nil {
		return err
	}
	if v.now, err = v.Now(v.r.Context()); err != nil {
		return err
	}
	person, err := v.bind(v.r.Context(), id)
	if err != nil {
		return err
	}
	if err := v.Cookies.Begin(v.r.Context(), v.w, person); err != nil {
		return err
	}
	back := localPath(trip.Back)
	if kept := v.Cookies.Kept(v.r); kept != "" {
		back = localPath(kept)
	}
	return v.leave(back)
}

// bind finds the person of an identity: the one it is bound to, or at the first
// sign-in the one whose verified address it bears. An address that changes hands
// later gives the new holder nothing of the old one's.
func (v *visit) bind(ctx context.Context, id session.Identity) (desk.PersonID, error) {
	directory, _, _, err := v.Reader.World(ctx, v.act(""))
	if err != nil {
		return "", err
	}
	person, err := v.Identities.PersonOfSubject(ctx, id.Issuer, id.Subject)
	switch {
	case err == nil:
		if _, works := directory.Person(person, v.now); !works {
			return "", errStranger
		}
		return person, nil
	case desk.CodeOf(err) != desk.NotFound:
		return "", err
	}
	found, ok := directory.ByEmail(id.Email, v.now)
	if !ok || !id.Verified || id.Email == "" {
		return "", errStranger
	}
	return found.ID, v.Identities.BindSubject(ctx, id.Issuer, id.Subject, found.ID)
}

// endSession signs out here. The issuer may remember the person, so the next
// sign-in asks it for the password again.
func (v *visit) endSession() error {
	v.Cookies.End(v.w)
	return v.leave(newSessionPath + "?fresh=1")
}

// localPath keeps a redirect on this site: a path, never another host.
func localPath(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") || strings.HasPrefix(path, "/sessions/") {
		return "/"
	}
	return path
}
