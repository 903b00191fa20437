package desk

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
)

// Entry is what Apply needs to know of the record that an event stands in.
type Entry struct {
	Seq   int
	At    time.Time
	Actor Actor
	Texts Texts
}

// Apply is the fold's step: the ticket after one event. It is pure and total:
// it never refuses, because what happened, happened; refusing is Decide's work.
func Apply(t Ticket, in Entry, e Event) Ticket {
	was := t.Stopped()
	if t = apply(t, in, e); t.Stopped() && !was {
		t.Stops++
	}
	return t
}

func apply(t Ticket, in Entry, e Event) Ticket {
	t, in.At = t.clone(), in.At.UTC().Truncate(time.Second)
	switch e := e.(type) {
	case ContactOpened, SenderConfirmed, TicketOpened, TicketClassified, DataRequested, DataProvided,
		TicketRedirected, TicketLinked, TicketWithdrawn, PrioritySet:
		return applyIntake(t, in, e)
	case ApprovalRequested, StageSkipped, StageApproved, StageRejected, TicketRejected,
		ApprovalReminded, ApprovalPassedOn, ApprovalDeclined:
		return applyApproval(t, in, e)
	case DiagnosisStarted, DiagnosisPaused, DiagnosisResumed, TransferAnnounced, CustodyTaken, TransferCancelled, EquipmentReturned:
		return applyGear(t, in, e)
	case AuthorisedByMail, AuthorisationRegularised, AuthorisationDenied:
		return applyRegular(t, in, e)
	case TicketClosed, RowRegistered, TicketReopened, VerificationRequested, VerificationConfirmed, VerificationFailed:
		return applyEnd(t, in, e)
	case MassDeclared, TicketJoined, TicketSeparated:
		return applyMass(t, e)
	case VendorCaseOpened, VendorAnswered, TicketReclassified:
		return applyVendor(t, in, e)
	case ProveidoDerived, AccessCreated, CredentialDelivered, CredentialShown, ProveidoArchived:
		return applyAccess(t, in, e)
	case MeetingsRequested, MultiuseAuthorised, SlotProposed, SlotAccepted, SlotDeclined, RoomBooked, DateCancelled:
		return applyRooms(t, e)
	default:
		return applyWork(t, in, e)
	}
}

// Fold applies every event of every record, in order.
func Fold(id TicketID, records []Record) Ticket {
	t := Ticket{ID: id}
	for _, r := range records {
		t = ApplyAll(t, r.Entry(), r.Events)
	}
	return t
}

// ApplyAll applies one act's events and moves the version.
func ApplyAll(t Ticket, in Entry, events []Event) Ticket {
	t.Version = in.Seq
	for _, e := range events {
		t = Apply(t, in, e)
	}
	return t
}

// clone copies what Apply may change in place.
func (t Ticket) clone() Ticket {
	t.Missing, t.More, t.Asked = slices.Clone(t.Missing), slices.Clone(t.More), slices.Clone(t.Asked)
	t.Unseen = slices.Clone(t.Unseen)
	t.Last = maps.Clone(t.Last)
	return t
}

func (in Entry) mark() Mark { return Mark{Seq: in.Seq, At: in.At, Round: 1} }

func applyIntake(t Ticket, in Entry, e Event) Ticket {
	switch e := e.(type) {
	case ContactOpened:
		t.Number, t.Requester, t.Unit, t.Sede, t.Territorial = e.Number, e.Requester, e.Unit, e.Sede, e.Territorial
		t.Team, t.Level, t.Channel, t.Unverified = e.Team, 1, e.Channel, e.Unverified
		t.Priority, t.Suggested, t.Contact, t.State = e.Suggested, true, true, ToClassify
		t.OpenedAt, t.WorkAt, t.LevelAt = in.At, in.At, in.mark()
		t.Subject = subjectOf(in.Texts)
		t.hold()
	case SenderConfirmed:
		t.Unverified = false
		if e.Requester != "" {
			t.Requester, t.Unit, t.Sede, t.Territorial = e.Requester, e.Unit, e.Sede, e.Territorial
		}
	case TicketOpened:
		t.Number, t.Flow, t.Rules, t.Service, t.Kind = e.Number, e.Flow, e.Rules, e.Service, e.Kind
		t.Priority, t.Suggested = e.Suggested, true
		t.Requester, t.Unit, t.Sede, t.Territorial = e.Requester, e.Unit, e.Sede, e.Territorial
		t.Channel, t.From, t.OpenedAt, t.State = e.Channel, e.From, in.At, Unassigned
		if !e.AskedAt.IsZero() {
			t.OpenedAt = e.AskedAt.UTC().Truncate(time.Second)
		}
		t.Subject = subjectOf(in.Texts)
	case TicketClassified:
		t.Flow, t.Rules, t.Service, t.Kind, t.Priority = e.Flow, e.Rules, e.Service, e.Kind, e.Priority
		t.Suggested, t.Contact = false, e.Contact
		if t.State == ToClassify {
			t.State = Unassigned
		}
	case DataRequested:
		t.Missing, t.DataAt = slices.Clone(e.Fields), in.mark()
	case DataProvided:
		t = t.received(e.Fields)
		if slices.Contains(e.Fields, "subject") {
			t.Subject = subjectOf(in.Texts)
		}
	case TicketRedirected:
		t = t.end(Redirected)
	case TicketLinked:
		t.Linked = e.Other
	case TicketWithdrawn:
		t = t.end(Withdrawn)
	case PrioritySet:
		t.Priority, t.Suggested = e.Priority, false
	}
	return t
}

// received: what was asked for came, typed or attached.
func (t Ticket) received(names []string) Ticket {
	if len(t.Missing) == 0 {
		return t
	}
	t.Missing = slices.DeleteFunc(t.Missing, func(f string) bool { return slices.Contains(names, f) })
	if len(t.Missing) == 0 {
		t.Missing, t.DataAt = nil, Mark{}
	}
	return t
}

func applyApproval(t Ticket, in Entry, e Event) Ticket {
	switch e := e.(type) {
	case ApprovalRequested:
		t.State, t.Stage, t.Asked, t.More = PendingApproval, e.Stage, slices.Clone(e.Asked), slices.Clone(e.More)
		t.StageAt, t.Level, t.Team, t.Assignee, t.Declined = in.mark(), 0, "", "", nil
		t = t.remember(e.Asked)
	case StageApproved:
		t.Stage, t.Asked, t.Declined, t.StageAt = "", nil, nil, Mark{}
		t.Approved = append(slices.Clone(t.Approved), in.Actor.Person)
	case StageRejected:
		t.Stage, t.Asked, t.Declined, t.StageAt = "", nil, nil, Mark{}
	case TicketRejected:
		t = t.end(Rejected)
	case ApprovalReminded:
		for i := range t.Asked {
			t.Asked[i].Round = e.Round
		}
		t.StageAt.Round, t.StageAt.StepAt = e.Round, in.At
	case ApprovalPassedOn: // those asked before keep their right, and their link
		t.Asked = append(t.Asked, e.Asked...)
		t = t.remember(e.Asked)
		t.StageAt.Round, t.StageAt.StepAt = e.Round, in.At
	case ApprovalDeclined:
		t.Asked = slices.DeleteFunc(t.Asked, func(a Asked) bool { return a.Person == e.Person })
		t.Declined = append(slices.Clone(t.Declined), e.Person)
	}
	return t
}

func applyWork(t Ticket, in Entry, e Event) Ticket {
	switch e := e.(type) {
	case LevelEntered:
		t = t.enterLevel(in, e)
	case TicketAssigned:
		t.Assignee = e.Person
		t.State = t.named()
		t.hold()
	case TicketTaken:
		t = t.taken(in)
	case ContactLogged:
		t = t.respond(in)
	case QuestionAsked:
		t = t.respond(in)
		t.State, t.LevelAt, t.PauseAt = WaitingUser, Mark{}, in.mark()
	case QuestionAnswered:
		t.State, t.PauseAt, t.LevelAt = t.standing(), Mark{}, in.mark()
	case RequesterTold:
		t.Told = e.Medium
	case PaseHandedOver:
		t.Pases, t.Executed = e.N, false
		t.Files = t.Files.Without(PaseFile) // the next pase needs its own: R74
	case FilesAttached:
		t.Files = t.Files.With(e.Purpose)
		t = t.received([]string{string(e.Purpose)})
	case InterruptionAnnounced:
		t.Outage = e.StartsAt
	case ExecutionSucceeded:
		t.Executed, t.Outage = true, time.Time{}
	case ExecutionFailed:
		t.Failures, t.Executed, t.Outage = e.N, false, time.Time{}
	case SolutionReported:
		t.Chain = ChainAtThird
	case SolutionAcknowledged:
		t.Chain = acknowledged(e.Level)
	case WaitReminded:
		t = t.reminded(in, e)
	}
	return t
}

func (t Ticket) reminded(in Entry, e WaitReminded) Ticket {
	m := map[WaitKind]*Mark{WaitLevel: &t.LevelAt, WaitPaused: &t.PauseAt, WaitCustody: &t.GearAt,
		WaitReturn: &t.GearAt, WaitDiagnosisPaused: &t.GearAt, WaitData: &t.DataAt, WaitRegularise: &t.RegularAt, WaitApproval: &t.StageAt}[e.Wait]
	if m != nil {
		m.Round, m.StepAt = e.Round, in.At
	}
	if e.Wait == WaitLevel {
		t.Warned = max(t.Warned, e.Step())
	}
	return t
}

func applyEnd(t Ticket, in Entry, e Event) Ticket {
	switch e := e.(type) {
	case TicketClosed:
		t = t.end(Closed)
		t.ClosedAt = in.At
	case RowRegistered:
		t.Row, t.RowMonth = e.N, e.Period
	case VerificationRequested:
		t.VerifyAt = in.mark()
	case VerificationConfirmed, VerificationFailed:
		t.VerifyAt = Mark{}
	case TicketReopened:
		t.Reopened++
		t.ClosedAt, t.Told, t.VerifyAt = time.Time{}, "", Mark{}
		t.Gear, t.GearLeft, t.Executed, t.Outage = GearNone, 0, false, time.Time{} // a new round: it may be diagnosed and moved again
	}
	return t
}

// remember keeps everybody ever asked: who decided may read the outcome.
func (t Ticket) remember(asked []Asked) Ticket {
	for _, a := range asked {
		if !slices.Contains(t.Heads, a.Person) {
			t.Heads = append(slices.Clone(t.Heads), a.Person)
		}
	}
	return t
}

// end leaves no wait open; who held it and where stays for the record.
func (t Ticket) end(s State) Ticket {
	t.State, t.Stage, t.Asked, t.More, t.Declined, t.Approved = s, "", nil, nil, nil, nil
	t.StageAt, t.LevelAt, t.PauseAt, t.GearAt, t.DataAt, t.RegularAt, t.VerifyAt = Mark{}, Mark{}, Mark{}, Mark{}, Mark{}, Mark{}, Mark{}
	return t
}

// cut makes s one line of at most n characters and, as JSON, size bytes, so that
// a subject of emoji or markup cannot outgrow the stored ticket.
func cut(s string, n, size int) string { //nolint:unparam // its tests try other lengths
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) <= n && jsonBytes(runes) <= size {
		return string(runes)
	}
	const ellipsis = "…"
	runes = runes[:min(len(runes), n-1)]
	for jsonBytes(runes)+len(ellipsis) > size {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + ellipsis
}

// jsonBytes is how long a text is once encoded: markup and control characters
// grow sixfold.
func jsonBytes(runes []rune) int {
	b, err := json.Marshal(string(runes))
	if err != nil { // a string always encodes
		return 0
	}
	return len(b) - len(`""`)
}

// subjectOf is the subject as the fold keeps it.
func subjectOf(x Texts) string { return cut(x["subject"], MaxSubject, maxSubjectBytes) }
