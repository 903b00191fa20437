package portal

import (
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/norm"
	"mesa/shared/web"
)

// procedure is /procedure: the flows as the desk executes them, from the rows
// that guard the acts, so that help and rule cannot disagree.
func (v *visit) procedure() error {
	page := web.Procedure{Text: procedureTextPath}
	later, err := v.laterVersion()
	if err != nil {
		return err
	}
	if later != nil {
		page.Cited = norm.Version
	}
	for _, s := range flow.Sections() {
		table := web.FlowTable{Code: s.Code, Name: s.Title, Note: s.Note}
		for _, l := range s.Entries {
			table.Rows = append(table.Rows, web.FlowRow{Act: l.Label, Who: l.Who, From: l.From, Demands: l.Demands, To: l.To, Clause: numeral(l.Clause)})
		}
		page.Flows = append(page.Flows, table)
	}
	for _, o := range flow.PriorityOptions() {
		name, text, _ := strings.Cut(o.Label, ": ")
		page.Levels = append(page.Levels, web.Datum{Label: name, Value: text})
	}
	return v.show(page)
}

// glossary is /glossary: the acronyms and terms of chapters IV and V, shortened
// only where the norm repeats itself.
func (v *visit) glossary() error {
	return v.show(web.Glossary{Acronyms: acronyms(v.house()), Terms: terms()})
}

func acronyms(i desk.Institution) []web.Datum {
	return []web.Datum{
		{Label: i.Acronym, Value: i.Programme},
		{Label: i.Mark, Value: i.Platform},
		{Label: "SIGO", Value: "Sistema Integrado de Gestión Operativa"},
		{Label: "SGD", Value: "Sistema de Gestión Documental"},
		{Label: i.OfficeShort, Value: i.Office},
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
