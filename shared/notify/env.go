package notify

import (
	"strings"

	"mesa/shared/access"
	"mesa/shared/desk"
)

// Env is what a mail takes from the moment of sending: addresses, and the link
// and code that are made then and never stored.
type Env struct {
	BaseURL     string // public address of the portal
	From        string // the desk's address
	ReplyTo     string // signed reply address of the ticket
	Root        string // the ticket's own message id, angle brackets included
	Item        string // our reference of this outbox item: X-PAU-Message
	Link        string // whole address of the signed link, if LinkFor says so
	Code        string // its six digits, if LinkFor says so
	Institution Institution
}

// Institution is who writes, and under which rule.
type Institution struct {
	Desk      string // «Mesa de ayuda UTI»
	Office    string
	Programme string
	Procedure string // «PRO-044-PNAEQW-UTI»
	Version   string
	Phone     string // «anexo 0000»
}

// PNAEQW is the institution of the procedure, with a telephone to be replaced.
func PNAEQW() Institution {
	return Institution{Desk: "Mesa de ayuda UTI", Office: "Unidad de Tecnologías de la Información",
		Programme: "Programa Nacional de Alimentación Escolar Qali Warma", Procedure: "PRO-044-PNAEQW-UTI", Version: "01", Phone: "anexo 0000"}
}

// Extension is the telephone without its word: «0000».
func (i Institution) Extension() string { return strings.TrimPrefix(i.Phone, "anexo ") }

// norm is the procedure's short name: PRO-044.
func (i Institution) norm() string {
	parts := strings.SplitN(i.Procedure, "-", 3)
	if len(parts) < 2 {
		return i.Procedure
	}
	return parts[0] + "-" + parts[1]
}

// call ends a sentence: «llame a la mesa de ayuda: anexo 0000».
func (i Institution) call() string {
	if i.Phone == "" {
		return "llame a la mesa de ayuda"
	}
	return "llame a la mesa de ayuda: " + i.Phone
}

// LinkFor says which signed link a mail needs, for which page, and whether the
// six digits go with it. ok is false when its link is an ordinary page: also
// that of a decision which takes signing in.
func LinkFor(m desk.Mail) (page access.Audience, coded, ok bool) {
	if m.Wait == "" || m.Data[keySignIn] != "" {
		return "", false, false
	}
	switch m.Message {
	case desk.MailDecide, desk.MailDecideAgain:
		return access.Approvals, true, true
	case desk.MailCredentials:
		return access.Credentials, true, true
	case desk.MailQuestion, desk.MailQuestionAgain, desk.MailMissingData:
		return access.Answers, false, true
	default:
		return "", false, false
	}
}
