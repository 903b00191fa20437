package web

import (
	"time"

	"mesa/shared/desk"
)

// sample is one page in one state, with the frame it is seen in.
type sample struct {
	name  string
	frame Frame
	page  Page
}

// samples are every template in every state that portal.md names; the tests and
// the preview walk over them.
func samples() []sample {
	var all []sample
	for _, part := range [][]sample{requesterSamples(), ticketSamples(), actSamples(), staffSamples(), registerSamples(), approvalSamples(),
		linkSamples(), adminSamples(), suppressedSamples(), dayOffSamples(), errorSamples(), roomSamples()} {
		all = append(all, part...)
	}
	return all
}

// at is a moment of the day that the examples of the portal happen on.
func at(hour, minute int) time.Time { return time.Date(2026, 9, 15, hour, minute, 0, 0, desk.Lima) }

func requester(path string) Frame {
	return Frame{Viewer: &Viewer{Name: "Usuaria/o de ejemplo", Role: "UT Ejemplo, Supervisión"}, Path: path, Token: "token-1", Institution: desk.PNAEQW()}
}

func staff(path string) Frame {
	return Frame{Viewer: &Viewer{Name: "Personal de soporte 1", Role: "Especialista de mesa de ayuda", Staff: true, Phones: true, Held: true},
		Path: path, Token: "token-1", Institution: desk.PNAEQW()}
}

func head1(path string) Frame {
	return Frame{Viewer: &Viewer{Name: "Jefatura de ejemplo", Role: "Jefa/e de UT Ejemplo", Approver: true, Waiting: 2}, Path: path,
		Token: "token-1", Institution: desk.PNAEQW()}
}

func chief(path string) Frame {
	return Frame{Viewer: &Viewer{Name: "Jefatura de la UTI", Role: "Jefa/e de la UTI", Approver: true, Staff: true, Held: true, Operator: true, Addresses: true},
		Path: path, Token: "token-1", Institution: desk.PNAEQW()}
}

func nobody() Frame { return Frame{Token: "token-1", Institution: desk.PNAEQW()} }

func waiting() Tag { return TicketTag(desk.PendingApproval, "Por aprobar: UT") }
func working() Tag { return TicketTag(desk.InProgress, "En progreso") }
func fresh() Tag   { return TicketTag(desk.Unassigned, "Registrado") }

func caseLines() []CaseLine {
	return []CaseLine{
		{Number: "2026-004512", Href: "/tickets/2026-004512", Subject: "No se guardan las actas de recepción", Service: "SIGO",
			State: waiting(), Sentence: "Espera la decisión de la jefatura de su UT desde el 15/09/2026.", At: at(14, 5)},
		{Number: "2026-004390", Href: "/tickets/2026-004390", Subject: "La impresora del segundo piso no enciende", Service: "Impresoras",
			State: working(), Sentence: "Lo atiende personal de soporte desde el 14/09/2026.", At: at(9, 0)},
		{Number: "2026-004101", Href: "/tickets/2026-004101", Subject: "Instalar SPIJ", Service: "SPIJ",
			State: TicketTag(desk.WaitingUser, "Esperando a la/el usuaria/o"), Sentence: "Espera su respuesta desde el 11/09/2026.", At: at(8, 0)},
	}
}

func typeLinks() []Link {
	var links []Link
	for _, t := range serviceTypes() {
		links = append(links, Link{Label: t.Name, Href: "/ticket-forms#" + t.Anchor})
	}
	return append(links, Link{Label: "Correo electrónico", Href: "/ticket-forms#correo"}, Link{Label: "Interconexión", Href: "/ticket-forms#inter"})
}

func serviceTypes() []ServiceType {
	hardware := "Configuración, Formateo, Gestión de Garantía"
	return []ServiceType{
		{"Acceso", "acceso", []Service{{"Red", "Configuración", "/ticket-forms/access-network"},
			{"SIGO", "Acceso, creación, baja de usuarias/os", "/ticket-forms/access-sigo"}}},
		{"Avería de Hardware", "averia", []Service{{"Computadoras (PCs y Laptops)", hardware, "/ticket-forms/hardware-computers"},
			{"Impresoras", hardware, "/ticket-forms/hardware-printers"},
			{"Capturadores (scanner, lectores de código de barras, etc.)", hardware, "/ticket-forms/hardware-scanners"}}},
		{"Mantenimiento de hardware", "mantenimiento", []Service{{"Servidores", hardware + ", mantenimiento por tercero", "/ticket-forms/upkeep-servers"}}},
		{"Soporte de aplicaciones y software", "soporte", []Service{{"SIGO", "Acceso, Habilitación, Cambios de contraseña, falla o lentitud", "/ticket-forms/software-sigo"},
			{"SPIJ", "Acceso, Instalaciones, Actualizaciones", "/ticket-forms/software-spij"}}},
		{"Apoyo / asistencia técnica diversos", "apoyo", []Service{{"Consultas técnicas", "Diagnósticos técnicos de hardware, Diagnóstico de software", "/ticket-forms/support-consultation"}}},
	}
}

// form8 is the form of 8.6.1 as package flow asks for it; wrong fills in what a
// hurried person leaves.
func form8(wrong bool) Form {
	f := Form{Action: "/ticket-forms/hardware-computers", Key: "key-1", Submit: "Revisar antes de enviar", Fields: []Field{
		{Name: "subject", Kind: Text, Label: "Asunto", Complete: "off"},
		{Name: "description", Kind: TextArea, Label: "Detalles del problema", Hint: "Qué pasa, desde cuándo y qué mensaje aparece.", MaxLength: 4000},
		{Name: "equipment", Kind: Radio, Label: "Mi equipo", Options: []Option{{Value: "7408", Label: "Laptop 740899500123"},
			{Value: "other", Label: "Otro equipo", Fields: []Field{{Name: "asset", Kind: Text, Label: "Código patrimonial", Short: true,
				Hint: "Está en la etiqueta del equipo. Puede escribirlo con espacios o guiones."}}}}},
		{Name: "no_asset", Kind: Checkbox, Label: "No tengo el código a la vista"},
		{Name: "goods", Kind: Radio, Label: "Tipo de bien", Options: []Option{{Value: "cpu", Label: "CPU"}, {Value: "laptop", Label: "Computadora portátil"},
			{Value: "monitor", Label: "Monitor"}, {Value: "printer", Label: "Impresora multifuncional"}, {Value: "scanner", Label: "Escáner"}}},
		{Name: "office", Kind: Text, Label: "Oficina de ubicación"},
		{Name: "phone", Kind: Phone, Label: "Teléfono o anexo", Hint: "Con él coordinaremos la atención.", Value: "987 654 321", Short: true, Complete: "tel"},
		{Name: "from", Kind: Unseen, Value: "01J"},
	}}
	if wrong {
		f.Fields[0].Error = "Escriba el asunto."
		f.Fields[1].Value = "No enciende desde ayer.\n\"Pita\" tres veces <b>y</b> se apaga."
		f.Fields[2].Value = "other"
		f.Fields[2].Options[1].Fields[0].Error = "Escriba el código patrimonial o marque que no lo tiene a la vista."
		f.Fields[4].Error = "Elija el tipo de bien."
	}
	return f
}
