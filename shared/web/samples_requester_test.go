package web

func requesterSamples() []sample {
	return []sample{
		{"signin", nobody(), SignIn{StartHref: "/sessions/start"}},
		{"signin-ended", nobody(), SignIn{StartHref: "/sessions/start?back=%2Fqueue", Ended: true}},
		{"signin-unknown", nobody(), SignIn{StartHref: "/sessions/start", Unknown: true}},
		{"home-requester", requester("/"), Home{Cases: caseLines(), Types: typeLinks(), Requests: true,
			Closed: &Link{Label: "Ver también las cerradas", Href: "/tickets"}}},
		{"home-empty", requester("/"), Home{Requests: true, Types: typeLinks()}},
		{"home-version", requester("/"), Home{Requests: true, Types: typeLinks(), News: []Link{{Label: "Desde el 15/10/2026 rige la versión 02 del procedimiento: qué cambia", Href: "/help#version"}}}},
		{"home-head", head1("/"), Home{Decisions: approvalRows(), Cases: caseLines()[:1], Types: typeLinks(), Requests: true}},
		{"home-staff", staff("/"), Home{Views: []ViewCount{{"Sin asignar", "/queue?view=unassigned", 128, at(8, 5), false}, {"Míos", "/queue?view=mine", 14, at(9, 0), false},
			{"Esperando", "/queue?view=waiting", 9, at(7, 0), true}, {Name: "Por devolver", Href: "/queue?view=return"}}, Requests: true, Types: typeLinks()}},
		{"mycases", requester("/tickets"), MyCases{Cases: caseLines(), Next: "/tickets?cursor=abc"}},
		{"mycases-empty", requester("/tickets"), MyCases{}},
		{"mycases-none", requester("/tickets"), MyCases{Query: "<script>alert(1)</script>"}},
		{"catalogue", requester("/ticket-forms"), Catalogue{Types: serviceTypes(), Total: 33, Consultation: "/ticket-forms/support-consultation"}},
		{"catalogue-search", requester("/ticket-forms"), Catalogue{Query: "impresora", Types: serviceTypes()[1:2], Total: 33, Consultation: "/ticket-forms/support-consultation"}},
		{"catalogue-none", requester("/ticket-forms"), Catalogue{Query: "cafetera", Total: 33, Consultation: "/ticket-forms/support-consultation"}},
		{"request", requester("/ticket-forms/x"), newRequest(false)},
		{"request-wrong", requester("/ticket-forms/x"), newRequest(true)},
		{"request-81", requester("/ticket-forms/x"), NewRequest{Service: "SIGO: falla o lentitud", Type: "Soporte de aplicaciones y software", Clause: "8.1.4",
			Back: "/ticket-forms", Note: "Antes de atenderla, la aprueban la jefatura de su UT y la de la unidad orgánica.", Form: form1()}},
		{"review", requester("/ticket-forms/x/review"), review()},
		{"sent", requester("/tickets/2026-004512"), sent()},
		{"files", requester("/tickets/2026-004512/files"), files("")},
		{"files-wrong", requester("/tickets/2026-004512/files"), files("El archivo pesa 14 MB y el máximo es 10 MB.")},
		{"files-empty", requester("/tickets/2026-004512/files"), Files{Number: "2026-004512", Subject: "Acta", Back: "/tickets/2026-004512"}},
	}
}

func newRequest(wrong bool) NewRequest {
	return NewRequest{Service: "Avería de hardware: computadora", Type: "Avería de Hardware", Clause: "8.6.1", Back: "/ticket-forms",
		Identity: []Datum{{Label: "Solicita", Value: "Usuaria/o de ejemplo"}, {Label: "Sede", Value: "UT Ejemplo"}, {Label: "Área", Value: "Supervisión"}},
		Form:     form8(wrong)}
}

func form1() Form {
	return Form{Action: "/ticket-forms/software-sigo", Key: "key-1", Submit: "Revisar antes de enviar", Fields: []Field{
		{Name: "impact", Kind: Radio, Label: "¿Qué está pasando?", Options: []Option{{Value: "stopped", Label: "No puedo usar el servicio"},
			{Value: "slow", Label: "Funciona lento"}, {Value: "equipment", Label: "Falla mi equipo"}, {Value: "guidance", Label: "Necesito orientación"}}},
		{Name: "subject", Kind: Text, Label: "Asunto"},
		{Name: "description", Kind: TextArea, Label: "Descripción", MaxLength: 4000},
		{Name: "phone", Kind: Phone, Label: "Teléfono o anexo", Optional: true, Short: true},
	}}
}

func review() Review {
	return Review{Service: "SIGO: falla o lentitud",
		Answers: []Answer{{"Asunto", "No se guardan las actas de recepción", "subject"},
			{"Descripción", "Al guardar el acta aparece error 500\ndesde las 09:10.", "description"}, {"Teléfono o anexo", "987 654 321", "phone"}, {Label: "Sede", Value: "UT Ejemplo"}},
		Next: "Decide la/el jefa/e de UT Ejemplo y después la/el jefa/e de la unidad orgánica. Le avisaremos por correo.",
		Send: Form{Action: "/ticket-forms/software-sigo/review", Key: "key-2", Submit: "Enviar solicitud",
			Hidden: []Hidden{{"subject", "No se guardan las actas de recepción"}}, Cancel: &Link{Label: "Cancelar", Href: "/"}}}
}

func sent() Sent {
	return Sent{Number: "2026-004512", Href: "/tickets/2026-004512", Subject: "No se guardan las actas de recepción", Mail: "usuaria@qw.gob.pe",
		Next:  []string{"Decide la/el jefa/e de UT Ejemplo.", "Después, la/el jefa/e de la unidad orgánica.", "La atiende el Equipo de Desarrollo."},
		Files: "/tickets/2026-004512/files"}
}

func attachments() []Attachment {
	return []Attachment{
		{Name: "pantalla con el error.png", Size: "214 kB", State: Unscanned(), Href: "/tickets/2026-004512/files/1/0", Purpose: "Foto, captura u otro", By: "Usuaria/o de ejemplo", At: at(14, 5)},
		{Name: "acta-de-recepción-con-un-nombre-larguísimo-que-no-termina-nunca.pdf", Size: "1.2 MB", State: Unscanned()},
		{Name: "macro.docm", Size: "80 kB", State: StateTag(Stop, "Bloqueado")}}
}

func files(wrong string) Files {
	return Files{Number: "2026-004512", Subject: "No se guardan las actas de recepción", Back: "/tickets/2026-004512", Files: attachments(), Error: wrong,
		Max: "10 MB", Upload: &Upload{Action: "https://files.example.gob.pe/", Origin: "https://files.example.gob.pe", Fields: []Hidden{{"key", "k"}, {"policy", "p"}}, Field: "x-amz-meta-purpose", Purpose: "other",
			Purposes: []Option{{Value: "access-form", Label: "Formato de acceso a los sistemas"}, {Value: "other", Label: "Foto, captura u otro"}}},
		Naming: &Form{Action: "/tickets/2026-004512/files", Prefix: "naming-", Key: "k", Submit: "Indicar para qué es", Quiet: true, Fields: []Field{
			{Name: "file", Kind: Select, Label: "Archivo que llegó por correo", Options: []Option{{Value: "1/0", Label: "anexo.pdf"}}},
			{Name: "purpose", Kind: Select, Label: "Para qué es", Options: []Option{{Value: "annex-02", Label: "Anexo 02"}}}}},
		Missing: []string{"Anexo de compromiso: adjúntelo para continuar (8.4.1)."}}
}
