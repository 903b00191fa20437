package portal

import (
	"slices"
	"strconv"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/session"
	"mesa/shared/web"
	"mesa/shared/work"
)

// withoutApprover is /queue/without-approver: the cases that wait for a decision
// nobody may take, for the mesa de ayuda, which finds out whose it is (R27), and
// for who keeps the directory.
func (v *visit) withoutApprover() error {
	if !v.rights.Desk && !v.operator() {
		return notFound()
	}
	rows, err := v.stranded()
	if err != nil {
		return err
	}
	return v.show(web.Stranded{Rows: rows, Queue: v.rights.Desk})
}

// strandedTab is the view of the queue that leads there, with its count.
func (v *visit) strandedTab(page *web.Queue) error {
	if !v.rights.Desk {
		return nil
	}
	rows, err := v.stranded()
	if err == nil && len(rows) > 0 {
		page.Views = append(page.Views, web.Link{Label: web.Say("title.stranded"), Href: strandedPath, Count: strconv.Itoa(len(rows))})
	}
	return err
}

const strandedPath = "/queue/without-approver"

// stranded are the cases without an approver, oldest first.
func (v *visit) stranded() ([]web.StrandedCase, error) {
	undecided, err := v.Lists.Undecided(v.r.Context())
	if err != nil {
		return nil, err
	}
	var rows []web.StrandedCase
	for _, t := range undecided {
		may, skipped := work.Candidates(v.directory, t.Stage, flow.Party{Person: t.Requester, Unit: t.Unit}, v.directory.PolicyOf(t.Service, t.OpenedAt), v.now)
		if flow.Stranded(t, may) {
			rows = append(rows, v.strandedCase(t, may, skipped))
		}
	}
	return rows, nil
}

// strandedCase says who would have decided, why each does not, and what helps.
func (v *visit) strandedCase(t desk.Ticket, may flow.Candidates, skipped []directory.Skipped) web.StrandedCase {
	unit, _, _ := v.directory.Place(t.Unit, t.Sede, v.now)
	row := web.StrandedCase{Number: string(t.Number), Href: ticketPath(t.Number), Subject: subjectOf(t), Unit: unit, Stage: stageLine(t), Since: t.StageAt.At}
	for _, s := range skipped {
		row.Skipped = append(row.Skipped, v.skippedWords(s))
	}
	for _, a := range t.Asked {
		row.Skipped = append(row.Skipped, v.directory.Name(a.Person)+": se le pidió decidir y ya no tiene el puesto ni lo suple")
	}
	for _, p := range t.Declined {
		row.Skipped = append(row.Skipped, v.directory.Name(p)+": indicó que no le corresponde decidir")
	}
	for _, a := range slices.Concat(may.InTurn()...) {
		if !slices.Contains(t.Declined, a.Person) {
			row.Found = v.directory.Name(a.Person)
			break
		}
	}
	if v.rights.Desk || v.rights.Assigner {
		row.Again = &web.Button{Label: "Volver a buscar", Context: row.Number, Action: actPath(t.Number, desk.ActLookAgain),
			Version: strconv.Itoa(t.Version), Key: session.Random()}
	}
	return row
}

// skippedWords is a place of the chain and why it yields nobody.
func (v *visit) skippedWords(s directory.Skipped) string {
	post := "El puesto"
	if unit, ok := v.directory.Unit(s.Unit, v.now); ok && unit.Title != "" {
		post = unit.Title
	}
	switch s.Reason {
	case directory.PostVacant:
		return post + ": nadie tiene el puesto"
	case directory.OwnRequest:
		return v.directory.Name(s.Person) + ", " + post + ": es quien solicita"
	case directory.NotWorking:
		return v.directory.Name(s.Person) + ", " + post + ": su cuenta está desactivada"
	default:
		return "El directorio no tiene la unidad que decide esta etapa"
	}
}
