package httpapi

import (
	_ "embed"
	"encoding/json"
	"net/http"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
)

//go:embed openapi.json
var contract []byte

// contract answers openapi.json: public, and the same for everybody.
func (s *server) contract(*call) (answer, error) {
	return answer{http.StatusOK, map[string]string{"Cache-Control": "public, max-age=300"}, json.RawMessage(contract)}, nil
}

// catalogueView is the catalogue in force, with the form of each flow.
type catalogueView struct {
	Version   string        `json:"version"`
	Effective string        `json:"effective"`
	Types     []serviceType `json:"types"`
	Forms     []form        `json:"forms"`
}

type serviceType struct {
	Name     string    `json:"name"`
	Services []service `json:"services"`
}

type service struct {
	ID         desk.ServiceID `json:"id"`
	Name       string         `json:"name"`
	Operations []string       `json:"operations"`
	Ways       []way          `json:"ways"` // none: not asked for here yet
}

// way is one flow that a request for the service may follow.
type way struct {
	Flow  desk.FlowCode `json:"flow"`
	Kind  desk.Kind     `json:"kind"`
	Label string        `json:"label,omitempty"` // what to choose by, when there are several
}

// form is what a flow's opening asks.
type form struct {
	Flow   label   `json:"flow"`
	Fields []field `json:"fields"`
}

// catalogue answers what may be asked for, and with which fields.
func (s *server) catalogue(c *call) (answer, error) {
	if _, err := params(c.Request); err != nil {
		return answer{}, err
	}
	d, catalogues, rights, err := s.Reader.World(c.Context(), desk.Act{Actor: c.caller.actor(), At: c.at})
	if err != nil {
		return answer{}, err
	}
	if !rights.Known {
		return answer{}, desk.NewProblem(desk.Forbidden, "", "Su cuenta no figura en el directorio vigente.")
	}
	catalogue := catalogues.At(c.at)
	out := catalogueView{Version: catalogue.Version, Effective: catalogue.Effective.String()}
	for _, t := range catalogue.Types() {
		group := serviceType{Name: t.Name}
		for _, sv := range t.Services {
			group.Services = append(group.Services, service{sv.ID, sv.Name, sv.Operations, waysOf(sv, rights.Detector)})
		}
		out.Types = append(out.Types, group)
	}
	n := names{d, catalogues, c.at}
	for _, row := range flow.Rows() {
		if row.Act == desk.ActOpen {
			code := row.Flows[0]
			out.Forms = append(out.Forms, form{label{string(code), flow.FlowTitle(code)}, n.fields(row.Fields)})
		}
	}
	return answer{status: http.StatusOK, body: out}, nil
}

// waysOf are the flows that the caller may ask a service by, and the desk follows;
// what a specialist of the UTI detects is theirs alone to open (8.3.1).
func waysOf(s directory.Service, detector bool) []way {
	ways := []way{}
	for _, w := range s.Ways() {
		if flow.Supported(w.Flow) && (detector || !w.Staff) {
			ways = append(ways, way{w.Flow, w.Kind, w.Label})
		}
	}
	return ways
}
