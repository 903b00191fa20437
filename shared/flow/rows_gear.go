package flow

import (
	"time"

	"mesa/shared/desk"
)

// gearRows: diagnosis, the 60 minutes, custody and return: 8.6.3–8.6.5.
func gearRows() []Row {
	f86, hands := []desk.FlowCode{desk.Flow86}, []Role{Assignee}
	return []Row{
		{Act: desk.ActDiagnose, Flows: f86, Clause: "8.6.3, R114", Label: "Iniciar diagnóstico", Who: hands,
			From: []Guard{working(), gear("sin diagnóstico iniciado", "El diagnóstico ya se inició.", "R114", desk.GearNone)},
			To:   "En progreso; corren los 60 minutos", do: diagnose},
		{Act: desk.ActPauseDiagnosis, Flows: f86, Clause: "8.6.4, R114", Label: "Detener los 60 minutos", Who: hands,
			From:   []Guard{live(), gear("con los 60 minutos en marcha", "Los 60 minutos no están corriendo.", "R114", desk.GearDiagnosis)},
			Fields: []Field{reasonField("Por qué se detienen", "Escriba por qué se detienen los 60 minutos: queda en la historia del caso.")},
			To:     "Los 60 minutos se detienen; queda guardado cuánto falta", do: pauseDiagnosis},
		{Act: desk.ActResumeDiagnosis, Flows: f86, Clause: "8.6.4, R114", Label: "Reanudar los 60 minutos", Who: hands,
			From: []Guard{live(), gear("con los 60 minutos detenidos", "Los 60 minutos no están detenidos.", "R114", desk.GearPaused)},
			To:   "Corre el tiempo que faltaba", do: resumeDiagnosis},
		{Act: desk.ActDeclareLong, Flows: f86, Clause: "8.6.4, R113", Label: "Tomará más de 60 minutos", Who: hands,
			From: []Guard{working(), gear("antes del traslado", "El traslado ya se comunicó: el correo se envía una sola vez.", "R113", desk.GearNone, desk.GearDiagnosis, desk.GearPaused, desk.GearStayed)},
			To:   "Traslado pendiente; la/el usuaria/o recibe el correo", do: declareLong},
		{Act: desk.ActTakeCustody, Flows: f86, Clause: "8.6.4, R115", Label: "Registrar traslado del equipo", Who: hands,
			From: []Guard{live(), gear("con traslado pendiente", "No hay un traslado pendiente.", "R115", desk.GearToMove)},
			Fields: []Field{
				{Name: "taken_by", Label: "Quién lo retira", Kind: Line, Max: maxLine, Missing: "Escriba quién retira el equipo."},
				{Name: "taken_at", Label: "Cuándo", Kind: DateTime, Missing: "Escriba cuándo se retiró el equipo."},
				{Name: "taken_from", Label: "De dónde", Kind: Line, Max: maxLine, Missing: "Escriba de qué oficina se retiró."},
				{Name: "accessories", Label: "Accesorios y estado", Kind: Long, Max: maxText, Missing: "Escriba los accesorios y el estado, o «ninguno»."}},
			To: "Equipo en la oficina de la UTI", do: takeCustody},
		{Act: desk.ActNotMoved, Flows: f86, Clause: "8.6.4, R115", Label: "El equipo no se trasladó", Who: hands,
			From:   []Guard{live(), gear("con traslado pendiente", "No hay un traslado pendiente.", "R115", desk.GearToMove)},
			Fields: []Field{reasonField("Por qué no se trasladó", "Escriba por qué no se trasladó el equipo: se enviará a la/el usuaria/o.")},
			To:     "En progreso, en el sitio; correo que corrige", do: notMoved},
		{Act: desk.ActReturn, Flows: f86, Clause: "8.6.5, R116", Label: "Registrar devolución del equipo", Who: hands,
			From: []Guard{live(), gear("con el equipo en la UTI", "El equipo no está en custodia de la UTI.", "R116", desk.GearCustody)},
			Fields: []Field{
				{Name: "received_by", Label: "Quién lo recibe", Kind: Line, Max: maxLine, Missing: "Escriba quién recibe el equipo."},
				{Name: "returned_at", Label: "Cuándo", Kind: DateTime, Missing: "Escriba cuándo se devolvió el equipo."},
				{Name: "condition", Label: "Estado y accesorios devueltos", Kind: Long, Max: maxText, Missing: "Escriba el estado y los accesorios devueltos."}},
			To: "En progreso; falta comunicar y cerrar", do: returnGear},
	}
}

func diagnose(s *step) { s.emit(desk.DiagnosisStarted{}) }

// pauseDiagnosis keeps what is left of the 60 minutes. Once they are over there
// is nothing to stop: the timer is at its work.
func pauseDiagnosis(s *step) {
	left := DiagnosisLeft(s.t, s.f)
	if left <= 0 {
		s.refuse("8.6.4, R113", "Los 60 minutos ya se cumplieron: corresponde el traslado del equipo.")
		return
	}
	s.text("reason")
	s.emit(desk.DiagnosisPaused{Left: int(left / time.Second)})
}

func resumeDiagnosis(s *step) { s.emit(desk.DiagnosisResumed{}) }

func declareLong(s *step) {
	s.emit(desk.TransferAnnounced{}, desk.RequesterTold{Medium: desk.ByMail})
	s.mail(desk.MailTransfer, s.toRequester())
}

func takeCustody(s *step) {
	at, err := ParseTime(s.a.Field("taken_at"))
	if err != nil || at.After(s.f.Now.Add(clockSlack)) {
		s.invalid("taken_at", "Escriba un momento que ya pasó.")
		return
	}
	s.text("taken_by", "taken_from", "accessories")
	s.emit(desk.CustodyTaken{TakenAt: at.UTC()})
}

func notMoved(s *step) {
	s.text("reason")
	s.emit(desk.TransferCancelled{}, desk.RequesterTold{Medium: desk.ByMail})
	s.mail(desk.MailTransferOff, s.toRequester(), "reason", s.a.Field("reason"))
}

func returnGear(s *step) {
	at, err := ParseTime(s.a.Field("returned_at"))
	if err != nil || at.After(s.f.Now.Add(clockSlack)) {
		s.invalid("returned_at", "Escriba un momento que ya pasó.")
		return
	}
	s.text("received_by", "condition")
	s.emit(desk.EquipmentReturned{ReturnedAt: at.UTC()})
	s.mail(desk.MailReturned, s.toRequester(), "received_by", s.a.Field("received_by"), "condition", s.a.Field("condition"))
}
