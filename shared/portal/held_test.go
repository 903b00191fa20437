package portal_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/intake"
	"mesa/shared/mail"
)

// heldMails is the use case behind the held mails, scripted.
type heldMails struct {
	records  []intake.Record
	text     string
	next     string
	asked    string // cursor
	settled  map[string]intake.Record
	released desk.PersonID
	attached desk.Number
	reason   string
	ticket   desk.TicketID
}

func (h *heldMails) List(_ context.Context, cursor string) ([]intake.Record, string, error) {
	h.asked = cursor
	return h.records, h.next, nil
}

func (h *heldMails) Settled(_ context.Context, id string) (intake.Record, bool, error) {
	rec, ok := h.settled[id]
	return rec, ok, nil
}

func (h *heldMails) Get(_ context.Context, id string) (intake.Record, mail.Message, error) {
	for _, r := range h.records {
		if r.ID == id {
			return r, mail.Message{FullText: h.text, Attachments: []mail.Attachment{{Name: "foto.jpg", Size: 2048}}}, nil
		}
	}
	return intake.Record{}, mail.Message{}, desk.NewProblem(desk.NotFound, "", "No está.")
}

func (h *heldMails) Original(ctx context.Context, id string) (intake.Record, mail.Message, error) {
	return h.Get(ctx, id)
}

func (h *heldMails) Release(_ context.Context, id string, as desk.PersonID, _ desk.Actor) (desk.TicketID, error) {
	h.released = as
	return h.ticket, h.waits(id)
}

func (h *heldMails) Attach(_ context.Context, id string, number desk.Number, _ desk.Actor) error {
	h.attached = number
	return h.waits(id)
}

func (h *heldMails) Discard(_ context.Context, id, reason string, _ desk.Actor) error {
	h.reason = reason
	return h.waits(id)
}

// waits fails for a mail that is settled.
func (h *heldMails) waits(id string) error {
	if _, over := h.settled[id]; over {
		return desk.NewProblem(desk.NotFound, "R104", "Alguien lo atendió.")
	}
	return nil
}

func TestHeldMails(t *testing.T) {
	s := newSite(t)
	s.held.records = []intake.Record{{ID: "m1", From: "alguien@fuera.example", Name: "Alguien", Subject: "No abre el SIGO", Why: "La dirección no está en el directorio.", At: s.Time()}}
	s.held.text = "<script>alert(1)</script> Ayuda por favor"
	s.held.ticket = s.Open85()
	b := s.as(t, "informatica-mesa-1")
	b.get("/mail-quarantine").want(t, http.StatusOK, "No abre el SIGO", "Alguien", "Sin verificar")
	one := b.get("/mail-quarantine/m1").want(t, http.StatusOK, "Ayuda por favor", "La dirección no está en el directorio.", "foto.jpg")
	one.lacks(t, "<script>")

	t.Run("a release in nobody's name is asked again", func(t *testing.T) {
		form := one.form(t, "/mail-quarantine/m1/release")
		b.post("/mail-quarantine/m1/release", fill(form, "person", "nadie en absoluto")).want(t, http.StatusUnprocessableEntity, "No encontramos a esa persona")
	})
	t.Run("a release in a person's name leads to the contact", func(t *testing.T) {
		form := one.form(t, "/mail-quarantine/m1/release")
		b.follow(b.post("/mail-quarantine/m1/release", fill(form, "person", "usuaria-direccion-1@qw.gob.pe"))).want(t, http.StatusOK)
		if s.held.released != "usuaria-direccion-1" {
			t.Errorf("released as %q", s.held.released)
		}
	})
	t.Run("it joins a case that exists only", func(t *testing.T) {
		form := one.form(t, "/mail-quarantine/m1/attach")
		b.post("/mail-quarantine/m1/attach", fill(form, "number", "2026-999999")).want(t, http.StatusUnprocessableEntity, "Escriba el número del caso")
		number := s.number(t, s.held.ticket)
		b.follow(b.post("/mail-quarantine/m1/attach", fill(form, "number", string(number)))).want(t, http.StatusOK)
		if s.held.attached != number {
			t.Errorf("attached to %q", s.held.attached)
		}
	})
	t.Run("to discard it takes a reason", func(t *testing.T) {
		form := one.form(t, "/mail-quarantine/m1/discard")
		b.post("/mail-quarantine/m1/discard", form).want(t, http.StatusUnprocessableEntity, "Escriba el motivo")
		b.follow(b.post("/mail-quarantine/m1/discard", fill(form, "reason", "Publicidad"))).want(t, http.StatusOK, "Correos en espera")
		if s.held.reason != "Publicidad" {
			t.Errorf("reason %q", s.held.reason)
		}
	})
}

// The list goes in pages; it says so when there is nothing, and who was second
// what became of the mail.
func TestTheListOfHeldMails(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "informatica-mesa-1")
	b.get("/mail-quarantine").want(t, http.StatusOK, "No hay correos en espera.").lacks(t, "Siguientes", "Primeros")
	s.held.records, s.held.next = []intake.Record{{ID: "m1", Why: "x", At: s.Time()}}, "2026-09-16T15:00:00Z~m1"
	first := b.get("/mail-quarantine").want(t, http.StatusOK, "(sin asunto)", "Sin remitente", "Siguientes")
	if first.lacks(t, "Primeros"); !strings.Contains(first.body, `href="/mail-quarantine?cursor=2026-09-16T15%3A00%3A00Z~m1"`) {
		t.Errorf("no link to the next mails: %s", first.body)
	}
	b.get("/").want(t, http.StatusOK, "1+ Correos en espera")
	s.held.next = ""
	b.get("/").want(t, http.StatusOK, " 1 Correos en espera", "El más antiguo: ")
	b.get("/mail-quarantine?cursor=2026-09-16T15%3A00%3A00Z~m1").want(t, http.StatusOK, "Primeros").lacks(t, "Siguientes")
	if s.held.asked != "2026-09-16T15:00:00Z~m1" {
		t.Errorf("asked after %q", s.held.asked)
	}
	s.held.records = nil
	b.get("/mail-quarantine?cursor=x").want(t, http.StatusOK, "No quedan más correos en espera.")
}

func TestTheListSaysInAWordWhyEachWaits(t *testing.T) {
	tests := map[string]intake.Record{
		"Virus":                 {Virus: true, Rule: "virus"},
		"No deseado":            {Rule: "spam", Verified: true},
		"De un programa":        {Rule: "machine"},
		"Demasiados en un día":  {Rule: mail.RuleCaps, Verified: true},
		"Sin remitente":         {Rule: "sender", Subject: "Hola", From: "x"},
		"Sin verificar":         {Rule: "new"},
		"Remitente desconocido": {Rule: "new", Verified: true},
		"No participa del caso": {Rule: "reply", Verified: true},
		"En espera":             {Why: "el procedimiento no lo admite", Verified: true},
	}
	s := newSite(t)
	b := s.as(t, "informatica-mesa-1")
	for word, rec := range tests {
		rec.ID, rec.At, rec.From = "m1", s.Time(), "x@example.org"
		s.held.records = []intake.Record{rec}
		b.get("/mail-quarantine").want(t, http.StatusOK, "x@example.org "+word)
	}
}

// Only the mesa de ayuda sees held mails, and settles them.
func TestHeldMailsAreTheMesasAlone(t *testing.T) {
	s := newSite(t)
	s.held.records = []intake.Record{{ID: "m1", Why: "x", At: s.Time()}}
	for _, person := range []desk.PersonID{"usuaria-administracion-1", "soporte-1", "especialista-ut-lima", "jefa-administracion"} {
		b := s.as(t, person)
		for _, path := range []string{"/mail-quarantine", "/mail-quarantine/m1"} {
			b.get(path).want(t, http.StatusNotFound).lacks(t, "Convertir en caso")
		}
		b.get("/").want(t, http.StatusOK).lacks(t, "Correos en espera")
		for _, way := range []string{"release", "attach", "discard"} {
			b.post("/mail-quarantine/m1/"+way, fill(b.get("/").form(t, "/sessions/end"), "person", "usuaria-direccion-1", "number", "2026-000001", "reason", "x")).want(t, http.StatusNotFound)
		}
	}
	if s.held.released != "" || s.held.attached != "" || s.held.reason != "" {
		t.Errorf("somebody else settled a mail: %+v", s.held)
	}
	s.as(t, "informatica-mesa-1").get("/mail-quarantine/none").want(t, http.StatusNotFound)
}

// The page says why a mail waits, rule by rule, and what the mail service found.
func TestAHeldMailSaysWhyItWaits(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	number := string(s.number(t, id))
	s.held.records = []intake.Record{
		{ID: "m1", Why: "dice responder a un caso del que no participa (subject)", Rule: "reply", Verdicts: "dmarc=PASS dkim=GRAY spf=FAIL spam=PASS virus=PROCESSING_FAILED", Verified: true, Ticket: id, At: s.Time()},
		{ID: "m2", Why: "SES encontró un virus", Rule: "virus", Verdicts: "spam=FAIL virus=FAIL", Virus: true, At: s.Time()},
		{ID: "m3", Why: "de antes", At: s.Time()},
		{ID: "m4", Why: "x", Verdicts: "arc=PASS", At: s.Time(), Ticket: "01J00000000000000000000000"},
	}
	b := s.as(t, "informatica-mesa-1")
	answer := b.get("/mail-quarantine/m1").want(t, http.StatusOK, "Dice responder a un caso del que no participa", "Qué respondió cada regla", "Lo escribió un programa No", "Responde a un caso Sí: dice responder",
		"DMARC: pasa · DKIM: no se sabe · SPF: no pasa · Correo no deseado: no · Virus: no se pudo comprobar", "Dice responder al caso "+number, "van con el correo al caso")
	if got := answer.form(t, "/mail-quarantine/m1/attach").Get("number"); got != number {
		t.Errorf("the case offered is %q", got)
	}
	b.get("/mail-quarantine/m2").want(t, http.StatusOK, "Tiene un virus Sí: SES encontró un virus", "Correo no deseado: sí · Virus: sí", "No se abren ni van al caso").lacks(t, "Es un pedido nuevo", "Dice responder al caso")
	b.get("/mail-quarantine/m3").want(t, http.StatusOK, "De antes").lacks(t, "Qué respondió cada regla", "Comprobaciones")
	b.get("/mail-quarantine/m4").want(t, http.StatusOK, "arc=PASS").lacks(t, "Dice responder al caso")
}

// Who comes second reads who settled the mail and how, whatever they were doing.
func TestAMailThatSomebodySettledFirst(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	number := string(s.number(t, id))
	s.held.records = []intake.Record{{ID: "m1", At: s.Time()}}
	b := s.as(t, "informatica-mesa-1")
	page := b.get("/mail-quarantine/m1")
	forms := map[string][]string{"release": {"person", "usuaria-direccion-1@qw.gob.pe"}, "attach": {"number", number}, "discard": {"reason", "Publicidad"}}
	for outcome, said := range map[string]string{intake.Released: "Especialista UTI de Mesa de ayuda lo convirtió en el caso " + number + ".", intake.Attached: "lo unió al caso " + number + ".", intake.Discarded: "lo descartó: Propaganda."} {
		s.held.settled = map[string]intake.Record{"m1": {ID: "m1", Outcome: outcome, By: "especialista-mesa", Ticket: id, Reason: "Propaganda"}}
		for way, values := range forms {
			form := fill(page.form(t, "/mail-quarantine/m1/"+way), values[0], values[1])
			b.follow(b.post("/mail-quarantine/m1/"+way, form)).want(t, http.StatusOK, "Ese correo ya no espera", said)
		}
		s.held.records = nil
		b.follow(b.get("/mail-quarantine/m1")).want(t, http.StatusOK, said)
		s.held.records = []intake.Record{{ID: "m1", At: s.Time()}}
	}
	b.get("/mail-quarantine?gone=never").want(t, http.StatusOK).lacks(t, "ya no espera")
}

func TestAttachments(t *testing.T) {
	s := newSite(t)
	act := s.Act("usuaria-administracion-1", desk.ActOpen, "", "service", "apps-antivirus", "flow", "8.5", "subject", "Con foto", "description", "Ver foto")
	act.Files = []desk.Attachment{{Name: "foto del error.jpg", Bytes: 3 << 20, Key: "mail/m1/0"}, {Name: "sin guardar.exe", Bytes: 10}}
	result, err := s.Road.Perform(t.Context(), act)
	if err != nil {
		t.Fatal(err)
	}
	path := "/tickets/" + string(result.After.Ticket.Number)
	b := s.as(t, "especialista-mesa")
	b.get(path).want(t, http.StatusOK, "foto del error.jpg", "3.0 MB", "sin guardar.exe").lacks(t, "mail/m1/0")
	if got := b.get(path + "/files/1/0"); got.location != "https://files.example/mail/m1/0?as=foto+del+error.jpg" {
		t.Errorf("leads to %q", got.location)
	}
	for _, wrong := range []string{"/files/1/1", "/files/1/2", "/files/1/-1", "/files/2/0", "/files/1/x"} {
		b.get(path+wrong).want(t, http.StatusNotFound)
	}
	s.as(t, "usuaria-ut-tacna-1").get(path+"/files/1/0").want(t, http.StatusNotFound)
}
