package web

import "time"

// CredentialOffer is /credentials/{token} before the password is shown: whose
// account it is, and the six digits that a scanner does not type (R101, F18).
type CredentialOffer struct {
	Number  string
	System  string
	Account string
	Until   time.Time
	Rule    string // of R103
	Form    Form   // see CredentialForm
}

func (p CredentialOffer) head() head {
	return head{template: "credentialoffer", title: Say("title.credential"), problems: p.Form.Problems(), bare: true}
}

// CredentialForm asks for the digits of the mail; they are never drawn back.
func CredentialForm(action, wrong string) Form {
	return Form{Action: action, Submit: Say("credential.submit"), Fields: []Field{{Name: CodeField, Kind: Code, Label: Say("decision.code"), MaxLength: 12,
		Hint: Say("credential.code.hint"), Error: wrong, Short: true, Complete: "off"}}}
}

// CredentialShown is the one page that holds a password, drawn once. It is never
// stored: every answer of the desk forbids it (SecureHeaders).
type CredentialShown struct {
	Number   string
	System   string
	Account  string
	Password string
	Rule     string
}

func (p CredentialShown) head() head {
	return head{template: "credentialshown", title: Say("title.credential"), bare: true}
}
