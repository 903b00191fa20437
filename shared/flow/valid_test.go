package flow_test

import (
	"mesa/shared/desk"
)

// validFields are inputs with which an act can fail for nothing but role,
// state and flow.
func validFields(b *bench, kind desk.ActKind) []string {
	switch kind {
	case desk.ActOpen:
		return []string{"service", "antivirus", "flow", "8.5", "subject", "x", "description", "y"}
	case desk.ActContact:
		return []string{"subject", "x", "description", "y"}
	case desk.ActClassify:
		return []string{"service", "antivirus", "flow", "8.5", "priority", "2"}
	case desk.ActLink:
		return []string{"other", "01J00000000000000000000002"}
	case desk.ActConfirmSender:
		return []string{"how", "Le llamé."}
	case desk.ActProvideData:
		if b.ticket.Flow == desk.Flow88 {
			return annex(b.now)
		}
		return []string{"asset", "740", "phone", "anexo 1", "sgd_document", "Oficio 1"}
	case desk.ActReject, desk.ActDeny, desk.ActNotMine, desk.ActNotMoved:
		return []string{"reason", "x"}
	case desk.ActSetPriority:
		return []string{"priority", string('0' + rune(b.ticket.Priority%4+1))}
	case desk.ActAsk:
		return []string{"question", "x"}
	case desk.ActAnswer, desk.ActComment, desk.ActNote, desk.ActReply, desk.ActWorkaround, desk.ActReopen, desk.ActStillFailing:
		return []string{"message", "x"}
	case desk.ActResend:
		return []string{"ref", "1.2"}
	case desk.ActAttach:
		return []string{"purpose", "other"}
	case desk.ActOverdue:
		return []string{"wait", "level#1"}
	default:
		return validWork(b, kind)
	}
}

func validWork(b *bench, kind desk.ActKind) []string {
	switch kind {
	case desk.ActAssign:
		return []string{"person", string(assignable(b))}
	case desk.ActDerive:
		return deriving()
	case desk.ActCreateAccess:
		return []string{"message", "SIGA, perfil de consulta.", "credentials", "yes"}
	case desk.ActDeliverCredential:
		return delivering()
	case desk.ActShowCredential:
		return []string{"delivery", "6"}
	case desk.ActLogContact:
		return logged("no")
	case desk.ActTakeCustody:
		return custody()
	case desk.ActReturn:
		return returned()
	case desk.ActHandOver:
		return pase()
	case desk.ActInterruption:
		return []string{"reason", "x", "starts_at", "2027-01-04T18:00", "ends_at", "2027-01-04T19:00", "cannot", "Registrar actas", "system", "sigo"}
	case desk.ActExecutionOK:
		return []string{"interrupts", "no"}
	case desk.ActExecutionError:
		return []string{"interrupts", "no", "message", "x"}
	case desk.ActRoute:
		return []string{"level", "3", "reason", "x"}
	case desk.ActInfraSolved:
		return []string{"solution", "x", "verification", "y"}
	case desk.ActEscalate:
		if b.ticket.Level == 4 {
			return []string{"level", "5", "reason", "x"}
		}
		return []string{"level", "4", "reason", "x"}
	case desk.ActSendBack:
		for l := desk.Level(1); l < b.ticket.Level; l++ {
			if _, held := b.ticket.Last[l]; held {
				return []string{"level", string('0' + rune(l)), "reason", "x"}
			}
		}
		return []string{"level", "1", "reason", "x"}
	case desk.ActClose:
		return closing()
	case desk.ActTypingError:
		return append([]string{"detail", "la contraseña"}, closing()...)
	case desk.ActVendorCase:
		return vendorCase()
	case desk.ActJoin:
		return []string{"parent", "2026-000001"}
	case desk.ActSeparate, desk.ActPauseDiagnosis:
		return []string{"reason", "x"}
	case desk.ActVendorAnswer:
		return []string{"result", "x"}
	case desk.ActReclassify:
		if b.ticket.Service == "antivirus" {
			return []string{"service", "impresora", "flow", "8.6", "reason", "x"}
		}
		return []string{"service", "antivirus", "flow", "8.5", "reason", "x"}
	default:
		return validRooms(b, kind)
	}
}

// assignable is somebody to whom the case can be assigned who has it not.
func assignable(b *bench) desk.PersonID {
	team := b.ticket.Team
	if b.ticket.Level == 1 && b.ticket.Flow != desk.Flow81 && b.ticket.Flow != desk.Flow82 && !b.ticket.Territorial {
		team = supTeam
	}
	for _, p := range b.members[team] {
		if p != b.ticket.Assignee {
			return p
		}
	}
	return ""
}
