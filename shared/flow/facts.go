package flow

import (
	"slices"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

// Facts is the world at the moment of an act, collected by package work. Only
// what the act needs is filled.
type Facts struct {
	Now      time.Time
	Ticket   desk.TicketID // id of a new ticket
	Number   desk.Number   // number of a new ticket
	Calendar calendar.Calendar
	Policy   Policy
	Rights   Rights
	Party    Party                               // who asks, and the L1 team of their place, which is told what concerns it
	Service  Service                             // the act's catalogue entry, else the ticket's
	Teams    map[desk.Level]desk.TeamID          // of the ticket's flow and unit (R48)
	Members  map[desk.TeamID][]desk.PersonID     // of those teams, substitutes included
	Approval map[desk.Stage]Candidates           // who may decide each stage
	Waits    []desk.Wait                         // open waits as stored
	Stops    []Stop                              // stretches in which work was stopped (R37)
	Machines map[desk.Machine]desk.MachineRecord // executions as stored
	NextRow  int                                 // next number of the register
	Row      desk.Row                            // the register row but for its number and solution
	Failed   *desk.Mail                          // the mail an ActResend names
	Family   Family                              // the mass incident an act is about: R150
	Given    []string                            // fields that a contact brought, when it is classified
	Pase     []desk.Attachment                   // update files attached since the last pase, for an ActHandOver: R74
	Office   calendar.Calendar                   // the institution's working hours: R77, R154
	Systems  []System                            // whose users can be told that a service stops
	Outages  []Outage                            // notices of interruption since the last execution
	Mailed   Candidates                          // who could authorise 8.3 when a mail says that somebody did: R90
	Solution desk.Texts                          // what Level 4 told Level 3, for who passes it on
	Question string                              // what the requester is asked, while it is open: R72
	Meetings []desk.Meeting                      // the dates of 8.8, in full
	Rooms    []Room                              // of the directory, in force
	Days     []desk.RoomDay                      // of the rooms that the act may take or free
	Proposal *Proposal                           // what was read of an attached Anexo 02, for who looks at the ticket
}

// Party is who asks, and from where: R151.
type Party struct {
	Person      desk.PersonID
	Unit        desk.UnitID
	Sede        desk.SedeID
	Territorial bool
	Team        desk.TeamID // the L1 team of the place: R62
}

// Rights is what the directory grants a person at the moment of the act.
type Rights struct {
	Person    desk.PersonID
	Known     bool
	Client    bool // another system's own token
	Teams     []Membership
	Desk      bool                   // member of the mesa de ayuda
	Assigner  bool                   // especialista de mesa de ayuda: R15
	Detector  bool                   // especialista de UTI: R22
	Specialty map[desk.TeamID]bool   // UT teams whose specialist they are: R17
	UTIHead   bool                   // Jefatura de la UTI: R20
	SGD       desk.TeamID            // administration of the SGD they belong to: R21
	Admin     bool                   // keeps directory and operations
	Principal map[Role]desk.PersonID // for whom they hold a role, when standing in
}

// Membership is a team whose work a person does, for a principal if standing in.
type Membership struct {
	Team desk.TeamID
	For  desk.PersonID
}

// Member tells whether the person does the team's work, and for whom.
func (r Rights) Member(team desk.TeamID) (desk.PersonID, bool) {
	for _, m := range r.Teams {
		if m.Team == team && team != "" {
			return m.For, true
		}
	}
	return "", false
}

// Candidates are who may decide a stage, in the order of asking: at once, then
// when time runs out (8.1.4, R27). A substitute is asked at once, or with the
// next step of the policy if they began to stand in since.
type Candidates struct {
	AtOnce    []desk.Asked
	Superiors []desk.Asked // of the nearest unit above that has somebody
	Last      []desk.Asked // the Jefatura of the UTI, the end of every chain
	Skipped   []desk.Skipped
}

// InTurn are the groups in the order in which they are asked.
func (c Candidates) InTurn() [][]desk.Asked { return [][]desk.Asked{c.AtOnce, c.Superiors, c.Last} }

// find is the entry of a person among the candidates.
func (c Candidates) find(p desk.PersonID) (desk.Asked, bool) {
	all := slices.Concat(c.InTurn()...)
	i := slices.IndexFunc(all, func(a desk.Asked) bool { return a.Person == p && p != "" })
	if i < 0 {
		return desk.Asked{}, false
	}
	return all[i], true
}

// Service is a catalogue entry as a rule sees it: R51–R60.
type Service struct {
	ID       desk.ServiceID
	Name     string
	Typology string
	Flows    []FlowChoice // the flows its operations may follow
}

// FlowChoice is one flow a service may follow, and the ticket kind it gives.
type FlowChoice struct {
	Flow  desk.FlowCode
	Kind  desk.Kind
	Staff bool // only a specialist of the UTI may open it: 8.3.1
}

// Only is the one flow that a request for the service can follow, if there is one.
func (s Service) Only() (desk.FlowCode, bool) {
	open := slices.DeleteFunc(slices.Clone(s.Flows), func(c FlowChoice) bool { return c.Staff })
	if len(open) != 1 {
		return "", false
	}
	return open[0].Flow, true
}

// choice returns the service's flow choice for f.
func (s Service) choice(f desk.FlowCode) (FlowChoice, bool) {
	i := slices.IndexFunc(s.Flows, func(c FlowChoice) bool { return c.Flow == f })
	if i < 0 {
		return FlowChoice{}, false
	}
	return s.Flows[i], true
}

// member tells whether p does the work of team.
func (f Facts) member(team desk.TeamID, p desk.PersonID) bool {
	return slices.Contains(f.Members[team], p)
}
