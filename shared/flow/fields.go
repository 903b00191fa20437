package flow

import (
	"slices"

	"mesa/shared/desk"
	"mesa/shared/password"
)

// Field definitions shared by several rows. Limits are characters.

const (
	maxSubject = 200
	maxText    = 4000
	maxLine    = 120
	maxSecret  = password.MaxLength
)

const passwordRule = password.Rule

func subjectField() Field {
	return Field{Name: "subject", Label: "Asunto", Kind: Line, Max: maxSubject, Missing: "Escriba el asunto.", Clause: "8.5.1, R104"}
}

func descriptionField() Field {
	return Field{Name: "description", Label: "Descripción", Hint: "Qué pasa, desde cuándo y qué mensaje aparece.", Kind: Long, Max: maxText,
		Missing: "Escriba la descripción.", Clause: "8.5.1, R104"}
}

func phoneField() Field {
	return Field{Name: "phone", Label: "Teléfono o anexo", Hint: "Con él coordinaremos la atención.", Kind: Line, Max: 40, Optional: true,
		Missing: "Escriba su teléfono o anexo: con él coordinaremos la atención.", Clause: "R119"}
}

func reasonField(label, missing string) Field {
	return Field{Name: "reason", Label: label, Kind: Long, Max: maxText, Missing: missing}
}

func yesField(name, label string) Field {
	return Field{Name: name, Label: label, Kind: Check, Optional: true}
}

// impacts are the four plain choices of the form; they suggest a priority to
// the desk and never set it (R32–R36).
func impactField() Field {
	return Field{Name: "impact", Label: "¿Qué está pasando?", Kind: Radio, Missing: "Elija qué está pasando.", Clause: "7.4, R36",
		Options: []Option{{"stopped", "No puedo usar el servicio"}, {"slow", "Funciona lento"}, {"equipment", "Falla mi equipo"}, {"guidance", "Necesito orientación"}}}
}

func suggestedPriority(impact string) desk.Priority {
	switch impact {
	case "stopped":
		return 1
	case "slow":
		return 2
	case "guidance":
		return 4
	default:
		return 3
	}
}

// PriorityOptions are the four criteria of 7.4 in the norm's words, as the desk
// reads them where it sets a priority (R32–R36).
func PriorityOptions() []Option {
	return []Option{
		{"1", "P1 Pérdida del servicio: Los servicios de tecnologías de la información que utilizan las/los usuarias/os se han detenido. " +
			"Ejemplo: Pérdida de conexión a la red, inaccesibilidad a los sistemas de información, etc."},
		{"2", "P2 Lentitud en el funcionamiento de los servicios: Los servicios de tecnologías de la información funcionan con lentitud, pero las/los usuarias/os " +
			"pueden continuar con sus operaciones, a través de una solución temporal o un incremento de recursos por un corto periodo de tiempo antes de detener el servicio " +
			"y solucionar el problema. Ejemplo: Lentitud en las transacciones del sistema."},
		{"3", "P3 Problemas en el funcionamiento del equipo: Problemas de hardware y/o software de los equipos reportados por las/los usuarias/os."},
		{"4", "P4 Requerimiento de capacitación en el manejo de un sistema: Problema o incidente en el que las/los usuarias/os pueden operar normalmente algunas " +
			"funcionalidades en el sistema, pero se ha identificado un problema específico que puede resolverse mediante una funcionalidad del sistema."},
	}
}

func priorityField() Field {
	return Field{Name: "priority", Label: "Prioridad", Kind: Radio, Options: PriorityOptions(), Missing: "Elija la prioridad según los criterios de 7.4.", Clause: "7.4, R36"}
}

func parsePriority(v string) desk.Priority {
	if len(v) == 1 && v[0] >= '1' && v[0] <= '4' {
		return desk.Priority(v[0] - '0')
	}
	return 0
}

// goodsField is the asset kind of 8.6.1.
func goodsField() Field {
	return Field{Name: "goods", Label: "Tipo de bien", Kind: Radio, Missing: "Elija el tipo de bien.", Clause: "8.6.1, R110", Later: true,
		Options: []Option{{"cpu", "CPU"}, {"laptop", "Computadora portátil"}, {"monitor", "Monitor"}, {"printer", "Impresora multifuncional"}, {"scanner", "Escáner"}, {"other", "Otro"}}}
}

func officeField() Field {
	return Field{Name: "office", Label: "Oficina de ubicación", Kind: Line, Max: maxLine, Missing: "Escriba la oficina donde está el equipo.", Clause: "8.6.1, R110", Later: true}
}

func assetField() Field {
	return Field{Name: "asset", Label: "Código patrimonial", Hint: "Está en la etiqueta del equipo. Puede escribirlo con espacios o guiones.", Kind: Line, Max: 40,
		Missing: "Escriba el código patrimonial o marque que no lo tiene a la vista.", Clause: "8.6.1, R110", Later: true}
}

func noAssetField() Field { return yesField("no_asset", "No tengo el código a la vista") }

// serviceField and flowField name the catalogue entry; their options come from
// the catalogue.
func serviceField() Field {
	return Field{Name: "service", Label: "Servicio", Kind: Choice, Max: 60, Missing: "Elija el servicio.", Clause: "7.6, R51"}
}

func flowField() Field {
	return Field{Name: "flow", Label: "Procedimiento que sigue", Kind: Choice, Max: 3, Missing: "Elija el procedimiento que sigue.", Clause: "VIII", Optional: true}
}

// documentField is the number under which the SGD has the request: 8.4.1.
func documentField() Field {
	return Field{Name: documentName, Label: "N.º de documento SGD", Hint: "El documento con que pidió el acceso, como figura en el SGD.", Kind: Line, Max: 60,
		Missing: "Escriba el número del documento SGD con que pidió el acceso.", Clause: "8.4.1, R98"}
}

// OpenFields are the fields of the intranet form for a flow: 8.1.4, 8.4.1, 8.5.1, 8.6.1, 8.7.1.
func OpenFields(f desk.FlowCode) []Field {
	fields := []Field{serviceField(), {Name: "flow", Label: "Procedimiento", Kind: Hidden, Max: 3, Optional: true}, {Name: "from", Label: "Contacto", Kind: Hidden, Max: 26, Optional: true},
		{Name: "parent", Label: "Incidente masivo", Kind: Hidden, Max: 20, Optional: true}, subjectField(), descriptionField()}
	switch f {
	case desk.Flow81, desk.Flow82:
		return append(fields, impactField(), phoneField())
	case desk.Flow83:
		return append(fields, detectedField(), phoneField())
	case desk.Flow84:
		return append(fields, documentField(), phoneField())
	case desk.Flow86:
		return append(fields, Field{Name: "equipment", Label: "Tipo de equipo", Kind: Line, Max: maxLine, Missing: "Escriba el tipo de equipo.", Clause: "8.6.1, R110", Later: true},
			assetField(), noAssetField(), goodsField(), officeField(), phoneField())
	case desk.Flow87:
		return append(fields, neededPhone())
	case desk.Flow88:
		return append(fields[:len(fields)-1], annexFields()...) // the objective is the description
	default:
		return append(fields, phoneField())
	}
}

// MissingFields names what a flow wants and was not given: asked back, never
// blocking (R104, R110). What a form insists on, a mail may leave out: R119.
func MissingFields(f desk.FlowCode, given desk.Fields) []string {
	switch f {
	case desk.Flow84:
		return missingAccess(given)
	case desk.Flow88:
		return annexWanted(given)
	default:
	}
	var missing []string
	for _, field := range OpenFields(f) {
		wanted := field.Later || field.Name == "phone" && !field.Optional
		if !wanted || given[field.Name] != "" || field.Name == "asset" && given["no_asset"] != "" {
			continue
		}
		missing = append(missing, field.Name)
	}
	return missing
}

// annexWanted: a mail or a call brings Anexo 02 and the telephone, or is asked
// for them (R126, R148).
func annexWanted(given desk.Fields) []string {
	missing := without([]string{Annex02, "phone"}, given)
	if len(annexGiven(given)) > 0 {
		return without([]string{"phone"}, given)
	}
	return missing
}

// without are the names that have no value.
func without(names []string, given desk.Fields) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return given[n] != "" })
}
