package notify

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"mesa/shared/desk"
)

// Sample is one mail as the desk sends it, about an invented case: what people
// read and approve before the mail is ever sent. The files of testdata are these.
type Sample struct {
	Name    string // of its files: «decide-substitute»
	Message desk.Message
	Title   string // what people call the mail
	When    string // what makes the desk send it
	To      string // who gets it
	Note    string // what differs here, where one message has several samples
	Clause  string // numeral of section VIII that the mail carries out; empty if none
	Rule    string // the requirements it answers
	Mail    Rendered
}

// Samples are all mails the desk can send, about invented cases and made by the
// steps of a real one: sealed with its act, rendered when it is sent.
func Samples() ([]Sample, error) {
	mails, err := sampleMails()
	if err != nil {
		return nil, err
	}
	notes := sampleNotes()
	maps.Copy(notes, troubleNotes())
	maps.Copy(notes, signOffNotes())
	all := make([]Sample, 0, len(mails))
	for _, m := range mails {
		w, err := wordsOf(m.mail)
		if err != nil {
			return nil, err
		}
		r, err := Render(m.mail, sampleEnv(m.mail))
		if err != nil {
			return nil, fmt.Errorf("sample %s: %w", m.name, err)
		}
		all = append(all, Sample{Name: m.name, Message: m.mail.Message, Title: w.name, When: w.when, To: w.to, Note: notes[m.name],
			Clause: m.mail.Data[keyClause], Rule: w.rule, Mail: r})
	}
	return all, nil
}

// namedMail is a sealed mail and the name of its sample.
type namedMail struct {
	name string
	mail desk.Mail
}

// sampleMails are those that the rows of the procedure order, then those that
// the outbox and the mail's door order by themselves.
func sampleMails() ([]namedMail, error) {
	var all []namedMail
	for _, s := range samples() {
		m, err := s.sealed()
		if err != nil {
			return nil, err
		}
		all = append(all, namedMail{s.name, m})
		if s.name == "closed" {
			undelivered := NotDelivered(m, m.Name, Trouble{Cause: CauseRefused})
			undelivered.To = "dev@qw.gob.pe"
			all = append(append(all, namedMail{"not-delivered-closing", undelivered}), troubleMails(m, s.about)...)
		}
	}
	return append(all, namedMail{"decisions-due", digestMail()}, namedMail{"stand-in", standInMail(false)}, namedMail{"stand-in-named", standInMail(true)},
		namedMail{"sign-off", signOffMail(false)}, namedMail{"sign-off-head", signOffMail(true)}, namedMail{"sign-off-reopened", reopenedMail()}, namedMail{"new-version", newVersionMail()}, namedMail{"held", heldMail()}), nil
}

// sealed is the one mail that a sample's notice becomes.
func (s sample) sealed() (desk.Mail, error) {
	mails := Sealer{}.Seal(s.notice, s.about)
	if len(mails) != 1 {
		return desk.Mail{}, fmt.Errorf("sample %s: %d mails, want one", s.name, len(mails))
	}
	if s.notice.Audience.Kind == desk.ToUsersOf { // what a fan-out fills in for each user
		mails[0].To, mails[0].Name, mails[0].Person = "user@qw.gob.pe", "Usuaria/o de ejemplo", "user"
	}
	return mails[0], nil
}

// sampleEnv is what a sample takes from the moment of sending, with a link of
// the page that its message leads to.
func sampleEnv(m desk.Mail) Env {
	e := env()
	if page, _, ok := LinkFor(m); ok {
		e.Link = strings.Replace(e.Link, "/approvals/", "/"+string(page)+"/", 1)
	}
	return e
}

// sample is a notice as package flow orders it, with the ticket after the act.
type sample struct {
	name   string
	notice desk.Notice
	about  About
}

// digestMail is what package digest writes to who decides.
func digestMail() desk.Mail {
	day := openedAt().AddDate(0, 0, 1).Add(-5*time.Hour - 35*time.Minute) // the next morning
	m := Digest([]Pending{
		{Number: "2026-004498", Subject: "El SIGA demora al grabar", Service: "SIGA", Place: "Unidad Territorial Ejemplo", Requester: "Usuaria/o de ejemplo", Since: openedAt().AddDate(0, 0, -1)},
		{Number: "2026-004512", Subject: "No se guardan las actas de recepción", Service: "SIGO", Place: "Unidad Territorial Ejemplo", Requester: "Usuaria/o de ejemplo", Since: openedAt()},
		{Number: "2026-004517", Subject: "No carga el padrón", Service: "SIGO", Place: "Unidad de Administración", Requester: "Usuaria/o de ejemplo", As: "Jefa/e de la Unidad de Administración", Since: actedAt()},
	}, day)
	m.To, m.Name, m.Person = "head@qw.gob.pe", "Jefatura de ejemplo", "head"
	return m
}

// standInMail is what package absence writes.
func standInMail(named bool) desk.Mail {
	m := StandIn("Jefatura de ejemplo", "Suplente de ejemplo", "del 01/10/2026 al 15/10/2026", named, actedAt())
	m.To, m.Name, m.Person = "deputy@qw.gob.pe", "Suplente de ejemplo", "deputy"
	if named {
		m.To, m.Name, m.Person = "head@qw.gob.pe", "Jefatura de ejemplo", "head"
	}
	return m
}

// newVersionMail is what package edition writes to everybody.
func newVersionMail() desk.Mail {
	m := NewVersion(desk.Edition{Version: "02", Approved: "Resolución de ejemplo, 01/10/2026", From: time.Date(2026, time.October, 15, 0, 0, 0, 0, desk.Lima),
		Changes: "Se agrega el servicio VPN web al catálogo.\nLas videoconferencias se piden con dos días de anticipación."}, "01", actedAt())
	m.To, m.Name, m.Person = "user@qw.gob.pe", "Usuaria/o de ejemplo", "user"
	return m
}

// heldMail is what package intake writes to an unknown sender.
func heldMail() desk.Mail {
	return desk.Mail{Message: desk.MailHeld, To: "otra@qw.gob.pe", ReplyTo: "<in@qw.gob.pe>", Data: map[string]string{"subject": "Consulta sobre el SIGO"}}
}

// sampleNotes say what differs where one message has several samples.
func sampleNotes() map[string]string {
	return map[string]string{
		"received-hardware":          "un pedido que no necesita aprobación",
		"received-contact":           "un correo o una llamada, aún sin clasificar",
		"received-no-approver":       "nadie del directorio puede decidir todavía",
		"received-missing-contact":   "un correo sin asunto ni descripción",
		"missing-data-annex":         "falta también el Anexo 02, que se completa en su formulario",
		"answered-data":              "un correo del que se leyeron datos que faltaban",
		"received-sgd":               "un incidente del SGD",
		"received-access":            "un pedido de acceso sin sus documentos",
		"need-ticket-sgd":            "la administración del SGD lo atiende con ticket",
		"decide-substitute":          "a quien suple a la jefatura",
		"decide-second":              "segunda etapa, unidad orgánica",
		"decide-central":             "Sede Central, una sola etapa",
		"decide-uti":                 "incidente que detectó la UTI",
		"decide-passed-on":           "pasó el plazo y se pregunta también a otra persona",
		"decide-both":                "la misma persona decide las dos etapas",
		"decide-sign-in":             "servicio que se decide con sesión iniciada",
		"decide-again-sign-in":       "servicio que se decide con sesión iniciada",
		"decided-substitute":         "decidió quien suple, por el enlace del correo",
		"decided-twice":              "una decisión que vale para las dos etapas",
		"decided-rejected":           "la decisión fue rechazar",
		"regularise-again":           "recordatorio del siguiente día de trabajo",
		"not-delivered-closing":      "el correo de cierre fue rechazado",
		"level-due-nobody":           "nadie lo ha tomado",
		"level-due-lead-nobody":      "nadie de su equipo lo ha tomado",
		"room-booked-shared":         "con autorización para ver el PIN",
		"room-not-held":              "la fecha no llegó a tener sala",
		"decide-by-reply":            "servicio que se decide también respondiendo el correo",
		"decide-again-by-reply":      "servicio que se decide también respondiendo el correo",
		"reply-is-not-vote-by-reply": "servicio que se decide también respondiendo el correo",
		"reply-is-not-vote-sign-in":  "servicio que se decide con sesión iniciada",
	}
}
