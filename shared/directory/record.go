package directory

import (
	"mesa/shared/calendar"
	"mesa/shared/desk"
)

// Sede is a site: the headquarters or the seat of a territorial unit. Each
// keeps its own register (Anexo 01).
type Sede struct {
	ID   desk.SedeID `json:"id"`
	Name string      `json:"name"`
	Period
}

// UnitKind tells what a unit is to the procedure.
type UnitKind string

// The kinds of unit. UTI is an organic unit too; it has its own kind because
// its head authorises 8.3 and ends every chain of approvers.
const (
	Organic     UnitKind = "organic"     // unidad orgánica de Sede Central
	Territorial UnitKind = "territorial" // UT
	UTI         UnitKind = "uti"         // Unidad de Tecnologías de la Información
)

// Unit is an organic or territorial unit, with the title of the post that
// heads it. Parent is the unit above it: of a UT, the headquarters unit whose
// head evaluates its tickets (8.1.4 a).
type Unit struct {
	ID     desk.UnitID         `json:"id"`
	Name   string              `json:"name"`
	Kind   UnitKind            `json:"kind"`
	Sede   desk.SedeID         `json:"sede"`
	Parent desk.UnitID         `json:"parent,omitempty"` // empty only at the top
	Title  string              `json:"title"`            // of the head's post: «Jefa/e de la UT Lima»
	Mail   string              `json:"mail,omitempty"`   // where requests of its people arrive
	Hours  []calendar.Interval `json:"hours,omitempty"`  // of Monday to Friday; none = the desk's
	Period
}

// Person is somebody who works here. The id never changes; everything else may,
// each version with its own dates: who lends a post its mailbox for a fortnight
// has a version of those days with that address too.
type Person struct {
	ID       desk.PersonID `json:"id"`
	Name     string        `json:"name"`
	Emails   []string      `json:"emails,omitempty"` // all they write from; the first is where the desk writes
	Unit     desk.UnitID   `json:"unit"`
	Area     string        `json:"area,omitempty"` // ÁREA U OFICINA of Anexo 01
	Phone    string        `json:"phone,omitempty"`
	Roles    []Role        `json:"roles,omitempty"` // only those no post or team gives
	Disabled bool          `json:"disabled,omitempty"`
	Period
}

// Mail is the address where the desk writes to the person, or "".
func (p Person) Mail() string {
	if len(p.Emails) == 0 {
		return ""
	}
	return p.Emails[0]
}

// Head says who holds the post at the head of a unit. A day without a record
// is a vacant post.
type Head struct {
	Unit   desk.UnitID   `json:"unit"`
	Person desk.PersonID `json:"person"`
	Basis  string        `json:"basis,omitempty"` // the document that appoints
	Period
}

// Substitute says who stands in, for whom and when (R27). Either Principal is
// named, and then all they hold is meant; or Unit is, and then only the post at
// its head is meant, even while it is vacant («encargatura»).
type Substitute struct {
	Person    desk.PersonID `json:"person"`
	Principal desk.PersonID `json:"principal,omitempty"`
	Unit      desk.UnitID   `json:"unit,omitempty"`
	Basis     string        `json:"basis,omitempty"`
	Period
}

// Serving is one flow and level that a team attends.
type Serving struct {
	Flow  desk.FlowCode `json:"flow"`
	Level desk.Level    `json:"level"`
}

// Team attends levels of flows. A team with a Unit serves that territorial unit
// alone; the others serve everybody else. Notices to a team go to its one
// mailbox, or to its lead.
type Team struct {
	ID      desk.TeamID     `json:"id"`
	Name    string          `json:"name"`
	Unit    desk.UnitID     `json:"unit,omitempty"`
	Mailbox string          `json:"mailbox,omitempty"`
	Lead    desk.PersonID   `json:"lead,omitempty"`
	Members []desk.PersonID `json:"members,omitempty"`
	Role    Role            `json:"role"` // what membership makes of a person
	Serves  []Serving       `json:"serves,omitempty"`
	Period
}

// System is an information system of the catalogue with the unit that owns it,
// and with the rule that says whose head evaluates its tickets (R70).
type System struct {
	ID        desk.ServiceID `json:"id"`
	Name      string         `json:"name"`
	Owner     desk.UnitID    `json:"owner"`
	Evaluates Evaluation     `json:"evaluates,omitempty"`
	Period
}

// Evaluation says which headquarters unit evaluates at stage uo (R70). The norm
// leaves it open, so it is dated data of each system.
type Evaluation string

// The two readings; a system that says nothing follows the line.
const (
	ByLine  Evaluation = "line"  // the requester's own unit, of a UT the unit above it
	ByOwner Evaluation = "owner" // the unit that owns the system
)

// SystemUser puts a person on a system's list of users (R77).
type SystemUser struct {
	System desk.ServiceID `json:"system"`
	Person desk.PersonID  `json:"person"`
	Period
}

// Room is a meeting room of 8.8.
type Room struct {
	ID       string      `json:"id"`
	Name     string      `json:"name"`
	Sede     desk.SedeID `json:"sede"`
	Multiuse bool        `json:"multiuse,omitempty"` // needs an authorisation: R143
	Seats    int         `json:"seats,omitempty"`
	Period
}

// Equipment is what the desk knows of a piece of equipment before it fails.
type Equipment struct {
	Code   string        `json:"code"` // código patrimonial
	Kind   string        `json:"kind"` // tipo de bien: R110
	Name   string        `json:"name,omitempty"`
	Unit   desk.UnitID   `json:"unit"`
	Person desk.PersonID `json:"person,omitempty"`
	Period
}
