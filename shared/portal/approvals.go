package portal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/session"
	"mesa/shared/web"
	"mesa/shared/work"
)

// approvals is /approvals: what waits for the reader's decision, oldest first,
// and what they decided, newest first.
func (v *visit) approvals() error {
	list, err := v.choices()
	if err != nil {
		return err
	}
	if done, err := strconv.Atoi(v.query("decided")); err == nil {
		v.announceDone(done, 0)
	}
	return v.drawApprovals(list, "")
}

// approvalRow is one decision asked of the reader.
func (v *visit) approvalRow(t desk.Ticket) web.ApprovalRow {
	unit, _, _ := v.directory.Place(t.Unit, t.Sede, v.now)
	return web.ApprovalRow{Number: string(t.Number), Subject: subjectOf(t), Service: v.serviceName(t), Person: v.directory.Name(t.Requester), Unit: unit,
		Stage: stageLine(t), Since: t.StageAt.At, Href: ticketPath(t.Number) + "/decisions"}
}

// stageLine is «Etapa 1 de 2: la jefatura de la UT (8.1.4)».
func stageLine(t desk.Ticket) string {
	stages, clause := flow.Stages(t.Flow, t.Territorial), "8.1.4"
	if t.Stage == desk.StageUTI {
		clause = "8.3.2"
	}
	return fmt.Sprintf("Etapa %d de %d: %s (%s)", slices.Index(stages, t.Stage)+1, len(stages), decider(t.Stage), clause)
}

// decision is a stage that this person is asked to decide.
type decision struct {
	view work.View
	role string // «Jefa/e de la UT Ejemplo»
}

// readDecision opens the ticket; for who is not asked it says what stands there.
func (v *visit) readDecision() (decision, error) {
	view, err := v.look()
	if err != nil {
		return decision{}, err
	}
	return v.decisionOf(view)
}

// decisionOf is the open stage of a case, if it is this person's to decide.
func (v *visit) decisionOf(view work.View) (decision, error) {
	t := view.Ticket
	asked, ok := t.AskedPerson(v.me())
	if !ok || t.State != desk.PendingApproval || !flow.Offered(view.Offers, desk.ActApprove) {
		if t.State != desk.PendingApproval {
			return decision{}, desk.NewProblem(desk.Refused, "8.1.4", "No hay una decisión pendiente: el caso está «%s».", flow.StateLabel(t))
		}
		return decision{}, desk.NewProblem(desk.Forbidden, "8.1.4", "La decisión corresponde a %s.", decider(t.Stage))
	}
	return decision{view, v.directory.PostOf(asked, t.Stage, t.Requester, t.Unit, v.now)}, nil
}

func (v *visit) showDecision() error {
	d, err := v.readDecision()
	if err != nil {
		return err
	}
	return v.drawDecision(d, nil)
}

func (v *visit) drawDecision(d decision, wrong map[string]string) error {
	t := d.view.Ticket
	path := ticketPath(t.Number) + "/decisions"
	form := web.DecisionForm(path, d.role, true, web.DecisionInput{Choice: v.typed.Get(web.ChoiceField), Reason: v.typed.Get(web.ReasonField), Errors: wrong})
	form.Key, form.Hidden = v.keyOr(session.Random()), []web.Hidden{{Name: stageField, Value: strconv.Itoa(t.StageAt.Seq)}}
	return v.show(web.Decision{Request: v.request(d.view), Stage: stageLine(t), Role: d.role, IfYes: ifYes(d.view, v.me()), Form: form, Transfer: path + "/transfers"})
}

// stageField names the stage that the person saw. A comment that arrived while
// they read changes nothing about what they decide; another stage does.
const stageField = "stage"

func (v *visit) keyOr(fresh string) string {
	if key := v.key(); key != "" {
		return key
	}
	return fresh
}

// decide takes the decision of a person who is signed in: a choice, a reason for
// no, and the declaration that stands for the digits of the mail.
func (v *visit) decide() error {
	d, err := v.readDecision()
	if err != nil {
		return v.decidedBefore(err)
	}
	choice, reason := v.typed.Get(web.ChoiceField), strings.TrimSpace(v.typed.Get(web.ReasonField))
	wrong := map[string]string{}
	if choice != web.Approve && choice != web.Reject {
		wrong[web.ChoiceField] = web.Say("decision.error.choice")
	}
	if choice == web.Reject && reason == "" {
		wrong[web.ReasonField] = web.Say("decision.error.reason")
	}
	if v.typed.Get(web.DeclareField) == "" {
		wrong[web.DeclareField] = web.Say("decision.error.declare")
	}
	if len(wrong) > 0 {
		return v.drawDecision(d, wrong)
	}
	act := v.act(map[string]desk.ActKind{web.Approve: desk.ActApprove, web.Reject: desk.ActReject}[choice])
	if choice == web.Reject {
		act.Fields = desk.Fields{"reason": reason}
	}
	return v.decideBy(d, act, choice, func(wrong map[string]string) error { return v.drawDecision(d, wrong) })
}

// decideBy performs a decision on the stage that the person saw.
func (v *visit) decideBy(d decision, act desk.Act, done string, again func(map[string]string) error) error {
	t := d.view.Ticket
	if v.typed.Get(stageField) != strconv.Itoa(t.StageAt.Seq) {
		return desk.NewProblem(desk.Stale, "", "La etapa cambió desde que abrió la página. Vuelva a Aprobaciones.")
	}
	act.Ticket, act.Version, act.Key = t.ID, t.Version, v.key()
	_, err := v.Road.Perform(v.r.Context(), act)
	if p, ok := asProblem(err); ok && p.Code == desk.Invalid {
		return again(errorsOf(p))
	}
	if err != nil {
		return hidden(err)
	}
	return v.leave(ticketPath(t.Number) + "?" + query("decided", done))
}

// decidedBefore answers a form sent twice with what the first one did.
func (v *visit) decidedBefore(err error) error {
	view, lookErr := v.look()
	if lookErr != nil || v.key() == "" {
		return err
	}
	if act := v.recordedAs(view, v.key()); act != "" {
		done := map[desk.ActKind]string{desk.ActApprove: web.Approve, desk.ActReject: web.Reject, desk.ActNotMine: "not-mine"}[act]
		return v.leave(ticketPath(view.Ticket.Number) + "?" + query("decided", done))
	}
	return err
}

// recordedAs is the decision that this person registered under a key; "" if none.
func (v *visit) recordedAs(view work.View, key string) desk.ActKind {
	for _, rec := range view.Records {
		if isDecision(rec.Act) && rec.Actor.Person == v.me() && rec.Key == v.act("").Scope+"#"+key {
			return rec.Act
		}
	}
	return ""
}

func (v *visit) showTransfer() error {
	d, err := v.readDecision()
	if err != nil {
		return err
	}
	return v.drawTransfer(d, nil)
}

func (v *visit) drawTransfer(d decision, wrong map[string]string) error {
	path := ticketPath(d.view.Ticket.Number) + "/decisions"
	form := web.TransferForm(path+"/transfers", d.role, true, web.DecisionInput{Reason: v.typed.Get(web.ReasonField), Errors: wrong})
	form.Key, form.Hidden = v.keyOr(session.Random()), []web.Hidden{{Name: stageField, Value: strconv.Itoa(d.view.Ticket.StageAt.Seq)}}
	return v.show(web.Transfer{Request: v.request(d.view), Back: path, Form: form})
}

// transfer is «No me corresponde decidir»: it decides nothing.
func (v *visit) transfer() error {
	d, err := v.readDecision()
	if err != nil {
		return v.decidedBefore(err)
	}
	act := v.act(desk.ActNotMine)
	act.Fields = desk.Fields{"reason": strings.TrimSpace(v.typed.Get(web.ReasonField))}
	return v.decideBy(d, act, "not-mine", func(wrong map[string]string) error { return v.drawTransfer(d, wrong) })
}

// request is the whole request, so that it can be judged.
func (v *visit) request(view work.View) web.Request {
	t := view.Ticket
	person, unit, _, _ := v.directory.Requesting(t.Requester, v.now)
	phone := textOf(view, "phone")
	if phone == "" {
		phone = person.Phone
	}
	return web.Request{Number: string(t.Number), Subject: textOf(view, "subject"), Description: textOf(view, "description"), Service: v.serviceName(t),
		Person: v.directory.Name(t.Requester), Unit: unit.Name, Area: person.Area, Phone: phone, At: t.OpenedAt}
}

// ifYes says what follows an approval.
func ifYes(view work.View, me desk.PersonID) string {
	t := view.Ticket
	if flow.DecidesBoth(t, view.Facts, me) {
		return "Si aprueba, su decisión vale para las dos etapas, que le corresponden, y el caso pasa a atención."
	}
	if len(t.More) > 0 {
		return "Si aprueba, decide después " + decider(t.More[0]) + "."
	}
	if t.Flow == desk.Flow83 {
		return "Si aprueba, la mesa de ayuda lo evalúa y lo deriva (8.3.3)."
	}
	return "Si aprueba, el caso pasa a atención."
}
