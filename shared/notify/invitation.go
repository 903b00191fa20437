package notify

import (
	"strconv"
	"strings"

	ics "github.com/arran4/golang-ical"

	"mesa/shared/desk"
)

// The calendar file of 8.8.4. Its METHOD is REQUEST, and CANCEL when the date
// is dropped, and not PUBLISH: mail programs enter a REQUEST into the calendar
// by themselves, replace the entry when one with the same UID and a higher
// SEQUENCE comes, and remove it on CANCEL; a PUBLISH they leave to the reader,
// once and for ever (RFC 5546, 3.2). Nobody is asked to answer: the one
// ATTENDEE is the reader, as accepted already and with RSVP=FALSE, so no reply
// comes back to the desk.
//
// UID is the case and the row, the same for the entry's whole life. SEQUENCE is
// the number of the act that last changed it, which only rises. The PIN is not
// in the file.

// files are those a mail carries.
func files(m desk.Mail, env Env) []File {
	if !hasCalendar(m) {
		return nil
	}
	method := ics.MethodRequest
	if m.Message == desk.MailRoomCancelled {
		method = ics.MethodCancel
	}
	content := invitation(m, env, method)
	if content == "" {
		return nil
	}
	return []File{{Name: "reunion.ics", Type: "text/calendar; charset=utf-8; method=" + string(method), Content: []byte(content)}}
}

func invitation(m desk.Mail, env Env, method ics.Method) string {
	starts, ok := readStamp(m.Data[keyStarts])
	ends, ok2 := readStamp(m.Data[keyEnds])
	made, ok3 := readStamp(m.Data[keyAt])
	if !ok || !ok2 || !ok3 {
		return ""
	}
	v := view{mail: m, env: env, limit: maxText}
	from := bare(env.From)
	_, domain, _ := strings.Cut(from, "@")
	sequence, _ := strconv.Atoi(m.Data[keySequence]) //nolint:errcheck // written by flow as a number
	cal := ics.NewCalendar()
	cal.SetMethod(method)
	cal.SetProductId("-//" + env.Institution.Norm() + "//PAU//ES")
	event := cal.AddEvent(m.Data[keyNumber] + "-" + m.Data[keyRow] + "@" + domain)
	event.SetDtStampTime(made)
	event.SetSequence(sequence)
	event.SetStartAt(starts)
	event.SetEndAt(ends)
	event.SetSummary(v.Subject())
	event.SetLocation(v.Room())
	event.SetOrganizer("mailto:"+from, ics.WithCN(env.Institution.Desk))
	event.AddAttendee("mailto:"+m.To, ics.ParticipationStatusAccepted, ics.WithRSVP(false))
	event.SetStatus(ics.ObjectStatusConfirmed)
	if method == ics.MethodCancel {
		event.SetStatus(ics.ObjectStatusCancelled)
	} else {
		event.SetDescription(invitationText(v))
	}
	return cal.Serialize(ics.WithNewLineWindows)
}

// invitationText is what the entry says when it is opened.
func invitationText(v view) string {
	var lines []string
	for _, line := range [][2]string{{"Enlace: ", v.Access()}, {"Identificador: ", v.MeetingID()}, {"PIN de acceso: ", v.PIN()}, {"", v.Message()}, {"Reserva: ", v.BookingURL()}} {
		if line[1] != "" {
			lines = append(lines, line[0]+line[1])
		}
	}
	return strings.Join(lines, "\n")
}
