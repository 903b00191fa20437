package work

import (
	"context"
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
)

// world is what one attempt of Perform knows besides the ticket.
type world struct {
	directory  Snapshot
	catalogues directory.Catalogues
	policy     flow.Policy
}

// catalogueOf is the version a ticket was made under; of a new one, the one in
// force (R5, R51).
func (w world) catalogueOf(t desk.Ticket, act desk.Act) directory.Catalogue {
	return w.catalogues.At(openedAt(t, act))
}

// openedAt is when a ticket was opened: now, for the act that opens it.
func openedAt(t desk.Ticket, act desk.Act) time.Time {
	if t.OpenedAt.IsZero() {
		return act.At
	}
	return t.OpenedAt
}

func (r *Road) world(ctx context.Context, act desk.Act) (world, error) {
	d, err := r.Directory.Directory(ctx)
	if err != nil {
		return world{}, err
	}
	c, err := r.Settings.Catalogues(ctx, act.At)
	if err != nil {
		return world{}, err
	}
	p, err := r.Settings.Policy(ctx, act.At)
	return world{d, c, p}, err
}

// facts collects what flow.Decide may ask about this act on this ticket.
func (r *Road) facts(ctx context.Context, w world, s Stored, act desk.Act) (flow.Facts, error) {
	t := s.Ticket
	f := flow.Facts{Now: act.At, Ticket: t.ID, Policy: w.policy, Rights: RightsOf(w.directory.Directory, act), Waits: s.Waits, Machines: s.Machines}
	f.Party = w.party(t, act)
	f.Calendar = w.directory.CalendarOf(f.Party.Unit, act.At)
	f.Service = w.service(t, act)
	code := flowOf(t, act, f.Service)
	f.Teams, f.Members = w.teams(code, t, f.Party.Unit, act)
	f.Approval = w.approval(code, f.Party, w.ruleOf(t, f.Service.ID, act), act)
	f.Mailed = w.mailedBy(f.Party, act)
	if err := r.outageFacts(ctx, &f, w, t, act); err != nil {
		return f, err
	}
	if act.Kind != "" { // who looks reads the records anyway
		var err error
		if f.Stops, err = r.stops(ctx, t); err != nil {
			return f, err
		}
	}
	return f, r.fill(ctx, &f, w, t, act)
}

// fill adds the facts that cost a read and only some acts need.
func (r *Road) fill(ctx context.Context, f *flow.Facts, w world, t desk.Ticket, act desk.Act) (err error) {
	if err := r.fillRooms(ctx, f, w, t, act); err != nil {
		return err
	}
	switch act.Kind {
	case desk.ActClose, desk.ActTypingError:
		err = r.register(ctx, f, w, t, act)
	case desk.ActClassify, desk.ActReclassify, desk.ActConfirmSender:
		f.Given, err = r.given(ctx, t)
	case desk.ActHandOver:
		f.Pase, err = r.paseFiles(ctx, t)
	case desk.ActAcknowledge:
		f.Solution, err = r.solution(ctx, t.ID)
	case desk.ActOverdue:
		f.Question, err = r.question(ctx, t)
	case desk.ActOpen, desk.ActJoin:
		f.Family, err = r.family(ctx, w, t, act)
	case desk.ActFollow:
		if f.Family, err = r.family(ctx, w, t, act); err != nil {
			return err
		}
		err = r.register(ctx, f, w, t, act)
	case desk.ActResend:
		f.Failed, err = r.failedMail(ctx, w, t.ID, act)
	}
	return err
}

// failedMail is the mail that a person wants sent again: only one that did not go
// or did not arrive. It goes to where its reader is written to now: the address
// may have been the trouble.
func (r *Road) failedMail(ctx context.Context, w world, id desk.TicketID, act desk.Act) (*desk.Mail, error) {
	e, err := r.Store.Effect(ctx, id, act.Field("ref"))
	if desk.CodeOf(err) == desk.NotFound {
		return nil, nil
	}
	if err != nil || !e.Undelivered() {
		return nil, err
	}
	if to, _, _ := w.directory.Reach(e.Mail.Person, act.At); to != "" {
		e.Mail.To = to
	}
	return e.Mail, nil
}

// party is who asks and from where: of an opening act, else the ticket's.
func (w world) party(t desk.Ticket, act desk.Act) flow.Party {
	p := flow.Party{Person: t.Requester, Unit: t.Unit, Sede: t.Sede, Territorial: t.Territorial}
	switch {
	case opens(act):
		p = w.newParty(act)
	case act.Kind == desk.ActConfirmSender && t.Requester == "": // named by who confirms
		act.Requester = desk.PersonID(act.Field("person"))
		p = w.newParty(act)
	}
	if team, ok := w.directory.ContactTeam(p.Unit, act.At); ok {
		p.Team = team
	}
	if act.Team != "" && p.Unit == "" {
		p.Team = act.Team
	}
	if p.Sede == "" {
		p.Sede = w.sedeOfTeam(p.Team, act)
	}
	return p
}

func (w world) newParty(act desk.Act) flow.Party {
	id := act.Requester
	if id == "" && act.Kind == desk.ActOpen && act.Actor.Assurance != desk.AssuredClient {
		id = act.Actor.Person
	}
	person, unit, sede, ok := w.directory.Requesting(id, act.At)
	if !ok {
		return flow.Party{}
	}
	return flow.Party{Person: person.ID, Unit: unit.ID, Sede: sede.ID, Territorial: unit.Kind == directory.Territorial}
}

// sedeOfTeam: where an unknown sender's contact is registered: the receiving
// team's sede, headquarters (the UTI's) if it has none.
func (w world) sedeOfTeam(id desk.TeamID, act desk.Act) desk.SedeID {
	if team, ok := w.directory.Team(id, act.At); ok && team.Unit != "" {
		if unit, ok := w.directory.Unit(team.Unit, act.At); ok {
			return unit.Sede
		}
	}
	for _, u := range w.directory.Records().Units {
		if u.Kind == directory.UTI {
			return u.Sede
		}
	}
	return ""
}

func opens(act desk.Act) bool { return act.Kind == desk.ActOpen || act.Kind == desk.ActContact }

// service is the catalogue entry an act names, else the ticket's.
func (w world) service(t desk.Ticket, act desk.Act) flow.Service {
	id := t.Service
	if v := act.Field("service"); v != "" {
		id = desk.ServiceID(v)
	}
	entry, ok := w.catalogueOf(t, act).Service(id)
	if !ok {
		return flow.Service{}
	}
	s := flow.Service{ID: entry.ID, Name: entry.Name, Typology: entry.Type}
	for _, way := range entry.Ways() {
		if flow.Supported(way.Flow) {
			s.Flows = append(s.Flows, flow.FlowChoice{Flow: way.Flow, Kind: way.Kind, Staff: way.Staff})
		}
	}
	return s
}

// flowOf is the flow the ticket follows, or will after this act.
func flowOf(t desk.Ticket, act desk.Act, s flow.Service) desk.FlowCode {
	if v := act.Field("flow"); v != "" && (opens(act) || act.Kind == desk.ActClassify || act.Kind == desk.ActReclassify) {
		return desk.FlowCode(v)
	}
	if only, ok := s.Only(); ok && (t.Flow == "" || act.Kind == desk.ActClassify || act.Kind == desk.ActReclassify && !follows(s, t.Flow)) {
		return only
	}
	return t.Flow
}

func follows(s flow.Service, code desk.FlowCode) bool {
	return slices.ContainsFunc(s.Flows, func(c flow.FlowChoice) bool { return c.Flow == code })
}

// teams answers who attends each level of the flow for the unit, and who does
// those teams' work (R48).
func (w world) teams(code desk.FlowCode, t desk.Ticket, unit desk.UnitID, act desk.Act) (map[desk.Level]desk.TeamID, map[desk.TeamID][]desk.PersonID) {
	teams, members := map[desk.Level]desk.TeamID{}, map[desk.TeamID][]desk.PersonID{}
	for l := desk.Level(1); l <= 5; l++ {
		if id, ok := w.directory.TeamFor(code, l, unit, act.At); ok {
			teams[l], members[id] = id, w.directory.MembersOf(id, act.At)
		}
	}
	if t.Team != "" {
		members[t.Team] = w.directory.MembersOf(t.Team, act.At)
	}
	return teams, members
}

// approval answers who may decide each stage of the flow, in asking order.
func (w world) approval(code desk.FlowCode, p flow.Party, rule directory.Policy, act desk.Act) map[desk.Stage]flow.Candidates {
	stages := flow.Stages(code, p.Territorial)
	if len(stages) == 0 {
		return nil
	}
	all := map[desk.Stage]flow.Candidates{}
	for _, stage := range stages {
		all[stage], _ = Candidates(w.directory.Directory, stage, p, rule, act.At)
	}
	return all
}

// mailedBy are those who could authorise 8.3 when a mail says that somebody did (R90).
func (w world) mailedBy(p flow.Party, act desk.Act) flow.Candidates {
	at, err := flow.ParseTime(act.Field("authorised_at"))
	if act.Kind != desk.ActOpen || err != nil {
		return flow.Candidates{}
	}
	return candidates(w.directory.Approvers(desk.StageUTI, p.Person, p.Unit, directory.Policy{}, at))
}

// ruleOf is who evaluates a service's tickets (R70), by the rule of the day
// on which this one was opened.
func (w world) ruleOf(t desk.Ticket, service desk.ServiceID, act desk.Act) directory.Policy {
	return w.directory.PolicyOf(service, openedAt(t, act))
}

// RightsOf is what the directory grants the actor of an act at that moment,
// substitutions included.
func RightsOf(d *directory.Directory, act desk.Act) flow.Rights {
	me := act.Actor.Person
	r := flow.Rights{Person: me, Client: act.Actor.Assurance == desk.AssuredClient, Specialty: map[desk.TeamID]bool{}, Principal: map[flow.Role]desk.PersonID{}}
	if me == desk.Clock || r.Client {
		return r
	}
	if _, r.Known = d.Person(me, act.At); !r.Known {
		return r
	}
	for _, m := range d.TeamsOf(me, act.At) {
		r.Teams = append(r.Teams, flow.Membership{Team: m.Team, For: m.For})
	}
	for _, g := range d.RolesOf(me, act.At) {
		grant(&r, d, g)
	}
	return r
}

// grant turns one role of the directory into what the rows ask for. Own roles
// come before those held by standing in, and the first says for whom: who does
// their own work does it for nobody.
func grant(r *flow.Rights, d *directory.Directory, g directory.Grant) {
	hold := func(role flow.Role) {
		if _, held := r.Principal[role]; !held {
			r.Principal[role] = g.For
		}
	}
	switch g.Role {
	case directory.FirstLevel:
		if team, ok := teamByID(d, g.Team); ok && team.Unit == "" {
			r.Desk = true
			hold(flow.DeskMember)
		}
	case directory.Assigner:
		r.Desk, r.Assigner = true, true
		hold(flow.DeskAssigner)
	case directory.UTSpecialist:
		for _, team := range d.Records().Teams {
			if team.Unit == g.Unit && g.Unit != "" {
				r.Specialty[team.ID] = true
				hold(flow.DeskAssigner)
			}
		}
	case directory.UTIHead:
		r.UTIHead = true
		hold(flow.UTIHead)
	case directory.SGDAdmin:
		if r.SGD == "" {
			r.SGD = g.Team
		}
	case directory.UTISpecialist:
		r.Detector = true
		hold(flow.Detector)
	case directory.Admin:
		r.Admin = true
	}
}

func teamByID(d *directory.Directory, id desk.TeamID) (directory.Team, bool) {
	teams := d.Records().Teams
	i := slices.IndexFunc(teams, func(t directory.Team) bool { return t.ID == id })
	if i < 0 {
		return directory.Team{}, false
	}
	return teams[i], true
}

// rowOf is the Anexo 01 row of a ticket but for its number and solution: R132.
func (r *Road) rowOf(ctx context.Context, w world, t desk.Ticket, act desk.Act) (desk.Row, error) {
	texts, err := r.requestTexts(ctx, t)
	if err != nil {
		return desk.Row{}, err
	}
	person, unit, sede, _ := w.directory.Requesting(t.Requester, t.OpenedAt)
	if s, ok := w.directory.Sede(t.Sede, act.At); ok {
		sede = s
	}
	area := person.Area
	if area == "" {
		area = unit.Name
	}
	return desk.Row{Sede: t.Sede, At: t.OpenedAt, SedeName: sede.Name, Requester: person.Name, Area: area,
		Description: describe(texts), Staff: staffName(w.directory.Directory, t, act)}, nil
}

// staffName is who attended: the assignee, or who solves a contact at L1.
func staffName(d *directory.Directory, t desk.Ticket, act desk.Act) string {
	if t.Assignee != "" {
		return d.Name(t.Assignee)
	}
	return d.Name(act.Actor.Person)
}
