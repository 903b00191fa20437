package desk

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestASignOffStandsUntilTheMonthIsReopened(t *testing.T) {
	sign := func(n int, p Place) MonthAct { return MonthAct{N: n, Place: p, Rows: n} }
	reopen := func(n int) MonthAct { return MonthAct{N: n, Reason: "falta una fila"} }
	tests := []struct {
		name             string
		acts             []MonthAct
		specialist, head int // number of the act that stands, 0 for none
		reopened         int
	}{
		{"nobody signed", nil, 0, 0, 0},
		{"the specialist signed", []MonthAct{sign(1, PlaceSpecialist)}, 1, 0, 0},
		{"both signed", []MonthAct{sign(1, PlaceSpecialist), sign(2, PlaceHead)}, 1, 2, 0},
		{"a reopening voids both", []MonthAct{sign(1, PlaceSpecialist), sign(2, PlaceHead), reopen(3)}, 0, 0, 1},
		{"signed again", []MonthAct{sign(1, PlaceSpecialist), reopen(2), sign(3, PlaceSpecialist)}, 3, 0, 1},
		{"twice reopened", []MonthAct{sign(1, PlaceSpecialist), reopen(2), sign(3, PlaceSpecialist), sign(4, PlaceHead), reopen(5)}, 0, 0, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := Month{Acts: test.acts}
			for p, want := range map[Place]int{PlaceSpecialist: test.specialist, PlaceHead: test.head} {
				if got, ok := m.SignOff(p); got.N != want || ok != (want > 0) {
					t.Errorf("%s: act %d stands, %v, want %d", p, got.N, ok, want)
				}
			}
			if last, times := m.Reopened(); times != test.reopened || (last.Reason == "") != (times == 0) {
				t.Errorf("reopened %d times, last %+v", times, last)
			}
		})
	}
}

// The stored form is for ever.
func TestAMonthActIsStoredInTheFixedForm(t *testing.T) {
	act := MonthAct{N: 2, At: time.Date(2026, 10, 1, 14, 0, 0, 0, time.UTC), Actor: Actor{Person: "p", For: "q", Assurance: AssuredSession}, Channel: ChannelPortal,
		Place: PlaceHead, Unit: "UT-PIURA", Rows: 2, Seal: "ab", Marks: "AAAAAAAABBBBBBBB", Key: "k1", Reason: "apart"}
	got, err := json.Marshal(act)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"at":"2026-10-01T14:00:00Z","a":{"p":"p","for":"q","a":"session"},"c":"portal","p":"head","u":"UT-PIURA","n":2,"d":"ab","m":"AAAAAAAABBBBBBBB","k":"k1"}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("stored form (-want +got):\n%s", diff)
	}
}
