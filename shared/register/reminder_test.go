package register_test

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
	"mesa/shared/directory"
	"mesa/shared/notify"
	"mesa/shared/register"
)

// mornings are a hall whose sweeper writes what is due. at moves the clock, has the reminders written, and names the mails that are
// new since it was last asked: «especialista-ut-tumbes 2026-09 #1».
type mornings struct {
	*hall
	writer *register.Reminder
	seen   map[string]bool
}

func newMornings(t *testing.T) *mornings {
	h := newHall(t)
	return &mornings{h, &register.Reminder{Store: h.Store, Now: h.Now}, map[string]bool{}}
}

func (m *mornings) at(when time.Time) string {
	m.T.Helper()
	m.SetTime(when)
	if _, err := m.writer.Write(m.T.Context()); err != nil {
		m.T.Fatal(err)
	}
	return m.news()
}

// news are the mails that were not there before, by reader.
func (m *mornings) news() string {
	m.T.Helper()
	var list []string
	for _, e := range m.mails() {
		if id := string(e.Ticket) + e.Ref(); !m.seen[id] {
			m.seen[id] = true
			subject, text, err := notify.StoredCopy(*e.Mail, desk.PNAEQW())
			if err != nil || e.Mail.To != string(e.Mail.Person)+"@qw.gob.pe" || !strings.HasPrefix(subject, "Anexo 01 de ") {
				m.T.Fatal(err, e.Mail.To, subject)
			}
			which := "first"
			if _, rest, ok := strings.Cut(text, "Recordatorio "); ok {
				which = rest[:6]
			}
			list = append(list, fmt.Sprintf("%s %s %s", e.Mail.Person, e.Ref(), which))
		}
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

func (m *mornings) mails() []desk.Effect {
	m.T.Helper()
	var found []desk.Effect
	for shard := range deliver.Shards {
		due, err := m.Store.DueEffects(m.T.Context(), shard, m.Time(), 1000)
		if err != nil {
			m.T.Fatal(err)
		}
		for _, e := range due {
			if e.Mail != nil && e.Mail.Message == desk.MailSignOff {
				found = append(found, e)
			}
		}
	}
	return found
}

func october(day, hour, minute int) time.Time {
	return time.Date(2026, 10, day, hour, minute, 0, 0, desk.Lima)
}

// The first working morning of a month asks the specialist, then three reminders five
// working days apart (Thursday 8 October is a holiday), then nothing (R135).
func TestTheSpecialistIsAskedAndRemindedThreeTimes(t *testing.T) {
	m := newMornings(t)
	m.attend("tumbes", "Renovado.")
	for _, test := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 9, 30, 9, 0, 0, 0, desk.Lima), ""},
		{october(1, 0, 0), ""},
		{october(1, 8, 29), ""},
		{october(1, 8, 30), "especialista-ut-tumbes 1.1 first"},
		{october(1, 8, 31), ""},
		{october(2, 9, 0), ""},
		{october(7, 9, 0), ""},
		{october(8, 9, 0), ""},
		{october(9, 8, 30), "especialista-ut-tumbes 1.2 1 de 3"},
		{october(12, 8, 30), ""},
		{october(16, 9, 0), "especialista-ut-tumbes 1.3 2 de 3"},
		{october(23, 9, 0), "especialista-ut-tumbes 1.4 3 de 3"},
		{october(30, 9, 0), ""},
		{time.Date(2026, 11, 6, 9, 0, 0, 0, desk.Lima), ""},
		{time.Date(2026, 12, 1, 9, 0, 0, 0, desk.Lima), ""},
	} {
		if got := m.at(test.at); got != test.want {
			t.Errorf("at %s: %q, want %q", test.at.Format("02/01 15:04"), got, test.want)
		}
	}
}

// The head is asked when the specialist signs, in the same write, and reminded from
// then on; nobody is written to once both have signed.
func TestTheHeadIsAskedWhenTheSpecialistHasSigned(t *testing.T) {
	m := newMornings(t)
	m.attend("tumbes", "Renovado.")
	m.at(october(1, 8, 30))
	m.on(13, 22, 0) // at night: the next day's opening is when it begins to wait
	m.mustSign(specialist, desk.PlaceSpecialist)
	if got := m.news(); got != "jefa-ut-tumbes 1.1 first" {
		t.Errorf("signed: %q", got)
	}
	for at, want := range map[time.Time]string{october(15, 9, 0): "", october(20, 9, 0): ""} {
		if got := m.at(at); got != want {
			t.Errorf("at %s: %q, want %q", at, got, want)
		}
	}
	if got := m.at(october(21, 9, 0)); got != "jefa-ut-tumbes 1.2 1 de 3" {
		t.Errorf("a week of work later: %q", got)
	}
	m.mustSign(head, desk.PlaceHead)
	if got := m.news() + m.at(october(28, 9, 0)) + m.at(time.Date(2026, 11, 4, 9, 0, 0, 0, desk.Lima)); got != "" {
		t.Errorf("both signed, yet %q", got)
	}
}

// What the head reads: which month, how many, who signed first and when, and a page
// that asks for a session.
func TestTheMailSaysWhatIsToBeSigned(t *testing.T) {
	m := newMornings(t)
	m.attend("tumbes", "Renovado.")
	m.directory(func(r *directory.Records) {
		r.Substitutes = append(r.Substitutes, directory.Substitute{Person: "suplente-ut-tumbes", Principal: head, Period: directory.Period{From: calendar.Date{Year: 2026, Month: 10, Day: 1}}})
	})
	m.on(1, 9, 12)
	m.mustSign(specialist, desk.PlaceSpecialist)
	found := map[desk.PersonID]string{}
	for _, e := range m.mails() {
		subject, text, err := notify.StoredCopy(*e.Mail, desk.PNAEQW())
		if err != nil {
			t.Fatal(err)
		}
		found[e.Mail.Person] = subject + "\n" + text
	}
	for who, as := range map[desk.PersonID]string{head: "como jefa/e de la UT Tumbes.", "suplente-ut-tumbes": "como jefa/e de la UT Tumbes, en suplencia de Jefa/e de la UT Tumbes."} {
		for _, want := range []string{"Anexo 01 de setiembre de 2026 por visar: UT Tumbes", as, "Atenciones: 1", "V°B° de especialista: Especialista informático de la UT Tumbes, jueves 1 de octubre de 2026, 09:12", "/register/UT-TUMBES/2026-09"} {
			if !strings.Contains(found[who], want) {
				t.Errorf("%s: no %q in\n%s", who, want, found[who])
			}
		}
	}
	if len(found) != 2 {
		t.Errorf("written to %d people", len(found))
	}
}

// A reopening asks the specialist anew, with the reason, and counts from there.
func TestAReopenedMonthIsAskedForAnew(t *testing.T) {
	m := newMornings(t)
	m.attend("tumbes", "Renovado.")
	m.at(october(1, 8, 30))
	m.mustSign(specialist, desk.PlaceSpecialist)
	m.mustSign(head, desk.PlaceHead)
	m.news()
	m.on(20, 11, 0)
	if err := m.reopen(head, "Falta la fila 2."); err != nil {
		t.Fatal(err)
	}
	if got := m.news(); got != "especialista-ut-tumbes 2.1 first" {
		t.Errorf("reopened: %q", got)
	}
	for _, e := range m.mails() {
		if e.Seq == 2 {
			if _, text, err := notify.StoredCopy(*e.Mail, desk.PNAEQW()); err != nil || !strings.Contains(text, "Reabierto por: Jefa/e de la UT Tumbes") || !strings.Contains(text, "«Falta la fila 2.»") {
				t.Errorf("%v\n%s", err, text)
			}
		}
	}
	if got := m.at(october(26, 9, 0)); got != "" {
		t.Errorf("before a week of work: %q", got)
	}
	if got := m.at(october(27, 9, 0)); got != "especialista-ut-tumbes 2.2 1 de 3" {
		t.Errorf("a week of work later: %q", got)
	}
}

// A month without attentions asks nobody; a morning that the sweeper missed is made up
// for by the next; whoever becomes the specialist is asked too.
func TestMorningsAreMadeUpFor(t *testing.T) {
	m := newMornings(t)
	m.attend("tumbes", "Renovado.")
	if got := m.at(october(2, 15, 0)); got != "especialista-ut-tumbes 1.1 first" {
		t.Errorf("the day after: %q", got)
	}
	m.directory(func(r *directory.Records) {
		r.Substitutes = append(r.Substitutes, directory.Substitute{Person: "informatica-ut-tumbes", Principal: specialist})
	})
	if got := m.at(october(5, 9, 0)); got != "informatica-ut-tumbes 1.1 first" {
		t.Errorf("a new substitute: %q", got)
	}
}

// Each unit's own day opens by its own hours.
func TestEachSedeIsAskedWhenItsDayOpens(t *testing.T) {
	m := newMornings(t)
	m.attend("tumbes", "Renovado.")
	m.attend("loreto", "Renovado.") // from 07:30
	if got := m.at(october(1, 7, 45)); got != "especialista-ut-loreto 1.1 first" {
		t.Errorf("at 07:45: %q", got)
	}
	if got := m.at(october(1, 8, 30)); got != "especialista-ut-tumbes 1.1 first" {
		t.Errorf("at 08:30: %q", got)
	}
}

func TestAFailedMorningIsToldAndTriedAgain(t *testing.T) {
	m := newMornings(t)
	m.attend("tumbes", "Renovado.")
	m.SetTime(october(1, 8, 30))
	gone := errors.New("table away")
	w := &register.Reminder{Store: &losing{m.Store, gone}, Now: m.Now}
	if _, err := w.Write(t.Context()); !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
	if got := m.at(october(1, 8, 31)); got != "especialista-ut-tumbes 1.1 first" {
		t.Errorf("the next minute: %q", got)
	}
}

// losing is a store that takes no mails.
type losing struct {
	register.Mornings
	err error
}

func (s *losing) AddEffects(context.Context, []desk.Effect) error { return s.err }

// A morning is looked at once; every other minute of the day reads no month.
func TestOneLookAMorning(t *testing.T) {
	m := newMornings(t)
	m.attend("tumbes", "Renovado.")
	counted := &counting{Mornings: m.Store}
	w := &register.Reminder{Store: counted, Now: m.Now}
	for _, test := range []struct {
		at   time.Time
		want bool
	}{{october(1, 8, 29), true}, {october(1, 8, 30), true}, {october(1, 8, 31), false}, {october(1, 17, 0), false}, {october(3, 12, 0), false}, {october(5, 8, 30), true}} {
		m.SetTime(test.at)
		counted.months = 0
		if _, err := w.Write(t.Context()); err != nil || (counted.months > 0) != test.want {
			t.Errorf("at %s: %d months read, %v", test.at.Format("02/01 15:04"), counted.months, err)
		}
	}
}

// counting is a store that counts how many months are read.
type counting struct {
	register.Mornings
	months int
}

func (s *counting) Month(ctx context.Context, sede desk.SedeID, period string) (desk.Month, error) {
	s.months++
	return s.Mornings.Month(ctx, sede, period)
}
