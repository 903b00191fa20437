package feedback

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
)

var now = time.Date(2026, 9, 15, 20, 0, 0, 0, time.UTC)

// mustEvent is an event as SES publishes it, with its line end.
func mustEvent(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func at(hour, minute, second int) time.Time {
	return time.Date(2026, 9, 15, hour, minute, second, 0, time.UTC)
}

// Every kind of event of SES, and what the desk makes of it.
func TestEventsOfSES(t *testing.T) {
	bounce := func(s desk.DeliveryState, c desk.DeliveryCause, status string) desk.Delivery {
		return desk.Delivery{State: s, At: at(14, 0, 7), Cause: c, Status: status}
	}
	want := map[string]desk.Delivery{
		"send":                      {State: desk.DeliveryAccepted, At: at(14, 0, 5)},
		"delivery":                  {State: desk.DeliveryDelivered, At: at(14, 0, 6)},
		"delay":                     {State: desk.DeliveryDelayed, At: at(14, 10, 40), Cause: desk.CauseServer, Status: "4.4.1"},
		"delay-mailbox-full":        {State: desk.DeliveryDelayed, At: at(14, 10, 40), Cause: desk.CauseMailboxFull, Status: "4.2.2"},
		"bounce-no-address":         bounce(desk.DeliveryBounced, desk.CauseNoAddress, "5.1.1"),
		"bounce-no-email":           bounce(desk.DeliveryBounced, desk.CauseNoAddress, "5.1.1"),
		"bounce-suppressed":         bounce(desk.DeliveryBounced, desk.CauseSuppressed, "5.1.1"),
		"bounce-on-account-list":    bounce(desk.DeliveryBounced, desk.CauseSuppressed, "5.1.1"),
		"bounce-unsubscribed":       bounce(desk.DeliveryBounced, desk.CauseUnsubscribed, ""),
		"bounce-mailbox-full":       bounce(desk.DeliveryBounced, desk.CauseMailboxFull, "5.2.2"),
		"bounce-too-large":          bounce(desk.DeliveryBounced, desk.CauseTooLarge, "5.3.4"),
		"bounce-attachment":         bounce(desk.DeliveryBounced, desk.CauseContent, "5.7.1"),
		"bounce-general":            bounce(desk.DeliveryReturned, desk.CauseUnknown, ""),
		"bounce-timeout":            bounce(desk.DeliveryBounced, desk.CauseServer, "4.4.7"),
		"bounce-undetermined":       bounce(desk.DeliveryBounced, desk.CauseUnknown, ""),
		"complaint":                 {State: desk.DeliveryComplained, At: at(15, 41, 2), Cause: desk.CauseSpam},
		"complaint-not-spam":        {State: desk.DeliveryDelivered, At: at(15, 41, 2)},
		"complaint-on-account-list": {State: desk.DeliveryBounced, At: at(14, 0, 6), Cause: desk.CauseSuppressed},
		"reject":                    {State: desk.DeliveryRejected, At: at(14, 0, 5), Cause: desk.CauseContent},
		"rendering-failure":         {State: desk.DeliveryRejected, At: at(14, 0, 5), Cause: desk.CauseRendering},
	}
	dropped := map[string]bool{"open": true, "click": true, "subscription": true}
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) != len(want)+len(dropped) {
		t.Fatalf("%d events in testdata, %d expectations: %v", len(files), len(want)+len(dropped), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			h, id, why := read(mustEvent(t, filepath.Base(file)), now)
			if dropped[name] {
				if why == "" || id == "" {
					t.Errorf("read as %+v", h)
				}
				return
			}
			if why != "" {
				t.Fatalf("dropped: %s", why)
			}
			if diff := cmp.Diff(want[name], h.Delivery); diff != "" {
				t.Errorf("delivery (-want +got)\n%s", diff)
			}
			if h.Ticket != "01J80000000000000000000001" || h.Ref != "1.1" || h.SentID != "0100019f7d1c2b3a-5e6f7a8b-9c0d-4e1f-a2b3-c4d5e6f7a8b9-000000" || !h.SentAt.Equal(at(14, 0, 5)) || h.Unproved {
				t.Errorf("heard %+v", h)
			}
		})
	}
	if h, _, _ := read(mustEvent(t, "bounce-no-address.json"), now); !strings.Contains(h.Diagnostic, "User unknown") {
		t.Errorf("diagnostic %q", h.Diagnostic)
	}
}

// changed is the Send event with one thing in its mail replaced.
func changed(t *testing.T, change func(mail map[string]any)) []byte {
	t.Helper()
	var e map[string]any
	if err := json.Unmarshal(mustEvent(t, "send.json"), &e); err != nil {
		t.Fatal(err)
	}
	change(e["mail"].(map[string]any))
	content, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestMessagesThatAreNoEventOfOurs(t *testing.T) {
	tag := func(values ...any) func(map[string]any) {
		return func(mail map[string]any) { mail["tags"].(map[string]any)["item"] = values }
	}
	for name, body := range map[string][]byte{
		"SES's own first message": mustEvent(t, "set-up.txt"),
		"nothing":                 nil,
		"another JSON":            []byte(`["x"]`),
		"a receipt":               []byte(`{"notificationType":"Received","mail":{"messageId":"o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1"}}`),
		"no tags":                 changed(t, func(m map[string]any) { delete(m, "tags") }),
		"another sender's tags":   changed(t, func(m map[string]any) { m["tags"] = map[string]any{"campaign": []any{"a"}} }),
		"no value":                changed(t, tag()),
		"two values":              changed(t, tag("01J80000000000000000000001-1-1", "01J80000000000000000000002-1-1")),
		"an empty name":           changed(t, tag("")),
		"a name cut":              changed(t, tag("01J80000000000000000000001-1")),
		"a name of letters":       changed(t, tag("01J80000000000000000000001-a-1")),
		"a name with a sign":      changed(t, tag("01J80000000000000000000001--1-1")),
		"a name too great":        changed(t, tag("01J80000000000000000000001-99999999999999999999-1")),
		"a hostile name":          changed(t, tag("T#J80000000000000000000001-1-1")),
	} {
		if h, id, why := read(body, now); why == "" {
			t.Errorf("%s: read as %+v", name, h)
		} else if strings.ContainsAny(id+why, "@<") {
			t.Errorf("%s: would log %q, %q", name, id, why)
		}
	}
}

// What SES leaves out, or writes otherwise, takes nothing down.
func TestOddEventsAreRead(t *testing.T) {
	h, _, why := read(changed(t, func(m map[string]any) { m["timestamp"], m["messageId"] = "yesterday", "<script>@x" }), now)
	if why != "" || !h.SentAt.Equal(now) || !h.Delivery.At.Equal(now) || h.SentID != "" {
		t.Errorf("without a time or an id: %+v, %s", h, why)
	}
	for code, want := range map[string]string{"5.1.1": "5.1.1", "4.4.7": "4.4.7", "2.0.0": "2.0.0", "5.1.1 (bad destination)": "", "": "", "5.1": "", "5.1.": "", "5.1.1.1": "", "3.1.1": "", "55.1.1": "", "5.1234.1": "", "5.a.1": "", ".1.1": ""} {
		if got := Status(code); got != want {
			t.Errorf("status %q of %q", got, code)
		}
	}
	if state, cause := bounced("Transient", "SomethingNew"); state != desk.DeliveryReturned || cause != desk.CauseUnknown {
		t.Errorf("an unheard-of transient bounce is %s by %s", state, cause)
	}
	if state, cause := bounced("Permanent", "SomethingNew"); state != desk.DeliveryBounced || cause != desk.CauseNoAddress {
		t.Errorf("an unheard-of permanent bounce is %s by %s", state, cause)
	}
}
