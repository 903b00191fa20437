// Package linkpages serves the pages behind signed links: deciding from a mail,
// answering a question, verifying a solution and seeing a temporary password once,
// without signing in.
//
// GET and HEAD change nothing, whoever calls: mail scanners open links (F18).
// There is no script and no cookie here; the link itself is what is known, and
// deciding also takes the six digits of the mail. Before a signature verifies
// every link, of whatever kind of wrong, gets one and the same page (F19).
package linkpages

import (
	"context"
	"log/slog"
	"net/http"
	"strings"

	"mesa/shared/access"
	"mesa/shared/approve"
	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// Desk is the use case behind the pages: *approve.Desk.
type Desk interface {
	Ask(ctx context.Context, token string, audience access.Audience) (approve.Question, error)
	Decide(ctx context.Context, token string, v approve.Vote) (approve.Question, error)
	Answer(ctx context.Context, token string, fields desk.Fields) (approve.Question, error)
	// Show gives the password to one caller once, and "" to everybody else.
	Show(ctx context.Context, token, code string) (q approve.Question, password string, err error)
	Verify(ctx context.Context, token string, v approve.Verdict) (approve.Question, error)
}

// Handler serves the signed links.
type Handler struct {
	Desk  Desk
	Pages *web.Pages
	Local bool // a practice desk says so

	Institution func(ctx context.Context) (desk.Institution, error) // whose desk it is
}

// Routes are the paths of signed links; everything else below them is the one
// page for links that are not valid.
func (h *Handler) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /approvals/{token}", h.shows(access.Approvals, h.showDecision))
	mux.HandleFunc("POST /approvals/{token}", h.decide)
	mux.HandleFunc("GET /approvals/{token}/transfers", h.shows(access.Approvals, h.showTransfer))
	mux.HandleFunc("POST /approvals/{token}/transfers", h.transfer)
	mux.HandleFunc("GET /answers/{token}", h.shows(access.Answers, h.showQuestion))
	mux.HandleFunc("POST /answers/{token}", h.shows(access.Answers, h.answer))
	mux.HandleFunc("GET /credentials/{token}", h.shows(access.Credentials, h.offerCredential))
	mux.HandleFunc("POST /credentials/{token}", h.showCredential)
	mux.HandleFunc("GET /verifications/{token}", h.shows(access.Verifications, h.showVerification))
	mux.HandleFunc("POST /verifications/{token}", h.verify)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { h.render(w, r, invalid()) })
	return http.MaxBytesHandler(mux, maxBody)
}

// maxBody is far above the longest reason and far below what hurts.
const maxBody = 256 << 10

// invalid is the one page for every link that does not verify.
func invalid() web.LinkAnswer {
	return web.LinkAnswer{State: web.LinkInvalid, Portal: "/approvals"}
}

// shows is a page that begins with how the question of its link stands.
func (h *Handler) shows(page access.Audience, draw func(http.ResponseWriter, *http.Request, approve.Question)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q, err := h.Desk.Ask(r.Context(), r.PathValue("token"), page)
		if err != nil {
			h.fail(w, r, err)
			return
		}
		draw(w, r, q)
	}
}

func (h *Handler) showDecision(w http.ResponseWriter, r *http.Request, q approve.Question) {
	h.decision(w, r, q, approve.Vote{}, nil)
}

// decide takes the form. Success answers 303, so that going back sends nothing.
func (h *Handler) decide(w http.ResponseWriter, r *http.Request) {
	v := approve.Vote{Choice: r.PostFormValue(web.ChoiceField), Reason: strings.TrimSpace(r.PostFormValue(web.ReasonField)), Code: r.PostFormValue(web.CodeField)}
	if v.Choice != web.Approve && v.Choice != web.Reject {
		v.Choice = ""
	}
	q, err := h.Desk.Decide(r.Context(), r.PathValue("token"), v)
	if problem := asProblem(err); problem != nil {
		h.decision(w, r, q, v, problem)
		return
	}
	if err != nil {
		h.fail(w, r, err)
		return
	}
	if q.Standing == approve.Decided && q.DecidedBy == q.Link.Person {
		http.Redirect(w, r, access.Approvals.Path(r.PathValue("token"))+"?"+doneQuery, http.StatusSeeOther)
		return
	}
	h.decision(w, r, q, v, nil)
}

// doneQuery marks the page that follows a decision just made.
const doneQuery = "registrado=1"

// decision draws the form, or what became of the question.
func (h *Handler) decision(w http.ResponseWriter, r *http.Request, q approve.Question, v approve.Vote, problem *desk.Problem) {
	if q.Standing != approve.Open {
		h.render(w, r, h.outcome(r, q))
		return
	}
	path := access.Approvals.Path(r.PathValue("token"))
	in := web.DecisionInput{Choice: v.Choice, Reason: v.Reason, Errors: errorsOf(problem)}
	h.render(w, r, web.Decision{Request: requestOf(q), Stage: stageOf(q), Role: roleOf(q), IfYes: nextIfYes(q),
		Form: web.DecisionForm(path, roleOf(q), false, in), Transfer: path + "/transfers", Signed: true})
}

func (h *Handler) showTransfer(w http.ResponseWriter, r *http.Request, q approve.Question) {
	h.transferPage(w, r, q, approve.Vote{}, nil)
}

func (h *Handler) transfer(w http.ResponseWriter, r *http.Request) {
	v := approve.Vote{Choice: "not-mine", Reason: strings.TrimSpace(r.PostFormValue(web.ReasonField)), Code: r.PostFormValue(web.CodeField)}
	q, err := h.Desk.Decide(r.Context(), r.PathValue("token"), v)
	if problem := asProblem(err); problem != nil {
		h.transferPage(w, r, q, v, problem)
		return
	}
	if err != nil {
		h.fail(w, r, err)
		return
	}
	if q.Standing == approve.Declined {
		http.Redirect(w, r, access.Approvals.Path(r.PathValue("token"))+"/transfers", http.StatusSeeOther)
		return
	}
	h.transferPage(w, r, q, v, nil)
}

func (h *Handler) transferPage(w http.ResponseWriter, r *http.Request, q approve.Question, v approve.Vote, problem *desk.Problem) {
	if q.Standing != approve.Open {
		h.render(w, r, h.outcome(r, q))
		return
	}
	path := access.Approvals.Path(r.PathValue("token"))
	h.render(w, r, web.Transfer{Request: requestOf(q), Back: path, Signed: true,
		Form: web.TransferForm(path+"/transfers", roleOf(q), false, web.DecisionInput{Reason: v.Reason, Errors: errorsOf(problem)})})
}

func (h *Handler) showQuestion(w http.ResponseWriter, r *http.Request, q approve.Question) {
	h.question(w, r, q, proposed(q), nil)
}

func (h *Handler) answer(w http.ResponseWriter, r *http.Request, q approve.Question) {
	if err := r.ParseForm(); err != nil {
		h.render(w, r, web.ErrorPage{Status: http.StatusBadRequest})
		return
	}
	fields := read(questionFields(q), r.PostForm)
	if r.PostForm.Get(web.AddField) != "" { // one more row, everything typed kept
		h.question(w, r, q, fields, nil)
		return
	}
	q, err := h.Desk.Answer(r.Context(), r.PathValue("token"), fields)
	if problem := asProblem(err); problem != nil {
		h.question(w, r, q, fields, problem)
		return
	}
	if err != nil {
		h.fail(w, r, err)
		return
	}
	if q.Standing == approve.Decided {
		http.Redirect(w, r, access.Answers.Path(r.PathValue("token"))+"?"+doneQuery, http.StatusSeeOther)
		return
	}
	h.question(w, r, q, fields, nil)
}

func (h *Handler) question(w http.ResponseWriter, r *http.Request, q approve.Question, typed desk.Fields, problem *desk.Problem) {
	if q.Standing != approve.Open {
		h.render(w, r, h.outcome(r, q))
		return
	}
	if typed == nil {
		typed = prefilled(q)
	}
	form := web.Form{Action: access.Answers.Path(r.PathValue("token")), Submit: "Enviar respuesta"}
	form.Fields = draw(questionFields(q), typed, errorsOf(problem), r.PostForm)
	page := web.Question{Number: string(q.View.Ticket.Number), Subject: q.View.Ticket.Subject, Form: form}
	page.By, page.At, page.Text = askedIn(q)
	page.Notes, page.Known = proposalNotes(q), known(q)
	h.render(w, r, page)
}

// render writes a page; a page that cannot be drawn is logged once, here.
func (h *Handler) render(w http.ResponseWriter, r *http.Request, page web.Page) {
	institution, err := h.Institution(r.Context())
	if err != nil { // the page says what it must, under the name of the norm
		slog.WarnContext(r.Context(), "institution not read", "error", err.Error())
		institution = desk.PNAEQW()
	}
	frame := web.Frame{Path: r.URL.Path, Theme: web.ThemeOf(r), Institution: institution, Local: h.Local}
	if err := h.Pages.Render(w, frame, page); err != nil {
		slog.ErrorContext(r.Context(), "page not drawn", "error", err.Error())
	}
}

// fail hides an internal error behind the 500 page.
func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	slog.ErrorContext(r.Context(), "signed link failed", "error", err.Error())
	h.render(w, r, web.ErrorPage{Status: http.StatusInternalServerError})
}

// asProblem returns what a person can mend, nil for internal errors.
func asProblem(err error) *desk.Problem {
	switch desk.CodeOf(err) {
	case "":
		return nil
	default:
		return problemOf(err)
	}
}

// stageOf is «Etapa 1 de 2: jefa/e de la UT (8.1.4 a)».
func stageOf(q approve.Question) string {
	t := q.View.Ticket
	stages := flow.Stages(t.Flow, t.Territorial)
	return stageLine(stages, q.Stage)
}
