package httpapi

import (
	"net/http"
	"strconv"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/register"
)

// Sizes of a page of the register: its texts are long, and an answer of the
// function ends at 6 MB.
const (
	defaultRows = 200
	maxRows     = 500
)

// registerRow is one line of Anexo 01: R132.
type registerRow struct {
	Number      int         `json:"number"`
	Ticket      desk.Number `json:"ticket"`
	Date        time.Time   `json:"date"`
	Sede        string      `json:"sede"`
	Requester   string      `json:"requester"`
	Area        string      `json:"area"`
	Description string      `json:"description"`
	Solution    string      `json:"solution"`
	Typology    string      `json:"typology"`
	State       string      `json:"state"`
	Staff       string      `json:"staff"`
	Reopened    bool        `json:"reopened,omitempty"`
	Changed     bool        `json:"changedAfterSignOff,omitempty"`
	ChangedAt   time.Time   `json:"changedAt,omitzero"`
}

// register answers the rows of a sede and month, in order.
func (s *server) register(c *call) (answer, error) {
	q, err := params(c.Request, "sede", "period", "cursor", "limit")
	if err != nil {
		return answer{}, err
	}
	sede, period := desk.SedeID(q.Get("sede")), q.Get("period")
	if sede == "" {
		return answer{}, desk.InvalidField(inQuery+"sede", "Indique la sede, por ejemplo SC.")
	}
	if _, err := time.Parse("200601", period); err != nil {
		return answer{}, desk.InvalidField(inQuery+"period", "Escriba año y mes, por ejemplo 202609.")
	}
	limit, err := limitOf(q, defaultRows, maxRows)
	if err != nil {
		return answer{}, err
	}
	if _, err := s.mayReadRegister(c, sede); err != nil {
		return answer{}, err
	}
	seal := sealOf(c.caller, "register="+string(sede)+" "+period)
	position, err := seal.open(q.Get("cursor"))
	if err != nil {
		return answer{}, err
	}
	sheet, err := s.Registers.Read(c.Context(), sede, period)
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusOK, body: rowsAfter(sheet.Rows, position, limit, seal)}, nil
}

// rowsAfter cuts a page: rows are numbered without gaps, so the number of the
// last row shown says where to go on.
func rowsAfter(rows []register.Row, position string, limit int, s seal) page[registerRow] {
	last, _ := strconv.Atoi(position) // sealed: a number or nothing
	out := page[registerRow]{Items: []registerRow{}}
	for _, r := range rows {
		if r.N <= last {
			continue
		}
		if len(out.Items) == limit {
			out.Next = s.close(strconv.Itoa(out.Items[limit-1].Number))
			break
		}
		out.Items = append(out.Items, registerRow{Number: r.N, Ticket: r.Number, Date: r.At, Sede: r.SedeName, Requester: r.Requester, Area: r.Area,
			Description: r.Description, Solution: r.Solution, Typology: r.Typology, State: r.State, Staff: r.Staff, Reopened: r.Reopened,
			Changed: r.Change.Changed(), ChangedAt: r.ChangedAt})
	}
	return out
}

// mayReadRegister: mesa de ayuda and Jefatura UTI, the teams that attend the
// sede, the heads of its units, and whoever may sign it.
func (s *server) mayReadRegister(c *call, sede desk.SedeID) (*directory.Directory, error) {
	d, _, rights, err := s.Reader.World(c.Context(), desk.Act{Actor: c.caller.actor(), At: c.at})
	if err != nil {
		return nil, err
	}
	_, exists := d.Sede(sede, c.at)
	switch {
	case seesAll(rights) && !exists:
		return nil, desk.NewProblem(desk.NotFound, "", "No hay una sede con ese código.")
	case seesAll(rights) || worksFor(d, rights, sede, c.at) || heads(d, c.caller.person, sede, c.at) || exists && register.Signs(d, sede, c.caller.person, c.at):
		return d, nil
	default:
		return nil, desk.NewProblem(desk.Forbidden, "R132, R135", "El registro de una sede lo leen mesa de ayuda, los equipos que la atienden y sus jefaturas.")
	}
}

// worksFor tells whether a team of the person stands in the sede; a team
// without a unit stands where the UTI is.
func worksFor(d *directory.Directory, rights flow.Rights, sede desk.SedeID, at time.Time) bool {
	for _, m := range rights.Teams {
		team, ok := d.Team(m.Team, at)
		if ok && team.Unit == "" && utiSede(d, at) == sede {
			return true
		}
		if unit, known := d.Unit(team.Unit, at); ok && known && unit.Sede == sede {
			return true
		}
	}
	return false
}

func utiSede(d *directory.Directory, at time.Time) desk.SedeID {
	for _, u := range d.Records().Units {
		if u.Kind == directory.UTI && u.Holds(at) {
			return u.Sede
		}
	}
	return ""
}

func heads(d *directory.Directory, person desk.PersonID, sede desk.SedeID, at time.Time) bool {
	for _, g := range d.RolesOf(person, at) {
		switch g.Role {
		case directory.UTHead, directory.UnitHead, directory.UTIHead:
			if unit, ok := d.Unit(g.Unit, at); ok && unit.Sede == sede {
				return true
			}
		default:
		}
	}
	return false
}
