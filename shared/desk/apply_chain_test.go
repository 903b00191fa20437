package desk

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestApplyChain(t *testing.T) {
	at3 := Ticket{State: InProgress, Level: 3, Team: "bd", RespondedAt: noon, WorkAt: noon, LevelAt: seven.mark(), Last: map[Level]Holder{3: {Team: "bd"}}}
	with := func(c Chain, level Level, s State) Ticket {
		t := at3
		t.Chain, t.Level, t.State = c, level, s
		return t
	}
	tests := []struct {
		name   string
		before Ticket
		event  Event
		want   Ticket
	}{
		{"the solution waits at Level 3", with(ChainNone, 4, InProgress), SolutionReported{}, with(ChainAtThird, 4, InProgress)},
		{"Level 3 has it: it waits at Level 2", with(ChainAtThird, 3, InProgress), SolutionAcknowledged{Level: 3}, with(ChainAtSecond, 3, InProgress)},
		{"Desarrollo has it", with(ChainAtSecond, 2, InProgress), SolutionAcknowledged{Level: 2}, with(ChainReceived, 2, InProgress)},
		{"going up the chain keeps it", with(ChainAtThird, 4, InProgress), LevelEntered{Level: 3, Team: "bd", Why: BecauseSolved}, with(ChainAtThird, 3, Unassigned)},
		{"work that goes on begins it anew", with(ChainAtThird, 4, InProgress), LevelEntered{Level: 3, Team: "bd", Why: BecauseReturned}, with(ChainNone, 3, Unassigned)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Apply(test.before, seven, test.event), cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Sent by the mesa de ayuda, nobody of the level has begun: its response is due.
func TestARoutedCaseIsNotAnswered(t *testing.T) {
	got := Apply(Ticket{State: Unassigned, Level: 1, WorkAt: noon}, seven, LevelEntered{Level: 2, Team: "desarrollo", Why: BecauseRouted})
	if !got.RespondedAt.IsZero() || got.State != Unassigned {
		t.Errorf("routed case is %+v", got)
	}
}
