// Package mail reads the mails that reach the desk and decides what each one is.
// It is rules only: no store, no clock, no network.
//
// Two steps, both total:
//
//	Parse(raw)               → Message     what the mail says
//	Judge(message, receipt, known) → Judgement   what the desk does with it, and why
//
// Parse always returns a Message. Mails come from every program of thirty years
// and from people who try things, so there is no such thing as a mail that cannot
// be read, only one of which less is known: headers are scanned by a reader of
// our own that nothing stops, the body is given to enmime, and what enmime
// refuses, or what is too deep or too big for it, is taken apart by a plain
// splitter (rescue.go). All text that comes out is valid UTF-8 without NUL,
// every list and every text has a limit, and what was cut is said in Notes. The
// raw mail is kept elsewhere and stays the truth.
//
// Judge follows the order of the design: verdicts of the mail service, bounces,
// machines, duplicates, replies, new mails. Nothing that a header claims gives
// anybody power: only the receipt of SES does (see Receipt and Trust).
package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Address is one mailbox with the name its sender gave it. The address is kept
// as written; compare with Is.
type Address struct {
	Name    string `json:"name,omitempty"`
	Address string `json:"address"`
}

// Attachment is a part of the mail that is not its text.
type Attachment struct {
	// Name is safe to show and to store: no path, no control characters.
	Name        string `json:"name"`
	ContentType string `json:"contentType"`
	Size        int    `json:"size"`
	// SHA256 is in hexadecimal. Signature images are recognised by it.
	SHA256  string `json:"sha256"`
	Content []byte `json:"-"`
	// ContentID is set on parts that the HTML shows by `cid:`.
	ContentID string `json:"contentId,omitempty"`
	// Inline says that the part is meant to be shown within the text.
	Inline bool `json:"inline,omitempty"`
}

// Message is what a mail says.
type Message struct {
	// MessageID has no angle brackets; empty when the mail has none.
	MessageID string `json:"messageId,omitempty"`
	// RawSHA256 is the hash of the raw mail: the key of mails without id (F3),
	// and what tells a repeated mail from an edited one (F2).
	RawSHA256 string `json:"rawSha256"`
	// From is the first sender; Senders counts the From addresses. A mail with
	// none or several is from nobody in particular (F30).
	From    Address   `json:"from"`
	Senders int       `json:"senders"`
	ReplyTo []Address `json:"replyTo,omitempty"`
	To      []Address `json:"to,omitempty"`
	Cc      []Address `json:"cc,omitempty"`
	Subject string    `json:"subject"`
	// Date is what the mail claims, zero when it claims nothing readable.
	Date time.Time `json:"date,omitzero"`
	// NewText is what the sender wrote now: FullText without quoted mails and
	// signature. When nothing would be left it is FullText.
	NewText string `json:"newText"`
	// OwnText is NewText, or nothing where that fell back to FullText: words
	// that decide something are looked for only here.
	OwnText  string `json:"-"`
	FullText string `json:"fullText"`
	// HTML is the HTML body as it came, not sanitised. Never show it as it is.
	HTML        string       `json:"-"`
	Attachments []Attachment `json:"attachments,omitempty"`
	InReplyTo   []string     `json:"inReplyTo,omitempty"`
	References  []string     `json:"references,omitempty"`
	Auto        Auto         `json:"auto,omitzero"`
	Bounce      Bounce       `json:"bounce,omitzero"`
	// Own is the X-PAU-Message of a mail that is ours, come back.
	Own string `json:"own,omitempty"`
	// Notes say what was cut or could not be read.
	Notes []Note `json:"notes,omitempty"`
	// block are the fields that SES wrote above the sender's own, unchecked:
	// see Trust.
	block []field
}

// Note is a remark on how a mail was read, shown on the ticket.
type Note string

// The notes, in the words of the timeline.
const (
	NoteRescued      Note = "El correo no respeta el formato; se recuperó lo que se pudo. Revise el original."
	NoteParts        Note = "El correo tiene demasiadas partes; solo se leyeron las primeras."
	NoteDepth        Note = "El correo tiene demasiados niveles; los más profundos no se abrieron."
	NoteTextCut      Note = "El texto es muy largo y se cortó. Revise el original."
	NoteHTMLCut      Note = "El correo tiene demasiado HTML o demasiados enlaces; se muestra solo su texto."
	NoteHeaderCut    Note = "Los encabezados del correo son muy largos y se cortaron."
	NoteAddressesCut Note = "El correo tiene demasiados destinatarios; solo se leyeron los primeros."
	NoteEncrypted    Note = "El correo está cifrado; pida el texto por otra vía."
	NoteCharset      Note = "El correo declara un juego de caracteres desconocido; algún carácter puede verse mal."
)

// has says whether the message carries a note.
func (m *Message) has(note Note) bool {
	for _, have := range m.Notes {
		if have == note {
			return true
		}
	}
	return false
}

// note adds a note once.
func (m *Message) note(note Note) {
	if !m.has(note) {
		m.Notes = append(m.Notes, note)
	}
}

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Key identifies the mail among all mails, for recognising it when it comes
// again: its Message-ID, or the hash of its bytes when it has none (F3).
func (m *Message) Key() string {
	if m.MessageID != "" {
		return m.MessageID
	}
	return "sha256:" + m.RawSHA256
}
