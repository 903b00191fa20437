package flow

import (
	"time"

	"mesa/shared/desk"
)

// vendorRows: Level 5 and the outside providers it calls in: 7.5, R47. The wait
// for a provider pauses the local target and is watched by the machine.
func vendorRows() []Row {
	return []Row{
		{Act: desk.ActVendorCase, Clause: "7.5, R47", Label: "Registrar caso con proveedor", Who: []Role{Assignee}, From: []Guard{working(), atLevel(5)},
			Fields: vendorFields(), To: "Esperando al proveedor; el plazo se detiene", do: vendorCase},
		{Act: desk.ActVendorAnswer, Clause: "7.5, R47", Label: "Registrar respuesta del proveedor", Who: []Role{Assignee, TeamMember},
			From:   []Guard{inState("esperando al proveedor", desk.WaitingVendor)},
			Fields: []Field{{Name: "result", Label: "Qué respondió o hizo el proveedor", Kind: Long, Max: maxText, Missing: "Escriba qué respondió o hizo el proveedor."}},
			To:     "En Nivel 5, con el tiempo que quedaba", do: vendorAnswer},
	}
}

func vendorFields() []Field {
	return []Field{
		{Name: "vendor", Label: "Proveedor", Kind: Line, Max: maxLine, Missing: "Escriba el nombre del proveedor."},
		{Name: "vendor_contact", Label: "Contacto del proveedor", Hint: "Persona, teléfono o correo.", Kind: Line, Max: maxLine, Missing: "Escriba con quién se habló del proveedor."},
		{Name: "vendor_case", Label: "Número de caso del proveedor", Kind: Line, Max: 60, Missing: "Escriba el número de caso del proveedor, o «sin número»."},
		{Name: "in_warranty", Label: "¿Está en garantía?", Kind: Radio, Options: yesNo(), Missing: "Elija si está en garantía."},
		{Name: "warranty", Label: "Datos de la garantía", Hint: "Documento y vigencia, si la hay.", Kind: Line, Max: 300, Optional: true},
		{Name: "reported_at", Label: "Cuándo se reportó", Kind: DateTime, Missing: "Escriba cuándo se reportó al proveedor."},
		{Name: "expected_at", Label: "Cuándo debe responder", Hint: "Si el proveedor dio una fecha.", Kind: DateTime, Optional: true},
	}
}

func vendorCase(s *step) {
	reported, _ := ParseTime(s.a.Field("reported_at")) // checked by the field's kind
	if reported.After(s.f.Now.Add(clockSlack)) {
		s.invalid("reported_at", "Escriba un momento que ya pasó.")
		return
	}
	if s.a.Field("in_warranty") == "yes" && s.a.Field("warranty") == "" {
		s.invalid("warranty", "Escriba el documento o la vigencia de la garantía.")
		return
	}
	opened := desk.VendorCaseOpened{ReportedAt: reported.UTC(), Warranty: s.a.Field("in_warranty") == "yes"}
	if v := s.a.Field("expected_at"); v != "" {
		expected, _ := ParseTime(v)
		if !expected.After(s.f.Now) {
			s.invalid("expected_at", "La fecha en que debe responder tiene que ser posterior a este momento.")
			return
		}
		opened.ExpectedAt = expected.UTC()
	}
	s.text("vendor", "vendor_contact", "vendor_case", "warranty")
	s.emit(opened)
}

func vendorAnswer(s *step) {
	s.text("result")
	s.emit(desk.VendorAnswered{})
}

// vendorWake is when the provider's answer is asked for: the date they gave,
// else as a question; then each working day.
func vendorWake(t desk.Ticket, f Facts) time.Time {
	if t.PauseAt.Round == 1 && t.ExpectedAt.After(t.PauseAt.At) {
		return t.ExpectedAt
	}
	return repeated(t.PauseAt, f, f.Policy.Questions)
}
