package portal

import (
	"net/url"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/notify"
	"mesa/shared/web"
	"mesa/shared/work"
)

// stuckMails is how many mails in trouble the page lists.
const stuckMails = 100

// operations is /admin/operations: what stands still, why, and a way on. The head
// of the UTI reads it; the administration acts.
func (v *visit) operations() error {
	if !v.operator() {
		return notFound()
	}
	stuck, err := v.Lists.StuckMachines(v.r.Context())
	if err != nil {
		return err
	}
	page := web.Operations{}
	for _, m := range stuck {
		row, err := v.stuckMachine(m)
		if err != nil {
			return err
		}
		page.Machines = append(page.Machines, row)
	}
	if page.Mails, err = v.stuckMailRows(); err != nil {
		return err
	}
	if page.Lost, err = v.lostMails(); err != nil {
		return err
	}
	if page.Stranded, err = v.stranded(); err != nil {
		return err
	}
	return v.show(page)
}

func (v *visit) stuckMailRows() ([]web.StuckMail, error) {
	if v.Letters == nil {
		return nil, nil
	}
	failed, err := v.Letters.FailedMails(v.r.Context(), stuckMails)
	var rows []web.StuckMail
	for _, e := range failed {
		row, rowErr := v.stuckMail(e)
		if rowErr != nil {
			return nil, rowErr
		}
		rows = append(rows, row)
	}
	return rows, err
}

func (v *visit) stuckMachine(m work.TicketMachine) (web.StuckMachine, error) {
	s, err := v.Lists.Load(v.r.Context(), m.Ticket)
	if err != nil {
		return web.StuckMachine{}, err
	}
	row := web.StuckMachine{Number: string(s.Ticket.Number), Href: ticketPath(s.Ticket.Number), Name: machineName(m.Machine.Machine),
		Wait: flow.StateLabel(s.Ticket), Cause: m.Machine.Cause, Heals: m.Machine.Heals, Since: m.Machine.HealedAt}
	if row.Since.IsZero() {
		row.Since = s.Ticket.OpenedAt
	}
	if v.rights.Admin {
		row.Retry = &web.Button{Label: "Reintentar", Context: row.Number,
			Action: "/admin/operations/machines/" + url.PathEscape(string(m.Ticket)) + "/" + url.PathEscape(string(m.Machine.Machine))}
	}
	return row, nil
}

// stuckMail names the message and the role or person, never the address.
func (v *visit) stuckMail(e desk.Effect) (web.StuckMail, error) {
	row := web.StuckMail{Title: notify.Name(e.Mail.Message), To: "un buzón de equipo", State: web.EffectTag(e.Op, e.State), Cause: e.LastError, At: e.DoneAt}
	switch s, err := v.Lists.Load(v.r.Context(), e.Ticket); {
	case err == nil:
		row.Number, row.Href = string(s.Ticket.Number), ticketPath(s.Ticket.Number)
	case desk.CodeOf(err) != desk.NotFound: // a digest, or the answer to a stranger, is about no case
		return web.StuckMail{}, err
	}
	if e.Mail.Person != "" {
		row.To = v.directory.Name(e.Mail.Person)
	} else if row.Href == "" {
		row.To = "una dirección fuera del directorio"
	}
	if _, closed := e.ClosedSince(); closed {
		row.Cause = "La dirección rechaza correos: vea «" + web.Say("title.suppressed") + "»."
	}
	if row.At.IsZero() {
		row.At = e.CreatedAt
	}
	return row, nil
}

// retryMachine gives a stuck machine another try.
func (v *visit) retryMachine() error {
	switch {
	case !v.operator():
		return notFound()
	case !v.rights.Admin:
		return desk.NewProblem(desk.Forbidden, "", "Reintentar corresponde a la administración de PAU.")
	}
	if err := v.Machines.Retry(v.r.Context(), desk.TicketID(v.r.PathValue("ticket")), desk.Machine(v.r.PathValue("machine"))); err != nil {
		return hidden(err)
	}
	return v.leave("/admin/operations")
}

// lostMails are the stored mails that the last night found without a record and
// that still have none. Nobody has read them, so only their ids are shown.
func (v *visit) lostMails() ([]web.LostMail, error) {
	if v.Letters == nil {
		return nil, nil
	}
	lost, err := v.Letters.LostMails(v.r.Context())
	var rows []web.LostMail
	for _, m := range lost {
		rows = append(rows, web.LostMail{ID: m.ID, At: m.At})
	}
	return rows, err
}
