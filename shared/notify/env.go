package notify

import (
	"mesa/shared/access"
	"mesa/shared/desk"
)

// Env is what a mail takes from the moment of sending: addresses, and the link
// and code that are made then and never stored.
type Env struct {
	BaseURL     string           // public address of the portal
	From        string           // the desk's address
	ReplyTo     string           // signed reply address of the ticket
	Root        string           // the ticket's own message id, angle brackets included
	Item        string           // our reference of this outbox item: X-PAU-Message
	Link        string           // whole address of the signed link, if LinkFor says so
	Code        string           // its six digits, if LinkFor says so
	Institution desk.Institution // who writes, and under which norm
}

// LinkFor says which signed link a mail needs, for which page, and whether the
// six digits go with it. ok is false when its link is an ordinary page: also
// that of a decision which takes signing in.
func LinkFor(m desk.Mail) (page access.Audience, coded, ok bool) {
	if m.Wait == "" || m.Data[keySignIn] != "" {
		return "", false, false
	}
	switch m.Message {
	case desk.MailDecide, desk.MailDecideAgain, desk.MailNotUnderstood:
		return access.Approvals, true, true
	case desk.MailCredentials:
		return access.Credentials, true, true
	case desk.MailQuestion, desk.MailQuestionAgain, desk.MailMissingData, desk.MailReceived, desk.MailRoomProposed:
		return access.Answers, false, true
	case desk.MailVerify:
		return access.Verifications, false, true
	default:
		return "", false, false
	}
}
