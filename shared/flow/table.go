package flow

import (
	"slices"
	"strings"

	"mesa/shared/desk"
)

// Section is one part of the table as people read it: what comes before a
// ticket, one flow of chapter VIII, or what holds in all of them.
type Section struct {
	Code    string // "7.3" before a ticket, "8.1" a flow, "VIII" every flow
	Title   string
	Note    string
	Entries []Entry
}

// Entry is one row in words: who may do which act, from where, what it demands,
// what follows, and the clause that says so.
type Entry struct {
	Act     desk.ActKind
	Roles   []Role
	Label   string
	Who     string
	From    string
	Demands string
	To      string
	Clause  string // "8.1.6, R74"
}

// Codes lists the flows of chapter VIII in order.
func Codes() []desk.FlowCode {
	return []desk.FlowCode{desk.Flow81, desk.Flow82, desk.Flow83, desk.Flow84, desk.Flow85, desk.Flow86, desk.Flow87, desk.Flow88}
}

// Sections is the whole table in words, generated from the rows that guard the
// acts: every row stands in it, a row of several flows under each of them.
func Sections() []Section {
	contact := Section{Code: "7.3", Title: FlowTitle(""), Note: "Lo que llega por correo o por teléfono, antes de ser un caso de un flujo."}
	every := Section{Code: "VIII", Title: "En cualquier flujo", Note: "Pasos que todos los flujos tienen en común, además de los propios."}
	flows := map[desk.FlowCode]*Section{}
	for _, code := range Codes() {
		flows[code] = &Section{Code: string(code), Title: FlowTitle(code)}
	}
	for _, r := range table {
		switch {
		case r.Contact == contactOnly:
			contact.Entries = append(contact.Entries, r.entry())
		case len(r.Flows) == 0:
			every.Entries = append(every.Entries, r.entry())
		}
		for _, code := range r.Flows {
			if r.Contact != contactOnly {
				flows[code].Entries = append(flows[code].Entries, r.entry())
			}
		}
	}
	all := []Section{contact}
	for _, code := range Codes() {
		if Supported(code) {
			all = append(all, *flows[code])
		}
	}
	return append(all, every)
}

// entry is the row in words.
func (r Row) entry() Entry {
	e := Entry{Act: r.Act, Roles: r.Who, Label: r.Label, To: r.To, Clause: r.Clause, From: "Siempre", Demands: "Nada"}
	var who, from, demands []string
	for _, role := range r.Who {
		who = append(who, RoleName(role))
	}
	for _, g := range r.From {
		from = append(from, g.Text)
	}
	for _, f := range r.Fields {
		switch {
		case f.Kind == Hidden:
		case f.Optional || f.Later:
			demands = append(demands, f.Label+" (opcional)")
		default:
			demands = append(demands, f.Label)
		}
	}
	e.Who = strings.Join(who, "; ")
	if len(from) > 0 {
		e.From = strings.Join(from, "; ")
	}
	if len(demands) > 0 {
		e.Demands = strings.Join(demands, "; ")
	}
	return e
}

// Roles lists the roles of the rows, people first (R13–R27).
func Roles() []Role {
	return []Role{Anyone, Detector, Requester, Asked, UTIHead, FirstLevel, DeskAssigner, DeskMember, TeamMember, Assignee, Staff, Client, Intake, ByClock}
}

// Permission is one line of the matrix: an act, and for each role the sections
// in which the table lets it. What is not there is denied.
type Permission struct {
	Act     desk.ActKind
	Labels  []string // what the act is called, where flows differ all of them
	Allowed map[Role][]string
}

// Matrix is role × act × flow, read off the same rows: the default is to deny.
func Matrix() []Permission {
	var matrix []Permission
	for _, section := range Sections() {
		for _, e := range section.Entries {
			i := slices.IndexFunc(matrix, func(p Permission) bool { return p.Act == e.Act })
			if i < 0 {
				i, matrix = len(matrix), append(matrix, Permission{Act: e.Act, Allowed: map[Role][]string{}})
			}
			if !slices.Contains(matrix[i].Labels, e.Label) {
				matrix[i].Labels = append(matrix[i].Labels, e.Label)
			}
			matrix[i].allow(e, section.Code)
		}
	}
	return matrix
}

// allow notes the roles of an entry for a section.
func (p *Permission) allow(e Entry, section string) {
	for _, role := range e.Roles {
		if !slices.Contains(p.Allowed[role], section) {
			p.Allowed[role] = append(p.Allowed[role], section)
		}
	}
}
