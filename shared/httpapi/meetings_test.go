package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// form88 is Anexo 02 of two dates, as the intranet form sends it.
const form88 = `{"service":"meetings","subject":"Coordinación del reparto","in_charge":"Usuaria/o 1","description":"Ver el reparto de alimentos","phone":"anexo 1234",
"schedule":[{"date":"2026-09-17","from":"09:00","to":"11:00","remarks":"Con proyector"},{"date":"2026-09-18","from":"15:00","to":"16:00"}],
"place":"other","recording":"yes","streaming":"no","participants":[{"who":"Jefatura","part":"required"},{"who":"Almacén","part":"guest"}]}`

func change88(old, with string) string { return strings.Replace(form88, old, with, 1) }

// Every field of Anexo 02, wrong in every way: the place in the body and what to do.
func TestBadAnexo02NamesEachPlace(t *testing.T) {
	long := strings.Repeat("x", 121)
	tests := []struct {
		name, body string
		want       []string
	}{
		{"nothing of Anexo 02", `{"service":"meetings","subject":"x"}`, []string{"#/in_charge", "#/description", "#/schedule", "#/place", "#/recording", "#/streaming", "#/participants", "#/phone"}},
		{"an empty list of dates", change88(`[{"date":"2026-09-17","from":"09:00","to":"11:00","remarks":"Con proyector"},{"date":"2026-09-18","from":"15:00","to":"16:00"}]`, `[]`), []string{"#/schedule"}},
		{"dates as a text", change88(`[{"date":"2026-09-17","from":"09:00","to":"11:00","remarks":"Con proyector"},{"date":"2026-09-18","from":"15:00","to":"16:00"}]`, `"mañana"`), []string{"#/schedule"}},
		{"a row that is none", change88(`{"date":"2026-09-18","from":"15:00","to":"16:00"}`, `7`), []string{"#/schedule/1"}},
		{"a row that is none before one that is wrong", change88(`[{"date":"2026-09-17","from":"09:00","to":"11:00","remarks":"Con proyector"},{"date":"2026-09-18"`, `[7,{"date":9`), []string{"#/schedule/0", "#/schedule/1/date"}},
		{"a past date", change88("2026-09-17", "2026-09-14"), []string{"#/schedule/0/date"}},
		{"a date that does not exist", change88("2026-09-18", "2026-02-30"), []string{"#/schedule/1/date"}},
		{"a date as people write it", change88("2026-09-18", "18/09/2026"), []string{"#/schedule/1/date"}},
		{"an end before its start", change88("11:00", "08:00"), []string{"#/schedule/0/to"}},
		{"an hour that does not exist", change88("09:00", "24:30"), []string{"#/schedule/0/from"}},
		{"a number for an hour", change88(`"from":"09:00"`, `"from":9`), []string{"#/schedule/0/from"}},
		{"a column that does not exist", change88(`"remarks":`, `"notes":`), []string{"#/schedule/0/notes"}},
		{"remarks too long", change88("Con proyector", long), []string{"#/schedule/0/remarks"}},
		{"an hour missing", change88(`,"to":"16:00"`, ``), []string{"#/schedule/1/to"}},
		{"thirteen dates", change88(`[{"date":"2026-09-17"`, `[`+strings.Repeat(`{"date":"2026-09-17","from":"09:00","to":"10:00"},`, 11)+`{"date":"2026-09-17"`), []string{"#/schedule"}},
		{"the multi-use room without the box", change88(`"other"`, `"multiuse"`), []string{"#/multiuse"}},
		{"a box that is a text", change88(`"place"`, `"multiuse":"si","place"`), []string{"#/multiuse"}},
		{"a room that is none", change88(`"other"`, `"azotea"`), []string{"#/place"}},
		{"neither yes nor no", change88(`"recording":"yes"`, `"recording":"maybe"`), []string{"#/recording"}},
		{"streaming as a box", change88(`"streaming":"no"`, `"streaming":false`), []string{"#/streaming"}},
		{"a participant without condition", change88(`,"part":"guest"`, ``), []string{"#/participants/1/part"}},
		{"a condition that is none", change88(`"guest"`, `"boss"`), []string{"#/participants/1/part"}},
		{"a participant of control characters", change88("Almacén", `a\u0000`), []string{"#/participants/1/who"}},
		{"somebody in charge too long", change88("Usuaria/o 1", long), []string{"#/in_charge"}},
		{"a form of tomorrow", change88(`"place"`, `"form_date":"2026-09-16","place"`), []string{"#/form_date"}},
		{"no telephone", change88("anexo 1234", " "), []string{"#/phone"}},
		{"a flat name of the rules", change88(`"place"`, `"schedule.1.date":"2026-09-17","place"`), []string{"#/schedule.1.date"}},
	}
	f := newFixture(t)
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := f.post(t, requester, fmt.Sprint("clave-", i), test.body)
			p := problemIn(t, r)
			if r.status != http.StatusBadRequest || p.Code != "invalid" {
				t.Fatalf("%d %s", r.status, r.body)
			}
			if diff := cmp.Diff(test.want, p.places()); diff != "" {
				t.Errorf("places (-want +got):\n%s", diff)
			}
		})
	}
	if r := f.get(t, requester, "/v1/tickets?requester=me"); r.body != `{"items":[]}` {
		t.Errorf("a form with mistakes left something: %s", r.body)
	}
}

// held88 is such a request in the hands of support.
func held88(t *testing.T) (*fixture, string) {
	t.Helper()
	f := newFixture(t)
	number := f.mustOpen(t, requester, "k", form88).Number
	f.mustAct(t, assigner, number, `{"act":"assign","version":1,"fields":{"person":"soporte-1"}}`)
	f.mustAct(t, support, number, `{"act":"take","version":2}`)
	return f, number
}

const book88 = `{"act":"book-room","version":3,"fields":{"row":"1","room":"sala-1","link":"https://reuniones.example.pe/1","pin":"4321","share_pin":true,"records":"yes"}}`

func TestRoomIsBookedByTheAPI(t *testing.T) {
	f, number := held88(t)
	f.mustAct(t, support, number, book88)
	var d struct {
		Meetings []struct {
			Row        int
			State      struct{ Code string }
			StartsAt   string
			Room       struct{ Name string }
			Recordable bool
		}
		Acts []struct {
			Act    string
			Fields []struct {
				Name    string
				Kind    string
				Options []struct{ Value, Label string }
			}
		}
	}
	r := f.get(t, support, "/v1/tickets/"+number)
	r.into(t, &d)
	if len(d.Meetings) != 2 || d.Meetings[0].State.Code != "booked" || d.Meetings[0].Room.Name != "Sala de reuniones 1" || !d.Meetings[0].Recordable || d.Meetings[1].Recordable || d.Meetings[1].State.Code != "requested" || d.Meetings[0].StartsAt != "2026-09-17T14:00:00Z" {
		t.Errorf("meetings %+v", d.Meetings)
	}
	if strings.Contains(r.body, "4321") || !strings.Contains(r.body, `"pin":"*****"`) {
		t.Errorf("the PIN is not masked: %s", r.body)
	}
	for _, a := range d.Acts {
		if a.Act == "show-pin" {
			t.Error("the API offers to show the PIN")
		}
		if a.Act == "book-room" && (a.Fields[0].Options[0].Label != "02: 18/09/2026 de 15:00 a 16:00" || len(a.Fields[1].Options) < 4) {
			t.Errorf("options %+v", a.Fields[:2])
		}
	}
	if r := f.act(t, support, number, `{"act":"show-pin","fields":{"row":"1"}}`); r.status != http.StatusBadRequest {
		t.Errorf("show-pin by the API: %d %s", r.status, r.body)
	}
}

func TestOccupiedRoomIsAConflictWithFreeSlots(t *testing.T) {
	f, number := held88(t)
	f.mustAct(t, support, number, book88)
	second := f.mustOpen(t, other, "k2", form88).Number
	f.mustAct(t, assigner, second, `{"act":"assign","version":1,"fields":{"person":"soporte-1"}}`)
	f.mustAct(t, support, second, `{"act":"take","version":2}`)
	r := f.act(t, support, second, book88)
	p := problemIn(t, r)
	if r.status != http.StatusConflict || p.Detail != "La sala se ocupó mientras elegía. Libres cerca: 11:00, 11:30, 12:00." || p.Clause != "8.8.3, R129" {
		t.Errorf("%d %s", r.status, r.body)
	}
	r = f.act(t, support, second, strings.Replace(book88, `"https://reuniones.example.pe/1"`, `"javascript:alert(1)"`, 1))
	if p := problemIn(t, r); r.status != http.StatusBadRequest || p.places()[0] != "#/fields/link" {
		t.Errorf("%d %s", r.status, r.body)
	}
}

// What a mail left out is completed with the lists of the form.
func TestTablesOfAnActAreLists(t *testing.T) {
	f, number := held88(t)
	r := f.act(t, support, number, `{"act":"provide-data","fields":{"schedule":[{"date":"2026-09-17","from":"09:00","to":"08:00"}]}}`)
	if r.status != http.StatusConflict { // nothing is missing
		t.Errorf("%d %s", r.status, r.body)
	}
	r = f.act(t, support, number, `{"act":"note","fields":{"message":[{"a":"b"}]}}`)
	if p := problemIn(t, r); r.status != http.StatusBadRequest || p.places()[0] != "#/fields/message" {
		t.Errorf("%d %s", r.status, r.body)
	}
}
