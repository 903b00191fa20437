package httpapi

import (
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// ref is something with an id and a name that people know.
type ref struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name"`
}

// label is a code with the words people read.
type label struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// standing is where a ticket stands: the answer to creating and acting.
type standing struct {
	ID       desk.TicketID `json:"id"`
	Number   desk.Number   `json:"number"`
	Version  int           `json:"version"`
	State    label         `json:"state"`
	NextStep nextStep      `json:"nextStep"`
	Missing  []string      `json:"missing,omitempty"` // fields asked for and not yet given
}

type nextStep struct {
	Clause string         `json:"clause"`
	Text   string         `json:"text"`
	Acts   []desk.ActKind `json:"acts,omitempty"`
}

func standingOf(t desk.Ticket) standing {
	next := flow.Next(t)
	return standing{ID: t.ID, Number: t.Number, Version: t.Version, State: label{string(t.State), flow.StateLabel(t)},
		NextStep: nextStep{next.Clause, next.Text, next.Acts}, Missing: t.Missing}
}

// summary is a ticket in a list.
type summary struct {
	standing
	Flow      *label    `json:"flow,omitempty"`
	Service   *ref      `json:"service,omitempty"`
	Kind      desk.Kind `json:"kind,omitempty"`
	Priority  priority  `json:"priority"`
	Level     int       `json:"level,omitempty"`
	Team      *ref      `json:"team,omitempty"`
	Assignee  *ref      `json:"assignee,omitempty"`
	Requester *ref      `json:"requester,omitempty"`
	Subject   string    `json:"subject"`
	OpenedAt  time.Time `json:"openedAt"`
	ClosedAt  time.Time `json:"closedAt,omitzero"`
}

type priority struct {
	Level     int    `json:"level"`
	Name      string `json:"name"`
	Suggested bool   `json:"suggested,omitempty"` // by the form; the desk has not set it
}

// names puts words to ids; it is the directory of a moment, and every version of
// the catalogue, because a ticket keeps its own.
type names struct {
	*directory.Directory
	catalogues directory.Catalogues
	at         time.Time
}

func (n names) summary(t desk.Ticket) summary {
	s := summary{standing: standingOf(t), Service: n.service(t), Kind: t.Kind, Level: int(t.Level), Team: n.team(t.Team),
		Assignee: n.person(t.Assignee), Requester: n.person(t.Requester), Subject: t.Subject, OpenedAt: t.OpenedAt, ClosedAt: t.ClosedAt,
		Priority: priority{int(t.Priority), flow.PriorityLabel(t.Priority), t.Suggested}}
	if t.Flow != "" {
		s.Flow = &label{string(t.Flow), flow.FlowTitle(t.Flow)}
	}
	return s
}

func (n names) person(id desk.PersonID) *ref {
	if id == "" {
		return nil
	}
	return &ref{string(id), n.Name(id)}
}

func (n names) service(t desk.Ticket) *ref {
	if t.Service == "" {
		return nil
	}
	if s, ok := n.catalogues.At(t.OpenedAt).Service(t.Service); ok {
		return &ref{string(t.Service), s.Name}
	}
	return &ref{string(t.Service), string(t.Service)}
}

func (n names) team(id desk.TeamID) *ref {
	if id == "" {
		return nil
	}
	if team, ok := n.Team(id, n.at); ok {
		return &ref{string(id), team.Name}
	}
	return &ref{string(id), string(id)}
}

func (n names) unit(id desk.UnitID) *ref {
	if u, ok := n.Unit(id, n.at); ok {
		return &ref{string(id), u.Name}
	}
	return nil
}

func (n names) sede(id desk.SedeID) *ref {
	if s, ok := n.Sede(id, n.at); ok {
		return &ref{string(id), s.Name}
	}
	return nil
}

// actorRef names who acted: a person, «X por Y», the clock, another system.
func actorRef(d *directory.Directory, a desk.Actor) ref {
	switch {
	case a.Assurance == desk.AssuredClient:
		return ref{Name: "por cliente " + a.Via}
	case a.Person == desk.Clock || a.Assurance == desk.AssuredSelf || a.Person == "":
		return ref{Name: "el sistema"}
	case a.For != "":
		return ref{string(a.Person), d.Name(a.Person) + " por " + d.Name(a.For)}
	default:
		return ref{string(a.Person), d.Name(a.Person)}
	}
}

// detail is a ticket in full, as its reader may see it.
type detail struct {
	summary
	Unit       *ref       `json:"unit,omitempty"`
	Sede       *ref       `json:"sede,omitempty"`
	Channel    string     `json:"channel"`
	Unverified bool       `json:"unverified,omitempty"` // the mail's sender is not proved
	Reopened   int        `json:"reopened,omitempty"`
	Row        *row       `json:"registerRow,omitempty"`
	Acts       []offer    `json:"acts"`
	Closing    []demand   `json:"closing"`
	Meetings   []meeting  `json:"meetings,omitempty"` // the dates of 8.8
	Proposal   *proposal  `json:"proposal,omitempty"` // what was read of an attached Anexo 02
	History    []entry    `json:"history"`
	Regular    string     `json:"regularisation,omitempty"` // pending or done: R90
	Target     *target    `json:"localTarget,omitempty"`    // staff only
	Outages    []outage   `json:"outages,omitempty"`        // staff only
	Deliveries []delivery `json:"deliveries,omitempty"`     // staff only
}

// outage is a notice of interruption that stands, and how far it was sent (R77).
type outage struct {
	System   ref       `json:"system"`
	StartsAt time.Time `json:"startsAt"`
	EndsAt   time.Time `json:"endsAt"`
	Readers  int       `json:"readers"`
	Accepted int       `json:"accepted"`
}

type row struct {
	Period string `json:"period"`
	Number int    `json:"number"`
}

// offer is an act the reader may do now, with what it asks.
type offer struct {
	Act          desk.ActKind `json:"act"`
	Label        string       `json:"label"`
	Clause       string       `json:"clause"`
	NeedsVersion bool         `json:"needsVersion"`
	Fields       []field      `json:"fields"`
}

type field struct {
	Name     string   `json:"name"`
	Label    string   `json:"label"`
	Kind     string   `json:"kind"`
	Required bool     `json:"required"`
	Max      int      `json:"maxLength,omitempty"`
	Hint     string   `json:"hint,omitempty"`
	Clause   string   `json:"clause,omitempty"`
	Options  []option `json:"options,omitempty"`
	Columns  []field  `json:"columns,omitempty"` // of a table
	MaxRows  int      `json:"maxRows,omitempty"`
}

type option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

type demand struct {
	Text   string       `json:"text"`
	Done   bool         `json:"done"`
	Act    desk.ActKind `json:"act,omitempty"`
	Clause string       `json:"clause,omitempty"`
}

// entry is one act of the past.
type entry struct {
	change
	HappenedAt time.Time         `json:"happenedAt,omitzero"`
	Channel    desk.Channel      `json:"channel"`
	Texts      map[string]string `json:"texts,omitempty"`
	Files      []file            `json:"files,omitempty"`
}

type file struct {
	Name  string `json:"name"`
	Type  string `json:"type,omitempty"`
	Bytes int64  `json:"bytes"`
}

func (s *server) detail(v work.View, at time.Time) detail {
	n, t := names{v.Directory, directory.Catalogues{v.Catalogue}, at}, v.Ticket
	d := detail{summary: n.summary(t), Unit: n.unit(t.Unit), Sede: n.sede(t.Sede), Channel: string(t.Channel), Unverified: t.Unverified,
		Reopened: t.Reopened, Acts: []offer{}, Closing: []demand{}, Meetings: meetings(v), History: []entry{}}
	d.Regular = map[desk.Regular]string{desk.RegularPending: "pending", desk.RegularDone: "done"}[t.Regular]
	if t.Row > 0 {
		d.Row = &row{t.RowMonth, t.Row}
	}
	d.Proposal = proposalOf(v.Facts.Proposal)
	for _, o := range v.Offers {
		if o.Act == desk.ActShowPIN { // a page's act: see meetings.go
			continue
		}
		d.Acts = append(d.Acts, offer{o.Act, o.Label, o.Clause, !o.Free, n.fields(o.Fields)})
	}
	for _, c := range v.Closing {
		if !c.Not {
			d.Closing = append(d.Closing, demand{c.Text, c.Done, c.Act, c.Clause})
		}
	}
	for _, r := range v.Records {
		d.History = append(d.History, s.entry(v.Directory, r))
	}
	if v.Staff {
		d.Deliveries, d.Target = deliveries(v.Effects), targetOf(v)
		for _, o := range v.Facts.Outages {
			d.Outages = append(d.Outages, outage{ref{string(o.System), o.Name}, o.StartsAt, o.EndsAt, o.Users, o.Accepted})
		}
	}
	return d
}

func (s *server) entry(d *directory.Directory, r desk.Record) entry {
	e := entry{change: change{r.Seq, r.Act, s.labels[r.Act], r.At, actorRef(d, r.Actor)}, HappenedAt: r.HappenedAt, Channel: r.Channel, Texts: written(r.Texts)}
	for _, f := range r.Files {
		e.Files = append(e.Files, file{f.Name, f.Type, f.Bytes})
	}
	return e
}

// fields are an act's inputs; persons to choose from get their names.
func (n names) fields(all []flow.Field) []field {
	fields := []field{}
	for _, f := range all {
		if inner(f) {
			continue
		}
		out := field{Name: f.Name, Label: f.Label, Kind: string(f.Kind), Required: !f.Optional && !f.Later, Max: f.Max, Hint: f.Hint, Clause: f.Clause, Columns: n.columns(f), MaxRows: f.MaxRows}
		for _, o := range f.Options {
			if f.Kind == flow.Person && n.Directory != nil {
				o.Label = n.Name(desk.PersonID(o.Value))
			}
			out.Options = append(out.Options, option{o.Value, o.Label})
		}
		fields = append(fields, out)
	}
	return fields
}
