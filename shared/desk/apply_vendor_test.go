package desk

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestApplyVendorAndReclassification(t *testing.T) {
	tests := []struct {
		name   string
		before Ticket
		event  Event
		want   Ticket
	}{
		{"a provider is waited for instead of the level", Ticket{State: InProgress, Level: 5, RespondedAt: noon, LevelAt: mark3}, VendorCaseOpened{ReportedAt: noon, ExpectedAt: later},
			Ticket{State: WaitingVendor, Level: 5, RespondedAt: noon, PauseAt: seven.mark(), ExpectedAt: later}},
		{"the answer gives the time back", Ticket{State: WaitingVendor, Level: 5, PauseAt: mark3, ExpectedAt: later, Stops: 1}, VendorAnswered{},
			Ticket{State: InProgress, Level: 5, LevelAt: seven.mark(), Stops: 1}},
		{"another service of the same flow moves nothing", Ticket{State: InProgress, Level: 2, Assignee: "luz", Flow: Flow85, Service: "a", LevelAt: mark3},
			TicketReclassified{Flow: Flow85, Service: "b", Rules: 1}, Ticket{State: InProgress, Level: 2, Assignee: "luz", Flow: Flow85, Service: "b", Rules: 1, LevelAt: mark3}},
		{"another flow leaves nothing waiting", Ticket{State: PendingApproval, Flow: Flow81, Stage: StageUT, Asked: []Asked{{Person: "x"}}, StageAt: mark3, Missing: []string{"phone"}, DataAt: mark3, Heads: []PersonID{"x"}},
			TicketReclassified{Flow: Flow86, Service: "b", Rules: 1, Moved: true}, Ticket{State: Unassigned, Flow: Flow86, Service: "b", Rules: 1, Heads: []PersonID{"x"}}},
		{"another flow has not been answered yet", Ticket{State: InProgress, Flow: Flow85, Level: 2, Assignee: "luz", RespondedAt: noon, LevelAt: mark3, WorkAt: noon},
			TicketReclassified{Flow: Flow87, Moved: true}, Ticket{State: Unassigned, Flow: Flow87, Level: 2, WorkAt: noon}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Apply(test.before, seven, test.event), cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
