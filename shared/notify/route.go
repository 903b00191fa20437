package notify

import (
	"time"

	"mesa/shared/desk"
)

// reader is somebody a mail can be addressed to.
type reader struct {
	address string
	name    string
	person  desk.PersonID
	phone   string
}

// route addresses a mail. If its reader cannot be written to, it goes on:
//
//   - a mail to who asked, or with a personal link, becomes «No entregado: llame»
//     for whoever has the case: a personal link is never mailed to another person;
//   - any other mail goes as it is to the team, and says for whom it was.
//
// Next in line are the assignee, the team that has the case, the Level 1 team
// of the place and the mesa de ayuda.
func route(m desk.Mail, n desk.Notice, about About) desk.Mail {
	meant := find(n.Audience, about)
	if meant.address != "" {
		return address(m, meant)
	}
	if n.Audience.Kind == desk.ToRequester || n.Wait != "" {
		m = NotDelivered(m, meant.name, Trouble{Cause: CauseNoAddress})
		g := gathering{n: n, about: about, data: m.Data}
		g.optional(needs(m.Message))
		g.put(keyDial, meant.phone, maxName)
	} else {
		m.Data[keyMeant] = meant.name
	}
	for _, next := range substitutes(n.Audience, about) {
		if next.address != "" {
			return address(m, next)
		}
	}
	return address(m, reader{name: meant.name})
}

func address(m desk.Mail, r reader) desk.Mail {
	m.To, m.Name, m.Person = r.address, shorten(oneLine(r.name), maxName), r.person
	return m
}

// find answers whom a notice is meant for.
func find(a desk.Audience, about About) reader {
	switch a.Kind {
	case desk.ToTeam:
		return team(a.Team, about.People, about.At)
	case desk.ToLead:
		_, lead := about.People.TeamLed(a.Team, about.At)
		if r := person(lead, about.People, about.At); r.address != "" {
			return r
		}
		return team(a.Team, about.People, about.At)
	default:
		return person(a.Person, about.People, about.At)
	}
}

func person(id desk.PersonID, p People, at time.Time) reader {
	if id == "" {
		return reader{}
	}
	to, _, phone := p.Reach(id, at)
	return reader{to, p.Name(id), id, oneLine(phone)}
}

// team is its one mailbox, which is no person, else its lead.
func team(id desk.TeamID, p People, at time.Time) reader {
	if id == "" {
		return reader{}
	}
	to, lead := p.NoticeAddress(id, at)
	name, _ := p.TeamLed(id, at)
	if lead != "" {
		name = p.Name(lead)
	}
	return reader{address: to, name: name, person: lead}
}

// substitutes are who gets a mail whose reader cannot be written to, in order.
func substitutes(a desk.Audience, about About) []reader {
	p, at, t := about.People, about.At, about.Ticket
	place, _ := p.ContactTeam(t.Unit, at)
	desk1, _ := p.ContactTeam("", at)
	list := []reader{team(a.Team, p, at), team(t.Team, p, at), team(place, p, at), team(desk1, p, at)}
	if a.Person != t.Assignee {
		list = append([]reader{person(t.Assignee, p, at)}, list...)
	}
	return list
}
