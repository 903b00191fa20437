package portal_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mesa/shared/annex"
	"mesa/shared/desk"
	"mesa/shared/desktest"
)

const meetingForm = "/ticket-forms/meetings"

// fillAnnex fills in Anexo 02 for tomorrow, as people write dates and hours.
func fillAnnex(form url.Values, more ...string) url.Values {
	fill(form, "subject", "Reparto", "description", "Reparto de alimentos", "phone", "anexo 1", "schedule.1.date", "16/9/2026", "schedule.1.from", "9:00", "schedule.1.to", "10.30",
		"schedule.1.remarks", "Con proyector", "place", "other", "recording", "yes", "streaming", "no", "participants.1.who", "Jefatura", "participants.1.part", "required")
	return fill(form, more...)
}

// requestMeeting sends the form of 8.8.1.
func requestMeeting(t *testing.T, b *browser, more ...string) desk.Number {
	t.Helper()
	form := b.get(meetingForm).want(t, http.StatusOK, "A cargo de la videoconferencia", "Programado para", "Agregar otra fecha").form(t, meetingForm+"/review")
	if form.Get("in_charge") != "Usuaria/o 1 de Administración" {
		t.Errorf("in charge is %q", form.Get("in_charge"))
	}
	fillAnnex(form, more...)
	review := b.post(meetingForm+"/review", form).want(t, http.StatusOK, "Revise antes de enviar", "16/09/2026, de "+hour(form, "from")+", a "+hour(form, "to")+", observaciones Con proyector", "Jefatura, Obligatorio: Sí", "Sí, y autorizo la grabación")
	sent := b.post(meetingForm, review.form(t, meetingForm))
	b.follow(sent).want(t, http.StatusOK, "Su número es", "16/09/2026 de "+hour(form, "from")+" a "+hour(form, "to"), "Por reservar. Con proyector")
	number, _, _ := strings.Cut(strings.TrimPrefix(sent.location, "/tickets/"), "?")
	return desk.Number(number)
}

// hour is one of the first date's, as the desk writes it.
func hour(form url.Values, which string) string {
	typed := strings.ReplaceAll(form.Get("schedule.1."+which), ".", ":")
	return strings.Repeat("0", len("09:00")-len(typed)) + typed
}

// inHands is such a request with support.
func inHands(t *testing.T, s *site, more ...string) (desk.Number, *browser) {
	t.Helper()
	number := requestMeeting(t, s.as(t, "usuaria-administracion-1"), more...)
	s.as(t, "especialista-mesa").do(number, desk.ActAssign, "person", "soporte-1").want(t, http.StatusOK)
	support := s.as(t, "soporte-1")
	support.do(number, desk.ActTake).want(t, http.StatusOK, "Verifique la disponibilidad y reserve la sala")
	return number, support
}

// Rows grow without a script, and nothing typed is lost.
func TestAnotherDateIsASubmitButton(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "usuaria-administracion-1")
	form := fillAnnex(b.get(meetingForm).form(t, meetingForm+"/review"), "add", "schedule", "schedule.3.remarks", "Por confirmar")
	page := b.post(meetingForm+"/review", form).want(t, http.StatusOK)
	page.lacks(t, "Hay un problema")
	grown := page.form(t, meetingForm+"/review")
	if !grown.Has("schedule.4.date") || grown.Has("schedule.5.date") || grown.Get("schedule.1.date") != "16/09/2026" || grown.Get("schedule.1.to") != "10:30" || grown.Get("schedule.3.remarks") != "Por confirmar" || grown.Get("subject") != "Reparto" {
		t.Errorf("after adding a date the form holds %v", grown)
	}
	again := b.post(meetingForm+"/review", fill(grown, "add", "schedule")).form(t, meetingForm+"/review")
	if !again.Has("schedule.5.date") {
		t.Error("a second row is not added")
	}
}

func TestMistakesInAnexo02StandBesideTheirBoxes(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "usuaria-administracion-1")
	form := fillAnnex(b.get(meetingForm).form(t, meetingForm+"/review"), "schedule.1.to", "8:00", "schedule.2.date", "14/09/2026", "schedule.2.from", "10:00", "schedule.2.to", "11:00", "place", "multiuse")
	b.post(meetingForm+"/review", form).want(t, http.StatusUnprocessableEntity, "La hora de término debe ser posterior a la de inicio.", "La fecha debe ser hoy o posterior.", "Confirme que cuenta con la autorización para la sala multiuso.")
	if ids := s.Tickets(); len(ids) != 0 {
		t.Errorf("a form with mistakes opened %v", ids)
	}
}

func TestRoomIsBookedOnThePages(t *testing.T) {
	s := newSite(t)
	number, support := inHands(t, s)
	path := "/tickets/" + string(number) + "/acts/book-room"
	form := support.get(path+"?room=sala-1").want(t, http.StatusOK, "Pedido 01", "Calendario del 16/09/2026", "01: 16/09/2026 de 09:00 a 10:30").form(t, path)
	if form.Get("row") != "1" || form.Get("room") != "sala-1" {
		t.Errorf("the only date and the room of the address are not chosen: %v", form)
	}
	fill(form, "link", "https://reuniones.example.pe/1", "pin", "90817", "records", "yes", "room", "multiuso")
	support.post(path, form).want(t, http.StatusUnprocessableEntity, "autorización para la sala multiuso")
	support.follow(support.post(path, fill(form, "room", "sala-1"))).want(t, http.StatusOK, "Sala reservada y comunicada, fecha 01", "Reservada: Sala de reuniones 1").lacks(t, "90817")

	booking := "/room-bookings/" + string(number) + "-1"
	page := support.get(booking).want(t, http.StatusOK, "https://reuniones.example.pe/1", "*****", "Mostrar", "Autorizada, y la plataforma tiene la opción")
	page.lacks(t, "90817")
	support.post(booking+"/pin", page.form(t, booking+"/pin")).want(t, http.StatusOK, "90817", "Quedó anotado que usted lo vio.")
	support.get("/tickets/"+string(number)).want(t, http.StatusOK, "Se mostró el PIN, fecha 01")
	asker := s.as(t, "usuaria-administracion-1")
	asker.get(booking).want(t, http.StatusOK, "Está reservado al personal de Informática").lacks(t, "90817", "Mostrar")
	s.as(t, "usuaria-administracion-2").get(booking).want(t, http.StatusNotFound)
	for _, wrong := range []string{"/room-bookings/" + string(number) + "-2", "/room-bookings/" + string(number), "/room-bookings/x", "/room-bookings/" + string(number) + "-x"} {
		asker.get(wrong).want(t, http.StatusNotFound)
	}
}

func TestOccupiedRoomKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t)
	first, support := inHands(t, s)
	fields := []string{"row", "1", "room", "sala-1", "link", "https://reuniones.example.pe/1", "records", "no"}
	support.do(first, desk.ActBookRoom, fields...).want(t, http.StatusOK)
	second, _ := inHands(t, s)
	path := "/tickets/" + string(second) + "/acts/book-room"
	page := support.post(path, fill(support.get(path).form(t, path), fields...)).want(t, http.StatusUnprocessableEntity, "La sala se ocupó mientras elegía. Libres cerca: 10:30, 11:00, 11:30.")
	if got := page.form(t, path).Get("link"); got != "https://reuniones.example.pe/1" {
		t.Errorf("the link typed is %q", got)
	}
	calendar := support.get("/room-calendar?day=2026-09-16&case="+string(second)+"&row=1").want(t, http.StatusOK, "miércoles 16 de setiembre de 2026", "Reservada 09:00 a 10:30, "+string(first), "Pedido 01", "Sala Multiuso (con autorización)", "Libre")
	calendar.lacks(t, "Propuesta")
	support.get("/room-calendar?room=sala-1&day=2026-09-16").want(t, http.StatusOK, "Sala de reuniones 1, semana del 14/09/2026", "20/09/2026", string(first))
	support.get("/room-calendar?room=azotea").want(t, http.StatusNotFound)
	s.as(t, "usuaria-administracion-1").get("/room-calendar").want(t, http.StatusForbidden)
}

func TestRecordingsPages(t *testing.T) {
	s := newSite(t)
	number, support := inHands(t, s)
	support.do(number, desk.ActBookRoom, "row", "1", "room", "sala-1", "link", "https://reuniones.example.pe/1", "records", "yes").want(t, http.StatusOK)
	asker := s.as(t, "usuaria-administracion-1")
	asker.get("/recordings").want(t, http.StatusOK, "No hay grabaciones de sus solicitudes").lacks(t, "Por entregar")
	copyOf := "/recordings/" + string(number) + "-1"
	asker.get(copyOf).want(t, http.StatusNotFound)
	s.SetTime(desktest.Tuesday(9, 0).AddDate(0, 0, 2))
	support, asker = s.as(t, "soporte-1"), s.as(t, "usuaria-administracion-1")
	support.get("/recordings").want(t, http.StatusOK, "Reparto", "Entregar")
	support.do(number, desk.ActDeliverRecording, "row", "1", "repository", "https://repositorio.example.pe/1", "until", "30/09/2026").want(t, http.StatusOK, "Grabación entregada").lacks(t, "repositorio.example.pe")
	asker.get("/recordings").want(t, http.StatusOK, "Entregada", "Disponible hasta el 30/09/2026")
	if page := asker.get(copyOf).want(t, http.StatusOK, "Abrir la grabación"); !strings.Contains(page.body, `href="https://repositorio.example.pe/1"`) {
		t.Error("the copy is not linked")
	}
	s.as(t, "usuaria-administracion-2").get(copyOf).want(t, http.StatusNotFound)
	s.SetTime(desktest.Tuesday(9, 0).AddDate(0, 0, 16))
	s.as(t, "usuaria-administracion-1").get(copyOf).want(t, http.StatusNotFound)
}

// Owed is the copy of a meeting that is over and could be recorded, whatever else
// the room was used for that day; the booking leads to it once it is given.
func TestRecordingsAreOwedAfterTheMeeting(t *testing.T) {
	s := newSite(t)
	book := func(number desk.Number, records string) {
		s.as(t, "soporte-1").do(number, desk.ActBookRoom, "row", "1", "room", "sala-1", "link", "https://reuniones.example.pe/1", "records", records).want(t, http.StatusOK)
	}
	plain, _ := inHands(t, s)
	book(plain, "no")
	recorded, _ := inHands(t, s, "schedule.1.from", "11:00", "schedule.1.to", "12:00")
	book(recorded, "yes")
	owed := func() page { return s.as(t, "soporte-1").get("/recordings").want(t, http.StatusOK) }
	s.SetTime(desktest.Tuesday(11, 59).AddDate(0, 0, 1))
	owed().lacks(t, string(plain), string(recorded))
	s.SetTime(desktest.Tuesday(12, 0).AddDate(0, 0, 1))
	owed().want(t, http.StatusOK, string(recorded)).lacks(t, string(plain))

	booking := "/room-bookings/" + string(recorded) + "-1"
	asker := s.as(t, "usuaria-administracion-1")
	asker.get(booking).want(t, http.StatusOK).lacks(t, "Ver la grabación")
	s.as(t, "soporte-1").do(recorded, desk.ActDeliverRecording, "row", "1", "repository", "https://repositorio.example.pe/1", "until", "30/09/2026")
	asker.get(booking).want(t, http.StatusOK, "Ver la grabación")
	owed().lacks(t, string(recorded)+"</a>")
}

func TestBlankFormIsThereForEverybody(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "usuaria-ut-piura-1")
	b.get("/forms/annex-02").want(t, http.StatusOK, "PRO-044-PNAEQW-UTI-FOR-0002", "Versión N° 01", "descargue la hoja de cálculo")
	workbook := b.get("/forms/annex-02.xlsx").want(t, http.StatusOK)
	if _, ok := annex.Read([]byte(workbook.body), desktest.Tuesday(9, 0)); !ok {
		t.Errorf("what is downloaded is no Anexo 02: %d bytes", len(workbook.body))
	}
	if got := headingOf(t, workbook.body); got != "PRO-044-PNAEQW-UTI-FOR-0002 · Versión N° 01" {
		t.Errorf("its heading is %q", got)
	}
	s.publish("02", 1, "Se agrega un servicio.")
	s.SetTime(october(1))
	if got := headingOf(t, s.as(t, "usuaria-ut-piura-1").get("/forms/annex-02.xlsx").body); got != "PRO-044-PNAEQW-UTI-FOR-0002 · Versión N° 02" {
		t.Errorf("its heading under the next version is %q", got)
	}
}

// headingOf is what stands under the title of a workbook.
func headingOf(t *testing.T, workbook string) string {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(workbook))
	if err != nil {
		t.Fatal(err)
	}
	text, err := f.GetCellValue("Anexo 02", "A2")
	if err != nil {
		t.Fatal(err)
	}
	return text
}
