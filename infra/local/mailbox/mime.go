package mailbox

import (
	"bytes"
	"fmt"
	"mime"
	"net/mail"
	"strings"
	"time"
)

// messageIDDomain is the domain SES writes in us-east-1.
const messageIDDomain = "email.amazonses.com"

// MIME returns the message as a recipient's server would get it from SES.
func (m Message) MIME() ([]byte, error) {
	if raw := m.Request.Content.Raw; raw != nil {
		return m.rewriteRaw(raw.Data), nil
	}
	if m.Request.Content.Simple == nil {
		return nil, fmt.Errorf("message %s has neither Simple nor Raw content", m.ID)
	}
	return m.compose(*m.Request.Content.Simple)
}

// ownHeaders are those SES replaces in every message it sends.
func (m Message) ownHeaders() string {
	return fmt.Sprintf("Message-ID: <%s@%s>\r\nDate: %s\r\n",
		m.ID, messageIDDomain, m.AcceptedAt.Format(time.RFC1123Z))
}

// rewriteRaw replaces Message-ID and Date and drops Bcc, and leaves every other
// byte as the desk wrote it.
func (m Message) rewriteRaw(raw []byte) []byte {
	head, body, _ := bytes.Cut(normalized(raw), []byte("\r\n\r\n"))
	var out bytes.Buffer
	out.WriteString(m.ownHeaders())
	keep := true
	for line := range bytes.SplitSeq(head, []byte("\r\n")) {
		if folded := len(line) > 0 && (line[0] == ' ' || line[0] == '\t'); !folded {
			name, _, _ := bytes.Cut(line, []byte(":"))
			switch strings.ToLower(string(name)) {
			case "message-id", "date", "bcc":
				keep = false
			default:
				keep = true
			}
		}
		if keep {
			out.Write(line)
			out.WriteString("\r\n")
		}
	}
	out.WriteString("\r\n")
	out.Write(body)
	return out.Bytes()
}

// normalized gives every line the CRLF ending SMTP demands.
func normalized(raw []byte) []byte {
	lines := bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(lines, []byte("\n"), []byte("\r\n"))
}

func (m Message) compose(simple Simple) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(m.ownHeaders())
	for _, header := range m.addressHeaders() {
		fmt.Fprintf(&out, "%s: %s\r\n", header.Name, header.Value)
	}
	fmt.Fprintf(&out, "Subject: %s\r\nMIME-Version: 1.0\r\n", mime.QEncoding.Encode("utf-8", simple.Subject.Data))
	for _, header := range simple.Headers {
		fmt.Fprintf(&out, "%s: %s\r\n", header.Name, header.Value)
	}
	content, err := entityOf(m.ID, simple)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"Content-Type", "Content-Transfer-Encoding"} {
		if value := content.header.Get(name); value != "" {
			fmt.Fprintf(&out, "%s: %s\r\n", name, value)
		}
	}
	out.WriteString("\r\n")
	out.Write(content.body)
	return out.Bytes(), nil
}

func (m Message) addressHeaders() []Tag {
	d := m.Request.Destination
	all := []Tag{{"From", encodeAddress(m.Request.FromEmailAddress)}}
	for _, list := range []struct {
		name      string
		addresses []string
	}{{"Reply-To", m.Request.ReplyToAddresses}, {"To", d.ToAddresses}, {"Cc", d.CcAddresses}} {
		encoded := make([]string, len(list.addresses))
		for i, address := range list.addresses {
			encoded[i] = encodeAddress(address)
		}
		if len(encoded) > 0 {
			all = append(all, Tag{list.name, strings.Join(encoded, ", ")})
		}
	}
	return all
}

// encodeAddress encodes a display name; what is no address stays as it is.
func encodeAddress(address string) string {
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Name == "" {
		return address
	}
	return parsed.String()
}

func bareAddress(address string) string {
	if parsed, err := mail.ParseAddress(address); err == nil {
		return parsed.Address
	}
	return address
}
