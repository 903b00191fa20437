package directory

import (
	"fmt"
	"slices"
	"time"

	"mesa/shared/desk"
)

// Change is one row that an import adds, removes or changes.
type Change struct {
	Kind   Kind
	Key    string
	Op     ChangeOp
	Fields []FieldChange // of a changed row; of a new one, its cells
}

// ChangeOp says what happens to a row.
type ChangeOp string

// The operations of a change.
const (
	Added   ChangeOp = "+"
	Removed ChangeOp = "-"
	Changed ChangeOp = "~"
)

// FieldChange is one cell before and after.
type FieldChange struct{ Name, Before, After string }

// String is the change as one Spanish line of a dry run.
func (c Change) String() string {
	line := fmt.Sprintf("%s %s %s", c.Op, c.Kind, c.Key)
	for i, f := range c.Fields {
		separator := "; "
		if i == 0 {
			separator = ": "
		}
		if c.Op == Added {
			line += fmt.Sprintf("%s%s «%s»", separator, f.Name, f.After)
			continue
		}
		line += fmt.Sprintf("%s%s «%s» → «%s»", separator, f.Name, f.Before, f.After)
	}
	return line
}

// filled are the cells of a new row that say something beyond its key.
func filled(heads []headed, cells []string) []FieldChange {
	var fields []FieldChange
	for i, h := range heads {
		if cells[i] != "" && !h.key {
			fields = append(fields, FieldChange{Name: h.name, After: cells[i]})
		}
	}
	return fields
}

// TableName is what people call a table, in Spanish.
func TableName(kind Kind) string {
	return map[Kind]string{Sedes: "Sedes", Units: "Unidades", People: "Personas", Heads: "Jefaturas", Substitutes: "Suplencias", Teams: "Equipos",
		Systems: "Sistemas", SystemUsers: "Usuarias/os de sistemas", Rooms: "Salas", Assets: "Equipos informáticos", Services: "Servicios"}[kind]
}

// Compare lists what differs between two versions of the records, table by
// table; in each table what is gone first, then the rest in the new order.
func Compare(before, after Records) []Change {
	var changes []Change
	for _, s := range sheets() {
		changes = append(changes, compareSheet(s, s.write(before), s.write(after))...)
	}
	return changes
}

func compareSheet(s sheet, before, after [][]string) []Change {
	heads := s.header()
	old, now := byKey(heads, before), byKey(heads, after)
	var changes []Change
	for _, cells := range before {
		if key := keyOf(heads, cells, true); now[key] == nil {
			changes = append(changes, Change{Kind: s.Kind(), Key: key, Op: Removed})
		}
	}
	for _, cells := range after {
		key := keyOf(heads, cells, true)
		switch was := old[key]; {
		case was == nil:
			changes = append(changes, Change{s.Kind(), key, Added, filled(heads, cells)})
		case !slices.Equal(was, cells):
			changes = append(changes, Change{s.Kind(), key, Changed, compareCells(heads, was, cells)})
		}
	}
	return changes
}

func byKey(heads []headed, rows [][]string) map[string][]string {
	found := make(map[string][]string, len(rows))
	for _, cells := range rows {
		found[keyOf(heads, cells, true)] = cells
	}
	return found
}

func compareCells(heads []headed, before, after []string) []FieldChange {
	var fields []FieldChange
	for i, h := range heads {
		if before[i] != after[i] {
			fields = append(fields, FieldChange{h.name, before[i], after[i]})
		}
	}
	return fields
}

// Summary counts the changes in one Spanish line.
func Summary(changes []Change) string {
	count := map[ChangeOp]int{}
	for _, c := range changes {
		count[c.Op]++
	}
	return fmt.Sprintf("filas nuevas: %d, cambiadas: %d, retiradas: %d", count[Added], count[Changed], count[Removed])
}

// Disabled tells whether a person is known here on that day but their account
// is closed.
func (d *Directory) Disabled(id desk.PersonID, at time.Time) bool {
	p, known := inForce(d.people[id], at)
	return known && p.Disabled
}

// Ending lists the teams that are here before a change of records and not after
// it: the caller refuses to end one that still has tickets.
func Ending(before, after *Directory, at time.Time) []desk.TeamID {
	var gone []desk.TeamID
	for _, t := range before.records.Teams {
		_, was := before.Team(t.ID, at)
		_, is := after.Team(t.ID, at)
		if was && !is && !slices.Contains(gone, t.ID) {
			gone = append(gone, t.ID)
		}
	}
	return gone
}

// Leaving lists who works here before a change of records and not after it.
// Whoever of them still has open work must not be removed; the caller, who can
// see the tickets, refuses with that list.
func Leaving(before, after *Directory, at time.Time) []desk.PersonID {
	var gone []desk.PersonID
	for _, p := range before.records.People {
		_, worked := before.Person(p.ID, at)
		_, works := after.Person(p.ID, at)
		if worked && !works && !slices.Contains(gone, p.ID) {
			gone = append(gone, p.ID)
		}
	}
	return gone
}
