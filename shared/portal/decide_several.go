package portal

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/session"
	"mesa/shared/web"
)

// The decisions of /approvals: several in one send, each with its own choice and
// reason. Each is an act of its own: what one meets does not stop the others,
// and whatever was not registered stands on the page as it was typed.

// choicesShown is how many cases are decided on one page: each is read in full.
const choicesShown = 20

// choice is what the reader answers about one case; of a case that is not theirs
// to decide here, only the row is drawn.
type choice struct {
	decision
	open  bool
	typed web.DecisionInput
	stage string // that the person saw
}

// taken tells whether a decision was made, yes or no.
func (c choice) taken() bool { return c.typed.Choice == web.Approve || c.typed.Choice == web.Reject }

// choices are the cases that wait for the reader, oldest first, with what they
// typed about each.
func (v *visit) choices() ([]choice, error) {
	pending, err := v.Lists.PendingApprovals(v.r.Context(), v.me())
	if err != nil {
		return nil, err
	}
	var list []choice
	for i, t := range pending {
		c := choice{decision: decision{}, stage: strconv.Itoa(t.StageAt.Seq)}
		c.view.Ticket = t
		if i < choicesShown {
			if err := v.readChoice(&c); err != nil {
				return nil, err
			}
		}
		list = append(list, c)
	}
	return list, nil
}

// readChoice reads the request and what was typed about it.
func (v *visit) readChoice(c *choice) error {
	view, err := v.Reader.Look(v.r.Context(), c.view.Ticket.ID, v.act(""))
	if desk.CodeOf(err) == desk.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	d, err := v.decisionOf(view)
	if _, ok := asProblem(err); ok {
		return nil // asked, but not theirs by now: the case's page says why
	}
	if err != nil {
		return err
	}
	end := "-" + string(view.Ticket.Number)
	c.decision, c.open, c.stage = d, true, strconv.Itoa(view.Ticket.StageAt.Seq)
	c.typed = web.DecisionInput{Choice: v.typed.Get(web.ChoiceField + end), Reason: v.typed.Get(web.ReasonField + end), Errors: map[string]string{}}
	if seen := v.typed.Get(stageField + end); seen != "" {
		c.stage = seen
	}
	return nil
}

// decideSeveral registers the decisions that were marked.
func (v *visit) decideSeveral() error {
	list, err := v.choices()
	if err != nil {
		return err
	}
	gone := v.gone(list)
	if wrong := v.checkChoices(list, gone); wrong != nil {
		return v.drawApprovals(list, *wrong)
	}
	done, left := gone, list[:0:0]
	for _, c := range list {
		if c.open && c.taken() && v.settle(&c) {
			done++
			continue
		}
		left = append(left, c)
	}
	if failed := len(problemsOf(left)); failed > 0 || len(v.notices) > 0 {
		v.announceDone(done, failed)
		return v.drawApprovals(left, "")
	}
	return v.leave("/approvals?" + query("decided", strconv.Itoa(done)))
}

// checkChoices marks what is to be mended before anything is registered; nil if
// nothing is. Its text is the declaration's.
func (v *visit) checkChoices(list []choice, done int) *string {
	taken, wrong, declaration := 0, 0, ""
	for _, c := range list {
		reason := strings.TrimSpace(c.typed.Reason)
		switch {
		case !c.open:
		case c.typed.Choice == web.Reject && reason == "":
			c.typed.Errors[web.ReasonField] = web.Say("decision.error.reason")
		case c.typed.Choice == "" && reason != "":
			c.typed.Errors[web.ChoiceField] = web.Say("decisions.error.loose")
		}
		wrong += len(c.typed.Errors)
		if c.open && c.taken() {
			taken++
		}
	}
	first := slices.IndexFunc(list, func(c choice) bool { return c.open })
	if first >= 0 && taken+done+wrong == 0 && len(v.notices) == 0 {
		list[first].typed.Errors[web.ChoiceField], wrong = web.Say("decisions.error.none"), 1
	}
	if taken > 0 && v.typed.Get(web.DeclareField) == "" {
		declaration, wrong = web.Say("decision.error.declare"), wrong+1
	}
	if wrong == 0 {
		return nil
	}
	return &declaration
}

// settle registers one decision, or notes with it why it could not be.
func (v *visit) settle(c *choice) bool {
	t := c.view.Ticket
	if c.stage != strconv.Itoa(t.StageAt.Seq) {
		c.stage = strconv.Itoa(t.StageAt.Seq)
		c.typed.Errors[web.ChoiceField] = web.Say("decisions.error.stage")
		return false
	}
	act := v.act(map[string]desk.ActKind{web.Approve: desk.ActApprove, web.Reject: desk.ActReject}[c.typed.Choice])
	act.Ticket, act.Version, act.Key = t.ID, t.Version, v.keyFor(t.Number)
	if act.Kind == desk.ActReject {
		act.Fields = desk.Fields{"reason": strings.TrimSpace(c.typed.Reason)}
	}
	_, err := v.Road.Perform(v.r.Context(), act)
	var problem *desk.Problem
	switch {
	case err == nil:
		return true
	case !errors.As(err, &problem):
		ref := v.logFailure("decision not registered", err)
		c.typed.Errors[web.ChoiceField] = web.Say("decisions.error.failed", "ref", ref)
	case problem.Code == desk.Invalid && errorsOf(problem)["reason"] != "":
		c.typed.Errors[web.ReasonField] = errorsOf(problem)["reason"]
	default:
		c.typed.Errors[web.ChoiceField] = sentence(problem)
	}
	return false
}

// keyFor is the key of one decision of the form; none if the form has none.
func (v *visit) keyFor(n desk.Number) string {
	if v.key() == "" {
		return ""
	}
	return v.key() + ":" + string(n)
}

// gone counts the decisions of this same form, sent before, that are registered;
// of the others that wait no more it says so, with what had been typed.
func (v *visit) gone(list []choice) int {
	waits := map[string]bool{}
	for _, c := range list {
		waits[string(c.view.Ticket.Number)] = true
	}
	done := 0
	for _, name := range slices.Sorted(maps.Keys(v.typed)) {
		number, typed := strings.CutPrefix(name, web.ChoiceField+"-")
		if answer := v.typed.Get(name); !typed || waits[number] || answer != web.Approve && answer != web.Reject {
			continue
		}
		if v.registered(desk.Number(number)) {
			done++
			continue
		}
		text := web.Say("decisions.gone", "number", number)
		if reason := strings.TrimSpace(v.typed.Get(web.ReasonField + "-" + number)); reason != "" {
			text += " " + web.Say("decisions.gone.reason", "reason", reason)
		}
		v.notice(web.Attention, text)
	}
	return done
}

// registered tells whether this form's decision about a case was registered.
func (v *visit) registered(n desk.Number) bool {
	id, err := v.Lists.ByNumber(v.r.Context(), n)
	if err != nil {
		return false
	}
	view, err := v.Reader.Look(v.r.Context(), id, v.act(""))
	return err == nil && v.recordedAs(view, v.keyFor(n)) != ""
}

// problemsOf are the cases with something to mend.
func problemsOf(list []choice) []choice {
	var wrong []choice
	for _, c := range list {
		if len(c.typed.Errors) > 0 {
			wrong = append(wrong, c)
		}
	}
	return wrong
}

// announceDone says how many were registered and how many were not.
func (v *visit) announceDone(done, failed int) {
	switch {
	case done == 1:
		v.notice(web.Done, web.Say("decisions.done.one"))
	case done > 1:
		v.notice(web.Done, web.Say("decisions.done", "n", strconv.Itoa(done)))
	}
	if failed > 0 {
		v.notice(web.Attention, web.Say("decisions.left", "n", strconv.Itoa(failed)))
	}
}

// drawApprovals draws the page with the cases as they were answered so far.
func (v *visit) drawApprovals(list []choice, declaration string) error {
	page := web.Approvals{As: strings.Join(v.posts(), "; ")}
	form := web.DecisionsForm("/approvals", v.typed.Get(web.DeclareField) != "", declaration)
	form.Key = v.keyOr(session.Random())
	for _, c := range list {
		row := v.approvalRow(c.view.Ticket)
		if c.open {
			row.Role, row.Text, row.Fields = c.role, textOf(c.view, "description"), web.ChoiceFields(row.Number, c.typed)
			form.Hidden = append(form.Hidden, web.Hidden{Name: stageField + "-" + row.Number, Value: c.stage})
		}
		page.Pending = append(page.Pending, row)
	}
	if len(form.Hidden) > 0 {
		page.Form = form
	}
	var err error
	if page.Months, err = v.awaitedMonths(); err != nil {
		return err
	}
	decided, err := v.Lists.Decisions(v.r.Context(), v.me(), decidedRows)
	if err != nil {
		return err
	}
	for _, d := range decided {
		page.Decided = append(page.Decided, v.decidedRow(d))
	}
	return v.show(page)
}
