package linkpages

import (
	"slices"

	"mesa/shared/approve"
	"mesa/shared/desk"
	"mesa/shared/flow"
)

// proposed is what the form begins with: what was read of the Anexo 02 that the
// person attached, for them to confirm or correct (8.8.1, R126).
func proposed(q approve.Question) desk.Fields {
	p := proposalOf(q)
	if p == nil {
		return nil
	}
	values := desk.Fields{}
	for _, f := range questionFields(q) {
		for _, name := range f.Names() {
			if value := p.Fields[name]; value != "" {
				values[name] = value
			}
		}
	}
	return values
}

// proposalNotes say where the form's words come from, and what could not be read.
func proposalNotes(q approve.Question) []string {
	p := proposalOf(q)
	if p == nil {
		return nil
	}
	return append([]string{"Lo escrito abajo está " + flow.ReadMark + " («" + p.File + "»)."}, p.Unread...)
}

// proposalOf is nil unless the link asks for Anexo 02.
func proposalOf(q approve.Question) *flow.Proposal {
	if q.Link.Wait.Kind() != desk.WaitData || !slices.Contains(q.View.Ticket.Missing, flow.Annex02) {
		return nil
	}
	return q.View.Facts.Proposal
}
