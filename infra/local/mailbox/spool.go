package mailbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Message is one accepted SendEmail request.
type Message struct {
	ID         string
	AcceptedAt time.Time // on the desk's business clock
	Request    Request
	Fate       string // what a test asked to become of it: "bounce", "complain"
	file       string // orders messages as they were accepted
}

// Request is the body of an SES v2 SendEmail call.
type Request struct {
	FromEmailAddress     string
	Destination          Destination
	ReplyToAddresses     []string
	EmailTags            []Tag
	ConfigurationSetName string
	Content              struct {
		Simple *Simple
		Raw    *struct{ Data []byte }
	}
}

// Destination is who receives a message.
type Destination struct{ ToAddresses, CcAddresses, BccAddresses []string }

// Tag is a name and value that SES repeats in its events.
type Tag struct{ Name, Value string }

// Simple is a message SES composes itself.
type Simple struct {
	Subject struct{ Data string }
	Body    struct {
		Text, Html struct{ Data string }
	}
	Headers     []Tag
	Attachments []Attachment
}

// Attachment is a file of a Simple message.
type Attachment struct {
	FileName, ContentType, ContentDisposition, ContentID string
	RawContent                                           []byte
}

// Recipients lists everyone the message went to.
func (m Message) Recipients() []string {
	d := m.Request.Destination
	return slices.Concat(d.ToAddresses, d.CcAddresses, d.BccAddresses)
}

// WentTo tells whether an address, given bare, is among the recipients.
func (m Message) WentTo(address string) bool {
	return slices.ContainsFunc(m.Recipients(), func(recipient string) bool {
		return strings.EqualFold(bareAddress(recipient), bareAddress(address))
	})
}

// record is the spool's file format, written by the emulator's wrapper.
type record struct {
	MessageID  string  `json:"messageId"`
	AcceptedAt float64 `json:"acceptedAt"`
	Request    Request `json:"request"`
	Fate       string  `json:"fate"`
}

// ReadSpool returns the spooled messages, newest first. A folder that is not
// there yet holds none.
func ReadSpool(dir string) ([]Message, error) {
	files, err := filepath.Glob(filepath.Join(dir, "[0-9]*.json"))
	if err != nil {
		return nil, err
	}
	messages := make([]Message, 0, len(files))
	for _, file := range files {
		m, err := readMessage(file)
		if err != nil {
			return nil, err
		}
		messages = append(messages, m)
	}
	slices.SortFunc(messages, func(a, b Message) int { return cmp.Compare(b.file, a.file) })
	return messages, nil
}

// readAfter returns the messages spooled after a file, oldest first, and reads no
// other: it is asked every moment, and a spool grows.
func readAfter(dir, last string) ([]Message, error) {
	files, err := filepath.Glob(filepath.Join(dir, "[0-9]*.json"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var messages []Message
	for _, file := range files {
		if filepath.Base(file) <= last {
			continue
		}
		m, err := readMessage(file)
		if err != nil {
			return nil, err
		}
		messages = append(messages, m)
	}
	return messages, nil
}

// Find returns the spooled message with an id.
func Find(dir, id string) (Message, bool, error) {
	if id == "" || strings.ContainsAny(id, `*?[\/`) {
		return Message{}, false, nil
	}
	files, err := filepath.Glob(filepath.Join(dir, "[0-9]*-"+id+".json"))
	if err != nil || len(files) == 0 {
		return Message{}, false, err
	}
	m, err := readMessage(files[0])
	return m, err == nil, err
}

func readMessage(file string) (Message, error) {
	content, err := os.ReadFile(filepath.Clean(file)) //nolint:gosec // Find refuses ids that could leave the folder
	if err != nil {
		return Message{}, err
	}
	var r record
	if err := json.Unmarshal(content, &r); err != nil {
		return Message{}, fmt.Errorf("spooled message %s: %w", filepath.Base(file), err)
	}
	seconds, fraction := math.Modf(r.AcceptedAt)
	at := time.Unix(int64(seconds), int64(fraction*1e9)).UTC()
	return Message{ID: r.MessageID, AcceptedAt: at, Request: r.Request, Fate: r.Fate, file: filepath.Base(file)}, nil
}
