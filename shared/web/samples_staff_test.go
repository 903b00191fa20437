package web

func staffSamples() []sample {
	wrong := Filled{Values: map[string]string{"caller": "Ejemplo", "exit": ExitSolved, "description": "No abre el SIGO"},
		Errors: map[string]string{"caller": Say("phone.error.many"), "solution": Say("phone.error.solution"), "service": Say("phone.error.service")}}
	services := []Option{{Value: "software-sigo", Label: "SIGO"}, {Value: "hardware-printers", Label: "Impresoras"}}
	people := []Option{{Value: "usuaria1@qw.gob.pe", Label: "Usuaria/o de ejemplo 1"}, {Value: "usuaria2@qw.gob.pe", Label: "Usuaria/o de ejemplo 2"}}
	return []sample{
		{"queue", staff("/queue"), queue()},
		{"queue-filtered-empty", staff("/queue"), Queue{Title: "Sin asignar", Views: views(), Filters: filters(), Filtered: 2, Clear: "/queue"}},
		{"queue-empty", staff("/queue"), Queue{Title: "Por devolver", Views: views(), Filters: filters(), Elsewhere: &Link{Label: "Sin asignar tiene 128", Href: "/queue?view=unassigned"}}},
		{"phone", staff("/phone-contacts/new"), PhoneContact{Form: PhoneForm("/phone-contacts", services, people, false, Filled{})}},
		{"phone-wrong", staff("/phone-contacts/new"), PhoneContact{Note: "Registra como Nivel 1 de Sede Central.", Form: PhoneForm("/phone-contacts", services, people, false, wrong)}},
		{"phone-sgd", staff("/phone-contacts/new"), PhoneContact{Form: PhoneForm("/phone-contacts", services, people, true, Filled{Values: map[string]string{"exit": ExitTyping, TypingDetail: "la contraseña"}})}},
		{"held", staff("/mail-quarantine"), HeldMails{Mails: []HeldMail{heldMail(), {"/mail-quarantine/2", "aviso@example.com", "", Tag{Tone: Stop, Text: "Virus"}, at(10, 0)}}, Next: "/mail-quarantine?cursor=x", First: "/mail-quarantine"}},
		{"held-past-the-end", staff("/mail-quarantine"), HeldMails{First: "/mail-quarantine"}},
		{"heldmail-virus", staff("/mail-quarantine/2"), virusPage()},
		{"held-empty", staff("/mail-quarantine"), HeldMails{}},
		{"heldmail", staff("/mail-quarantine/1"), heldPage(Filled{})},
		{"heldmail-wrong", staff("/mail-quarantine/1"), heldPage(Filled{Errors: map[string]string{"reason": Say("held.error.reason")}})},
		{"original", staff("/tickets/2026-004390/mails/3"), OriginalMail{Back: Link{Label: "2026-004390", Href: "/tickets/2026-004390"}, Subject: "RE: No abre el SIGO", At: at(11, 20), Facts: []Datum{{Label: "De", Value: "Usuaria/o de ejemplo <usuaria1@qw.gob.pe>"}},
			Text: "Sigue igual.\n\n> ¿Reinició?\n<img src=x onerror=alert(1)>\n" + long, Files: attachments()}},
		{"original-empty", staff("/tickets/2026-004390/mails/4"), OriginalMail{Back: Link{Label: "2026-004390", Href: "/tickets/2026-004390"}, At: at(11, 20)}},
	}
}

func views() []Link {
	return []Link{{Label: "Sin asignar", Href: "/queue?view=unassigned", Count: "128", Here: true}, {Label: "Míos", Href: "/queue?view=mine", Count: "14"},
		{Label: "Nivel 2", Href: "/queue?view=l2", Count: "31"}, {Label: "Esperando", Href: "/queue?view=waiting", Count: "9"},
		{Label: "Más de 60 min", Href: "/queue?view=long", Count: "2"}, {Label: "Por devolver", Href: "/queue?view=return", Count: "3"}, {Label: "Reabiertos", Href: "/queue?view=reopened", Count: "1"}}
}

func filters() Form {
	choice := func(name, label string) Field {
		return Field{Name: name, Kind: Select, Label: label, Options: []Option{{Value: "1", Label: "Uno"}, {Value: "2", Label: "Dos"}}}
	}
	return Form{Action: "/queue", Get: true, Quiet: true, Prefix: "filter-", Hidden: []Hidden{{"view", "unassigned"}}, Submit: "Filtrar",
		Fields: []Field{choice("sede", "Sede"), choice("priority", "Prioridad"), choice("state", "Estado"), choice("level", "Nivel"), {Name: "holder", Kind: Person, Label: "Responsable"}, {Name: "since", Kind: Text, Label: "Desde la fecha", Short: true}}}
}

func queue() Queue {
	row := func(number, subject string, priority int, holder string) QueueRow {
		r := QueueRow{Number: number, Href: "/tickets/" + number, Subject: subject, Priority: PriorityTag(priority, priority == 2), State: fresh(), Level: "N1",
			Holder: holder, Person: "Usuaria/o de ejemplo", Unit: "UT Ejemplo", Phone: "987 654 321", At: at(12, 5), Age: "hace 2 h"}
		if holder == "" {
			r.Act = &Act{Label: "Asignar", Href: r.Href + "/acts/assign"}
		} else {
			r.State = working()
		}
		return r
	}
	rows := []QueueRow{row("2026-004517", "Sin conexión a la red desde las 11:50", 1, ""), row("2026-004498", "El SIGA demora al grabar", 2, ""),
		row("2026-004390", "La impresora del segundo piso no enciende y además hace un ruido muy fuerte al arrancar", 3, "Personal de soporte 1"), row("2026-004377", "¿Cómo se anula un acta? "+long, 4, "Personal de soporte 2")}
	rows[1].Act = &Act{Label: "Tomar", Button: &Button{Action: "/tickets/2026-004498/acts/take", Version: "3", Key: "k2", Context: "2026-004498"}}
	rows[0].Late, rows[1].Target = StateTag(Stop, "Meta local: venció hace 2 h 5 min hábiles"), "Meta local: 15/09/2026 16:05, faltan 1 h 34 min hábiles"
	rows[3].Watching = "Personal de soporte 3"
	return Queue{Title: "Sin asignar", Views: views(), Filters: filters(), Order: "prioridad y luego antigüedad", Rows: rows, Range: "1 a 25 de 128", Next: "/queue?cursor=abc", First: "/queue"}
}

func heldMail() HeldMail {
	return HeldMail{"/mail-quarantine/1", "Persona externa <persona@example.com>", "Consulta sobre el SIGO", Tag{Tone: Attention, Icon: "flag", Text: "Remitente desconocido"}, at(11, 20)}
}

func heldPage(in Filled) HeldMailPage {
	p := HeldMailPage{Mail: heldMail(), Facts: []Datum{{Label: "Para", Value: "soporte.usuario@qw.gob.pe"}, {Label: "Comprobaciones", Value: "DMARC: no pasa. Virus: no."}},
		Rules: []Datum{{Label: "Tiene un virus", Value: "No"}, {Label: "Es un pedido nuevo", Value: "Sí: remitente que no está en el directorio"}}, Kept: true,
		Text: "Buenos días:\n\nNo puedo abrir el SIGO.\n<img src=x onerror=alert(1)>\nhttps://example.com/" + long, Cut: true, Files: attachments()}
	p.Release, p.Attach, p.Discard = HeldMailForms("/mail-quarantine/1", nil, in)
	return p
}

func virusPage() HeldMailPage {
	p := heldPage(Filled{Values: map[string]string{"number": "2026-004512"}})
	p.Kept, p.Cut, p.Mail.Reason = false, false, Tag{Tone: Stop, Text: "Virus"}
	return p
}
