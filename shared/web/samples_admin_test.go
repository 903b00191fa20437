package web

import "mesa/shared/desk"

func adminSamples() []sample {
	again := &Button{Label: "Reenviar", Action: "/x", Key: "k", Context: "a la jefatura"}
	return []sample{
		{"procedure", requester("/procedure"), procedure()},
		{"normtext", requester("/procedure/text"), normText()},
		{"procedure-later", requester("/procedure"), Procedure{Text: "/procedure/text", Cited: "01"}},
		{"normtext-later", requester("/procedure/text"), laterText()},
		{"guide", requester("/help"), guide()},
		{"guide-versions", requester("/help"), guideOfVersions()},
		{"glossary", requester("/glossary"), Glossary{Acronyms: []Datum{{Label: "PAU", Value: "Plataforma de Atención al Usuario"}, {Label: "UTI", Value: "Unidad de Tecnologías de la Información"}},
			Terms: []Datum{{Label: "Incidente", Value: "Suceso de falla o interrupción de un recurso o servicio informático, la cual requiere ser atendida."}}}},
		{"operations", chief("/admin/operations"), Operations{
			Machines: []StuckMachine{{"2026-004512", "/tickets/2026-004512", "Aprobación", "decisión de la jefatura de UT", "La ejecución se detuvo: States.Runtime", 3, at(8, 0),
				&Button{Label: "Reintentar", Action: "/x", Key: "k1", Context: "aprobación de 2026-004512"}}},
			Mails: []StuckMail{{"2026-004512", "/tickets/2026-004512", "Por aprobar, etapa 1", "jefa/e de UT Ejemplo", EffectTag(desk.OpMail, desk.EffectUnconfirmed), "2 intentos sin confirmación", at(9, 0), again},
				{"2026-004390", "/tickets/2026-004390", "Traslado", "usuaria/o de ejemplo", EffectTag(desk.OpMail, desk.EffectFailed), "La dirección no existe", at(10, 0), again}},
			Lost:     []LostMail{{"o3vrnil0e2ic28trm7dfhrc2v0cnbeccl4nbp0g1", at(2, 0)}},
			Stranded: []StrandedCase{strandedCase(nil)}}},
		{"stranded", staff("/queue/without-approver"), Stranded{Rows: []StrandedCase{strandedCase(&Button{Label: "Volver a buscar", Action: "/x", Version: "1", Key: "k", Context: "2026-004533"})}, Queue: true}},
		{"stranded-none", chief("/queue/without-approver"), Stranded{}},
		{"absences", chief("/account/substitutions"), Absences{Rows: []AbsenceRow{
			{"Suplente de ejemplo", "del 01/10/2026 al 15/10/2026", "Registrada por su titular en PAU el 15/09/2026 10:00: vacaciones", true, &Button{Label: "Terminar", Action: "/x", Key: "k", Context: "Suplente de ejemplo"}},
			{"Otra persona de ejemplo", "desde el 02/11/2026", "", false, &Button{Label: "Quitar", Action: "/y", Key: "k2", Context: "Otra persona de ejemplo"}}}, Form: absenceForm("")}},
		{"absences-wrong", chief("/account/substitutions"), Absences{Form: absenceForm("Ya tiene suplente del 01/10/2026 al 15/10/2026. Cambie esas fechas primero.")}},
		{"absences-none", staff("/account/substitutions"), Absences{Why: "Su cuenta no tiene un puesto ni una función que otra persona pueda suplir."}},
		{"localtargets", chief("/admin/targets"), localTargets(false)},
		{"localtargets-admin", chief("/admin/targets"), localTargets(true)},
		{"operations-calm", chief("/admin/operations"), Operations{}},
	}
}

func absenceForm(wrong string) Form {
	return Form{Action: "/account/substitutions", Key: "k", Submit: "Registrar suplencia", Fields: []Field{
		{Name: "person", Kind: Select, Label: "Quién le suple", Options: []Option{{Value: "a", Label: "Suplente de ejemplo"}}},
		{Name: "from", Kind: Date, Label: "Desde", Error: wrong}, {Name: "until", Kind: Date, Label: "Hasta, ese día incluido"},
		{Name: "reason", Kind: Text, Label: "Motivo", Hint: "Por ejemplo: vacaciones, comisión de servicio.", Optional: true}}}
}

func strandedCase(again *Button) StrandedCase {
	return StrandedCase{Number: "2026-004533", Href: "/tickets/2026-004533", Subject: "No se guardan las actas", Unit: "UT Ejemplo 3", Stage: "Etapa 1 de 2: la jefatura de la UT (8.1.4)", Since: at(11, 0),
		Skipped: []string{"Jefa/e de UT Ejemplo 3: nadie tiene el puesto", "Usuaria/o de ejemplo, Jefa/e de la Unidad de ejemplo: es quien solicita"}, Found: "Jefatura de ejemplo", Again: again}
}

func procedure() Procedure {
	return Procedure{Text: "/procedure/text",
		Flows: []FlowTable{
			{Code: "8.1", Name: "Incidentes en Sistemas de Información", Note: "Con aprobación: en una UT, dos etapas; en Sede Central, una.", Rows: []FlowRow{
				{"Aprobar", "la jefatura a quien se pidió decidir", "por aprobar", "", "Siguiente etapa o Nivel 2", "8.1.4"},
				{"Rechazar", "la jefatura a quien se pidió decidir", "por aprobar", "Motivo del rechazo", "Rechazado", "8.1.4"},
				{"Generar pase a Nivel 3", "la/el profesional asignada/o", "Nivel 2", "Descripción, archivos o referencia, reversión", "Nivel 3", "8.1.6"}}},
			{Code: "8.6", Name: "Avería en hardware", Rows: []FlowRow{{"Iniciar diagnóstico", "la/el profesional asignada/o", "asignado", "", "60 minutos en curso", "8.6.3, R114"}, {"Aprobar otra vez", "nadie", "", "", "", "8.1.4"}}}},
		Levels: []Datum{{Label: "Nivel 1", Value: "Mesa de ayuda: recibe, registra y resuelve en el menor tiempo posible."}, {Label: "P1 Pérdida del servicio", Value: "Los servicios se han detenido."}}}
}

func errorSamples() []sample {
	back := &Link{Label: "Volver al caso", Href: "/tickets/2026-004512"}
	return []sample{
		{"error-400", requester("/x"), ErrorPage{Status: 400}},
		{"error-401", nobody(), ErrorPage{Status: 401, SignIn: "/sessions/new"}},
		{"error-403", staff("/x"), ErrorPage{Status: 403, Role: "Profesional de soporte", Detail: "Cierra la/el profesional asignada/o de Desarrollo (8.1.9).", Back: back}},
		{"error-403-stale", staff("/x"), ErrorPage{Status: 403, What: "stale", Back: back}},
		{"error-403-unbound", nobody(), ErrorPage{Status: 403, What: "unbound"}},
		{"error-404", requester("/x"), ErrorPage{Status: 404}},
		{"error-404-case", requester("/x"), ErrorPage{Status: 404, What: "case"}},
		{"error-404-nobody", nobody(), ErrorPage{Status: 404}},
		{"error-409", staff("/x"), ErrorPage{Status: 409, Detail: "Este paso ya no corresponde: el caso está en Cerrado.", Back: back}},
		{"error-410", requester("/x"), ErrorPage{Status: 410, Successor: &Link{Label: "Office 365", Href: "/ticket-forms/mail-office"}}},
		{"error-413", requester("/x"), ErrorPage{Status: 413}},
		{"error-429", requester("/x"), ErrorPage{Status: 429}},
		{"error-500", requester("/x"), ErrorPage{Status: 500, Reference: "A1B2-C3"}},
	}
}

func localTargets(admin bool) LocalTargets {
	p := LocalTargets{Rows: []LocalTarget{{"P1 Pérdida del servicio", "1 h hábil", "4 h hábiles"}, {"P1 en el Nivel 4", "Como la prioridad", "8 h hábiles"}},
		Warnings: "Antes de la meta no se avisa a nadie.", Rules: []Datum{{Label: "Todos los casos", Value: "Recordar a quien lo tiene"}}}
	if admin {
		p.Since, p.By = at(8, 0), "Administradora/or de ejemplo"
		p.Change = []LocalChange{{"change-target", "Cambiar una meta", Form{Action: "/admin/targets/target", Prefix: "target-", Submit: "Fijar la meta", Fields: []Field{
			{Name: "priority", Kind: Select, Label: "Prioridad", Options: []Option{{Value: "1", Label: "P1"}}, Error: "Elija la prioridad: de 1 a 4."},
			{Name: "response", Kind: Text, Label: "Respuesta", Short: true, Optional: true}, {Name: "remove", Kind: Checkbox, Label: "Quitar la meta propia del nivel", Optional: true},
			{Name: "from", Kind: DateTime, Label: "Desde cuándo", Optional: true}}}}}
	}
	return p
}
