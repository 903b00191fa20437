package portal

import (
	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
	"mesa/shared/work"
)

// decidedRows is how many past decisions /approvals lists.
const decidedRows = 25

// decidedRow is one decision the reader made: at which stage, when and why; its
// link leads to the case as it went on.
func (v *visit) decidedRow(d work.Decided) web.ApprovalRow {
	t := d.Ticket
	outcome := web.TicketTag(desk.Closed, "Aprobada")
	if d.Record.Act == desk.ActReject {
		outcome = web.TicketTag(desk.Rejected, "Rechazada")
	}
	for _, e := range d.Record.Events {
		switch e := e.(type) {
		case desk.StageApproved:
			t.Stage = e.Stage
		case desk.StageRejected:
			t.Stage = e.Stage
		}
	}
	row := v.approvalRow(t)
	row.Since, row.Href, row.Outcome, row.Reason = d.Record.At, ticketPath(t.Number), outcome, d.Record.Texts["reason"]
	if d.Record.Actor.For != "" {
		row.Stage += ", por " + v.directory.Name(d.Record.Actor.For)
	}
	if from := flow.DecidedFrom(d.Record.Actor.Assurance); from != "" {
		row.Stage += ". Decidida " + from
	}
	return row
}
