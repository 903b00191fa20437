package work_test

import (
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
)

// A mail that was sent is sent again only if it came back.
func TestResendOfAMailThatCameBack(t *testing.T) {
	for state, allowed := range map[desk.DeliveryState]bool{"": false, desk.DeliveryAccepted: false, desk.DeliveryDelayed: false, desk.DeliveryDelivered: false, desk.DeliveryComplained: false,
		desk.DeliveryReturned: true, desk.DeliveryBounced: true, desk.DeliveryRejected: true} {
		t.Run("heard: "+string(state), func(t *testing.T) {
			b := desktest.NewBench(t)
			id := b.Open85()
			e, ok, err := b.Store.ClaimEffect(t.Context(), id, "1.1", b.Time(), time.Minute)
			if err != nil || !ok {
				t.Fatal(ok, err)
			}
			e.State, e.DoneAt = desk.EffectDone, b.Time()
			if err := b.Store.FinishEffect(t.Context(), e); err != nil {
				t.Fatal(err)
			}
			if state != "" {
				if _, _, err := b.Store.NoteDelivery(t.Context(), id, "1.1", desk.Delivery{State: state, At: b.Time()}); err != nil {
					t.Fatal(err)
				}
			}
			_, err = b.Road.Perform(t.Context(), b.Act("especialista-mesa", desk.ActResend, id, "ref", "1.1"))
			if allowed != (err == nil) {
				t.Errorf("resend: %v", err)
			}
		})
	}
}

// What is sent again goes to where its reader is written to now.
func TestResendGoesToTheAddressOfToday(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open85()
	e := b.Effects(id)[0]
	e.State = desk.EffectFailed
	if err := b.Store.FinishEffect(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	records, revision, err := b.Store.LoadDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range records.People {
		if records.People[i].ID == e.Mail.Person {
			records.People[i].Emails = []string{"corregida@qw.gob.pe"}
		}
	}
	if err := b.Store.SaveDirectory(t.Context(), records, revision); err != nil {
		t.Fatal(err)
	}
	b.Do("especialista-mesa", desk.ActResend, id, "ref", "1.1")
	if got := b.Outbox(id, 2); got != "received→corregida" {
		t.Errorf("outbox %q", got)
	}
}
