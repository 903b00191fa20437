package portal_test

import (
	"net/http"
	"testing"
	"time"

	"mesa/shared/intake"
	"mesa/shared/work"
)

// TestLostMailsStandOnTheOperationsPage until each has a record.
func TestLostMailsStandOnTheOperationsPage(t *testing.T) {
	s := newSite(t)
	chief := s.as(t, "jefa-uti")
	const page, lost = "/admin/operations", "o3vrnil0e2ic28trm7dfhrc2v0cnbeccl4nbp0g1"
	chief.get(page).want(t, http.StatusOK, "Nada detenido.")
	if err := s.Store.SetLostMails(t.Context(), []work.LostMail{{ID: lost, At: s.Time().Add(-7 * time.Hour)}}); err != nil {
		t.Fatal(err)
	}
	chief.get(page).want(t, http.StatusOK, "Correos guardados sin registro 1", lost, "02:00", "deskctl mail replay").lacks(t, "Nada detenido.")
	if err := s.Store.PutMailRecord(t.Context(), intake.Record{ID: lost, Key: "inbound/" + lost, At: s.Time()}); err != nil {
		t.Fatal(err)
	}
	chief.get(page).want(t, http.StatusOK, "Nada detenido.")
}
