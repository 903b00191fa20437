package web

func actSamples() []sample {
	return []sample{
		{"act-handover", staff("/tickets/2026-004512/acts/hand-over"), handOver(false)},
		{"act-handover-wrong", staff("/tickets/2026-004512/acts/hand-over"), handOver(true)},
		{"act-kinds", staff("/tickets/2026-004512/acts/all"), everyKind()},
		{"act-reply", staff("/tickets/2026-004512/acts/reply"), ActForm{Number: "2026-004512", Subject: "No se guardan las actas", Back: "/tickets/2026-004512",
			Title: "Responder a la/el usuaria/o", Recipients: []string{"Usuaria/o de ejemplo <usuaria@qw.gob.pe>", "Participante de ejemplo"},
			Form: Form{Action: "/tickets/2026-004512/acts/reply", Key: "k", Submit: "Enviar respuesta", Fields: []Field{{Name: "text", Kind: TextArea, Label: "Respuesta", Rows: 8}}}}},
		{"act-note", staff("/tickets/2026-004512/acts/note"), ActForm{Number: "2026-004512", Subject: "No se guardan las actas", Back: "/tickets/2026-004512",
			Title: "Nota interna", Internal: true,
			Form: Form{Action: "/tickets/2026-004512/acts/note", Key: "k", Submit: "Guardar nota", Fields: []Field{{Name: "text", Kind: TextArea, Label: "Nota", Rows: 8}}}}},
		{"act-close", staff("/tickets/2026-004390/acts/close"), ActForm{Number: "2026-004390", Subject: "La impresora no enciende", Back: "/tickets/2026-004390",
			Title: "Comunicar, registrar y cerrar", Clause: "8.6.5", Intro: "Se envía lo actuado, se escribe la fila del Anexo 01 y se cierra el caso.",
			Missing: []string{"Para cerrar falta: devolver el equipo (8.6.5)."}, Facts: []Datum{{Label: "Equipo", Value: "740899500123", Note: "En custodia desde el 14/09/2026"}},
			Form: Form{Action: "/tickets/2026-004390/acts/close", Key: "k", Version: "7", Submit: "Comunicar y cerrar", Fields: []Field{{Name: "solution", Kind: TextArea, Label: "Descripción de la solución"}},
				Others: []Button{{Label: "Guardar borrador", Name: "draft", Value: "yes"}}, Cancel: &Link{Label: "Cancelar", Href: "/tickets/2026-004390"}}}},
		{"conflict", staff("/tickets/2026-004512/acts/assign"), conflict(true)},
		{"conflict-gone", staff("/tickets/2026-004512/acts/assign"), conflict(false)},
	}
}

func handOver(wrong bool) ActForm {
	f := ActForm{Number: "2026-004512", Subject: "No se guardan las actas de recepción", Back: "/tickets/2026-004512", Title: "Generar pase a Nivel 3",
		Clause: "8.1.6", Intro: "El caso pasa al Equipo de base de datos y aplicaciones con su carpeta de pase.",
		Form: Form{Action: "/tickets/2026-004512/acts/hand-over", Version: "7", Key: "key-9", Submit: "Enviar pase", Cancel: &Link{Label: "Cancelar", Href: "/tickets/2026-004512"}, Fields: []Field{
			{Name: "description", Kind: TextArea, Label: "Qué debe ejecutarse", MaxLength: 4000},
			{Name: "reference", Kind: Text, Label: "Dónde están los archivos de actualización", Optional: true},
			{Name: "rollback", Kind: TextArea, Label: "Reversión", Hint: "Cómo volver al estado anterior si algo falla."}}}}
	if wrong {
		f.Form.Fields[0].Value = "Ejecutar script 0042 \"actas\" </textarea><script>alert(1)</script>"
		f.Form.Fields[2].Error = "Falta la reversión: escriba cómo volver al estado anterior."
	}
	return f
}

// everyKind has each kind of control once, every one of them wrong.
func everyKind() ActForm {
	options := []Option{{Value: "a", Label: "Primera opción", Hint: "Con explicación"}, {Value: "b", Label: "Segunda opción"}}
	var fields []Field
	for _, k := range []Kind{Text, TextArea, Select, Radio, Checkbox, Date, DateTime, File, Number, Person, Code, Phone, Email, Search} {
		fields = append(fields, Field{Name: "f-" + string(k), Kind: k, Label: "Campo " + itoa(len(fields)), Hint: "Ayuda " + itoa(len(fields)), Options: options,
			Value: "b", Error: "Corrija el campo " + itoa(len(fields)) + "."})
	}
	fields = append(fields, Field{Name: "one", Kind: Checkbox, Label: "Una sola casilla", Error: "Marque la casilla.", Value: "yes"},
		Field{Name: "when", Kind: DateTime, Label: "Cuándo", Value: "2026-09-15T14:05"}, Field{Name: "day", Kind: Date, Label: "Qué día"})
	return ActForm{Number: "2026-004512", Subject: "Todos los controles", Back: "/tickets/2026-004512", Title: "Probar controles", Form: Form{Action: "/x", Submit: "Enviar", Files: true, Fields: fields}}
}

func conflict(apply bool) Conflict {
	c := Conflict{Number: "2026-004512", Back: "/tickets/2026-004512", Act: "Asignar a Personal de soporte 1",
		Changes: []Change{{"Responsable", "Sin asignar", "Personal de soporte 2", "Especialista de mesa de ayuda", at(14, 30)}, {Label: "Nota", After: "Ya lo estoy viendo.", By: "Personal de soporte 2", At: at(14, 31)}},
		Own:     []Answer{{Label: "Responsable", Value: "Personal de soporte 1"}, {Label: "Comentario", Value: "Tiene el acceso\nal servidor."}},
		Form:    ConflictForm("/tickets/2026-004512/acts/assign", apply, []Hidden{{"person", "p1"}, {"text", "Tiene el acceso"}})}
	if !apply {
		c.Gone = "Cerrado"
		c.Form.Fields[0].Error = Say("conflict.error")
	}
	return c
}
