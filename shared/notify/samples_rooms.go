package notify

import "mesa/shared/desk"

// meetingCase is an 8.8 request of headquarters in somebody's hands.
func meetingCase() desk.Ticket {
	t := atLevel(2, "mesa", "support")
	t.Flow, t.Service, t.Unit, t.Sede, t.Territorial, t.Subject = desk.Flow88, "meetings", "ADM", "SC", false, "Coordinación del reparto, con las UT"
	t.Priority, t.Meetings, t.Terms = 3, "bc", desk.TermRecording
	return t
}

// meetingAddress is the one address in the mails of 8.8 that is not the portal's.
const meetingAddress = "https://reuniones.example.pe/j/123?clave=x"

func meetingNotice(m desk.Message, more ...string) desk.Notice {
	return desk.Notice{Message: m, Audience: toRequester(), Data: pairs(append([]string{"row", "1", "sequence", "4", "room", "Sala de reuniones 1",
		"starts_at", "2026-09-17T09:00", "ends_at", "2026-09-17T11:00"}, more...)...)}
}

func roomSamples() []sample {
	waiting := meetingCase()
	waiting.State, waiting.PauseAt, waiting.Meetings = desk.WaitingUser, desk.Mark{Seq: 6, At: actedAt(), Round: 1}, "pc"
	proposed := meetingNotice(desk.MailRoomProposed, "message", "La multiuso está en mantenimiento.")
	proposed.Wait, proposed.Round = "paused#6", 1
	access := []string{"link", meetingAddress, "meeting_id", "123 456 789", "has_pin", "yes", "message", "Conéctese 10 minutos antes."}
	return []sample{
		{"room-booked", meetingNotice(desk.MailRoomBooked, access...), about(meetingCase(), "support")},
		{"room-booked-shared", meetingNotice(desk.MailRoomBooked, append(access, "share_pin", "yes")...), about(meetingCase(), "support")},
		{"room-moved", meetingNotice(desk.MailRoomMoved, "was", "16/09/2026 de 09:00 a 11:00"), about(meetingCase(), "support")},
		{"room-cancelled", meetingNotice(desk.MailRoomCancelled, "booked", "yes", "reason", "Se suspende la actividad."), about(meetingCase(), "support")},
		{"room-not-held", meetingNotice(desk.MailRoomCancelled, "reason", "No hay sala ese día."), about(meetingCase(), "support")},
		{"room-proposed", proposed, about(waiting, "support")},
		{"date-dropped", desk.Notice{Message: desk.MailDateDropped, Audience: toPerson("support", ""), Data: pairs("when", "17/09/2026 de 09:00 a 11:00", "reason", "Ya no es necesaria.")}, about(meetingCase(), "user")},
		{"recording", meetingNotice(desk.MailRecording, "last_day", "30/10/2026"), about(meetingCase(), "support")},
	}
}
