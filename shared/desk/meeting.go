package desk

import (
	"slices"
	"strings"
	"time"
)

// RoomID names a meeting room of the directory.
type RoomID string

// VirtualRoom is no room: a meeting by link alone. It is never occupied.
const VirtualRoom RoomID = "virtual"

// MaxMeetings is how many dates one request may hold.
const MaxMeetings = 12

// MeetingState is how far one date of a request is: R129, R130.
type MeetingState byte

// The states of a date. In the stored ticket each is one letter.
const (
	MeetingAsked     MeetingState = 'r'
	MeetingProposed  MeetingState = 'p' // another slot was offered and is kept
	MeetingAccepted  MeetingState = 'a' // the offered slot was taken up, without access data yet
	MeetingBooked    MeetingState = 'b'
	MeetingCancelled MeetingState = 'c'
)

// Meetings are the states of a ticket's dates, one letter each: all that the
// stored ticket holds of them. What, where and when stand in the events.
type Meetings string

// State is that of row n, 0 if there is no such row.
func (m Meetings) State(n int) MeetingState {
	if n < 1 || n > len(m) {
		return 0
	}
	return MeetingState(m[n-1])
}

// Any tells whether a row is in one of states.
func (m Meetings) Any(states ...MeetingState) bool {
	return strings.ContainsAny(string(m), string(bytesOf(states)))
}

// Rows are the numbers of the rows in one of states.
func (m Meetings) Rows(states ...MeetingState) []int {
	var rows []int
	for i := range len(m) {
		if slices.Contains(states, MeetingState(m[i])) {
			rows = append(rows, i+1)
		}
	}
	return rows
}

func bytesOf(states []MeetingState) []byte {
	b := make([]byte, 0, len(states))
	for _, s := range states {
		b = append(b, byte(s))
	}
	return b
}

// with is m with row n in state s; a row that is not there changes nothing.
func (m Meetings) with(n int, s MeetingState) Meetings {
	if m.State(n) == 0 {
		return m
	}
	b := []byte(m)
	b[n-1] = byte(s)
	return Meetings(b)
}

// Terms are the conditions of a request for videoconferences, as a sum.
type Terms int

// The terms of Anexo 02: R142–R144.
const (
	TermMultiuse  Terms = 1 << iota // the authorisation for the multi-use room
	TermRecording                   // the recording is authorised
	TermStreaming
)

// Has tells whether t holds a term.
func (t Terms) Has(term Terms) bool { return t&term != 0 }

func applyRooms(t Ticket, e Event) Ticket {
	switch e := e.(type) {
	case MeetingsRequested:
		t.Meetings = Meetings(strings.Repeat(string(byte(MeetingAsked)), len(e.Dates)))
		t.Terms = termsOf(e)
	case MultiuseAuthorised:
		t.Terms |= TermMultiuse
	case SlotProposed:
		t.Meetings = t.Meetings.with(e.Row, MeetingProposed)
	case SlotAccepted:
		t.Meetings = t.Meetings.with(e.Row, MeetingAccepted)
	case SlotDeclined:
		t.Meetings = t.Meetings.with(e.Row, MeetingAsked)
	case RoomBooked:
		t.Meetings = t.Meetings.with(e.Row, MeetingBooked)
	case DateCancelled:
		t.Meetings = t.Meetings.with(e.Row, MeetingCancelled)
	}
	return t
}

func termsOf(e MeetingsRequested) Terms {
	var t Terms
	for term, set := range map[Terms]bool{TermMultiuse: e.Multi, TermRecording: e.Record, TermStreaming: e.Stream} {
		if set {
			t |= term
		}
	}
	return t
}

// Meeting is one date of a request in full: the fold of its events.
type Meeting struct {
	Row       int
	State     MeetingState
	Asked     Span   // as the request says
	Span             // as it stands: offered, booked or moved
	Room      RoomID // offered or booked
	Records   bool   // the platform can record
	SharePIN  bool   // who asked may see the PIN
	Sequence  int    // of its calendar entry: the act that last changed it
	AccessSeq int    // the act whose texts hold link, meeting id and PIN

	DeliveredAt  time.Time // the copy of the recording
	DeliveredSeq int
	Until        time.Time
}

// FoldMeetings are the dates of a ticket as its records left them.
func FoldMeetings(records []Record) []Meeting {
	var list []Meeting
	for _, r := range records {
		for _, e := range r.Events {
			list = ApplyMeeting(list, r.Entry(), e)
		}
	}
	return list
}

// ApplyMeeting is FoldMeetings' step. It is total: an event about a row that is
// not there changes nothing.
func ApplyMeeting(list []Meeting, in Entry, e Event) []Meeting {
	switch e := e.(type) {
	case MeetingsRequested:
		list = nil
		for i, span := range e.Dates {
			list = append(list, Meeting{Row: i + 1, State: MeetingAsked, Asked: span, Span: span})
		}
		return list
	case SlotProposed:
		return change(list, e.Row, func(m *Meeting) { m.State, m.Room, m.Span, m.Sequence = MeetingProposed, e.Room, e.Span, in.Seq })
	case SlotAccepted:
		return change(list, e.Row, func(m *Meeting) { m.State = MeetingAccepted })
	case SlotDeclined:
		return change(list, e.Row, func(m *Meeting) { m.State, m.Room, m.Span = MeetingAsked, "", m.Asked })
	case RoomBooked:
		return change(list, e.Row, func(m *Meeting) {
			m.State, m.Room, m.Records, m.SharePIN, m.Sequence, m.AccessSeq = MeetingBooked, e.Room, e.Records, e.SharePIN, in.Seq, in.Seq
		})
	case RoomMoved:
		return change(list, e.Row, func(m *Meeting) { m.Room, m.Span, m.Sequence = e.Room, e.Span, in.Seq })
	case DateCancelled:
		return change(list, e.Row, func(m *Meeting) { m.State, m.Sequence = MeetingCancelled, in.Seq })
	case RecordingDelivered:
		return change(list, e.Row, func(m *Meeting) { m.DeliveredAt, m.DeliveredSeq, m.Until = in.At, in.Seq, e.Until })
	default:
		return list
	}
}

// change copies the list with one row changed.
func change(list []Meeting, row int, do func(*Meeting)) []Meeting {
	if row < 1 || row > len(list) {
		return list
	}
	list = slices.Clone(list)
	do(&list[row-1])
	return list
}
