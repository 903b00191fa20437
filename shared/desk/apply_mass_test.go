package desk

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestApplyMass(t *testing.T) {
	held := map[Level]Holder{2: {"dev", "luz"}}
	tests := []struct {
		name   string
		before Ticket
		event  Event
		want   Ticket
	}{
		{"declared, nothing else moves", Ticket{State: InProgress, Level: 2, LevelAt: mark3}, MassDeclared{}, Ticket{State: InProgress, Level: 2, LevelAt: mark3, Mass: true}},
		{"joined, it waits for nothing and nobody has it", Ticket{State: InProgress, Level: 2, Team: "dev", Assignee: "luz", LevelAt: mark3, Missing: []string{"phone"}, DataAt: mark3, Last: held},
			TicketJoined{"01J"}, Ticket{State: Joined, Parent: "01J", Last: held}},
		{"joined while a head was asked", Ticket{State: PendingApproval, Stage: StageUT, Asked: []Asked{{Person: "x"}}, More: []Stage{StageUO}, StageAt: mark3, Heads: []PersonID{"x"}, Approved: []PersonID{"y"}},
			TicketJoined{"01J"}, Ticket{State: Joined, Parent: "01J", Heads: []PersonID{"x"}, Approved: []PersonID{"y"}}},
		{"separated, it is nobody's until it goes on", Ticket{State: Joined, Parent: "01J", Last: held}, TicketSeparated{}, Ticket{State: Unassigned, Last: held}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Apply(test.before, seven, test.event), cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
