package portal

import (
	"fmt"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// title words an act by its events: the facts that a person would tell, joined.
func (v *visit) title(rec desk.Record) string {
	var parts []string
	for _, e := range rec.Events {
		if words := v.eventWords(e, rec); words != "" {
			parts = append(parts, words)
		}
	}
	if len(parts) == 0 {
		if told, ok := rec.Events[0].(desk.RequesterTold); ok && len(rec.Events) == 1 {
			return "Respuesta a quien solicita, por " + mediumName(told.Medium)
		}
		return "Registrado"
	}
	return strings.Join(parts, ". ")
}

// eventWords are a fact's words; "" for one that goes without saying.
func (v *visit) eventWords(e desk.Event, rec desk.Record) string {
	switch e := e.(type) {
	case desk.TicketOpened:
		return "Solicitud registrada: flujo " + string(e.Flow)
	case desk.ContactOpened:
		return "Contacto recibido " + strings.ToLower(channelName(e.Channel))
	case desk.TicketClassified:
		return "Clasificado: flujo " + string(e.Flow) + ", P" + strconv.Itoa(int(e.Priority))
	case desk.PrioritySet:
		return "Prioridad P" + strconv.Itoa(int(e.Priority)) + " " + flow.PriorityLabel(e.Priority)
	case desk.LevelEntered:
		return v.levelWords(e)
	case desk.TicketAssigned:
		return "Asignado a " + v.directory.Name(e.Person)
	case desk.TicketTaken:
		return "Tomado por " + v.directory.Name(rec.Actor.Person)
	case desk.DataProvided:
		return dataWords(e, rec)
	default:
		if words := approvalWords(e, v.directory.Name) + regularWords(e, v.directory.Name); words != "" {
			return words
		}
		if words := meetingWords(e); words != "" {
			return words
		}
		if words := accessWords(e, rec); words != "" {
			return words
		}
		return workWords(e)
	}
}

// dataWords tells data that somebody completed from those that the desk read from
// a mail, which a person should look at.
func dataWords(e desk.DataProvided, rec desk.Record) string {
	if rec.Channel == desk.ChannelMail {
		return "Datos leídos del correo: " + flow.DataLabels(e.Fields)
	}
	return "Se completaron datos"
}

func (v *visit) levelWords(e desk.LevelEntered) string {
	words := "Pasa al Nivel " + strconv.Itoa(int(e.Level))
	if team, ok := v.directory.Team(e.Team, v.now); ok {
		words += ", " + team.Name
	}
	if e.Assignee != "" {
		words += ": " + v.directory.Name(e.Assignee)
	}
	if e.Why == desk.BecauseClimbed {
		words += ", por el tiempo transcurrido"
	}
	return words
}

// approvalWords are the facts of 8.1.4.
func approvalWords(e desk.Event, name func(desk.PersonID) string) string {
	switch e := e.(type) {
	case desk.ApprovalRequested:
		if len(e.Asked) == 0 {
			return "Sin aprobador: " + flow.StageLabel(e.Stage)
		}
		return "Se pidió la decisión: " + flow.StageLabel(e.Stage) + ", " + askedNames(e.Asked, name)
	case desk.ApprovalReminded:
		return "Se recordó la decisión pendiente"
	case desk.ApprovalPassedOn:
		return "Se pidió la decisión a " + askedNames(e.Asked, name)
	case desk.ApprovalDeclined:
		return name(e.Person) + " indicó que no le corresponde decidir"
	case desk.StageSkipped:
		if e.Approved {
			return "Etapa " + flow.StageLabel(e.Stage) + " omitida: " + name(e.Person) + " ya aprobó la anterior"
		}
		return "Etapa " + flow.StageLabel(e.Stage) + " omitida: decide la misma persona en la siguiente"
	case desk.StageApproved:
		return "Aprobado: " + flow.StageLabel(e.Stage)
	case desk.StageRejected:
		return "Rechazado: " + flow.StageLabel(e.Stage)
	case desk.TicketRejected:
		return "El caso queda rechazado"
	case desk.TicketWithdrawn:
		return "Retirado por quien lo solicitó"
	case desk.TicketRedirected:
		return "Se indicó sacar un ticket PAU (8.1.3)"
	case desk.TicketLinked:
		return "Siguió en un ticket PAU"
	case desk.SenderConfirmed:
		return "Se confirmó a quien escribe"
	case desk.DataRequested:
		return "Se pidieron datos que faltan"
	default:
		return ""
	}
}

func askedNames(asked []desk.Asked, name func(desk.PersonID) string) string {
	var names []string
	for _, a := range asked {
		who := name(a.Person)
		if a.For != "" {
			who += " por " + name(a.For)
		}
		names = append(names, who)
	}
	return strings.Join(names, "; ")
}

// workWords are the facts of attending and closing.
func workWords(e desk.Event) string {
	switch e := e.(type) {
	case desk.QuestionAsked:
		return "Pedido de información"
	case desk.QuestionAnswered:
		return "La atención continúa"
	case desk.CommentAdded:
		return "Comentario"
	case desk.NoteAdded:
		return "Nota interna"
	case desk.FilesAttached:
		return "Archivo adjuntado: " + flow.PurposeLabel(e.Purpose)
	case desk.ContactLogged:
		return contactWords(e)
	case desk.WorkaroundRecorded:
		return "Solución temporal"
	case desk.PaseHandedOver:
		return "Pase n.º " + strconv.Itoa(e.N)
	case desk.InterruptionAnnounced:
		return "Aviso de interrupción: " + web.Stamp(e.StartsAt) + " a " + web.Stamp(e.EndsAt)
	case desk.ExecutionSucceeded:
		return "Ejecutado sin error"
	case desk.ExecutionFailed:
		return "Error de ejecución n.º " + strconv.Itoa(e.N)
	case desk.SolutionReported:
		return "Infraestructura comunicó la solución y su verificación"
	case desk.SolutionAcknowledged:
		return "Nivel " + strconv.Itoa(int(e.Level)) + " confirmó la recepción de la solución"
	case desk.TicketClosed:
		return "Cerrado"
	case desk.RowRegistered:
		return "Anexo 01, fila " + strconv.Itoa(e.N) + " de " + monthName(e.Period)
	case desk.TicketReopened:
		return "Reabierto: sigue fallando"
	case desk.VerificationRequested, desk.VerificationConfirmed, desk.VerificationFailed:
		return verificationWords(e)
	case desk.MailResent:
		return "Correo puesto en cola otra vez"
	case desk.WaitReminded:
		return targetWords(e)
	default:
		return gearWords(e)
	}
}

// gearWords are the facts of 8.6.3 to 8.6.5.
func gearWords(e desk.Event) string {
	switch e := e.(type) {
	case desk.DiagnosisStarted:
		return "Diagnóstico iniciado: corren los 60 minutos"
	case desk.DiagnosisPaused:
		return fmt.Sprintf("Se detuvieron los 60 minutos: faltaban %d min", (e.Left+59)/60)
	case desk.DiagnosisResumed:
		return "Se reanudaron los 60 minutos con el tiempo que faltaba"
	case desk.TransferAnnounced:
		if e.ByClock {
			return "Pasaron los 60 minutos: se comunicó el traslado del equipo"
		}
		return "Se comunicó el traslado del equipo"
	case desk.TransferCancelled:
		return "El equipo no se trasladó"
	case desk.CustodyTaken:
		return "Equipo trasladado a la UTI el " + web.Stamp(e.TakenAt)
	case desk.EquipmentReturned:
		return "Equipo devuelto el " + web.Stamp(e.ReturnedAt)
	default:
		return vendorWords(e)
	}
}

func contactWords(e desk.ContactLogged) string {
	if e.Reached {
		return "Contacto con la/el usuaria/o"
	}
	return "Intento de contacto sin respuesta"
}

func mediumName(m desk.Medium) string {
	if m == desk.ByPhone {
		return "teléfono"
	}
	return "correo"
}

// vendorWords are the facts of Level 5 and of a case filed anew: R47, R150.
func vendorWords(e desk.Event) string {
	switch e := e.(type) {
	case desk.VendorCaseOpened:
		words := "Caso con proveedor, reportado el " + web.Stamp(e.ReportedAt)
		if !e.ExpectedAt.IsZero() {
			words += "; debe responder el " + web.Stamp(e.ExpectedAt)
		}
		return words
	case desk.MassDeclared:
		return "Declarado incidente masivo"
	case desk.TicketJoined:
		return "Unido a un incidente masivo: se cierra con él"
	case desk.TicketSeparated:
		return "Separado del incidente masivo"
	case desk.VendorAnswered:
		return "El proveedor respondió: la atención continúa"
	case desk.TicketReclassified:
		if e.Moved {
			return "Pasó al procedimiento " + string(e.Flow) + " " + flow.FlowTitle(e.Flow)
		}
		return "Cambió de servicio"
	default:
		return outageWords(e)
	}
}
