package portal

import (
	"log/slog"
	"net/url"
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/session"
	"mesa/shared/web"
	"mesa/shared/work"
)

// request is a form being filled in for a service: 8.1.4, 8.5.1, 8.6.1.
type request struct {
	service directory.Service
	ways    []directory.Way
	way     directory.Way // the chosen one; zero while there is a choice to make
	fields  []flow.Field  // of the way, without those the desk fills in
	typed   desk.Fields
	form    url.Values // as it was sent: how many rows its tables had
	from    string     // contact it grows out of, or ended case it presents anew
	key     string
	mailed  bool // authorised by mail, entered afterwards: 8.3.2
}

// readRequest gathers what the address and the form say.
func (v *visit) readRequest() (request, error) {
	service, open, err := v.service()
	if err != nil {
		return request{}, err
	}
	q := request{service: service, ways: open, form: v.typed, from: v.value("from"), key: v.key()}
	if q.key == "" {
		q.key = session.Random()
	}
	named := desk.FlowCode(v.value("flow"))
	if v.value(mailedField) != "" { // only what the UTI detects is authorised by mail
		named = desk.Flow83
	}
	if i := slices.IndexFunc(open, func(w directory.Way) bool { return w.Flow == named }); i >= 0 {
		q.way = open[i]
	} else if len(open) == 1 {
		q.way = open[0]
	}
	if q.mailed = q.way.Flow == desk.Flow83 && v.value(mailedField) != ""; q.mailed {
		q.ways = []directory.Way{q.way}
	}
	q.fields = q.questions()
	if q.mailed {
		q.fields = append(q.fields, v.mailedQuestions()...)
	}
	q.typed = read(q.fields, v.typed)
	return q, nil
}

// value is what a form sent, else what the address says.
func (v *visit) value(name string) string {
	if value := v.typed.Get(name); value != "" {
		return value
	}
	return v.query(name)
}

// questions are those of every way that is still open; service, flow and contact
// are not asked.
func (q request) questions() []flow.Field {
	var fields []flow.Field
	for _, w := range q.ways {
		for _, f := range flow.OpenFields(w.Flow) {
			known := slices.ContainsFunc(fields, func(g flow.Field) bool { return g.Name == f.Name })
			chosen := q.way.Flow == "" || q.way.Flow == w.Flow
			if f.Name != "service" && f.Kind != flow.Hidden && chosen && !known {
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// newRequest draws the empty form, filled in as far as the desk knows.
func (v *visit) newRequest() error {
	q, err := v.readRequest()
	if err != nil {
		return err
	}
	if v.typed == nil {
		if err := v.prefill(&q); err != nil {
			return err
		}
	}
	return v.drawRequest(q, nil)
}

// prefill takes what is known: the person's telephone and office, the one piece
// of equipment they use, and what was said in the case this follows (R64).
func (v *visit) prefill(q *request) error {
	q.typed["phone"], q.typed["office"], q.typed["in_charge"] = v.person.Phone, v.area(), v.person.Name
	if used := v.directory.EquipmentOf(v.me(), v.now); len(used) == 1 {
		q.typed["asset"] = used[0].Code
	}
	earlier, err := v.earlier(q.from)
	if err != nil {
		return err
	}
	for _, f := range q.fields { // days and hours were of that case
		dated := f.Kind == flow.Date || f.Kind == flow.DateTime
		if text := detail(earlier, f.Name); text != "" && !dated {
			q.typed[f.Name] = text
		}
	}
	return nil
}

// earlier is the case that a request follows: the reader's own contact with
// Level 1 or ended case, or not found; nothing for a request that follows none.
func (v *visit) earlier(id string) (work.View, error) {
	if id == "" {
		return work.View{}, nil
	}
	view, err := v.Reader.Look(v.r.Context(), desk.TicketID(id), v.act(""))
	if err != nil {
		return work.View{}, hidden(err)
	}
	if t := view.Ticket; t.Requester != v.me() || !t.Contact && !t.State.Ended() {
		return work.View{}, notFound()
	}
	return view, nil
}

// backToForm: a review that is asked for again, by its address or after signing
// in, is the form: nothing is kept on the server.
func (v *visit) backToForm() error {
	return v.leave(formOf(desk.ServiceID(v.r.PathValue("service"))))
}

// reviewRequest shows the answers before they are sent.
func (v *visit) reviewRequest() error {
	q, err := v.readRequest()
	if err != nil {
		return err
	}
	if adding(v.typed) {
		return v.drawRequest(q, nil)
	}
	if problem := q.check(v.now); problem != nil {
		return v.drawRequest(q, problem)
	}
	return v.drawReview(q)
}

// check finds what is wrong before anything is sent. The form insists on what
// the flow would otherwise have to ask back by mail (R104, R110).
func (q request) check(now time.Time) *desk.Problem {
	clean, problems := flow.Validate(q.fields, q.typed)
	if row, ok := flow.RowFor(desk.Ticket{Flow: q.way.Flow}, desk.ActOpen); ok {
		problems = append(problems, row.Between(clean, now)...)
	}
	for _, f := range q.fields {
		if f.Later && q.typed[f.Name] == "" && (f.Name != "asset" || q.typed["no_asset"] == "") {
			problems = append(problems, desk.FieldProblem{Field: f.Name, Text: f.Missing})
		}
	}
	if q.way.Flow == "" {
		problems = append(problems, desk.FieldProblem{Field: "flow", Text: "Elija qué necesita."})
		problems = slices.DeleteFunc(problems, func(p desk.FieldProblem) bool { return q.askedByOne(p.Field) })
	}
	if len(problems) == 0 {
		return nil
	}
	return &desk.Problem{Code: desk.Invalid, Text: "Hay datos por corregir.", Fields: problems}
}

// askedByOne tells whether a question belongs to one way alone.
func (q request) askedByOne(name string) bool {
	asked := 0
	for _, w := range q.ways {
		if slices.ContainsFunc(flow.OpenFields(w.Flow), func(f flow.Field) bool { return f.Name == name }) {
			asked++
		}
	}
	return asked == 1 && len(q.ways) > 1
}

// sendRequest opens the ticket. Sent twice, it answers with the first ticket.
func (v *visit) sendRequest() error {
	q, err := v.readRequest()
	if err != nil {
		return err
	}
	if v.typed.Get("change") != "" {
		return v.drawRequest(q, nil)
	}
	if problem := q.check(v.now); problem != nil {
		return v.drawRequest(q, problem)
	}
	earlier, err := v.earlier(q.from)
	if err != nil {
		return err
	}
	act := v.act(desk.ActOpen)
	act.Channel, act.Key, act.Fields = desk.ChannelForm, q.key, q.open()
	result, err := v.Road.Perform(v.r.Context(), act)
	problem, _ := asProblem(err)
	switch {
	case problem != nil && problem.Code == desk.Invalid:
		return v.drawRequest(q, problem)
	case problem != nil && problem.Code == desk.Repeated:
		q.key = session.Random()
		v.notice(web.Attention, sentAlready)
		return v.drawRequest(q, nil)
	}
	if err != nil {
		return err
	}
	if _, linked := flow.RowFor(earlier.Ticket, desk.ActLink); linked {
		v.linkContact(q, result.After.Ticket)
	}
	if len(flow.MissingFiles(result.After.Ticket)) > 0 {
		return v.leave(filesPath(result.After.Ticket) + "?sent=1")
	}
	return v.leave(ticketPath(result.After.Ticket.Number) + "?sent=1")
}

// open are the inputs of the opening act.
func (q request) open() desk.Fields {
	fields := desk.Fields{"service": string(q.service.ID), "flow": string(q.way.Flow)}
	if q.mailed {
		fields[mailedField] = "yes"
	}
	if q.from != "" {
		fields["from"] = q.from
	}
	for name, value := range q.typed {
		fields[name] = value
	}
	return fields
}

// linkContact tells the contact, or the closed case, which ticket grew out of it. The ticket knows
// already; if this fails the request stands all the same.
func (v *visit) linkContact(q request, t desk.Ticket) {
	act := v.act(desk.ActLink)
	act.Ticket, act.Key, act.Fields = desk.TicketID(q.from), q.key+":link", desk.Fields{"other": string(t.ID)}
	if _, err := v.Road.Perform(v.r.Context(), act); err != nil {
		slog.WarnContext(v.r.Context(), "contact not linked", "ticket", t.ID, "error", err.Error())
	}
}
