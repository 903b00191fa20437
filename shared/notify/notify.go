// Package notify has the words of every mail the desk sends, and who gets it.
//
// A mail is made in two steps, because the truth it tells is that of the act,
// and the secret it may carry must never be stored:
//
//	Seal     in the act:      notice + ticket + directory → one desk.Mail for each
//	                          recipient, complete in itself; written with the act
//	Render   at sending time: desk.Mail + Env (signed link, six digits, addresses)
//	                          → subject, text, HTML, headers
//
// The outbox therefore reads nothing else, and a mail sent an hour late still
// says what was true when it was ordered. StoredCopy is the same mail as people
// see it in the timeline: «enlace personal» stands for link and code.
//
// The words stand in words/<message>.txt, one block a line, so that they can be
// read and corrected without reading Go. A line is a template; what a person
// typed enters only as a value inside a block and can never make a block, a
// link or a header of its own (F35, F37). One pair of layouts, layout.txt and
// layout.html, draws the same blocks twice, so text and HTML say the same.
//
// Samples are all mails about invented cases (sample.go): people read and approve
// them in testdata, and deskctl mail preview shows them as a telephone would.
package notify

import (
	"time"

	"mesa/shared/desk"
)

// About is what a mail may say of a ticket: as it stands after the act.
type About struct {
	Ticket  desk.Ticket
	Texts   desk.Texts // of the first record: subject, description, phone, asset
	People  People
	Service string // what people call the ticket's service; empty if it has none
	Actor   desk.Actor
	At      time.Time
	ReplyTo string // Message-ID of the mail being answered
}

// People answers who is who, as the directory stands; *directory.Directory does.
type People interface {
	// Name is how to show a person, also one who left.
	Name(id desk.PersonID) string
	// Reach is how to reach a person; address is empty when nobody may write to
	// them: none known, left, or account disabled.
	Reach(id desk.PersonID, at time.Time) (address, area, phone string)
	// TeamLed is what a team is called and who leads it.
	TeamLed(id desk.TeamID, at time.Time) (name string, lead desk.PersonID)
	// NoticeAddress is a team's one mailbox, else the address and id of its lead.
	NoticeAddress(id desk.TeamID, at time.Time) (address string, lead desk.PersonID)
	// ContactTeam is the Level 1 team of a place; of no place, the mesa de ayuda.
	ContactTeam(unit desk.UnitID, at time.Time) (desk.TeamID, bool)
	// Place names unit and sede; mailbox is a territorial unit's own (R125).
	Place(unit desk.UnitID, sede desk.SedeID, at time.Time) (unitName, sedeName, mailbox string)
	// PostOf is the title of the post by which a person decides a stage.
	PostOf(asked desk.Asked, stage desk.Stage, requester desk.PersonID, unit desk.UnitID, at time.Time) string
}

// Sealer is Seal for those who take it as an interface. It has no state.
type Sealer struct{}

// Seal turns a notice into one mail for each recipient: a person, a team's one
// mailbox, else its lead. A notice to the users of a system gives one mail
// without recipient, to be expanded by a fan-out.
//
// It never drops a mail: see route for who gets it instead of somebody who
// cannot be written to. The last resort is a mail without address, which the
// outbox records as failed, where people see it.
func (Sealer) Seal(n desk.Notice, about About) []desk.Mail {
	if repeatsToLead(n, about) {
		return nil
	}
	mail := desk.Mail{Message: n.Message, For: n.Audience.For, Wait: n.Wait, Round: n.Round, Stage: n.Stage, Closing: n.Closing, Data: gather(n, about)}
	if n.Message == desk.MailMissingData && n.Wait == "" && n.Data["papers"] == "" && about.Ticket.DataAt.Open() {
		mail.Wait, mail.Round = desk.NewWaitID(desk.WaitData, about.Ticket.DataAt.Seq), about.Ticket.DataAt.Round
	}
	if answersMail(n, about) {
		mail.ReplyTo = about.ReplyTo
	}
	if n.Audience.Kind == desk.ToUsersOf {
		return []desk.Mail{mail}
	}
	return []desk.Mail{route(mail, n, about)}
}

// repeatsToLead: the lead is told of what stands still in the team; who leads
// and has the case, or reads what its team is sent, has that mail already.
func repeatsToLead(n desk.Notice, about About) bool {
	if n.Audience.Kind != desk.ToLead {
		return false
	}
	if about.Ticket.Assignee == "" {
		return find(n.Audience, about).address == team(n.Audience.Team, about.People, about.At).address
	}
	_, lead := about.People.TeamLed(n.Audience.Team, about.At)
	return lead == about.Ticket.Assignee
}

// answersMail: In-Reply-To names the inbound mail only to who wrote it.
func answersMail(n desk.Notice, about About) bool {
	return n.Audience.Kind == desk.ToRequester || n.Message == desk.MailNotUnderstood ||
		n.Audience.Person != "" && n.Audience.Person == about.Actor.Person
}
