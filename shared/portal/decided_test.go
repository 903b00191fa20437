package portal_test

import (
	"net/http"
	"testing"

	"mesa/shared/desk"
)

// A decision shows who, for whom, when, and from where: on the case to all who
// may read it, and in the list of who took it (R9, R27, R69).
func TestADecisionShowsWhoForWhomAndFromWhere(t *testing.T) {
	tests := map[string]struct {
		channel   desk.Channel
		assurance desk.Assurance
		want      string
	}{
		"by link and code":        {desk.ChannelLink, desk.AssuredCode, "por el enlace del correo, con su código"},
		"signed in":               {desk.ChannelPortal, desk.AssuredSession, "por el portal, con sesión iniciada"},
		"by another system's API": {desk.ChannelAPI, desk.AssuredToken, "por otro sistema, con su propia cuenta"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			id := s.Do("usuaria-ut-cusco-1", desk.ActOpen, "", "service", "apps-sigo", "flow", "8.1", "subject", "No abre", "description", "x", "impact", "slow").After.Ticket.ID
			act := s.Act("suplente-ut-cusco", desk.ActApprove, id)
			act.Channel, act.Actor.Assurance = tt.channel, tt.assurance
			if _, err := s.Road.Perform(t.Context(), act); err != nil {
				t.Fatal(err)
			}
			for _, reader := range []desk.PersonID{"usuaria-ut-cusco-1", "jefa-ut-cusco"} {
				s.as(t, reader).get("/tickets/"+string(s.number(t, id))+"?show=decisions").
					want(t, http.StatusOK, "Suplente de la Jefatura de la UT Cusco por Jefa/e de la UT Cusco, "+tt.want, "15/09/2026 09:00")
			}
			s.as(t, "suplente-ut-cusco").get("/approvals").want(t, http.StatusOK, "Etapa 1 de 2: la jefatura de la UT (8.1.4), por Jefa/e de la UT Cusco. Decidida "+tt.want)
		})
	}
}
