package directory

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

// Services is the table that a catalogue file holds.
const Services Kind = "service"

// listSeparator stands between the operations, and between the synonyms, of
// one cell: both may have blanks in them.
const listSeparator = "|"

// ParseCatalogue reads a version of the catalogue from a CSV file, all or
// nothing: every bad cell is reported at once, by line and column.
func ParseCatalogue(version string, effective calendar.Date, file File) (Catalogue, []Problem) {
	var entries []serviceRow
	src, problems := readSource(file, []sheet{serviceTable(&entries)})
	if len(problems) == 0 {
		problems = src.decode(&Records{})
		for _, f := range checkServices(entries) {
			problems = append(problems, src.problem(f))
		}
	}
	if len(problems) > 0 {
		return Catalogue{}, problems
	}
	c := Catalogue{Version: version, Effective: effective}
	for _, e := range entries {
		c.Services = append(c.Services, e.Service)
	}
	return c, nil
}

// FormatCatalogue writes a version as ParseCatalogue reads it.
func FormatCatalogue(c Catalogue) ([]byte, error) {
	table, rows := catalogueRows(c)
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(append([][]string{names(table.header())}, rows...)); err != nil {
		return nil, fmt.Errorf("directory: write catalogue %s: %w", c.Version, err)
	}
	return out.Bytes(), nil
}

// CompareCatalogues lists what a new version adds, removes and changes.
func CompareCatalogues(before, after Catalogue) []Change {
	table, old := catalogueRows(before)
	_, now := catalogueRows(after)
	return compareSheet(table, old, now)
}

func catalogueRows(c Catalogue) (table[serviceRow], [][]string) {
	entries := make([]serviceRow, len(c.Services))
	for i, s := range c.Services {
		entries[i] = serviceRow{Service: s}
	}
	t := serviceTable(&entries)
	return t, t.write(Records{})
}

// serviceRow is an entry as a row: entries have no dates of their own, their
// version has.
type serviceRow struct {
	Service
	Period
}

func serviceTable(entries *[]serviceRow) table[serviceRow] {
	return table[serviceRow]{Services, []column[serviceRow]{
		text("service", idCell, func(r *serviceRow) *desk.ServiceID { return &r.ID }).asKey().needed(),
		text("type", textCell, func(r *serviceRow) *string { return &r.Type }).needed(),
		text("name", textCell, func(r *serviceRow) *string { return &r.Name }).needed(),
		phrases("operations", func(r *serviceRow) *[]string { return &r.Operations }).needed(),
		text("flow", flowCell, func(r *serviceRow) *desk.FlowCode { return &r.Flow }).needed(),
		text("kind", oneOf(desk.Incident, desk.Requirement), func(r *serviceRow) *desk.Kind { return &r.Kind }).needed(),
		text("fault_flow", flowCell, func(r *serviceRow) *desk.FlowCode { return &r.FaultFlow }),
		phrases("synonyms", func(r *serviceRow) *[]string { return &r.Synonyms }),
		words("replaces", idCell, func(r *serviceRow) *[]desk.ServiceID { return &r.Replaces }),
	}, func(*Records) *[]serviceRow { return entries }}
}

// phrases is a column of texts separated by listSeparator.
func phrases(name string, field func(*serviceRow) *[]string) column[serviceRow] {
	return column[serviceRow]{
		name: name,
		get:  func(r serviceRow) string { return strings.Join(*field(&r), listSeparator) },
		set: func(r *serviceRow, cell string) error {
			for part := range strings.SplitSeq(cell, listSeparator) {
				part = strings.TrimSpace(part)
				if part == "" {
					return fmt.Errorf("hay un valor vacío entre dos «%s»", listSeparator)
				}
				if err := textCell(part); err != nil {
					return err
				}
				*field(r) = append(*field(r), part)
			}
			return nil
		},
	}
}

func flowCell(cell string) error {
	if !isFlow(cell) {
		return fmt.Errorf("«%s» no es un flujo del procedimiento, de 8.1 a 8.8", cell)
	}
	return nil
}

// checkServices refuses a service named twice, and a catalogue without any.
func checkServices(entries []serviceRow) []finding {
	if len(entries) == 0 {
		return []finding{{kind: Services, column: "service", text: "el catálogo no tiene servicios"}}
	}
	var findings []finding
	for i, e := range entries {
		same := func(other serviceRow) bool { return other.ID == e.ID }
		if e.ID != "" && slices.ContainsFunc(entries[:i], same) {
			findings = append(findings, finding{Services, i, "service", fmt.Sprintf("«%s» está dos veces", e.ID)})
		}
	}
	return append(findings, checkReplaced(entries)...)
}

// checkReplaced refuses to replace what is still offered, or one service twice.
func checkReplaced(entries []serviceRow) []finding {
	var findings []finding
	by := map[desk.ServiceID]desk.ServiceID{}
	for i, e := range entries {
		for _, old := range e.Replaces {
			if slices.ContainsFunc(entries, func(other serviceRow) bool { return other.ID == old }) {
				findings = append(findings, finding{Services, i, "replaces", fmt.Sprintf("«%s» sigue en el catálogo: no puede estar reemplazado", old)})
			}
			if other, taken := by[old]; taken {
				findings = append(findings, finding{Services, i, "replaces", fmt.Sprintf("«%s» ya lo reemplaza «%s»", old, other)})
			}
			by[old] = e.ID
		}
	}
	return findings
}
