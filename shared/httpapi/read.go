package httpapi

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// show answers one ticket in full, as the caller may see it.
func (s *server) show(c *call) (answer, error) {
	v, err := s.look(c)
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusOK, body: s.detail(v, c.at)}, nil
}

// look reads the ticket of the path as the caller may see it.
func (s *server) look(c *call) (work.View, error) {
	if _, err := params(c.Request); err != nil {
		return work.View{}, err
	}
	id, err := s.find(c)
	if err != nil {
		return work.View{}, err
	}
	return s.Reader.Look(c.Context(), id, desk.Act{Actor: c.caller.actor(), At: c.at})
}

// Sizes of a page of tickets.
const (
	defaultLimit = 25
	maxLimit     = 100
)

// page is a part of a list; Next is the cursor of the part after it.
type page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// list answers the queue of a team, or the caller's own requests.
func (s *server) list(c *call) (answer, error) {
	q, err := params(c.Request, "queue", "requester", "cursor", "limit")
	if err != nil {
		return answer{}, err
	}
	limit, err := limitOf(q, defaultLimit, maxLimit)
	if err != nil {
		return answer{}, err
	}
	d, catalogues, rights, err := s.Reader.World(c.Context(), desk.Act{Actor: c.caller.actor(), At: c.at})
	if err != nil {
		return answer{}, err
	}
	name, fetch, err := s.choose(c, q, rights)
	if err != nil {
		return answer{}, err
	}
	seal := sealOf(c.caller, name)
	from, err := seal.open(q.Get("cursor"))
	if err != nil {
		return answer{}, err
	}
	tickets, next, err := fetch(from, limit)
	if desk.CodeOf(err) == desk.Invalid {
		return answer{}, badCursor()
	}
	if err != nil {
		return answer{}, err
	}
	n := names{d, catalogues, c.at}
	out := page[summary]{Items: []summary{}, Next: seal.close(next)}
	for _, t := range tickets {
		out.Items = append(out.Items, n.summary(t))
	}
	return answer{status: http.StatusOK, body: out}, nil
}

// fetch reads one page of a list.
type fetch func(cursor string, limit int) ([]desk.Ticket, string, error)

// choose finds which list is asked for, and whether the caller may read it.
func (s *server) choose(c *call, q url.Values, rights flow.Rights) (string, fetch, error) {
	queue, requester := q.Get("queue"), q.Get("requester")
	switch {
	case (queue == "") == (requester == ""):
		return "", nil, desk.InvalidField(inQuery+"queue", "Pida una lista: queue=equipo:nivel, o requester=me.")
	case requester != "" && requester != "me":
		return "", nil, desk.InvalidField(inQuery+"requester", "Solo puede pedir sus propias solicitudes: requester=me.")
	case requester != "":
		return "requester", func(cursor string, limit int) ([]desk.Ticket, string, error) {
			return s.Lists.ByRequester(c.Context(), c.caller.person, cursor, limit)
		}, nil
	}
	id, digit, _ := strings.Cut(queue, ":")
	level, err := strconv.Atoi(digit)
	if err != nil || level < 1 || level > 5 || id == "" {
		return "", nil, desk.InvalidField(inQuery+"queue", "Escriba el equipo y el nivel de 1 a 5, por ejemplo mesa-de-ayuda:1.")
	}
	team := desk.TeamID(id)
	if _, member := rights.Member(team); !member && !seesAll(rights) {
		return "", nil, desk.NewProblem(desk.Forbidden, "7.5, R48", "Esta bandeja corresponde a quienes integran el equipo.")
	}
	return "queue=" + queue, func(cursor string, limit int) ([]desk.Ticket, string, error) {
		return s.Lists.Queue(c.Context(), team, desk.Level(level), cursor, limit)
	}, nil
}

// seesAll: mesa de ayuda and the Jefatura UTI read every ticket (flow.MayRead).
func seesAll(r flow.Rights) bool {
	return r.Known && (r.Desk || r.Assigner || r.UTIHead)
}

// params reads the query: only known names, each once.
func params(r *http.Request, known ...string) (url.Values, error) {
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, desk.NewProblem(desk.Invalid, "", "La parte de la dirección después de «?» no está bien escrita.")
	}
	allowed := map[string]bool{}
	for _, name := range known {
		allowed[name] = true
	}
	for name, values := range q {
		switch {
		case !allowed[name]:
			return nil, desk.InvalidField(inQuery+name, "Este parámetro no existe aquí: quítelo.")
		case len(values) > 1:
			return nil, desk.InvalidField(inQuery+name, "Este parámetro está dos veces: deje uno.")
		}
	}
	return q, nil
}

func limitOf(q url.Values, usual, most int) (int, error) {
	text, given := q.Get("limit"), q.Has("limit")
	if !given {
		return usual, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		return 0, desk.InvalidField(inQuery+"limit", "Escriba un número entero de 1 a "+strconv.Itoa(most)+".")
	}
	return n, nil
}
