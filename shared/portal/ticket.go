package portal

import (
	"errors"
	"slices"
	"strconv"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/session"
	"mesa/shared/web"
	"mesa/shared/work"
)

// look opens the ticket that the address names, as this person may see it.
func (v *visit) look() (work.View, error) {
	return v.lookAt(desk.Number(v.r.PathValue("number")))
}

func (v *visit) lookAt(number desk.Number) (work.View, error) {
	id, err := v.Lists.ByNumber(v.r.Context(), number)
	if err != nil {
		return work.View{}, hidden(err)
	}
	view, err := v.Reader.Look(v.r.Context(), id, v.act(""))
	return view, hidden(err)
}

// hidden makes every kind of absence the same to who asks (F39).
func hidden(err error) error {
	if desk.CodeOf(err) == desk.NotFound {
		return notFound()
	}
	return err
}

// ticket is the page of one case.
func (v *visit) ticket() error {
	view, err := v.look()
	if err != nil {
		return err
	}
	v.announce(view)
	t := view.Ticket
	if lacking := papersLacking(t); lacking != "" {
		v.notice(web.Wait, lacking)
	}
	page := web.Ticket{Number: string(t.Number), Subject: subjectOf(t), Service: serviceIf(t, v.serviceName(t)), Flow: string(t.Flow), Back: v.back(view),
		State: stateTag(t), Flags: append(flags(t), v.warnUndelivered(view)...), Next: v.next(view), Talk: v.talk(view), Data: v.data(view), History: v.history(view),
		Tabs: v.tabs(view), Text: detail(view, "description"), Files: v.files(view)}
	if flow.Offered(view.Offers, desk.ActAttach) {
		page.AddFiles = filesPath(t)
	}
	if v.query("sent") != "" && t.Requester == v.me() {
		page.Sent = v.sent(view)
	}
	if view.Staff {
		page.Priority = web.PriorityTag(int(t.Priority), t.Suggested)
		if c, ok := flow.Count(t, view.Facts); ok && !c.Stopped && c.Left < 0 {
			page.Flags = append(page.Flags, lateTag(c))
		}
		page.Closing = closing(view)
	} else if page.Next == nil {
		page.Holder = v.whereIs(t)
	}
	if t.Flow != "" && len(view.Facts.Teams) > 0 {
		page.Levels, page.Approval = v.levels(view), approved(t)
	}
	return v.show(page)
}

// serviceIf leaves out the words for a case that has no service yet: its state
// says so already.
func serviceIf(t desk.Ticket, name string) string {
	if t.Service == "" {
		return ""
	}
	return name
}

// announce says what an act just did; the address carries which, so that the
// words come once, after the redirect.
func (v *visit) announce(view work.View) {
	kind := desk.ActKind(v.query("done"))
	switch {
	case v.query("left") != "":
		v.notice(web.Wait, "El contacto quedó registrado, pero falta cerrarlo: siga desde aquí.")
	case v.query("decided") == web.Approve:
		v.notice(web.Done, "Decisión registrada: aprobada. Le enviamos una constancia por correo.")
	case v.query("decided") == web.Reject:
		v.notice(web.Done, "Decisión registrada: rechazada. El motivo se comunicó a quien lo solicitó.")
	case v.query("decided") != "":
		v.notice(web.Done, "Registramos que no le corresponde decidir. Usted no aprobó ni rechazó nada.")
	case kind != "":
		for _, rec := range slices.Backward(view.Records) {
			if rec.Act == kind && rec.Actor.Person == v.me() {
				v.notice(web.Done, "Registrado. "+v.title(rec)+".")
				return
			}
		}
	}
}

// back leads to the list in which the reader would look for the case.
func (v *visit) back(view work.View) *web.Link {
	switch {
	case view.Ticket.Requester == v.me():
		return &web.Link{Label: "Mis solicitudes", Href: "/tickets"}
	case v.staff():
		return &web.Link{Label: "Bandeja", Href: "/queue"}
	default:
		return &web.Link{Label: "Aprobaciones", Href: "/approvals"}
	}
}

func flags(t desk.Ticket) []web.Tag {
	var tags []web.Tag
	if t.Unverified {
		tags = append(tags, web.StateTag(web.Flag, "Sin verificar"))
	}
	if t.Reopened > 0 {
		tags = append(tags, web.StateTag(web.Attention, "Reabierto"))
	}
	if len(t.Missing) > 0 && !t.State.Ended() {
		tags = append(tags, web.StateTag(web.Flag, "Faltan datos"))
	}
	tags = append(tags, regularTag(t)...)
	if t.State == desk.PendingApproval && len(t.Asked) == 0 {
		tags = append(tags, web.StateTag(web.Attention, "Sin aprobador"))
	}
	return tags
}

// next is «Siguiente paso» with what this person may do now: the step's own acts
// first. The page has a main one only if the step is this person's to take.
func (v *visit) next(view work.View) *web.Next {
	next := &web.Next{Clause: numeral(view.Next.Clause), Text: view.Next.Text}
	if !view.Staff && !flow.Offered(view.Offers, desk.ActApprove) {
		next.Clause, next.Text = "", v.whereIs(view.Ticket) // the step is told to who takes it
	}
	offers := slices.DeleteFunc(slices.Clone(view.Offers), func(o flow.Offer) bool {
		return isTalk(o.Act) || o.Act == desk.ActResend || o.Act == desk.ActAttach || o.Act == desk.ActShowPIN
	})
	slices.SortStableFunc(offers, func(a, b flow.Offer) int { return rank(view.Next, a.Act) - rank(view.Next, b.Act) })
	main := slices.IndexFunc(offers, func(o flow.Offer) bool { return len(view.Next.Acts) > 0 && o.Act == view.Next.Acts[0] })
	decides := false
	for i, o := range offers {
		if isDecision(o.Act) {
			if !decides {
				next.Acts = append(next.Acts, web.Act{Label: "Decidir", Href: ticketPath(view.Ticket.Number) + "/decisions", Main: main == i})
			}
			decides = true
			continue
		}
		next.Acts = append(next.Acts, actOf(view.Ticket, o, main == i))
	}
	if again := v.anew(view.Ticket); again != nil {
		next.Acts = append(next.Acts, *again)
	}
	if len(next.Acts) == 0 && !view.Staff {
		return nil // «Quién lo tiene ahora» says it
	}
	return next
}

// rank is an act's place in the step, after all of them if it is none of its.
func rank(s flow.Step, act desk.ActKind) int {
	if i := slices.Index(s.Acts, act); i >= 0 {
		return i
	}
	return len(s.Acts)
}

// actOf is a link to the act's page, or one press for an act that asks nothing.
func actOf(t desk.Ticket, o flow.Offer, main bool) web.Act {
	act := web.Act{Label: o.Label, Href: actPath(t.Number, o.Act), Main: main}
	if len(o.Fields) == 0 {
		act.Button = &web.Button{Action: act.Href, Version: strconv.Itoa(t.Version), Key: session.Random()}
	}
	return act
}

func isTalk(k desk.ActKind) bool {
	return k == desk.ActReply || k == desk.ActNote || k == desk.ActComment
}

func isDecision(k desk.ActKind) bool {
	return k == desk.ActApprove || k == desk.ActReject || k == desk.ActNotMine
}

// talk are the ways to write: to who asked and the internal note for staff, a
// comment for who asked. Never one box with a switch.
func (v *visit) talk(view work.View) []web.Act {
	var acts []web.Act
	for _, o := range view.Offers {
		if o.Act == desk.ActAttach {
			acts = append(acts, web.Act{Label: o.Label, Href: filesPath(view.Ticket)})
		}
		if isTalk(o.Act) && (o.Act != desk.ActComment || !view.Staff || view.Ticket.Requester == v.me()) {
			acts = append(acts, actOf(view.Ticket, o, false))
		}
	}
	return acts
}

// closing is «Para cerrar falta», each line leading to where it is met.
func closing(view work.View) *web.Closing {
	t := view.Ticket
	if t.State.Ended() || t.State == desk.PendingApproval {
		return nil
	}
	c := &web.Closing{}
	for _, d := range view.Closing {
		check := web.Check{Standing: web.Missing, Text: d.Text}
		switch {
		case d.Not:
			check.Standing = web.NotApplicable
		case d.Done:
			check.Standing = web.Met
		case flow.Offered(view.Offers, d.Act):
			row, _ := flow.RowFor(t, d.Act)
			check.Act = &web.Link{Label: row.Label, Href: actPath(t.Number, d.Act)}
		}
		c.Checks = append(c.Checks, check)
	}
	if row, ok := flow.RowFor(t, desk.ActClose); ok && len(row.Who) > 0 {
		c.Who = "Cierra: " + flow.RoleName(row.Who[0]) + " (" + numeral(row.Clause) + ")"
	}
	return c
}

// levels is the line of levels, with the teams that attend this case there.
func (v *visit) levels(view work.View) []web.Level {
	var line []web.Level
	t := view.Ticket
	for l := desk.Level(1); l <= 5; l++ {
		id, there := view.Facts.Teams[l]
		if t.Flow == desk.Flow81 && l == 1 && !t.Contact || !there {
			continue
		}
		team, _ := v.directory.Team(id, v.now)
		level := web.Level{Name: "Nivel " + strconv.Itoa(int(l)) + " " + team.Name, Place: web.Ahead}
		if _, held := t.Last[l]; held {
			level.Place = web.Passed
		}
		if t.Level == l && !t.State.Ended() {
			level.Place = web.Here
		}
		line = append(line, level)
	}
	return line
}

// approved names the stages that said yes.
func approved(t desk.Ticket) string {
	stages := flow.Stages(t.Flow, t.Territorial)
	if len(stages) == 0 || t.State == desk.PendingApproval || t.State == desk.Rejected || t.State == desk.Withdrawn || t.Contact {
		return ""
	}
	if t.Regular != desk.RegularNone {
		return "Autorizado por correo (8.3.2)"
	}
	text := "Aprobado: "
	for i, s := range stages {
		if i > 0 {
			text += ", "
		}
		text += flow.StageLabel(s)
	}
	return text
}

// asProblem finds what a person can mend inside an error.
func asProblem(err error) (*desk.Problem, bool) {
	p, ok := errors.AsType[*desk.Problem](err)
	return p, ok
}
