package mailbox

import (
	"context"
	"encoding/json"
	"time"
)

// eventTime is the form of times in SES's events.
const eventTime = "2006-01-02T15:04:05.000Z"

type eventMail struct {
	Timestamp     string              `json:"timestamp"`
	Source        string              `json:"source"`
	MessageID     string              `json:"messageId"`
	Destination   []string            `json:"destination"`
	CommonHeaders map[string]any      `json:"commonHeaders"`
	Tags          map[string][]string `json:"tags"`
}

type eventRecipient struct {
	EmailAddress   string `json:"emailAddress"`
	Action         string `json:"action,omitempty"`
	Status         string `json:"status,omitempty"`
	DiagnosticCode string `json:"diagnosticCode,omitempty"`
}

// event is a SES event as its event destination publishes it.
type event struct {
	EventType     string         `json:"eventType"`
	Mail          eventMail      `json:"mail"`
	Send          map[string]any `json:"send,omitempty"`
	Delivery      map[string]any `json:"delivery,omitempty"`
	DeliveryDelay map[string]any `json:"deliveryDelay,omitempty"`
	Bounce        map[string]any `json:"bounce,omitempty"`
	Complaint     map[string]any `json:"complaint,omitempty"`
}

// Events are what SES tells of a message: that it was sent, and what became of
// it.
func (m Message) Events() ([][]byte, error) {
	var all [][]byte
	for _, e := range append([]event{{EventType: "Send", Mail: m.eventMail(), Send: map[string]any{}}}, m.after()...) {
		content, err := json.Marshal(e)
		if err != nil {
			return nil, err
		}
		all = append(all, content)
	}
	return all, nil
}

func (m Message) eventMail() eventMail {
	tags := map[string][]string{"ses:configuration-set": {m.Request.ConfigurationSetName}}
	for _, tag := range m.Request.EmailTags {
		tags[tag.Name] = append(tags[tag.Name], tag.Value)
	}
	headers := map[string]any{"messageId": m.ID, "to": m.Request.Destination.ToAddresses}
	if simple := m.Request.Content.Simple; simple != nil {
		headers["subject"] = simple.Subject.Data
	}
	return eventMail{
		Timestamp: m.AcceptedAt.Format(eventTime), Source: m.Request.FromEmailAddress, MessageID: m.ID,
		Destination: m.Recipients(), CommonHeaders: headers, Tags: tags,
	}
}

// Feed tells of the messages that come to a spool folder, oldest first.
type Feed struct {
	dir  string
	told string // file of the last message told of
}

// NewFeed begins after the messages that are there already.
func NewFeed(dir string) (*Feed, error) {
	messages, err := ReadSpool(dir)
	if err != nil || len(messages) == 0 {
		return &Feed{dir: dir}, err
	}
	return &Feed{dir: dir, told: messages[0].file}, nil
}

// Run calls Tell again and again until ctx ends or the spool cannot be read.
func (f *Feed) Run(ctx context.Context, every time.Duration, publish Publisher) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(every):
		}
		if err := f.Tell(ctx, publish); err != nil {
			return err
		}
	}
}

// Publisher takes one event to those who listen.
type Publisher func(ctx context.Context, event []byte) error

// Tell publishes the events of every new message that has a configuration set;
// without one SES has nobody to tell. When publishing fails the next call
// begins with the same message.
func (f *Feed) Tell(ctx context.Context, publish Publisher) error {
	messages, err := readAfter(f.dir, f.told)
	if err != nil {
		return err
	}
	for _, m := range messages {
		if m.Request.ConfigurationSetName != "" && m.publish(ctx, publish) != nil {
			return nil //nolint:nilerr // told again next time
		}
		f.told = m.file
	}
	return nil
}

func (m Message) publish(ctx context.Context, publish Publisher) error {
	events, err := m.Events()
	if err != nil {
		return err
	}
	for _, e := range events {
		if err := publish(ctx, e); err != nil {
			return err
		}
	}
	return nil
}
