package edition_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/feedback"
	"mesa/shared/work"
)

// mailer counts what it is handed, by reader.
type mailer struct{ sent map[desk.PersonID]int }

func (m *mailer) Send(_ context.Context, e desk.Effect) (string, deliver.Outcome, error) {
	m.sent[e.Mail.Person]++
	return fmt.Sprintf("ses-%s", e.Mail.Person), deliver.Sent, nil
}

func (*mailer) Check(context.Context, desk.Effect) error { return nil }

// TestAnAddressThatTakesNoMail: it is not written to, operations sees it, and
// nobody is called for a notice; all others get theirs.
func TestAnAddressThatTakesNoMail(t *testing.T) {
	h := newHall(t)
	const shut = desk.PersonID("usuaria-ut-piura-1")
	if err := h.Store.PutSuppression(t.Context(), work.Suppression{Address: string(shut) + "@qw.gob.pe", At: h.Time(), Cause: desk.CauseNoAddress, Times: 1}); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, h.Bench, draft())
	h.rest()
	people := len(h.told())
	m := &mailer{sent: map[desk.PersonID]int{}}
	o := &deliver.Outbox{Store: h.Store, Mailer: m, Directory: h.Store, Feedback: &feedback.Desk{Store: h.Store, Directory: h.Store, Now: h.Now}, Now: h.Now, Lease: time.Minute, Jitter: func() float64 { return 0 }}
	for n := 1; n > 0; {
		var err error
		if n, err = o.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for who, n := range m.sent {
		if n != 1 || who == shut {
			t.Errorf("%s was sent %d", who, n)
		}
	}
	if len(m.sent) != people-1 {
		t.Errorf("%d were sent, want %d", len(m.sent), people-1)
	}
	failed, err := h.Store.FailedMails(t.Context(), 10)
	if err != nil || len(failed) != 1 || failed[0].Mail.Person != shut || !strings.HasPrefix(string(failed[0].Ticket), "V0001") {
		t.Errorf("operations sees %+v, %v", failed, err)
	}
}
