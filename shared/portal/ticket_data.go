package portal

import (
	"strconv"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
	"mesa/shared/work"
)

// textOf is a free text of the act that opened the case.
func textOf(view work.View, name string) string {
	if len(view.Records) == 0 {
		return ""
	}
	return view.Records[0].Texts[name]
}

// data are the facts of a case: who asks, from where, about what.
func (v *visit) data(view work.View) []web.Datum {
	t := view.Ticket
	list := append(v.requesterData(view), v.meetingData(view)...)
	for _, f := range detailFields() {
		if value := detail(view, f.Name); value != "" {
			list = append(list, web.Datum{Label: f.Label, Value: inWords(f, value), Note: readNote(view, f.Name)})
		}
	}
	list = append(list, v.accessData(view)...)
	list = append(list, mailedData(view)...)
	list = append(list, web.Datum{Label: "Registrado", Value: web.Stamp(t.OpenedAt), Note: channelName(t.Channel)})
	if t.Kind != "" {
		list = append(list, web.Datum{Label: "Tipo", Value: map[desk.Kind]string{desk.Incident: "Incidente", desk.Requirement: "Requerimiento"}[t.Kind]})
	}
	if t.Verifying() {
		list = append(list, web.Datum{Label: "Por verificar hasta", Value: web.Stamp(flow.VerifyUntil(t, view.Facts)), Note: "Si nadie dice lo contrario, se da por verificado"})
	}
	if view.Staff {
		list = append(append(list, v.copiedData(view)...), v.staffData(view)...)
	}
	return append(list, v.relatives(view)...)
}

func (v *visit) requesterData(view work.View) []web.Datum {
	t := view.Ticket
	if t.Requester == "" {
		return []web.Datum{{Label: "Solicita", Value: textOf(view, "from_name"), Note: textOf(view, "from_address")}}
	}
	person, _, _, _ := v.directory.Requesting(t.Requester, v.now)
	unit, sede, _ := v.directory.Place(t.Unit, t.Sede, v.now)
	phone := detail(view, "phone")
	if phone == "" {
		phone = person.Phone
	}
	list := []web.Datum{{Label: "Solicita", Value: v.directory.Name(t.Requester), Note: person.Mail()}, {Label: "Unidad", Value: unit}, {Label: "Sede", Value: sede}}
	if person.Area != "" {
		list = append(list, web.Datum{Label: "Área", Value: person.Area})
	}
	if phone != "" {
		list = append(list, web.Datum{Label: "Teléfono", Value: phone, Href: web.Tel(phone), Note: readNote(view, "phone")})
	}
	return list
}

// detailFields are what 8.6 asks of the equipment, wherever it was given.
func detailFields() []flow.Field {
	var fields []flow.Field
	for _, f := range flow.OpenFields(desk.Flow86) {
		switch f.Name {
		case "equipment", "asset", "no_asset", "goods", "office":
			fields = append(fields, f)
		}
	}
	return fields
}

// detail is the newest text of that name among the acts that may give it.
func detail(view work.View, name string) string {
	rec := giver(view, name)
	return rec.Texts[name]
}

// giver is the newest act that gave a text of that name.
func giver(view work.View, name string) (newest desk.Record) {
	for _, rec := range view.Records {
		switch rec.Act {
		case desk.ActOpen, desk.ActContact, desk.ActClassify, desk.ActProvideData:
			if rec.Texts[name] != "" {
				newest = rec
			}
		}
	}
	return newest
}

// readNote warns that nobody typed a value into its field: the desk read it from a
// mail, which stands in the history.
func readNote(view work.View, name string) string {
	if rec := giver(view, name); rec.Act == desk.ActProvideData && rec.Channel == desk.ChannelMail {
		return "Leído del correo"
	}
	return ""
}

// staffData is what only those who work on it need.
func (v *visit) staffData(view work.View) []web.Datum {
	t := view.Ticket
	list := []web.Datum{}
	if t.Assignee != "" {
		list = append(list, web.Datum{Label: "Lo atiende", Value: v.directory.Name(t.Assignee)})
	}
	if c, ok := flow.Count(t, view.Facts); ok {
		list = append(list, v.targetDatum(t, c))
	}
	if t.Pases > 0 {
		list = append(list, web.Datum{Label: "Pases", Value: strconv.Itoa(t.Pases), Note: failures(t.Failures)})
	}
	list = append(list, outageData(view)...)
	row := "Sin fila"
	if t.Row > 0 {
		row = "Fila " + strconv.Itoa(t.Row) + " de " + monthName(t.RowMonth)
	}
	return append(list, web.Datum{Label: "Anexo 01", Value: row})
}

// failures are the execution errors so far (R78).
func failures(n int) string {
	switch n {
	case 0:
		return "sin errores de ejecución"
	case 1:
		return "1 con error de ejecución"
	default:
		return strconv.Itoa(n) + " con error de ejecución"
	}
}

// relatives are the contact a case grew out of or the ended one it presents
// anew, and the case that grew out of it.
func (v *visit) relatives(view work.View) []web.Datum {
	list := v.familyData(view.Ticket)
	for _, r := range []struct {
		label string
		id    desk.TicketID
	}{{"Nació del contacto", view.Ticket.From}, {"Siguió en el ticket", view.Ticket.Linked}} {
		if r.id == "" {
			continue
		}
		other, err := v.Lists.Load(v.r.Context(), r.id)
		if err != nil || !flow.MayRead(other.Ticket, v.rights) {
			continue
		}
		if r.id == view.Ticket.From && !other.Ticket.Contact {
			r.label = "Presenta otra vez"
		}
		list = append(list, web.Datum{Label: r.label, Value: string(other.Ticket.Number), Href: ticketPath(other.Ticket.Number)})
	}
	return list
}

// channelName is how a case reached the desk (R29).
func channelName(c desk.Channel) string {
	return map[desk.Channel]string{desk.ChannelForm: "Por formulario", desk.ChannelPortal: "Por el portal", desk.ChannelAPI: "Por otro sistema",
		desk.ChannelMail: "Por correo", desk.ChannelPhone: "Por teléfono", desk.ChannelLink: "Por enlace del correo"}[c]
}

// monthName names a period of the register: «setiembre de 2026».
func monthName(period string) string {
	at, err := time.ParseInLocation("200601", period, desk.Lima)
	if err != nil {
		return period
	}
	return web.MonthYear(at)
}

// sent is the panel on top of a ticket just opened.
func (v *visit) sent(view work.View) *web.Sent {
	t := view.Ticket
	next := []string{}
	for _, s := range append([]desk.Stage{t.Stage}, t.More...) {
		if s != "" {
			next = append(next, "Decide "+decider(s)+".")
		}
	}
	if len(next) == 0 {
		next = append(next, v.attends(t))
	}
	next = append(next, "Le escribiremos en cada paso. Para agregar algo, responda a esos correos o escriba aquí.")
	return &web.Sent{Number: string(t.Number), Href: ticketPath(t.Number), Subject: subjectOf(t), Mail: v.person.Mail(), Next: next, Files: filesPath(t)}
}
