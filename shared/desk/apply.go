package desk

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
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
	switch e := e.(type) {
	case ContactOpened, SenderConfirmed, TicketOpened, TicketClassified, DataRequested, DataProvided,
		TicketRedirected, TicketLinked, TicketWithdrawn, PrioritySet:
		return applyIntake(t, in, e)
	case ApprovalRequested, StageSkipped, StageApproved, StageRejected, TicketRejected,
		ApprovalReminded, ApprovalPassedOn, ApprovalDeclined:
		return applyApproval(t, in, e)
	case DiagnosisStarted, TransferAnnounced, CustodyTaken, TransferCancelled, EquipmentReturned:
		return applyGear(t, in, e)
	case TicketClosed, RowRegistered, TicketReopened:
		return applyEnd(t, in, e)
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
	t = t.clone()
	t.Version = in.Seq
	for _, e := range events {
		t = Apply(t, in, e)
	}
	return t
}

// clone copies what Apply may change in place.
func (t Ticket) clone() Ticket {
	t.Missing, t.More, t.Asked = slices.Clone(t.Missing), slices.Clone(t.More), slices.Clone(t.Asked)
	if t.Last != nil {
		last := make(map[Level]Holder, len(t.Last)+1)
		for l, h := range t.Last {
			last[l] = h
		}
		t.Last = last
	}
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
		t.Subject = cut(in.Texts["subject"], MaxSubject)
	case SenderConfirmed:
		t.Unverified = false
	case TicketOpened:
		t.Number, t.Flow, t.Rules, t.Service, t.Kind = e.Number, e.Flow, e.Rules, e.Service, e.Kind
		t.Priority, t.Suggested = e.Suggested, true
		t.Requester, t.Unit, t.Sede, t.Territorial = e.Requester, e.Unit, e.Sede, e.Territorial
		t.Channel, t.From, t.OpenedAt, t.State = e.Channel, e.From, in.At, Unassigned
		t.Subject = cut(in.Texts["subject"], MaxSubject)
	case TicketClassified:
		t.Flow, t.Rules, t.Service, t.Kind, t.Priority = e.Flow, e.Rules, e.Service, e.Kind, e.Priority
		t.Suggested, t.Contact = false, e.Contact
		if t.State == ToClassify {
			t.State = Unassigned
		}
	case DataRequested:
		t.Missing, t.DataAt = slices.Clone(e.Fields), in.mark()
	case DataProvided:
		t.Missing = slices.DeleteFunc(t.Missing, func(f string) bool { return slices.Contains(e.Fields, f) })
		if len(t.Missing) == 0 {
			t.Missing, t.DataAt = nil, Mark{}
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

func applyApproval(t Ticket, in Entry, e Event) Ticket {
	switch e := e.(type) {
	case ApprovalRequested:
		t.State, t.Stage, t.Asked, t.More = PendingApproval, e.Stage, slices.Clone(e.Asked), slices.Clone(e.More)
		t.StageAt, t.Level, t.Team, t.Assignee = in.mark(), 0, "", ""
		t = t.remember(e.Asked)
	case StageApproved, StageRejected:
		t.Stage, t.Asked, t.StageAt = "", nil, Mark{}
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
	}
	return t
}

func applyWork(t Ticket, in Entry, e Event) Ticket {
	switch e := e.(type) {
	case LevelEntered:
		t = t.enterLevel(in, e)
	case TicketAssigned:
		t.Assignee, t.State = e.Person, Assigned
		t.hold()
	case TicketTaken:
		t.Assignee, t.State = in.Actor.Person, InProgress
		t = t.respond(in)
		t.LevelAt.Round, t.LevelAt.StepAt = 1, time.Time{}
		t.hold()
	case ContactLogged:
		t = t.respond(in)
	case QuestionAsked:
		t = t.respond(in)
		t.State, t.LevelAt, t.PauseAt = WaitingUser, Mark{}, in.mark()
	case QuestionAnswered:
		t.State, t.PauseAt, t.LevelAt = InProgress, Mark{}, in.mark()
		t.Paused += e.Paused
	case RequesterTold:
		t.Told = e.Medium
	case PaseHandedOver:
		t.Pases, t.Executed = e.N, false
	case InterruptionAnnounced:
		t.Outage = e.StartsAt
	case ExecutionSucceeded:
		t.Executed, t.Outage = true, time.Time{}
	case ExecutionFailed:
		t.Failures, t.Executed, t.Outage = e.N, false, time.Time{}
	case WaitReminded:
		t = t.reminded(in, e)
	}
	return t
}

// enterLevel stands the ticket at a level, with its last holder or nobody.
func (t Ticket) enterLevel(in Entry, e LevelEntered) Ticket {
	t.Level, t.Team, t.Assignee, t.LevelAt = e.Level, e.Team, e.Assignee, in.mark()
	t.Stage, t.Asked, t.More, t.StageAt = "", nil, nil, Mark{}
	if t.WorkAt.IsZero() || e.Why == BecauseReopened {
		t.WorkAt, t.Paused = in.At, 0
	}
	switch {
	case e.Assignee == "":
		t.State = Unassigned
	case e.Why == BecauseAssigned:
		t.State = Assigned
	default:
		t.State = InProgress
	}
	t.hold()
	return t
}

// hold remembers who holds the present level; the map was cloned by ApplyAll.
func (t *Ticket) hold() {
	last := make(map[Level]Holder, len(t.Last)+1)
	for l, h := range t.Last {
		last[l] = h
	}
	h := last[t.Level]
	if t.Assignee != "" {
		h.Person = t.Assignee
	}
	h.Team = t.Team
	last[t.Level] = h
	t.Last = last
}

func (t Ticket) reminded(in Entry, e WaitReminded) Ticket {
	m := map[WaitKind]*Mark{WaitLevel: &t.LevelAt, WaitPaused: &t.PauseAt, WaitCustody: &t.GearAt,
		WaitReturn: &t.GearAt, WaitData: &t.DataAt, WaitApproval: &t.StageAt}[e.Wait]
	if m != nil {
		m.Round, m.StepAt = e.Round, in.At
	}
	return t
}

func applyGear(t Ticket, in Entry, e Event) Ticket {
	switch e.(type) {
	case DiagnosisStarted:
		t = t.respond(in)
		t.Gear, t.GearAt, t.State = GearDiagnosis, in.mark(), InProgress
	case TransferAnnounced:
		t.Gear, t.GearAt, t.State = GearToMove, in.mark(), TransferPending
	case CustodyTaken:
		t.Gear, t.GearAt, t.State = GearCustody, in.mark(), InCustody
	case TransferCancelled:
		t.Gear, t.GearAt, t.State = GearStayed, Mark{}, InProgress
	case EquipmentReturned:
		t.Gear, t.GearAt, t.State = GearReturned, Mark{}, InProgress
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
	case TicketReopened:
		t.Reopened++
		t.ClosedAt, t.Told = time.Time{}, ""
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

// respond notes the first time somebody began to work on the ticket.
func (t Ticket) respond(in Entry) Ticket {
	if t.RespondedAt.IsZero() {
		t.RespondedAt = in.At
	}
	if t.State == Assigned {
		t.State = InProgress
	}
	return t
}

// end leaves no wait open; who held it and where stays for the record.
func (t Ticket) end(s State) Ticket {
	t.State, t.Stage, t.Asked, t.More = s, "", nil, nil
	t.StageAt, t.LevelAt, t.PauseAt, t.GearAt, t.DataAt = Mark{}, Mark{}, Mark{}, Mark{}, Mark{}
	return t
}

// cut shortens s to n characters at most, on a character boundary, one line.
func cut(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
