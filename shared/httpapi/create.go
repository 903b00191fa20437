package httpapi

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/work"
)

const (
	keyHeader    = "Idempotency-Key"
	replayHeader = "Idempotency-Replayed"
	maxKey       = 128
)

// formFields are the fields of every opening form, each once, in their order.
// Hidden ones belong to the portal's pages; only the flow is an API's to name.
func formFields() []flow.Field {
	var all []flow.Field
	for _, row := range flow.Rows() {
		if row.Act != desk.ActOpen {
			continue
		}
		for _, f := range row.Fields {
			known := slices.ContainsFunc(all, func(g flow.Field) bool { return g.Name == f.Name })
			if !known && (f.Kind != flow.Hidden || f.Name == "flow") {
				all = append(all, f)
			}
		}
	}
	return all
}

// create opens a ticket: 8.1.4, 8.5.1, 8.6.1. A repeated key answers as it did
// the first time, whatever became of the ticket since.
func (s *server) create(c *call) (answer, error) {
	act := desk.Act{Kind: desk.ActOpen, Actor: c.caller.actor(), At: c.at, Channel: desk.ChannelAPI, Scope: c.caller.scope}
	var err error
	if act.Key, err = keyOf(c.Request, true); err != nil {
		return answer{}, err
	}
	in, err := readObject(c.Request)
	if err != nil {
		return answer{}, err
	}
	requester := in.requester(c.caller)
	act.Fields = in.fields(s.form)
	if err := in.done(); err != nil {
		return answer{}, err
	}
	if requester != "" {
		if act.Requester, err = s.requesterOf(c, act, requester); err != nil {
			return answer{}, err
		}
	}
	result, err := s.Reader.Road.Perform(c.Context(), act)
	if err != nil {
		return answer{}, s.explain(c.Context(), act, err)
	}
	t, err := s.asOpened(c.Context(), result)
	if err != nil {
		return answer{}, err
	}
	header := replayed(result)
	header["Location"] = "/v1/tickets/" + string(t.Number)
	return answer{http.StatusCreated, header, standingOf(t)}, nil
}

// keyOf reads the Idempotency-Key header.
func keyOf(r *http.Request, required bool) (string, error) {
	values := r.Header.Values(keyHeader)
	if len(values) == 0 && !required {
		return "", nil
	}
	key := strings.Join(values, ",")
	printable := strings.IndexFunc(key, func(c rune) bool { return c <= ' ' || c > '~' }) < 0
	if key == "" || len(key) > maxKey || !printable {
		return "", desk.InvalidField(inHeader+keyHeader, "Envíe una clave propia de este pedido, de 1 a 128 caracteres ASCII sin espacios, por ejemplo un UUID.")
	}
	return key, nil
}

// keyUsed says in an API's words what the road says in a form's.
func keyUsed() error {
	return &desk.Problem{Code: desk.Repeated, Text: "Esta clave ya se usó para otro contenido.",
		Fields: []desk.FieldProblem{{Field: inHeader + keyHeader, Text: "Envíe otra clave, propia de este pedido."}}}
}

func replayed(result work.Result) map[string]string {
	if !result.Repeated {
		return map[string]string{}
	}
	return map[string]string{replayHeader: "true"}
}

// requester is for whom another system asks; a person asks for themselves.
func (in *input) requester(c caller) string {
	_, given := in.values["requester"]
	who := in.text("requester")
	switch {
	case c.client == "" && given:
		in.wrong("requester", "Solo otro sistema solicita en nombre de una persona: quítelo.")
	case c.client != "" && who == "":
		in.wrong("requester", "Indique a quien solicita: su identificador o su correo del directorio.")
	}
	return who
}

// requesterOf finds whom another system names, by id or address.
func (s *server) requesterOf(c *call, act desk.Act, who string) (desk.PersonID, error) {
	d, _, _, err := s.Reader.World(c.Context(), act)
	if err != nil {
		return "", err
	}
	if p, ok := d.Person(desk.PersonID(who), c.at); ok {
		return p.ID, nil
	}
	if p, ok := d.ByEmail(who, c.at); ok {
		return p.ID, nil
	}
	return "", desk.InvalidField(inBody+"requester", "Esta persona no figura en el directorio: indique su identificador o su correo.")
}

// fields reads the act's inputs; a box to tick is a boolean, all else is text.
func (in *input) fields(known []flow.Field) desk.Fields {
	fields := desk.Fields{}
	for _, f := range known {
		if f.Kind == flow.Table {
			maps.Copy(fields, in.table(f))
			continue
		}
		read := in.text
		if f.Kind == flow.Check {
			read = in.mark
		}
		if v := read(f.Name); v != "" {
			fields[f.Name] = v
		}
	}
	return fields
}

// withdrawnText tells that a service is not offered any more, and what is.
func withdrawnText(next directory.Service) string {
	if next.ID == "" {
		return "Este servicio ya no se ofrece: los que hay están en /v1/catalogue."
	}
	return "Este servicio ya no se ofrece; lo reemplaza «" + string(next.ID) + "» (" + next.Name + ")."
}

// explain says which member of the body a refused opening is about: without a
// flow the rules can only say that no row applies.
func (s *server) explain(ctx context.Context, act desk.Act, err error) error {
	switch desk.CodeOf(err) {
	case desk.Repeated:
		return keyUsed()
	case desk.Refused, desk.Invalid:
	default:
		return err
	}
	_, catalogues, rights, failed := s.Reader.World(ctx, act)
	if failed != nil {
		return errors.Join(failed, err)
	}
	named := desk.ServiceID(act.Field("service"))
	if next, withdrawn := catalogues.Withdrawn(named, act.At); withdrawn {
		return desk.InvalidField(inBody+"service", withdrawnText(next))
	}
	service, known := catalogues.At(act.At).Service(named)
	if !known && act.Field("service") != "" {
		return desk.InvalidField(inBody+"service", "Este servicio no está en el catálogo vigente: los que hay están en /v1/catalogue.")
	}
	if desk.CodeOf(err) == desk.Invalid {
		return err
	}
	var codes []string
	for _, way := range waysOf(service, rights.Detector) {
		codes = append(codes, string(way.Flow))
	}
	switch {
	case act.Field("service") == "":
		return desk.InvalidField(inBody+"service", "Elija el servicio: los que hay están en /v1/catalogue.")
	case len(codes) == 0:
		return desk.InvalidField(inBody+"service", "Este servicio todavía no se solicita por aquí: escriba a mesa de ayuda.")
	default:
		return desk.InvalidField(inBody+"flow", "Indique el procedimiento que sigue, uno de: "+strings.Join(codes, ", ")+".")
	}
}

// asOpened is the ticket as its first act left it: what a repeated key answers.
func (s *server) asOpened(ctx context.Context, result work.Result) (desk.Ticket, error) {
	t := result.After.Ticket
	if !result.Repeated || t.Version == 1 {
		return t, nil
	}
	records, err := s.Reader.Road.Store.Records(ctx, t.ID, 0)
	if err != nil || len(records) == 0 {
		return t, err
	}
	return desk.Fold(t.ID, records[:1]), nil
}
