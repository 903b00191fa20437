package desk

import "time"

// VendorCaseOpened: Level 5 gave the case to an outside provider; work pauses
// until they answer (7.5, R47). Name, contact and case number stand in the texts.
type VendorCaseOpened struct {
	ReportedAt time.Time `json:"at"`
	ExpectedAt time.Time `json:"x,omitzero"` // when the provider said they would answer
	Warranty   bool      `json:"w,omitempty"`
}

// VendorAnswered: the provider's answer was recorded; work goes on with the
// time left.
type VendorAnswered struct{}

// TicketReclassified: the desk found that the case belongs to another service
// or flow (7.6, R150). With another flow it begins there anew.
type TicketReclassified struct {
	Flow    FlowCode  `json:"f"`
	Rules   int       `json:"v"`
	Service ServiceID `json:"sv"`
	Kind    Kind      `json:"k"`
	Moved   bool      `json:"m,omitempty"` // to another flow
}

// EventName is the stored tag.
func (VendorCaseOpened) EventName() string { return "VendorCaseOpened" }

// EventName is the stored tag.
func (VendorAnswered) EventName() string { return "VendorAnswered" }

// EventName is the stored tag.
func (TicketReclassified) EventName() string { return "TicketReclassified" }
