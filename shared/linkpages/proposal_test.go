package linkpages_test

import (
	"net/http"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

func TestLinkForMissingAnexo02BeginsWithWhatWasRead(t *testing.T) {
	s := newSite(t)
	fields := desk.Fields{"in_charge": "Rosa Quispe", "schedule.1.date": "2026-09-17", "phone": "anexo 88"}
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} { // more rows than the page shows at first
		fields["participants."+n+".who"] = "Participante " + n
	}
	text, err := flow.Proposal{File: "formato.xlsx", Fields: fields, Unread: []string{"Sala: el formato no dice cuál; elíjala, o solo virtual."}}.Text()
	if err != nil {
		t.Fatal(err)
	}
	act := s.Act("", desk.ActContact, "", "subject", "Videoconferencia", "description", "Adjunto el formato.", flow.ProposalText, text)
	act.Channel, act.Requester, act.Actor = desk.ChannelMail, "usuaria-ut-piura-1", desk.Actor{Via: "mail", Assurance: desk.AssuredSelf}
	result, err := s.Road.Perform(t.Context(), act)
	if err != nil {
		t.Fatal(err)
	}
	id := result.After.Ticket.ID
	s.Do("especialista-ut-piura", desk.ActClassify, id, "service", "meetings", "priority", "3")
	path, _ := s.link(id, s.Load(id).Waits[0].ID, "usuaria-ut-piura-1", 1)
	for _, w := range s.Load(id).Waits {
		if w.ID.Kind() == desk.WaitData {
			path, _ = s.link(id, w.ID, "usuaria-ut-piura-1", 1)
		}
	}
	s.want(s.do(http.MethodGet, path), http.StatusOK, flow.ReadMark, "formato.xlsx", "elíjala, o solo virtual", `value="Rosa Quispe"`, `value="17/09/2026"`, `value="anexo 88"`, `value="Participante 6"`)
}
