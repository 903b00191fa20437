package portal_test

import (
	"net/http"
	"testing"

	"mesa/shared/desk"
)

// What a mail proves and whom it went to is seen on its case by those who work
// on it (R9, R29, F33).
func TestACaseShowsWhatItsMailProves(t *testing.T) {
	s := newSite(t)
	open := func(via string, copied ...desk.PersonID) string {
		result, err := s.Road.Perform(t.Context(), desk.Act{Kind: desk.ActContact, At: s.Time(), Channel: desk.ChannelMail, Requester: "usuaria-administracion-1", Copied: copied,
			Actor: desk.Actor{Via: via, Assurance: desk.AssuredSelf}, Fields: desk.Fields{"subject": "Compra", "description": "¿Se puede?", "from_address": "usuaria-administracion-1@qw.gob.pe"}})
		if err != nil {
			t.Fatal(err)
		}
		return "/tickets/" + string(result.After.Ticket.Number)
	}
	staff := s.as(t, "informatica-mesa-1")
	staff.get(open("mail", "jefa-administracion", "usuaria-administracion-1")).want(t, http.StatusOK, "En copia", "Jefa/e de la Unidad de Administración").lacks(t, "Sin verificar")
	doubtful := open("unverified")
	staff.get(doubtful).want(t, http.StatusOK, "Sin verificar", "usuaria-administracion-1@qw.gob.pe, sin verificar", "Compruebe quién escribe").lacks(t, "En copia")
	staff.get("/queue").want(t, http.StatusOK, "Confirmar a quien escribe")
	s.as(t, "usuaria-administracion-1").get(doubtful).want(t, http.StatusOK, "Sin verificar").lacks(t, "En copia")
}
