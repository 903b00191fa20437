package mailbox

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func eventTypes(t *testing.T, raw [][]byte) []string {
	t.Helper()
	var types []string
	for _, content := range raw {
		var e event
		if err := json.Unmarshal(content, &e); err != nil {
			t.Fatal(err)
		}
		if e.Mail.MessageID != "0100-abc" || e.Mail.Tags["item"][0] != "01J-1-1" {
			t.Errorf("mail = %+v", e.Mail)
		}
		types = append(types, e.EventType)
	}
	return types
}

func TestEventsFollowTheRecipientAndTheTest(t *testing.T) {
	for name, test := range map[string]struct {
		address, fate string
		want          []string
	}{
		"a person":                {"persona@qw.example", "", []string{"Send", "Delivery"}},
		"a name and a person":     {"Persona <persona@qw.example>", "", []string{"Send", "Delivery"}},
		"SES's simulator":         {"bounce@simulator.amazonses.com", "", []string{"Send", "Bounce"}},
		"an address that is none": {"Rebota.Siempre@qw.example", "", []string{"Send", "Bounce"}},
		"a full mailbox":          {"lleno@qw.example", "", []string{"Send", "Bounce"}},
		"a slow server":           {"demora@qw.example", "", []string{"Send", "DeliveryDelay", "Delivery"}},
		"somebody away":           {"ausente@qw.example", "", []string{"Send", "Delivery", "Bounce"}},
		"somebody annoyed":        {"queja@qw.example", "", []string{"Send", "Delivery", "Complaint"}},
		"a person, by a test":     {"persona@qw.example", "bounce", []string{"Send", "Bounce"}},
		"a complaint, by a test":  {"persona@qw.example", "complain", []string{"Send", "Delivery", "Complaint"}},
	} {
		m := simpleMessage()
		m.Fate = test.fate
		m.Request.Destination = Destination{ToAddresses: []string{test.address}}
		m.Request.EmailTags = []Tag{{"item", "01J-1-1"}}
		raw, err := m.Events()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, eventTypes(t, raw)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestFeedTellsOfNewMessagesOnceAndTriesAgain(t *testing.T) {
	old, silent, telling := simpleMessage(), simpleMessage(), simpleMessage()
	silent.ID, telling.ID, telling.Request.ConfigurationSetName = "silent", "telling", "desk"
	dir := spool(t, old)
	feed, err := NewFeed(dir)
	if err != nil {
		t.Fatal(err)
	}
	add(t, dir, 1, silent)
	add(t, dir, 2, telling)
	var told []string
	publish := func(_ context.Context, content []byte) error {
		var e event
		if err := json.Unmarshal(content, &e); err != nil {
			return err
		}
		told = append(told, e.EventType+" "+e.Mail.MessageID)
		return nil
	}
	away := func(context.Context, []byte) error { return errors.New("topic away") }
	for _, publisher := range []Publisher{away, publish, publish} {
		if err := feed.Tell(t.Context(), publisher); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"Send telling", "Delivery telling"}, told); diff != "" {
		t.Error(diff)
	}
}

func TestFeedRunsUntilItsContextEndsOrTheSpoolBreaks(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	feed := &Feed{dir: t.TempDir()}
	if err := feed.Run(ctx, 0, nil); err != nil {
		t.Errorf("ended context: %v", err)
	}
	if err := os.WriteFile(filepath.Join(feed.dir, "0-x.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := feed.Run(t.Context(), 0, nil); err == nil {
		t.Error("broken spool: no error")
	}
}
