package portal

import (
	"slices"
	"strings"

	"mesa/shared/calendar"
	"mesa/shared/directory"
	"mesa/shared/web"
)

// guide is /help: what each role does, the reader's own parts open, the hours of
// their unit and the version of the procedure in force (R1, R8, R154).
func (v *visit) guide() error {
	house := v.house()
	page := web.Guide{Hours: v.hours(), DaysOff: v.daysOff(), Norm: []web.Datum{
		{Label: "Código", Value: house.Procedure}, {Label: "Versión", Value: house.Version}, {Label: "Aprobado por", Value: house.Approved}}}
	if err := v.versions(&page); err != nil {
		return err
	}
	for _, part := range guideParts() {
		shown := web.GuidePart{Title: part.title, Steps: part.steps}
		shown.Mine = len(part.roles) == 0 || v.hasRole(part.roles...)
		page.Parts = append(page.Parts, shown)
	}
	slices.SortStableFunc(page.Parts, func(a, b web.GuidePart) int { return mineFirst(a.Mine, b.Mine) })
	return v.show(page)
}

// hours are the weekly hours of the reader's unit, one line for days alike.
func (v *visit) hours() []web.Datum {
	return weekLines(v.directory.CalendarOf(v.person.Unit, v.now).Hours())
}

func weekLines(week calendar.Week) []web.Datum {
	days := [...]string{"Domingo", "Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado"}
	var list []web.Datum
	for i := 1; i <= len(days); {
		last, day := i, i%len(days)
		for last+1 <= len(days) && intervals(week[(last+1)%len(days)]) == intervals(week[day]) {
			last++
		}
		label := days[day]
		if last > i {
			label += " a " + strings.ToLower(days[last%len(days)])
		}
		list = append(list, web.Datum{Label: label, Value: intervals(week[day])})
		i = last + 1
	}
	return list
}

func intervals(day []calendar.Interval) string {
	if len(day) == 0 {
		return "Cerrado"
	}
	var parts []string
	for _, i := range day {
		parts = append(parts, i.Opens.String()+" a "+i.Closes.String())
	}
	return strings.Join(parts, " y ")
}

// maxDaysOff keeps the list short; the next ones matter.
const maxDaysOff = 6

func (v *visit) daysOff() []web.Datum {
	var list []web.Datum
	for _, o := range v.directory.DaysOffOf(v.person.Unit, v.now) {
		if list = append(list, web.Datum{Label: o.When(), Value: o.Name, Note: o.Source}); len(list) == maxDaysOff {
			break
		}
	}
	return list
}

// guidePart is what one role does; no roles means everybody.
type guidePart struct {
	title string
	roles []directory.Role
	steps []web.GuideStep
}

func guideParts() []guidePart {
	return append(append(askingParts(), attendingParts()...), decidingParts()...)
}

func askingParts() []guidePart {
	return []guidePart{{title: "Si necesita ayuda", steps: []web.GuideStep{
		{Text: "Elija el servicio y describa qué pasa; también puede escribir o llamar a la mesa de ayuda.", Clause: "7.3", Link: &web.Link{Label: "Registrar una solicitud", Href: "/ticket-forms"}},
		{Text: "Por correo, ponga siempre un asunto y una descripción; si falta algo, se lo pediremos.", Clause: "8.5.1"},
		{Text: "Si su equipo falla, indique el tipo de equipo, el código patrimonial y la oficina.", Clause: "8.6.1"},
		{Text: "La prioridad la fija la mesa de ayuda con los criterios del procedimiento.", Clause: "7.4"},
		{Text: "Siga su caso aquí; responda las preguntas por el correo que recibe o en la página del caso.", Clause: "8.1.5", Link: &web.Link{Label: "Mis solicitudes", Href: "/tickets"}},
		{Text: "Si sigue fallando después del cierre, dígalo en la página del caso: se reabre.", Clause: "8.2.4"},
	}}}
}

func attendingParts() []guidePart {
	return []guidePart{
		{"Si atiende en Nivel 1", []directory.Role{directory.FirstLevel, directory.Assigner, directory.UTSpecialist}, []web.GuideStep{
			{Text: "Reciba lo que llega por correo o teléfono y clasifíquelo: servicio, procedimiento y prioridad.", Clause: "8.1.2", Link: &web.Link{Label: "Bandeja", Href: "/queue"}},
			{Text: "Si puede resolverlo, resuélvalo, comuníquelo y ciérrelo: la fila del Anexo 01 se escribe sola.", Clause: "8.1.2", Link: &web.Link{Label: "Registrar una llamada", Href: "/phone-contacts/new"}},
			{Text: "Si lo debe ver el Nivel 2, indique que saque ticket: el enlace lleva los datos ya escritos.", Clause: "8.1.3"},
			{Text: "Asigne a una o un profesional de soporte; en una UT atiende su especialista o quien haga su vez.", Clause: "8.5.2"},
		}},
		{"Si es profesional de soporte", []directory.Role{directory.Support, directory.UTSpecialist}, []web.GuideStep{
			{Text: "Tome el caso y anote cada contacto: medio, herramienta y si fue en sitio o remoto.", Clause: "8.5.3"},
			{Text: "En una avería inicie el diagnóstico; si tomará más de 60 minutos, avise con un solo paso.", Clause: "8.6.4"},
			{Text: "Registre el traslado y la devolución del equipo: sin la devolución el caso no se cierra.", Clause: "8.6.5"},
			{Text: "Al cerrar escriba la solución y cómo la comunicó. Si su correo no llega, llame y anote el contacto.", Clause: "8.5.4"},
		}},
		{"Si es del Equipo de Desarrollo, de base de datos o de infraestructura", []directory.Role{directory.Developer, directory.Database, directory.Infrastructure}, []web.GuideStep{
			{Text: "Para pasar al Nivel 3 genere el pase: descripción, archivos y reversión.", Clause: "8.1.6"},
			{Text: "Antes de detener un servicio en horario laboral envíe el aviso con motivo, fecha y hora.", Clause: "8.1.7"},
			{Text: "Si la ejecución falla, devuelva el caso a Desarrollo con el error.", Clause: "8.1.8"},
			{Text: "Solo Desarrollo comunica y cierra estos casos.", Clause: "8.1.9"},
		}},
		{"Si administra el SGD", []directory.Role{directory.SGDAdmin}, []web.GuideStep{
			{Text: "Evalúe en Nivel 1: un error de digitación se comunica y se registra en el momento.", Clause: "8.2.2"},
			{Text: "Si el problema tiene otro origen, indique que saque un ticket.", Clause: "8.2.3"},
			{Text: "Al atenderlo, pida que verifiquen.", Clause: "8.2.4"},
		}},
	}
}

func decidingParts() []guidePart {
	return []guidePart{
		{"Si es jefa o jefe de UT o de unidad orgánica", []directory.Role{directory.UTHead, directory.UnitHead, directory.UTIHead}, []web.GuideStep{
			{Text: "Decida desde el enlace de su correo con los seis dígitos, o aquí con su sesión. Rechazar pide un motivo.", Clause: "8.1.4", Link: &web.Link{Label: "Aprobaciones", Href: "/approvals"}},
			{Text: "Si no le corresponde decidir, dígalo: la mesa de ayuda ubica a quien decide.", Clause: "8.1.4"},
			{Text: "Nadie decide su propia solicitud: pasa a quien sigue.", Clause: "8.1.4"},
			{Text: "El paso del tiempo nunca decide: se recuerda, y se pide también a la suplencia, a la unidad superior y por último a la Jefatura de la UTI. Con varias pendientes, llega un resumen cada día de trabajo.", Clause: "8.1.4"},
			{Text: "Si estará ausente, registre quién le suple y en qué días.", Link: &web.Link{Label: "Mi suplencia", Href: absencesPath}},
		}},
		{"Si es de la UTI y detecta un incidente, o es su jefatura", []directory.Role{directory.UTISpecialist, directory.UTIHead}, []web.GuideStep{
			{Text: "Registre lo que detecta como incidente de la UTI.", Clause: "8.3.1"},
			{Text: "La Jefatura de la UTI autoriza la atención; sin el sistema, por correo y con cargo a regularizar.", Clause: "8.3.2"},
		}},
	}
}
