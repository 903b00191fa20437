package portal

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/session"
	"mesa/shared/web"
	"mesa/shared/work"
)

// notFound is the answer to everything a person may not know of (F39).
func notFound() error { return work.NotYours() }

// refuse answers what went wrong: what a person can mend with words, what they
// cannot with a reference that leads to the log.
func (v *visit) refuse(err error) {
	var problem *desk.Problem
	var gone withdrawn
	switch {
	case errors.Is(err, session.ErrNone):
		v.signInFirst()
	case errors.Is(err, errStaleForm):
		_ = v.show(web.ErrorPage{Status: http.StatusForbidden, What: "stale"})
	case errors.Is(err, errStranger):
		_ = v.show(web.SignIn{StartHref: startPath + "?fresh=1", Unknown: true})
	case errors.Is(err, errUnreadable):
		_ = v.show(web.ErrorPage{Status: unreadable(err)})
	case errors.As(err, &gone):
		_ = v.show(gone.page())
	case errors.As(err, &problem):
		_ = v.show(v.errorPage(problem))
	default:
		ref := v.logFailure("page failed", err)
		_ = v.show(web.ErrorPage{Status: http.StatusInternalServerError, Reference: ref})
	}
}

// unreadable tells a form that is too big from one that is none.
func unreadable(err error) int {
	if _, big := errors.AsType[*http.MaxBytesError](err); big {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}

// errorPage words a problem.
func (v *visit) errorPage(p *desk.Problem) web.ErrorPage {
	page := web.ErrorPage{Status: statusOf(p.Code), Detail: sentence(p)}
	switch p.Code {
	case desk.NotFound:
		page.Detail = ""
		if strings.HasPrefix(v.r.URL.Path, "/tickets/") {
			page.What = "case"
		}
	case desk.Forbidden:
		page.Role = v.viewer().Role
	}
	if number := v.r.PathValue("number"); number != "" && p.Code != desk.NotFound {
		page.Back = &web.Link{Label: "Volver a " + number, Href: ticketPath(desk.Number(number))}
	}
	if sede, month := v.r.PathValue("sede"), v.r.PathValue("month"); sede != "" && p.Code != desk.NotFound {
		page.Back = &web.Link{Label: web.Say("register.back"), Href: "/register/" + url.PathEscape(sede) + "/" + url.PathEscape(month)}
	}
	return page
}

// statusOf maps a code to its HTTP status.
func statusOf(c desk.Code) int {
	return map[desk.Code]int{desk.Invalid: http.StatusUnprocessableEntity, desk.NotFound: http.StatusNotFound, desk.Forbidden: http.StatusForbidden,
		desk.Refused: http.StatusConflict, desk.Stale: http.StatusConflict, desk.Repeated: http.StatusUnprocessableEntity, desk.Busy: http.StatusServiceUnavailable}[c]
}

// sentence is a problem with its clause: «… (8.1.9)».
func sentence(p *desk.Problem) string {
	cited := numeral(p.Clause)
	if cited == "" || strings.Contains(p.Text, "("+cited+")") {
		return p.Text
	}
	return p.Text + " (" + cited + ")"
}

// numeral is what of a citation a reader of the norm can look up: the rows cite
// requirements too, which only this project numbers.
func numeral(clause string) string {
	parts := slices.DeleteFunc(strings.Split(clause, ", "), func(part string) bool { return strings.HasPrefix(part, "R") })
	return strings.Join(parts, ", ")
}

// logFailure writes an internal error once and returns the reference that the
// person can tell on the phone. The pattern of the path is logged, not the path:
// it may name a case, and a query may name a person.
func (v *visit) logFailure(what string, err error) string {
	ref := session.Random()[:8]
	slog.ErrorContext(v.r.Context(), what, "ref", ref, "route", v.r.Pattern, "error", err.Error()) //nolint:sloglint // what failed is one of our own constants
	return ref
}

// signInFirst sends to the sign-in and back. A form that came too late is kept;
// if it does not fit, the browser still has it, and the page says how.
func (v *visit) signInFirst() {
	back := v.r.URL.RequestURI()
	if v.r.Method != http.MethodPost {
		_ = v.leave(newSessionPath + "?back=" + url.QueryEscape(back))
		return
	}
	back = formPath(v.r.URL.Path)
	start := startPath + "?back=" + url.QueryEscape(back)
	if v.r.ParseForm() != nil || !v.keep(back) {
		_ = v.show(web.ErrorPage{Status: http.StatusRequestEntityTooLarge, SignIn: start, Detail: tooLongToKeep})
		return
	}
	_ = v.show(web.SignIn{StartHref: start, Ended: true})
}

const tooLongToKeep = "Su sesión terminó y el texto es demasiado largo para guardarlo aquí. Vuelva a la página anterior, copie su texto, inicie sesión y péguelo."

// keep seals the form without what belonged to the ended session, nor any
// password: that is typed again.
func (v *visit) keep(path string) bool {
	form := url.Values{}
	for name, values := range v.r.PostForm {
		if name != web.TokenField && name != web.VersionField && !slices.Contains(secretNames(), name) {
			form[name] = values
		}
	}
	return v.Cookies.Keep(v.w, v.r, path, form)
}

// formPath is the page that draws the form sent to a path.
func formPath(path string) string {
	if strings.HasPrefix(path, "/mail-quarantine/") || strings.HasPrefix(path, "/ticket-forms/") {
		parts := strings.SplitN(path, "/", 4)
		return strings.Join(parts[:min(3, len(parts))], "/")
	}
	if strings.HasPrefix(path, calendarsPath+"/") {
		parts := strings.SplitN(path, "/", 5)
		return strings.Join(parts[:4], "/")
	}
	if strings.HasPrefix(path, "/admin/operations/") {
		return "/admin/operations"
	}
	if strings.HasPrefix(path, absencesPath+"/") {
		return absencesPath
	}
	return path
}

// foreign answers a form sent from another site.
func (p *Portal) foreign(w http.ResponseWriter, r *http.Request) {
	v := &visit{Portal: p, w: w, r: r}
	_ = v.show(web.ErrorPage{Status: http.StatusForbidden, What: "stale"})
}
