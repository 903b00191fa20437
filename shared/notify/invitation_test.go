package notify

import (
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"
)

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
