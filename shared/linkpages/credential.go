package linkpages

import (
	"net/http"

	"mesa/shared/access"
	"mesa/shared/approve"
	"mesa/shared/desk"
	"mesa/shared/password"
	"mesa/shared/web"
)

// offerCredential shows whose account it is and asks for the digits. It shows no
// password, whoever opens it and however often (F18).
func (h *Handler) offerCredential(w http.ResponseWriter, r *http.Request, q approve.Question) {
	h.credential(w, r, q, nil)
}

// showCredential answers with the password itself and no 303: there is nowhere
// to go back to, since nothing holds it any more. Sent again, it says when it was
// shown.
func (h *Handler) showCredential(w http.ResponseWriter, r *http.Request) {
	q, secret, err := h.Desk.Show(r.Context(), r.PathValue("token"), r.PostFormValue(web.CodeField))
	problem := asProblem(err)
	switch {
	case err != nil && problem == nil:
		h.fail(w, r, err)
	case secret == "":
		h.credential(w, r, q, problem)
	default:
		system, account := delivered(q)
		h.render(w, r, web.CredentialShown{Number: string(q.View.Ticket.Number), System: system, Account: account, Password: secret, Rule: password.Rule})
	}
}

// credential draws the form, or what became of the delivery.
func (h *Handler) credential(w http.ResponseWriter, r *http.Request, q approve.Question, problem *desk.Problem) {
	if q.Standing != approve.Open {
		institution, err := h.Institution(r.Context())
		if err != nil {
			h.fail(w, r, err)
			return
		}
		h.render(w, r, h.credentialOver(r, q, institution.Phone))
		return
	}
	system, account := delivered(q)
	wrong := errorsOf(problem)[web.CodeField]
	if problem != nil && wrong == "" {
		wrong = problem.Text
	}
	h.render(w, r, web.CredentialOffer{Number: string(q.View.Ticket.Number), System: system, Account: account, Until: until(q), Rule: password.Rule,
		Form: web.CredentialForm(access.Credentials.Path(r.PathValue("token")), wrong)})
}

// credentialOver words the page of a link that shows nothing any more.
func (h *Handler) credentialOver(r *http.Request, q approve.Question, phone string) web.LinkAnswer {
	a := web.LinkAnswer{Number: string(q.View.Ticket.Number), At: q.DecidedAt}
	switch q.Standing {
	case approve.Shown:
		a.State, a.Next = web.LinkShown, "Mesa de ayuda: "+phone+"."
	case approve.Replaced, approve.Expired:
		a.State, a.Next = web.LinkGone, "Si no tiene otro correo, pida una contraseña nueva a la mesa de ayuda: "+phone+"."
	default:
		return h.outcome(r, q)
	}
	return a
}

// delivered says of which system and account the delivery is.
func delivered(q approve.Question) (system, account string) {
	for _, rec := range q.View.Records {
		if rec.Seq == q.Link.Wait.Seq() {
			return rec.Texts["system"], rec.Texts["account"]
		}
	}
	return "", ""
}
