package desk

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// R114: what was left of the 60 minutes is kept until they are over or begin anew.
func TestApplyStoppedHour(t *testing.T) {
	paused := Ticket{State: InProgress, Assignee: "luz", RespondedAt: noon, Gear: GearPaused, GearAt: mark3, GearLeft: 1360}
	running := Ticket{State: InProgress, Assignee: "luz", RespondedAt: noon, Gear: GearDiagnosis, GearAt: mark3, GearLeft: 1360}
	tests := []struct {
		name   string
		before Ticket
		event  Event
		want   Ticket
	}{
		{"stopped", Ticket{State: InProgress, Assignee: "luz", RespondedAt: noon, Gear: GearDiagnosis, GearAt: mark3}, DiagnosisPaused{Left: 1360},
			Ticket{State: InProgress, Assignee: "luz", RespondedAt: noon, Gear: GearPaused, GearAt: seven.mark(), GearLeft: 1360}},
		{"running on", paused, DiagnosisResumed{},
			Ticket{State: InProgress, Assignee: "luz", RespondedAt: noon, Gear: GearDiagnosis, GearAt: seven.mark(), GearLeft: 1360}},
		{"stopped again", running, DiagnosisPaused{Left: 60},
			Ticket{State: InProgress, Assignee: "luz", RespondedAt: noon, Gear: GearPaused, GearAt: seven.mark(), GearLeft: 60}},
		{"announced while it stood still", paused, TransferAnnounced{},
			Ticket{State: TransferPending, Assignee: "luz", RespondedAt: noon, Gear: GearToMove, GearAt: seven.mark()}},
		{"begun anew", running, DiagnosisStarted{},
			Ticket{State: InProgress, Assignee: "luz", RespondedAt: noon, Gear: GearDiagnosis, GearAt: seven.mark()}},
		{"reminded", paused, WaitReminded{Wait: WaitDiagnosisPaused, Round: 2},
			Ticket{State: InProgress, Assignee: "luz", RespondedAt: noon, Gear: GearPaused, GearLeft: 1360,
				GearAt: Mark{Seq: mark3.Seq, At: mark3.At, Round: 2, StepAt: seven.At}}},
		{"reopened: nothing is left of it", Ticket{State: Closed, Assignee: "luz", Gear: GearPaused, GearLeft: 1360}, TicketReopened{},
			Ticket{State: Closed, Assignee: "luz", Reopened: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Apply(test.before, seven, test.event), cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
