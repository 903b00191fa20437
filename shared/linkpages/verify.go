package linkpages

import (
	"net/http"
	"net/url"
	"strings"

	"mesa/shared/access"
	"mesa/shared/approve"
	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// The page of «Solucionado: realice la verificación»: 8.2.4, 8.3.3, R87. Opening
// it answers nothing; the answer is a choice that is not preselected.

func (h *Handler) showVerification(w http.ResponseWriter, r *http.Request, q approve.Question) {
	h.verification(w, r, q, approve.Verdict{}, nil)
}

func (h *Handler) verify(w http.ResponseWriter, r *http.Request) {
	value := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	v := approve.Verdict{Choice: value(web.ChoiceField), Message: value(web.FailingField), Rating: value(web.RatingField), Comment: value(web.CommentField)}
	q, err := h.Desk.Verify(r.Context(), r.PathValue("token"), v)
	if problem := asProblem(err); problem != nil {
		h.verification(w, r, q, v, problem)
		return
	}
	if err != nil {
		h.fail(w, r, err)
		return
	}
	if q.Standing == approve.Decided && q.DecidedBy == q.Link.Person {
		http.Redirect(w, r, access.Verifications.Path(r.PathValue("token")), http.StatusSeeOther)
		return
	}
	h.verification(w, r, q, v, nil)
}

// verification draws the form, or what became of the question.
func (h *Handler) verification(w http.ResponseWriter, r *http.Request, q approve.Question, v approve.Verdict, problem *desk.Problem) {
	if q.Standing != approve.Open {
		h.render(w, r, verdictOf(q))
		return
	}
	t := q.View.Ticket
	in := web.Filled{Values: map[string]string{web.ChoiceField: v.Choice, web.FailingField: v.Message, web.RatingField: v.Rating, web.CommentField: v.Comment}, Errors: errorsOf(problem)}
	h.render(w, r, web.Verification{Number: string(t.Number), Subject: t.Subject, Solution: solutionOf(q), At: t.ClosedAt, Until: flow.VerifyUntil(t, q.View.Facts),
		Form: web.VerificationForm(access.Verifications.Path(r.PathValue("token")), in)})
}

// verdictOf words the page that ends a visit.
func verdictOf(q approve.Question) web.LinkAnswer {
	a := web.LinkAnswer{Number: string(q.View.Ticket.Number), At: q.DecidedAt}
	switch {
	case q.Standing == approve.Invalid:
		return invalid()
	case q.Standing == approve.Replaced:
		a.State, a.Portal = web.LinkReplaced, "/approvals"
	case q.Standing == approve.Decided && q.Approved:
		a.State = web.LinkVerified
	case q.Standing == approve.Decided:
		a.State = web.LinkFailing
	default: // the window ended, whether the link or the wait says so
		a.State, a.Portal = web.LinkLapsed, anew(q)
		if a.At.IsZero() {
			a.At = q.Link.ExpiresAt
		}
	}
	return a
}

// anew is the form of a new case, filled in from this one and linked to it.
func anew(q approve.Question) string {
	path, known := "/ticket-forms", url.Values{"from": {string(q.Link.Ticket)}}
	if t := q.View.Ticket; t.Service != "" {
		path += "/" + url.PathEscape(string(t.Service))
		known.Set("flow", string(t.Flow))
	}
	return path + "?" + known.Encode()
}

// solutionOf is what the last closing said was done.
func solutionOf(q approve.Question) string {
	for i := len(q.View.Records) - 1; i >= 0; i-- {
		if rec := q.View.Records[i]; rec.Seq == q.Link.Wait.Seq() {
			return rec.Texts["solution"]
		}
	}
	return ""
}
