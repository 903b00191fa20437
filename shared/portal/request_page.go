package portal

import (
	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// drawRequest draws the form of a service.
func (v *visit) drawRequest(q request, problem *desk.Problem) error {
	action := formOf(q.service.ID) + "/review"
	form := web.Form{Action: action, Key: q.key, Submit: "Revisar antes de enviar", Fields: q.draw(problem)}
	if q.from != "" {
		form.Hidden = append(form.Hidden, web.Hidden{Name: "from", Value: q.from})
	}
	if q.mailed {
		form.Hidden = append(form.Hidden, web.Hidden{Name: mailedField, Value: "yes"})
	}
	clause := ""
	if q.way.Flow != "" {
		row, _ := flow.RowFor(desk.Ticket{Flow: q.way.Flow}, desk.ActOpen)
		clause = numeral(row.Clause)
		form.Hidden = append(form.Hidden, hiddenFlow(q)...)
	}
	return v.show(web.NewRequest{Service: q.service.Name, Type: q.service.Type, Clause: clause, Back: "/ticket-forms",
		Identity: v.identity(), Note: v.whoDecides(q), Form: form})
}

// hiddenFlow carries the way when there is none to choose.
func hiddenFlow(q request) []web.Hidden {
	if len(q.ways) > 1 {
		return nil
	}
	return []web.Hidden{{Name: "flow", Value: string(q.way.Flow)}}
}

// draw puts the choice of a way first, with the questions that only it asks
// below it; every other question follows.
func (q request) draw(problem *desk.Problem) []web.Field {
	if len(q.ways) == 1 {
		return draw(q.fields, q.typed, problem, q.form)
	}
	all := q
	all.way.Flow = ""
	questions, own := all.questions(), map[string]bool{}
	choice := web.Field{Name: "flow", Label: "¿Qué necesita?", Kind: web.Radio, Value: string(q.way.Flow), Error: errorsOf(problem)["flow"]}
	for _, w := range q.ways {
		option := web.Option{Value: string(w.Flow), Label: w.Label}
		for _, f := range flow.OpenFields(w.Flow) {
			if f.Kind != flow.Hidden && q.askedByOne(f.Name) {
				own[f.Name] = true
				option.Fields = append(option.Fields, drawField(f, q.typed[f.Name], errorsOf(problem)[f.Name]))
			}
		}
		choice.Options = append(choice.Options, option)
	}
	fields := []web.Field{choice}
	for _, f := range questions {
		if !own[f.Name] {
			fields = append(fields, drawField(f, q.typed[f.Name], errorsOf(problem)[f.Name]))
		}
	}
	return fields
}

// identity is what the desk knows and does not ask.
func (v *visit) identity() []web.Datum {
	unit, sede, _ := v.directory.Place(v.person.Unit, "", v.now)
	if u, ok := v.directory.Unit(v.person.Unit, v.now); ok {
		if s, ok := v.directory.Sede(u.Sede, v.now); ok {
			sede = s.Name
		}
	}
	return []web.Datum{{Label: "Solicita", Value: v.person.Name}, {Label: "Unidad", Value: unit}, {Label: "Sede", Value: sede}, {Label: "Área", Value: v.area()}, {Label: "Correo", Value: v.person.Mail()}}
}

// whoDecides is what a person should know before they ask.
func (v *visit) whoDecides(q request) string {
	unit, _ := v.directory.Unit(v.person.Unit, v.now)
	territorial := unit.Kind == "territorial"
	switch {
	case q.way.Flow == desk.Flow81 && territorial:
		return "Antes de atenderla deciden la jefatura de su UT y la jefatura de la unidad orgánica (8.1.4)."
	case q.way.Flow == desk.Flow81:
		return "Antes de atenderla decide la jefatura de su unidad orgánica (8.1.4)."
	case q.way.Flow == desk.Flow82:
		return "La atiende la administración del SGD; nadie tiene que aprobarla (8.2.3, 8.2.4)."
	case q.mailed:
		return "La atención continúa porque se autorizó por correo; la Jefatura de la UTI la regulariza después en PAU (8.3.2)."
	case q.way.Flow == desk.Flow83:
		return "Antes de atenderlo, la Jefatura de la UTI debe autorizar (8.3.2)."
	case q.way.Flow == "":
		return ""
	case territorial:
		return "La atiende la/el especialista informático de su UT."
	default:
		return "La recibe la mesa de ayuda, que la asigna."
	}
}

// drawReview shows every answer with «Cambiar»; all of them travel with the page.
func (v *visit) drawReview(q request) error {
	send := web.Form{Action: formOf(q.service.ID), Key: q.key, Submit: "Enviar solicitud", Hidden: carry(q.fields, q.typed),
		Cancel: &web.Link{Label: "No enviar", Href: "/ticket-forms"}}
	send.Hidden = append(send.Hidden, web.Hidden{Name: "flow", Value: string(q.way.Flow)})
	if q.mailed {
		send.Hidden = append(send.Hidden, web.Hidden{Name: mailedField, Value: "yes"})
	}
	if q.from != "" {
		send.Hidden = append(send.Hidden, web.Hidden{Name: "from", Value: q.from})
	}
	var list []web.Answer
	if len(q.ways) > 1 {
		list = append(list, web.Answer{Label: "¿Qué necesita?", Value: q.way.Label, Field: "flow"})
	}
	return v.show(web.Review{Service: q.service.Name, Answers: append(list, answers(q.fields, q.typed)...), Next: v.whoDecides(q), Send: send})
}
