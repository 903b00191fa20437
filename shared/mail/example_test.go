package mail_test

import (
	"fmt"

	"mesa/shared/mail"
)

const reply = `From: Usuaria de ejemplo <usuaria.ejemplo@qw.gob.pe>
To: Mesa de ayuda <soporte.usuario@qw.gob.pe>
Subject: Re: [PAU 2026-004217] Necesitamos un dato
Message-ID: <1@qw.gob.pe>
In-Reply-To: <0100@email.amazonses.com>
Content-Type: text/plain; charset=utf-8

El código es 740841230123.

El lun, 14 sept 2026 a las 9:10, Mesa de ayuda (<soporte.usuario@qw.gob.pe>) escribió:
> ¿Cuál es el código patrimonial?
`

func ExampleParse() {
	m := mail.Parse([]byte(reply))
	fmt.Println(m.From.Address)
	fmt.Println(m.Subject)
	fmt.Println(m.NewText)
	// Output:
	// usuaria.ejemplo@qw.gob.pe
	// Re: [PAU 2026-004217] Necesitamos un dato
	// El código es 740841230123.
}

func ExampleJudge() {
	m := mail.Parse([]byte(reply))
	receipt := mail.Receipt{MessageID: "o3vr", Source: "usuaria.ejemplo@qw.gob.pe", Verdicts: mail.Verdicts{DMARC: mail.Pass}}
	known := mail.Known{
		Person:     "p-usuaria",
		Candidates: []mail.Candidate{{Ticket: "01J8", By: mail.BySubject, Belongs: true}},
	}
	judgement := mail.Judge(&m, receipt, known)
	fmt.Println(judgement.Decision, judgement.Ticket, judgement.Person)
	for _, step := range judgement.Why {
		if step.Hit {
			fmt.Printf("%s: %s\n", step.Rule, step.Says)
		}
	}
	// Output:
	// comment 01J8 p-usuaria
	// reply: respuesta de un participante (subject); el dominio qw.gob.pe lo confirma (DMARC PASS)
}

func ExampleJudge_machine() {
	m := mail.Parse([]byte("From: a@example.org\nSubject: Fuera de la oficina\nAuto-Submitted: auto-replied\n\nVuelvo el lunes.\n"))
	judgement := mail.Judge(&m, mail.Receipt{}, mail.Known{})
	fmt.Printf("%s, answer %q\n", judgement.Decision, judgement.Answer)
	// Output:
	// drop, answer ""
}
