package flow

import (
	"slices"

	"mesa/shared/desk"
)

// Guard is a condition a row demands of the ticket.
type Guard struct {
	Text    string                   // for the documentation, Spanish
	Refusal string                   // what a person reads when it does not hold, Spanish
	Clause  string                   // when other than the row's
	say     func(desk.Ticket) string // instead of Refusal, where the ticket says what is missing
	holds   func(desk.Ticket, Facts, desk.Act) bool
}

// refusal is what a person reads when g does not hold of t.
func (g Guard) refusal(t desk.Ticket) string {
	if g.say != nil {
		return g.say(t)
	}
	return g.Refusal
}

func inState(text string, states ...desk.State) Guard {
	return Guard{Text: text, Refusal: "Este paso ya no corresponde: el caso no está " + text + ".",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return slices.Contains(states, t.State) }}
}

// live: the ticket has not ended.
func live() Guard {
	return Guard{Text: "abierto", Refusal: "Este paso ya no corresponde: el caso terminó.",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return !t.State.Ended() }}
}

// openOrClosed: also a call after the closing is a fact to be kept; it makes good
// a closing whose mail did not arrive (R31).
func openOrClosed() Guard {
	return Guard{Text: "abierto o cerrado", Refusal: "Este paso ya no corresponde: el caso terminó.",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return !t.State.Ended() || t.State == desk.Closed }}
}

// working: a level attends it and nobody is being waited for.
func working() Guard {
	return Guard{Text: "en atención en un nivel", Refusal: "Este paso corresponde a un caso en atención; este no lo está ahora.",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return atWork(t.State) }}
}

// closable: a level attends it, or who asked never answered a question (R72).
func closable() Guard {
	g := working()
	g.Text += ", o esperando una respuesta"
	g.holds = func(t desk.Ticket, _ Facts, _ desk.Act) bool { return atWork(t.State) || t.State == desk.WaitingUser }
	return g
}

func atWork(s desk.State) bool {
	switch s {
	case desk.Unassigned, desk.Assigned, desk.InProgress, desk.TransferPending, desk.InCustody:
		return true
	default:
		return false
	}
}

func atLevel(levels ...desk.Level) Guard {
	return Guard{Text: "en Nivel " + levelList(levels), Refusal: "Este paso corresponde al Nivel " + levelList(levels) + ".",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return slices.Contains(levels, t.Level) }}
}

func levelList(levels []desk.Level) string {
	s := ""
	for i, l := range levels {
		if i > 0 {
			s += " o "
		}
		s += string('0' + rune(l))
	}
	return s
}

func gear(text, refusal, clause string, steps ...desk.Gear) Guard {
	return Guard{Text: text, Refusal: refusal, Clause: clause,
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return slices.Contains(steps, t.Gear) }}
}

// holdsRole tells whether the actor holds a role on this ticket, and for whom.
func holdsRole(r Role, t desk.Ticket, f Facts, a desk.Act) (desk.PersonID, bool) {
	me := f.Rights
	switch r {
	case ByClock:
		return "", a.Actor.Person == desk.Clock && a.Actor.Assurance == desk.AssuredSelf
	case Intake:
		return "", a.Channel == desk.ChannelMail && a.Actor.Assurance == desk.AssuredSelf
	case Client:
		return "", me.Client
	}
	if !me.Known || me.Person == "" || me.Client || a.Actor.Assurance == desk.AssuredNone {
		return "", false
	}
	switch r {
	case Anyone:
		return "", true
	case Requester:
		return "", me.Person == t.Requester
	case Asked:
		return askedRole(t, f)
	case Assignee:
		return assigneeRole(t, f)
	default:
		return holdsTeamRole(r, t, f)
	}
}

// askedRole: asked in the open stage, and still one who may decide it: an
// approver replaced or moved since is refused (F17). Whose substitute they are the
// directory says at the moment of deciding. Nobody decides their own request.
func askedRole(t desk.Ticket, f Facts) (desk.PersonID, bool) {
	me := f.Rights.Person
	if _, ok := t.AskedPerson(me); !ok || me == t.Requester {
		return "", false
	}
	now, still := f.Approval[t.Stage].find(me)
	return now.For, still
}

// assigneeRole: who has the ticket, while still a member of its team.
func assigneeRole(t desk.Ticket, f Facts) (desk.PersonID, bool) {
	principal, member := f.Rights.Member(t.Team)
	return principal, member && t.Assignee == f.Rights.Person
}

func holdsTeamRole(r Role, t desk.Ticket, f Facts) (desk.PersonID, bool) {
	me := f.Rights
	switch r {
	case FirstLevel:
		if t.State == "" { // registering a call: there is no ticket yet
			return firstLevelAnywhere(f)
		}
		principal, member := me.Member(t.Team)
		return principal, member && t.Level == 1
	case TeamMember:
		return me.Member(t.Team)
	case UTIHead: // nobody decides on their own request
		return me.Principal[UTIHead], me.UTIHead && me.Person != t.Requester
	case Detector:
		return me.Principal[Detector], me.Detector
	case DeskMember:
		return me.Principal[DeskMember], me.Desk
	case DeskAssigner:
		if t.Territorial && t.Level == 1 && t.Team == f.Party.Team { // 8.4 of a UT is received at headquarters
			principal, member := me.Member(t.Team)
			if p, held := me.Principal[DeskAssigner]; held { // a member who stands in for the specialist
				principal = p
			}
			return principal, member && me.Specialty[t.Team]
		}
		return me.Principal[DeskAssigner], me.Assigner
	case Staff:
		return passedTeam(t, me)
	default:
		return "", false
	}
}

// firstLevelAnywhere: the mesa de ayuda, a specialist of a UT, the administration
// of the SGD (8.2.1), or the L1 team of who calls (R62).
func firstLevelAnywhere(f Facts) (desk.PersonID, bool) {
	if f.Rights.Desk {
		return f.Rights.Principal[DeskMember], true
	}
	for _, m := range f.Rights.Teams {
		if f.Rights.Specialty[m.Team] {
			return m.For, true
		}
	}
	if principal, member := f.Rights.Member(f.Rights.SGD); member {
		return principal, true
	}
	return f.Rights.Member(f.Party.Team)
}

// passedTeam: a member of the present team or of any it has been with.
func passedTeam(t desk.Ticket, me Rights) (desk.PersonID, bool) {
	if principal, ok := me.Member(t.Team); ok {
		return principal, true
	}
	for _, h := range t.Last {
		if principal, ok := me.Member(h.Team); ok {
			return principal, true
		}
	}
	return me.Principal[DeskMember], me.Desk
}

// MayRead tells whether a person may see the ticket: who asked, who was asked
// to decide, every team it has passed, the mesa de ayuda and the Jefatura UTI.
// Everybody else is told that it does not exist (F39).
func MayRead(t desk.Ticket, me Rights) bool {
	if !me.Known || me.Person == "" {
		return false
	}
	if me.Person == t.Requester || me.Desk || me.Assigner || me.UTIHead || slices.Contains(t.Heads, me.Person) {
		return true
	}
	_, staff := passedTeam(t, me)
	return staff
}

// MayReadStaffNotes tells whether internal notes are shown too.
func MayReadStaffNotes(t desk.Ticket, me Rights) bool {
	if me.Desk || me.Assigner || me.UTIHead {
		return true
	}
	_, staff := passedTeam(t, me)
	return staff
}
