package mailbox

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"
)

// View is a message as a person or a test reads it.
type View struct {
	ID         string            `json:"id"`
	AcceptedAt time.Time         `json:"acceptedAt"`
	From       string            `json:"from"`
	To         []string          `json:"to"` // bare addresses of all recipients, Cc and Bcc too
	ReplyTo    string            `json:"replyTo"`
	Subject    string            `json:"subject"`
	Text       string            `json:"text"`
	HTML       string            `json:"html"`
	Headers    map[string]string `json:"headers"`
	Tags       map[string]string `json:"tags"`
	Links      []string          `json:"links"`
	Files      []File            `json:"files"`
	Size       int               `json:"size"`
}

// File is an attachment's description.
type File struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Size int    `json:"size"`
	Text string `json:"text,omitempty"` // of a calendar file: its lines
}

var linkPattern = regexp.MustCompile(`https?://[^\s<>"')\]]*[^\s<>"')\].,;:]`)

// Read parses the message that SES would send.
func (m Message) Read() (View, error) {
	raw, err := m.MIME()
	if err != nil {
		return View{}, err
	}
	envelope, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		return View{}, err
	}
	v := View{
		ID: m.ID, AcceptedAt: m.AcceptedAt, Size: len(raw),
		From: envelope.GetHeader("From"), ReplyTo: envelope.GetHeader("Reply-To"), Subject: envelope.GetHeader("Subject"),
		Text: strings.ReplaceAll(envelope.Text, "\r\n", "\n"), HTML: envelope.HTML,
		Headers: map[string]string{}, Tags: map[string]string{},
		Links: links(envelope.Text, envelope.HTML), Files: files(envelope),
	}
	for _, recipient := range m.Recipients() {
		v.To = append(v.To, bareAddress(recipient))
	}
	for _, name := range envelope.GetHeaderKeys() {
		v.Headers[name] = envelope.GetHeader(name)
	}
	for _, tag := range m.Request.EmailTags {
		v.Tags[tag.Name] = tag.Value
	}
	return v, nil
}

// lima is the time people read: Peru has no daylight saving.
var lima = time.FixedZone("Lima", -5*60*60)

// InLima is the moment as people in Peru read it.
func (v View) InLima() string { return v.AcceptedAt.In(lima).Format("02/01/2006 15:04:05") }

// links lists the addresses a reader could follow, each once, in order.
func links(text, html string) []string {
	found := []string{}
	for _, link := range linkPattern.FindAllString(text+"\n"+html, -1) {
		link = strings.ReplaceAll(link, "&amp;", "&")
		if !slices.Contains(found, link) {
			found = append(found, link)
		}
	}
	return found
}

func files(envelope *enmime.Envelope) []File {
	list := []File{}
	for _, part := range slices.Concat(envelope.Attachments, envelope.Inlines) {
		file := File{Name: part.FileName, Type: part.ContentType, Size: len(part.Content)}
		if part.ContentType == "text/calendar" {
			file.Text = string(part.Content)
		}
		list = append(list, file)
	}
	return list
}

// TextPiece is a stretch of a text body, with a link or without.
type TextPiece struct {
	Text string
	Link bool
}

// Pieces cuts the text body so that a page can make its links clickable.
func (v View) Pieces() []TextPiece {
	var pieces []TextPiece
	rest := 0
	for _, at := range linkPattern.FindAllStringIndex(v.Text, -1) {
		pieces = append(pieces, TextPiece{Text: v.Text[rest:at[0]]}, TextPiece{Text: v.Text[at[0]:at[1]], Link: true})
		rest = at[1]
	}
	return append(pieces, TextPiece{Text: v.Text[rest:]})
}
