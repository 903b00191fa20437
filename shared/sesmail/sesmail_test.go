package sesmail_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/google/go-cmp/cmp"

	"mesa/shared/access"
	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/secretstore"
	"mesa/shared/sesmail"
	"mesa/shared/thread"
)

var opened = time.Date(2026, 9, 15, 17, 0, 0, 0, time.UTC)

const ticket desk.TicketID = "01J00000000000000000000001"

// sent is the body of SendEmail as it crosses the wire.
type sent struct {
	FromEmailAddress     string
	Destination          struct{ ToAddresses, CcAddresses, BccAddresses []string }
	ReplyToAddresses     []string
	ConfigurationSetName string
	EmailTags            []struct{ Name, Value string }
	Content              struct {
		Simple struct {
			Subject struct{ Data, Charset string }
			Body    struct {
				Text, Html struct{ Data, Charset string }
			}
			Headers     []struct{ Name, Value string }
			Attachments []struct {
				FileName, ContentType, ContentDisposition string
				RawContent                                []byte
			}
		}
	}
}

// header is the value of a custom header, "" if absent.
func (s sent) header(name string) string {
	for _, h := range s.Content.Simple.Headers {
		if h.Name == name {
			return h.Value
		}
	}
	return ""
}

// service is SES on this machine. answer decides what a call gets.
type service struct {
	mu     sync.Mutex
	calls  []sent
	answer http.HandlerFunc
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var in sent
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || r.URL.Path != "/v2/email/outbound-emails" {
		w.WriteHeader(http.StatusTeapot)
		return
	}
	s.calls = append(s.calls, in)
	s.answer(w, r)
}

func accepted(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprint(w, `{"MessageId":"0100018f-example"}`)
}

// refused answers an error of the service.
func refused(status int, kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Amzn-Errortype", kind)
		w.WriteHeader(status)
		fmt.Fprint(w, `{"message":"no"}`)
	}
}

func mustKeys(t *testing.T) secretstore.LinkKeys {
	t.Helper()
	secret := []byte(strings.Repeat("k", 64))
	ring, err := access.NewRing(access.Key{ID: "k1", Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	marks, err := thread.NewMarks("mesa.qw.gob.pe", thread.Key{ID: "k1", Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	return secretstore.LinkKeys{Ring: ring, Marks: marks}
}

// newMailer makes a mailer that speaks to the service at endpoint, with the
// SDK's retries as they come, so that a test sees if they are not off.
func newMailer(t *testing.T, endpoint string) *sesmail.Mailer {
	t.Helper()
	keys := mustKeys(t)
	client := sesv2.New(sesv2.Options{Region: "us-east-1", BaseEndpoint: aws.String(endpoint), Credentials: credentials.NewStaticCredentialsProvider("test", "test", "")})
	return &sesmail.Mailer{Submit: client.SendEmail, Keys: func(context.Context) (secretstore.LinkKeys, error) { return keys, nil }, From: "soporte.usuario@qw.gob.pe", Mailbox: "soporte.usuario",
		BaseURL: "https://mesa.example", ConfigurationSet: "mesa", Institution: func(context.Context) (desk.Institution, error) { return desk.PNAEQW(), nil }, LinkLife: 72 * time.Hour}
}

func newService(t *testing.T) (*sesmail.Mailer, *service) {
	t.Helper()
	s := &service{answer: accepted}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return newMailer(t, server.URL), s
}

func item(m desk.Mail) desk.Effect {
	if m.To == "" {
		m.To, m.Name = "usuaria@qw.gob.pe", "Usuaria/o de ejemplo, «UT Áncash»"
	}
	if m.Data == nil {
		m.Data = map[string]string{"n": "2026-000001", "sj": "No abre el SIGO", "sd": "Sede Central"}
	}
	return desk.Effect{Ticket: ticket, Seq: 1, N: 2, Op: desk.OpMail, Mail: &m, CreatedAt: opened}
}

func decision() desk.Effect {
	return item(desk.Mail{Message: desk.MailDecide, Person: "jefa-ut-lima", Wait: "approval#1", Round: 1, Stage: desk.StageUT})
}

func TestMailCrossesTheWireWhole(t *testing.T) {
	m, service := newService(t)
	id, outcome, err := m.Send(t.Context(), item(desk.Mail{Message: desk.MailReceived, Person: "usuaria", ReplyTo: "<abc@correo.example>"}))
	if err != nil || outcome != deliver.Sent || id != "0100018f-example" {
		t.Fatalf("got %q, %v, %v", id, outcome, err)
	}
	got := service.calls[0]
	if len(got.Destination.ToAddresses) != 1 || !strings.HasSuffix(got.Destination.ToAddresses[0], "<usuaria@qw.gob.pe>") || len(got.Destination.CcAddresses)+len(got.Destination.BccAddresses) > 0 {
		t.Errorf("destination %+v, want one recipient", got.Destination)
	}
	if !strings.HasSuffix(got.FromEmailAddress, "<soporte.usuario@qw.gob.pe>") || got.ConfigurationSetName != "mesa" {
		t.Errorf("from %q, configuration set %q", got.FromEmailAddress, got.ConfigurationSetName)
	}
	if diff := cmp.Diff([]struct{ Name, Value string }{{"item", string(ticket) + "-1-2"}}, got.EmailTags); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	simple := got.Content.Simple
	for name, part := range map[string]struct{ Data, Charset string }{"subject": simple.Subject, "text": simple.Body.Text, "HTML": simple.Body.Html} {
		if part.Charset != "UTF-8" || part.Data == "" {
			t.Errorf("%s is %+v", name, part)
		}
	}
	if !strings.Contains(simple.Subject.Data, "2026-000001") {
		t.Errorf("subject %q", simple.Subject.Data)
	}
}

// 8.8.4: a booking brings its calendar file.
func TestCalendarFileCrossesTheWire(t *testing.T) {
	m, service := newService(t)
	for _, message := range []desk.Message{desk.MailRoomBooked, desk.MailReceived} {
		data := map[string]string{"n": "2026-000001", "sj": "Coordinación", "t": "2026-09-15T12:00", "rw": "1", "sq": "4", "rm": "Sala 1", "s1": "2026-09-16T09:00", "s2": "2026-09-16T11:00"}
		if _, _, err := m.Send(t.Context(), item(desk.Mail{Message: message, Data: data})); err != nil {
			t.Fatal(err)
		}
	}
	files := service.calls[0].Content.Simple.Attachments
	if len(files) != 1 || files[0].FileName != "reunion.ics" || !strings.HasPrefix(files[0].ContentType, "text/calendar;") || len(files[0].ContentType) > 78 ||
		files[0].ContentDisposition != "ATTACHMENT" || !strings.Contains(string(files[0].RawContent), "UID:2026-000001-1@qw.gob.pe\r\n") {
		t.Errorf("attachments %+v", files)
	}
	if got := service.calls[1].Content.Simple.Attachments; len(got) != 0 {
		t.Errorf("an acknowledgement carries %+v", got)
	}
}

// SES refuses letters beyond ASCII in addresses and headers, and tags of other
// characters than these.
func TestNothingThatSESRefuses(t *testing.T) {
	m, service := newService(t)
	for _, e := range []desk.Effect{item(desk.Mail{Message: desk.MailReceived}), decision()} {
		if _, _, err := m.Send(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	tag := regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
	for _, got := range service.calls {
		values := append([]string{got.FromEmailAddress}, append(got.ReplyToAddresses, got.Destination.ToAddresses...)...)
		for _, h := range got.Content.Simple.Headers {
			values = append(values, h.Name, h.Value)
			switch strings.ToLower(h.Name) {
			case "from", "to", "subject", "reply-to", "message-id", "date", "mime-version", "content-type", "bcc", "cc":
				t.Errorf("header %s is SES's own", h.Name)
			}
		}
		for _, v := range values {
			if strings.IndexFunc(v, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 {
				t.Errorf("%q is not printable ASCII", v)
			}
		}
		for _, pair := range got.EmailTags {
			if !tag.MatchString(pair.Name) || !tag.MatchString(pair.Value) {
				t.Errorf("tag %+v", pair)
			}
		}
	}
}

func TestRepliesComeBackToTheTicket(t *testing.T) {
	m, service := newService(t)
	if _, _, err := m.Send(t.Context(), item(desk.Mail{Message: desk.MailReceived, ReplyTo: "<abc@correo.example>"})); err != nil {
		t.Fatal(err)
	}
	got := service.calls[0]
	if len(got.ReplyToAddresses) != 1 {
		t.Fatalf("reply-to %v", got.ReplyToAddresses)
	}
	address := got.ReplyToAddresses[0]
	address = strings.TrimSuffix(address[strings.LastIndexByte(address, '<')+1:], ">")
	if found, ok := mustKeys(t).Marks.FromAddress(address); !ok || found != ticket {
		t.Errorf("a reply to %s leads to %q, %v", address, found, ok)
	}
	if !strings.HasPrefix(address, "soporte.usuario+") {
		t.Errorf("reply address %q is not of the desk's mailbox", address)
	}
	references := got.header("References")
	if found, ok := mustKeys(t).Marks.FromIDs(strings.Fields(references)); !ok || found != ticket || !strings.Contains(references, "<abc@correo.example>") {
		t.Errorf("references %q lead to %q, %v", references, found, ok)
	}
	if got.header("In-Reply-To") != "<abc@correo.example>" || got.header("Auto-Submitted") == "" || got.header("X-PAU-Message") != string(ticket)+"-1-2" {
		t.Errorf("headers %v", got.Content.Simple.Headers)
	}
}

// A territorial unit's case answers to its own mailbox: R125.
func TestUnitsCasesAnswerToTheirOwnMailbox(t *testing.T) {
	m, service := newService(t)
	e := item(desk.Mail{Message: desk.MailReceived, Data: map[string]string{"n": "2026-000001", "mb": "soporte.ut-lima"}})
	if _, _, err := m.Send(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if got := service.calls[0].ReplyToAddresses[0]; !strings.Contains(got, "<soporte.ut-lima+") {
		t.Errorf("reply-to %q", got)
	}
}

// A mail repeated carries the same link and the same digits, whenever it goes.
func TestSameItemCarriesTheSameLinkAndDigits(t *testing.T) {
	m, service := newService(t)
	for range 2 {
		if _, _, err := m.Send(t.Context(), decision()); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(service.calls[0], service.calls[1]); diff != "" {
		t.Errorf("the second differs (-first +second):\n%s", diff)
	}
	text := service.calls[0].Content.Simple.Body.Text.Data
	token := regexp.MustCompile(`https://mesa\.example/approvals/(\S+)`).FindStringSubmatch(text)
	if token == nil {
		t.Fatalf("no link in %s", text)
	}
	ring := mustKeys(t).Ring
	link, err := ring.Verify(token[1], access.Approvals, opened.Add(71*time.Hour))
	if err != nil || link.Ticket != ticket || link.Person != "jefa-ut-lima" || link.Wait != "approval#1" || link.Round != 1 {
		t.Errorf("the link says %+v, %v", link, err)
	}
	if _, err := ring.Verify(token[1], access.Approvals, opened.Add(73*time.Hour)); err == nil {
		t.Error("the link works after its life")
	}
	code, err := ring.Code(link, opened)
	shown := strings.ReplaceAll(text, " ", "")
	if err != nil || !strings.Contains(shown, code) {
		t.Errorf("the mail does not hold the digits %s, %v:\n%s", code, err, text)
	}
}

func TestOutcomeSaysWhetherTheMailMayHaveGone(t *testing.T) {
	hangUp := func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			_ = conn.Close()
		}
	}
	tests := []struct {
		name   string
		answer http.HandlerFunc
		want   deliver.Outcome
	}{
		{"accepted", accepted, deliver.Sent},
		{"throttled", refused(429, "TooManyRequestsException"), deliver.Later},
		{"over the quota", refused(400, "LimitExceededException"), deliver.Later},
		{"sending paused", refused(400, "SendingPausedException"), deliver.Later},
		{"account suspended", refused(400, "AccountSuspendedException"), deliver.Later},
		{"our domain not verified", refused(400, "MailFromDomainNotVerifiedException"), deliver.Later},
		{"no configuration set", refused(404, "NotFoundException"), deliver.Later},
		{"not allowed", refused(403, "AccessDeniedException"), deliver.Later},
		{"throttled without a name", refused(429, ""), deliver.Later},
		{"content refused", refused(400, "MessageRejected"), deliver.Never},
		{"request refused", refused(400, "BadRequestException"), deliver.Never},
		{"another refusal", refused(413, "Whatever"), deliver.Never},
		{"the service is down", refused(500, "InternalFailure"), deliver.Unknown},
		{"no service behind", refused(503, "ServiceUnavailable"), deliver.Unknown},
		{"the line is cut", hangUp, deliver.Unknown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, service := newService(t)
			service.answer = test.answer
			id, got, err := m.Send(t.Context(), item(desk.Mail{Message: desk.MailReceived}))
			if got != test.want || (err == nil) != (got == deliver.Sent) || (id != "") != (got == deliver.Sent) {
				t.Errorf("outcome %d with id %q, %v; want %d", got, id, err, test.want)
			}
			if len(service.calls) != 1 {
				t.Errorf("%d calls: only the outbox may decide to try again", len(service.calls))
			}
		})
	}
}

func TestNobodyThereIsLater(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	if _, got, err := newMailer(t, server.URL).Send(t.Context(), item(desk.Mail{Message: desk.MailReceived})); got != deliver.Later || err == nil {
		t.Errorf("nobody listens: %d, %v", got, err)
	}
	if _, got, err := newMailer(t, "http://nobody.invalid").Send(t.Context(), item(desk.Mail{Message: desk.MailReceived})); got != deliver.Later || err == nil {
		t.Errorf("no such name: %d, %v", got, err)
	}
}

func TestTimeOutIsUnknown(t *testing.T) {
	m, service := newService(t)
	service.answer = func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, got, err := m.Send(ctx, item(desk.Mail{Message: desk.MailReceived})); got != deliver.Unknown || err == nil {
		t.Errorf("%d, %v", got, err)
	}
}

// What cannot be rendered is found before the item is claimed, and never sent.
func TestWhatCannotBeRenderedIsNeverSent(t *testing.T) {
	noKeys := func(context.Context) (secretstore.LinkKeys, error) {
		return secretstore.LinkKeys{}, errors.New("no keys")
	}
	tests := []struct {
		name   string
		change func(m *sesmail.Mailer, e *desk.Effect)
	}{
		{"no keys", func(m *sesmail.Mailer, _ *desk.Effect) { m.Keys = noKeys }},
		{"no recipient", func(_ *sesmail.Mailer, e *desk.Effect) { e.Mail.To = "" }},
		{"no such message", func(_ *sesmail.Mailer, e *desk.Effect) { e.Mail.Message = "none" }},
		{"a decision of nobody", func(_ *sesmail.Mailer, e *desk.Effect) { *e = decision(); e.Mail.Person = "" }},
		{"a mailbox that is none", func(m *sesmail.Mailer, _ *desk.Effect) { m.Mailbox = "a b" }},
		{"no portal", func(m *sesmail.Mailer, _ *desk.Effect) { m.BaseURL = "" }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, service := newService(t)
			e := item(desk.Mail{Message: desk.MailReceived})
			test.change(m, &e)
			if err := m.Check(t.Context(), e); err == nil {
				t.Error("Check finds nothing wrong")
			}
			if _, got, err := m.Send(t.Context(), e); got != deliver.Never || err == nil || len(service.calls) > 0 {
				t.Errorf("outcome %d, %v, %d calls", got, err, len(service.calls))
			}
		})
	}
	m, service := newService(t)
	if err := m.Check(t.Context(), decision()); err != nil || len(service.calls) > 0 {
		t.Errorf("Check of a good mail: %v, %d calls", err, len(service.calls))
	}
}

func TestWithoutConfigurationSetNoneIsNamed(t *testing.T) {
	m, service := newService(t)
	m.ConfigurationSet = ""
	if _, _, err := m.Send(t.Context(), item(desk.Mail{Message: desk.MailReceived})); err != nil || service.calls[0].ConfigurationSetName != "" {
		t.Errorf("%v, %q", err, service.calls[0].ConfigurationSetName)
	}
}
