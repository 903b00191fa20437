package httpapi

import (
	"maps"
	"net/http"
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// actKinds are the acts a person may send: all but the openings, the clock's,
// those that only the portal's own pages carry, and files, which have a way of
// their own.
func actKinds() []desk.ActKind {
	kinds := map[desk.ActKind]bool{}
	for _, row := range flow.Rows() {
		kinds[row.Act] = true
	}
	for _, other := range []desk.ActKind{desk.ActOpen, desk.ActContact, desk.ActLink, desk.ActOverdue, desk.ActFollow, desk.ActAttach, desk.ActShowCredential, desk.ActShowPIN} {
		delete(kinds, other)
	}
	return slices.Sorted(maps.Keys(kinds))
}

// act performs one act on a ticket. The rules say whether it may be done; this
// only reads it.
func (s *server) act(c *call) (answer, error) {
	act := desk.Act{Actor: c.caller.actor(), At: c.at, Channel: desk.ChannelAPI, Scope: c.caller.scope}
	var err error
	if act.Key, err = keyOf(c.Request, false); err != nil {
		return answer{}, err
	}
	in, err := readObject(c.Request)
	if err != nil {
		return answer{}, err
	}
	if err := s.readAct(in, &act); err != nil {
		return answer{}, err
	}
	if act.Ticket, err = s.find(c); err != nil {
		return answer{}, err
	}
	if err := work.SealSecret(c.Context(), s.Sealer, &act); err != nil {
		return answer{}, s.actFailed(c, act, err)
	}
	result, err := s.Reader.Road.Perform(c.Context(), act)
	if err != nil {
		return answer{}, s.actFailed(c, act, err)
	}
	return answer{http.StatusOK, replayed(result), standingOf(result.After.Ticket)}, nil
}

func (s *server) readAct(in *input, act *desk.Act) error {
	act.Kind = desk.ActKind(in.text("act"))
	version := in.whole("version")
	fields := in.object("fields")
	switch {
	case act.Kind == desk.ActAttach:
		in.wrong("act", "Adjunte los archivos por «files», no por «acts».")
	case !slices.Contains(actKinds(), act.Kind):
		in.wrong("act", "Elija una de las acciones que el caso ofrece en «acts».")
	case s.free[act.Kind]: // it only adds: without a version its key is its own record
		version = 0
	case version == 0 && len(in.problems) == 0:
		in.wrong("version", "Indique la versión del caso que usted vio.")
	}
	act.Version, act.Fields = version, s.actFields(act.Kind, fields)
	return in.done(fields)
}

// actField is one input of one act.
type actField struct {
	act  desk.ActKind
	name string
}

// inner tells whether a field is for the desk's own ways in to fill: who a mail
// is from is never what a caller says it is. Which mail to send again is shown
// in «deliveries» and so may be given.
func inner(f flow.Field) bool { return f.Kind == flow.Hidden && f.Name != "ref" }

// actFields reads inputs whose row is not known yet: texts and boxes. Rows of
// the act agree on their names; which one applies, and so what it demands, is
// the rules' to say.
func (s *server) actFields(act desk.ActKind, in *input) desk.Fields {
	fields := desk.Fields{}
	for _, name := range slices.Sorted(maps.Keys(in.values)) {
		v, isText := in.values[name].(string)
		_, isMark := in.values[name].(bool)
		switch {
		case s.inner[actField{act, name}]:
			in.wrong(name, "Este dato lo pone la mesa de ayuda: quítelo.")
		case isText:
			fields[name] = v
		case isMark:
			fields[name] = in.mark(name)
		case s.tables[name].Kind == flow.Table:
			maps.Copy(fields, in.table(s.tables[name]))
		default:
			in.wrong(name, "Escriba este dato como texto, entre comillas.")
		}
	}
	return fields
}

// actFailed adds what the caller needs to go on: where the field stands in the
// body, or what happened to the ticket meanwhile.
func (s *server) actFailed(c *call, act desk.Act, err error) error {
	switch desk.CodeOf(err) {
	case desk.Invalid:
		return under(err, "#/fields")
	case desk.Stale:
		return s.stale(c, act, err)
	case desk.Repeated:
		return keyUsed()
	default:
		return err
	}
}

// staleError is a stale act with what happened since the version it names.
type staleError struct {
	cause   error
	version int
	changes []change
}

func (e *staleError) Error() string { return e.cause.Error() }
func (e *staleError) Unwrap() error { return e.cause }

// change is one act that the caller had not seen.
type change struct {
	Version int          `json:"version"`
	Act     desk.ActKind `json:"act"`
	Label   string       `json:"label"`
	At      time.Time    `json:"at"`
	By      ref          `json:"by"`
}

func (s *server) stale(c *call, act desk.Act, cause error) error {
	v, err := s.Reader.Look(c.Context(), act.Ticket, desk.Act{Actor: act.Actor, At: act.At})
	if err != nil {
		return err
	}
	stale := &staleError{cause: cause, version: v.Ticket.Version}
	for _, r := range v.Records {
		if r.Seq > act.Version {
			stale.changes = append(stale.changes, change{r.Seq, r.Act, s.labels[r.Act], r.At, actorRef(v.Directory, r.Actor)})
		}
	}
	return stale
}

// find turns the number of the path into a ticket's id. What is no number, or
// nobody's, answers like what is not the caller's.
func (s *server) find(c *call) (desk.TicketID, error) {
	number := c.PathValue("number")
	if !isNumber(number) {
		return "", work.NotYours()
	}
	id, err := s.Lists.ByNumber(c.Context(), desk.Number(number))
	if desk.CodeOf(err) == desk.NotFound {
		return "", work.NotYours()
	}
	return id, err
}

// isNumber tells whether s looks like 2026-004217.
func isNumber(s string) bool {
	if len(s) < 11 || len(s) > 14 || s[4] != '-' {
		return false
	}
	for i, c := range s {
		if i != 4 && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
