package portal

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// queueCap bounds how many cases of one team and level a page reads; the views
// count what they show, so they must read it. Beyond it the page says «más de».
const queueCap = 300

// place is one queue of the store: a team at a level.
type place struct {
	team  directory.Team
	level desk.Level
}

// tab is one way to look at the reader's queues.
type tab struct {
	id   string
	name string
	has  func(desk.Ticket) bool
}

// places are the queues of the teams whose work this person does.
func (v *visit) places() []place {
	var list []place
	for _, m := range v.rights.Teams {
		team, ok := v.directory.Team(m.Team, v.now)
		if !ok {
			continue
		}
		for l := desk.Level(1); l <= 5; l++ {
			serves := slices.ContainsFunc(team.Serves, func(s directory.Serving) bool { return s.Level == l })
			known := slices.ContainsFunc(list, func(p place) bool { return p.team.ID == team.ID && p.level == l })
			if serves && !known {
				list = append(list, place{team, l})
			}
		}
	}
	return list
}

// views are the tabs: what waits for a hand first, then one's own, then each
// queue whole, then what waits for somebody else.
func (v *visit) views(places []place) []tab {
	list := []tab{
		{"unassigned", "Sin asignar", func(t desk.Ticket) bool { return t.Assignee == "" && !waits(t.State) }},
		{"mine", "Míos", func(t desk.Ticket) bool { return t.Assignee == v.me() }},
	}
	for _, p := range places {
		list = append(list, tab{string(p.team.ID) + "." + strconv.Itoa(int(p.level)), "Nivel " + strconv.Itoa(int(p.level)) + " " + p.team.Name,
			func(t desk.Ticket) bool { return t.Team == p.team.ID && t.Level == p.level }})
	}
	return append(list, tab{"waiting", "Esperando", func(t desk.Ticket) bool { return waits(t.State) }})
}

// waits: somebody outside the desk must do something first.
func waits(s desk.State) bool {
	return s == desk.WaitingUser || s == desk.WaitingVendor || s == desk.PendingApproval
}

// cases reads the reader's queues; more tells that one of them is longer.
func (v *visit) cases(places []place) (list []desk.Ticket, more bool, err error) {
	for _, p := range places {
		cursor := ""
		for read := 0; read < queueCap; {
			part, next, err := v.Lists.Queue(v.r.Context(), p.team.ID, p.level, cursor, 100)
			if err != nil {
				return nil, false, err
			}
			list, read, cursor = append(list, part...), read+len(part), next
			if next == "" {
				break
			}
		}
		more = more || cursor != ""
	}
	slices.SortFunc(list, urgency)
	return list, more, nil
}

// urgency is the order of work: priority, then age.
func urgency(a, b desk.Ticket) int {
	return cmp.Or(cmp.Compare(cmp.Or(a.Priority, 5), cmp.Or(b.Priority, 5)), a.OpenedAt.Compare(b.OpenedAt), cmp.Compare(a.ID, b.ID))
}

// queue is /queue. Its state stands in the address, so that a link, a return and
// a reload show the same rows.
func (v *visit) queue() error {
	places := v.places()
	if len(places) == 0 {
		return notFound()
	}
	all, more, err := v.cases(places)
	if err != nil {
		return err
	}
	page := web.Queue{Order: "prioridad y luego antigüedad", Clear: "/queue?" + query("view", v.query("view")), Filters: v.filters(), Filtered: v.filtered()}
	views := v.views(places)
	here := max(0, slices.IndexFunc(views, func(w tab) bool { return w.id == v.query("view") }))
	for i, w := range views {
		n := count(all, w.has)
		page.Views = append(page.Views, web.Link{Label: w.name, Href: "/queue?" + query("view", w.id), Count: strconv.Itoa(n), Here: i == here})
		if n > 0 && page.Elsewhere == nil && i != here {
			page.Elsewhere = &web.Link{Label: "Ver " + w.name + " (" + strconv.Itoa(n) + ")", Href: "/queue?" + query("view", w.id)}
		}
	}
	if err := v.strandedTab(&page); err != nil {
		return err
	}
	page.Title = views[here].name
	rows := slices.DeleteFunc(slices.Clone(all), func(t desk.Ticket) bool { return !views[here].has(t) || !v.passes(t) })
	if err := v.cut(&page, rows, views[here].id, more); err != nil {
		return err
	}
	return v.show(page)
}

// cut shows one screen of rows. The cursor is the last case shown, so that what
// arrives or leaves above it moves nothing under the reader.
func (v *visit) cut(page *web.Queue, rows []desk.Ticket, id string, more bool) error {
	first := 1 + slices.IndexFunc(rows, func(t desk.Ticket) bool { return t.ID == desk.TicketID(v.query("after")) })
	last := min(first+pageSize, len(rows))
	counts, err := v.Reader.Countdowns(v.r.Context(), rows[first:last], v.now)
	if err != nil {
		return err
	}
	for _, t := range rows[first:last] {
		row := v.queueRow(t)
		c, ok := counts[t.ID]
		queueTarget(&row, c, ok)
		page.Rows = append(page.Rows, row)
	}
	at := func(after desk.TicketID) string {
		return "/queue?" + query("view", id, "priority", v.query("priority"), "q", v.query("q"), "after", string(after))
	}
	if last < len(rows) {
		page.Next = at(rows[last-1].ID)
	}
	if first > 0 {
		page.First = at("")
	}
	of := "de "
	if more {
		of = "de más de "
	}
	if len(page.Rows) > 0 {
		page.Range = strconv.Itoa(first+1) + " a " + strconv.Itoa(last) + " " + of + strconv.Itoa(len(rows))
	}
	return nil
}

func count(list []desk.Ticket, has func(desk.Ticket) bool) int {
	n := 0
	for _, t := range list {
		if has(t) {
			n++
		}
	}
	return n
}

// viewCounts are the views of the start page: those with work in them.
func (v *visit) viewCounts() ([]web.ViewCount, error) {
	places := v.places()
	all, _, err := v.cases(places)
	if err != nil {
		return nil, err
	}
	var counts []web.ViewCount
	for _, w := range v.views(places) {
		c := web.ViewCount{Name: w.name, Href: "/queue?" + query("view", w.id), Count: count(all, w.has)}
		for _, t := range all {
			if w.has(t) && (c.Oldest.IsZero() || t.OpenedAt.Before(c.Oldest)) {
				c.Oldest = t.OpenedAt
			}
		}
		counts = append(counts, c)
	}
	return counts, nil
}

// filters narrow a view by priority and by words.
func (v *visit) filters() web.Form {
	priority := web.Field{Name: "priority", Label: "Prioridad", Kind: web.Select, Value: v.query("priority"), Optional: true}
	for _, o := range flow.PriorityOptions() {
		name, _, _ := strings.Cut(o.Label, ": ")
		priority.Options = append(priority.Options, web.Option{Value: o.Value, Label: name})
	}
	return web.Form{Action: "/queue", Get: true, Submit: "Filtrar", Hidden: []web.Hidden{{Name: "view", Value: v.query("view")}},
		Fields: []web.Field{priority, {Name: "q", Label: "Número, asunto o persona", Kind: web.Search, Value: v.query("q"), Optional: true}}}
}

func (v *visit) filtered() int {
	n := 0
	for _, name := range []string{"priority", "q"} {
		if v.query(name) != "" {
			n++
		}
	}
	return n
}

func (v *visit) passes(t desk.Ticket) bool {
	if p := v.query("priority"); p != "" && p != strconv.Itoa(int(t.Priority)) {
		return false
	}
	text := directory.Fold(string(t.Number) + " " + t.Subject + " " + v.directory.Name(t.Requester))
	return strings.Contains(text, directory.Fold(strings.TrimSpace(v.query("q"))))
}
