// Package thread finds the ticket that a mail belongs to, from what mail
// programs keep of our own mails when people reply.
//
// Three marks leave with every mail of a ticket, from the strongest to the
// weakest:
//
//	Reply-To     soporte.usuario+01j8…3d.k1.9f2c…@desk    signed reply address
//	References   <01j8…3d.k1.9f2c…@desk>                  the ticket's root
//	Subject      [PAU 2026-004217]                        the number people read
//
// Address and root carry the same tag, a short HMAC over the ticket id, so
// neither can be guessed for a ticket whose mails one has not seen. The root is
// our own because SES replaces the Message-ID of what it sends: every mail of a
// ticket names the root in References, and no record per sent mail is needed. The
// number in the subject is no secret; it is a hint, and counts only for people who
// belong to the ticket (F34).
//
// Inbound mails also answer each other: IDs collects what a mail refers to, to
// be looked up among the ids of mails received.
package thread

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"

	"mesa/shared/desk"
)

const (
	// macLength is the tag's HMAC in base 32 characters: 60 bits. A guess costs
	// a mail, so nobody tries a noticeable part of them, and the local part of
	// an address has 64 characters for everything.
	macLength = 12
	// longestLocal is the limit of RFC 5321 for the part before the @.
	longestLocal = 64
	// spareMailbox stands before the tag when the real mailbox leaves no room
	// for it. Every address of the reply domain reaches the desk.
	spareMailbox = "pau"
	shortestKey  = 32
)

// alphabet is Crockford's, in lower case: mail systems change the case of
// addresses at will, so a tag must not depend on it.
var alphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// Key is a tag signing secret. Its id is public, short, and stands in each tag.
type Key struct {
	ID     string
	Secret []byte
}

// Marks makes and recognises the marks of one desk.
type Marks struct {
	domain  string
	current Key
	old     []Key
}

// NewMarks makes the marks of a desk whose reply domain this is. Old keys keep
// recognising for as long as they are listed: people reply to mails of last year.
func NewMarks(domain string, current Key, old ...Key) (Marks, error) {
	if domain == "" || strings.ContainsAny(domain, "@<> \t\r\n") {
		return Marks{}, fmt.Errorf("thread: %q is not a mail domain", domain)
	}
	for _, key := range append([]Key{current}, old...) {
		if key.ID == "" || len(key.ID) > 4 || !plain(key.ID) {
			return Marks{}, fmt.Errorf("thread: key id %q is not one to four letters or digits", key.ID)
		}
		if len(key.Secret) < shortestKey {
			return Marks{}, fmt.Errorf("thread: the secret of key %q is shorter than %d bytes", key.ID, shortestKey)
		}
	}
	return Marks{domain: strings.ToLower(domain), current: current, old: old}, nil
}

// ErrTicket is a ticket id that cannot stand in an address.
var ErrTicket = errors.New("thread: a ticket id has letters and digits only")

// ReplyAddress is the signed address to which replies about a ticket come. The
// mailbox is the desk's or the unit's own (R125), and the tag follows a plus.
func (m Marks) ReplyAddress(mailbox string, ticket desk.TicketID) (string, error) {
	tag, err := m.tag(ticket)
	if err != nil {
		return "", err
	}
	local, _, _ := strings.Cut(mailbox, "@")
	if local == "" || len(local)+1+len(tag) > longestLocal {
		local = spareMailbox
	}
	return local + "+" + tag + "@" + m.domain, nil
}

// Root is the ticket's own message id, angle brackets included, that stands in
// the References of every mail of the ticket.
func (m Marks) Root(ticket desk.TicketID) (string, error) {
	tag, err := m.tag(ticket)
	if err != nil {
		return "", err
	}
	return "<" + tag + "@" + m.domain + ">", nil
}

// FromAddress reads the ticket from a signed reply address. Any mailbox of the
// reply domain will do; a tag that does not verify is no mark at all.
func (m Marks) FromAddress(address string) (desk.TicketID, bool) {
	local, domain, ok := cutLast(strings.Trim(address, "<> \t"), "@")
	if !ok || !strings.EqualFold(domain, m.domain) {
		return "", false
	}
	_, tag, ok := cutLast(local, "+")
	if !ok {
		return "", false
	}
	return m.read(tag)
}

// FromIDs reads the ticket from the first of these message ids that is a root.
func (m Marks) FromIDs(ids []string) (desk.TicketID, bool) {
	for _, id := range ids {
		local, domain, ok := cutLast(strings.Trim(id, "<> \t"), "@")
		if !ok || !strings.EqualFold(domain, m.domain) {
			continue
		}
		if ticket, ok := m.read(local); ok {
			return ticket, true
		}
	}
	return "", false
}

// tag is `<ticket>.<key id>.<mac>` in lower case.
func (m Marks) tag(ticket desk.TicketID) (string, error) {
	if ticket == "" || len(ticket) > 32 || !plain(string(ticket)) {
		return "", fmt.Errorf("%w: %.40q", ErrTicket, ticket)
	}
	id := strings.ToLower(string(ticket))
	return id + "." + strings.ToLower(m.current.ID) + "." + mac(m.current, id), nil
}

// read is the inverse of tag. Ticket ids are upper case everywhere else.
func (m Marks) read(tag string) (desk.TicketID, bool) {
	parts := strings.Split(strings.ToLower(tag), ".")
	if len(parts) != 3 || !plain(parts[0]) {
		return "", false
	}
	for _, key := range append([]Key{m.current}, m.old...) {
		if strings.EqualFold(key.ID, parts[1]) && subtle.ConstantTimeCompare([]byte(mac(key, parts[0])), []byte(parts[2])) == 1 {
			return desk.TicketID(strings.ToUpper(parts[0])), true
		}
	}
	return "", false
}

func mac(key Key, id string) string {
	sum := hmac.New(sha256.New, key.Secret)
	// The prefix keeps a tag apart from everything else signed with this key.
	sum.Write([]byte("reply\x00" + id))
	return alphabet.EncodeToString(sum.Sum(nil))[:macLength]
}

// plain says whether a text is not empty and has ASCII letters and digits only.
func plain(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}

func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return "", "", false
	}
	return text[:i], text[i+len(separator):], true
}
