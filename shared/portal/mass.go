package portal

import (
	"cmp"
	"slices"
	"strconv"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// massNotices tells everybody of the mass incidents that are open, with «yo
// también» beside each: one press instead of a form nobody fills in (R150).
func (v *visit) massNotices(own []desk.Ticket) error {
	open, err := v.Lists.MassIncidents(v.r.Context())
	if err != nil {
		return err
	}
	for _, t := range open {
		notice := web.Notice{Tone: web.Attention, Text: "Incidente mayor en curso: " + v.serviceName(t) + ", desde el " + web.Stamp(t.OpenedAt) + ". Ya se está atendiendo."}
		if !goesWith(own, t) {
			notice.Text += " ¿También le afecta?"
			notice.Undo = &web.Button{Label: "Yo también", Action: mePath(t), Context: v.serviceName(t)}
		}
		v.notices = append(v.notices, notice)
	}
	return nil
}

// goesWith tells whether one of these cases is, or has joined, the incident.
func goesWith(own []desk.Ticket, incident desk.Ticket) bool {
	for _, t := range own {
		if t.ID == incident.ID || t.Parent == incident.ID {
			return true
		}
	}
	return false
}

func mePath(t desk.Ticket) string { return "/incidents/" + string(t.Number) + "/me-too" }

// meToo opens the reader's own case, joined to the incident. A second press
// finds the first one.
func (v *visit) meToo() error {
	incident, err := v.openIncident(desk.Number(v.r.PathValue("number")))
	if err != nil {
		return err
	}
	service, _ := v.catalogues.At(incident.OpenedAt).Service(incident.Service)
	act := v.act(desk.ActOpen)
	act.Channel, act.Key = desk.ChannelForm, "me-too:"+string(incident.ID)
	person, _ := v.directory.Person(v.me(), v.now)
	act.Fields = alsoFields(incident, service, v.serviceName(incident), person.Phone)
	result, err := v.Road.Perform(v.r.Context(), act)
	if err != nil {
		return err
	}
	return v.leave(ticketPath(result.After.Ticket.Number) + "?sent=1")
}

// openIncident is the mass incident of that number, if it is one that is open.
func (v *visit) openIncident(number desk.Number) (desk.Ticket, error) {
	open, err := v.Lists.MassIncidents(v.r.Context())
	if err != nil {
		return desk.Ticket{}, err
	}
	for _, t := range open {
		if t.Number == number {
			return t, nil
		}
	}
	return desk.Ticket{}, desk.NewProblem(desk.Refused, "R150", "Ese incidente ya no está abierto. Si le sigue pasando, registre una solicitud.")
}

// alsoFields are the inputs of a case that joins an incident: what is happening
// is known. It follows the incident's flow; of one that the UTI detected, the flow
// by which anybody reports a fault of the service.
func alsoFields(incident desk.Ticket, service directory.Service, name, phone string) desk.Fields {
	code := incident.Flow
	if own := ways(service); len(own) > 0 && incident.Flow == desk.Flow83 {
		code = own[max(0, slices.IndexFunc(own, func(w directory.Way) bool { return w.Kind == desk.Incident }))].Flow
	}
	fields := desk.Fields{"service": string(incident.Service), "flow": string(code), "parent": string(incident.Number),
		"subject": "Yo también: " + name, "description": "Me afecta el incidente masivo " + string(incident.Number) + "."}
	for _, f := range flow.OpenFields(code) {
		switch f.Name {
		case "impact":
			fields["impact"] = "stopped"
		case "phone":
			fields["phone"] = phone
		}
	}
	return fields
}

// massOptions are the incidents that a case may join, for the form of «unir».
func (v *visit) massOptions() []flow.Option {
	open, err := v.Lists.MassIncidents(v.r.Context())
	if err != nil { // the form says what is missing; joining reads the incident itself
		return nil
	}
	var options []flow.Option
	for _, t := range open {
		options = append(options, flow.Option{Value: string(t.Number), Label: string(t.Number) + " " + cmp.Or(v.serviceName(t), subjectOf(t))})
	}
	return options
}

// familyData are the incident a case goes with, and how many went with one.
func (v *visit) familyData(t desk.Ticket) []web.Datum {
	var list []web.Datum
	if t.Parent != "" {
		if parent, err := v.Lists.Load(v.r.Context(), t.Parent); err == nil {
			d := web.Datum{Label: "Se atiende con", Value: "Incidente " + string(parent.Ticket.Number)}
			if flow.MayRead(parent.Ticket, v.rights) {
				d.Href = ticketPath(parent.Ticket.Number)
			}
			list = append(list, d)
		}
	}
	if t.Mass {
		if children, err := v.Lists.Children(v.r.Context(), t.ID); err == nil {
			list = append(list, web.Datum{Label: "Incidente masivo", Value: strconv.Itoa(len(children)) + " casos unidos"})
		}
	}
	return list
}
