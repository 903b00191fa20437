package work_test

import (
	"context"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/desktest"
)

// Whoever tries what is not theirs leaves a trace, once and with ids only; who
// does what they may, or comes too late, leaves none.
func TestWhoIsDeniedLeavesATrace(t *testing.T) {
	type trace struct {
		person desk.PersonID
		act    desk.ActKind
		code   desk.Code
	}
	tests := map[string]struct {
		who    desk.PersonID
		act    desk.ActKind
		fields []string
		want   []trace
	}{
		"somebody who may read but not decide": {"especialista-mesa", desk.ActApprove, nil, []trace{{"especialista-mesa", desk.ActApprove, desk.Forbidden}}},
		"the requester, deciding for herself":  {"usuaria-ut-piura-1", desk.ActApprove, nil, []trace{{"usuaria-ut-piura-1", desk.ActApprove, desk.Forbidden}}},
		"a stranger to the case":               {"usuaria-ut-cusco-1", desk.ActComment, []string{"message", "x"}, []trace{{"usuaria-ut-cusco-1", desk.ActComment, desk.NotFound}}},
		"nobody who may":                       {"jefa-ut-piura", desk.ActApprove, nil, nil},
		"nobody who forgot a field":            {"jefa-ut-piura", desk.ActReject, nil, nil},
		"nobody whose step is not foreseen":    {"jefa-ut-piura", desk.ActDiagnose, nil, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			b := desktest.NewBench(t)
			id := b.Open81()
			var got []trace
			b.Road.Denied = func(_ context.Context, act desk.Act, why *desk.Problem) {
				if act.Ticket != id || why.Text == "" {
					t.Errorf("trace of %+v: %+v", act, why)
				}
				got = append(got, trace{act.Actor.Person, act.Kind, why.Code})
			}
			_, err := b.Road.Perform(t.Context(), b.Act(tt.who, tt.act, id, tt.fields...))
			if len(got) != len(tt.want) || len(got) > 0 && got[0] != tt.want[0] {
				t.Errorf("traces %v, want %v (%v)", got, tt.want, err)
			}
		})
	}
}

// Reading leaves the same trace as acting.
func TestWhoReadsWhatIsNotTheirsLeavesATrace(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open81()
	var seen []desk.PersonID
	b.Road.Denied = func(_ context.Context, act desk.Act, _ *desk.Problem) {
		if act.Ticket != id {
			t.Errorf("trace of ticket %q", act.Ticket)
		}
		seen = append(seen, act.Actor.Person)
	}
	for _, who := range []desk.PersonID{"usuaria-ut-piura-1", "usuaria-ut-cusco-1"} {
		if _, err := b.Reader.Look(t.Context(), id, b.Act(who, "", "")); (err == nil) != (who == "usuaria-ut-piura-1") {
			t.Errorf("%s reads: %v", who, err)
		}
	}
	if len(seen) != 1 || seen[0] != "usuaria-ut-cusco-1" {
		t.Errorf("traces of %v", seen)
	}
}
