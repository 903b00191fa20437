package httpapi

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// A table of a form is a JSON list of objects; the rules know its cells by flat
// names. Row n of the rules is element n−1 of the list, both ways.

// table reads a list of rows into the flat names of its cells.
func (in *input) table(f flow.Field) map[string]string {
	v, given := in.take(f.Name)
	list, isList := v.([]any)
	switch {
	case given && !isList:
		in.wrong(f.Name, "Envíe aquí una lista de filas: [ { … } ].")
		return nil
	case len(list) > f.MaxRows:
		in.wrong(f.Name, fmt.Sprintf("Envíe como máximo %d filas.", f.MaxRows))
		return nil
	}
	values := map[string]string{}
	for i, element := range list {
		object, isObject := element.(map[string]any)
		if !isObject {
			in.problems = append(in.problems, desk.FieldProblem{Field: in.at + "/" + escape(f.Name) + "/" + strconv.Itoa(i), Text: "Envíe cada fila como un objeto: { … }."})
			continue
		}
		row := &input{at: in.at + "/" + escape(f.Name) + "/" + strconv.Itoa(i), values: object}
		for c, column := range f.Columns {
			if text := row.text(column.Name); text != "" {
				values[f.Cells(i + 1)[c].Name] = text
			}
		}
		row.leftOver()
		in.problems = append(in.problems, row.problems...)
	}
	return values
}

// pointerOf is a field's place in the body: of a cell, its row and column.
func pointerOf(name string) string {
	parts := strings.Split(name, ".")
	if len(parts) == 3 {
		if n, err := strconv.Atoi(parts[1]); err == nil && n > 0 {
			return escape(parts[0]) + "/" + strconv.Itoa(n-1) + "/" + escape(parts[2])
		}
	}
	return escape(name)
}

// tableFields are the tables that some row asks for, by name.
func tableFields() map[string]flow.Field {
	tables := map[string]flow.Field{}
	for _, row := range flow.Rows() {
		for _, f := range row.Fields {
			if f.Kind == flow.Table {
				tables[f.Name] = f
			}
		}
	}
	return tables
}

// columns are the cells of a row, as the contract shows them.
func (n names) columns(f flow.Field) []field {
	if f.Kind != flow.Table {
		return nil
	}
	return slices.Clip(n.fields(f.Columns))
}
