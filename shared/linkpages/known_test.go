package linkpages_test

import (
	"net/http"
	"strings"
	"testing"

	"mesa/shared/desk"
)

// The short form asks only what is missing, and shows what the case has already
// (R104, R110).
func TestTheShortFormAsksOnlyWhatIsMissing(t *testing.T) {
	s := newSite(t)
	id := s.Do("usuaria-administracion-1", desk.ActOpen, "", "service", "hardware-printers", "flow", "8.6", "subject", "No imprime",
		"description", "Se atasca <b>siempre</b>. "+strings.Repeat("Muy largo. ", 60), "equipment", "Impresora de red", "goods", "printer", "office", "310").After.Ticket.ID
	path, _ := s.link(id, "data#1", "usuaria-administracion-1", 1)
	p := s.do(http.MethodGet, path)
	s.want(p, http.StatusOK, "Ya tenemos", "Impresora de red", "Impresora multifuncional", "310", "Se atasca &lt;b&gt;siempre&lt;/b&gt;", "Nos falta", `name="asset"`, `name="no_asset"`)
	for _, known := range []string{`name="office"`, `name="goods"`, `name="description"`, `name="message"`, strings.Repeat("Muy largo. ", 50)} {
		if strings.Contains(p.body, known) {
			t.Errorf("the form holds %.40s", known)
		}
	}
	s.want(s.do(http.MethodPost, path, "asset", "740-1"), http.StatusSeeOther)
	if got := s.Load(id).Ticket; len(got.Missing) != 0 {
		t.Errorf("missing %v", got.Missing)
	}
}

// The telephone that the directory knows is proposed, and taken only if it is sent.
func TestTheTelephoneIsProposed(t *testing.T) {
	s := newSite(t)
	act := s.Act("", desk.ActContact, "", "subject", "Necesito apoyo", "description", "Con una tabla.")
	act.Channel, act.Requester, act.Actor = desk.ChannelMail, "usuaria-administracion-1", desk.Actor{Via: "mail", Assurance: desk.AssuredSelf}
	result, err := s.Road.Perform(t.Context(), act)
	if err != nil {
		t.Fatal(err)
	}
	id := result.After.Ticket.ID
	s.Do("especialista-mesa", desk.ActClassify, id, "service", "technical-consultation", "flow", "8.7", "priority", "4")
	wait := s.Load(id).Ticket
	if len(wait.Missing) != 1 || wait.Missing[0] != "phone" {
		t.Fatalf("missing %v", wait.Missing)
	}
	d, err := s.Store.Directory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	person, _ := d.Person("usuaria-administracion-1", s.Time())
	path, _ := s.link(id, desk.NewWaitID(desk.WaitData, wait.DataAt.Seq), "usuaria-administracion-1", 1)
	s.want(s.do(http.MethodGet, path), http.StatusOK, `value="`+person.Phone+`"`, "Con una tabla.")
	p := s.do(http.MethodPost, path, "phone", "")
	if s.want(p, http.StatusUnprocessableEntity); strings.Contains(p.body, `value="`+person.Phone+`"`) || len(s.Load(id).Ticket.Missing) != 1 {
		t.Error("a telephone that was taken out comes back, or is kept")
	}
}
