package desk

import (
	"testing"
	"time"
)

// Equipment and people move apart: whatever hands the case is in, the state
// says where the equipment is, and an open question stays what is waited for.
func TestStateFollowsEquipmentQuestionsAndHands(t *testing.T) {
	custody := []Event{DiagnosisStarted{}, TransferAnnounced{}, CustodyTaken{}}
	tests := []struct {
		name   string
		events []Event
		want   State
		gear   Gear
	}{
		{"diagnosis is progress", []Event{DiagnosisStarted{}}, InProgress, GearDiagnosis},
		{"announced", []Event{TransferAnnounced{}}, TransferPending, GearToMove},
		{"fetched", custody, InCustody, GearCustody},
		{"given back", append(custody[:3:3], EquipmentReturned{}), InProgress, GearReturned},
		{"stays after all", []Event{TransferAnnounced{}, TransferCancelled{}}, InProgress, GearStayed},
		{"taken over while it is to be moved", []Event{TransferAnnounced{}, TicketTaken{2}}, TransferPending, GearToMove},
		{"assigned anew while in custody", append(custody[:3:3], TicketAssigned{"bea"}), InCustody, GearCustody},
		{"escalated while in custody, nobody has it", append(custody[:3:3], LevelEntered{Level: 5, From: 2, Team: "serv", Why: BecauseEscalated}), Unassigned, GearCustody},
		{"taken at the new level", append(custody[:3:3], LevelEntered{Level: 5, From: 2, Team: "serv", Why: BecauseEscalated}, TicketTaken{5}), InCustody, GearCustody},
		{"back to its holder with the equipment in custody", append(custody[:3:3], LevelEntered{Level: 2, From: 5, Team: "sop", Assignee: "ana", Why: BecauseReturned}), InCustody, GearCustody},
		{"asked while in custody", append(custody[:3:3], QuestionAsked{}), WaitingUser, GearCustody},
		{"answered while in custody", append(custody[:3:3], QuestionAsked{}, QuestionAnswered{}), InCustody, GearCustody},
		{"the 60 minutes run out during a question", []Event{DiagnosisStarted{}, QuestionAsked{}, TransferAnnounced{ByClock: true}}, WaitingUser, GearToMove},
		{"and the answer shows it", []Event{DiagnosisStarted{}, QuestionAsked{}, TransferAnnounced{ByClock: true}, QuestionAnswered{}}, TransferPending, GearToMove},
		{"fetched during a question", []Event{TransferAnnounced{}, QuestionAsked{}, CustodyTaken{}}, WaitingUser, GearCustody},
		{"given back during a question", append(custody[:3:3], QuestionAsked{}, EquipmentReturned{}), WaitingUser, GearReturned},
		{"the 60 minutes run out in nobody's hands", []Event{DiagnosisStarted{}, LevelEntered{Level: 4, From: 2, Team: "inf", Why: BecauseEscalated}, TransferAnnounced{ByClock: true}}, Unassigned, GearToMove},
		{"reopened, the equipment begins anew", append(custody[:3:3], EquipmentReturned{}, TicketClosed{}, TicketReopened{}, LevelEntered{Level: 2, Team: "sop", Assignee: "ana", Why: BecauseReopened}), Assigned, GearNone},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			held := Ticket{State: InProgress, Level: 2, Team: "sop", Assignee: "ana", LevelAt: mark3, RespondedAt: noon}
			got := ApplyAll(held, seven, test.events)
			if got.State != test.want || got.Gear != test.gear {
				t.Errorf("after %+v the state is %s with equipment %q, want %s with %q", test.events, got.State, got.Gear, test.want, test.gear)
			}
		})
	}
}

func TestTheFirstWorkOnATicketIsItsResponse(t *testing.T) {
	begins := map[string]Event{
		"taken": TicketTaken{2}, "called": ContactLogged{}, "asked": QuestionAsked{}, "diagnosed": DiagnosisStarted{}, "announced": TransferAnnounced{},
		"pase": LevelEntered{Level: 3, Why: BecausePase}, "escalated": LevelEntered{Level: 4, Why: BecauseEscalated}, "sent back": LevelEntered{Level: 1, Why: BecauseReturned},
	}
	for name, event := range begins {
		assigned := Ticket{State: Assigned, Level: 2, Team: "sop", Assignee: "ana", LevelAt: mark3}
		got := Apply(assigned, seven, event)
		if got.RespondedAt != later || got.State == Assigned {
			t.Errorf("%s: responded at %v in state %s, want %v", name, got.RespondedAt, got.State, later)
		}
		if again := Apply(got, Entry{Seq: 8, At: later.Add(time.Hour)}, event); again.RespondedAt != later {
			t.Errorf("%s again: the response moved to %v", name, again.RespondedAt)
		}
	}
	for name, event := range map[string]Event{
		"opened": LevelEntered{Level: 1, Why: BecauseOpened}, "approved": LevelEntered{Level: 2, Why: BecauseApproved}, "assigned": LevelEntered{Level: 2, Assignee: "bea", Why: BecauseAssigned},
		"named": TicketAssigned{"bea"}, "climbed by the clock": LevelEntered{Level: 2, Why: BecauseClimbed}, "note": NoteAdded{}, "told": RequesterTold{ByMail},
	} {
		if got := Apply(Ticket{State: Unassigned, Level: 1, Team: "mesa", LevelAt: mark3}, seven, event); !got.RespondedAt.IsZero() {
			t.Errorf("%s counts as a response at %v", name, got.RespondedAt)
		}
	}
}

// R50: a level remembers its last holder, whoever stands there meanwhile.
func TestLevelsRememberTheirLastHolder(t *testing.T) {
	got := ApplyAll(Ticket{}, seven, []Event{
		LevelEntered{Level: 2, Team: "dev", Why: BecauseApproved}, TicketTaken{2},
		LevelEntered{Level: 3, From: 2, Team: "bd", Why: BecausePase}, TicketAssigned{"bea"},
		LevelEntered{Level: 2, From: 3, Team: "dev2", Why: BecauseExecution},
	})
	want := map[Level]Holder{2: {Team: "dev2", Person: "ana"}, 3: {Team: "bd", Person: "bea"}}
	for level, holder := range want {
		if got.Last[level] != holder {
			t.Errorf("level %d was last held by %+v, want %+v", level, got.Last[level], holder)
		}
	}
	if got.Assignee != "" || got.State != Unassigned {
		t.Errorf("entered without a person, it is %s in the hands of %q", got.State, got.Assignee)
	}
}
