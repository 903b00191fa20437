package absence_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/absence"
	"mesa/shared/calendar"
	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
	"mesa/shared/notify"
	"mesa/shared/work"
)

const (
	head  = desk.PersonID("jefa-ut-piura")
	helps = desk.PersonID("suplente-ut-piura")
	other = desk.PersonID("especialista-ut-piura")
)

// hall is a desk at 9:00 of Tuesday, 15 September 2026.
type hall struct {
	*desktest.Bench
	desk *absence.Desk
}

func newHall(t *testing.T) *hall {
	t.Helper()
	b := desktest.NewBench(t)
	return &hall{b, &absence.Desk{Store: b.Store, Now: b.Now}}
}

func typed(person desk.PersonID, from, until string) desk.Fields {
	return desk.Fields{"person": string(person), "from": from, "until": until, "reason": "vacaciones"}
}

func (h *hall) directory() *directory.Directory {
	h.T.Helper()
	s, err := h.Store.Directory(h.T.Context())
	if err != nil {
		h.T.Fatal(err)
	}
	return s.Directory
}

// current shows the absences of the head that are not over.
func (h *hall) current() []string {
	h.T.Helper()
	var list []string
	for _, s := range absence.Of(h.directory(), head, h.Time()) {
		list = append(list, string(s.Person)+" "+absence.Days(s.Period))
	}
	return list
}

func (h *hall) add(from, until string) {
	h.T.Helper()
	if err := h.desk.Add(h.T.Context(), head, typed(helps, from, until)); err != nil {
		h.T.Fatal(err)
	}
}

// R27: whoever is named decides from the first day to the last, as «X por Y».
func TestTheSubstituteDecidesInThoseDays(t *testing.T) {
	h := newHall(t)
	h.add("2026-09-16", "2026-09-18")
	asked := func() string {
		id := h.Open81()
		var names []string
		for _, a := range h.Load(id).Ticket.Asked {
			names = append(names, string(a.Person)+"/"+string(a.For))
		}
		h.Do("usuaria-ut-piura-1", desk.ActWithdraw, id)
		return strings.Join(names, " ")
	}
	both := "jefa-ut-piura/ suplente-ut-piura/jefa-ut-piura"
	for day, want := range map[int]string{0: "jefa-ut-piura/", 1: both, 3: both, 4: "jefa-ut-piura/"} {
		h.SetTime(desktest.Tuesday(9, 0).AddDate(0, 0, day))
		if got := asked(); got != want {
			t.Errorf("day %d: asked are %q, want %q", day, got, want)
		}
	}
}

func TestTheRecordSaysWhoseWordItIs(t *testing.T) {
	h := newHall(t)
	h.add("2026-09-16", "2026-09-18")
	got := absence.Of(h.directory(), head, h.Time())
	want := []directory.Substitute{{Person: helps, Principal: head, Basis: "Registrada por su titular en PAU el 15/09/2026 09:00: vacaciones",
		Period: directory.Period{From: calendar.Date{Year: 2026, Month: 9, Day: 16}, Until: calendar.Date{Year: 2026, Month: 9, Day: 18}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	h.add("2026-09-16", "2026-09-18") // the same form again
	if got := h.current(); len(got) != 1 {
		t.Errorf("sent twice it stands as %q", got)
	}
}

// letters are the mails that were ordered, as their readers see them.
func (h *hall) letters() []string {
	h.T.Helper()
	var list []string
	for shard := range deliver.Shards {
		due, err := h.Store.DueEffects(h.T.Context(), shard, h.Time(), 1000)
		if err != nil {
			h.T.Fatal(err)
		}
		for _, e := range due {
			if e.Mail != nil && e.Mail.Message == desk.MailStandIn {
				subject, _, err := notify.StoredCopy(*e.Mail, desk.PNAEQW())
				if err != nil {
					h.T.Fatal(err)
				}
				list = append(list, e.Mail.To+": "+subject)
			}
		}
	}
	slices.Sort(list)
	return list
}

// R9: nobody's session hands on a post unseen; whoever stands in knows it.
func TestBothAreToldOnce(t *testing.T) {
	h := newHall(t)
	h.add("2026-09-16", "2026-09-18")
	want := []string{"jefa-ut-piura@qw.gob.pe: Registramos su suplencia del 16/09/2026 al 18/09/2026: Suplente de la…",
		"suplente-ut-piura@qw.gob.pe: Usted suple del 16/09/2026 al 18/09/2026 a Jefa/e de la UT Piura"}
	if diff := cmp.Diff(want, h.letters()); diff != "" {
		t.Error(diff)
	}
	h.Advance(time.Minute)
	h.add("2026-09-16", "2026-09-18")
	if got := h.letters(); len(got) != 2 {
		t.Errorf("sent twice, %d mails: %q", len(got), got)
	}
	if err := h.desk.End(t.Context(), head, calendar.Date{Year: 2026, Month: 9, Day: 16}); err != nil {
		t.Fatal(err)
	}
	h.Advance(time.Minute)
	if h.add("2026-09-16", "2026-09-18"); len(h.letters()) != 4 {
		t.Errorf("taken back and entered anew: %q", h.letters())
	}
}

func TestWhatWouldMisleadIsRefused(t *testing.T) {
	tests := map[string]struct {
		typed       desk.Fields
		field, says string
	}{
		"nobody":                     {typed("", "2026-09-16", "2026-09-18"), "person", "Elija quién le suple."},
		"oneself":                    {typed(head, "2026-09-16", "2026-09-18"), "person", "una de las opciones"},
		"somebody of another unit":   {typed("usuaria-ut-tacna-1", "2026-09-16", "2026-09-18"), "person", "una de las opciones"},
		"somebody unknown":           {typed("nadie", "2026-09-16", "2026-09-18"), "person", "una de las opciones"},
		"yesterday":                  {typed(helps, "2026-09-14", "2026-09-18"), "from", "hoy o posterior"},
		"no day":                     {typed(helps, "", "2026-09-18"), "from", "Escriba desde qué día."},
		"no last day":                {typed(helps, "2026-09-16", ""), "until", "Escriba hasta qué día."},
		"no date":                    {typed(helps, "mañana", "2026-09-18"), "from", "día, mes y año"},
		"backwards":                  {typed(helps, "2026-09-18", "2026-09-17"), "until", "no puede ser anterior"},
		"over ninety days":           {typed(helps, "2026-09-16", "2026-12-15"), "until", "hasta 90 días"},
		"a day that is taken":        {typed(helps, "2026-10-15", "2026-10-20"), "from", "Ya tiene suplente del 01/10/2026 al 15/10/2026. Cambie esas fechas primero."},
		"somebody who is away too":   {typed("informatica-ut-piura", "2026-09-16", "2026-09-18"), "person", "también tiene suplente del 10/09/2026 al 20/09/2026"},
		"a reason that is a novel":   {desk.Fields{"person": string(helps), "from": "2026-09-16", "until": "2026-09-18", "reason": strings.Repeat("x", 81)}, "reason", "Acorte"},
		"a reason with line ends":    {desk.Fields{"person": string(helps), "from": "2026-09-16", "until": "2026-09-18", "reason": "x\x00y"}, "reason", "que no se ven"},
		"a field that is not theirs": {desk.Fields{"person": string(helps), "from": "2026-09-16", "until": "2026-09-18", "unit": "UTI"}, "unit", "no corresponde"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := newHall(t)
			h.add("2026-10-01", "2026-10-15")
			h.edit(func(r *directory.Records) {
				r.Substitutes = append(r.Substitutes, directory.Substitute{Person: other, Principal: "informatica-ut-piura",
					Period: directory.Period{From: calendar.Date{Year: 2026, Month: 9, Day: 10}, Until: calendar.Date{Year: 2026, Month: 9, Day: 20}}})
			})
			before := h.current()
			err := h.desk.Add(t.Context(), head, tt.typed)
			var p *desk.Problem
			if !errors.As(err, &p) || p.Code != desk.Invalid || len(p.Fields) != 1 || p.Fields[0].Field != tt.field || !strings.Contains(p.Fields[0].Text, tt.says) {
				t.Errorf("%v %+v, want %s: %s", err, p, tt.field, tt.says)
			}
			if diff := cmp.Diff(before, h.current()); diff != "" {
				t.Errorf("something was written: %s", diff)
			}
		})
	}
}

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

func TestEverythingWrongIsSaidAtOnce(t *testing.T) {
	err := newHall(t).desk.Add(t.Context(), head, desk.Fields{})
	var p *desk.Problem
	if !errors.As(err, &p) || len(p.Fields) != 3 {
		t.Errorf("%v %+v, want person, from and until", err, p)
	}
}

// Ninety days are enough for any leave; the last of them is allowed.
func TestNinetyDaysAreAllowed(t *testing.T) {
	h := newHall(t)
	h.add("2026-09-15", "2026-12-13")
	if got := h.current(); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

// Who only asks has nothing to hand on; who stands in hands on nothing that is not
// theirs; who administers would hand on the administration.
func TestWhoMayNameASubstitute(t *testing.T) {
	for who, may := range map[desk.PersonID]bool{head: true, other: true, "jefa-uti": true, "soporte-1": true, "especialista-mesa": true,
		"usuaria-ut-piura-1": false, "suplente-ut-cusco": false, "suplente-ut-moquegua": false, "admin": false, "nadie": false} {
		h := newHall(t)
		if got := absence.May(h.directory(), who, h.Time()) == ""; got != may {
			t.Errorf("%s may: %v, want %v", who, got, may)
		}
		err := h.desk.Add(t.Context(), who, typed(helps, "2026-09-16", "2026-09-18"))
		if forbidden := desk.CodeOf(err) == desk.Forbidden; forbidden == may {
			t.Errorf("%s: %v", who, err)
		}
	}
}

// Who stands in for another unit's post names nobody of that unit for their own.
func TestOnlyPeopleOfOnesOwnUnitStandIn(t *testing.T) {
	h := newHall(t)
	h.edit(func(r *directory.Records) {
		r.Substitutes = append(r.Substitutes, directory.Substitute{Person: other, Principal: "jefa-ut-tumbes"})
	})
	offered := ""
	for _, o := range absence.Fields(h.directory(), other, h.Time())[0].Options {
		offered += o.Value + " "
	}
	if !strings.Contains(offered, string(helps)) || strings.Contains(offered, "tumbes") {
		t.Errorf("offered are %s", offered)
	}
}

func TestOneIsTakenBack(t *testing.T) {
	day := func(m, d int) calendar.Date { return calendar.Date{Year: 2026, Month: time.Month(m), Day: d} }
	tests := map[string]struct {
		on   calendar.Date // today
		from calendar.Date
		want []string
		code desk.Code
	}{
		"before it begins it is removed":          {day(9, 15), day(9, 16), []string{"suplente-ut-piura del 01/10/2026 al 02/10/2026"}, ""},
		"on its first day too":                    {day(9, 16), day(9, 16), []string{"suplente-ut-piura del 01/10/2026 al 02/10/2026"}, ""},
		"under way it ends with yesterday":        {day(9, 17), day(9, 16), []string{"suplente-ut-piura del 01/10/2026 al 02/10/2026"}, ""},
		"one that is over is left as it was":      {day(9, 19), day(9, 16), []string{"suplente-ut-piura del 01/10/2026 al 02/10/2026"}, desk.NotFound},
		"one that never was is not found":         {day(9, 15), day(9, 20), []string{"suplente-ut-piura del 16/09/2026 al 18/09/2026", "suplente-ut-piura del 01/10/2026 al 02/10/2026"}, desk.NotFound},
		"the other is found by its own first day": {day(9, 15), day(10, 1), []string{"suplente-ut-piura del 16/09/2026 al 18/09/2026"}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := newHall(t)
			h.add("2026-09-16", "2026-09-18")
			h.add("2026-10-01", "2026-10-02")
			h.SetTime(tt.on.Start().Add(9 * time.Hour))
			if err := h.desk.End(t.Context(), head, tt.from); desk.CodeOf(err) != tt.code || (err != nil) != (tt.code != "") {
				t.Errorf("%v, want code %q", err, tt.code)
			}
			if diff := cmp.Diff(tt.want, h.current()); diff != "" {
				t.Error(diff)
			}
			if err := h.desk.End(t.Context(), other, day(10, 1)); desk.CodeOf(err) != desk.NotFound {
				t.Errorf("somebody else's: %v", err)
			}
		})
	}
}

// Days that were served stay in the directory: acts of that time name them.
func TestDaysThatWereServedStay(t *testing.T) {
	h := newHall(t)
	h.add("2026-09-16", "2026-09-18")
	h.SetTime(desktest.Tuesday(9, 0).AddDate(0, 0, 2))
	if err := h.desk.End(t.Context(), head, calendar.Date{Year: 2026, Month: 9, Day: 16}); err != nil {
		t.Fatal(err)
	}
	for _, s := range h.directory().Records().Substitutes {
		if s.Principal == head && s.From == (calendar.Date{Year: 2026, Month: 9, Day: 16}) {
			if s.Until != (calendar.Date{Year: 2026, Month: 9, Day: 16}) {
				t.Errorf("it ends %s, want the day before", s.Until)
			}
			return
		}
	}
	t.Error("it is gone")
}

// racing is a store in which somebody else writes first, some times.
type racing struct {
	*desktest.Store
	lost *int
	fail error
}

func (r racing) SaveDirectory(ctx context.Context, records directory.Records, revision int) error {
	if *r.lost > 0 {
		*r.lost--
		return r.fail
	}
	return r.Store.SaveDirectory(ctx, records, revision)
}

func TestADirectoryThatChangesMeanwhileIsReadAgain(t *testing.T) {
	gone := errors.New("table away")
	tests := map[string]struct {
		lost int
		fail error
		code desk.Code
		err  error
	}{
		"lost four times":  {4, work.ErrConflict, "", nil},
		"lost every time":  {5, work.ErrConflict, desk.Busy, nil},
		"the table failed": {1, gone, "", gone},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := newHall(t)
			h.desk.Store = racing{h.Store, &tt.lost, tt.fail}
			err := h.desk.Add(t.Context(), head, typed(helps, "2026-09-16", "2026-09-18"))
			if desk.CodeOf(err) != tt.code || tt.err != nil && !errors.Is(err, tt.err) {
				t.Errorf("%v", err)
			}
			if written := len(h.current()) == 1; written != (err == nil) {
				t.Errorf("written %v, error %v", written, err)
			}
		})
	}
}

func TestDaysAreWrittenAsInAMemorandum(t *testing.T) {
	a, b := calendar.Date{Year: 2026, Month: 10, Day: 1}, calendar.Date{Year: 2026, Month: 10, Day: 15}
	for want, p := range map[string]directory.Period{"del 01/10/2026 al 15/10/2026": {From: a, Until: b}, "desde el 01/10/2026": {From: a}, "hasta el 15/10/2026": {Until: b}, "sin fecha de término": {}} {
		if got := absence.Days(p); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
