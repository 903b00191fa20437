package linkpages

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"mesa/shared/approve"
	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// problemOf finds the problem inside an error; nil if there is none.
func problemOf(err error) *desk.Problem {
	p, _ := errors.AsType[*desk.Problem](err)
	return p
}

// errorsOf maps a problem's fields to their texts; a refusal without fields is
// shown at the first control.
func errorsOf(p *desk.Problem) map[string]string {
	if p == nil {
		return nil
	}
	m := map[string]string{}
	for _, f := range p.Fields {
		m[f.Field] = f.Text
	}
	if len(m) == 0 {
		m[web.ChoiceField] = p.Text
	}
	return m
}

// outcome words the page that ends a visit.
func (h *Handler) outcome(r *http.Request, q approve.Question) web.LinkAnswer {
	a := web.LinkAnswer{Number: string(q.View.Ticket.Number), At: q.DecidedAt, Portal: "/approvals"}
	switch q.Standing {
	case approve.Invalid:
		return invalid()
	case approve.Decided:
		return decided(a, q, r.URL.RawQuery == doneQuery)
	case approve.Withdrawn:
		a.State = web.LinkWithdrawn
	case approve.Declined:
		a.State = web.LinkTransferred
	case approve.Own:
		a.State, a.Who = web.LinkOwn, askedInstead(q)
	case approve.SignIn:
		a.State, a.Portal = web.LinkSignIn, "/tickets/"+url.PathEscape(a.Number)+"/decisions"
	case approve.Locked:
		a.State, a.Minutes = web.LinkLocked, minutesLeft(q)
	default:
		a.State = web.LinkReplaced
	}
	return a
}

// askedInstead is who decides on somebody's own request.
func askedInstead(q approve.Question) string {
	if asked := q.View.Ticket.Asked; len(asked) > 0 {
		return q.View.Directory.Name(asked[0].Person)
	}
	return "la mesa de ayuda, que busca quién decida"
}

// until is when an open delivery ends unseen.
func until(q approve.Question) time.Time {
	m, _ := q.View.Ticket.UnseenDelivery(q.Link.Wait.Seq())
	return m.At.Add(q.View.Facts.Policy.CredentialLife)
}

// minutesLeft of a lock, never none while it lasts.
func minutesLeft(q approve.Question) int {
	return int((q.LockedTo.Sub(q.View.Facts.Now) + time.Minute - 1) / time.Minute)
}

// decided tells the person's own decision from somebody else's, and a decision
// just made from an earlier one.
func decided(a web.LinkAnswer, q approve.Question, justNow bool) web.LinkAnswer {
	if q.Link.Wait.Kind() != desk.WaitApproval {
		a.State = web.LinkWasAnswered
		if justNow {
			a.State = web.LinkAnswered
		}
		return a
	}
	a.Outcome, a.Next = "rechazada", "El caso queda rechazado y se comunicó el motivo a quien lo solicitó."
	if q.Approved {
		a.Outcome, a.Next = "aprobada", nextAfter(q)
	}
	switch {
	case q.DecidedBy != q.Link.Person:
		a.State, a.Who = web.LinkOther, q.View.Directory.Name(q.DecidedBy)
	case !justNow:
		a.State = web.LinkYouDecided
	case q.Approved:
		a.State = web.LinkApproved
	default:
		a.State = web.LinkRejected
	}
	return a
}

// nextAfter says what happens after an approval.
func nextAfter(q approve.Question) string {
	t := q.View.Ticket
	if stoodForNext(q) {
		return "La decisión vale para las dos etapas. El caso pasa a atención."
	}
	stages := flow.Stages(t.Flow, t.Territorial)
	if i := slices.Index(stages, q.Stage); i >= 0 && i+1 < len(stages) {
		return "Ahora decide " + deciderName(stages[i+1]) + "."
	}
	return "El caso pasa a atención."
}

// stoodForNext tells whether who approved was not asked again at the next stage.
func stoodForNext(q approve.Question) bool {
	for _, rec := range q.View.Records {
		approved := slices.Contains(rec.Events, desk.Event(desk.StageApproved{Stage: q.Stage}))
		if approved && slices.ContainsFunc(rec.Events, func(e desk.Event) bool { s, ok := e.(desk.StageSkipped); return ok && s.Approved }) {
			return true
		}
	}
	return false
}

func nextIfYes(q approve.Question) string {
	t := q.View.Ticket
	if flow.DecidesBoth(t, q.View.Facts, q.Link.Person) {
		return "Si aprueba, su decisión vale para las dos etapas, que le corresponden, y el caso pasa a atención."
	}
	stages := flow.Stages(t.Flow, t.Territorial)
	if i := slices.Index(stages, q.Stage); i >= 0 && i+1 < len(stages) {
		return "Si aprueba, decide después " + deciderName(stages[i+1]) + "."
	}
	return "Si aprueba, el caso pasa a atención."
}

func deciderName(s desk.Stage) string {
	return map[desk.Stage]string{desk.StageUT: "la/el jefa/e de la UT", desk.StageUO: "la/el jefa/e de la unidad orgánica de Sede Central", desk.StageUTI: "la Jefatura de la UTI"}[s]
}

func stageLine(stages []desk.Stage, s desk.Stage) string {
	clause := "8.1.4"
	if s == desk.StageUTI {
		clause = "8.3.2"
	}
	return fmt.Sprintf("Etapa %d de %d: %s (%s)", slices.Index(stages, s)+1, len(stages), deciderName(s), clause)
}

// roleOf is the post the person decides by, for the declaration.
func roleOf(q approve.Question) string {
	t, d := q.View.Ticket, q.View.Directory
	asked, _ := t.AskedPerson(q.Link.Person)
	return d.PostOf(asked, q.Stage, t.Requester, t.Unit, q.View.Facts.Now)
}

// requestOf is the whole request, so that it can be judged.
func requestOf(q approve.Question) web.Request {
	t, d := q.View.Ticket, q.View.Directory
	person, unit, _, _ := d.Requesting(t.Requester, q.View.Facts.Now)
	service, _ := q.View.Catalogue.Service(t.Service)
	texts := desk.Texts{}
	if len(q.View.Records) > 0 {
		texts = q.View.Records[0].Texts
	}
	phone := texts["phone"]
	if phone == "" {
		phone = person.Phone
	}
	return web.Request{Number: string(t.Number), Subject: texts["subject"], Description: texts["description"], Service: service.Name,
		Person: person.Name, Unit: unit.Name, Area: person.Area, Phone: phone, At: t.OpenedAt}
}

// questionFields are what an answers page asks: the answer, or the data missing.
// Of 8.8 the answer may be yes or no to an offered slot, and what is missing may
// be the whole of Anexo 02.
func questionFields(q approve.Question) []flow.Field {
	missing := q.View.Ticket.Missing
	if q.Link.Wait.Kind() != desk.WaitData {
		return answerFields(q)
	}
	row, _ := flow.RowFor(q.View.Ticket, desk.ActProvideData)
	var fields []flow.Field
	for _, f := range row.Fields {
		alone := slices.Contains(missing, f.Name) || f.Name == "no_asset" && slices.Contains(missing, "asset")
		if alone || flow.InAnnex(f.Name) && slices.Contains(missing, flow.Annex02) {
			fields = append(fields, f)
		}
	}
	return fields
}

func answerFields(q approve.Question) []flow.Field {
	message := flow.Field{Name: "message", Label: "Su respuesta", Kind: flow.Long, Max: 4000}
	if q.View.Ticket.Flow != desk.Flow88 {
		return []flow.Field{message}
	}
	var fields []flow.Field
	row, _ := flow.RowFor(q.View.Ticket, desk.ActAnswer)
	for _, f := range row.Fields {
		switch {
		case f.Name == "slot" && q.View.Ticket.Meetings.Any(desk.MeetingProposed):
			message.Optional = true
			fields = append(fields, f)
		case f.Name == "multiuse" && !q.View.Ticket.Terms.Has(desk.TermMultiuse):
			fields = append(fields, f)
		}
	}
	return append(fields, message)
}

// askedIn finds who asked the open question, when and what.
func askedIn(q approve.Question) (by string, at time.Time, text string) {
	for _, rec := range q.View.Records {
		if rec.Seq == q.Link.Wait.Seq() {
			return q.View.Directory.Name(rec.Actor.Person), rec.At, rec.Texts["question"]
		}
	}
	return "", time.Time{}, ""
}
