// Package desk is the vocabulary of the service desk: the ids, words, facts and
// events that every other package speaks. It holds no rules about who may do
// what (package flow), no clock and no I/O, and imports the standard library
// only.
//
// The one idea to know before reading on: a ticket is not stored because
// somebody wrote it, it is the fold of the events that happened to it.
//
//	Act       what somebody wants to do           imperative   approve
//	Event     what happened because of it         past tense   StageApproved
//	Record    the events of one act, with who, when and why, hash-chained
//	Ticket    the fold of all records             Apply(ticket, entry, event)
//	Wait      a date the ticket is waiting for    approval#1
//	Effect    something to do in the world        a mail, a machine to resume
//
// Free text (a description, a reason) is never inside an event: it stands in
// Texts beside the record, and the record keeps a salted digest, so that a text
// can be erased by law and the chain still verifies.
package desk

// TicketID is the ULID of a ticket, 26 characters of Crockford base 32.
type TicketID string

// Number is what people call a ticket by: year and counter, "2026-004217".
type Number string

// PersonID names one person of the directory; it never changes, unlike a name
// or an address. "clock" and "" are not persons (see Actor).
type PersonID string

// UnitID names a unit of the directory: an organic unit or a territorial unit.
type UnitID string

// SedeID names a site whose register (Anexo 01) is kept apart: R132, R135.
type SedeID string

// TeamID names a team that attends a level: R48.
type TeamID string

// ServiceID names an entry of the service catalogue (7.6, R51–R60).
type ServiceID string

// FlowCode is the clause of section VIII that a ticket follows: "8.1" … "8.8".
// Empty until a contact by mail or phone has been classified.
type FlowCode string

// The eight flows of the procedure.
const (
	Flow81 FlowCode = "8.1" // incidentes en sistemas de información
	Flow82 FlowCode = "8.2" // incidentes en el SGD
	Flow83 FlowCode = "8.3" // detectados por especialistas de UTI
	Flow84 FlowCode = "8.4" // acceso a los sistemas de información
	Flow85 FlowCode = "8.5" // soporte de aplicaciones y software
	Flow86 FlowCode = "8.6" // avería en hardware
	Flow87 FlowCode = "8.7" // apoyo y asistencia técnica diversos
	Flow88 FlowCode = "8.8" // videoconferencia
)

// Level is an attention level of 7.5, 1 to 5; 0 while no level holds the ticket.
type Level int

// Priority is a priority of 7.4, 1 (service lost) to 4 (training); R32–R35.
type Priority int

// Kind tells an incident (4.2) from a requirement (4.4): R11.
type Kind string

// The two kinds of R11.
const (
	Incident    Kind = "incidente"
	Requirement Kind = "requerimiento"
)

// Stage is a decision the procedure asks of a head.
type Stage string

// The stages of approval: 8.1.4 a, 8.1.4 b, 8.3.2.
const (
	StageUT  Stage = "ut"  // jefa/e de la UT
	StageUO  Stage = "uo"  // jefa/e de la unidad orgánica de Sede Central
	StageUTI Stage = "uti" // Jefatura de la UTI
)

// State is where a ticket stands: R150. What people read is derived from it
// together with stage and level (package flow, StateLabel).
type State string

// The states. Rejected, Withdrawn, Closed and Redirected are ends; only Closed
// can be left again, by reopening.
const (
	ToClassify      State = "to-classify"       // contact by mail or phone, no flow yet
	PendingApproval State = "pending-approval"  // por aprobar
	Rejected        State = "rejected"          // rechazado: R67
	Unassigned      State = "unassigned"        // at a level, in its team's queue
	Assigned        State = "assigned"          // somebody is named, has not begun
	InProgress      State = "in-progress"       // somebody works on it
	WaitingUser     State = "waiting-requester" // a question is open: R72
	WaitingVendor   State = "waiting-vendor"    // a vendor case is open: R47
	Joined          State = "joined"            // goes with a mass incident: R150
	TransferPending State = "transfer-pending"  // traslado pendiente: 8.6.4
	InCustody       State = "in-custody"        // equipment at the UTI office: R115
	Closed          State = "closed"            // cerrado
	Withdrawn       State = "withdrawn"         // withdrawn by who asked
	Redirected      State = "redirected"        // told to take a PAU ticket: 8.1.3
)

// Ended tells whether nothing more is expected in state s.
func (s State) Ended() bool {
	switch s {
	case Rejected, Closed, Withdrawn, Redirected:
		return true
	default:
		return false
	}
}

// Channel is how an act reached the desk: R29.
type Channel string

// The channels of R29, and the clock.
const (
	ChannelForm   Channel = "form"   // intranet form (PAU)
	ChannelPortal Channel = "portal" // a page of the portal
	ChannelAPI    Channel = "api"    // another system
	ChannelMail   Channel = "mail"   // correo electrónico
	ChannelPhone  Channel = "phone"  // vía telefónica
	ChannelLink   Channel = "link"   // signed link in a mail
	ChannelClock  Channel = "clock"  // a date came
)

// Medium is how somebody was told something: R31.
type Medium string

// The two media of 7.3.
const (
	ByMail  Medium = "mail"
	ByPhone Medium = "phone"
)
