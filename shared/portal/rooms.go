package portal

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/session"
	"mesa/shared/web"
	"mesa/shared/work"
)

// The pages of rooms: the calendar (8.8.3), one booking with its PIN (R147) and
// the copies of recordings (R131).

func (p *Portal) roomRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /room-calendar", p.page((*visit).roomCalendar))
	mux.HandleFunc("GET /room-bookings/{id}", p.page((*visit).roomBooking))
	mux.HandleFunc("POST /room-bookings/{id}/pin", p.page((*visit).showPIN))
	mux.HandleFunc("GET /recordings", p.page((*visit).recordings))
	mux.HandleFunc("GET /recordings/{id}", p.page((*visit).recording))
	mux.HandleFunc("GET /forms/annex-02", p.page((*visit).annex02))
	mux.HandleFunc("GET /forms/annex-02.xlsx", p.page((*visit).annex02Workbook))
}

// column is one column of the calendar: a room on a day.
type column struct {
	title string
	day   desk.RoomDay
}

// Hours that the calendar always shows; a booking outside adds its own.
const (
	firstShown = 8
	lastShown  = 18
)

// roomCalendar draws the day of all rooms, or with ?room= the week of one.
func (v *visit) roomCalendar() error {
	if !v.staff() {
		return desk.NewProblem(desk.Forbidden, "8.8.3", "El calendario de salas es del personal que las reserva.")
	}
	page := web.RoomCalendar{}
	wanted, when, err := v.wanted(&page)
	if err != nil {
		return err
	}
	day, err := flow.ParseDate(v.query("day"))
	if err != nil {
		day, _ = flow.ParseDate(when.In(desk.Lima).Format(desk.DateLayout)) //nolint:errcheck // a day just written
	}
	var columns []column
	room := desk.RoomID(v.query("room"))
	if room == "" {
		columns, err = v.dayColumns(&page, day)
	} else {
		columns, err = v.weekColumns(&page, room, day)
	}
	if err != nil {
		return err
	}
	page.Views = v.calendarViews(room, day)
	for _, c := range columns {
		page.Columns = append(page.Columns, c.title)
	}
	page.Rows = hours(columns, wanted)
	return v.show(page)
}

// dayColumns are all rooms in force, and the virtual meetings.
func (v *visit) dayColumns(page *web.RoomCalendar, day time.Time) ([]column, error) {
	page.Title = web.LongDay(day)
	page.Previous, page.Later = v.calendarLink("", day.AddDate(0, 0, -1)), v.calendarLink("", day.AddDate(0, 0, 1))
	date := day.Format(desk.DateLayout)
	var columns []column
	for _, r := range v.rooms() {
		days, err := v.Rooms.RoomDays(v.r.Context(), r.ID, date, date)
		if err != nil {
			return nil, err
		}
		columns = append(columns, column{roomTitle(r), work.FullDays(r.ID, date, date, days)[0]})
	}
	return columns, nil
}

// weekColumns are the days of one room, Monday to Sunday.
func (v *visit) weekColumns(page *web.RoomCalendar, room desk.RoomID, day time.Time) ([]column, error) {
	rooms := v.rooms()
	i := slices.IndexFunc(rooms, func(r flow.Room) bool { return r.ID == room })
	if i < 0 {
		return nil, desk.NewProblem(desk.NotFound, "", "No encontramos esa sala.")
	}
	monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	sunday := monday.AddDate(0, 0, 6)
	page.Title = rooms[i].Name + ", semana del " + web.Day(monday)
	page.Previous, page.Later = v.calendarLink(room, monday.AddDate(0, 0, -7)), v.calendarLink(room, monday.AddDate(0, 0, 7))
	days, err := v.Rooms.RoomDays(v.r.Context(), room, monday.Format(desk.DateLayout), sunday.Format(desk.DateLayout))
	if err != nil {
		return nil, err
	}
	var columns []column
	for _, d := range work.FullDays(room, monday.Format(desk.DateLayout), sunday.Format(desk.DateLayout), days) {
		columns = append(columns, column{web.ShownDate(d.Date), d})
	}
	return columns, nil
}

// rooms are those of the directory in force, and none at all.
func (v *visit) rooms() []flow.Room {
	return append(work.RoomsOf(v.directory, v.now), flow.Room{ID: desk.VirtualRoom, Name: flow.RoomName(desk.VirtualRoom, nil)})
}

func roomTitle(r flow.Room) string {
	if r.Multiuse {
		return r.Name + " (con autorización)"
	}
	return r.Name
}

func (v *visit) calendarLink(room desk.RoomID, day time.Time) web.Link {
	q := url.Values{"day": {day.Format(desk.DateLayout)}}
	for name, value := range map[string]string{"room": string(room), "case": v.query("case"), "row": v.query("row")} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return web.Link{Label: web.LongDay(day), Href: "/room-calendar?" + q.Encode()}
}

func (v *visit) calendarViews(room desk.RoomID, day time.Time) []web.Link {
	all := v.calendarLink("", day)
	views := []web.Link{{Label: "Todas, por día", Href: all.Href, Here: room == ""}}
	for _, r := range v.rooms() {
		views = append(views, web.Link{Label: r.Name + ", por semana", Href: v.calendarLink(r.ID, day).Href, Here: room == r.ID})
	}
	return views
}

// wanted is the date of the request that the calendar was opened for, with what
// can be done about it; its own bookings stand out, and its day is shown.
func (v *visit) wanted(page *web.RoomCalendar) (desk.TicketID, time.Time, error) {
	if v.query("case") == "" {
		return "", v.now, nil
	}
	view, err := v.lookAt(desk.Number(v.query("case")))
	if err != nil {
		return "", v.now, err
	}
	row, _ := strconv.Atoi(v.query("row"))
	if row < 1 || row > len(view.Facts.Meetings) {
		return view.Ticket.ID, v.now, nil
	}
	m := view.Facts.Meetings[row-1]
	page.Wanted = &web.Wanted{Text: "Pedido " + twoDigits(row) + ": " + spanWords(m.Span), Back: web.Link{Label: "Volver a " + string(view.Ticket.Number), Href: ticketPath(view.Ticket.Number)}}
	for _, o := range view.Offers {
		switch o.Act {
		case desk.ActBookRoom, desk.ActProposeSlot, desk.ActMoveRoom:
			if slices.ContainsFunc(o.Fields[0].Options, func(c flow.Option) bool { return c.Value == strconv.Itoa(row) }) {
				href := actPath(view.Ticket.Number, o.Act) + "?" + url.Values{"row": {strconv.Itoa(row)}}.Encode()
				page.Wanted.Acts = append(page.Wanted.Acts, web.Act{Label: o.Label, Href: href, Main: o.Act == desk.ActBookRoom})
			}
		}
	}
	return view.Ticket.ID, m.StartsAt, nil
}

// hours are the rows of the table.
func hours(columns []column, mine desk.TicketID) []web.CalendarRow {
	first, last := firstShown, lastShown
	for _, c := range columns {
		for _, b := range c.day.Bookings {
			first, last = min(first, b.From/60), max(last, (b.To+59)/60)
		}
	}
	var rows []web.CalendarRow
	for h := first; h < last; h++ {
		row := web.CalendarRow{Hour: desk.Hour(h * 60)}
		for _, c := range columns {
			cell := web.CalendarCell{Column: c.title}
			for _, b := range c.day.Bookings {
				if b.Overlaps(desk.Booking{From: h * 60, To: h*60 + 60}) {
					cell.Stays = append(cell.Stays, stay(b, mine))
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		rows = append(rows, row)
	}
	return rows
}

func stay(b desk.Booking, mine desk.TicketID) web.Stay {
	word := "Reservada"
	if b.Held {
		word = "Propuesta"
	}
	return web.Stay{Text: fmt.Sprintf("%s %s a %s, %s", word, desk.Hour(b.From), desk.Hour(b.To), b.Number), Href: bookingPath(b.Number, b.Row), Mine: b.Ticket == mine}
}

// meetingOf opens the case and the date that an address names.
func (v *visit) meetingOf(id string) (work.View, desk.Meeting, error) {
	cut := strings.LastIndex(id, "-")
	if cut < 0 {
		return work.View{}, desk.Meeting{}, notFound()
	}
	view, err := v.lookAt(desk.Number(id[:cut]))
	if err != nil {
		return work.View{}, desk.Meeting{}, err
	}
	row, err := strconv.Atoi(id[cut+1:])
	if err != nil || row < 1 || row > len(view.Facts.Meetings) {
		return work.View{}, desk.Meeting{}, notFound()
	}
	return view, view.Facts.Meetings[row-1], nil
}

// roomBooking is one date with its room and access data.
func (v *visit) roomBooking() error {
	view, m, err := v.meetingOf(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	return v.drawBooking(view, m, "")
}

// showPIN records who asks for the PIN and then shows it, once: the page that
// bears it is the answer to the form and is kept by nobody.
func (v *visit) showPIN() error {
	view, m, err := v.meetingOf(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	act := v.act(desk.ActShowPIN)
	act.Ticket = view.Ticket.ID
	pin, err := v.Rooms.PIN(v.r.Context(), act, m.Row)
	if err != nil {
		return hidden(err)
	}
	return v.drawBooking(view, m, pin)
}

func (v *visit) drawBooking(view work.View, m desk.Meeting, pin string) error {
	t := view.Ticket
	page := web.RoomBooking{Title: "Fecha " + twoDigits(m.Row) + ": " + spanWords(m.Span), Number: string(t.Number), Subject: subjectOf(t), Back: ticketPath(t.Number),
		State: meetingTag(m.State), Facts: v.bookingFacts(view, m), PIN: pin}
	if m.State == desk.MeetingBooked && accessText(view, m, "pin") != "" && pin == "" {
		page.Masked = true
		if may := flow.Offered(view.Offers, desk.ActShowPIN) && (view.Staff || m.SharePIN); may {
			page.Show = &web.Button{Label: "Mostrar", Action: bookingPath(t.Number, m.Row) + "/pin", Key: session.Random(), Context: "el PIN de acceso"}
		} else {
			page.Why = "Está reservado al personal de Informática o personal autorizado."
		}
	}
	for _, o := range view.Offers {
		if (o.Act == desk.ActBookRoom || o.Act == desk.ActMoveRoom || o.Act == desk.ActCancelDate || o.Act == desk.ActDeliverRecording) &&
			slices.ContainsFunc(o.Fields[0].Options, func(c flow.Option) bool { return c.Value == strconv.Itoa(m.Row) }) {
			page.Acts = append(page.Acts, web.Act{Label: o.Label, Href: actPath(t.Number, o.Act) + "?row=" + strconv.Itoa(m.Row)})
		}
	}
	if !m.DeliveredAt.IsZero() {
		page.Acts = append(page.Acts, web.Act{Label: "Ver la grabación", Href: recordingPath(t.Number, m.Row)})
	}
	return v.show(page)
}

func meetingTag(s desk.MeetingState) web.Tag {
	tone := map[desk.MeetingState]web.Tone{desk.MeetingAsked: web.Wait, desk.MeetingProposed: web.Wait, desk.MeetingAccepted: web.Wait,
		desk.MeetingBooked: web.Done, desk.MeetingCancelled: web.Stop}[s]
	return web.StateTag(tone, flow.MeetingStateLabel(s))
}

// accessText is one of the access data of a booking; the PIN only ever masked.
func accessText(view work.View, m desk.Meeting, name string) string {
	for _, rec := range view.Records {
		if rec.Seq == m.AccessSeq {
			return rec.Texts[name]
		}
	}
	return ""
}

func (v *visit) bookingFacts(view work.View, m desk.Meeting) []web.Datum {
	facts := []web.Datum{{Label: "Fecha y hora", Value: spanWords(m.Span), Note: web.LongDay(m.StartsAt)}}
	if m.Span != m.Asked {
		facts = append(facts, web.Datum{Label: "Se pidió", Value: spanWords(m.Asked)})
	}
	if m.Room != "" {
		facts = append(facts, web.Datum{Label: "Sala", Value: flow.RoomName(m.Room, view.Facts.Rooms)})
	}
	if m.State == desk.MeetingBooked {
		if link := accessText(view, m, "link"); link != "" {
			facts = append(facts, web.Datum{Label: "Enlace de la reunión", Value: link, Href: link})
		}
		for _, f := range [][2]string{{"Identificador de la reunión", "meeting_id"}, {"Indicaciones", "message"}} {
			if value := accessText(view, m, f[1]); value != "" {
				facts = append(facts, web.Datum{Label: f[0], Value: value})
			}
		}
		facts = append(facts, web.Datum{Label: "Grabación", Value: recordingWords(view.Ticket, m)})
	}
	return facts
}

// recordingWords say both conditions of a recording (R149).
func recordingWords(t desk.Ticket, m desk.Meeting) string {
	switch {
	case !t.Terms.Has(desk.TermRecording):
		return "No fue autorizada en la solicitud"
	case !m.Records:
		return "Autorizada; la plataforma no tiene la opción"
	default:
		return "Autorizada, y la plataforma tiene la opción"
	}
}

// annex02 is the blank form (R1, R127).
func (v *visit) annex02() error { return v.show(web.Annex02{Dates: 3, Participants: 5}) }
