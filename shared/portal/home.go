package portal

import (
	"strconv"

	"mesa/shared/desk"
	"mesa/shared/web"
)

// homeCases is how many own cases the start page shows.
const homeCases = 10

// home is the start page: decisions first, then the reader's own views, then
// where their own cases are.
func (v *visit) home() error {
	page := web.Home{Requests: true, Closed: &web.Link{Label: "Todas mis solicitudes", Href: "/tickets"}}
	pending, err := v.Lists.PendingApprovals(v.r.Context(), v.me())
	if err != nil {
		return err
	}
	for _, t := range pending {
		page.Decisions = append(page.Decisions, v.approvalRow(t))
	}
	own, _, err := v.Lists.ByRequester(v.r.Context(), v.me(), "", 4*homeCases)
	if err != nil {
		return err
	}
	for _, t := range own {
		if (!t.State.Ended() || t.Verifying()) && len(page.Cases) < homeCases {
			page.Cases = append(page.Cases, v.caseLine(t))
		}
	}
	if err := v.massNotices(own); err != nil {
		return err
	}
	if page.News, err = v.versionNews(); err != nil {
		return err
	}
	if v.staff() {
		if page.Views, err = v.viewCounts(); err != nil {
			return err
		}
		if page.Views, err = v.withHeld(page.Views); err != nil {
			return err
		}
	}
	for _, kind := range v.offered() {
		page.Types = append(page.Types, web.Link{Label: kind.Name, Href: "/ticket-forms#" + anchor(kind.Name), Count: strconv.Itoa(len(kind.Services))})
	}
	return v.show(page)
}

// pageSize is how many rows a list shows at once.
const pageSize = 25

// myCases is /tickets: every case of the reader, newest first.
func (v *visit) myCases() error {
	list, next, err := v.Lists.ByRequester(v.r.Context(), v.me(), v.query("cursor"), pageSize)
	if err != nil {
		return err
	}
	page := web.MyCases{}
	if next != "" {
		page.Next = "/tickets?" + query("cursor", next)
	}
	for _, t := range list {
		page.Cases = append(page.Cases, v.caseLine(t))
	}
	return v.show(page)
}

// caseLine says in one sentence where a case is.
func (v *visit) caseLine(t desk.Ticket) web.CaseLine {
	return web.CaseLine{Number: string(t.Number), Href: ticketPath(t.Number), Subject: subjectOf(t), Service: v.serviceName(t),
		State: stateTag(t), Sentence: v.whereIs(t), At: t.OpenedAt}
}

// whereIs is who has a case now, for who asked.
func (v *visit) whereIs(t desk.Ticket) string {
	switch t.State {
	case desk.ToClassify:
		return v.receiver(t) + " lo recibió el " + web.Day(t.OpenedAt) + " y lo está evaluando."
	case desk.PendingApproval:
		return "Espera la decisión de " + decider(t.Stage) + " desde el " + web.Day(t.StageAt.At) + "."
	case desk.WaitingUser:
		return "Espera su respuesta desde el " + web.Day(t.PauseAt.At) + "."
	case desk.Joined:
		return "Se atiende con un incidente mayor que ya está en curso."
	case desk.WaitingVendor:
		return "Espera al proveedor desde el " + web.Day(t.PauseAt.At) + "."
	case desk.TransferPending:
		return "Su equipo será trasladado a la oficina de la UTI."
	case desk.InCustody:
		return "Su equipo está en la oficina de la UTI."
	case desk.Closed:
		if t.Verifying() {
			return "Se solucionó el " + web.Day(t.ClosedAt) + ": verifique si quedó bien."
		}
		return "Se atendió y cerró el " + web.Day(t.ClosedAt) + "."
	case desk.Rejected:
		return "La jefatura lo rechazó; puede presentar otra solicitud."
	case desk.Withdrawn:
		return "Usted lo retiró."
	case desk.Redirected:
		return "Se le indicó registrar un ticket PAU con el enlace que recibió por correo."
	default:
		return v.attends(t)
	}
}

// receiver is the team a contact reached.
func (v *visit) receiver(t desk.Ticket) string {
	if team, ok := v.directory.Team(t.Team, v.now); ok {
		return team.Name
	}
	return "La mesa de ayuda"
}

// attends names who attends a case: the person, else the team.
func (v *visit) attends(t desk.Ticket) string {
	if t.Assignee != "" {
		return "Lo atiende " + v.directory.Name(t.Assignee) + "."
	}
	if team, ok := v.directory.Team(t.Team, v.now); ok && t.Flow == desk.Flow82 {
		return "Lo recibió " + team.Name + "; falta que lo tome."
	} else if ok {
		return "Lo recibió " + team.Name + "; falta asignarlo."
	}
	return "Está en la mesa de ayuda."
}

// decider is whose decision a stage is.
func decider(s desk.Stage) string {
	return map[desk.Stage]string{desk.StageUT: "la jefatura de la UT", desk.StageUO: "la jefatura de la unidad orgánica", desk.StageUTI: "la Jefatura de la UTI"}[s]
}

// serviceName is what people call a ticket's service.
func (v *visit) serviceName(t desk.Ticket) string {
	if s, ok := v.catalogues.At(t.OpenedAt).Service(t.Service); ok {
		return s.Name
	}
	return "Por clasificar"
}

// subjectOf is a ticket's subject, or words where it has none.
func subjectOf(t desk.Ticket) string {
	if t.Subject == "" {
		return "(sin asunto)"
	}
	return t.Subject
}
