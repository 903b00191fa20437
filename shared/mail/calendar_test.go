package mail

import "testing"

func TestTextOfAnInvitation(t *testing.T) {
	tests := map[string]struct{ source, want string }{
		"all of it": {"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Reunión con la UT\\, Piura\r\nDTSTART;TZID=America/Lima:20260914T093000\r\nDTEND:20260914T153000Z\r\nLOCATION;LANGUAGE=es:Sala 2\r\n" +
			"DESCRIPTION:Traer el \r\n acta.\\nGracias.\r\nBEGIN:VALARM\r\nDESCRIPTION:Aviso\r\nEND:VALARM\r\nEND:VEVENT\r\n",
			"Reunión: Reunión con la UT, Piura\nInicio: 14/09/2026 09:30 (America/Lima)\nFin: 14/09/2026 15:30 (UTC)\nLugar: Sala 2\n\nTraer el acta.\nGracias."},
		"a whole day":         {"BEGIN:VEVENT\nSUMMARY:Feriado\nDTSTART;VALUE=DATE:20261208\nEND:VEVENT", "Reunión: Feriado\nInicio: 08/12/2026"},
		"the zone's own date": {"BEGIN:VTIMEZONE\nDTSTART:16010101T000000\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART:20260914T093000\nEND:VEVENT", "Inicio: 14/09/2026 09:30"},
		"a date that is none": {"BEGIN:VEVENT\nDTSTART:mañana\nEND:VEVENT", "Inicio: mañana"},
		"no event":            {"BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:x\nEND:VTODO", ""},
		"nothing":             {"", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := textOfInvitation(tt.source); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestAnInvitationWithoutTextIsRead(t *testing.T) {
	const invitation = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Reunión\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	alone := Parse([]byte("From: a@b\r\nContent-Type: text/calendar; charset=utf-8; method=REQUEST\r\n\r\n" + invitation))
	if alone.FullText != "Reunión: Reunión" || len(alone.Attachments) != 1 || alone.Attachments[0].Name != "invitacion.ics" {
		t.Errorf("text %q, attachments %+v", alone.FullText, alone.Attachments)
	}
	with := Parse([]byte("From: a@b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nVea la invitación.\r\n--b\r\nContent-Type: text/calendar\r\n\r\n" + invitation + "--b--"))
	if with.FullText != "Vea la invitación." {
		t.Errorf("text %q", with.FullText)
	}
}
