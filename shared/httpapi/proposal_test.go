package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// What was read of an attached Anexo 02 is given back as «classify» takes it.
func TestProposalIsSentBackToBeConfirmed(t *testing.T) {
	f := newFixture(t)
	text, err := flow.Proposal{File: "formato.xlsx", Unread: []string{"Sala: el formato no dice cuál; elíjala, o solo virtual."}, Fields: desk.Fields{"in_charge": "Rosa Quispe", "description": "Reparto",
		"schedule.1.date": "2026-09-17", "schedule.1.from": "09:00", "schedule.1.to": "11:00", "recording": "no", "streaming": "yes", "participants.1.who": "Jefatura", "participants.1.part": "required", "phone": "anexo 88"}}.Text()
	if err != nil {
		t.Fatal(err)
	}
	result, err := f.road.Perform(t.Context(), desk.Act{Kind: desk.ActContact, At: f.now, Channel: desk.ChannelMail, Requester: requester, Actor: desk.Actor{Via: "mail", Assurance: desk.AssuredSelf},
		Fields: desk.Fields{"subject": "Videoconferencia", "description": "Adjunto el formato.", flow.ProposalText: text}})
	if err != nil {
		t.Fatal(err)
	}
	number, first := string(result.After.Ticket.Number), firstLevel
	var seen struct {
		Proposal struct {
			Mark   string         `json:"mark"`
			Fields map[string]any `json:"fields"`
			Unread []string       `json:"unread"`
		} `json:"proposal"`
	}
	r := f.get(t, first, "/v1/tickets/"+number)
	if err := json.Unmarshal([]byte(r.body), &seen); err != nil || r.status != http.StatusOK {
		t.Fatalf("%d %s: %v", r.status, r.body, err)
	}
	if seen.Proposal.Mark != flow.ReadMark || len(seen.Proposal.Unread) != 1 || strings.Contains(r.body, flow.ProposalText) {
		t.Errorf("seen %s", r.body)
	}
	fields := seen.Proposal.Fields
	fields["service"], fields["priority"], fields["annex"], fields["place"] = "meetings", "3", "use", "virtual"
	body, err := json.Marshal(map[string]any{"act": "classify", "version": 1, "fields": fields})
	if err != nil {
		t.Fatal(err)
	}
	if r := f.act(t, first, number, string(body)); r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, r.body)
	}
	stored, err := f.store.Load(t.Context(), result.After.Ticket.ID)
	if got := stored.Ticket; err != nil || got.Meetings != "r" || len(got.Missing) > 0 {
		t.Errorf("dates %q, missing %v, %v", got.Meetings, got.Missing, err)
	}
	if r := f.get(t, first, "/v1/tickets/"+number); strings.Contains(r.body, flow.ReadMark) {
		t.Errorf("still to be confirmed: %s", r.body)
	}
}
