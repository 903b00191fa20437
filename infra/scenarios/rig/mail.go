package rig

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"mime"
	"net/smtp"
	"net/textproto"
	"slices"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// SupportMailbox is where people write to.
const SupportMailbox = "soporte.usuario@qw.gob.pe"

// Mail is a mail to the desk.
type Mail struct {
	From, To, Subject string
	Text              string
	Verdicts          string // X-Local-Verdicts; empty: as the sender's domain deserves
	Headers           map[string]string
	Photo             string // file name of an attached picture, "" for none
	Form              []byte // an attached workbook, nil for none
	MessageID         string
}

// ParseMail reads a mail as a scenario writes it: headers, a blank line, text.
// From may be a person of the sample directory.
func (d *Desk) ParseMail(content string) (Mail, error) {
	head, text, found := strings.Cut(content, "\n\n")
	if !found {
		return Mail{}, errors.New("a mail is its headers, a blank line and its text")
	}
	m := Mail{To: SupportMailbox, Text: text, Headers: map[string]string{}, MessageID: "<" + strings.ToLower(NewKey()) + "@correo.qw.gob.pe>"}
	for line := range strings.Lines(head) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.TrimSpace(value)
		switch strings.ToLower(name) {
		case "from":
			m.From = value
		case "to":
			m.To = value
		case "subject":
			m.Subject = value
		case "message-id":
			m.MessageID = value
		case "x-local-verdicts":
			m.Verdicts = value
		default:
			m.Headers[name] = value
		}
	}
	var err error
	m.From, err = d.Address(m.From)
	return m, err
}

// Send hands a mail to the desk's mail server.
func (d *Desk) Send(m Mail) error {
	if err := smtp.SendMail(d.SMTPAddress, nil, m.From, []string{m.To}, m.bytes()); err != nil {
		return fmt.Errorf("send mail «%s»: %w", m.Subject, err)
	}
	return nil
}

// bytes is the mail on the wire.
func (m Mail) bytes() []byte {
	var b bytes.Buffer
	if m.Verdicts != "" {
		fmt.Fprintf(&b, "X-Local-Verdicts: %s\r\n", m.Verdicts)
	}
	fmt.Fprintf(&b, "From: %s\r\nTo: %s\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: %s\r\nMIME-Version: 1.0\r\n",
		m.From, m.To, mime.QEncoding.Encode("utf-8", m.Subject), time.Now().Format(time.RFC1123Z), m.MessageID)
	for name, value := range m.Headers {
		fmt.Fprintf(&b, "%s: %s\r\n", textproto.CanonicalMIMEHeaderKey(name), value)
	}
	text := "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + wrapped([]byte(m.Text))
	name, media, content := m.Photo, "image/png", picture()
	switch {
	case m.Form != nil:
		name, media, content = "Anexo-02.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", m.Form
	case m.Photo == "":
		b.WriteString(text)
		return b.Bytes()
	}
	fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=borde\r\n\r\n--borde\r\n%s--borde\r\n", text)
	fmt.Fprintf(&b, "Content-Type: %[1]s; name=%[2]q\r\nContent-Disposition: attachment; filename=%[2]q\r\nContent-Transfer-Encoding: base64\r\n\r\n%[3]s--borde--\r\n",
		media, name, wrapped(content))
	return b.Bytes()
}

// wrapped is base64 in lines, as mail wants it.
func wrapped(content []byte) string {
	var b strings.Builder
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(content)), 76) {
		b.Write(line)
		b.WriteString("\r\n")
	}
	return b.String()
}

// picture is a small photograph.
func picture() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for y := range 48 {
		for x := range 64 {
			img.Set(x, y, color.RGBA{R: uint8(4 * x), G: uint8(5 * y), B: uint8(x * y), A: 255})
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // a buffer takes everything
	return b.Bytes()
}

// Contacts are the ids of the tickets with this subject that came by mail.
func (d *Desk) Contacts(ctx context.Context, subject string) ([]work.Stored, error) {
	items, err := d.Items(ctx, "META")
	if err != nil {
		return nil, err
	}
	var found []work.Stored
	for _, i := range items {
		id := desk.TicketID(strings.TrimPrefix(i.PK, "T#"))
		if !strings.Contains(i.Body, subject) {
			continue
		}
		s, err := d.Store.Load(ctx, id)
		if err != nil {
			return nil, err
		}
		if s.Ticket.Subject == subject && s.Ticket.Channel == desk.ChannelMail {
			found = append(found, s)
		}
	}
	return found, nil
}
