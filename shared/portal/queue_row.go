package portal

import (
	"strconv"

	"mesa/shared/desk"
	"mesa/shared/session"
	"mesa/shared/web"
)

// queueRow is one case of the queue with the one act it waits for.
func (v *visit) queueRow(t desk.Ticket) web.QueueRow {
	row := web.QueueRow{Number: string(t.Number), Href: ticketPath(t.Number), Subject: subjectOf(t), Priority: web.PriorityTag(int(t.Priority), t.Suggested),
		State: stateTag(t), Level: "N" + strconv.Itoa(int(t.Level)), At: t.OpenedAt, Age: web.Ago(v.now, t.OpenedAt)}
	row.Person = "Remitente sin identificar"
	if t.Requester != "" {
		person, unit, _, _ := v.directory.Requesting(t.Requester, v.now)
		row.Person, row.Unit, row.Phone = v.directory.Name(t.Requester), unit.Name, person.Phone
	}
	if t.Assignee != "" {
		row.Holder = v.directory.Name(t.Assignee)
		return row
	}
	row.Act = v.firstAct(t)
	return row
}

// firstAct is what a case without a holder waits for. It is a shortcut: the act
// itself is checked when it is done.
func (v *visit) firstAct(t desk.Ticket) *web.Act {
	switch {
	case t.State == desk.ToClassify && t.Unverified:
		return &web.Act{Label: "Confirmar a quien escribe", Href: actPath(t.Number, desk.ActConfirmSender)}
	case t.State == desk.ToClassify:
		return &web.Act{Label: "Clasificar", Href: actPath(t.Number, desk.ActClassify)}
	case t.State != desk.Unassigned:
		return nil
	case t.Level == 1 && t.Flow == desk.Flow83:
		if v.rights.Assigner {
			return &web.Act{Label: "Derivar", Href: actPath(t.Number, desk.ActRoute)}
		}
	case t.Level == 1 && (t.Territorial && v.rights.Specialty[t.Team] || !t.Territorial && v.rights.Assigner) && t.Flow != desk.Flow81:
		return &web.Act{Label: "Asignar", Href: actPath(t.Number, desk.ActAssign)}
	}
	return &web.Act{Label: "Tomar", Button: &web.Button{Action: actPath(t.Number, desk.ActTake), Version: strconv.Itoa(t.Version), Key: session.Random(), Context: string(t.Number)}}
}
