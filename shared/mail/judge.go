package mail

import (
	"strings"

	"mesa/shared/desk"
	"mesa/shared/mailbox"
)

// Decision is what the desk does with a mail.
type Decision = desk.MailDecision

// The decisions. Every mail gets exactly one.
const (
	// OpenTicket opens a contact of Level 1.
	OpenTicket Decision = "ticket"
	// AddComment adds the mail to a ticket.
	AddComment Decision = "comment"
	// NoteBounce marks an address and the mail that did not arrive.
	NoteBounce Decision = "bounce"
	// Drop records the mail and does nothing: it says nothing new to anybody.
	Drop Decision = "drop"
	// Quarantine holds the mail for a person to decide.
	Quarantine Decision = "quarantine"
	// Reject records a mail that says nothing and comes from nobody.
	Reject Decision = "reject"
)

// Answer is the automatic mail that a decision sends out.
type Answer string

// The answers.
const (
	NoAnswer Answer = ""
	// Acknowledge tells the number of a new contact, and what is missing.
	Acknowledge Answer = "acknowledge"
	// WhoAreYou tells an unknown sender where to write from, once a day.
	WhoAreYou Answer = "who-are-you"
	// UseTheLink tells who wrote like a decision, or was asked for one, that the
	// mail was added as a comment and how to decide.
	UseTheLink Answer = "use-the-link"
)

// Judgement is what the desk does with a mail, and why.
type Judgement struct {
	Decision Decision `json:"decision"`
	// Ticket is the one commented or bounced, or, of a dropped mail, the one it
	// is about.
	Ticket desk.TicketID `json:"ticket,omitempty"`
	By     Mark          `json:"by,omitempty"`
	// Person is set only when the mail acts as that person: known and verified.
	// Claims has the person whose address an unverified mail shows.
	Person   desk.PersonID `json:"person,omitempty"`
	Claims   desk.PersonID `json:"claims,omitempty"`
	Verified bool          `json:"verified"`
	// Stranger says that the sender does not belong to the ticket commented.
	Stranger bool   `json:"stranger,omitempty"`
	Answer   Answer `json:"answer,omitempty"`
	// Vote is the decision that a comment makes, nil for all others; NoVote says
	// why a mail that might be one is none, where its sender is told.
	Vote   *Vote  `json:"vote,omitempty"`
	NoVote string `json:"noVote,omitempty"`
	// Why lists the rules that were asked, in order; the last one decided.
	Why []Step `json:"why"`
}

// Step is one rule of a judgement.
type Step struct {
	Rule string `json:"rule"`
	Hit  bool   `json:"hit"`
	// Says is in Spanish: people read it in the quarantine.
	Says string `json:"says,omitempty"`
}

// RuleCaps is the rule of the mails that are too many: it stops two desks that
// answer each other (F32).
const RuleCaps = "caps"

// RuleDuplicate is the rule of the mails that were received before (F1, F2).
const RuleDuplicate = "duplicate"

// judging is a judgement on its way.
type judging struct {
	*Message
	receipt Receipt
	known   Known
	out     Judgement
}

// rule decides a mail or leaves it to the next one. says explains either.
type rule struct {
	name string
	try  func(*judging) (hit bool, says string)
}

// rules is the order of the design, section 7. Never reassigned.
var rules = [...]rule{
	{"setup", (*judging).setup},
	{"virus", (*judging).virus},
	{"spam", (*judging).spam},
	{"bounce", (*judging).bounce},
	{"own", (*judging).own},
	{"automatic-reply", (*judging).automaticReply},
	{"machine", (*judging).machine},
	{RuleCaps, (*judging).caps},
	{RuleDuplicate, (*judging).duplicate},
	{"sender", (*judging).sender},
	{"decision", (*judging).decision},
	{"reply", (*judging).reply},
	{"new", (*judging).fresh},
}

// Judge decides what becomes of a mail. It is a function of its arguments:
// judged again with the same facts, a mail gets the same judgement, which is
// what `deskctl mail explain` shows.
func Judge(m *Message, r Receipt, known Known) Judgement {
	j := &judging{Message: m, receipt: r, known: known}
	j.out.Claims = known.Person
	for _, rule := range rules {
		hit, says := rule.try(j)
		j.out.Why = append(j.out.Why, Step{Rule: rule.name, Hit: hit, Says: says})
		if hit {
			break
		}
	}
	j.explainLink()
	return j.out
}

// decide ends the judgement.
func (j *judging) decide(d Decision, says string) (bool, string) {
	j.out.Decision = d
	return true, says
}

func (j *judging) setup() (bool, string) {
	if j.receipt.Setup() {
		return j.decide(Drop, "aviso de configuración de SES, no es un correo")
	}
	return false, ""
}

func (j *judging) virus() (bool, string) {
	if j.receipt.Verdicts.Virus == Fail {
		return j.decide(Quarantine, "SES encontró un virus")
	}
	return false, ""
}

func (j *judging) spam() (bool, string) {
	if j.receipt.Verdicts.Spam == Fail {
		return j.decide(Quarantine, "SES lo marcó como correo no deseado")
	}
	return false, ""
}

// bounce comes before everything that looks at the sender: a bounce has none.
func (j *judging) bounce() (bool, string) {
	if !j.Bounce.Is() {
		return false, ""
	}
	if candidate, ok := j.known.best(); ok {
		j.out.Ticket, j.out.By = candidate.Ticket, candidate.By
	}
	return j.decide(NoteBounce, "devolución de correo ("+string(j.Bounce.Kind)+"): "+j.Bounce.Sign)
}

// own recognises our own mail come back, by a loop or by somebody who writes as
// if he were the desk.
func (j *judging) own() (bool, string) {
	switch {
	case j.Own != "":
		return j.decide(Drop, "es un correo de la propia mesa (X-PAU-Message)")
	case j.known.ReplyDomain != "" && mailbox.DomainOf(j.MessageID) == mailbox.Domain(j.known.ReplyDomain):
		return j.decide(Drop, "su identificador es de la propia mesa")
	case j.known.ours(j.From):
		return j.decide(Drop, "el remitente es una dirección de la propia mesa")
	}
	return false, ""
}

func (j *judging) automaticReply() (bool, string) {
	if !j.Auto.Reply {
		return false, ""
	}
	if candidate, ok := j.known.best(); ok {
		j.out.Ticket, j.out.By = candidate.Ticket, candidate.By
	}
	return j.decide(Drop, "respuesta automática: "+strings.Join(j.Auto.Signs, "; "))
}

// machine holds what no person wrote: an alert may be worth a ticket, and a
// person will say so; it is never answered.
func (j *judging) machine() (bool, string) {
	switch {
	case j.Auto.Generated:
		return j.decide(Quarantine, "lo generó un programa: "+strings.Join(j.Auto.Signs, "; "))
	case j.receipt.MessageID != "" && j.receipt.NullSource():
		return j.decide(Quarantine, "remitente de sobre nulo")
	}
	return false, ""
}

func (j *judging) caps() (bool, string) {
	if j.known.OverCap {
		return j.decide(Quarantine, "supera el tope de correos por remitente o por caso")
	}
	return false, ""
}

func (j *judging) duplicate() (bool, string) {
	switch j.known.Seen {
	case SeenReception, SeenMail:
		j.out.Ticket = j.known.SeenTicket
		return j.decide(Drop, "ya se recibió")
	case SeenEdited:
		return j.edited()
	}
	return false, ""
}

// edited is another text under the id of a mail received before: nobody may lose
// it, and it is not new. The id is no secret, so it is held to what a weak mark
// of a reply is (F34).
func (j *judging) edited() (bool, string) {
	const repeats = "repite con otro texto el identificador de un correo"
	if j.known.SeenTicket == "" {
		return j.decide(Quarantine, repeats+" que no está en ningún caso")
	}
	why := j.who()
	j.out.Ticket, j.out.By = j.known.SeenTicket, ByID
	switch {
	case !j.known.SeenBelongs:
		return j.decide(Quarantine, repeats+" de un caso del que no participa")
	case !j.out.Verified:
		return j.decide(Quarantine, repeats+" del caso, sin verificar: "+why)
	}
	return j.decide(AddComment, repeats+" del caso; "+why)
}

// sender holds mails from nobody in particular.
func (j *judging) sender() (bool, string) {
	switch {
	case j.Senders > 0:
		return false, ""
	case j.Subject == "" && strings.TrimSpace(j.FullText) == "" && len(j.Attachments) == 0:
		return j.decide(Reject, "sin remitente y sin contenido")
	}
	return j.decide(Quarantine, "sin remitente")
}

// reply looks for the ticket that the mail answers. A signed mark lets anybody
// add to the ticket, flagged when the sender does not belong or is not
// verified; other marks need a verified sender who belongs (F34).
func (j *judging) reply() (bool, string) {
	candidate, ok := j.known.best()
	if !ok {
		return false, ""
	}
	verified := j.who()
	j.out.Ticket, j.out.By = candidate.Ticket, candidate.By
	switch {
	case candidate.Belongs && j.out.Verified:
		return j.decide(AddComment, "respuesta de un participante ("+string(candidate.By)+"); "+verified)
	case candidate.Belongs && candidate.By.proves(), candidate.By == ByAddress:
		j.out.Stranger = !candidate.Belongs
		return j.decide(AddComment, "marca firmada del caso ("+string(candidate.By)+"); "+verified)
	case candidate.Belongs:
		return j.decide(Quarantine, "dice responder a un caso, sin verificar: "+verified)
	}
	return j.decide(Quarantine, "dice responder a un caso del que no participa ("+string(candidate.By)+")")
}

// who fills in as whom the mail acts and says why.
func (j *judging) who() string {
	verified, why := Verified(j.Message, j.receipt, j.known.Domains)
	j.out.Verified = verified
	if verified {
		j.out.Person = j.known.Person
	}
	return why
}

var noReply = lazily(`(?i)^(no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|no-?_?\.?responder|no-?_?\.?contestar|noresponda|notificaci[oó]n(es)?|notificaciones|notifications?|alertas?|alerts?|mailer-daemon|postmaster)\b`)

// fresh opens a ticket for people we know and holds the rest.
func (j *judging) fresh() (bool, string) {
	why := j.who()
	quiet := j.quiet()
	switch {
	case j.known.Person != "" && j.out.Verified:
		if !quiet {
			j.out.Answer = Acknowledge
		}
		return j.decide(OpenTicket, "persona conocida; "+why)
	case j.known.Person != "":
		return j.decide(OpenTicket, "persona conocida sin verificar: "+why)
	case j.out.Verified:
		if !quiet && !j.known.AnsweredToday {
			j.out.Answer = WhoAreYou
		}
		return j.decide(Quarantine, "remitente que no está en el directorio; "+why)
	}
	return j.decide(Quarantine, "remitente desconocido y sin verificar: "+why)
}
