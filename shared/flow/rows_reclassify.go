package flow

import (
	"mesa/shared/desk"
)

// reclassifyRows: a case filed under the wrong service or flow: 7.6, R150.
func reclassifyRows() []Row {
	return []Row{{Act: desk.ActReclassify, Clause: "7.6, R36, R150", Label: "Cambiar servicio o procedimiento", Who: []Role{DeskAssigner, DeskMember},
		From:   []Guard{live(), gearSettled(), noRoomsHeld()},
		Fields: []Field{serviceField(), flowField(), reasonField("Motivo", "Escriba por qué cambia: se enviará a la/el usuaria/o.")},
		To:     "El mismo lugar con otro servicio; con otro procedimiento, su comienzo", do: reclassify}}
}

// reclassify: within its flow only service and typology change. In another flow
// the case begins where that flow begins: with its approvals, if it has any.
func reclassify(s *step) {
	choice, ok := s.chosenFlow(s.t.Flow)
	if !ok {
		return
	}
	moved := choice.Flow != s.t.Flow
	if !moved && s.f.Service.ID == s.t.Service {
		s.invalid("service", "El caso ya tiene ese servicio y ese procedimiento: elija otro.")
		return
	}
	s.text("reason")
	s.emit(desk.TicketReclassified{Flow: choice.Flow, Rules: Version, Service: s.f.Service.ID, Kind: choice.Kind, Moved: moved})
	s.mail(desk.MailReclassified, s.toRequester(), "service_name", s.f.Service.Name, "reason", s.a.Field("reason"))
	if !moved {
		return
	}
	s.askMissing()
	if stages := Stages(choice.Flow, s.t.Territorial); len(stages) > 0 {
		s.openStages(stages)
		return
	}
	s.enter(1, desk.BecauseReclassified, "")
	s.mail(desk.MailReclassified, toTeam(s.t.Team), "service_name", s.f.Service.Name, "reason", s.a.Field("reason"))
}

// chosenFlow is the flow an act names for its service; else the one it has, if
// the service follows it; else the only one.
func (s *step) chosenFlow(present desk.FlowCode) (FlowChoice, bool) {
	flow := desk.FlowCode(s.a.Field("flow"))
	if _, follows := s.f.Service.choice(present); flow == "" && follows {
		flow = present
	}
	if only, ok := s.f.Service.Only(); flow == "" && ok {
		flow = only
	}
	choice, ok := s.f.Service.choice(flow)
	ok = ok && (!choice.Staff || flow == present) // what the UTI detects begins with who detects it (8.3.1)
	switch {
	case s.f.Service.ID == "":
		s.invalid("service", "Elija un servicio del catálogo.")
	case !ok && flow == "":
		s.invalid("flow", "Elija el procedimiento que sigue: este servicio admite más de uno.")
	case !ok:
		s.invalid("flow", "Elija un procedimiento que este servicio admita.")
	}
	return choice, ok
}
