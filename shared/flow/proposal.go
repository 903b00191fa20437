package flow

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"mesa/shared/desk"
)

// An Anexo 02 attached to a mail is read into a proposal (8.8.1, R126): values for
// the fields of the form, which stand among the texts of the mail's act and count
// for nothing until a person confirms or corrects them, when classifying or when
// completing the data.

// Proposal is what was read of an attached Anexo 02.
type Proposal struct {
	File   string      `json:"file"`             // name of the attachment
	Fields desk.Fields `json:"fields,omitempty"` // by the names of the form's fields
	Unread []string    `json:"unread,omitempty"` // what could not be read, a sentence each
}

// ProposalText is the text under which an act keeps a proposal, and the hidden
// input that brings it.
const ProposalText = "annex_read"

// maxProposal is far above the fullest form, in characters.
const maxProposal = 40_000

// ReadMark is said wherever a proposal is shown, so that nobody takes it for
// what somebody stated.
const ReadMark = "leído del Anexo 02 adjunto, por confirmar"

// Text is the proposal as it is kept; empty if it would not fit.
func (p Proposal) Text() (string, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("proposal: %w", err)
	}
	if len(body) > maxProposal {
		return "", nil
	}
	return string(body), nil
}

func proposalField() Field {
	return Field{Name: ProposalText, Label: "Anexo 02 leído", Kind: Hidden, Max: maxProposal, Optional: true, Clause: "8.8.1, R126"}
}

// ProposalFor is the newest proposal of a ticket that still wants its Anexo 02,
// nil if there is none: a contact nobody classified, or one of 8.8 that was left
// without. What cannot be read any more is none.
func ProposalFor(t desk.Ticket, records []desk.Record) *Proposal {
	if !(t.Contact && t.Flow == "") && !slices.Contains(t.Missing, Annex02) {
		return nil
	}
	for _, rec := range slices.Backward(records) {
		var p Proposal
		if text := rec.Texts[ProposalText]; text != "" && json.Unmarshal([]byte(text), &p) == nil {
			return &p
		}
	}
	return nil
}

// The answers to what becomes of a proposal when a contact is classified.
const (
	annexChoice = "annex"
	annexUse    = "use"
)

// classifyAnnexFields are those of Anexo 02 when a contact is classified; the
// telephone is asked for every flow.
func classifyAnnexFields() []Field {
	fields := []Field{{Name: annexChoice, Label: "Datos leídos del Anexo 02", Kind: Radio, Optional: true, Missing: annexUnchosen, Clause: "8.8.1, R126",
		Options: []Option{{annexUse, "Registrarlos: los revisé con el archivo"}, {"ask", "Pedirlos a quien solicita, con lo leído ya escrito"}, {"none", "No usarlos: no pide una videoconferencia"}}}}
	for _, f := range annexFields() {
		if f.Name != "phone" {
			fields = append(fields, optional(f))
		}
	}
	return fields
}

const annexUnchosen = "Elija si registra los datos del Anexo 02 o los pide a quien solicita."

// OfAnnex tells whether a field of a classification is about Anexo 02.
func OfAnnex(name string) bool {
	return slices.ContainsFunc(classifyAnnexFields(), func(f Field) bool { return f.Name == name })
}

// withoutAnnex leaves out everything about Anexo 02.
func withoutAnnex(values desk.Fields) desk.Fields {
	kept := maps.Clone(values)
	for _, f := range classifyAnnexFields() {
		for _, name := range f.Names() {
			delete(kept, name)
		}
	}
	return kept
}

// onlyUsedAnnex: a form that is asked for, or not wanted, is not looked at, half
// read as it may be.
func onlyUsedAnnex(values desk.Fields) desk.Fields {
	if choice := values[annexChoice]; choice == "" || choice == annexUse {
		return values
	}
	return withoutAnnex(values)
}

// annexConfirmed: Anexo 02 is confirmed whole, by who says so, or not at all.
func annexConfirmed(values desk.Fields, now time.Time) []desk.FieldProblem {
	switch {
	case values[annexChoice] == annexUse:
		return append(annexMissing(values), annexProblems(values, now)...)
	case len(annexGiven(values)) > 0:
		return []desk.FieldProblem{{Field: annexChoice, Text: annexUnchosen}}
	default:
		return nil
	}
}

// confirmAnnex keeps Anexo 02 with the classification of a contact as 8.8; of
// another flow nothing of it counts.
func (s *step) confirmAnnex(flow desk.FlowCode) {
	if flow != desk.Flow88 || s.a.Field(annexChoice) == "" {
		s.a.Fields = withoutAnnex(s.a.Fields)
		return
	}
	s.a.Fields = compacted(s.a.Fields)
	for _, f := range classifyAnnexFields() {
		if f.Name != annexChoice {
			s.text(f.Names()...)
		}
	}
}
