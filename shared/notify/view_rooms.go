package notify

import (
	"net/url"
	"strings"

	"mesa/shared/desk"
)

// The words of 8.8.

func (v view) Room() string      { return v.typed(keyRoom) }
func (v view) MeetingID() string { return v.typed(keyMeeting) }
func (v view) Was() string       { return v.typed(keyWas) }
func (v view) LastDay() string   { return v.typed(keyLastDay) }
func (v view) Booked() bool      { return v.own(keyBooked) == "yes" }

// Access is the address of the meeting: the one thing in these mails, besides the
// desk's own link, that is there to be followed. What is no plain web address is
// text like any other.
func (v view) Access() string {
	address := v.own(keyAccess)
	if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.ContainsAny(address, " \n\"'<>") {
		return v.typed(keyAccess)
	}
	return address
}

// Hours are day and hours of the meeting: «martes 15 de setiembre de 2026, de
// 09:00 a 11:00 (hora de Lima)».
func (v view) Hours() string {
	starts, ok := readStamp(v.mail.Data[keyStarts])
	ends, ok2 := readStamp(v.mail.Data[keyEnds])
	if !ok || !ok2 {
		return ""
	}
	return longDay(starts) + ", de " + starts.Format("15:04") + " a " + ends.Format("15:04") + " (hora de Lima)"
}

// PIN says where the access PIN is: never here (R147).
func (v view) PIN() string {
	switch {
	case v.own(keyHasPIN) == "":
		return ""
	case v.own(keySharePIN) == "yes":
		return "***** (véalo con «Mostrar» en la página de la reserva: queda anotado quién lo vio)"
	default:
		return "***** (reservado al personal de Informática o personal autorizado)"
	}
}

func (v view) meeting() string { return url.PathEscape(v.Number() + "-" + v.own(keyRow)) }

// BookingURL and RecordingURL are pages behind the sign-in: who may not read the
// case does not find them.
func (v view) BookingURL() string   { return v.env.BaseURL + "/room-bookings/" + v.meeting() }
func (v view) RecordingURL() string { return v.env.BaseURL + "/recordings/" + v.meeting() }

// hasCalendar tells which mails of 8.8 bring a file for the reader's calendar.
func hasCalendar(m desk.Mail) bool {
	switch m.Message {
	case desk.MailRoomBooked, desk.MailRoomMoved:
		return true
	case desk.MailRoomCancelled:
		return m.Data[keyBooked] == "yes"
	default:
		return false
	}
}
