package portal_test

import (
	"context"
	"net/http"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/intake"
	"mesa/shared/mail"
)

// heldMails is the use case behind the held mails, scripted.
type heldMails struct {
	records  []intake.Record
	text     string
	released desk.PersonID
	attached desk.Number
	reason   string
	ticket   desk.TicketID
}

func (h *heldMails) List(context.Context, string) ([]intake.Record, string, error) {
	return h.records, "", nil
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

func (h *heldMails) Release(_ context.Context, _ string, as desk.PersonID, _ desk.Actor) (desk.TicketID, error) {
	h.released = as
	return h.ticket, nil
}

func (h *heldMails) Attach(_ context.Context, _ string, number desk.Number, _ desk.Actor) error {
	h.attached = number
	return nil
}

func (h *heldMails) Discard(_ context.Context, _, reason string, _ desk.Actor) error {
	h.reason = reason
	return desk.NewProblem(desk.NotFound, "", "Alguien lo atendió.")
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
		b.follow(b.post("/mail-quarantine/m1/discard", fill(form, "reason", "Publicidad"))).want(t, http.StatusOK, "Ese correo ya no espera")
		if s.held.reason != "Publicidad" {
			t.Errorf("reason %q", s.held.reason)
		}
	})
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
