// Package flow is the procedure as data: which acts PRO-044 allows, to whom,
// from where, what each demands and what follows (section VIII, 8.1–8.8).
//
// The table is a list of rows. A row cites its clause, names the roles that
// may act, the guards that must hold, the fields that must be given, and a
// function that says what happens. Guards, the portal's «siguiente paso», the
// help page and the generated documentation read the same rows, so they
// cannot disagree.
//
//	Decide(ticket, facts, act) → Decision   the one way a ticket changes
//	Offers(ticket, facts)      → the acts this person may do now
//	Waits(ticket, facts)       → the dates the ticket waits for
//	Answer(…)                  → what a state machine does next
//	MayRead(ticket, rights)    → who sees the ticket at all
//
// All of it is pure: no clock, no I/O, no randomness. What a rule needs to
// know of the world comes in Facts.
package flow

import (
	"time"

	"mesa/shared/desk"
)

// Version is the version of the rows below; a ticket keeps the one it opened
// under (R5).
const Version = 1

// Role says who may do an act, always in relation to one ticket.
type Role string

// The roles of the rows: R13–R27. Membership counts substitutes, who act under
// their own name for their principal (R27).
const (
	Anyone       Role = "anyone"        // every person of the directory
	UTIHead      Role = "uti-head"      // Jefatura de la UTI, or who stands in for it: R20
	Detector     Role = "detector"      // a specialist of the UTI, who detects incidents: R22
	Client       Role = "client"        // another system, naming a requester
	Requester    Role = "requester"     // who asked
	Asked        Role = "asked"         // asked to decide in the open stage
	FirstLevel   Role = "first-level"   // member of the L1 team that holds it
	DeskAssigner Role = "desk-assigner" // who assigns: mesa de ayuda, or the UT's specialist
	DeskMember   Role = "desk-member"   // any member of the mesa de ayuda
	TeamMember   Role = "team-member"   // any member of the team at the present level
	Assignee     Role = "assignee"      // who has it
	Staff        Role = "staff"         // member of a team it is with or has passed
	ByClock      Role = "clock"         // nobody: a date came
	Intake       Role = "intake"        // the desk itself, receiving mail
)

// RoleName is what the documentation and a refusal call a role, in Spanish.
func RoleName(r Role) string {
	return map[Role]string{
		Anyone: "cualquier usuaria/o interno", Detector: "las/los especialistas de la UTI", UTIHead: "la Jefatura de la UTI",
		Client:    "otro sistema, en nombre de una/un usuaria/o",
		Requester: "quien solicita", Asked: "la jefatura a quien se pidió decidir",
		FirstLevel:   "personal de Nivel 1 de su equipo",
		DeskAssigner: "la/el especialista que asigna", DeskMember: "personal de mesa de ayuda",
		TeamMember: "personal del equipo del nivel actual", Assignee: "la/el profesional asignada/o",
		Staff: "personal de los equipos por los que pasó", ByClock: "el sistema, por vencimiento de plazo",
		Intake: "el sistema, al recibir un correo",
	}[r]
}

// Row is one line of the procedure.
type Row struct {
	Act     desk.ActKind
	Flows   []desk.FlowCode                                  // empty: every flow
	Contact scope                                            // before or after it became a ticket
	Clause  string                                           // "8.1.6, R74"
	Label   string                                           // the button: verb and object, Spanish
	Who     []Role                                           // any of them
	From    []Guard                                          // all of them
	Fields  []Field                                          // what it demands
	To      string                                           // what follows, Spanish, for the documentation
	Free    bool                                             // needs no version: it only adds
	Mail    bool                                             // a proved mail may do it by what it says: see byReply
	check   func(desk.Fields, time.Time) []desk.FieldProblem // rules between the fields
	void    func(desk.Fields) desk.Fields                    // leaves out the fields that a choice makes void
	do      func(*step)
}

// scope tells whether a row is about contacts, tickets or both.
type scope int

const (
	ticketOnly scope = iota
	contactOnly
	both
)

// Applies tells whether the row is about a ticket of this flow and kind.
func (r Row) Applies(t desk.Ticket) bool {
	switch {
	case r.Contact == ticketOnly && t.Contact, r.Contact == contactOnly && !t.Contact:
		return false
	case len(r.Flows) == 0:
		return true
	}
	for _, f := range r.Flows {
		if f == t.Flow {
			return true
		}
	}
	return false
}

// Rows returns the whole table, in the order of the procedure.
func Rows() []Row {
	var all []Row
	for _, part := range [][]Row{
		intakeRows(),
		sgdRows(),
		assistanceRows(),
		approvalRows(),
		workRows(),
		fileRows(),
		levelRows(),
		chainRows(),
		regularRows(),
		vendorRows(),
		reclassifyRows(),
		massRows(),
		gearRows(),
		accessRows(),
		verifyRows(),
		roomRows(),
		endRows(),
		clockRows(),
	} {
		all = append(all, part...)
	}
	return all
}

// table is Rows, built once and only read.
var table = Rows()

// find returns the row for an act on a ticket: its flow's own, else the one of
// every flow.
func find(t desk.Ticket, act desk.ActKind) (*Row, bool) {
	var general *Row
	for i := range table {
		switch row := &table[i]; {
		case row.Act != act || !row.Applies(t):
		case len(row.Flows) > 0:
			return row, true
		case general == nil:
			general = row
		}
	}
	return general, general != nil
}

// RowFor returns the row that an act on t would use, for forms and help.
func RowFor(t desk.Ticket, act desk.ActKind) (Row, bool) {
	r, ok := find(t, act)
	if !ok {
		return Row{}, false
	}
	return *r, true
}

// Supported tells whether the table holds a flow: whether a ticket can follow
// it from opening to close.
func Supported(f desk.FlowCode) bool {
	for i := range table {
		for _, code := range table[i].Flows {
			if table[i].Act == desk.ActOpen && code == f {
				return true
			}
		}
	}
	return false
}
