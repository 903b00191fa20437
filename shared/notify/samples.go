package notify

import (
	"mesa/shared/desk"
)

// samples are one notice for each message and variant, with the data that
// package flow gives them.
func samples() []sample {
	var all []sample
	for _, part := range [][]sample{intakeSamples(), approvalSamples(), workSamples(), levelSamples(), gearSamples(), accessSamples(), clockSamples(), roomSamples(), replySamples()} {
		all = append(all, part...)
	}
	return all
}

func intakeSamples() []sample {
	contact, waiting := contactCase(), hardware(desk.GearNone)
	waiting.DataAt, waiting.Missing = desk.Mark{Seq: 1, At: openedAt(), Round: 1}, []string{"asset", "office"}
	desk8, unknown := hardware(desk.GearNone), incident()
	desk8.State, desk8.Level, desk8.Assignee = desk.Unassigned, 1, ""
	unknown.Asked = nil
	redirected := contactCase()
	redirected.State = desk.Redirected
	return []sample{
		{"received", desk.Notice{Message: desk.MailReceived, Audience: toRequester()}, about(incident(), "user")},
		{"received-hardware", desk.Notice{Message: desk.MailReceived, Audience: toRequester()}, about(desk8, "user")},
		{"received-contact", desk.Notice{Message: desk.MailReceived, Audience: toRequester()}, about(contact, "")},
		{"received-no-approver", desk.Notice{Message: desk.MailReceived, Audience: toRequester()}, about(unknown, "user")},
		{"missing-data", desk.Notice{Message: desk.MailMissingData, Audience: toRequester(), Data: pairs("fields", "Código patrimonial, Oficina de ubicación")}, about(waiting, "user")},
		{"need-ticket", desk.Notice{Message: desk.MailNeedTicket, Audience: toRequester(), Data: pairs("service", "apps-sigo", "service_name", "SIGO")}, about(redirected, "support")},
		{"need-ticket-sgd", desk.Notice{Message: desk.MailNeedTicket, Audience: toRequester(), Data: pairs("service", "apps-sgd", "service_name", "SGD (Sistema de Gestión Documental)", "flow", "8.2")}, about(sgdContact(), "support")},
		{"received-sgd", desk.Notice{Message: desk.MailReceived, Audience: toRequester()}, about(sgdTicket(), "user")},
		{"typing-error", desk.Notice{Message: desk.MailTypingError, Audience: toRequester(), Closing: true, Data: pairs("detail", "la contraseña",
			"solution", "Error de digitación: se comunicó a la/el usuaria/o que vuelva a intentarlo con los datos correctos.")}, about(sgdContact(), "support")},
		{"verify", desk.Notice{Message: desk.MailVerify, Audience: toRequester(), Wait: "verification#5", Round: 1, Closing: true,
			Data: pairs("solution", "Se corrigió la derivación del expediente.", "until", "18/09/2026 16:30")}, about(sgdSolved(), "support")},
		{"not-delivered", desk.Notice{Message: desk.MailNotDelivered, Audience: toPerson("support", "")}, about(hardware(desk.GearNone), "")},
	}
}

func decideNotice(m desk.Message, who desk.Audience, stage desk.Stage, at, of string, round int) desk.Notice {
	return desk.Notice{Message: m, Audience: who, Wait: "approval#1", Round: round, Stage: stage, Data: pairs("stage", at, "stages", of)}
}

// signInNotice is a decision about a service that takes signing in.
func signInNotice(n desk.Notice) desk.Notice {
	n.Data["sign_in"] = "yes"
	return n
}

// bothNotice is a decision of somebody who would be asked at the next stage too.
func bothNotice(n desk.Notice) desk.Notice {
	n.Data["both"] = "yes"
	return n
}

func approvalSamples() []sample {
	second, central, reported, done := incident(), incident(), incident(), incident()
	second.Stage, second.More = desk.StageUO, nil
	central.Stage, central.More, central.Territorial, central.Unit, central.Sede = desk.StageUO, nil, false, "ADM", "SC"
	reported.Flow, reported.Stage, reported.More = desk.Flow83, desk.StageUTI, nil
	mailed := atLevel(1, "mesa", "")
	mailed.Flow, mailed.Regular, mailed.State = desk.Flow83, desk.RegularPending, desk.Unassigned
	done.State, done.Stage, done.Asked = desk.Rejected, "", nil
	standingIn := about(second, "deputy")
	standingIn.Actor.For, standingIn.Actor.Assurance = "head", desk.AssuredCode
	alone := incident()
	alone.Asked = nil
	reason := pairs("reason", "Ya existe un caso igual: 2026-004498.")
	return []sample{
		{"decide", decideNotice(desk.MailDecide, toPerson("head", ""), desk.StageUT, "1", "2", 1), about(incident(), "user")},
		{"decide-substitute", decideNotice(desk.MailDecide, toPerson("deputy", "head"), desk.StageUT, "1", "2", 1), about(incident(), "user")},
		{"decide-second", decideNotice(desk.MailDecide, toPerson("head", ""), desk.StageUO, "2", "2", 1), about(second, "head")},
		{"decide-central", decideNotice(desk.MailDecide, toPerson("head", ""), desk.StageUO, "1", "1", 1), about(central, "user")},
		{"decide-uti", decideNotice(desk.MailDecide, toPerson("head", ""), desk.StageUTI, "1", "1", 1), about(reported, "user")},
		{"regularise", desk.Notice{Message: desk.MailRegularise, Audience: toPerson("head", ""), Round: 1}, about(mailed, "user")},
		{"regularise-again", desk.Notice{Message: desk.MailRegularise, Audience: toPerson("head", ""), Round: 2}, about(mailed, desk.Clock)},
		{"regularised", desk.Notice{Message: desk.MailRegularised, Audience: toRequester()}, about(mailed, "head")},
		{"decide-passed-on", decideNotice(desk.MailDecide, toPerson("deputy", "head"), desk.StageUT, "1", "2", 3), about(incident(), desk.Clock)},
		{"decide-both", bothNotice(decideNotice(desk.MailDecide, toPerson("deputy", ""), desk.StageUT, "1", "2", 4)), about(incident(), desk.Clock)},
		{"decide-again", decideNotice(desk.MailDecideAgain, toPerson("head", ""), desk.StageUT, "1", "2", 2), about(incident(), desk.Clock)},
		{"decide-sign-in", signInNotice(decideNotice(desk.MailDecide, toPerson("head", ""), desk.StageUT, "1", "2", 1)), about(incident(), "user")},
		{"decide-again-sign-in", signInNotice(decideNotice(desk.MailDecideAgain, toPerson("head", ""), desk.StageUT, "1", "2", 2)), about(incident(), desk.Clock)},
		{"decided-approved", desk.Notice{Message: desk.MailDecided, Audience: toPerson("head", ""), Stage: desk.StageUT, Data: pairs("decision", "approved")}, about(second, "head")},
		{"decided-substitute", desk.Notice{Message: desk.MailDecided, Audience: toPerson("deputy", ""), Stage: desk.StageUT, Data: pairs("decision", "approved")}, standingIn},
		{"decided-twice", desk.Notice{Message: desk.MailDecided, Audience: toPerson("head", ""), Stage: desk.StageUT, Data: pairs("decision", "approved")}, about(atLevel(2, "desarrollo", ""), "head")},
		{"decided-rejected", desk.Notice{Message: desk.MailDecided, Audience: toPerson("head", ""), Stage: desk.StageUT, Data: pairs("decision", "rejected", "reason", reason["reason"])}, about(done, "head")},
		{"rejected", desk.Notice{Message: desk.MailRejected, Audience: toRequester(), Data: reason}, about(done, "head")},
		{"rejected-team", desk.Notice{Message: desk.MailRejected, Audience: toTeam("ut-ejemplo"), Data: reason}, about(done, "head")},
		{"withdrawn", desk.Notice{Message: desk.MailWithdrawn, Audience: toPerson("head", "")}, about(done, "user")},
		{"no-approver", desk.Notice{Message: desk.MailNoApprover, Audience: toTeam("ut-ejemplo")}, about(alone, "user")},
		{"not-mine", desk.Notice{Message: desk.MailNotMine, Audience: toTeam("ut-ejemplo"), Data: pairs("reason", "El SIGO lo ve otra unidad.")}, about(incident(), "head")},
	}
}

func workSamples() []sample {
	working, asked, closed := atLevel(2, "desarrollo", "dev"), atLevel(2, "desarrollo", "dev"), atLevel(2, "desarrollo", "dev")
	asked.State, asked.PauseAt = desk.WaitingUser, desk.Mark{Seq: 6, At: actedAt(), Round: 1}
	closed.State, closed.Pases = desk.Closed, 1
	reopened := hardware(desk.GearNone)
	reopened.Reopened = 1
	assigned := hardware(desk.GearNone)
	assigned.State = desk.Assigned
	text := pairs("message", "Probé en otra computadora y pasa lo mismo.")
	return []sample{
		{"assigned", desk.Notice{Message: desk.MailAssigned, Audience: toPerson("support", "")}, about(assigned, "dev")},
		{"assigned-taken", desk.Notice{Message: desk.MailAssigned, Audience: toPerson("dev", ""), Data: pairs("taken_by", "dev-lead")}, about(working, "dev-lead")},
		{"reopened", desk.Notice{Message: desk.MailReopened, Audience: toPerson("support", ""), Data: pairs("message", "Volvió a apagarse sola.")}, about(reopened, "user")},
		{"question", desk.Notice{Message: desk.MailQuestion, Audience: toRequester(), Wait: "paused#6", Round: 1, Data: pairs("question", "¿Pasa con todas las actas\no solo con las de hoy?")}, about(asked, "dev")},
		{"question-again", desk.Notice{Message: desk.MailQuestionAgain, Audience: toRequester(), Wait: "paused#6", Round: 2, Data: pairs("question", "¿Pasa con todas las actas\no solo con las de hoy?")}, about(asked, desk.Clock)},
		{"answered", desk.Notice{Message: desk.MailAnswered, Audience: toPerson("dev", ""), Data: text}, about(working, "user")},
		{"reply", desk.Notice{Message: desk.MailReply, Audience: toRequester(), Data: pairs("message", "Estamos revisando el servidor. Le avisamos antes de las 17:00.")}, about(working, "dev")},
		{"closed", desk.Notice{Message: desk.MailClosed, Audience: toRequester(), Closing: true, Data: pairs("solution", "Se corrigió el guardado de actas y se verificó con tres actas de prueba.")}, about(closed, "dev")},
	}
}

func levelSamples() []sample {
	working, third := atLevel(2, "desarrollo", "dev"), atLevel(3, "bd", "")
	third.State, third.Pases = desk.Unassigned, 2
	executed := working
	executed.Executed = true
	reason := pairs("level", "4", "reason", "El servidor de base de datos no responde en la red.")
	fourth := atLevel(4, "mesa", "")
	received := third
	received.Flow, received.Chain = desk.Flow83, desk.ChainAtThird
	return []sample{
		{"pase", desk.Notice{Message: desk.MailPase, Audience: toTeam("bd"), Data: pairs("n", "2", "description", "Corrige el guardado de actas.", "files", "\\\\pases\\2026-004512\\02", "rollback", "Ejecutar 02-reversa.sql.")}, about(third, "dev")},
		{"level-changed", desk.Notice{Message: desk.MailLevelChanged, Audience: toRequester(), Data: pairs("level", "4")}, about(fourth, "dev")},
		{"level-changed-team", desk.Notice{Message: desk.MailLevelChanged, Audience: toTeam("mesa"), Data: reason}, about(fourth, "dev")},
		{"vendor-due", desk.Notice{Message: desk.MailVendorDue, Audience: toPerson("dev", "")}, about(atLevel(5, "mesa", "dev"), desk.Clock)},
		{"joined", desk.Notice{Message: desk.MailJoined, Audience: toRequester(), Data: pairs("parent", "2026-004500")}, about(incident(), "dev")},
		{"separated", desk.Notice{Message: desk.MailSeparated, Audience: toRequester(), Data: pairs("reason", "El suyo es otro problema.")}, about(incident(), "dev")},
		{"reclassified", desk.Notice{Message: desk.MailReclassified, Audience: toRequester(), Data: pairs("service_name", "Impresoras", "reason", "La falla es del equipo.")}, about(hardware(desk.GearNone), "dev")},
		{"reclassified-team", desk.Notice{Message: desk.MailReclassified, Audience: toTeam("mesa"), Data: pairs("service_name", "Impresoras", "reason", "La falla es del equipo.")}, about(hardware(desk.GearNone), "dev")},
		{"interruption", desk.Notice{Message: desk.MailInterruption, Audience: desk.Audience{Kind: desk.ToUsersOf, System: "apps-sigo"},
			Data: pairs("service_name", "SIGO", "reason", "Actualización del módulo de actas.", "cannot", "Ingresar ni guardar actas.", "starts_at", "16/09/2026 10:00", "ends_at", "16/09/2026 11:30")}, about(third, "dev")},
		{"restored", desk.Notice{Message: desk.MailRestored, Audience: desk.Audience{Kind: desk.ToUsersOf, System: "apps-sigo"}, Data: pairs("service_name", "SIGO", "stopped", "yes")}, about(working, "dev")},
		{"restored-not-needed", desk.Notice{Message: desk.MailRestored, Audience: desk.Audience{Kind: desk.ToUsersOf, System: "apps-sigo"}, Data: pairs("service_name", "SIGO", "stopped", "no")}, about(working, "dev")},
		{"execution-failed", desk.Notice{Message: desk.MailExecutionFailed, Audience: toPerson("dev", ""), Data: pairs("n", "1", "message", "ORA-00942: la tabla no existe. Corregir el orden de los scripts.")}, about(working, "dev-lead")},
		{"infra-solved", desk.Notice{Message: desk.MailInfraSolved, Audience: toTeam("bd"), Data: pairs("solution", "Se cambió el módulo de red del servidor.", "verification", "Prueba de conexión de diez minutos sin pérdidas.")}, about(received, "dev")},
		{"execution-ok", desk.Notice{Message: desk.MailExecutionOK, Audience: toPerson("dev", ""), Data: pairs("message", "Se ejecutaron los dos scripts.")}, about(executed, "dev-lead")},
	}
}

func gearSamples() []sample {
	return []sample{
		{"transfer", desk.Notice{Message: desk.MailTransfer, Audience: toRequester()}, about(hardware(desk.GearToMove), desk.Clock)},
		{"transfer-off", desk.Notice{Message: desk.MailTransferOff, Audience: toRequester(), Data: pairs("reason", "Se cambió la fuente en el sitio.")}, about(hardware(desk.GearStayed), "support")},
		{"returned", desk.Notice{Message: desk.MailReturned, Audience: toRequester(), Data: pairs("received_by", "Usuaria/o de ejemplo", "condition", "Operativa, con cargador y maletín.")}, about(hardware(desk.GearReturned), "support")},
	}
}

func clockSamples() []sample {
	moving, held, paused := hardware(desk.GearToMove), hardware(desk.GearCustody), hardware(desk.GearPaused)
	moving.State, held.State = desk.TransferPending, desk.InCustody
	paused.GearLeft = 22*60 + 40
	due := func(share, goal, taken string) map[string]string {
		return pairs("level", "2", "share", share, "goal", goal, "due", "2026-09-16T10:05", "taken", taken)
	}
	return []sample{
		{"level-due", desk.Notice{Message: desk.MailLevelDue, Audience: toPerson("dev", ""), Data: due("100", "solution", "yes")}, about(atLevel(2, "desarrollo", "dev"), desk.Clock)},
		{"level-due-lead", desk.Notice{Message: desk.MailLevelDue, Audience: toLead("desarrollo"), Data: due("100", "solution", "yes")}, about(atLevel(2, "desarrollo", "dev"), desk.Clock)},
		{"level-due-warning", desk.Notice{Message: desk.MailLevelDue, Audience: toPerson("dev", ""), Data: due("75", "solution", "yes")}, about(atLevel(2, "desarrollo", "dev"), desk.Clock)},
		{"level-due-nobody", desk.Notice{Message: desk.MailLevelDue, Audience: toTeam("bd"), Data: due("50", "response", "no")}, about(atLevel(2, "bd", ""), desk.Clock)},
		{"level-due-lead-nobody", desk.Notice{Message: desk.MailLevelDue, Audience: toLead("bd"), Data: due("100", "response", "no")}, about(atLevel(2, "bd", ""), desk.Clock)},
		{"gear-due", desk.Notice{Message: desk.MailGearDue, Audience: toPerson("support", ""), Data: pairs("step", "to-move")}, about(moving, desk.Clock)},
		{"gear-due-custody", desk.Notice{Message: desk.MailGearDue, Audience: toPerson("support", ""), Data: pairs("step", "custody")}, about(held, desk.Clock)},
		{"gear-due-paused", desk.Notice{Message: desk.MailGearDue, Audience: toPerson("support", ""), Data: pairs("step", "paused")}, about(paused, desk.Clock)},
		{"data-due", desk.Notice{Message: desk.MailDataDue, Audience: toPerson("support", ""), Data: pairs("fields", "Código patrimonial")}, about(hardware(desk.GearNone), desk.Clock)},
	}
}
