package portal_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/feedback"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// closeAddress closes an address and answers its key.
func (s *site) closeAddress(t *testing.T, address string) string {
	t.Helper()
	r := work.Suppression{Address: address, At: s.Time(), Cause: desk.CauseNoAddress, Status: "5.1.1", Diagnostic: "smtp; 550 <b>no</b>", Ticket: "01J80000000000000000099999", Ref: "1.1", Message: desk.MailHeld, Times: 1}
	if err := s.Store.PutSuppression(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	return work.AddressKey(address)
}

// sent ends an outbox item as done, and heard tells what became of it.
func (s *site) sent(t *testing.T, id desk.TicketID, ref string) {
	t.Helper()
	e, ok, err := s.Store.ClaimEffect(t.Context(), id, ref, s.Time(), time.Minute)
	if err != nil || !ok {
		t.Fatalf("claim %s: %t, %v", ref, ok, err)
	}
	e.State, e.DoneAt = desk.EffectDone, s.Time()
	if err := s.Store.FinishEffect(t.Context(), e); err != nil {
		t.Fatal(err)
	}
}

func (s *site) heard(t *testing.T, id desk.TicketID, ref string, d desk.Delivery) {
	t.Helper()
	d.At = s.Time()
	if err := s.feedback().Note(t.Context(), feedback.Heard{Ticket: id, Ref: ref, Delivery: d}); err != nil {
		t.Fatal(err)
	}
}

// What became of a mail stands beside it in the history, for staff.
func TestHistoryTellsWhatBecameOfAMail(t *testing.T) {
	for _, test := range []struct {
		d     desk.Delivery
		says  []string
		lacks []string
	}{
		{desk.Delivery{}, []string{"Enviado"}, []string{"Reenviar", "Correo no entregado"}},
		{desk.Delivery{State: desk.DeliveryAccepted}, []string{"Enviado"}, []string{"Reenviar"}},
		{desk.Delivery{State: desk.DeliveryDelivered}, []string{"Aceptado por destino"}, []string{"Reenviar", "llame"}},
		{desk.Delivery{State: desk.DeliveryDelayed, Cause: desk.CauseServer, Status: "4.4.1"}, []string{"Demorado", "no responde o lo rechaza (4.4.1)", "lo sigue intentando"}, []string{"Reenviar"}},
		{desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseMailboxFull, Status: "5.2.2"}, []string{"No entregado", "Su buzón está lleno (5.2.2)", "No pudimos entregar este correo: llame a la persona.", "Reenviar", "Correo no entregado"}, nil},
		{desk.Delivery{State: desk.DeliveryReturned, Cause: desk.CauseUnknown}, []string{"Devuelto", "llame a la persona", "Reenviar"}, nil},
		{desk.Delivery{State: desk.DeliveryComplained, Cause: desk.CauseSpam}, []string{"Marcado como no deseado", "no le escribe más"}, []string{"Reenviar"}},
	} {
		s := newSite(t)
		id := s.Open85()
		s.sent(t, id, "1.1")
		if test.d.Known() {
			s.heard(t, id, "1.1", test.d)
		}
		path := "/tickets/" + string(s.number(t, id)) + "?show=mails"
		page := s.as(t, "especialista-mesa").get(path).want(t, http.StatusOK, test.says...)
		page.lacks(t, test.lacks...)
		s.as(t, "usuaria-administracion-1").get(path).want(t, http.StatusOK).lacks(t, "Aceptado por destino", "No entregado", "Demorado", "Devuelto", "no deseado")
	}
}

// A mail that went may have gone twice (F8): how often it was tried is told.
func TestHistoryCountsAttempts(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	for _, state := range []desk.EffectState{desk.EffectUncertain, desk.EffectDone} {
		e, ok, err := s.Store.ClaimEffect(t.Context(), id, "1.1", s.Time(), time.Minute)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		e.State, e.DueAt = state, s.Time()
		if err := s.Store.FinishEffect(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	s.heard(t, id, "1.1", desk.Delivery{State: desk.DeliveryDelivered})
	s.as(t, "especialista-mesa").get("/tickets/"+string(s.number(t, id))).want(t, http.StatusOK, "2 intentos. 15/09/2026 09:00", "Aceptado por destino")
}

// R31: a closing that did not arrive stands above the case until somebody called.
func TestClosingThatDidNotArrive(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	s.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	s.Do("especialista-mesa", desk.ActSetPriority, id, "priority", "3")
	s.Do("soporte-1", desk.ActClose, id, "solution", "Hecho.", "medium", "mail")
	s.sent(t, id, "4.1")
	s.Advance(time.Minute)
	path := "/tickets/" + string(s.number(t, id))
	b := s.as(t, "soporte-1")
	const warning = "Es la comunicación del cierre (7.3)"
	b.get(path).want(t, http.StatusOK).lacks(t, warning)
	s.heard(t, id, "4.1", desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseNoAddress})
	b.get(path).want(t, http.StatusOK, warning, "Correo no entregado", "Anotar contacto")
	s.as(t, "usuaria-administracion-1").get(path).want(t, http.StatusOK).lacks(t, warning, "Correo no entregado")
	call := []string{"tool", "exchange", "modality", "remote", "result", "Se le contó la solución.", "reached"}
	b.do(s.number(t, id), desk.ActLogContact, append(call, "no")...)
	b.get(path).want(t, http.StatusOK, warning, "Correo no entregado") // nobody answered
	b.do(s.number(t, id), desk.ActLogContact, append(call, "yes")...)  // in the very second of the bounce
	page := b.get(path).want(t, http.StatusOK, "No entregado")
	page.lacks(t, warning, "Correo no entregado")
	if got := s.Load(id).Ticket; got.State != desk.Closed || got.Told != desk.ByPhone {
		t.Errorf("the case is %s, told by %s", got.State, got.Told)
	}
}

// A note written after the bounce says that somebody saw to it; an earlier one not.
func TestNoteAfterTheBounceDealsWithIt(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	path := "/tickets/" + string(s.number(t, id))
	s.sent(t, id, "1.1")
	b := s.as(t, "especialista-mesa")
	b.do(s.number(t, id), desk.ActNote, "message", "Llegará por la tarde.")
	s.Advance(time.Minute)
	s.heard(t, id, "1.1", desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseMailboxFull})
	b.get(path).want(t, http.StatusOK, "Correo no entregado")
	s.Advance(time.Minute)
	b.do(s.number(t, id), desk.ActNote, "message", "Se le avisó en persona.")
	b.get(path).want(t, http.StatusOK).lacks(t, "Correo no entregado")
}

// A mail that bounced is sent again to where its reader is written to now.
func TestBouncedMailIsSentAgain(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	s.sent(t, id, "1.1")
	s.heard(t, id, "1.1", desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseNoAddress})
	records, revision, err := s.Store.LoadDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range records.People {
		if records.People[i].ID == "usuaria-administracion-1" {
			records.People[i].Emails = []string{"nueva@qw.gob.pe"}
		}
	}
	if err := s.Store.SaveDirectory(t.Context(), records, revision); err != nil {
		t.Fatal(err)
	}
	b := s.as(t, "especialista-mesa")
	path := "/tickets/" + string(s.number(t, id))
	b.follow(b.post(path+"/acts/resend", b.get(path).form(t, path+"/acts/resend"))).want(t, http.StatusOK, "Correo puesto en cola otra vez").lacks(t, "Reenviar")
	if again := s.Outbox(id, 2); again != "received→nueva" {
		t.Errorf("sent again: %s", again)
	}
}

// R152: no button stands where the road would refuse it; the page says why.
func TestMailWhoseLinkIsDeadOffersNoResend(t *testing.T) {
	s := newSite(t)
	id := s.Open81()
	path := "/tickets/" + string(s.number(t, id)) + "?show=mails"
	ref := ""
	for _, e := range s.Effects(id) {
		if e.Op == desk.OpMail && e.Mail.Message == desk.MailDecide {
			ref = e.Ref()
		}
	}
	s.sent(t, id, ref)
	s.heard(t, id, ref, desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseMailboxFull})
	b := s.as(t, "especialista-mesa")
	b.get(path).want(t, http.StatusOK, "Reenviar").lacks(t, flow.DeadLink)
	s.Do("jefa-ut-piura", desk.ActApprove, id)
	b.get(path).want(t, http.StatusOK, "llame a la persona. "+flow.DeadLink).lacks(t, "Reenviar")
}

func TestSuppressedAddresses(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "especialista-mesa")
	b.get("/admin/suppressed-addresses").want(t, http.StatusOK, "Ninguna dirección rechaza correos.")
	id := s.Open85()
	s.sent(t, id, "1.1")
	s.heard(t, id, "1.1", desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseNoAddress, Status: "5.1.1"})
	stranger := s.closeAddress(t, "x@example.com")
	list := b.get("/admin/suppressed-addresses").want(t, http.StatusOK, "usuaria-administracion-1@qw.gob.pe", "Usuaria/o 1 de Administración", "La dirección no existe o ya no recibe correos (5.1.1).",
		string(s.number(t, id)), "Acuse de recibo", "x@example.com", "Volver a usar")
	path := "/admin/suppressed-addresses/" + work.AddressKey("usuaria-administracion-1@qw.gob.pe")
	if !strings.Contains(list.body, `href="`+path+`"`) {
		t.Error("the list does not lead to the address")
	}
	s.as(t, "admin").get("/admin/suppressed-addresses/"+stranger).want(t, http.StatusOK, "No es de nadie del directorio", "smtp; 550 <b>no</b>")
	form := b.get(path).want(t, http.StatusOK, "Es de Usuaria/o 1 de Administración", "corríjala en el directorio").form(t, path)
	b.post(path, fill(form, "reason", " \n ")).want(t, http.StatusUnprocessableEntity, "Escriba el motivo para volver a usarla.")
	b.post(path, fill(form, "reason", strings.Repeat("ñ", 501))).want(t, http.StatusUnprocessableEntity, "Escriba el motivo")
	s.ses.err = errors.New("service unavailable")
	b.post(path, fill(form, "reason", "Se amplió su buzón.")).want(t, http.StatusUnprocessableEntity, "no se cambió nada", "Se amplió su buzón.")
	s.ses.err = nil
	s.Advance(time.Minute)
	b.follow(b.post(path, fill(form, "reason", "Se amplió su buzón."))).want(t, http.StatusOK, "se vuelve a usar desde ahora", "x@example.com").lacks(t, "usuaria-administracion-1@qw.gob.pe")
	b.follow(b.post(path, fill(form, "reason", "Otra vez."))).want(t, http.StatusOK, "alguien la volvió a usar")
	b.follow(b.get(path)).want(t, http.StatusOK, "alguien la volvió a usar")
	if len(s.ses.forgot) != 2 {
		t.Errorf("the mail service was asked %d times", len(s.ses.forgot))
	}
	s.Advance(time.Hour)
	s.heard(t, id, "1.1", desk.Delivery{State: desk.DeliveryComplained, Cause: desk.CauseSpam})
	r, _, err := s.Store.Suppression(t.Context(), work.AddressKey("usuaria-administracion-1@qw.gob.pe"))
	if err != nil || r.Active() {
		t.Fatalf("a mail sent before the release closed it: %+v, %v", r, err)
	}
	r, _ = r.Closed(work.Suppression{Address: r.Address, At: s.Time(), Cause: desk.CauseSpam, Ticket: id, Ref: "1.1", Message: desk.MailReceived}, s.Time())
	if err := s.Store.PutSuppression(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	b.get("/admin/suppressed-addresses").want(t, http.StatusOK, "Lo marcó como correo no deseado.", "Se volvió a usar el 15/09/2026", "Se amplió su buzón.")
}

// F11: a mail to a closed address says since when, and what to do.
func TestF11MailNotSentToAClosedAddress(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	e := s.Effects(id)[0]
	e.State, e.DoneAt, e.LastError = desk.EffectFailed, s.Time(), desk.ClosedError(time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC))
	if err := s.Store.FinishEffect(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	s.as(t, "especialista-mesa").get("/tickets/"+string(s.number(t, id))).want(t, http.StatusOK, "No entregado", "Reenviar",
		"La dirección usuaria-administracion-1@qw.gob.pe rechaza correos desde el 24/11/2026: llame a la persona o corrija su dirección en el directorio.")
	s.as(t, "jefa-uti").get("/admin/operations").want(t, http.StatusOK, "La dirección rechaza correos").lacks(t, "address takes no mail", "usuaria-administracion-1@")
}
