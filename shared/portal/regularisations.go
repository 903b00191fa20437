package portal

import (
	"slices"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/web"
	"mesa/shared/work"
)

// What was authorised by mail while PAU was down, to be regularised: 8.3.2, R90.

// regularises: the specialists of the UTI enter it, the Jefatura confirms it.
func (v *visit) regularises() bool { return v.rights.Detector || v.rights.UTIHead }

// regularisations is /regularisations: what waits for the Jefatura, and where to
// enter what was authorised.
func (v *visit) regularisations() error {
	if !v.regularises() {
		return desk.NewProblem(desk.Forbidden, "8.3.2", "Las regularizaciones corresponden a la UTI.")
	}
	pending, err := v.Lists.Unregularised(v.r.Context())
	if err != nil {
		return err
	}
	page := web.Regularisations{Head: v.rights.UTIHead}
	for _, t := range pending {
		unit, _, _ := v.directory.Place(t.Unit, t.Sede, v.now)
		page.Pending = append(page.Pending, web.ApprovalRow{Number: string(t.Number), Subject: subjectOf(t), Service: v.serviceName(t), Person: v.directory.Name(t.Requester),
			Unit: unit, Stage: flow.StateLabel(t), Since: t.OpenedAt, Href: ticketPath(t.Number)})
	}
	if v.rights.Detector {
		page.Forms = v.mailedForms()
	}
	return v.show(page)
}

// mailedForms lead to the form of 8.3 for each system.
func (v *visit) mailedForms() []web.Link {
	var links []web.Link
	for _, s := range v.catalogue.Services {
		if slices.ContainsFunc(v.ways(s), func(w directory.Way) bool { return w.Flow == desk.Flow83 }) {
			links = append(links, web.Link{Label: s.Name, Href: with(formOf(s.ID), query(mailedField, "yes"))})
		}
	}
	return links
}

// mailedField says that a form is about what was authorised by mail.
const mailedField = "by_mail"

// mailedQuestions are those fields, all to be answered, with who may have authorised.
func (v *visit) mailedQuestions() []flow.Field {
	var fields []flow.Field
	for _, f := range flow.MailedFields() {
		if f.Name == mailedField {
			continue
		}
		f.Optional = false
		if f.Name == "authorised_by" {
			f.Options = v.authorisers()
		}
		fields = append(fields, f)
	}
	return fields
}

// authorisers are those who ever held the post of the Jefatura of the UTI or stood
// in for it; whether they did on that day is the rules' to say.
func (v *visit) authorisers() []flow.Option {
	var options []flow.Option
	add := func(p desk.PersonID) {
		if o := (flow.Option{Value: string(p), Label: v.directory.Name(p)}); p != "" && p != v.me() && !slices.Contains(options, o) {
			options = append(options, o)
		}
	}
	records := v.directory.Records()
	for _, u := range records.Units {
		if u.Kind != directory.UTI {
			continue
		}
		var holders []desk.PersonID
		for _, h := range records.Heads {
			if h.Unit == u.ID {
				holders = append(holders, h.Person)
				add(h.Person)
			}
		}
		for _, s := range records.Substitutes {
			if s.Unit == u.ID || slices.Contains(holders, s.Principal) {
				add(s.Person)
			}
		}
	}
	return options
}

// mailedData are both mails, as the specialist copied them.
func mailedData(view work.View) []web.Datum {
	var list []web.Datum
	for _, f := range flow.MailedFields() {
		if text := textOf(view, f.Name); text != "" {
			list = append(list, web.Datum{Label: f.Label, Value: text})
		}
	}
	return list
}

// regularTag is the flag of a case authorised by mail.
func regularTag(t desk.Ticket) []web.Tag {
	switch t.Regular {
	case desk.RegularPending:
		return []web.Tag{web.StateTag(web.Attention, "Por regularizar")}
	case desk.RegularDone:
		return []web.Tag{web.StateTag(web.Flag, "Regularizado")}
	default:
		return nil
	}
}

// regularWords are the facts of a regularisation.
func regularWords(e desk.Event, name func(desk.PersonID) string) string {
	switch e := e.(type) {
	case desk.AuthorisedByMail:
		return "Autorizado por correo por " + askedNames([]desk.Asked{{Person: e.By, For: e.For}}, name) + " el " + web.Stamp(e.At) + ", con cargo a regularizar"
	case desk.AuthorisationRegularised:
		return "Autorización regularizada en PAU"
	case desk.AuthorisationDenied:
		return "La Jefatura de la UTI indicó que no autorizó esta atención"
	default:
		return ""
	}
}
