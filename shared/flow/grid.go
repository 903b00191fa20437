package flow

import (
	"fmt"
	"slices"
	"strconv"

	"mesa/shared/desk"
)

// A form's rows are named flat, as everything an act is given: row 2 of the
// dates of Anexo 02 is schedule.2.date, schedule.2.from, schedule.2.to and
// schedule.2.remarks. Which rows there are is seen by what is filled in.

// CellName is the name of one cell: "schedule.2.date".
func CellName(table string, row int, column string) string {
	return table + "." + strconv.Itoa(row) + "." + column
}

// Cells are the fields of one row of a table, named for it.
func (f Field) Cells(row int) []Field {
	cells := make([]Field, 0, len(f.Columns))
	for _, c := range f.Columns {
		c.Name = CellName(f.Name, row, c.Name)
		cells = append(cells, c)
	}
	return cells
}

// Filled are the numbers of the rows that hold something.
func (f Field) Filled(values desk.Fields) []int {
	var rows []int
	for n := 1; n <= f.MaxRows; n++ {
		if slices.ContainsFunc(f.Cells(n), func(c Field) bool { return values[c.Name] != "" }) {
			rows = append(rows, n)
		}
	}
	return rows
}

// Names are all the names under which a field may be given: its own, or those
// of every cell.
func (f Field) Names() []string {
	if f.Kind != Table {
		return []string{f.Name}
	}
	var names []string
	for n := 1; n <= f.MaxRows; n++ {
		for _, c := range f.Cells(n) {
			names = append(names, c.Name)
		}
	}
	return names
}

// checkTable checks the rows that hold something; at least one must, unless the
// table is optional.
func (f Field) checkTable(values, clean desk.Fields) []desk.FieldProblem {
	var problems []desk.FieldProblem
	rows := f.Filled(values)
	if len(rows) == 0 && !f.Optional && !f.Later {
		return []desk.FieldProblem{{Field: f.Name, Text: f.Missing}}
	}
	for _, n := range rows {
		for _, c := range f.Cells(n) {
			v, problem := c.check(values[c.Name])
			if problem != "" {
				problems = append(problems, desk.FieldProblem{Field: c.Name, Text: fmt.Sprintf("Fila %02d: %s", n, problem)})
			}
			if v != "" {
				clean[c.Name] = v
			}
		}
	}
	return problems
}

// compact renumbers the rows of a table without gaps, so that row n of what is
// kept is the n-th that was filled in.
func (f Field) compact(values desk.Fields) desk.Fields {
	out := desk.Fields{}
	for name, v := range values {
		if !slices.Contains(f.Names(), name) {
			out[name] = v
		}
	}
	for i, n := range f.Filled(values) {
		for c, cell := range f.Cells(n) {
			if v := values[cell.Name]; v != "" {
				out[f.Cells(i + 1)[c].Name] = v
			}
		}
	}
	return out
}
