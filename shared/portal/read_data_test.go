package portal

import (
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/web"
	"mesa/shared/work"
)

// Data that the desk read from a mail are told from those that somebody completed,
// wherever they are shown: whoever attends the case checks them (R104).
func TestDataReadFromAMailAreMarked(t *testing.T) {
	v := anybody()
	for channel, marked := range map[desk.Channel]bool{desk.ChannelMail: true, desk.ChannelLink: false} {
		rec := desk.Record{Seq: 2, Act: desk.ActProvideData, Channel: channel, Actor: desk.Actor{Person: "ana"},
			Events: []desk.Event{desk.DataProvided{Fields: []string{"asset"}}}, Texts: desk.Texts{"asset": "740-1", "description": "No imprime."}}
		view := work.View{Stored: work.Stored{Ticket: desk.Ticket{Flow: desk.Flow86}}, Records: []desk.Record{{Seq: 1, Act: desk.ActContact, Texts: desk.Texts{"office": "310"}}, rec}}
		if got := v.title(rec); strings.Contains(got, "Datos leídos del correo: Código patrimonial") != marked {
			t.Errorf("by %s it is called %q", channel, got)
		}
		if got := readNote(view, "asset"); (got == "Leído del correo") != marked {
			t.Errorf("by %s the datum says %q", channel, got)
		}
		if got := v.entry(view, rec).Kind; (got == web.EntryMessage) != marked {
			t.Errorf("by %s it is an entry of kind %v", channel, got)
		}
		if got := readNote(view, "office"); got != "" {
			t.Errorf("what the mail did not bring says %q", got)
		}
		if got := detail(view, "description"); got != "No imprime." {
			t.Errorf("the description given later is %q", got)
		}
	}
}
