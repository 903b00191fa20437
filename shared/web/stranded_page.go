package web

import "time"

// Stranded is /queue/without-approver: the cases that wait for a decision which
// nobody of the directory may take.
type Stranded struct {
	Rows  []StrandedCase
	Queue bool // the reader has a queue to go back to
}

func (p Stranded) head() head {
	return head{template: "stranded", title: Say("title.stranded"), wide: true}
}

// StrandedCase is one of them, and why.
type StrandedCase struct {
	Number  string
	Href    string
	Subject string
	Unit    string
	Stage   string // «Etapa 1 de 2: la jefatura de la UT (8.1.4)»
	Since   time.Time
	Skipped []string // who would have decided, and why each does not
	Found   string   // whom the directory names by now
	Again   *Button  // «Volver a buscar»; nil for who may not
}

// boundCase is a case with the token of the person who may look again.
type boundCase struct {
	StrandedCase
	token string
}

// Press is the case's button, ready to draw; nil for who may not.
func (c boundCase) Press() *boundButton {
	if c.Again == nil {
		return nil
	}
	return &boundButton{*c.Again, c.token, false}
}
