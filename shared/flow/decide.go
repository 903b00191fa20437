package flow

import (
	"fmt"
	"slices"
	"time"

	"mesa/shared/desk"
)

// Decision is what an act does: events, and everything that follows from the
// difference between the ticket before and after them.
type Decision struct {
	Row      Row
	For      desk.PersonID // principal the actor stood in for (R27)
	Events   []desk.Event
	Texts    desk.Texts
	Files    []desk.Attachment // kept with the record
	After    desk.Ticket
	Notices  []desk.Notice
	Copies   []desk.Mail // mails sent again as they were
	Open     []desk.Wait // new waits
	Move     []desk.Wait // same wait, other date, round or persons
	Settle   []desk.Wait // waits that are over
	Start    []desk.MachineRecord
	Calls    []Call
	Register *desk.Row
	Vault    desk.Vault     // credentials kept, shown or dropped
	Happened time.Time      // when it was in the world, if the act is entered afterwards (R90)
	RowState string         // new state of the row that the ticket has; empty: as it is
	Days     []desk.RoomDay // rooms' days as they are to be written; Version is the one read
	Family   bool           // the cases that joined end too
}

// Call is a machine effect: start or resume.
type Call struct {
	Op desk.EffectOp
	desk.MachineCall
}

// MaxItems is how many items one act may write in its transaction: an act
// that would need more is a fan-out. The store's own limit is 100.
const MaxItems = 40

// Items counts the transaction items of d: ticket, record, texts, waits,
// machines, outbox items, register row and counter, keys and checks.
func (d Decision) Items() int {
	n := 4 + len(d.Notices) + len(d.Copies) + len(d.Open) + len(d.Move) + len(d.Settle) + len(d.Days) + 2*len(d.Calls) + d.Vault.Changes()
	switch {
	case d.Register != nil:
		n += 2
	case d.RowState != "":
		n++
	}
	if d.Family {
		n++
	}
	return n
}

// Decide says what an act does to a ticket, or why it may not be: the only
// road by which a ticket changes. It returns *desk.Problem with code Refused,
// Stale, Forbidden or Invalid.
func Decide(t desk.Ticket, f Facts, a desk.Act) (Decision, error) {
	probe := t
	if opens := a.Kind == desk.ActOpen || a.Kind == desk.ActContact; opens && t.Version > 0 {
		return Decision{}, desk.NewProblem(desk.Refused, "8.1.4, R65", "Este caso ya está abierto: para otra solicitud, abra un caso nuevo.")
	} else if opens {
		probe = newborn(f, a)
	}
	row, ok := find(probe, a.Kind)
	if !ok {
		return Decision{}, desk.NewProblem(desk.Refused, "VIII", "El procedimiento no prevé esta acción para este caso (%s).", flowName(probe))
	}
	if !row.Free && a.Version != t.Version && a.Actor.Assurance != desk.AssuredSelf {
		return Decision{}, desk.NewProblem(desk.Stale, "", "Este caso cambió mientras usted escribía.")
	}
	principal, err := row.permits(probe, f, a)
	if err != nil {
		return Decision{}, err
	}
	clean, problems := row.Check(a.Fields, f.Now)
	if len(problems) > 0 {
		return Decision{}, &desk.Problem{Code: desk.Invalid, Text: "Hay datos por corregir.", Clause: row.Clause, Fields: problems}
	}
	a.Fields = clean
	s := &step{before: t, t: t, f: f, a: a, files: a.Files, texts: desk.Texts{}, meetings: f.Meetings}
	s.t.ID = t.ID
	row.do(s)
	if s.problem != nil {
		if s.problem.Clause == "" {
			s.problem.Clause = row.Clause
		}
		return Decision{}, s.problem
	}
	return s.decision(*row, principal)
}

// Check validates the inputs of the row: each by itself, then the rules between
// them, all at once.
func (r *Row) Check(values desk.Fields, now time.Time) (desk.Fields, []desk.FieldProblem) {
	if r.void != nil {
		values = r.void(values)
	}
	clean, problems := Validate(r.Fields, values)
	return clean, append(problems, r.Between(clean, now)...)
}

// Between are the rules between the inputs: an end after its start, a box that
// a choice demands.
func (r *Row) Between(values desk.Fields, now time.Time) []desk.FieldProblem {
	if r.check == nil {
		return nil
	}
	return r.check(values, now)
}

// newborn is the ticket an opening act is about: no state, but a flow.
func newborn(f Facts, a desk.Act) desk.Ticket {
	t := desk.Ticket{ID: "", Requester: f.Party.Person, Unit: f.Party.Unit, Territorial: f.Party.Territorial}
	if a.Kind == desk.ActContact {
		t.Contact = true
		return t
	}
	t.Flow = openFlow(f, a)
	return t
}

// openFlow is the flow a form asks for: the one it names, else the only one
// that its service follows.
func openFlow(f Facts, a desk.Act) desk.FlowCode {
	if named := a.Field("flow"); named != "" {
		return desk.FlowCode(named)
	}
	only, _ := f.Service.Only()
	return only
}

// flowName names the flow in a refusal; what somebody typed instead of a flow
// is not repeated to them.
func flowName(t desk.Ticket) string {
	switch {
	case t.Flow == "" && t.Contact:
		return "contacto por clasificar"
	case FlowTitle(t.Flow) == "" || t.Flow == "":
		return "flujo por definir"
	default:
		return "flujo " + string(t.Flow)
	}
}

// permits checks who and from where; it returns whom the actor stands in for.
func (r *Row) permits(t desk.Ticket, f Facts, a desk.Act) (desk.PersonID, error) {
	principal, held := desk.PersonID(""), false
	for _, role := range r.Who {
		if p, ok := holdsRole(role, t, f, a); ok {
			principal, held = p, true
			break
		}
	}
	if !held {
		return "", desk.NewProblem(desk.Forbidden, r.Clause, "«%s» corresponde a %s.", r.Label, r.whoNames())
	}
	for _, g := range r.From {
		if !g.holds(t, f, a) {
			clause := g.Clause
			if clause == "" {
				clause = r.Clause
			}
			return "", desk.NewProblem(desk.Refused, clause, "%s", g.refusal(t))
		}
	}
	if !r.mayMail(a) {
		return "", desk.NewProblem(desk.Refused, r.Clause, "«%s» no se hace respondiendo un correo.", r.Label)
	}
	return principal, nil
}

func (r *Row) whoNames() string {
	s := ""
	for i, role := range r.Who {
		switch {
		case i == 0:
		case i == len(r.Who)-1:
			s += " o "
		default:
			s += ", "
		}
		s += RoleName(role)
	}
	return s
}

// step is one act being decided: it folds events as they are emitted, so that
// a row's function always sees the ticket as it stands.
type step struct {
	before   desk.Ticket
	t        desk.Ticket
	f        Facts
	a        desk.Act
	events   []desk.Event
	notices  []desk.Notice
	copies   []desk.Mail
	files    []desk.Attachment
	texts    desk.Texts
	register *desk.Row
	vault    desk.Vault
	meetings []desk.Meeting // folded along with the ticket
	redated  []desk.Wait    // waits whose stored date is not when they are due
	problem  *desk.Problem
	happened time.Time
}

// emit adds a fact and folds it.
func (s *step) emit(events ...desk.Event) {
	for _, e := range events {
		s.events = append(s.events, e)
		s.t = desk.ApplyAll(s.t, s.entry(), []desk.Event{e})
		s.meetings = desk.ApplyMeeting(s.meetings, s.entry(), e)
	}
}

func (s *step) entry() desk.Entry {
	return desk.Entry{Seq: s.before.Version + 1, At: s.f.Now, Actor: s.a.Actor, Texts: s.texts}
}

// text keeps the named inputs as free text beside the record.
func (s *step) text(names ...string) {
	for _, n := range names {
		if v := s.a.Field(n); v != "" {
			s.texts[n] = v
		}
	}
}

// allText keeps every input of the row as free text.
func (s *step) allText() {
	for n, v := range s.a.Fields {
		s.texts[n] = v
	}
}

// refuse ends the act with a reason of the norm.
func (s *step) refuse(clause, format string, args ...any) {
	if s.problem == nil {
		s.problem = desk.NewProblem(desk.Refused, clause, format, args...)
	}
}

// invalid ends the act because of one input.
func (s *step) invalid(field, text string) {
	if s.problem == nil {
		s.problem = desk.InvalidField(field, text)
	}
}

// mail orders a mail; data come in pairs.
func (s *step) mail(m desk.Message, to desk.Audience, data ...string) {
	n := desk.Notice{Message: m, Audience: to}
	if len(data) > 0 {
		n.Data = map[string]string{}
		for i := 0; i+1 < len(data); i += 2 {
			n.Data[data[i]] = data[i+1]
		}
	}
	s.notices = append(s.notices, n)
}

func (s *step) toRequester() desk.Audience {
	return desk.Audience{Kind: desk.ToRequester, Person: s.t.Requester}
}

func toPerson(p desk.PersonID) desk.Audience {
	return desk.Audience{Kind: desk.ToPerson, Person: p}
}
func toTeam(t desk.TeamID) desk.Audience { return desk.Audience{Kind: desk.ToTeam, Team: t} }
func toLead(t desk.TeamID) desk.Audience { return desk.Audience{Kind: desk.ToLead, Team: t} }

// toHolder is the assignee, else the present team.
func (s *step) toHolder() desk.Audience {
	if s.t.Assignee != "" {
		return toPerson(s.t.Assignee)
	}
	return toTeam(s.t.Team)
}

// decision takes the differences between before and after: waits and machines
// follow from the ticket and cannot be forgotten by a row.
func (s *step) decision(row Row, principal desk.PersonID) (Decision, error) {
	d := Decision{Row: row, For: principal, Events: s.events, Texts: s.texts, Files: s.files, After: s.t, Notices: s.notices, Copies: s.copies,
		Register: s.register, Vault: s.vault, Happened: s.happened}
	d.After.Version = s.before.Version + 1
	if len(s.events) == 0 {
		d.After, d.Move = s.before, s.redated
		return d, nil
	}
	d.differ(s)
	if now := RegisterState(d.After); s.before.Row > 0 && d.Register == nil && now != RegisterState(s.before) {
		d.RowState = now
	}
	if err := d.reserve(s); err != nil {
		return Decision{}, err
	}
	d.endFamily(s)
	if d.Items() > MaxItems {
		return Decision{}, fmt.Errorf("act %s on %s would write %d items, more than %d", s.a.Kind, s.before.ID, d.Items(), MaxItems)
	}
	return d, nil
}

// differ compares the open waits as stored with the waits the ticket wants.
func (d *Decision) differ(s *step) {
	want := Waits(d.After, s.f)
	for _, old := range s.f.Waits {
		if !slices.ContainsFunc(want, func(w desk.Wait) bool { return w.ID == old.ID }) {
			d.Settle = append(d.Settle, old)
		}
	}
	resumed := map[desk.Machine]desk.WaitID{}
	for _, w := range want {
		i := slices.IndexFunc(s.f.Waits, func(old desk.Wait) bool { return old.ID == w.ID })
		if i < 0 {
			d.Open = append(d.Open, w)
			continue
		}
		d.move(s.f.Waits[i], w, resumed)
	}
	for _, old := range d.Settle {
		if m := old.ID.Kind().Machine(); m != "" {
			resumed[m] = old.ID
		}
	}
	d.callMachines(s, resumed)
}

// move keeps a wait that changed; an earlier date must wake its machine.
func (d *Decision) move(old, w desk.Wait, resumed map[desk.Machine]desk.WaitID) {
	w.Generation, w.Token = old.Generation, old.Token
	if old.WakeAt.Equal(w.WakeAt) && old.Round == w.Round && slices.Equal(old.Asked, w.Asked) {
		return
	}
	d.Move = append(d.Move, w)
	if m := w.ID.Kind().Machine(); m != "" && w.WakeAt.Before(old.WakeAt) {
		resumed[m] = w.ID
	}
}

// callMachines starts machines that get their first wait and resumes the
// others; the machine that asked (Via) hears the answer instead.
func (d *Decision) callMachines(s *step, resumed map[desk.Machine]desk.WaitID) {
	for _, m := range desk.Machines() {
		generation := s.f.Machines[m].Generation
		ran := slices.ContainsFunc(s.f.Waits, func(w desk.Wait) bool { return w.ID.Kind().Machine() == m })
		opens := slices.ContainsFunc(d.Open, func(w desk.Wait) bool { return w.ID.Kind().Machine() == m })
		switch {
		case opens && !ran:
			generation++
			d.Start = append(d.Start, desk.MachineRecord{Machine: m, Generation: generation})
			d.Calls = append(d.Calls, Call{desk.OpStart, desk.MachineCall{Machine: m, Generation: generation}})
		case resumed[m] != "" && !(s.a.Kind == desk.ActOverdue && s.a.Actor.Via == string(m)):
			d.Calls = append(d.Calls, Call{desk.OpResume, desk.MachineCall{Machine: m, Generation: generation, Wait: resumed[m]}})
		}
		for i := range d.Open {
			if d.Open[i].ID.Kind().Machine() == m {
				d.Open[i].Generation = generation
			}
		}
	}
}
