package linkpages_test

import (
	"net/http"
	"strings"
	"testing"

	"mesa/shared/desk"
)

// A superior who is asked because time ran out, and decides the next stage too,
// reads before and after that one decision stands for both.
func TestOneDecisionForBothStagesIsSaid(t *testing.T) {
	const superior = desk.PersonID("jefa-supervision")
	s := newSite(t)
	id := s.Open81()
	for range 4 {
		if _, asked := s.Load(id).Ticket.AskedPerson(superior); asked {
			break
		}
		wait := s.Load(id).Waits[0]
		s.SetTime(wait.WakeAt)
		act := s.Act(desk.Clock, desk.ActOverdue, id, "wait", string(wait.ID))
		act.Version, act.Channel, act.Actor.Assurance = 0, desk.ChannelClock, desk.AssuredSelf
		if _, err := s.Road.Perform(t.Context(), act); err != nil {
			t.Fatal(err)
		}
	}
	asked, ok := s.Load(id).Ticket.AskedPerson(superior)
	if !ok {
		t.Fatalf("asked are %v", s.Load(id).Ticket.Asked)
	}
	const stands = "vale para las dos etapas"
	path, _ := s.link(id, "approval#1", head, 3)
	if body := s.do(http.MethodGet, path).body; strings.Contains(body, stands) {
		t.Errorf("the head of the UT, who decides one stage, reads %q", stands)
	}
	path, code := s.link(id, "approval#1", superior, asked.Round)
	s.want(s.do(http.MethodGet, path), http.StatusOK, "Si aprueba, su decisión "+stands)
	done := s.do(http.MethodPost, path, "choice", "approve", "code", code)
	s.want(done, http.StatusSeeOther)
	s.want(s.do(http.MethodGet, done.header.Get("Location")), http.StatusOK, "Decisión registrada: aprobada", stands)
	if got := s.Load(id).Ticket; got.Level != 2 {
		t.Errorf("level %d, state %s", got.Level, got.State)
	}
}
