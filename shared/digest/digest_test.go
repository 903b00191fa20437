package digest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/digest"
	"mesa/shared/directory"
	"mesa/shared/notify"
)

// hall is a desk whose digests are written each minute.
type hall struct {
	*desktest.Bench
	writer *digest.Writer
}

const (
	piura  = desk.PersonID("jefa-ut-piura")
	tumbes = desk.PersonID("jefa-ut-tumbes")
)

func newHall(t *testing.T) *hall {
	t.Helper()
	b := desktest.NewBench(t)
	return &hall{b, &digest.Writer{Store: b.Store, Now: b.Now}}
}

// ask opens a request of a unit's user, which its head is asked to decide.
func (h *hall) ask(unit, subject string) desk.TicketID {
	h.T.Helper()
	return h.Do(desk.PersonID("usuaria-ut-"+unit+"-1"), desk.ActOpen, "", "service", "apps-sigo", "flow", "8.1", "subject", subject, "description", "Desde ayer.", "impact", "slow").After.Ticket.ID
}

// at moves the clock and writes what is due.
func (h *hall) at(t time.Time) int {
	h.T.Helper()
	h.SetTime(t)
	n, err := h.writer.Write(h.T.Context())
	if err != nil {
		h.T.Fatal(err)
	}
	return n
}

// digests are those that wait to be sent, by reader, each as its reader sees it.
func (h *hall) digests() map[desk.PersonID]string {
	h.T.Helper()
	found := map[desk.PersonID]string{}
	for shard := range deliver.Shards {
		due, err := h.Store.DueEffects(h.T.Context(), shard, h.Time(), 1000)
		if err != nil {
			h.T.Fatal(err)
		}
		for _, e := range due {
			if e.Mail == nil || e.Mail.Message != desk.MailDecisionsDue {
				continue
			}
			if found[e.Mail.Person] != "" {
				h.T.Errorf("%s has two digests", e.Mail.Person)
			}
			subject, text, err := notify.StoredCopy(*e.Mail, desk.PNAEQW())
			if err != nil || e.Mail.To != string(e.Mail.Person)+"@qw.gob.pe" {
				h.T.Fatal(err, e.Mail.To)
			}
			found[e.Mail.Person] = subject + "\n" + text
		}
	}
	return found
}

func (h *hall) readers() string {
	h.T.Helper()
	var all []string
	for id := range h.digests() {
		all = append(all, string(id))
	}
	slices.Sort(all)
	return strings.Join(all, " ")
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

func day(d, hour, minute int) time.Time { return desktest.Tuesday(hour, minute).AddDate(0, 0, d) }

// TestTheDigestIsWrittenWhenTheDayOpens: not before, once, and each working day.
func TestTheDigestIsWrittenWhenTheDayOpens(t *testing.T) {
	h := newHall(t)
	h.at(day(0, 9, 0))
	first, second := h.ask("piura", "No abre el padrón"), h.ask("piura", "No carga el acta")
	h.ask("tumbes", "Uno solo")
	if n := h.at(day(1, 8, 29)); n != 0 {
		t.Errorf("%d digests before the opening", n)
	}
	if n := h.at(day(1, 8, 30)); n != 1 || h.readers() != string(piura) {
		t.Errorf("%d digests to %q, want one to who has two", n, h.readers())
	}
	text := h.digests()[piura]
	a, b := h.Load(first).Ticket, h.Load(second).Ticket
	for _, want := range []string{"2 decisiones pendientes desde el 15/09/2026\n", "- " + string(a.Number) + " SIGO, ", "«No abre el padrón»", string(b.Number), "/approvals"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
	if strings.Index(text, string(a.Number)) > strings.Index(text, string(b.Number)) {
		t.Errorf("the oldest is not first:\n%s", text)
	}
	for _, again := range []time.Time{day(1, 8, 31), day(1, 17, 0), day(2, 0, 1)} {
		if n := h.at(again); n != 0 {
			t.Errorf("at %s: %d more", again, n)
		}
	}
	if n := h.at(day(2, 8, 30)); n != 1 {
		t.Errorf("the next day: %d, want one", n)
	}
	for d := 4; d <= 5; d++ { // Saturday and Sunday
		if n := h.at(day(d, 10, 0)); n != 0 {
			t.Errorf("day %d: %d on a day off", d, n)
		}
	}
}

// TestALateRoundStillWritesIt: the round of that minute failed, or was written
// twice at once.
func TestALateRoundStillWritesIt(t *testing.T) {
	h := newHall(t)
	h.at(day(0, 9, 0))
	h.ask("piura", "Uno")
	h.ask("piura", "Dos")
	if n := h.at(day(1, 11, 7)); n != 1 {
		t.Fatalf("%d, want the one of this morning", n)
	}
	if err := h.Store.SetWatermark(t.Context(), "digest", day(1, 7, 0)); err != nil { // it died before it wrote how far it came
		t.Fatal(err)
	}
	h.at(day(1, 11, 8))
	if got := len(h.digests()); got != 1 {
		t.Errorf("%d digests, want one for the person and the day", got)
	}
}

// TestOnlyWhatMayStillBeDecidedIsListed: decided, withdrawn, passed to another
// post, and the reader's own are not.
func TestOnlyWhatMayStillBeDecidedIsListed(t *testing.T) {
	tests := map[string]struct {
		change func(*hall, desk.TicketID)
		want   string
	}{
		"nothing changed":            {func(*hall, desk.TicketID) {}, "jefa-ut-piura"},
		"one was decided":            {func(h *hall, id desk.TicketID) { h.Do(piura, desk.ActReject, id, "reason", "No procede.") }, ""},
		"one was withdrawn":          {func(h *hall, id desk.TicketID) { h.Do("usuaria-ut-piura-1", desk.ActWithdraw, id) }, ""},
		"one is not theirs":          {func(h *hall, id desk.TicketID) { h.Do(piura, desk.ActNotMine, id, "reason", "Es de otra unidad.") }, ""},
		"the post changed hands":     {func(h *hall, _ desk.TicketID) { h.edit(holder("UT-PIURA", "usuaria-ut-piura-2")) }, ""},
		"the account was disabled":   {func(h *hall, _ desk.TicketID) { h.edit(disable(piura)) }, ""},
		"a third is the reader's to": {func(h *hall, _ desk.TicketID) { h.ask("piura", "Tres") }, "jefa-ut-piura"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := newHall(t)
			h.at(day(0, 9, 0))
			h.ask("piura", "Uno")
			tt.change(h, h.ask("piura", "Dos"))
			h.at(day(1, 8, 30))
			if got := h.readers(); got != tt.want {
				t.Errorf("digests to %q, want %q", got, tt.want)
			}
		})
	}
}

func holder(unit desk.UnitID, person desk.PersonID) func(*directory.Records) {
	return func(r *directory.Records) {
		for i := range r.Heads {
			if r.Heads[i].Unit == unit {
				r.Heads[i].Person = person
			}
		}
	}
}

func disable(person desk.PersonID) func(*directory.Records) {
	return func(r *directory.Records) {
		for i := range r.People {
			r.People[i].Disabled = r.People[i].Disabled || r.People[i].ID == person
		}
	}
}

// TestASubstituteGetsTheirOwn: asked at once beside the absent holder, and told
// for whom they decide (R27).
func TestASubstituteGetsTheirOwn(t *testing.T) {
	h := newHall(t)
	h.at(day(0, 9, 0))
	h.ask("cusco", "Uno")
	h.ask("cusco", "Dos")
	h.at(day(1, 8, 30))
	if got := h.readers(); got != "jefa-ut-cusco suplente-ut-cusco" {
		t.Fatalf("digests to %q", got)
	}
	const stands = "Usted suple a la/el jefa/e de la UT"
	if own, other := h.digests()["suplente-ut-cusco"], h.digests()["jefa-ut-cusco"]; !strings.Contains(own, stands) || strings.Contains(other, stands) {
		t.Errorf("the substitute reads:\n%s\nthe holder reads:\n%s", own, other)
	}
}

// TestWhoeverWaitsLongestIsFirst: waiting counts from the stage, not from the form.
func TestWhoeverWaitsLongestIsFirst(t *testing.T) {
	h := newHall(t)
	h.at(day(0, 9, 0))
	older, younger := h.ask("piura", "Anterior"), h.ask("tumbes", "Posterior")
	h.Advance(time.Minute)
	h.Do(tumbes, desk.ActApprove, younger)
	h.Advance(time.Minute)
	h.Do(piura, desk.ActApprove, older)
	h.at(day(1, 8, 30))
	text := h.digests()["jefa-supervision"]
	if first, second := strings.Index(text, "«Posterior»"), strings.Index(text, "«Anterior»"); first < 0 || second < first {
		t.Errorf("the one that reached the unit first is not first:\n%s", text)
	}
}

// TestEachUnitHasItsOwnMorning: its hours, and its days off.
func TestEachUnitHasItsOwnMorning(t *testing.T) {
	h := newHall(t)
	h.edit(func(r *directory.Records) {
		for i := range r.Units {
			if r.Units[i].ID == "UT-TUMBES" {
				r.Units[i].Hours = []calendar.Interval{{Opens: calendar.At(7, 0), Closes: calendar.At(15, 0)}}
			}
		}
	})
	h.at(day(0, 9, 0))
	for _, unit := range []string{"piura", "tumbes"} {
		h.ask(unit, "Uno")
		h.ask(unit, "Dos")
	}
	if h.at(day(1, 7, 0)); h.readers() != string(tumbes) {
		t.Errorf("at 7: digests to %q", h.readers())
	}
	if n := h.at(day(1, 8, 30)); n != 1 || h.readers() != string(piura)+" "+string(tumbes) {
		t.Errorf("at 8:30: %d more, digests to %q", n, h.readers())
	}
}

// A day that the state declared off has no morning.
func TestNoDigestOnADayOff(t *testing.T) {
	h := newHall(t)
	h.at(day(0, 9, 0))
	h.ask("piura", "Uno")
	h.ask("piura", "Dos")
	off := calendar.DateOf(day(1, 9, 0))
	book, err := h.Store.Calendar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	change := calendar.Change{Revision: len(book.Changes) + 1, At: h.Time(), By: "admin", Add: []calendar.DayOff{{From: off, Until: off, Kind: calendar.KindDecree, Name: "Día no laborable", Source: "DS 000-2026-PCM"}}}
	if err := h.Store.ChangeCalendar(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	if n := h.at(day(1, 12, 0)); n != 0 {
		t.Errorf("%d on a day off", n)
	}
	if n := h.at(day(2, 8, 30)); n != 1 {
		t.Errorf("%d the day after, want one", n)
	}
}

func TestPolicySaysFromHowMany(t *testing.T) {
	for from, want := range map[int]string{0: "", 1: "jefa-ut-piura jefa-ut-tumbes", 2: "jefa-ut-piura", 3: ""} {
		h := newHall(t)
		policy, err := h.Store.Policy(t.Context(), h.Time())
		if err != nil {
			t.Fatal(err)
		}
		policy.Digest = from
		if err := h.Store.SetPolicy(t.Context(), policy, day(0, 0, 0)); err != nil {
			t.Fatal(err)
		}
		h.at(day(0, 9, 0))
		h.ask("piura", "Uno")
		h.ask("piura", "Dos")
		h.ask("tumbes", "Uno")
		if h.at(day(1, 8, 30)); h.readers() != want {
			t.Errorf("from %d: digests to %q, want %q", from, h.readers(), want)
		}
	}
}

// TestTheCasesStayAsTheyAre: no round moves, so the links of their mails live on.
func TestTheCasesStayAsTheyAre(t *testing.T) {
	h := newHall(t)
	h.at(day(0, 9, 0))
	one, two := h.ask("piura", "Uno"), h.ask("piura", "Dos")
	before := fmt.Sprint(h.Load(one), h.Load(two))
	if n := h.at(day(1, 8, 30)); n != 1 {
		t.Fatalf("%d digests", n)
	}
	if after := fmt.Sprint(h.Load(one), h.Load(two)); after != before {
		t.Errorf("before %s\nafter %s", before, after)
	}
}

func TestManyCasesAreCounted(t *testing.T) {
	h := newHall(t)
	h.at(day(0, 9, 0))
	for n := range 23 {
		h.ask("piura", fmt.Sprint("Caso ", n))
	}
	h.at(day(1, 8, 30))
	text := h.digests()[piura]
	if !strings.HasPrefix(text, "23 decisiones pendientes") || strings.Count(text, "\n- ") != 20 || !strings.Contains(text, "Hay 3 más en Aprobaciones.") {
		t.Errorf("%s", text)
	}
}

// broken is a table that fails at one call.
type broken struct {
	*desktest.Store
	at string
}

var errAway = errors.New("away")

func (b broken) Undecided(ctx context.Context) ([]desk.Ticket, error) {
	if b.at == "undecided" {
		return nil, errAway
	}
	return b.Store.Undecided(ctx)
}

func (b broken) AddEffects(ctx context.Context, e []desk.Effect) error {
	if b.at == "add" {
		return errAway
	}
	return b.Store.AddEffects(ctx, e)
}

func (b broken) Watermark(ctx context.Context, name string) (time.Time, error) {
	if b.at == "watermark" {
		return time.Time{}, errAway
	}
	return b.Store.Watermark(ctx, name)
}

// TestAFailedRoundIsDoneByTheNext: it says so, and how far it came is not moved.
func TestAFailedRoundIsDoneByTheNext(t *testing.T) {
	for _, at := range []string{"undecided", "add", "watermark"} {
		t.Run(at, func(t *testing.T) {
			h := newHall(t)
			h.at(day(0, 9, 0))
			h.ask("piura", "Uno")
			h.ask("piura", "Dos")
			h.SetTime(day(1, 8, 30))
			failing := &digest.Writer{Store: broken{h.Store, at}, Now: h.Now}
			if _, err := failing.Write(t.Context()); !errors.Is(err, errAway) {
				t.Errorf("error %v", err)
			}
			if n := h.at(day(1, 8, 31)); n != 1 {
				t.Errorf("the next round wrote %d, want one", n)
			}
		})
	}
}
