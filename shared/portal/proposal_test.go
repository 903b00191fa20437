package portal_test

import (
	"net/http"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// mailed is a contact whose mail brought an Anexo 02, one cell of it unreadable.
func mailed(t *testing.T, s *site) desk.Number {
	t.Helper()
	text, err := flow.Proposal{File: "formato.xlsx", Unread: []string{"Fecha 01: no se entiende la hora de término, «a las doce»."},
		Fields: desk.Fields{"in_charge": "Rosa Quispe", "description": "Reparto", "schedule.1.date": "2026-09-17", "schedule.1.from": "09:00", "recording": "no", "streaming": "yes",
			"participants.1.who": "Jefatura", "participants.1.part": "required", "phone": "anexo 88"}}.Text()
	if err != nil {
		t.Fatal(err)
	}
	act := s.Act("", desk.ActContact, "", "subject", "Videoconferencia", "description", "Adjunto el formato.", flow.ProposalText, text)
	act.Channel, act.Requester, act.Actor = desk.ChannelMail, "usuaria-administracion-1", desk.Actor{Via: "mail", Assurance: desk.AssuredSelf}
	act.Files = []desk.Attachment{{Name: "formato.xlsx", Bytes: 8000, SHA256: "a", Key: "mail/x/0", Purpose: desk.Annex02}}
	result, err := s.Road.Perform(t.Context(), act)
	if err != nil {
		t.Fatal(err)
	}
	return result.After.Ticket.Number
}

func TestWhatWasReadOfAnexo02IsConfirmedWhenClassifying(t *testing.T) {
	s := newSite(t)
	number := mailed(t, s)
	first, path := s.as(t, "informatica-mesa-1"), "/tickets/"+string(number)+"/acts/classify"
	first.get("/tickets/"+string(number)).want(t, http.StatusOK, "Hay datos por confirmar", flow.ReadMark, "17/09/2026")
	page := first.get(path).want(t, http.StatusOK, flow.ReadMark, "formato.xlsx", "no se entiende la hora de término", "Registrarlos: los revisé con el archivo")
	if !strings.Contains(page.body, `href="/tickets/`+string(number)+`/files/`) {
		t.Error("the file is not at hand")
	}
	form := page.form(t, path)
	for name, want := range map[string]string{"service": "meetings", "in_charge": "Rosa Quispe", "schedule.1.date": "17/09/2026", "schedule.1.from": "09:00", "schedule.1.to": "", "participants.1.part": "required", "phone": "anexo 88", "annex": ""} {
		if form.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, form.Get(name), want)
		}
	}
	fill(form, "annex", "use", "priority", "3")
	page = first.post(path, form).want(t, http.StatusUnprocessableEntity, "escriba la hora de término", "Elija la sala, o solo virtual.")
	form = fill(page.form(t, path), "schedule.1.to", "12:00", "place", "virtual")
	first.follow(first.post(path, form)).want(t, http.StatusOK, "17/09/2026 de 09:00 a 12:00", "Por reservar").lacks(t, flow.ReadMark, "Faltan datos")
}

func TestWhatWasReadOfAnexo02FillsTheFormOfWhoIsAsked(t *testing.T) {
	s := newSite(t)
	number := mailed(t, s)
	first, path := s.as(t, "informatica-mesa-1"), "/tickets/"+string(number)+"/acts/classify"
	first.follow(first.post(path, fill(first.get(path).form(t, path), "annex", "ask", "priority", "3"))).want(t, http.StatusOK, "Faltan datos")
	asker, path := s.as(t, "usuaria-administracion-1"), "/tickets/"+string(number)+"/acts/provide-data"
	form := asker.get(path).want(t, http.StatusOK, flow.ReadMark, "no se entiende la hora de término").form(t, path)
	if form.Get("schedule.1.date") != "17/09/2026" || form.Get("in_charge") != "Rosa Quispe" {
		t.Errorf("the form begins with %v", form)
	}
	asker.follow(asker.post(path, fill(form, "schedule.1.to", "10:00", "place", "virtual"))).want(t, http.StatusOK, "17/09/2026 de 09:00 a 10:00")
}

func TestClassificationWithoutAnexo02AsksNothingOfIt(t *testing.T) {
	s := newSite(t)
	act := s.Act("", desk.ActContact, "", "subject", "No imprime", "description", "Nada.")
	act.Channel, act.Requester, act.Actor = desk.ChannelMail, "usuaria-administracion-1", desk.Actor{Via: "mail", Assurance: desk.AssuredSelf}
	result, err := s.Road.Perform(t.Context(), act)
	if err != nil {
		t.Fatal(err)
	}
	s.as(t, "informatica-mesa-1").get("/tickets/"+string(result.After.Ticket.Number)+"/acts/classify").want(t, http.StatusOK).lacks(t, "Anexo 02", "Programado para")
}
