package web

// Catalogue is /ticket-forms: the services under their types (R51-R59).
type Catalogue struct {
	Query string
	Types []ServiceType
	Total int // services in the whole catalogue
	// Consultation is the address of «Consultas técnicas», for those who do not find theirs.
	Consultation string
}

func (p Catalogue) head() head {
	return head{template: "catalogue", title: Say("title.catalogue"), wide: true}
}

// ServiceType is one of the eight types with its services.
type ServiceType struct {
	Name     string
	Anchor   string
	Services []Service
}

// Service is one line of the catalogue; Operations is its third column.
type Service struct {
	Name       string
	Operations string
	Href       string
}

// NewRequest is /ticket-forms/{service}: only that service's questions.
type NewRequest struct {
	Service  string // «Avería de hardware: computadora»
	Type     string
	Clause   string  // «8.6.1»
	Back     string  // address of the catalogue
	Identity []Datum // who asks, sede, área: known, not asked
	Note     string  // what the reader should know first: «Decide la jefatura de su UT»
	Form     Form
}

func (p NewRequest) head() head {
	return head{template: "newrequest", title: p.Service, problems: p.Form.Problems()}
}

// Review is the step before sending: the answers, each with «Cambiar». Send
// carries every answer in hidden fields, so nothing is kept on the server.
type Review struct {
	Service string
	Answers []Answer
	Next    string // who decides or attends next
	Send    Form
}

func (p Review) head() head {
	return head{template: "review", title: Say("title.review"), problems: p.Send.Problems()}
}

// Answer is what the reader wrote; Field is sent as «change» to go back to it.
type Answer struct {
	Label string
	Value string
	Field string
}

// Sent is the page after sending, and the panel on top of the new ticket.
type Sent struct {
	Number  string
	Href    string
	Subject string
	Mail    string   // where the acknowledgement goes
	Next    []string // what happens now, in order
	Files   string   // address of the files step
}

func (p Sent) head() head {
	return head{template: "sent", title: Say("title.sent", "number", p.Number)}
}
