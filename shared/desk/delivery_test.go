package desk

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func deliveryAt(s DeliveryState, seconds int, cause DeliveryCause) Delivery {
	return Delivery{State: s, At: time.Date(2026, 11, 24, 15, 0, seconds, 0, time.UTC), Cause: cause, Status: "5.1.1"}
}

// F10: whatever the order and however often events come, the same word stands last.
func TestLastWordDoesNotDependOnTheOrder(t *testing.T) {
	words := []Delivery{deliveryAt(DeliveryAccepted, 0, ""), deliveryAt(DeliveryDelayed, 10, CauseServer), deliveryAt(DeliveryDelayed, 20, CauseServer),
		deliveryAt(DeliveryDelivered, 30, ""), deliveryAt(DeliveryReturned, 40, CauseUnknown), deliveryAt(DeliveryBounced, 5, CauseNoAddress), deliveryAt(DeliveryBounced, 5, CauseServer)}
	want := words[6]
	for range 500 {
		shuffled := append(slices.Clone(words), words...)
		rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		last := Delivery{}
		for _, d := range shuffled {
			if d.After(last) {
				last = d
			}
		}
		if last != want {
			t.Fatalf("%v leaves %+v, want %+v", shuffled, last, want)
		}
	}
}

// The table compares codes as texts: their order must be that of After.
func TestCodesOrderAsDeliveriesDo(t *testing.T) {
	causes := []DeliveryCause{"", CauseNoAddress, CauseServer, CauseSpam}
	var all []Delivery
	for _, s := range deliveryStates() {
		for _, seconds := range []int{0, 7, 59} {
			for _, c := range causes {
				all = append(all, deliveryAt(s, seconds, c))
			}
		}
	}
	for _, a := range all {
		if got := DeliveryOf(a.Code()); got != a {
			t.Errorf("%+v became %+v by its code %q", a, got, a.Code())
		}
		for _, b := range all {
			if a.After(b) != (a.Code() > b.Code()) {
				t.Errorf("%q and %q order otherwise than their deliveries", a.Code(), b.Code())
			}
		}
	}
}

func TestWhatIsNoCodeTellsNothing(t *testing.T) {
	for _, code := range []string{"", "x", "0 2026-11-24T15:00:00Z  ", "9 2026-11-24T15:00:00Z  ", "12 a b c", "   ", "1 2 3"} {
		if d := DeliveryOf(code); d.Known() {
			t.Errorf("%q is %+v", code, d)
		}
	}
	if code := (Delivery{}).Code(); code != "" {
		t.Errorf("nothing known has the code %q", code)
	}
}

func TestWhichDeliveriesFailAndCloseTheAddress(t *testing.T) {
	tests := []struct {
		d                   Delivery
		failed, final, hard bool
	}{
		{Delivery{}, false, false, false},
		{deliveryAt(DeliveryAccepted, 0, ""), false, false, false},
		{deliveryAt(DeliveryDelayed, 0, CauseMailboxFull), false, false, false},
		{deliveryAt(DeliveryReturned, 0, CauseUnknown), true, false, false},
		{deliveryAt(DeliveryDelivered, 0, ""), false, false, false},
		{deliveryAt(DeliveryBounced, 0, CauseMailboxFull), true, true, false},
		{deliveryAt(DeliveryBounced, 0, CauseUnknown), true, true, false},
		{deliveryAt(DeliveryBounced, 0, CauseNoAddress), true, true, true},
		{deliveryAt(DeliveryBounced, 0, CauseSuppressed), true, true, true},
		{deliveryAt(DeliveryBounced, 0, CauseUnsubscribed), true, true, true},
		{deliveryAt(DeliveryRejected, 0, CauseContent), true, true, false},
		{deliveryAt(DeliveryComplained, 0, CauseSpam), false, false, true},
	}
	for _, test := range tests {
		if f, l, h := test.d.Failed(), test.d.Final(), test.d.Hard(); f != test.failed || l != test.final || h != test.hard {
			t.Errorf("%s by %s: failed %t, final %t, hard %t", test.d.State, test.d.Cause, f, l, h)
		}
	}
}
