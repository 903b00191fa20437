package portal

import (
	"maps"
	"slices"
	"strconv"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/session"
	"mesa/shared/web"
	"mesa/shared/work"
)

// attempt is one act that a person wants to do to a ticket.
type attempt struct {
	view   work.View
	row    flow.Row
	fields []flow.Field // with the options that come from the world
	typed  desk.Fields
	secret desk.Fields // typed too, and never drawn, carried or kept
	key    string
}

// readAttempt gathers the ticket, the act's row and what was typed. Acts that no
// page offers (opening, linking, the clock's) are no pages.
func (v *visit) readAttempt() (attempt, error) {
	view, err := v.look()
	if err != nil {
		return attempt{}, err
	}
	kind := desk.ActKind(v.r.PathValue("act"))
	row, ok := flow.RowFor(view.Ticket, kind)
	switch kind {
	case desk.ActOpen, desk.ActContact, desk.ActLink, desk.ActOverdue, desk.ActFollow, desk.ActAttach, desk.ActShowCredential, desk.ActShowPIN:
		ok = false
	}
	if !ok {
		return attempt{view: view}, desk.NewProblem(desk.NotFound, "", "No encontramos esa acción.")
	}
	a := attempt{view: view, row: row, fields: v.options(view, row), key: v.key()}
	if a.key == "" {
		a.key = session.Random()
	}
	a.typed, a.secret = read(a.fields, v.typed), readSecret(a.fields, v.typed)
	if kind == desk.ActResend {
		a.typed["ref"] = v.typed.Get("ref")
	}
	return a, nil
}

// options are the row's questions with the choices that come from the world:
// the offer's own, names for person ids, the services of the catalogue.
func (v *visit) options(view work.View, row flow.Row) []flow.Field {
	fields := slices.Clone(row.Fields)
	for _, o := range view.Offers {
		if o.Act == row.Act {
			fields = slices.Clone(o.Fields)
		}
	}
	for i, f := range fields {
		switch {
		case f.Kind == flow.Person:
			fields[i].Options = nil
			for _, o := range f.Options {
				fields[i].Options = append(fields[i].Options, flow.Option{Value: o.Value, Label: v.directory.Name(desk.PersonID(o.Value))})
			}
		case f.Name == "parent":
			fields[i].Options = v.massOptions()
		case f.Name == "service" && len(f.Options) == 0:
			fields[i].Options = serviceOptions(view.Catalogue)
		case f.Name == "flow" && f.Kind == flow.Choice && len(f.Options) == 0:
			fields[i].Options = flowOptions()
		}
	}
	return fields
}

// serviceOptions are the services of a version that have a flow here: of a case,
// the version it was made under.
func serviceOptions(c directory.Catalogue) []flow.Option {
	var options []flow.Option
	for _, kind := range under(c.Services) {
		for _, s := range kind.Services {
			options = append(options, flow.Option{Value: string(s.ID), Label: kind.Name + ": " + s.Name})
		}
	}
	return options
}

// flowOptions are the flows that a contact may follow.
func flowOptions() []flow.Option {
	var options []flow.Option
	for _, code := range flow.Codes() {
		if flow.Supported(code) && code != desk.Flow83 { // nobody contacts Level 1 about what the UTI detects
			options = append(options, flow.Option{Value: string(code), Label: string(code) + " " + flow.FlowTitle(code)})
		}
	}
	return options
}

// showAct draws the page of an act that this person may do now; for one they may
// not, it says why, as the road would.
func (v *visit) showAct() error {
	a, err := v.readAttempt()
	if err != nil {
		return err
	}
	if isDecision(a.row.Act) {
		return v.leave(ticketPath(a.view.Ticket.Number) + "/decisions")
	}
	if a.row.Act == desk.ActResend {
		return v.leave(ticketPath(a.view.Ticket.Number))
	}
	if refused := v.refusal(a); refused != nil {
		return v.drawRefused(a, refused)
	}
	v.suggest(a)
	return v.drawAct(a, nil)
}

// refusal asks the rules whether the act may be done at all.
func (v *visit) refusal(a attempt) *desk.Problem {
	act := v.act(a.row.Act)
	act.Version = a.view.Ticket.Version
	_, err := flow.Decide(a.view.Ticket, a.view.Facts, act)
	if p, ok := asProblem(err); ok && (p.Code == desk.Forbidden || p.Code == desk.Refused) {
		return p
	}
	return nil
}

// suggest fills in what the desk knows: the texts that an act begins with (R82);
// when classifying, the service that the words of a contact point to, the
// priority that its form suggested (7.4), and the telephone.
func (v *visit) suggest(a attempt) {
	if len(v.typed) > 0 {
		return
	}
	for _, f := range a.fields {
		if f.Default != "" {
			a.typed[f.Name] = f.Default
		}
	}
	if _, listed := systemOf(a.view); listed && a.row.Act == desk.ActInterruption {
		a.typed["system"] = string(a.view.Ticket.Service)
	}
	switch {
	case a.view.Ticket.Flow == desk.Flow88 && a.row.Act == desk.ActProvideData:
		v.suggestAnnex(a)
	case a.view.Ticket.Flow == desk.Flow88:
		v.suggestRoom(a)
	}
	if a.row.Act != desk.ActClassify {
		return
	}
	v.suggestClassification(a)
}

// suggestClassification fills in what the contact says of itself.
func (v *visit) suggestClassification(a attempt) {
	if found := v.search(textOf(a.view, "subject") + " " + textOf(a.view, "description")); len(found) > 0 {
		a.typed["service"] = string(found[0].Services[0].ID)
	}
	if a.view.Ticket.Priority > 0 {
		a.typed["priority"] = strconv.Itoa(int(a.view.Ticket.Priority))
	}
	if a.typed["phone"] = detail(a.view, "phone"); a.typed["phone"] == "" {
		person, _ := v.directory.Person(a.view.Ticket.Requester, v.now)
		a.typed["phone"] = person.Phone
	}
	v.propose(a)
}

// performAct does the act, or draws the form again with what is wrong.
func (v *visit) performAct() error {
	a, err := v.readAttempt()
	if err != nil {
		return err
	}
	if isDecision(a.row.Act) {
		return v.leave(ticketPath(a.view.Ticket.Number) + "/decisions")
	}
	if adding(v.typed) {
		return v.drawAct(a, nil)
	}
	if v.typed.Has(web.ChoiceField) || v.typed.Has(conflictField) {
		return v.resolve(a)
	}
	return v.perform(a, v.typed.Get(web.VersionField))
}

// perform sends the act down the road.
func (v *visit) perform(a attempt, seen string) error {
	fields, wrong := v.namePeople(a)
	if wrong != nil {
		return v.drawAct(a, wrong)
	}
	act := v.act(a.row.Act)
	act.Ticket, act.Key, act.Fields = a.view.Ticket.ID, a.key, fields
	if !a.row.Free {
		act.Version, _ = strconv.Atoi(seen)
	}
	err := v.sendSealed(act, a.secret)
	p, ok := asProblem(err)
	switch {
	case err == nil:
		return v.leave(ticketPath(a.view.Ticket.Number) + "?" + query("done", string(a.row.Act)))
	case !ok:
		return err
	case p.Code == desk.Invalid || p.Code == desk.Busy:
		return v.drawAct(a, p)
	case p.Code == desk.Repeated: // sent, gone back to, changed and sent again
		a.key = session.Random()
		return v.drawAct(a, desk.NewProblem(desk.Invalid, "", sentAlready))
	case p.Code == desk.Stale:
		return v.drawConflict(a, act.Version)
	case p.Code == desk.Refused:
		return v.drawRefused(a, p)
	}
	return hidden(err)
}

// sentAlready is told to who goes back to a form that was sent and sends it with
// other words: both may be meant.
const sentAlready = "Este formulario ya se envió una vez con otros datos y quedó registrado. Si además quiere enviar estos, envíelo otra vez."

// namePeople turns what was typed about a person into their id. Where the row
// offers its own choices, the value is an id already.
func (v *visit) namePeople(a attempt) (desk.Fields, *desk.Problem) {
	fields := maps.Clone(a.typed)
	for _, f := range a.fields {
		if f.Kind != flow.Person || len(f.Options) > 0 || fields[f.Name] == "" {
			continue
		}
		person, problem := v.findPerson(fields[f.Name])
		if problem != "" {
			return nil, desk.InvalidField(f.Name, problem)
		}
		fields[f.Name] = string(person.ID)
	}
	return fields, nil
}

// drawAct draws the form of an act.
func (v *visit) drawAct(a attempt, problem *desk.Problem) error {
	t := a.view.Ticket
	form := web.Form{Action: actPath(t.Number, a.row.Act), Fields: draw(a.fields, a.typed, problem, v.typed), Key: a.key, Submit: a.row.Label,
		Cancel: &web.Link{Label: "Cancelar", Href: ticketPath(t.Number)}}
	if !a.row.Free {
		form.Version = strconv.Itoa(t.Version)
	}
	for i, f := range form.Fields {
		if f.Kind == web.Person {
			form.Fields[i].Options, form.Fields[i].Complete = v.people(), "off"
		}
	}
	v.drawSecret(a, form.Fields)
	page := web.ActForm{Number: string(t.Number), Subject: subjectOf(t), Back: ticketPath(t.Number), Title: a.row.Label, Clause: numeral(a.row.Clause),
		Intro: "Lleva a: " + a.row.To + ".", Recipients: v.recipients(a), Internal: a.row.Act == desk.ActNote, Form: form}
	if a.row.Act == desk.ActClassify {
		page.Facts = []web.Datum{{Label: "Asunto", Value: subjectOf(t)}, {Label: "Lo que escribió o dijo", Value: textOf(a.view, "description")}}
	}
	if a.row.Act == desk.ActHandOver {
		page.Facts = paseFacts(a.view)
	}
	if a.row.Act == desk.ActInterruption {
		page.Facts = noticePreview(a.view)
	}
	page.Facts = append(append(page.Facts, v.roomFacts(a)...), proposalFacts(a)...)
	if problem != nil && len(problem.Fields) == 0 {
		page.Missing = append(page.Missing, sentence(problem))
	}
	return v.show(page)
}

// drawRefused says why not: for closing and for an execution without its notice,
// the form with what is still missing, so that nothing typed is lost; else the
// sentence of the clause.
func (v *visit) drawRefused(a attempt, p *desk.Problem) error {
	if !mendable(a, p) {
		return p
	}
	return v.drawAct(a, &desk.Problem{Code: desk.Invalid, Text: p.Text, Clause: p.Clause})
}

// mendable tells a refusal after which the same form can be sent otherwise: what
// a closing still demands, or another room or hour.
func mendable(a attempt, p *desk.Problem) bool {
	switch a.row.Act {
	case desk.ActClose, desk.ActExecutionOK, desk.ActExecutionError:
		return p.Code == desk.Refused && !a.view.Ticket.State.Ended()
	case desk.ActBookRoom, desk.ActProposeSlot, desk.ActMoveRoom:
		return p.Code == desk.Refused && flow.Offered(a.view.Offers, a.row.Act)
	default:
		return false
	}
}

// recipients are who reads what is written, said above the button.
func (v *visit) recipients(a attempt) []string {
	switch a.row.Act {
	case desk.ActReply, desk.ActAsk, desk.ActClose, desk.ActTypingError, desk.ActNotMoved, desk.ActDeliverCredential, desk.ActBookRoom, desk.ActProposeSlot, desk.ActMoveRoom, desk.ActDeliverRecording:
		if a.view.Ticket.Requester != "" {
			return []string{v.directory.Name(a.view.Ticket.Requester) + ", quien solicita"}
		}
	case desk.ActComment, desk.ActAnswer, desk.ActStillFailing:
		if a.view.Ticket.Assignee != "" {
			return []string{v.directory.Name(a.view.Ticket.Assignee) + ", quien lo atiende"}
		}
		if team, ok := v.directory.Team(a.view.Ticket.Team, v.now); ok {
			return []string{team.Name}
		}
	}
	return nil
}
