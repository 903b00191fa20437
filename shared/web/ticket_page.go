package web

import "time"

// Ticket is /tickets/{number}, for staff and, with less in it, for the requester.
type Ticket struct {
	Number   string
	Subject  string
	Service  string // «SIGO»
	Flow     string // «8.1»
	Back     *Link  // to the same row of the queue
	Priority Tag
	State    Tag
	Flags    []Tag   // «Sin verificar», «Regularizado»
	Approval string  // «Aprobado: UT, unidad orgánica»
	Levels   []Level // line of levels; empty hides it
	Watching string  // who else has it open
	Holder   string  // «Quién lo tiene ahora», for the requester
	Sent     *Sent   // just sent: opens with the number and what happens next
	Next     *Next
	Talk     []Act // reply and note, apart from the flow's acts
	Closing  *Closing
	Tabs     []Link // filters of the history
	History  []Entry
	Data     []Datum
	Text     string // the request as it was written
	Files    []Attachment
	AddFiles string // address of the files step
}

func (p Ticket) head() head {
	return head{template: "ticket", title: p.Number + " " + p.Subject, wide: true}
}

// Next is «Siguiente paso» with the acts that flow and role allow now.
type Next struct {
	Clause string // «8.1.5»
	Text   string // one sentence: what is to be done
	Acts   []Act
}

// Place says where a level stands in the line of levels.
type Place string

// Places of a level.
const (
	Passed Place = "passed"
	Here   Place = "here"
	Ahead  Place = "ahead"
)

// Level is one step of the line of levels.
type Level struct {
	Name  string // «Nivel 2 Desarrollo»
	Place Place
}

// Now reports whether the case stands at this level.
func (l Level) Now() bool { return l.Place == Here }

// Over reports whether the case has left this level behind.
func (l Level) Over() bool { return l.Place == Passed }

// Closing is «Para cerrar falta».
type Closing struct {
	Checks []Check
	Who    string // «Cierra: Equipo de Desarrollo (8.1.9)»
}

// Standing says how a demand of the closing stands.
type Standing string

// Standings of a demand.
const (
	Met           Standing = "met"
	Missing       Standing = "missing"
	NotApplicable Standing = "none"
)

// Check is one demand of the closing; Act leads to where it is met.
type Check struct {
	Standing Standing
	Text     string
	Act      *Link
}

// Word says the standing.
func (c Check) Word() string { return Say("check." + string(c.Standing)) }

// Shape is the icon of the standing.
func (c Check) Shape() string {
	return map[Standing]string{Met: "done", Missing: "stop", NotApplicable: "neutral"}[c.Standing]
}

// EntryKind chooses the mark beside an entry of the history.
type EntryKind string

// Kinds of entry.
const (
	EntryEvent    EntryKind = "event"
	EntryMessage  EntryKind = "message"
	EntryNote     EntryKind = "note" // staff only, striped edge
	EntryDecision EntryKind = "decision"
	EntryMail     EntryKind = "mail"
)

// Entry is one fact of the history.
type Entry struct {
	Kind     EntryKind
	Anchor   string    // its place in the page
	At       time.Time // when it was recorded
	Happened time.Time // when it happened, if that differs
	Title    string    // «Aprobado, etapa 1 de 2: jefa/e de UT Ejemplo»
	By       string    // role or person, «por» whom, by which client
	Channel  string    // «correo», «teléfono»
	Text     string    // what somebody wrote, shown as plain text
	Original string    // address of the whole mail it came in by, for staff
	Files    []Attachment
	Effects  []Effect
}

// Internal reports whether only staff may read the entry.
func (e Entry) Internal() bool { return e.Kind == EntryNote }

// Effect is an outbox item: a mail or a machine's start, and how it went.
type Effect struct {
	Title   string // «Correo «Recibimos su solicitud» a usuaria/o de ejemplo»
	State   Tag    // see EffectTag
	Detail  string // last error, attempts
	Resend  *Button
	Machine bool // it starts or resumes a wait, and is no mail
}

// Icon tells a mail from a machine.
func (e Effect) Icon() string {
	if e.Machine {
		return "work"
	}
	return "mail"
}
