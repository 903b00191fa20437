package desk

// The mails of the procedure and the desk's own: R152. Package notify has
// subject, words and layout of each, and the Data keys it reads.
const (
	MailReceived        Message = "received"          // acuse: R65, R151
	MailMissingData     Message = "missing-data"      // faltan datos: R104, R110, R119
	MailNeedTicket      Message = "need-ticket"       // saque ticket PAU: 8.1.3, R64
	MailTypingError     Message = "typing-error"      // error de digitación: 8.2.2, R82; Data["detail"]
	MailDecide          Message = "decide"            // por aprobar: 8.1.4; Wait, Round, Stage set
	MailDecideAgain     Message = "decide-again"      // recordatorio: fresh link, old ones die
	MailDecided         Message = "decided"           // constancia; Data["decision"]
	MailRejected        Message = "rejected"          // R67; Data["reason"]
	MailWithdrawn       Message = "withdrawn"         // to those asked: nothing to decide any more
	MailNoApprover      Message = "no-approver"       // to the desk: «sin aprobador»
	MailNotMine         Message = "not-mine"          // to the desk: a head says it is not theirs
	MailAssigned        Message = "assigned"          // R105, R111
	MailReopened        Message = "reopened"          // caso reabierto: sigue fallando
	MailQuestion        Message = "question"          // R72; Data["question"]
	MailQuestionAgain   Message = "question-again"    // reminder of the question
	MailAnswered        Message = "answered"          // to the assignee: an answer or comment came
	MailReply           Message = "reply"             // staff write to who asked
	MailPase            Message = "pase"              // R74
	MailLevelChanged    Message = "level-changed"     // R50
	MailVendorDue       Message = "vendor-due"        // to the assignee: the provider's answer is due
	MailJoined          Message = "joined"            // R150: it is attended with a mass incident
	MailSeparated       Message = "separated"         // R150: it goes its own way again
	MailReclassified    Message = "reclassified"      // R150: to who asked, and the team that has it now
	MailInterruption    Message = "interruption"      // R76
	MailRegularise      Message = "regularise"        // pendiente de regularizar en PAU: R90
	MailRegularised     Message = "regularised"       // regularizado, to who asked
	MailRestored        Message = "restored"          // servicio restablecido, to the same list
	MailExecutionFailed Message = "execution-failed"  // R78
	MailExecutionOK     Message = "execution-ok"      // R79
	MailInfraSolved     Message = "infra-solved"      // solución y verificación de infraestructura: R97
	MailClosed          Message = "closed"            // lo actuado y cierre; Data["solution"]
	MailVerify          Message = "verify"            // solucionado, verifique: 8.2.4, R87; Wait set, Data["solution"]
	MailTransfer        Message = "transfer"          // traslado: R113
	MailTransferOff     Message = "transfer-off"      // correcting mail: the equipment stays
	MailReturned        Message = "returned"          // devolución: R116
	MailLevelDue        Message = "level-due"         // reminder to assignee or lead: a local target came
	MailGearDue         Message = "gear-due"          // reminder to the assignee: custody or return
	MailDataDue         Message = "data-due"          // to the team: the missing data never came
	MailNotDelivered    Message = "not-delivered"     // «No entregado: llame»
	MailHeld            Message = "held"              // to an unknown sender, once a day: where to write from
	MailDecisionsDue    Message = "decisions-due"     // «{n} decisiones pendientes», once a working day; about no case
	MailSignOff         Message = "sign-off"          // R135: «Anexo 01 de {mes} por visar», to the specialist, then to the head; about no case
	MailStandIn         Message = "stand-in"          // R27: to who will stand in, and to who named them; about no case
	MailNewVersion      Message = "new-version"       // «El procedimiento cambió: versión {n}», to everybody: R8; about no case
	MailNotUnderstood   Message = "reply-is-not-vote" // a reply is a comment; to decide use the link
	MailCredentials     Message = "credentials"       // 8.4.3, R101: account and the one-time link, never the password
	MailRoomBooked      Message = "room-booked"       // sala confirmada, with its calendar file: R130
	MailRoomMoved       Message = "room-moved"        // sala movida
	MailRoomCancelled   Message = "room-cancelled"    // sala cancelada
	MailRoomProposed    Message = "room-proposed"     // sala no disponible: le proponemos…; Wait set
	MailDateDropped     Message = "date-dropped"      // to the assignee: who asked cancelled a date
	MailRecording       Message = "recording"         // copia de la grabación: R131
)
