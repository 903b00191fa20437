package portal_test

import (
	"net/http"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/intake"
)

// Staff read the whole of a mail of which the case holds what was new; who asked
// does not, and no other act has one.
func TestTheOriginalMailIsOneClickAway(t *testing.T) {
	s := newSite(t)
	result, err := s.Road.Perform(t.Context(), desk.Act{Kind: desk.ActContact, At: s.Time(), Channel: desk.ChannelMail, Scope: "mail", Key: "ses:m1", Requester: "usuaria-administracion-1",
		Actor: desk.Actor{Person: "usuaria-administracion-1", Via: "mail", Assurance: desk.AssuredSelf}, Fields: desk.Fields{"subject": "No imprime", "description": "Se atasca."}})
	if err != nil {
		t.Fatal(err)
	}
	id, number := result.After.Ticket.ID, result.After.Ticket.Number
	s.Do("informatica-mesa-1", desk.ActNote, id, "message", "Lo veo.")
	s.held.records = []intake.Record{{ID: "m1", From: "usuaria-administracion-1@qw.gob.pe", Subject: "No imprime", At: s.Time(), Verified: true}}
	s.held.text = "Se atasca.\n\n> ¿Qué impresora? <script>alert(1)</script>"

	path := "/tickets/" + string(number)
	staff, asker := s.as(t, "informatica-mesa-1"), s.as(t, "usuaria-administracion-1")
	staff.get(path).want(t, http.StatusOK, "Ver el correo original")
	staff.get(path+"/mails/1").want(t, http.StatusOK, "¿Qué impresora?", "foto.jpg", "El correo prueba quién lo envía").lacks(t, "<script>")

	asker.get(path).want(t, http.StatusOK).lacks(t, "Ver el correo original")
	for who, b := range map[string]*browser{"who asked": asker, "staff of another office": s.as(t, "especialista-ut-lima")} {
		if got := b.get(path + "/mails/1"); got.status != http.StatusNotFound {
			t.Errorf("%s gets %d", who, got.status)
		}
	}
	for name, wrong := range map[string]string{"an act that was no mail": "2", "an act that never was": "9", "no number": "x"} {
		if got := staff.get(path + "/mails/" + wrong); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	s.held.records = nil
	if got := staff.get(path + "/mails/1"); got.status != http.StatusNotFound {
		t.Errorf("a mail without record: %d", got.status)
	}
}
