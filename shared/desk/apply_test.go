package desk

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// The act in which the events of the tables below stand.
var (
	later = noon.Add(3 * time.Hour)
	seven = Entry{Seq: 7, At: later, Actor: Actor{Person: "ana"}, Texts: Texts{"subject": "No abre\n el SIGO"}}
	mark7 = Mark{Seq: 7, At: later, Round: 1}
	mark3 = Mark{Seq: 3, At: noon, Round: 1}
)

type applyCase struct {
	name   string
	before Ticket
	event  Event
	want   Ticket
}

func runApply(t *testing.T, tests []applyCase) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.event.EventName()+"/"+test.name, func(t *testing.T) {
			got := Apply(test.before, seven, test.event)
			if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("ticket after %+v (-want +got):\n%s", test.event, diff)
			}
		})
	}
}

func TestApplyIntake(t *testing.T) {
	runApply(t, []applyCase{
		{"a contact waits at Level 1 with its team", Ticket{},
			ContactOpened{Number: "2026-000001", Requester: "ana", Unit: "OA", Sede: "SC", Territorial: true, Team: "mesa", Suggested: 3, Channel: ChannelMail, Unverified: true},
			Ticket{Number: "2026-000001", Requester: "ana", Unit: "OA", Sede: "SC", Territorial: true, Team: "mesa", Level: 1, Channel: ChannelMail, Unverified: true,
				Priority: 3, Suggested: true, Contact: true, State: ToClassify, OpenedAt: later, WorkAt: later, LevelAt: mark7, Subject: "No abre el SIGO",
				Last: map[Level]Holder{1: {Team: "mesa"}}}},
		{"the sender is who the mail says", Ticket{Unverified: true}, SenderConfirmed{}, Ticket{}},
		{"an unknown sender is this person", Ticket{Sede: "SC", Team: "mesa", Unverified: true}, SenderConfirmed{Requester: "ana", Unit: "UTX", Sede: "UTX", Territorial: true},
			Ticket{Requester: "ana", Unit: "UTX", Sede: "UTX", Territorial: true, Team: "mesa"}},
		{"the form says everything", Ticket{},
			TicketOpened{Number: "2026-000002", Flow: Flow81, Rules: 1, Service: "sigo", Kind: Incident, Suggested: 2, Requester: "ana", Unit: "OA", Sede: "SC", Territorial: true, Channel: ChannelForm, From: "01J"},
			Ticket{Number: "2026-000002", Flow: Flow81, Rules: 1, Service: "sigo", Kind: Incident, Priority: 2, Suggested: true, Requester: "ana", Unit: "OA", Sede: "SC", Territorial: true,
				Channel: ChannelForm, From: "01J", OpenedAt: later, State: Unassigned, Subject: "No abre el SIGO"}},
		{"a contact of 8.5 becomes the ticket", Ticket{State: ToClassify, Contact: true, Suggested: true, Priority: 3},
			TicketClassified{Flow: Flow85, Rules: 1, Service: "office", Kind: Requirement, Priority: 4},
			Ticket{State: Unassigned, Flow: Flow85, Rules: 1, Service: "office", Kind: Requirement, Priority: 4}},
		{"a contact of 8.1 in somebody's hands stays there", Ticket{State: InProgress, Contact: true},
			TicketClassified{Flow: Flow81, Rules: 1, Service: "sigo", Kind: Incident, Priority: 1, Contact: true},
			Ticket{State: InProgress, Contact: true, Flow: Flow81, Rules: 1, Service: "sigo", Kind: Incident, Priority: 1}},
		{"missing data waits", Ticket{}, DataRequested{[]string{"asset", "office"}}, Ticket{Missing: []string{"asset", "office"}, DataAt: mark7}},
		{"part of the data keeps the wait", Ticket{Missing: []string{"asset", "office"}, DataAt: mark3}, DataProvided{[]string{"asset"}}, Ticket{Missing: []string{"office"}, DataAt: mark3}},
		{"the last of the data ends the wait", Ticket{Missing: []string{"office"}, DataAt: mark3}, DataProvided{[]string{"office", "asset"}}, Ticket{}},
		{"redirected is an end", Ticket{State: Unassigned, Contact: true, LevelAt: mark3, Team: "mesa", Level: 1}, TicketRedirected{}, Ticket{State: Redirected, Contact: true, Team: "mesa", Level: 1}},
		{"the ticket that grew out of it", Ticket{State: Redirected}, TicketLinked{"01J2"}, Ticket{State: Redirected, Linked: "01J2"}},
		{"withdrawn leaves no wait", Ticket{State: PendingApproval, Stage: StageUT, Asked: []Asked{{Person: "jefa"}}, More: []Stage{StageUO}, StageAt: mark3, DataAt: mark3}, TicketWithdrawn{}, Ticket{State: Withdrawn}},
		{"the desk's priority is no suggestion", Ticket{Priority: 3, Suggested: true}, PrioritySet{1}, Ticket{Priority: 1}},
	})
}

func TestApplyApproval(t *testing.T) {
	pending := Ticket{State: PendingApproval, Stage: StageUT, More: []Stage{StageUO}, StageAt: mark3,
		Asked: []Asked{{Person: "jefa", Round: 1}, {Person: "suplente", For: "jefa", Round: 1}}, Heads: []PersonID{"jefa", "suplente"}}
	reminded := pending
	reminded.Asked = []Asked{{Person: "jefa", Round: 2}, {Person: "suplente", For: "jefa", Round: 2}}
	reminded.StageAt = Mark{Seq: 3, At: noon, Round: 2, StepAt: later}
	passed := pending
	passed.Asked = append(append([]Asked(nil), pending.Asked...), Asked{Person: "superior", Round: 3})
	passed.Heads = []PersonID{"jefa", "suplente", "superior"}
	passed.StageAt = Mark{Seq: 3, At: noon, Round: 3, StepAt: later}
	declined := pending
	declined.Asked, declined.Declined = []Asked{{Person: "suplente", For: "jefa", Round: 1}}, []PersonID{"jefa"}
	runApply(t, []applyCase{
		{"a stage opens its wait", Ticket{State: Unassigned, Level: 1, Team: "x", Assignee: "y", Declined: []PersonID{"z"}, Heads: []PersonID{"jefa"}},
			ApprovalRequested{Stage: StageUT, Asked: []Asked{{Person: "jefa", Round: 1}, {Person: "otra", Round: 1}}, More: []Stage{StageUO}},
			Ticket{State: PendingApproval, Stage: StageUT, More: []Stage{StageUO}, StageAt: mark7, Asked: []Asked{{Person: "jefa", Round: 1}, {Person: "otra", Round: 1}}, Heads: []PersonID{"jefa", "otra"}}},
		{"only recorded", Ticket{State: Unassigned}, StageSkipped{Stage: StageUT, Person: "jefa"}, Ticket{State: Unassigned}},
		{"the stage is over, the rest is to come, who approved is remembered", pending, StageApproved{StageUT}, Ticket{State: PendingApproval, More: []Stage{StageUO}, Heads: pending.Heads, Approved: []PersonID{"ana"}}},
		{"the stage is over", pending, StageRejected{StageUT}, Ticket{State: PendingApproval, More: []Stage{StageUO}, Heads: pending.Heads}},
		{"rejected is an end", pending, TicketRejected{}, Ticket{State: Rejected, Heads: pending.Heads}},
		{"all links get the new round", pending, ApprovalReminded{Round: 2}, reminded},
		{"those asked before keep their round", pending, ApprovalPassedOn{Round: 3, Asked: []Asked{{Person: "superior", Round: 3}}}, passed},
		{"who declines leaves and is remembered", pending, ApprovalDeclined{"jefa"}, declined},
	})
}

func TestApplyWork(t *testing.T) {
	held := Ticket{State: InProgress, Level: 2, Team: "dev", Assignee: "ana", WorkAt: noon, RespondedAt: noon, LevelAt: mark3, Last: map[Level]Holder{2: {"dev", "ana"}}}
	with := func(change func(*Ticket)) Ticket { t := held.clone(); change(&t); return t }
	waiting := with(func(t *Ticket) { t.State, t.LevelAt, t.PauseAt = WaitingUser, Mark{}, mark3 })
	runApply(t, []applyCase{
		{"work may begin, nobody has it", Ticket{State: PendingApproval, Stage: StageUO, More: []Stage{StageUTI}, StageAt: mark3, Declined: []PersonID{"z"}},
			LevelEntered{Level: 2, Team: "dev", Why: BecauseApproved},
			Ticket{State: Unassigned, Level: 2, Team: "dev", WorkAt: later, LevelAt: mark7, Last: map[Level]Holder{2: {Team: "dev"}}}},
		{"assigned upwards", Ticket{State: Unassigned, Level: 1, Team: "mesa", WorkAt: noon, Last: map[Level]Holder{1: {Team: "mesa"}}},
			LevelEntered{Level: 2, From: 1, Team: "soporte", Assignee: "bea", Why: BecauseAssigned},
			Ticket{State: Assigned, Level: 2, Team: "soporte", Assignee: "bea", WorkAt: noon, LevelAt: mark7, Last: map[Level]Holder{1: {Team: "mesa"}, 2: {"soporte", "bea"}}}},
		{"a pase is work begun", Ticket{State: Assigned, Level: 2, Team: "dev", Assignee: "ana", WorkAt: noon}, LevelEntered{Level: 3, From: 2, Team: "bd", Why: BecausePase},
			Ticket{State: Unassigned, Level: 3, Team: "bd", WorkAt: noon, RespondedAt: later, LevelAt: mark7, Last: map[Level]Holder{3: {Team: "bd"}}}},
		{"back to its last holder", with(func(t *Ticket) { t.Level, t.Team, t.Assignee, t.Last[3] = 3, "bd", "bea", Holder{"bd", "bea"} }), LevelEntered{Level: 2, From: 3, Team: "dev", Assignee: "ana", Why: BecauseExecution},
			with(func(t *Ticket) { t.LevelAt, t.Last[3] = mark7, Holder{"bd", "bea"} })},
		{"reopened begins anew, for who closed it", with(func(t *Ticket) { t.State, t.LevelAt, t.Stops, t.Warned = Closed, Mark{}, 3, 75 }), LevelEntered{Level: 2, From: 2, Team: "dev", Assignee: "ana", Why: BecauseReopened},
			with(func(t *Ticket) { t.State, t.LevelAt, t.WorkAt = Assigned, mark7, later })},
		{"named, not begun", Ticket{State: Unassigned, Level: 2, Team: "dev", LevelAt: mark3}, TicketAssigned{"bea"},
			Ticket{State: Assigned, Level: 2, Team: "dev", Assignee: "bea", LevelAt: mark3, Last: map[Level]Holder{2: {"dev", "bea"}}}},
		{"the first taking is the response: another target, nothing told of it yet", Ticket{State: Unassigned, Level: 2, Team: "dev", Warned: 75, LevelAt: mark3}, TicketTaken{2},
			Ticket{State: InProgress, Level: 2, Team: "dev", Assignee: "ana", RespondedAt: later, LevelAt: mark3, Last: map[Level]Holder{2: {"dev", "ana"}}}},
		{"taken over, the reminders are not forgotten", with(func(t *Ticket) {
			t.Assignee, t.Warned, t.LevelAt = "bea", 50, Mark{Seq: 3, At: noon, Round: 2, StepAt: noon}
		}), TicketTaken{2},
			with(func(t *Ticket) { t.Warned, t.LevelAt = 50, Mark{Seq: 3, At: noon, Round: 2, StepAt: noon} })},
		{"the target of solution goes on at another level, with what was told", with(func(t *Ticket) { t.Warned = 50 }), LevelEntered{Level: 4, From: 2, Team: "red", Why: BecauseEscalated},
			with(func(t *Ticket) {
				t.Warned, t.Level, t.Team, t.Assignee, t.State, t.LevelAt, t.Last[4] = 50, 4, "red", "", Unassigned, mark7, Holder{Team: "red"}
			})},
		{"the target of response counts anew at each level", Ticket{State: Unassigned, Level: 1, Team: "mesa", WorkAt: noon, Warned: 75, LevelAt: mark3}, LevelEntered{Level: 2, From: 1, Team: "soporte", Why: BecauseClimbed},
			Ticket{State: Unassigned, Level: 2, Team: "soporte", WorkAt: noon, LevelAt: mark7, Last: map[Level]Holder{2: {Team: "soporte"}}}},
		{"the level stops, the pause begins", held, QuestionAsked{}, with(func(t *Ticket) { t.State, t.LevelAt, t.PauseAt, t.Stops = WaitingUser, Mark{}, mark7, 1 })},
		{"the pause ends, what was told stays told", with(func(t *Ticket) {
			t.State, t.LevelAt, t.PauseAt, t.Stops, t.Warned = WaitingUser, Mark{}, mark3, 1, 75
		}), QuestionAnswered{},
			with(func(t *Ticket) { t.LevelAt, t.Stops, t.Warned = mark7, 1, 75 })},
		{"changes nothing", held, CommentAdded{Sender: "ana", MailID: "m"}, held},
		{"changes nothing", held, NoteAdded{}, held},
		{"changes nothing", held, WorkaroundRecorded{}, held},
		{"changes nothing", held, MailResent{"1.2"}, held},
		{"how", held, RequesterTold{ByPhone}, with(func(t *Ticket) { t.Told = ByPhone })},
		{"a call is a response", Ticket{State: Assigned, Assignee: "ana"}, ContactLogged{Reached: true}, Ticket{State: InProgress, Assignee: "ana", RespondedAt: later}},
		{"a later call is none", held, ContactLogged{}, held},
		{"counted, not executed yet", with(func(t *Ticket) { t.Executed = true }), PaseHandedOver{2}, with(func(t *Ticket) { t.Pases = 2 })},
		{"uses up its files, not others", with(func(t *Ticket) { t.Files = FileSet(0).With(PaseFile).With(OtherFile) }), PaseHandedOver{1}, with(func(t *Ticket) { t.Pases, t.Files = 1, FileSet(0).With(OtherFile) })},
		{"is present", with(func(t *Ticket) { t.Files = FileSet(0).With(OtherFile) }), FilesAttached{AccessForm, 2}, with(func(t *Ticket) { t.Files = FileSet(0).With(OtherFile).With(AccessForm) })},
		{"when the service stops", held, InterruptionAnnounced{StartsAt: later, EndsAt: later}, with(func(t *Ticket) { t.Outage = later })},
		{"uses up the notice", with(func(t *Ticket) { t.Outage = later }), ExecutionSucceeded{1}, with(func(t *Ticket) { t.Executed = true })},
		{"is counted and uses up the notice", with(func(t *Ticket) { t.Outage, t.Executed = later, true }), ExecutionFailed{2}, with(func(t *Ticket) { t.Failures = 2 })},
		{"of the level, as all were before there were warnings: the target came", held, WaitReminded{Wait: WaitLevel, Round: 2}, with(func(t *Ticket) { t.LevelAt.Round, t.LevelAt.StepAt, t.Warned = 2, later, 100 })},
		{"of half the target", held, WaitReminded{Wait: WaitLevel, Round: 2, Share: 50}, with(func(t *Ticket) { t.LevelAt.Round, t.LevelAt.StepAt, t.Warned = 2, later, 50 })},
		{"of less than was told already", with(func(t *Ticket) { t.Warned = 75 }), WaitReminded{Wait: WaitLevel, Round: 2, Share: 50}, with(func(t *Ticket) { t.LevelAt.Round, t.LevelAt.StepAt, t.Warned = 2, later, 75 })},
		{"of the question", waiting, WaitReminded{Wait: WaitPaused, Round: 2}, with(func(t *Ticket) {
			t.State, t.LevelAt, t.PauseAt = WaitingUser, Mark{}, Mark{Seq: 3, At: noon, Round: 2, StepAt: later}
		})},
		{"of the data", Ticket{DataAt: mark3}, WaitReminded{Wait: WaitData, Round: 4}, Ticket{DataAt: Mark{Seq: 3, At: noon, Round: 4, StepAt: later}}},
		{"of a stage without approver", Ticket{StageAt: mark3}, WaitReminded{Wait: WaitApproval, Round: 2}, Ticket{StageAt: Mark{Seq: 3, At: noon, Round: 2, StepAt: later}}},
		{"of the custody", Ticket{GearAt: mark3}, WaitReminded{Wait: WaitCustody, Round: 2}, Ticket{GearAt: Mark{Seq: 3, At: noon, Round: 2, StepAt: later}}},
		{"of the return", Ticket{GearAt: mark3}, WaitReminded{Wait: WaitReturn, Round: 2}, Ticket{GearAt: Mark{Seq: 3, At: noon, Round: 2, StepAt: later}}},
	})
}

func TestApplyEnd(t *testing.T) {
	runApply(t, []applyCase{
		{"no wait stays open", Ticket{State: InProgress, Level: 2, Team: "dev", Assignee: "ana", LevelAt: mark3, PauseAt: mark3, GearAt: mark3, DataAt: mark3, StageAt: mark3}, TicketClosed{Solution: true},
			Ticket{State: Closed, Level: 2, Team: "dev", Assignee: "ana", ClosedAt: later}},
		{"the row", Ticket{State: Closed}, RowRegistered{Sede: "SC", Period: "202609", N: 12}, Ticket{State: Closed, Row: 12, RowMonth: "202609"}},
		{"a new round, the row stays", Ticket{State: Closed, ClosedAt: noon, Told: ByMail, Row: 12, RowMonth: "202609", Reopened: 1, Gear: GearReturned, Executed: true, Outage: noon}, TicketReopened{},
			Ticket{State: Closed, Row: 12, RowMonth: "202609", Reopened: 2}},
		{"the window of verification opens", Ticket{State: Closed}, VerificationRequested{}, Ticket{State: Closed, VerifyAt: mark7}},
		{"confirmed it is over", Ticket{State: Closed, VerifyAt: mark3}, VerificationConfirmed{Rating: 5}, Ticket{State: Closed}},
		{"silence ends it alike", Ticket{State: Closed, VerifyAt: mark3}, VerificationConfirmed{ByClock: true}, Ticket{State: Closed}},
		{"it still fails", Ticket{State: Closed, VerifyAt: mark3}, VerificationFailed{Rating: 1}, Ticket{State: Closed}},
		{"reopened nothing is to be verified", Ticket{State: Closed, VerifyAt: mark3}, TicketReopened{}, Ticket{State: Closed, Reopened: 1}},
	})
}

func TestEveryEventHasAnApplyCase(t *testing.T) {
	// The tables above are run by name; here the list of kinds is held against
	// what each is expected to touch, so that a new event cannot be forgotten.
	silent := map[string]bool{"CommentAdded": true, "NoteAdded": true, "WorkaroundRecorded": true, "MailResent": true, "StageSkipped": true,
		"ServiceInterrupted": true, "RestorationAnnounced": true, "RoomMoved": true, "PINShown": true, "RecordingDelivered": true}
	busy := Ticket{State: Assigned, Level: 2, Team: "dev", Assignee: "bea", Unverified: true, Executed: true, Outage: noon, Missing: []string{""}, DataAt: mark3, VerifyAt: mark3,
		Gear: GearDiagnosis, GearAt: mark3, LevelAt: mark3, Suggested: true, Asked: []Asked{{Person: "x"}}, StageAt: mark3, Stage: StageUT, Regular: RegularPending, RegularAt: mark3, Unseen: []Mark{{Seq: 4, At: noon, Round: 1}}, Meetings: "r"}
	for _, e := range EventKinds() {
		v := reflect.New(reflect.TypeOf(e)).Elem()
		for i := range v.NumField() {
			if f := v.Field(i); f.Kind() == reflect.Slice && f.Type().Elem().Kind() == reflect.String {
				f.Set(reflect.MakeSlice(f.Type(), 1, 1))
			}
		}
		event := v.Interface().(Event)
		switch event.(type) {
		case WaitReminded:
			event = WaitReminded{Wait: WaitLevel, Round: 2}
		case RequesterTold:
			event = RequesterTold{ByMail}
		case ApprovalDeclined:
			event = ApprovalDeclined{"x"}
		case TicketLinked:
			event = TicketLinked{"01J"}
		case RowRegistered:
			event = RowRegistered{N: 1}
		case TicketReclassified:
			event = TicketReclassified{Service: "other"}
		case FilesAttached:
			event = FilesAttached{Annex02, 1}
		case CredentialShown:
			event = CredentialShown{4}
		default:
			event = aboutMeetings(event)
		}
		changed := !cmp.Equal(busy, Apply(busy, seven, event), cmpopts.EquateEmpty())
		if changed == silent[e.EventName()] {
			t.Errorf("%s changes the ticket: %v", e.EventName(), changed)
		}
	}
}

// Apply is called on tickets that others hold: it may not write into them.
func TestApplyLeavesItsArgumentAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ticket := Ticket{State: PendingApproval, StageAt: mark3, Asked: []Asked{{Person: "a", Round: 1}, {Person: "b", Round: 1}}[:1:2], Missing: []string{"asset", "office"},
			More: []Stage{StageUO}, Heads: []PersonID{"a"}, Declined: []PersonID{"c"}, Last: map[Level]Holder{1: {"mesa", "ana"}}}
		before, err := json.Marshal(ticket)
		if err != nil {
			t.Fatal(err)
		}
		event := anyEvent(t)
		if given, ok := event.(DataProvided); ok {
			given.Fields = []string{"asset"}
			event = given
		}
		Apply(ticket, seven, event)
		if after, err := json.Marshal(ticket); err != nil || string(after) != string(before) {
			t.Fatalf("%+v wrote into its argument:\n%s\n%s", event, before, after)
		}
		if ticket.Asked[:2][1].Person != "b" {
			t.Fatalf("%+v wrote behind the asked of its argument", event)
		}
	})
}

func TestFoldMovesTheVersionActByAct(t *testing.T) {
	records := []Record{
		{Seq: 1, At: noon.Add(300 * time.Millisecond), Actor: Actor{Person: "ana"}, Texts: Texts{"subject": "Hola"}, Events: []Event{TicketOpened{Flow: Flow85, Requester: "ana"}, LevelEntered{Level: 1, Team: "mesa", Why: BecauseOpened}}},
		{Seq: 2, At: later, Actor: Actor{Person: "luz"}, Events: []Event{TicketTaken{1}}},
	}
	got := Fold("01J", records)
	if got.ID != "01J" || got.Version != 2 || got.Assignee != "luz" || got.Subject != "Hola" {
		t.Errorf("Fold = %+v", got)
	}
	if !got.OpenedAt.Equal(noon) || !got.LevelAt.At.Equal(noon) || got.RespondedAt != later {
		t.Errorf("times are not whole seconds: opened %v, level %v, taken %v", got.OpenedAt, got.LevelAt.At, got.RespondedAt)
	}
}
