package portal

import (
	"cmp"
	"slices"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/session"
	"mesa/shared/web"
)

// call is a telephone contact being registered: who, what, and how it ends.
type call struct {
	typed   map[string]string
	caller  directory.Person
	service directory.Service
	exit    string
	key     string
}

func (v *visit) showPhone() error {
	if !v.phones() {
		return notFound()
	}
	return v.drawPhone(nil)
}

func (v *visit) drawPhone(wrong map[string]string) error {
	in := web.Filled{Values: v.phoneTyped(), Errors: wrong}
	var services []web.Option
	for _, o := range serviceOptions(v.catalogue) {
		services = append(services, web.Option{Value: o.Value, Label: o.Label})
	}
	form := web.PhoneForm("/phone-contacts/new", services, v.people(), v.sgd(), in)
	form.Key = v.keyOr(session.Random())
	return v.show(web.PhoneContact{Form: form})
}

func (v *visit) phoneTyped() map[string]string {
	typed := map[string]string{}
	for _, name := range []string{"caller", "phone", "service", "description", "solution", web.ExitField, web.TypingDetail, web.TypingText} {
		typed[name] = strings.TrimSpace(v.typed.Get(name))
	}
	if v.sgd() && len(v.typed) == 0 {
		v.sgdDefaults(typed)
	}
	return typed
}

// peopleCap keeps the list of suggestions light for a slow line; beyond it the
// name or the address is typed in full.
const peopleCap = 200

// people are suggestions for a field that names somebody: addresses are unique,
// names need not be.
func (v *visit) people() []web.Option {
	var options []web.Option
	for _, p := range v.directory.Records().People {
		if p.Holds(v.now) && !p.Disabled && p.Mail() != "" {
			options = append(options, web.Option{Value: p.Mail(), Label: p.Name})
		}
	}
	if len(options) > peopleCap {
		return nil
	}
	return options
}

// findPerson resolves what somebody typed: an address, an id, or words of a name.
func (v *visit) findPerson(typed string) (directory.Person, string) {
	if typed == "" {
		return directory.Person{}, web.Say("phone.error.caller")
	}
	if p, ok := v.directory.ByEmail(typed, v.now); ok {
		return p, ""
	}
	if p, ok := v.directory.Person(desk.PersonID(typed), v.now); ok {
		return p, ""
	}
	found := v.directory.FindPeople(typed, 20, v.now)
	if i := slices.IndexFunc(found, func(p directory.Person) bool { return directory.Fold(p.Name) == directory.Fold(typed) }); i >= 0 {
		return found[i], ""
	}
	switch len(found) {
	case 0:
		return directory.Person{}, web.Say("phone.error.unknown")
	case 1:
		return found[0], ""
	}
	return directory.Person{}, web.Say("phone.error.many")
}

// phone registers a call and takes the exit that was chosen.
func (v *visit) phone() error {
	if !v.phones() {
		return notFound()
	}
	c, wrong := v.readCall()
	if len(wrong) > 0 {
		return v.drawPhone(wrong)
	}
	t, err := v.openCall(c)
	if p, ok := asProblem(err); ok && p.Code == desk.Invalid {
		return v.drawPhone(errorsOf(p))
	} else if ok && p.Code == desk.Repeated {
		v.typed.Del(web.KeyField)
		v.notice(web.Attention, sentAlready)
		return v.drawPhone(nil)
	}
	if err != nil {
		return err
	}
	if err := v.endCall(c, t); err != nil {
		if _, ok := asProblem(err); !ok {
			return err
		}
		// The call is registered; what is left is done on its page.
		return v.leave(ticketPath(t.Number) + "?left=1")
	}
	return v.leave(ticketPath(t.Number) + "?" + query("done", string(exitAct(c.exit))))
}

func exitAct(exit string) desk.ActKind {
	return map[string]desk.ActKind{web.ExitSolved: desk.ActClose, web.ExitTicket: desk.ActNeedTicket, web.ExitTyping: desk.ActTypingError}[exit]
}

// readCall checks the form whole, so that everything wrong is said at once.
func (v *visit) readCall() (call, map[string]string) {
	c := call{typed: v.phoneTyped(), key: v.key()}
	wrong := map[string]string{}
	var problem string
	if c.caller, problem = v.findPerson(c.typed["caller"]); problem != "" {
		wrong["caller"] = problem
	}
	if c.typed["description"] == "" {
		wrong["description"] = web.Say("phone.error.text")
	}
	service, known := v.catalogue.Service(desk.ServiceID(c.typed["service"]))
	c.service = service
	if c.exit = c.typed[web.ExitField]; !slices.Contains(v.exits(), c.exit) {
		wrong[web.ExitField] = web.Say("phone.error.exit")
	}
	if c.exit != web.ExitProgress && (!known || len(ways(service)) == 0) {
		wrong["service"] = web.Say("phone.error.service")
	}
	if c.exit == web.ExitSolved && c.typed["solution"] == "" {
		wrong["solution"] = web.Say("phone.error.solution")
	}
	if wrong["service"] == "" && c.exit == web.ExitSolved && c.phone() == "" && slices.Contains(flow.MissingFields(solvedFlow(service), nil), "phone") {
		wrong["phone"] = web.Say("phone.error.phone")
	}
	if v.sgd() {
		c.checkSGD(wrong)
	}
	return c, wrong
}

// exits are the ways in which this person may end a call.
func (v *visit) exits() []string {
	if v.sgd() {
		return []string{web.ExitTyping, web.ExitTicket, web.ExitProgress}
	}
	return []string{web.ExitSolved, web.ExitTicket, web.ExitProgress}
}

// phone is the number the caller gave, else the directory's.
func (c call) phone() string { return cmp.Or(c.typed["phone"], c.caller.Phone) }

// openCall registers the contact (8.1.1, R62).
func (v *visit) openCall(c call) (desk.Ticket, error) {
	act := v.act(desk.ActContact)
	act.Channel, act.Requester, act.Key = desk.ChannelPhone, c.caller.ID, c.key
	text := c.typed["description"]
	if text == "" {
		text = "No pudo ingresar al SGD: digitó mal " + c.typed[web.TypingDetail]
	}
	act.Fields = desk.Fields{"subject": firstWords(text), "description": text, "phone": c.typed["phone"]}
	result, err := v.Road.Perform(v.r.Context(), act)
	return result.After.Ticket, err
}

// firstWords make a subject of what a caller said.
func firstWords(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	words, subject := strings.Fields(line), ""
	for _, w := range words {
		if len([]rune(subject))+len([]rune(w)) > 78 {
			return subject + "…"
		}
		subject = strings.TrimSpace(subject + " " + w)
	}
	return subject
}

// endCall takes the exit: each step is an act of its own, with a key derived from
// the form's, so that a form sent again goes on where the first try stopped.
func (v *visit) endCall(c call, t desk.Ticket) error {
	if v.sgd() && c.exit != web.ExitProgress {
		return v.endSGD(c, t)
	}
	switch c.exit {
	case web.ExitTicket:
		if t.State.Ended() {
			return nil
		}
		_, err := v.step(c, t, desk.ActNeedTicket, desk.Fields{"service": string(c.service.ID)})
		return err
	case web.ExitSolved:
		return v.solve(c, t)
	}
	return nil
}

// solve closes a call that was solved while talking: classified, taken where its
// flow wants a holder, closed with its row (8.1.2, R63).
func (v *visit) solve(c call, t desk.Ticket) (err error) {
	if t.Flow == "" {
		fields := desk.Fields{"service": string(c.service.ID), "flow": string(solvedFlow(c.service)), "priority": "4"}
		if c.typed["phone"] == "" {
			fields["phone"] = c.phone()
		}
		if solvedFlow(c.service) == desk.Flow86 {
			fields["no_asset"] = "yes"
		}
		if t, err = v.step(c, t, desk.ActClassify, fields); err != nil {
			return err
		}
	}
	if !t.Contact && t.Assignee != v.me() && !t.State.Ended() {
		if t, err = v.step(c, t, desk.ActTake, nil); err != nil {
			return err
		}
	}
	if t.State.Ended() {
		return nil
	}
	_, err = v.step(c, t, desk.ActClose, desk.Fields{"solution": c.typed["solution"], "medium": string(desk.ByMail)})
	return err
}

// solvedFlow is the flow of a matter solved at Level 1: the incident's, if the
// service has one (8.1.2).
func solvedFlow(s directory.Service) desk.FlowCode {
	open := ways(s)
	for _, w := range open {
		if w.Flow == desk.Flow81 {
			return w.Flow
		}
	}
	return open[0].Flow
}

func (v *visit) step(c call, t desk.Ticket, kind desk.ActKind, fields desk.Fields) (desk.Ticket, error) {
	act := v.act(kind)
	act.Ticket, act.Version, act.Fields, act.Channel = t.ID, t.Version, fields, desk.ChannelPhone
	if c.key != "" {
		act.Key = c.key + ":" + string(kind)
	}
	result, err := v.Road.Perform(v.r.Context(), act)
	return result.After.Ticket, err
}
