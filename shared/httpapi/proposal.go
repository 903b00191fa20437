package httpapi

import (
	"maps"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// proposal is what was read of an Anexo 02 attached to a mail. It counts for
// nothing until somebody sends it, corrected or not, with «classify» or
// «provide-data», which take the fields as they stand here.
type proposal struct {
	Mark   string         `json:"mark"`
	File   string         `json:"file"`
	Fields map[string]any `json:"fields"`
	Unread []string       `json:"unread,omitempty"`
}

func proposalOf(p *flow.Proposal) *proposal {
	if p == nil {
		return nil
	}
	out := &proposal{Mark: flow.ReadMark, File: p.File, Fields: map[string]any{}, Unread: p.Unread}
	for _, f := range flow.OpenFields(desk.Flow88) {
		if f.Kind == flow.Table {
			if rows := tableRows(f, p.Fields); len(rows) > 0 {
				out.Fields[f.Name] = rows
			}
		} else if value := p.Fields[f.Name]; value != "" {
			out.Fields[f.Name] = value
		}
	}
	return out
}

// tableRows are the rows of a table that hold something, by their columns.
func tableRows(f flow.Field, values desk.Fields) []map[string]string {
	var rows []map[string]string
	for _, n := range f.Filled(values) {
		row := map[string]string{}
		for i, c := range f.Cells(n) {
			if value := values[c.Name]; value != "" {
				row[f.Columns[i].Name] = value
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// written are the texts of an act without what the desk itself read in a file.
func written(texts desk.Texts) desk.Texts {
	if texts[flow.ProposalText] == "" {
		return texts
	}
	texts = maps.Clone(texts)
	delete(texts, flow.ProposalText)
	return texts
}
