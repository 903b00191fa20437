package postbox

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/emersion/go-smtp"
)

// Limits of SES receiving.
const (
	maxMailBytes  = 40 << 20
	maxRecipients = 500
)

// Delivery stores a mail and tells the desk of it.
type Delivery interface {
	// Deliver returns an error when the mail may come again: nothing, or only
	// the object, was stored.
	Deliver(ctx context.Context, receipt Receipt) error
}

// Office takes mail in by SMTP.
type Office struct {
	OwnDomains []string // their senders pass every check
	Delivery   Delivery
	Now        func() time.Time
}

// Serve takes mail on a listener until ctx ends.
func (o Office) Serve(ctx context.Context, listener net.Listener) error {
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{office: o, conn: c, ctx: ctx}, nil
	}))
	server.Domain = "inbound-smtp." + Region + ".amazonaws.com"
	server.MaxMessageBytes, server.MaxRecipients = maxMailBytes, maxRecipients
	server.ReadTimeout, server.WriteTimeout = time.Minute, time.Minute
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); err != nil && !errors.Is(err, smtp.ErrServerClosed) && ctx.Err() == nil {
		return err
	}
	return nil
}

// session is one SMTP connection.
type session struct {
	office     Office
	conn       *smtp.Conn
	ctx        context.Context
	from       string
	recipients []string
}

// Mail begins a mail.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.Reset()
	s.from = from
	return nil
}

// Rcpt adds an envelope recipient; the institution's MX forwards any address.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.recipients = append(s.recipients, to)
	return nil
}

// Data takes the mail itself and answers only when the desk has been told.
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	verdicts, mail, err := Judge(raw, s.office.OwnDomains)
	if err != nil {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: err.Error()}
	}
	receipt := Receipt{
		ID: newID(), From: s.from, Recipients: s.recipients, Client: s.client(),
		At: s.office.Now(), Verdicts: verdicts, Mail: mail,
	}
	if err := s.office.Delivery.Deliver(s.ctx, receipt); err != nil {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: fmt.Sprintf("try again later: %v", err)}
	}
	return nil
}

// Reset forgets the mail in hand.
func (s *session) Reset() { s.from, s.recipients = "", nil }

// Logout ends the connection.
func (s *session) Logout() error { return nil }

func (s *session) client() Client {
	ip, _, err := net.SplitHostPort(s.conn.Conn().RemoteAddr().String())
	if err != nil {
		ip = "127.0.0.1"
	}
	return Client{IP: ip, Hello: s.conn.Hostname()}
}

// newID makes an id in SES's form: forty lower-case letters and digits.
func newID() string {
	id := make([]byte, 0, 2*26)
	for len(id) < 40 {
		id = append(id, rand.Text()...)
	}
	for i, c := range id {
		if c >= 'A' && c <= 'Z' {
			id[i] = c + 'a' - 'A'
		}
	}
	return string(id[:40])
}
