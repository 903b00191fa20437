package desk

// MailDecision is what the desk does with a received mail; package mail says
// which there are and decides.
type MailDecision string
