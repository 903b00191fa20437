package portal

import (
	"strconv"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// How far back recordings owed are looked for, and how many of the reader's own
// requests.
const (
	daysOwed    = 60
	requestsOwn = 50
)

// recordings lists what support still owes, and what the reader was given.
func (v *visit) recordings() error {
	page := web.Recordings{Staff: v.staff()}
	if page.Staff {
		if err := v.owedRecordings(&page); err != nil {
			return err
		}
	}
	tickets, _, err := v.Lists.ByRequester(v.r.Context(), v.me(), "", requestsOwn)
	if err != nil {
		return err
	}
	for _, t := range tickets {
		if t.Flow != desk.Flow88 || !t.Terms.Has(desk.TermRecording) {
			continue
		}
		view, err := v.lookAt(t.Number)
		if err != nil {
			return err
		}
		for _, m := range view.Facts.Meetings {
			if !m.DeliveredAt.IsZero() {
				page.Mine = append(page.Mine, v.copyLine(view.Ticket, m))
			}
		}
	}
	return v.show(page)
}

func (v *visit) copyLine(t desk.Ticket, m desk.Meeting) web.RecordingLine {
	line := web.RecordingLine{Number: string(t.Number), Href: recordingPath(t.Number, m.Row), Subject: subjectOf(t), At: m.StartsAt,
		Note: "Disponible hasta el " + web.Day(m.Until.AddDate(0, 0, -1)), State: web.StateTag(web.Done, "Entregada")}
	if !m.Until.After(v.now) {
		line.Href, line.State = bookingPath(t.Number, m.Row), web.StateTag(web.Stop, "Venció")
	}
	return line
}

// owedRecordings are the meetings that are over, authorised and recordable, whose
// copy was not handed over; they stand in the rooms' days.
func (v *visit) owedRecordings(page *web.Recordings) error {
	from, to := v.now.In(desk.Lima).AddDate(0, 0, -daysOwed).Format(desk.DateLayout), v.now.In(desk.Lima).Format(desk.DateLayout)
	for _, room := range v.rooms() {
		days, err := v.Rooms.RoomDays(v.r.Context(), room.ID, from, to)
		if err != nil {
			return err
		}
		for _, day := range days {
			for _, b := range day.Bookings {
				if b.Record != desk.RecordingDue || day.End(b).After(v.now) {
					continue
				}
				stored, err := v.Lists.Load(v.r.Context(), b.Ticket)
				if err != nil {
					return err
				}
				if flow.MayRead(stored.Ticket, v.rights) {
					page.Owed = append(page.Owed, owedLine(stored.Ticket, day, b, room.Name))
				}
			}
		}
	}
	return nil
}

func owedLine(t desk.Ticket, day desk.RoomDay, b desk.Booking, room string) web.RecordingLine {
	return web.RecordingLine{Number: string(t.Number), Href: bookingPath(t.Number, b.Row), Subject: subjectOf(t), At: day.Start(b), Note: room,
		State: web.StateTag(web.Wait, "Por entregar"), Act: &web.Link{Label: "Entregar", Href: actPath(t.Number, desk.ActDeliverRecording) + "?row=" + strconv.Itoa(b.Row)}}
}

// recording leads to one copy: who may read the case, until its last day.
func (v *visit) recording() error {
	view, m, err := v.meetingOf(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	address, err := v.Rooms.Recording(v.r.Context(), view, m.Row, v.now)
	if err != nil {
		return err
	}
	return v.show(web.Recording{Number: string(view.Ticket.Number), Back: ticketPath(view.Ticket.Number), Address: address, Facts: []web.Datum{
		{Label: "Asunto", Value: subjectOf(view.Ticket)}, {Label: "Reunión", Value: spanWords(m.Span)}, {Label: "Entregada", Value: web.Stamp(m.DeliveredAt)},
		{Label: "Disponible hasta", Value: web.Day(m.Until.AddDate(0, 0, -1))}}})
}
