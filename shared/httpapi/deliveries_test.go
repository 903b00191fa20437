package httpapi_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
)

// What became of a mail is told beside its state, and not at all before anything
// was heard.
func TestDeliveriesTellWhatBecameOfAMail(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	var d struct {
		ID         desk.TicketID
		Deliveries []struct {
			Ref      string
			Delivery json.RawMessage
		}
	}
	f.get(t, firstLevel, "/v1/tickets/"+s.Number).into(t, &d)
	if len(d.Deliveries) == 0 || d.Deliveries[0].Delivery != nil {
		t.Fatalf("before: %+v", d.Deliveries)
	}
	bounced := desk.Delivery{State: desk.DeliveryBounced, At: time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC), Cause: desk.CauseNoAddress, Status: "5.1.1"}
	if _, _, err := f.store.NoteDelivery(t.Context(), d.ID, d.Deliveries[0].Ref, bounced); err != nil {
		t.Fatal(err)
	}
	f.get(t, firstLevel, "/v1/tickets/"+s.Number).into(t, &d)
	if diff := cmp.Diff(`{"state":"bounced","cause":"no-address","status":"5.1.1","at":"2026-11-24T15:00:00Z"}`, string(d.Deliveries[0].Delivery)); diff != "" {
		t.Errorf("delivery (-want +got)\n%s", diff)
	}
}
