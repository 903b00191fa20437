package notify

import (
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"

	"mesa/shared/desk"
)

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
	waiting.State, waiting.PauseAt, waiting.Meetings = desk.WaitingUser, desk.Mark{Seq: 6, At: now, Round: 1}, "pc"
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

func invitationOf(t *testing.T, name string) (File, *ics.Calendar) {
	t.Helper()
	r := mustRender(t, mustSeal(t, mustSample(t, name)), env())
	if len(r.Files) != 1 {
		t.Fatalf("%s carries %d files", name, len(r.Files))
	}
	cal, err := ics.ParseCalendar(strings.NewReader(string(r.Files[0].Content)))
	if err != nil || len(cal.Events()) != 1 {
		t.Fatalf("%s: %v\n%s", name, err, r.Files[0].Content)
	}
	return r.Files[0], cal
}

func value(e *ics.VEvent, p ics.ComponentProperty) string {
	if v := e.GetProperty(p); v != nil {
		return v.Value
	}
	return ""
}

// The files themselves, as they go out.
func TestCalendarFilesReadAsApproved(t *testing.T) {
	for _, name := range []string{"room-booked", "room-moved", "room-cancelled"} {
		file, _ := invitationOf(t, name)
		golden(t, name+".ics", strings.ReplaceAll(string(file.Content), "\r\n", "\n"))
		for line := range strings.SplitSeq(strings.TrimSuffix(string(file.Content), "\r\n"), "\r\n") {
			if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
				t.Errorf("%s: line of %d octets: %q", name, len(line), line)
			}
		}
	}
}

// One entry, from its first day to its end: same UID, rising SEQUENCE.
func TestCalendarEntryKeepsItsIdentity(t *testing.T) {
	tests := []struct {
		name, method, status string
	}{{"room-booked", "REQUEST", "CONFIRMED"}, {"room-moved", "REQUEST", "CONFIRMED"}, {"room-cancelled", "CANCEL", "CANCELLED"}}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file, cal := invitationOf(t, test.name)
			e := cal.Events()[0]
			if want := "text/calendar; charset=utf-8; method=" + test.method; file.Type != want || !strings.Contains(string(file.Content), "METHOD:"+test.method) {
				t.Errorf("type %q, want %q", file.Type, want)
			}
			for property, want := range map[ics.ComponentProperty]string{ics.ComponentPropertyUniqueId: "2026-004512-1@example.gob.pe", ics.ComponentPropertySequence: "4",
				ics.ComponentPropertyDtStart: "20260917T140000Z", ics.ComponentPropertyDtEnd: "20260917T160000Z", ics.ComponentPropertyStatus: test.status,
				ics.ComponentPropertyOrganizer: "mailto:soporte.usuario@example.gob.pe", ics.ComponentPropertyAttendee: "mailto:user@qw.gob.pe", ics.ComponentPropertyLocation: "Sala de reuniones 1"} {
				if got := value(e, property); got != want {
					t.Errorf("%s is %q, want %q", property, got, want)
				}
			}
		})
	}
}

// R147: the PIN is in no mail, only the word that there is one.
func TestPINStaysOutOfTheMail(t *testing.T) {
	for name, want := range map[string]string{"room-booked": "reservado al personal de Informática o personal autorizado", "room-booked-shared": "véalo con «Mostrar»"} {
		r := mustRender(t, mustSeal(t, mustSample(t, name)), env())
		if !strings.Contains(r.Text, "*****") || !strings.Contains(r.Text, want) || !strings.Contains(r.Text, meetingAddress) {
			t.Errorf("%s:\n%s", name, r.Text)
		}
	}
}

func TestOnlyBookingsBringAFile(t *testing.T) {
	for _, name := range []string{"room-not-held", "room-proposed", "date-dropped", "recording", "closed"} {
		if r := mustRender(t, mustSeal(t, mustSample(t, name)), env()); len(r.Files) != 0 {
			t.Errorf("%s carries %d files", name, len(r.Files))
		}
	}
}

// What people type cannot make a line of its own in the file (F35).
func TestCalendarFileEscapesWhatPeopleType(t *testing.T) {
	s := mustSample(t, "room-booked")
	s.about.Ticket.Subject = "Reunión; con, comas\\ y\r\nATTENDEE:mailto:otra@example.com"
	s.notice.Data["message"] = "Uno\nEND:VEVENT\nBEGIN:VEVENT"
	r := mustRender(t, mustSeal(t, s), env())
	cal, err := ics.ParseCalendar(strings.NewReader(string(r.Files[0].Content)))
	if err != nil || len(cal.Events()) != 1 || len(cal.Events()[0].Attendees()) != 1 {
		t.Errorf("%v\n%s", err, r.Files[0].Content)
	}
}
