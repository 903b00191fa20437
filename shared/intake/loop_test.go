package intake_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/feedback"
	"mesa/shared/flow"
	"mesa/shared/intake"
	"mesa/shared/mail"
	"mesa/shared/notify"
	"mesa/shared/thread"
)

// The loop rig: two whole desks, intake and outbox, each of which has the
// other's mailbox in its directory as somebody's address (F32). What one sends
// the other receives, by a wire that may lose what tells a machine.

// theOther is what each desk sees of the other's domain: both believe that they
// are qw.gob.pe, so the wire swaps the names.
const theOther = "otra.example"

func swapped(text string) string {
	return strings.NewReplacer("qw.gob.pe", theOther, theOther, "qw.gob.pe").Replace(text)
}

// wiredDesk is one of the two.
type wiredDesk struct {
	*mailroom
	outbox   *deliver.Outbox
	other    *wiredDesk
	lost     []string                    // headers that the wire does not carry
	retitled func(subject string) string // what the wire makes of subjects
	sent     int
	arriving []mail.Receipt
	became   []intake.Record
}

// Check renders, as the outbox does before it claims.
func (w *wiredDesk) Check(ctx context.Context, e desk.Effect) error {
	_, err := w.render(ctx, e)
	return err
}

// Send hands the mail over as SES would: with an id of its own.
func (w *wiredDesk) Send(ctx context.Context, e desk.Effect) (string, deliver.Outcome, error) {
	r, err := w.render(ctx, e)
	if err != nil {
		return "", deliver.Never, err
	}
	if !strings.HasSuffix(e.Mail.To, theOther) {
		return "to-people", deliver.Sent, nil
	}
	w.sent++
	id := fmt.Sprintf("%04d.%s@email.amazonses.com", w.sent, e.Ticket)
	w.other.arriving = append(w.other.arriving, w.other.takes(swapped(w.wired(r, id))))
	return id, deliver.Sent, nil
}

func (w *wiredDesk) render(_ context.Context, e desk.Effect) (notify.Rendered, error) {
	root, err := w.marks.Root(e.Ticket)
	if err != nil {
		return notify.Rendered{}, err
	}
	address, err := w.marks.ReplyAddress(support, e.Ticket)
	if err != nil {
		return notify.Rendered{}, err
	}
	return notify.Render(*e.Mail, notify.Env{BaseURL: "https://pau.qw.gob.pe", From: support, Item: e.Tag(), Root: root, ReplyTo: address, Institution: desk.PNAEQW()})
}

// wired is a mail as it leaves the wire.
func (w *wiredDesk) wired(r notify.Rendered, id string) string {
	var raw strings.Builder
	subject := r.Subject
	if w.retitled != nil {
		subject = w.retitled(subject)
	}
	fmt.Fprintf(&raw, "From: %s\r\nTo: %s\r\nReply-To: %s\r\nSubject: %s\r\nMessage-ID: <%s>\r\n", r.From, r.To, r.ReplyTo, subject, id)
	for _, h := range r.Headers {
		if !strings.Contains(strings.Join(w.lost, " "), h.Name) {
			fmt.Fprintf(&raw, "%s: %s\r\n", h.Name, h.Value)
		}
	}
	fmt.Fprintf(&raw, "Content-Type: text/plain; charset=utf-8\r\n\r\nNúmero %d.\r\n%s\r\n", w.sent, r.Text)
	return raw.String()
}

// takes puts a mail into the bucket and makes its notification.
func (w *wiredDesk) takes(raw string) mail.Receipt {
	w.n++
	id := fmt.Sprintf("ses%04d", w.n)
	w.bucket.objects[intake.Prefix+id] = []byte(raw)
	return mail.Receipt{MessageID: id, Key: intake.Prefix + id, Recipients: []string{support}, Source: "bounces@amazonses.com", At: w.Time(),
		Verdicts: mail.Verdicts{Spam: mail.Pass, Virus: mail.Pass, SPF: mail.Pass, DKIM: mail.Pass, DMARC: mail.Pass}}
}

// newLoop wires two desks to each other.
func newLoop(t *testing.T, lost []string, retitled func(string) string) (one, two *wiredDesk) {
	t.Helper()
	var desks [2]*wiredDesk
	for i := range desks {
		w := &wiredDesk{mailroom: newMailroom(t), lost: lost, retitled: retitled}
		marks, err := thread.NewMarks(domain, thread.Key{ID: "k1", Secret: []byte(strings.Repeat(fmt.Sprint(i), 32))})
		if err != nil {
			t.Fatal(err)
		}
		w.marks = marks
		w.outbox = &deliver.Outbox{Store: w.Store, Mailer: w, Directory: w.Store, Feedback: &feedback.Desk{Store: w.Store, Directory: w.Store, Now: w.Now}, Acts: w.Road, Machines: idle{}, Now: w.Now, Lease: time.Minute, Jitter: func() float64 { return 1 }}
		records, revision, err := w.Store.LoadDirectory(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		misnamed(&records)
		if err := w.Store.SaveDirectory(t.Context(), records, revision); err != nil {
			t.Fatal(err)
		}
		desks[i] = w
	}
	desks[0].other, desks[1].other = desks[1], desks[0]
	return desks[0], desks[1]
}

// misnamed has the other desk's mailbox as the address of a person.
func misnamed(r *directory.Records) {
	for i := range r.People {
		if r.People[i].ID == "usuaria-administracion-1" {
			r.People[i].Emails = []string{"soporte.usuario@" + theOther}
		}
	}
}

// idle are machines that nobody needs here.
type idle struct{}

func (idle) Start(context.Context, desk.Machine, string, []byte) error { return nil }
func (idle) SendSuccess(context.Context, string, []byte) error         { return nil }

// turn receives what came and sends what follows from it.
func (w *wiredDesk) turn() {
	w.t.Helper()
	came := w.arriving
	w.arriving = nil
	for _, r := range came {
		w.became = append(w.became, w.again(r))
	}
	if _, err := w.outbox.Sweep(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// alarms counts what the alarm of mails over the cap counts.
type alarms struct {
	slog.Handler
	mu sync.Mutex
	n  int
}

// Enabled hears everything.
func (a *alarms) Enabled(context.Context, slog.Level) bool { return true }

// Handle counts.
func (a *alarms) Handle(_ context.Context, r slog.Record) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if r.Message == "mail over the cap" {
		a.n++
	}
	return nil
}

func TestF32TwoDesksWiredToEachOtherStop(t *testing.T) {
	marked := []string{"Auto-Submitted", "X-Auto-Response-Suppress", "List-Id", "X-PAU-Message", "X-PAU-Case"}
	threads := append([]string{"References", "In-Reply-To"}, marked...)
	n := 0
	anything := func(string) string { n++; return fmt.Sprintf("Consulta %d", n) }
	most := flow.DefaultPolicy().SenderMails
	tests := []struct {
		name     string
		lost     []string
		retitled func(string) string
		mails    int // that went over the wire
		held     int // and alarms
	}{
		{"by a wire that carries everything: one acknowledgement", nil, nil, 1, 0},
		{"by one that loses our own mark", []string{"X-PAU-Message"}, nil, 1, 0},
		{"by one that loses every mark of a machine: the number in the subject ends it", marked, nil, 2, 0},
		{"by one that leaves nothing to know a machine or a case by: the cap", threads, anything, 2 * most, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			seen := &alarms{Handler: slog.DiscardHandler}
			before := slog.Default()
			slog.SetDefault(slog.New(seen))
			t.Cleanup(func() { slog.SetDefault(before) })
			one, two := newLoop(t, test.lost, test.retitled)
			one.arriving = append(one.arriving, one.arrive(letter{from: "soporte.usuario@" + theOther, subject: "Hola", id: "hola@" + theOther, body: "Hola"}))
			for len(one.arriving) > 0 {
				if one.sent+two.sent > 10*most {
					t.Fatal("the two desks talk for ever")
				}
				one.turn()
				two.turn()
			}
			held := 0
			for _, r := range append(one.became, two.became...) {
				if r.Held {
					held++
				}
			}
			if got := one.sent + two.sent; got != test.mails || held != test.held || seen.n != test.held {
				t.Errorf("%d mails went over the wire, %d are held, %d alarms; want %d, %d and as many", got, held, seen.n, test.mails, test.held)
			}
		})
	}
}
