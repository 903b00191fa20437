package register_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
	"mesa/shared/register"
	"mesa/shared/work"
)

// hall is a desk with attentions, and its registers.
type hall struct {
	*desktest.Bench
	desk *register.Desk
}

const (
	tumbes     = desk.SedeID("UT-TUMBES")
	september  = "202609"
	specialist = desk.PersonID("especialista-ut-tumbes")
	head       = desk.PersonID("jefa-ut-tumbes")
)

func newHall(t *testing.T) *hall {
	t.Helper()
	b := desktest.NewBench(t)
	return &hall{b, &register.Desk{Store: b.Store, Now: b.Now}}
}

// attend opens and closes a case of a unit, which takes one row.
func (h *hall) attend(unit, solution string) desk.TicketID {
	h.T.Helper()
	who, by := desk.PersonID("usuaria-ut-"+unit+"-1"), desk.PersonID("especialista-ut-"+unit)
	id := h.Do(who, desk.ActOpen, "", "service", "apps-antivirus", "flow", "8.5", "subject", "Antivirus", "description", "Vencido.").After.Ticket.ID
	h.Do(by, desk.ActTake, id)
	h.Do(by, desk.ActClose, id, "solution", solution, "medium", "mail")
	return id
}

// on moves the clock to an hour of October.
func (h *hall) on(day, hour, minute int) {
	h.SetTime(time.Date(2026, 10, day, hour, minute, 0, 0, desk.Lima))
}

func (h *hall) read() register.Sheet {
	h.T.Helper()
	s, err := h.desk.Read(h.T.Context(), tumbes, september)
	if err != nil {
		h.T.Fatal(err)
	}
	return s
}

// request is what a person who has just read the month asks for.
func (h *hall) request(who desk.PersonID, place desk.Place) register.Request {
	h.T.Helper()
	return register.Request{Sede: tumbes, Period: september, Place: place, Seal: h.read().Seal, Actor: desk.Actor{Person: who, Assurance: desk.AssuredSession}, Channel: desk.ChannelPortal}
}

func (h *hall) sign(who desk.PersonID, place desk.Place) (register.Sheet, error) {
	h.T.Helper()
	s, _, err := h.desk.Sign(h.T.Context(), h.request(who, place))
	return s, err
}

func (h *hall) mustSign(who desk.PersonID, place desk.Place) register.Sheet {
	h.T.Helper()
	s, err := h.sign(who, place)
	if err != nil {
		h.T.Fatalf("%s signs as %s: %v", who, place, err)
	}
	return s
}

func (h *hall) reopen(who desk.PersonID, reason string) error {
	h.T.Helper()
	r := h.request(who, "")
	r.Reason = reason
	_, _, err := h.desk.Reopen(h.T.Context(), r)
	return err
}

// substitute enters who stands in for somebody, from the first of October on.
func (h *hall) directory(change func(*directory.Records)) {
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

// wantProblem fails unless err is a problem of that code whose sentence holds a text.
func wantProblem(t *testing.T, err error, code desk.Code, text string) {
	t.Helper()
	p, ok := errors.AsType[*desk.Problem](err)
	if !ok || p.Code != code || !strings.Contains(p.Text+" "+fieldTexts(p), text) {
		t.Errorf("got %v, want %s with %q", err, code, text)
	}
}

func fieldTexts(p *desk.Problem) string {
	var all string
	for _, f := range p.Fields {
		all += f.Field + ": " + f.Text + " "
	}
	return all
}

// The way of a month: it ends, the specialist signs, the head signs, and each act is
// kept with who, when, how many rows and their digest (R135).
func TestAMonthIsSignedByTheSpecialistAndThenByTheHead(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.attend("tumbes", "Reinstalado.")
	h.on(1, 9, 12)
	before := h.read()
	if p, ok := before.Awaited(); p != desk.PlaceSpecialist || !ok {
		t.Errorf("awaits %q, %v", p, ok)
	}
	h.mustSign(specialist, desk.PlaceSpecialist)
	h.on(2, 10, 0)
	after := h.mustSign(head, desk.PlaceHead)
	for place, want := range map[desk.Place]desk.MonthAct{
		desk.PlaceSpecialist: {N: 1, At: time.Date(2026, 10, 1, 14, 12, 0, 0, time.UTC), Actor: desk.Actor{Person: specialist, Assurance: desk.AssuredSession}},
		desk.PlaceHead:       {N: 2, At: time.Date(2026, 10, 2, 15, 0, 0, 0, time.UTC), Actor: desk.Actor{Person: head, Assurance: desk.AssuredSession}},
	} {
		want.Channel, want.Place, want.Unit, want.Rows, want.Seal = desk.ChannelPortal, place, "UT-TUMBES", 2, before.Seal
		got, ok := h.read().Month.SignOff(place)
		if len(got.Marks) != 16 || !ok {
			t.Errorf("%s: marks %q, %v", place, got.Marks, ok)
		}
		got.Marks = ""
		if got != want {
			t.Errorf("%s signed as %+v, want %+v", place, got, want)
		}
	}
	if p, ok := after.Awaited(); ok {
		t.Errorf("still awaits %q", p)
	}
	for _, r := range h.read().Rows {
		if r.Change.Changed() {
			t.Errorf("row %d, untouched, counts as changed: %+v", r.N, r.Change)
		}
	}
}

func TestWhoMayNotSignHearsWhy(t *testing.T) {
	tests := []struct {
		name  string
		ready func(h *hall)
		who   desk.PersonID
		place desk.Place
		code  desk.Code
		says  string
	}{
		{"a place that is none", nil, specialist, "both", desk.Invalid, "place: Indique qué V°B° da"},
		{"a user of the sede", nil, "usuaria-ut-tumbes-1", desk.PlaceSpecialist, desk.Forbidden, "Puede darlo: Especialista informático de la UT Tumbes."},
		{"the specialist of another sede", nil, "especialista-ut-ica", desk.PlaceSpecialist, desk.Forbidden, "no le corresponde"},
		{"the specialist of mesa de ayuda, where the sede has its own", nil, "especialista-mesa", desk.PlaceSpecialist, desk.Forbidden, "no le corresponde"},
		{"who only attends there", nil, "informatica-ut-tumbes", desk.PlaceSpecialist, desk.Forbidden, "no le corresponde"},
		{"the head before the specialist", nil, head, desk.PlaceHead, desk.Refused, "Primero da su V°B° la/el especialista: Especialista informático de la UT Tumbes."},
		{"the head of another unit", func(h *hall) { h.mustSign(specialist, desk.PlaceSpecialist) }, "jefa-ut-ica", desk.PlaceHead, desk.Forbidden, "Puede darlo: Jefa/e de la UT Tumbes."},
		{"the superior while the post is held", func(h *hall) { h.mustSign(specialist, desk.PlaceSpecialist) }, "jefa-supervision", desk.PlaceHead, desk.Forbidden, "no le corresponde"},
		{"the head as specialist", nil, head, desk.PlaceSpecialist, desk.Forbidden, "no le corresponde"},
		{"a place that is signed", func(h *hall) { h.mustSign(specialist, desk.PlaceSpecialist) }, specialist, desk.PlaceSpecialist, desk.Refused, "ya está dado: Especialista informático de la UT Tumbes, 01/10/2026 09:00"},
		{"a month that goes on", func(h *hall) { h.SetTime(time.Date(2026, 9, 30, 23, 59, 59, 0, desk.Lima)) }, specialist, desk.PlaceSpecialist, desk.Refused, "se da desde el 01/10/2026"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := newHall(t)
			h.attend("tumbes", "Renovado.")
			h.on(1, 9, 0)
			if test.ready != nil {
				test.ready(h)
			}
			acts := len(h.read().Month.Acts)
			_, err := h.sign(test.who, test.place)
			wantProblem(t, err, test.code, test.says)
			if got := len(h.read().Month.Acts); got != acts {
				t.Errorf("%d acts after a refusal, want %d", got, acts)
			}
		})
	}
	h := newHall(t)
	h.on(1, 9, 0)
	_, err := h.sign(specialist, desk.PlaceSpecialist)
	wantProblem(t, err, desk.Refused, "No hay atenciones en este mes")
}

// Everybody signs what they saw: a row closed again meanwhile sends back to reading.
func TestNobodySignsRowsThatTheyDidNotSee(t *testing.T) {
	h := newHall(t)
	id := h.attend("tumbes", "Renovado.")
	h.on(1, 9, 0)
	r := h.request(specialist, desk.PlaceSpecialist)
	h.Do("usuaria-ut-tumbes-1", desk.ActReopen, id, "message", "Sigue igual.")
	_, _, err := h.desk.Sign(t.Context(), r)
	wantProblem(t, err, desk.Stale, "cambió después de que usted lo abrió")
	h.mustSign(specialist, desk.PlaceSpecialist)
}

// Who stands in signs in their own name, for the holder (R27); the holder keeps the
// right. A vacant post is signed for by the superior.
func TestSubstitutesSignForWhomTheyStandIn(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.directory(func(r *directory.Records) {
		r.Substitutes = append(r.Substitutes, directory.Substitute{Person: "informatica-ut-tumbes", Principal: specialist}, directory.Substitute{Person: "suplente-ut-tumbes", Principal: head})
	})
	h.on(1, 9, 0)
	h.mustSign("informatica-ut-tumbes", desk.PlaceSpecialist)
	h.mustSign("suplente-ut-tumbes", desk.PlaceHead)
	m := h.read().Month
	first, _ := m.SignOff(desk.PlaceSpecialist)
	second, _ := m.SignOff(desk.PlaceHead)
	if first.Actor.For != specialist || second.Actor.For != head {
		t.Errorf("signed for %q and %q", first.Actor.For, second.Actor.For)
	}
}

func TestAVacantPostIsSignedForByTheSuperior(t *testing.T) {
	h := newHall(t)
	h.directory(func(r *directory.Records) {
		for i := range r.Heads {
			if r.Heads[i].Unit == "UT-TUMBES" {
				r.Heads = append(r.Heads[:i], r.Heads[i+1:]...)
				break
			}
		}
		for i := range r.Substitutes {
			if r.Substitutes[i].Principal == head {
				r.Substitutes = append(r.Substitutes[:i], r.Substitutes[i+1:]...)
				break
			}
		}
	})
	h.attend("tumbes", "Renovado.")
	h.on(1, 9, 0)
	h.mustSign(specialist, desk.PlaceSpecialist)
	_, err := h.sign(head, desk.PlaceHead)
	wantProblem(t, err, desk.Forbidden, "no le corresponde")
	h.mustSign("jefa-supervision", desk.PlaceHead)
	if a, _ := h.read().Month.SignOff(desk.PlaceHead); a.Unit != "SUPERVISION" {
		t.Errorf("signed by the post of %q", a.Unit)
	}
	if d := h.read(); !register.Signs(directoryOf(h), d.Sede, "jefa-supervision", h.Time()) {
		t.Error("the superior may sign and not read")
	}
}

func directoryOf(h *hall) *directory.Directory {
	h.T.Helper()
	s, err := h.Store.Directory(h.T.Context())
	if err != nil {
		h.T.Fatal(err)
	}
	return s.Directory
}

// The specialist who stands in for the head does not give both.
func TestNobodySignsBothPlaces(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.directory(func(r *directory.Records) {
		r.Substitutes = append(r.Substitutes, directory.Substitute{Person: specialist, Principal: head})
	})
	h.on(1, 9, 0)
	h.mustSign(specialist, desk.PlaceSpecialist)
	_, err := h.sign(specialist, desk.PlaceHead)
	wantProblem(t, err, desk.Forbidden, "la misma persona no da los dos")
	h.mustSign(head, desk.PlaceHead)
}

// At headquarters the specialist of mesa de ayuda signs, then the Jefatura of the UTI.
func TestTheRegisterOfHeadquarters(t *testing.T) {
	h := newHall(t)
	d := directoryOf(h)
	for place, want := range map[desk.Place]string{desk.PlaceSpecialist: "especialista-mesa", desk.PlaceHead: "jefa-uti"} {
		if got := people(register.Signers(d, "SC", place, "", h.Time())); got != want {
			t.Errorf("%s of headquarters: %s, want %s", place, got, want)
		}
	}
	h.directory(func(r *directory.Records) {
		for i := range r.People {
			if r.People[i].ID == specialist {
				r.People[i].Disabled = true
			}
		}
	})
	if got := people(register.Signers(directoryOf(h), tumbes, desk.PlaceSpecialist, "", h.Time())); got != "especialista-mesa" {
		t.Errorf("a sede without its own specialist is signed for by %q", got)
	}
}

func people(list []register.Signer) string {
	var names []string
	for _, s := range list {
		names = append(names, string(s.Person))
	}
	return strings.Join(names, " ")
}

// A row that is written again, or whose state moves, is marked with the day on which
// that happened; the V°B° stay.
func TestALaterEditIsVisible(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	id := h.attend("tumbes", "Reinstalado.")
	h.on(1, 9, 0)
	h.mustSign(specialist, desk.PlaceSpecialist)
	h.on(2, 9, 0)
	h.Do("usuaria-ut-tumbes-1", desk.ActReopen, id, "message", "Sigue igual.")
	changed := func() map[int]register.Change {
		found := map[int]register.Change{}
		for _, r := range h.read().Rows {
			if r.Change.Changed() {
				found[r.N] = r.Change
			}
		}
		return found
	}
	if got := changed(); len(got) != 1 || !got[2].At.Equal(h.Time()) || got[2].Since.Place != desk.PlaceSpecialist || got[2].Added {
		t.Errorf("reopened: changed %+v", got)
	}
	if diff := cmp.Diff([]register.Difference{{Column: "Estado", Before: "Atendido", After: "En Progreso"}}, h.read().Rows[1].Differences()); diff != "" {
		t.Errorf("reopened (-want +got):\n%s", diff)
	}
	h.on(5, 9, 0)
	h.Do(specialist, desk.ActClose, id, "solution", "Ahora sí.", "medium", "mail")
	if diff := cmp.Diff([]register.Difference{{Column: "Descripción de la solución", Before: "Reinstalado.", After: "Ahora sí."}}, h.read().Rows[1].Differences()); diff != "" {
		t.Errorf("closed again (-want +got):\n%s", diff)
	}
	if list := h.read().Rows[0].Differences(); list != nil {
		t.Errorf("of a row as it was: %+v", list)
	}
	if got := changed(); len(got) != 1 || !got[2].At.Equal(h.Time()) {
		t.Errorf("closed again: changed %+v", got)
	}
	h.mustSign(head, desk.PlaceHead)
	if got := changed(); len(got) != 1 || got[2].Since.Place != desk.PlaceSpecialist {
		t.Errorf("the head signed it as it is, the specialist did not: %+v", got)
	}
	if err := h.reopen(specialist, "La fila 2 cambió."); err != nil {
		t.Fatal(err)
	}
	if got := changed(); len(got) != 0 {
		t.Errorf("nothing is signed, yet changed: %+v", got)
	}
}

// What is printed of a row is what its digest is over, each column.
func TestEveryColumnCounts(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.on(1, 9, 0)
	h.mustSign(specialist, desk.PlaceSpecialist)
	row := h.read().Rows[0].Row
	for name, edit := range map[string]func(*desk.Row){
		"number": func(r *desk.Row) { r.Number = "2026-999999" }, "date": func(r *desk.Row) { r.At = r.At.AddDate(0, 0, 1) }, "sede": func(r *desk.Row) { r.SedeName = "x" },
		"requester": func(r *desk.Row) { r.Requester = "x" }, "area": func(r *desk.Row) { r.Area = "x" }, "description": func(r *desk.Row) { r.Description = "x" },
		"solution": func(r *desk.Row) { r.Solution = "x" }, "typology": func(r *desk.Row) { r.Typology = "x" }, "state": func(r *desk.Row) { r.State = "x" }, "staff": func(r *desk.Row) { r.Staff = "x" },
		"a border": func(r *desk.Row) { r.Typology, r.Solution = "", r.Solution+r.Typology },
		"none":     func(*desk.Row) {},
	} {
		edited := row
		edit(&edited)
		s, err := (&register.Desk{Store: &oneRow{h.Store, edited}, Now: h.Now}).Read(t.Context(), tumbes, september)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Rows[0].Change.Changed(); got != (name != "none") {
			t.Errorf("%s edited: changed %v", name, got)
		}
		if same := s.Seal == h.read().Seal; same != (name == "none") {
			t.Errorf("%s edited: same seal %v", name, same)
		}
	}
	second := row
	second.N = 2
	s, err := (&register.Desk{Store: &oneRow{h.Store, second}, Now: h.Now}).Read(t.Context(), tumbes, september)
	if err != nil || !s.Rows[0].Change.Added {
		t.Errorf("a row that was not there: %+v, %v", s.Rows, err)
	}
}

// oneRow is a store whose register has one row.
type oneRow struct {
	register.Store
	row desk.Row
}

func (s *oneRow) Register(context.Context, desk.SedeID, string) ([]desk.Row, error) {
	return []desk.Row{s.row}, nil
}

func TestReopeningTakesAReasonAndVoidsBoth(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.on(1, 9, 0)
	wantProblem(t, h.reopen(specialist, "Falta."), desk.Refused, "no tiene V°B°")
	h.mustSign(specialist, desk.PlaceSpecialist)
	h.mustSign(head, desk.PlaceHead)
	wantProblem(t, h.reopen(head, " \n"), desk.Invalid, "reason: Escriba por qué reabre el mes.")
	wantProblem(t, h.reopen(head, strings.Repeat("ñ", register.MaxReason+1)), desk.Invalid, "reason: Escriba hasta 500 caracteres.")
	wantProblem(t, h.reopen("usuaria-ut-tumbes-1", "Falta."), desk.Forbidden, "Reabre un mes quien puede dar")
	if err := h.reopen(head, " Falta la fila 2. "); err != nil {
		t.Fatal(err)
	}
	m := h.read().Month
	last, times := m.Reopened()
	if len(m.Acts) != 3 || times != 1 || last.Reason != "Falta la fila 2." || last.Actor.Person != head || last.N != 3 {
		t.Errorf("kept %+v", m.Acts)
	}
	if p, ok := h.read().Awaited(); p != desk.PlaceSpecialist || !ok {
		t.Errorf("awaits %q, %v", p, ok)
	}
	h.mustSign(specialist, desk.PlaceSpecialist)
	h.mustSign(head, desk.PlaceHead)
	if err := h.reopen(specialist, "Otra vez."); err != nil {
		t.Errorf("reopened again: %v", err)
	}
}

// The same request sent twice is one act; its key with another wish is refused.
func TestARequestSentTwiceIsDoneOnce(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.on(1, 9, 0)
	r := h.request(specialist, desk.PlaceSpecialist)
	r.Key = "k1"
	for n := range 2 {
		s, again, err := h.desk.Sign(t.Context(), r)
		if err != nil || again != (n == 1) || len(s.Month.Acts) != 1 {
			t.Errorf("time %d: again %v, %d acts, %v", n+1, again, len(s.Month.Acts), err)
		}
	}
	other := r
	other.Place = desk.PlaceHead
	_, _, err := h.desk.Sign(t.Context(), other)
	wantProblem(t, err, desk.Repeated, "ya se usó")
	r.Reason = "Falta."
	_, _, err = h.desk.Reopen(t.Context(), r)
	wantProblem(t, err, desk.Repeated, "ya se usó")
	r.Key = "k2"
	for n := range 2 {
		if _, again, err := h.desk.Reopen(t.Context(), r); err != nil || again != (n == 1) {
			t.Errorf("reopening %d: again %v, %v", n+1, again, err)
		}
	}
	stranger := h.request(head, desk.PlaceHead)
	stranger.Key = "k1" // of somebody else
	_, again, err := h.desk.Sign(t.Context(), stranger)
	wantProblem(t, err, desk.Refused, "Primero da su V°B°")
	if again {
		t.Error("a key of another person answered")
	}
}

// gate lets its callers write only when all of them have read.
type gate struct {
	register.Store
	left  atomic.Int32
	ready chan struct{}
}

func (g *gate) AddMonthAct(ctx context.Context, sede desk.SedeID, period string, a desk.MonthAct, checks []work.RightsCheck, mails []desk.Effect) error {
	if g.left.Add(-1) == 0 {
		close(g.ready)
	}
	<-g.ready
	return g.Store.AddMonthAct(ctx, sede, period, a, checks, mails)
}

// Two who sign one place at once: one signs, the other hears who did.
func TestTwoSignAtOnceAndOneDoes(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.directory(func(r *directory.Records) {
		r.Substitutes = append(r.Substitutes, directory.Substitute{Person: "informatica-ut-tumbes", Principal: specialist})
	})
	h.on(1, 9, 0)
	g := &gate{Store: h.Store, ready: make(chan struct{})}
	g.left.Store(2)
	both := &register.Desk{Store: g, Now: h.Now}
	errs := make([]error, 2)
	var wait sync.WaitGroup
	for i, who := range []desk.PersonID{specialist, "informatica-ut-tumbes"} {
		r := h.request(who, desk.PlaceSpecialist)
		wait.Go(func() { _, _, errs[i] = both.Sign(t.Context(), r) })
	}
	wait.Wait()
	lost := errs[0]
	if lost == nil {
		lost = errs[1]
	}
	wantProblem(t, lost, desk.Refused, "ya está dado")
	if acts := h.read().Month.Acts; len(acts) != 1 || (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("acts %+v after %v", acts, errs)
	}
}

// A right that is taken away between reading and writing does not sign.
func TestARightLostMeanwhileDoesNotSign(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.on(1, 9, 0)
	r := h.request(specialist, desk.PlaceSpecialist)
	lose := sync.OnceFunc(func() {
		h.directory(func(r *directory.Records) {
			for i := range r.People {
				if r.People[i].ID == specialist {
					r.People[i].Roles = nil
				}
			}
		})
	})
	_, _, err := (&register.Desk{Store: &meanwhile{h.Store, lose}, Now: h.Now}).Sign(t.Context(), r)
	wantProblem(t, err, desk.Forbidden, "no le corresponde")
	if acts := h.read().Month.Acts; len(acts) != 0 {
		t.Errorf("acts %+v", acts)
	}
}

// meanwhile is a store before whose write something happens.
type meanwhile struct {
	register.Store
	happen func()
}

func (m *meanwhile) AddMonthAct(ctx context.Context, sede desk.SedeID, period string, a desk.MonthAct, checks []work.RightsCheck, mails []desk.Effect) error {
	m.happen()
	return m.Store.AddMonthAct(ctx, sede, period, a, checks, mails)
}

func TestAMonthThatNeverComesFreeIsBusy(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.on(1, 9, 0)
	tries := 0
	busy := &register.Desk{Store: &refusing{h.Store, func() error { tries++; return work.ErrConflict }}, Now: h.Now}
	_, _, err := busy.Sign(t.Context(), h.request(specialist, desk.PlaceSpecialist))
	wantProblem(t, err, desk.Busy, "Intente otra vez")
	if tries != 5 {
		t.Errorf("%d tries", tries)
	}
	gone := errors.New("table away")
	away := &register.Desk{Store: &refusing{h.Store, func() error { return gone }}, Now: h.Now}
	if _, _, err := away.Sign(t.Context(), h.request(specialist, desk.PlaceSpecialist)); !errors.Is(err, gone) {
		t.Errorf("got %v, want that the table is away", err)
	}
}

// refusing is a store that writes no act.
type refusing struct {
	register.Store
	say func() error
}

func (s *refusing) AddMonthAct(context.Context, desk.SedeID, string, desk.MonthAct, []work.RightsCheck, []desk.Effect) error {
	return s.say()
}

// Each sees the months that are theirs to sign now, and no other.
func TestWhatAwaitsAPerson(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	awaiting := func(who desk.PersonID) string {
		list, err := h.desk.Awaiting(t.Context(), directoryOf(h), who)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, s := range list {
			all = append(all, string(s.Sede)+" "+s.Period)
		}
		return strings.Join(all, ", ")
	}
	want := func(when, ofSpecialist, ofHead string) {
		t.Helper()
		if a, b := awaiting(specialist), awaiting(head); a != ofSpecialist || b != ofHead || awaiting("especialista-ut-ica") != "" {
			t.Errorf("%s: %q and %q, want %q and %q", when, a, b, ofSpecialist, ofHead)
		}
	}
	want("the month goes on", "", "")
	h.on(1, 9, 0)
	want("it ended", "UT-TUMBES 202609", "")
	h.attend("tumbes", "Otra vez.")
	h.SetTime(time.Date(2026, 11, 2, 9, 0, 0, 0, desk.Lima))
	want("two ended", "UT-TUMBES 202609, UT-TUMBES 202610", "")
	h.mustSign(specialist, desk.PlaceSpecialist)
	want("the specialist signed", "UT-TUMBES 202610", "UT-TUMBES 202609")
	h.mustSign(head, desk.PlaceHead)
	want("both signed", "UT-TUMBES 202610", "")
}
