package register_test

import (
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/register"
)

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
	_, _, err := h.registers.Sign(t.Context(), r)
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

// Each sees the months that are theirs to sign now, and no other.
func TestWhatAwaitsAPerson(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	awaiting := func(who desk.PersonID) string {
		list, err := h.registers.Awaiting(t.Context(), directoryOf(h), who)
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
