package portal

import (
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// procedure is /procedure: the flows as the desk executes them, from the rows
// that guard the acts, so that help and rule cannot disagree.
func (v *visit) procedure() error {
	page := web.Procedure{}
	contact := desk.Ticket{Contact: true}
	page.Flows = append(page.Flows, web.FlowTable{Code: "7.3", Name: flow.FlowTitle(""), Note: "Lo que llega por correo o por teléfono, antes de ser un caso de un flujo.", Rows: flowRows(contact)})
	for _, code := range flowCodes() {
		if flow.Supported(code) {
			page.Flows = append(page.Flows, web.FlowTable{Code: string(code), Name: flow.FlowTitle(code), Rows: flowRows(desk.Ticket{Flow: code})})
		}
	}
	for _, o := range flow.PriorityOptions() {
		name, text, _ := strings.Cut(o.Label, ": ")
		page.Levels = append(page.Levels, web.Datum{Label: name, Value: text})
	}
	return v.show(page)
}

// flowRows are the rows that apply to a ticket like this one.
func flowRows(like desk.Ticket) []web.FlowRow {
	var rows []web.FlowRow
	for _, r := range flow.Rows() {
		if r.Applies(like) {
			rows = append(rows, web.FlowRow{Act: r.Label, Who: who(r), From: from(r), Demands: demands(r), To: r.To, Clause: numeral(r.Clause)})
		}
	}
	return rows
}

func who(r flow.Row) string {
	var names []string
	for _, role := range r.Who {
		names = append(names, flow.RoleName(role))
	}
	return strings.Join(names, "; ")
}

func from(r flow.Row) string {
	var texts []string
	for _, g := range r.From {
		texts = append(texts, g.Text)
	}
	return strings.Join(texts, "; ")
}

func demands(r flow.Row) string {
	var labels []string
	for _, f := range r.Fields {
		if f.Kind != flow.Hidden && !f.Optional {
			labels = append(labels, f.Label)
		}
	}
	return strings.Join(labels, "; ")
}

// glossary is /glossary: the acronyms and terms of chapters IV and V, shortened
// only where the norm repeats itself.
func (v *visit) glossary() error {
	return v.show(web.Glossary{Acronyms: acronyms(), Terms: terms()})
}

func acronyms() []web.Datum {
	return []web.Datum{
		{Label: "PNAEQW", Value: "Programa Nacional de Alimentación Escolar Qali Warma"},
		{Label: "PAU", Value: "Plataforma de Atención al Usuario"},
		{Label: "SIGO", Value: "Sistema Integrado de Gestión Operativa"},
		{Label: "SGD", Value: "Sistema de Gestión Documental"},
		{Label: "UTI", Value: "Unidad de Tecnologías de la Información"},
		{Label: "UT", Value: "Unidad Territorial"},
		{Label: "TIC", Value: "Tecnología de Información y Comunicaciones"},
	}
}

func terms() []web.Datum {
	return []web.Datum{
		{Label: "Equipo informático", Value: "Máquina electrónica a la que se introducen datos y órdenes para que los procese: computadoras, tabletas, impresoras, fotocopiadoras y otras.", Note: "4.1"},
		{Label: "Incidente", Value: "Suceso de falla o interrupción de un recurso o servicio informático, que requiere ser atendido.", Note: "4.2"},
		{Label: "Mesa de ayuda", Value: "Sistema diseñado para gestionar y brindar solución a todos los posibles incidentes relacionados con las tecnologías de la información y comunicación.", Note: "4.3"},
		{Label: "Requerimiento", Value: "Necesidad de las/los usuarias/os para el uso de los recursos informáticos con la finalidad de complementar o mejorar el desempeño de sus funciones.", Note: "4.4"},
		{Label: "Sistema de información", Value: "Conjunto de elementos orientados al tratamiento y administración de datos e información, organizados y listos para su uso posterior, generados para cubrir una necesidad o un objetivo.", Note: "4.5"},
		{Label: "Software", Value: "Conjunto de programas, documentos, procesamientos y rutinas asociadas con la operación de un sistema de computadoras.", Note: "4.6"},
		{Label: "Soporte técnico", Value: "Grupo de servicios que proveen asistencia para hardware y software.", Note: "4.7"},
		{Label: "Usuaria/o interno", Value: "Colaborador/a que utiliza los servicios informáticos.", Note: "4.8"},
	}
}
