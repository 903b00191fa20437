package edition_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
	"mesa/shared/edition"
	"mesa/shared/notify"
)

// hall is a desk at 9:00 of Tuesday whose round runs each minute.
type hall struct {
	*desktest.Bench
	teller *edition.Teller
}

func newHall(t *testing.T) *hall {
	t.Helper()
	b := desktest.NewBench(t)
	return &hall{b, &edition.Teller{Store: b.Store, Now: b.Now}}
}

// round is one round, a minute after the last.
func (h *hall) round() int {
	h.T.Helper()
	h.Advance(time.Minute)
	n, err := h.teller.Tell(h.T.Context())
	if err != nil {
		h.T.Fatal(err)
	}
	return n
}

// rest are the rounds until nothing is left.
func (h *hall) rest() {
	h.T.Helper()
	for n := 1; n > 0; {
		n = h.round()
	}
}

// told is how many notices of each version every person has.
func (h *hall) told() map[desk.PersonID]map[string]int {
	h.T.Helper()
	found := map[desk.PersonID]map[string]int{}
	for shard := range deliver.Shards {
		due, err := h.Store.DueEffects(h.T.Context(), shard, h.Time(), 5000)
		if err != nil {
			h.T.Fatal(err)
		}
		for _, e := range due {
			subject, _, err := notify.StoredCopy(*e.Mail, desk.PNAEQW())
			if err != nil {
				h.T.Fatal(err)
			}
			if found[e.Mail.Person] == nil {
				found[e.Mail.Person] = map[string]int{}
			}
			found[e.Mail.Person][subject]++
		}
	}
	return found
}

// everybodyOnce: all who work here and can be written to have one notice, and
// nobody else has any.
func (h *hall) everybodyOnce() {
	h.T.Helper()
	snapshot, err := h.Store.Directory(h.T.Context())
	if err != nil {
		h.T.Fatal(err)
	}
	told, want := h.told(), map[desk.PersonID]bool{}
	for _, p := range snapshot.Records().People {
		due := 0
		if works, there := snapshot.Person(p.ID, h.Time()); there && works.Mail() != "" {
			due, want[p.ID] = 1, true
		}
		if got := told[p.ID][second]; got != due {
			h.T.Errorf("%s has %d notices, want %d", p.ID, got, due)
		}
	}
	if len(want) < 150 || len(told) != len(want) {
		h.T.Errorf("%d people told, want %d", len(told), len(want))
	}
	if counted := h.telling(1).People; counted != len(told) {
		h.T.Errorf("%d people counted, %d told", counted, len(told))
	}
}

// edit changes the directory.
func (h *hall) edit(change func(*directory.Records)) {
	h.T.Helper()
	records, revision, err := h.Store.LoadDirectory(h.T.Context())
	if err != nil {
		h.T.Fatal(err)
	}
	change(&records)
	if err := h.Store.SaveDirectory(h.T.Context(), records, revision); err != nil {
		h.T.Fatal(err)
	}
}

func (h *hall) telling(number int) desk.Telling {
	h.T.Helper()
	t, err := h.Store.Telling(h.T.Context(), number)
	if err != nil {
		h.T.Fatal(err)
	}
	return t
}

const second = "El procedimiento cambió: versión 02"

// TestEverybodyIsToldOnce: a page a round, and then no more.
func TestEverybodyIsToldOnce(t *testing.T) {
	h := newHall(t)
	if n := h.round(); n != 0 {
		t.Errorf("%d notices of nothing", n)
	}
	mustPublish(t, h.Bench, draft())
	total := 0
	for n := h.round(); n > 0; n = h.round() {
		if total += n; n > edition.PerRound {
			t.Errorf("%d in one round", n)
		}
	}
	h.everybodyOnce()
	if told := h.telling(1); told.People != total || told.DoneAt.IsZero() {
		t.Errorf("%d were told, kept as %+v", total, told)
	}
	for range 3 {
		if n := h.round(); n != 0 {
			t.Errorf("%d more", n)
		}
	}
}

// TestTheNoticeSaysWhatWhenAndWhere: with the version that it replaces.
func TestTheNoticeSaysWhatWhenAndWhere(t *testing.T) {
	h := newHall(t)
	mustPublish(t, h.Bench, draft())
	third := draft()
	third.Version, third.From = "03", october(20)
	mustPublish(t, h.Bench, third)
	h.rest()
	seen := map[string]string{}
	for shard := range deliver.Shards {
		due, err := h.Store.DueEffects(t.Context(), shard, h.Time(), 5000)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range due {
			if e.Mail.Person == "jefa-ut-piura" {
				subject, text, err := notify.StoredCopy(*e.Mail, desk.PNAEQW())
				if err != nil || e.Mail.To != "jefa-ut-piura@qw.gob.pe" || e.Mail.Name == "" {
					t.Fatal(err, e.Mail)
				}
				seen[subject] = text
			}
		}
	}
	for subject, wants := range map[string][]string{
		second:                                {"Versión: 02, en lugar de la 01", "jueves 1 de octubre de 2026", "RDE N° D000200-2026", "Se agrega un servicio.\n  Cambia un plazo.", "/help#version", "Hasta ese día rige la versión 01"},
		"El procedimiento cambió: versión 03": {"Versión: 03, en lugar de la 02", "martes 20 de octubre de 2026", "Hasta ese día rige la versión 02"},
	} {
		for _, want := range wants {
			if !strings.Contains(seen[subject], want) {
				t.Errorf("«%s» does not say %q:\n%s", subject, want, seen[subject])
			}
		}
	}
}

// TestNobodyIsToldOutsideWorkingHours: published in the evening, told when the
// office opens, on a day when it does.
func TestNobodyIsToldOutsideWorkingHours(t *testing.T) {
	h := newHall(t)
	h.SetTime(desktest.Tuesday(18, 0))
	mustPublish(t, h.Bench, draft())
	off := calendar.DateOf(desktest.Tuesday(9, 0)).AddDays(1)
	book, err := h.Store.Calendar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Store.ChangeCalendar(t.Context(), calendar.Change{Revision: len(book.Changes) + 1, At: h.Time(), By: "admin",
		Add: []calendar.DayOff{{From: off, Until: off, Kind: calendar.KindDecree, Name: "Día no laborable", Source: "DS 000-2026-PCM"}}}); err != nil {
		t.Fatal(err)
	}
	for _, at := range []time.Time{desktest.Tuesday(18, 1), desktest.Tuesday(34, 0), desktest.Tuesday(48+8, 28)} {
		h.SetTime(at)
		if n := h.round(); n != 0 {
			t.Errorf("at %v: %d", at, n)
		}
	}
	h.SetTime(desktest.Tuesday(48+8, 29))
	if n := h.round(); n != edition.PerRound {
		t.Errorf("when it opens: %d", n)
	}
}

// TestWhoIsTold: who works here and can be written to when their turn comes.
func TestWhoIsTold(t *testing.T) {
	h := newHall(t)
	h.edit(func(r *directory.Records) {
		for i := range r.People {
			switch r.People[i].ID {
			case "usuaria-ut-piura-1":
				r.People[i].Emails = nil
			case "usuaria-ut-piura-2":
				r.People[i].Disabled = true
			case "jefa-ut-piura": // a record for each half of their time
				again := r.People[i]
				r.People[i].Until = calendar.DateOf(h.Time())
				again.From = calendar.DateOf(h.Time()).AddDays(1)
				r.People = append(r.People, again)
			}
		}
	})
	mustPublish(t, h.Bench, draft())
	h.round()
	joined := func(id desk.PersonID) func(*directory.Records) {
		return func(r *directory.Records) {
			r.People = append(r.People, directory.Person{ID: id, Name: string(id), Emails: []string{string(id) + "@qw.gob.pe"}, Unit: "UT-PIURA"})
		}
	}
	h.edit(joined("zz-joined-meanwhile"))
	h.rest()
	h.everybodyOnce()
	h.edit(joined("zzz-joined-later"))
	if n := h.round(); n != 0 || h.told()["zzz-joined-later"] != nil {
		t.Errorf("who joined later was told (%d)", n)
	}
}

// dying is a table whose process dies at the nth write of a kind.
type dying struct {
	*desktest.Store
	at   string
	left *int
}

var errDead = errors.New("killed")

func (d dying) AddEffects(ctx context.Context, effects []desk.Effect) error {
	for i := range effects {
		if d.at == "item" && *d.left == 0 {
			return errDead
		}
		if err := d.Store.AddEffects(ctx, effects[i:i+1]); err != nil {
			return err
		}
		*d.left--
	}
	return nil
}

func (d dying) SetTelling(ctx context.Context, number int, t desk.Telling) error {
	if d.at == "count" {
		return errDead
	}
	return d.Store.SetTelling(ctx, number, t)
}

// TestKilledInTheMiddle: whatever died, the rounds after it tell everybody once.
func TestKilledInTheMiddle(t *testing.T) {
	for _, at := range []string{"item", "count"} {
		for _, left := range []int{0, 1, 57, 99} {
			t.Run(fmt.Sprint(at, left), func(t *testing.T) {
				h := newHall(t)
				mustPublish(t, h.Bench, draft())
				h.round()
				n := left
				doomed := &edition.Teller{Store: dying{Store: h.Store, at: at, left: &n}, Now: h.Now}
				if _, err := doomed.Tell(t.Context()); !errors.Is(err, errDead) {
					t.Fatalf("error %v", err)
				}
				h.rest()
				h.everybodyOnce()
			})
		}
	}
}

// TestTwoRoundsAtOnce: a slow one that writes how far it came last.
func TestTwoRoundsAtOnce(t *testing.T) {
	h := newHall(t)
	mustPublish(t, h.Bench, draft())
	h.round()
	slow := h.telling(1)
	h.round()
	if err := h.Store.SetTelling(t.Context(), 1, slow); err != nil {
		t.Fatal(err)
	}
	h.rest()
	h.everybodyOnce()
}
