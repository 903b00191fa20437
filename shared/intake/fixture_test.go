package intake_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/feedback"
	"mesa/shared/intake"
	"mesa/shared/mail"
	"mesa/shared/thread"
)

const (
	known   = "usuaria-administracion-1@qw.gob.pe"
	support = "soporte.usuario@qw.gob.pe"
	domain  = "mesa.qw.gob.pe"
)

// mailroom is a desk that receives mails.
type mailroom struct {
	*desktest.Bench
	t      *testing.T
	in     *intake.Intake
	held   *intake.Held
	bucket *bucket
	marks  thread.Marks
	n      int
}

// bucket keeps raw mails and attachments.
type bucket struct {
	mu      sync.Mutex
	objects map[string][]byte
	writes  map[string]int
	fails   error
}

func (b *bucket) Read(_ context.Context, key string, _ int64) ([]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	raw, ok := b.objects[key]
	if !ok {
		return nil, errors.New("no such key: " + key)
	}
	return raw, b.fails
}

func (b *bucket) Write(_ context.Context, key, _ string, data []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fails != nil {
		return b.fails
	}
	b.objects[key] = data
	b.writes[key]++
	return nil
}

func newMailroom(t *testing.T) *mailroom {
	t.Helper()
	marks, err := thread.NewMarks(domain, thread.Key{ID: "k1", Secret: []byte(strings.Repeat("s", 32))})
	if err != nil {
		t.Fatal(err)
	}
	m := &mailroom{Bench: desktest.NewBench(t), t: t, bucket: &bucket{objects: map[string][]byte{}, writes: map[string]int{}}, marks: marks}
	m.in = &intake.Intake{Store: m.Store, Raw: m.bucket, Files: m.bucket, Road: m.Road, Directory: m.Store, Settings: m.Store, Feedback: &feedback.Desk{Store: m.Store, Directory: m.Store, Now: m.Now}, Now: m.Now, Domain: domain, Region: "us-east-1",
		Marks: func(context.Context) (thread.Marks, error) { return m.marks, nil }}
	m.held = &intake.Held{Store: m.Store, Raw: m.bucket, Files: m.bucket, Road: m.Road, Directory: m.Store, Now: m.Now}
	return m
}

// letter is a mail to be received.
type letter struct {
	from, to, subject, id, body string
	headers                     string
	dmarc                       mail.Verdict
	spam, virus                 mail.Verdict
}

func (l letter) raw() string {
	var s strings.Builder
	add := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&s, "%s: %s\r\n", name, value)
		}
	}
	add("From", l.from)
	add("To", l.to)
	add("Subject", l.subject)
	if l.id != "" {
		add("Message-ID", "<"+l.id+">")
	}
	s.WriteString(l.headers)
	if !strings.Contains(l.headers, "Content-Type") {
		s.WriteString("Content-Type: text/plain; charset=utf-8\r\n")
	}
	s.WriteString("\r\n" + l.body + "\r\n")
	return s.String()
}

// arrive puts a mail into the bucket and makes its notification.
func (m *mailroom) arrive(l letter) mail.Receipt {
	m.n++
	id := fmt.Sprintf("ses%04d", m.n)
	if l.to == "" {
		l.to = support
	}
	m.bucket.objects["inbound/"+id] = []byte(l.raw())
	v := mail.Verdicts{Spam: mail.Pass, Virus: mail.Pass, SPF: mail.Pass, DKIM: mail.Pass, DMARC: mail.Pass}
	if l.dmarc != "" {
		v.DMARC = l.dmarc
	}
	if l.spam != "" {
		v.Spam = l.spam
	}
	if l.virus != "" {
		v.Virus = l.virus
	}
	source := strings.Trim(l.from, "<>")
	if i := strings.LastIndex(l.from, "<"); i >= 0 {
		source = strings.Trim(l.from[i:], "<>")
	}
	return mail.Receipt{MessageID: id, Key: "inbound/" + id, Recipients: []string{l.to}, Source: source, At: m.Time(), Verdicts: v}
}

// receive handles a mail that must be handled.
func (m *mailroom) receive(l letter) intake.Record {
	m.t.Helper()
	return m.again(m.arrive(l))
}

func (m *mailroom) again(r mail.Receipt) intake.Record {
	m.t.Helper()
	rec, err := m.in.Receive(m.t.Context(), r)
	if err != nil {
		m.t.Fatalf("receive: %v", err)
	}
	return rec
}

// outbound counts the mails that the desk ordered, by message.
func (m *mailroom) outbound() map[desk.Message]int {
	m.t.Helper()
	count := map[desk.Message]int{}
	for shard := range 8 {
		due, err := m.Store.DueEffects(m.t.Context(), shard, m.Time(), 10_000)
		if err != nil {
			m.t.Fatal(err)
		}
		for _, e := range due {
			if e.Mail != nil {
				count[e.Mail.Message]++
			}
		}
	}
	return count
}

func (m *mailroom) records(id desk.TicketID) []desk.Record {
	m.t.Helper()
	list, err := m.Store.Records(m.t.Context(), id, 0)
	if err != nil {
		m.t.Fatal(err)
	}
	return list
}

func (m *mailroom) wantTickets(want int) {
	m.t.Helper()
	if got := len(m.Tickets()); got != want {
		m.t.Errorf("%d tickets, want %d", got, want)
	}
}
