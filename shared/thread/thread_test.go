package thread

import (
	"errors"
	"strings"
	"testing"

	"mesa/shared/desk"

	"pgregory.net/rapid"
)

const ticket desk.TicketID = "01J8ZC6N8Q2V4X6Y8Z0A1B2C3D"

func key(id, letter string) Key { return Key{ID: id, Secret: []byte(strings.Repeat(letter, 32))} }

func mustMarks(t testing.TB, current Key, old ...Key) Marks {
	t.Helper()
	marks, err := NewMarks("mesa.qw.gob.pe", current, old...)
	if err != nil {
		t.Fatal(err)
	}
	return marks
}

func mustReply(t testing.TB, marks Marks, mailbox string) string {
	t.Helper()
	address, err := marks.ReplyAddress(mailbox, ticket)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

func TestNewMarksRefusesWhatCannotBeSigned(t *testing.T) {
	tests := map[string]struct {
		domain string
		key    Key
	}{
		"no domain":         {"", key("k1", "a")},
		"an address":        {"a@qw.gob.pe", key("k1", "a")},
		"no key id":         {"qw.gob.pe", key("", "a")},
		"a long key id":     {"qw.gob.pe", key("k2026", "a")},
		"a dot in a key id": {"qw.gob.pe", key("k.1", "a")},
		"a short secret":    {"qw.gob.pe", Key{ID: "k1", Secret: []byte("short")}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := NewMarks(tt.domain, tt.key); err == nil {
				t.Error("accepted")
			}
		})
	}
}

func TestReplyAddressLeadsBackToItsTicket(t *testing.T) {
	marks := mustMarks(t, key("k1", "a"))
	address := mustReply(t, marks, "soporte.usuario@qw.gob.pe")
	if !strings.HasPrefix(address, "soporte.usuario+01j8zc6n8q2v4x6y8z0a1b2c3d.k1.") || !strings.HasSuffix(address, "@mesa.qw.gob.pe") {
		t.Errorf("address %s", address)
	}
	for name, form := range map[string]string{
		"as sent":                  address,
		"in brackets":              "<" + address + ">",
		"in upper case":            strings.ToUpper(address),
		"with another mailbox":     strings.Replace(address, "soporte.usuario", "soporte.ut-ejemplo", 1),
		"with another plus before": strings.Replace(address, "soporte.usuario", "soporte+mesa", 1),
	} {
		if got, ok := marks.FromAddress(form); !ok || got != ticket {
			t.Errorf("%s: %q, %t", name, got, ok)
		}
	}
}

func TestReplyAddressFitsAnAddress(t *testing.T) {
	marks := mustMarks(t, key("k1", "a"))
	address := mustReply(t, marks, "soporte.unidad-territorial.madre-de-dios@qw.gob.pe")
	local, _, _ := strings.Cut(address, "@")
	if len(local) > 64 || !strings.HasPrefix(local, "pau+") {
		t.Errorf("local part %s has %d characters", local, len(local))
	}
	if got, ok := marks.FromAddress(address); !ok || got != ticket {
		t.Errorf("read back %q, %t", got, ok)
	}
	for _, bad := range []desk.TicketID{"", "a b", "a@b", "a\r\nBcc: x@y", "a.b", desk.TicketID(strings.Repeat("A", 33))} {
		if address, err := marks.ReplyAddress("x", bad); !errors.Is(err, ErrTicket) {
			t.Errorf("%q gives %q, %v", bad, address, err)
		}
		if root, err := marks.Root(bad); !errors.Is(err, ErrTicket) {
			t.Errorf("%q gives %q, %v", bad, root, err)
		}
	}
}

func TestF34GuessedAddressesAreNoMark(t *testing.T) {
	marks := mustMarks(t, key("k1", "a"))
	address := mustReply(t, marks, "s")
	local, _, _ := strings.Cut(address, "@")
	for name, forged := range map[string]string{
		"empty":          "",
		"no tag":         "soporte.usuario@mesa.qw.gob.pe",
		"another ticket": strings.Replace(address, "01j8", "01j9", 1),
		"another key":    strings.Replace(address, ".k1.", ".k2.", 1),
		"no mac":         "s+01j8zc6n8q2v4x6y8z0a1b2c3d.k1.@mesa.qw.gob.pe",
		"two parts":      "s+01j8zc6n8q2v4x6y8z0a1b2c3d.k1@mesa.qw.gob.pe",
		"mac cut":        strings.Replace(address, "@", "", 1)[:len(local)-1] + "@mesa.qw.gob.pe",
		"another domain": local + "@qw.gob.pe",
		"no domain":      local,
	} {
		if got, ok := marks.FromAddress(forged); ok {
			t.Errorf("%s: %s belongs to %s", name, forged, got)
		}
	}
	for i := range local {
		if local[i] == '+' || i < strings.Index(local, "+") {
			continue
		}
		forged := local[:i] + "!" + local[i+1:] + "@mesa.qw.gob.pe"
		if got, ok := marks.FromAddress(forged); ok {
			t.Errorf("position %d: %s belongs to %s", i, forged, got)
		}
	}
}

func TestRootIsFoundAmongReferences(t *testing.T) {
	marks := mustMarks(t, key("k1", "a"))
	root, err := marks.Root(ticket)
	if err != nil {
		t.Fatal(err)
	}
	ids := IDs("<a@zimbra> <b@outlook>\r\n "+root, "<0100-abc@email.amazonses.com>")
	if got, ok := marks.FromIDs(ids); !ok || got != ticket {
		t.Errorf("got %q, %t from %v", got, ok, ids)
	}
	if got, ok := marks.FromIDs(IDs("<a@zimbra>", strings.Replace(root, "k1.", "k1.0", 1))); ok {
		t.Errorf("a forged root leads to %q", got)
	}
}

func TestOldKeysKeepRecognising(t *testing.T) {
	before := mustMarks(t, key("k1", "a"))
	address := mustReply(t, before, "s")
	after := mustMarks(t, key("k2", "b"), key("k1", "a"))
	if got, ok := after.FromAddress(address); !ok || got != ticket {
		t.Errorf("an address of the old key: %q, %t", got, ok)
	}
	if strings.Contains(mustReply(t, after, "s"), ".k1.") {
		t.Error("new addresses carry the old key")
	}
	if _, ok := mustMarks(t, key("k2", "b")).FromAddress(address); ok {
		t.Error("a key no longer listed is still believed")
	}
}

func TestEveryTicketHasItsOwnTag(t *testing.T) {
	marks := mustMarks(t, key("k1", "a"))
	id := rapid.StringMatching(`[0-9A-HJKMNP-TV-Z]{26}`)
	rapid.Check(t, func(rt *rapid.T) {
		a := desk.TicketID(id.Draw(rt, "a"))
		address, err := marks.ReplyAddress("soporte.usuario", a)
		if err != nil {
			rt.Fatal(err)
		}
		if got, ok := marks.FromAddress(address); !ok || got != a {
			rt.Fatalf("%s came back as %q, %t", a, got, ok)
		}
		b := desk.TicketID(id.Draw(rt, "b"))
		forged := strings.Replace(address, strings.ToLower(string(a)), strings.ToLower(string(b)), 1)
		if got, ok := marks.FromAddress(forged); ok && a != b {
			rt.Fatalf("the tag of %s opens %s", a, got)
		}
	})
}

func FuzzMarksNeverBelieveAStranger(f *testing.F) {
	marks := mustMarks(f, key("k1", "a"))
	own := mustReply(f, marks, "soporte.usuario")
	f.Add(own)
	f.Add("soporte.usuario+01j.k1.0@mesa.qw.gob.pe")
	f.Add("\xff+..@mesa.qw.gob.pe")
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := marks.FromAddress(text)
		if ok && !strings.Contains(strings.ToLower(text), strings.ToLower(string(got))) {
			t.Errorf("%q leads to %q", text, got)
		}
		if ids := IDs(text); len(ids) > mostIDs {
			t.Errorf("%d ids", len(ids))
		}
		Bare(text)
		FindNumber(text)
	})
}
