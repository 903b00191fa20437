package notify

import "mesa/shared/desk"

// clause is the numeral of section VIII that a notice carries out, "" when the
// case has no flow yet and the message no numeral of its own.
func clause(n desk.Notice, t desk.Ticket) string {
	switch n.Message {
	case desk.MailDecide, desk.MailDecideAgain, desk.MailDecided, desk.MailRejected, desk.MailWithdrawn, desk.MailNoApprover, desk.MailNotMine, desk.MailNotUnderstood:
		return stageClause(t)
	case desk.MailReceived, desk.MailMissingData, desk.MailDataDue:
		return requestClause(t)
	case desk.MailClosed, desk.MailVerify:
		return closingClause(t)
	case desk.MailTypingError:
		return "8.2.2"
	case desk.MailAssigned:
		return assignClause(t)
	case desk.MailLevelChanged, desk.MailLevelDue, desk.MailVendorDue:
		return "7.5"
	case desk.MailJoined, desk.MailSeparated:
		return "7.4"
	case desk.MailReclassified:
		return "7.6"
	case desk.MailReply, desk.MailAnswered, desk.MailNotDelivered:
		return "7.3"
	}
	if c, ok := ownClauses(t.Flow)[n.Message]; ok {
		return c
	}
	return workClause(t)
}

// ownClauses are the messages that the procedure itself names.
func ownClauses(f desk.FlowCode) map[desk.Message]string {
	clauses := map[desk.Message]string{
		desk.MailNeedTicket: "8.1.3", desk.MailQuestion: "8.1.5", desk.MailQuestionAgain: "8.1.5", desk.MailPase: "8.1.6", desk.MailInterruption: "8.1.7", desk.MailRestored: "8.1.7",
		desk.MailExecutionFailed: "8.1.8", desk.MailExecutionOK: "8.1.9", desk.MailTransfer: "8.6.4", desk.MailTransferOff: "8.6.4",
		desk.MailReturned: "8.6.5", desk.MailGearDue: "8.6.4", desk.MailInfraSolved: "8.3.3 c", desk.MailRegularise: "8.3.2", desk.MailRegularised: "8.3.2",
		desk.MailCredentials: "8.4.3",
		desk.MailRoomBooked:  "8.8.4", desk.MailRoomMoved: "8.8.4", desk.MailRoomCancelled: "8.8.4", desk.MailRoomProposed: "8.8.4",
		desk.MailDateDropped: "8.8.3", desk.MailRecording: "8.8.4",
	}
	switch f {
	case desk.Flow82:
		clauses[desk.MailNeedTicket] = "8.2.2"
	case desk.Flow83:
		clauses[desk.MailQuestion], clauses[desk.MailQuestionAgain], clauses[desk.MailPase] = "8.3.3 a", "8.3.3 a", "8.3.3 a"
		clauses[desk.MailInterruption], clauses[desk.MailExecutionFailed], clauses[desk.MailExecutionOK] = "8.3.3 b", "8.3.3 b", "8.3.3 b"
		clauses[desk.MailRestored] = "8.3.3 b"
	}
	if f != desk.Flow81 && f != desk.Flow83 {
		delete(clauses, desk.MailQuestion)
		delete(clauses, desk.MailQuestionAgain)
	}
	return clauses
}

// stageClause: who decides is 8.1.4 a for a territorial unit, b for
// headquarters, and 8.3.2 for what the UTI detects.
func stageClause(t desk.Ticket) string {
	switch {
	case t.Flow == desk.Flow83:
		return "8.3.2"
	case t.Territorial:
		return "8.1.4 a"
	default:
		return "8.1.4 b"
	}
}

// requestClause is where the flow says how it is asked for.
func requestClause(t desk.Ticket) string {
	switch {
	case t.Contact && t.Flow == desk.Flow82:
		return "8.2.1"
	case t.Contact:
		return "8.1.1"
	}
	return map[desk.FlowCode]string{desk.Flow81: "8.1.4", desk.Flow82: "8.2.3", desk.Flow83: "8.3.1", desk.Flow84: "8.4.1",
		desk.Flow85: "8.5.1", desk.Flow86: "8.6.1", desk.Flow87: "8.7.1", desk.Flow88: "8.8.1"}[t.Flow]
}

// workClause is where the flow says who attends it.
func workClause(t desk.Ticket) string {
	switch {
	case t.Contact && t.Flow == desk.Flow82:
		return "8.2.2"
	case t.Contact:
		return "8.1.2"
	}
	return map[desk.FlowCode]string{desk.Flow81: "8.1.5", desk.Flow82: "8.2.4", desk.Flow83: "8.3.3", desk.Flow84: "8.4.3",
		desk.Flow85: "8.5.3", desk.Flow86: "8.6.3", desk.Flow87: "8.7.3", desk.Flow88: "8.8.3"}[t.Flow]
}

// assignClause is where the flow says who receives and assigns.
func assignClause(t desk.Ticket) string {
	c, ok := map[desk.FlowCode]string{desk.Flow84: "8.4.2", desk.Flow85: "8.5.2", desk.Flow86: "8.6.2", desk.Flow87: "8.7.2", desk.Flow88: "8.8.2"}[t.Flow]
	if !ok || t.Contact {
		return workClause(t)
	}
	return c
}

// closingClause is where the flow says that what was done is communicated.
func closingClause(t desk.Ticket) string {
	switch {
	case t.Contact:
		return "8.1.2"
	case t.Flow == desk.Flow81 && t.Pases > 0:
		return "8.1.9"
	case t.Flow == desk.Flow83 && t.Executed:
		return "8.3.3 b"
	case t.Flow == desk.Flow83 && t.Chain != desk.ChainNone:
		return "8.3.3 c"
	case t.Flow == desk.Flow86 && t.Gear == desk.GearReturned:
		return "8.6.5"
	}
	return map[desk.FlowCode]string{desk.Flow81: "8.1.5", desk.Flow82: "8.2.4", desk.Flow83: "8.3.3", desk.Flow84: "8.4.3",
		desk.Flow85: "8.5.4", desk.Flow86: "8.6.3", desk.Flow87: "8.7.4", desk.Flow88: "8.8.4"}[t.Flow]
}
