package flow

import (
	"fmt"

	"mesa/shared/desk"
)

// StateLabel is the state as people read it: R150.
func StateLabel(t desk.Ticket) string {
	switch t.State {
	case desk.ToClassify:
		return "Por clasificar"
	case desk.PendingApproval:
		return "Por aprobar: " + StageLabel(t.Stage)
	case desk.Rejected:
		return "Rechazado"
	case desk.WaitingUser:
		return "Esperando a la/el usuaria/o"
	case desk.WaitingVendor:
		return "Esperando al proveedor"
	case desk.TransferPending:
		return "Traslado pendiente"
	case desk.InCustody:
		return "Equipo en la UTI"
	case desk.Joined:
		return "Unido a un incidente masivo"
	case desk.Closed:
		if t.Verifying() {
			return "Resuelto, por verificar"
		}
		return "Cerrado"
	case desk.Withdrawn:
		return "Retirado"
	case desk.Redirected:
		return "Derivado a ticket PAU"
	default:
		return workLabel(t)
	}
}

func workLabel(t desk.Ticket) string {
	switch {
	case t.Reopened > 0 && t.State != desk.InProgress && t.LevelAt.At.Equal(t.WorkAt): // nobody began again
		return "Reabierto"
	case t.Level >= 3:
		return fmt.Sprintf("En Nivel %d", t.Level)
	case t.State == desk.InProgress:
		return "En progreso"
	case t.State == desk.Assigned:
		return "Asignado"
	case t.Level == 2:
		return "En Nivel 2, sin asignar"
	default:
		return "Registrado"
	}
}

// StageLabel is a stage as people read it.
func StageLabel(s desk.Stage) string {
	switch s {
	case desk.StageUT:
		return "UT"
	case desk.StageUO:
		return "unidad orgánica"
	case desk.StageUTI:
		return "Jefatura UTI"
	default:
		return ""
	}
}

// RegisterState maps a state to the three of Anexo 01, "" for none: R133, R134.
func RegisterState(t desk.Ticket) string {
	switch t.State {
	case desk.Closed:
		if t.Verifying() {
			return "En Progreso"
		}
		return "Atendido"
	case desk.Rejected, desk.Withdrawn, desk.Redirected:
		if t.Row > 0 { // attended once, and its further part given up
			return "Atendido"
		}
		return ""
	case desk.ToClassify, desk.PendingApproval, desk.Unassigned, desk.Assigned:
		if t.Reopened > 0 { // its row is there: work goes on
			return "En Progreso"
		}
		return "Pendiente"
	default:
		return "En Progreso"
	}
}

// DecidedFrom says from where a decision came and how the desk knew whose it was
// (R9): «por el enlace del correo, con su código». Empty for a record that holds
// no assurance.
func DecidedFrom(a desk.Assurance) string {
	return map[desk.Assurance]string{
		desk.AssuredCode: "por el enlace del correo, con su código", desk.AssuredSession: "por el portal, con sesión iniciada",
		desk.AssuredToken: "por otro sistema, con su propia cuenta", desk.AssuredDMARC: "por respuesta al correo, de su propia dirección",
		desk.AssuredLink: "por el enlace del correo",
	}[a]
}

// PriorityLabel is a priority as people read it: 7.4.
func PriorityLabel(p desk.Priority) string {
	return map[desk.Priority]string{1: "Pérdida del servicio", 2: "Lentitud", 3: "Equipo", 4: "Capacitación"}[p]
}

// FlowTitle is the title of a clause of section VIII.
func FlowTitle(f desk.FlowCode) string {
	return map[desk.FlowCode]string{
		desk.Flow81: "Incidentes en sistemas de información", desk.Flow82: "Incidentes en el SGD",
		desk.Flow83: "Incidentes detectados por especialistas de UTI", desk.Flow84: "Acceso a los sistemas de información",
		desk.Flow85: "Soporte de aplicaciones y software", desk.Flow86: "Avería en hardware",
		desk.Flow87: "Apoyo y asistencia técnica diversos", desk.Flow88: "Videoconferencia",
		"": "Contacto con mesa de ayuda",
	}[f]
}
