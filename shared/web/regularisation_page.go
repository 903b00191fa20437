package web

// Regularisations is /regularisations: what was authorised by mail while PAU was
// not available and waits for the Jefatura of the UTI (8.3.2, R90).
type Regularisations struct {
	Head    bool // the reader regularises
	Pending []ApprovalRow
	Forms   []Link // where a specialist enters what was authorised by mail, by system
}

func (p Regularisations) head() head {
	return head{template: "regularisations", title: Say("title.regularisations")}
}
