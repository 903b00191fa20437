package notify

import (
	"fmt"
	"mime"
	netmail "net/mail"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/thread"
)

// Header is one header of a mail: printable ASCII, ready to be handed over.
type Header struct {
	Name, Value string
}

// maxHeader is what SES takes as the value of a header.
const maxHeader = 995

// headers are ours beside those that SES writes itself. It refuses some in its
// simple form (From, To, Subject, Reply-To, Message-ID, Date, MIME ones) and
// takes each of the others once.
func headers(m desk.Mail, env Env) []Header {
	list := []Header{
		{"Auto-Submitted", autoSubmitted(m.Message)},
		{"X-Auto-Response-Suppress", "All"},
		{"List-Id", listID(env)},
		{"Content-Language", "es-PE"},
		{"X-PAU-Case", m.Data[keyNumber]},
		{"X-PAU-Message", env.Item},
	}
	list = append(list, threading(m.ReplyTo, env.Root)...)
	if m.Message == desk.MailInterruption {
		list = append(list, Header{"Importance", "high"})
	}
	kept := list[:0]
	for _, h := range list {
		if h.Value = ascii(h.Value); h.Value != "" {
			kept = append(kept, h)
		}
	}
	return kept
}

// autoSubmitted: what answers a mail by itself is auto-replied (RFC 3834).
func autoSubmitted(m desk.Message) string {
	switch m {
	case desk.MailReceived, desk.MailNotUnderstood, desk.MailHeld:
		return "auto-replied"
	default:
		return "auto-generated"
	}
}

// listID lets people sort the desk's mails with one rule (RFC 2919).
func listID(env Env) string {
	_, domain, ok := strings.Cut(bare(env.From), "@")
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s <mesa-de-ayuda.%s>", mime.QEncoding.Encode("utf-8", oneLine(env.Institution.Desk)), domain)
}

// threading puts the mail into the case's thread: the root that all its mails
// share first, then the mail it answers. That id came from outside: only one
// that looks like an id and is of sensible length is repeated.
func threading(answered, root string) []Header {
	ids := []string{}
	if root != "" {
		ids = append(ids, root)
	}
	if found := thread.IDs(answered); len(found) > 0 {
		id := "<" + found[len(found)-1] + ">"
		if ascii(id) == id && len(id)+len(root)+1 <= maxHeader && id != root && !strings.ContainsAny(id, " \"(),;") {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return []Header{{"In-Reply-To", ids[len(ids)-1]}, {"References", strings.Join(ids, " ")}}
}

// ascii is a value as a header may hold it: printable ASCII and blanks, within
// the limit; "" if it is anything else, so that no line end can pass (F35).
func ascii(value string) string {
	if len(value) > maxHeader || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) {
		return ""
	}
	return value
}

// maxMailbox keeps an encoded name to a length that every mail system takes.
const maxMailbox = 320

// mailbox is «name <address>» as a header may hold it, the name encoded where
// it needs it. It fails for what is no plain address.
func mailbox(name, address string) (string, error) {
	parsed, err := netmail.ParseAddress(address)
	if err != nil || parsed.Address != address || ascii(address) == "" || strings.ContainsAny(address, " \"<>,;:()") {
		return "", fmt.Errorf("notify: %.80q is not an address that can be written to", address)
	}
	name = oneLine(name)
	for limit := maxName; ; limit /= 2 {
		parsed.Name = shorten(name, max(limit, 1))
		if s := parsed.String(); len(s) <= maxMailbox || limit <= 1 {
			return s, nil
		}
	}
}

// bare is the address of a setting that may carry a name too.
func bare(setting string) string {
	if parsed, err := netmail.ParseAddress(setting); err == nil {
		return parsed.Address
	}
	return setting
}
