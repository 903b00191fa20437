package desk

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// aboutMeetings fills an event of 8.8 so that it is about the first date.
func aboutMeetings(e Event) Event {
	switch e.(type) {
	case MeetingsRequested:
		return MeetingsRequested{Dates: []Span{{noon, later}, {noon, later}}, Record: true}
	case SlotProposed:
		return SlotProposed{Row: 1, Room: "sala", Span: Span{later, later}}
	case SlotAccepted:
		return SlotAccepted{1}
	case SlotDeclined:
		return DateCancelled{1} // of a date as asked, declining changes nothing
	case RoomBooked:
		return RoomBooked{Row: 1, Room: "sala"}
	case RoomMoved:
		return RoomMoved{Row: 1, Room: "otra", Span: Span{later, later}}
	case DateCancelled:
		return DateCancelled{1}
	case PINShown:
		return PINShown{1}
	case RecordingDelivered:
		return RecordingDelivered{Row: 1, Until: later}
	}
	return e
}

func TestDatesOfARequestFollowTheirEvents(t *testing.T) {
	asked, other := Span{noon, noon.Add(time.Hour)}, Span{later, later.Add(time.Hour)}
	tests := []struct {
		name   string
		events []Event
		want   Meetings
		first  Meeting
	}{
		{"asked", nil, "rr", Meeting{Row: 1, State: MeetingAsked, Asked: asked, Span: asked}},
		{"another slot is offered and kept", []Event{SlotProposed{1, "sala", other}}, "pr",
			Meeting{Row: 1, State: MeetingProposed, Asked: asked, Span: other, Room: "sala", Sequence: 7}},
		{"taken up", []Event{SlotProposed{1, "sala", other}, SlotAccepted{1}}, "ar",
			Meeting{Row: 1, State: MeetingAccepted, Asked: asked, Span: other, Room: "sala", Sequence: 7}},
		{"turned down: as asked again", []Event{SlotProposed{1, "sala", other}, SlotDeclined{1}}, "rr",
			Meeting{Row: 1, State: MeetingAsked, Asked: asked, Span: asked, Sequence: 7}},
		{"booked", []Event{RoomBooked{1, "sala", true, true}}, "br",
			Meeting{Row: 1, State: MeetingBooked, Asked: asked, Span: asked, Room: "sala", Records: true, SharePIN: true, Sequence: 7, AccessSeq: 7}},
		{"moved keeps its access data", []Event{RoomBooked{1, "sala", false, false}, RoomMoved{1, "otra", other}}, "br",
			Meeting{Row: 1, State: MeetingBooked, Asked: asked, Span: other, Room: "otra", Sequence: 7, AccessSeq: 7}},
		{"cancelled", []Event{RoomBooked{1, "sala", false, false}, DateCancelled{1}}, "cr",
			Meeting{Row: 1, State: MeetingCancelled, Asked: asked, Span: asked, Room: "sala", Sequence: 7, AccessSeq: 7}},
		{"its recording was handed over", []Event{RecordingDelivered{1, other.EndsAt}}, "rr",
			Meeting{Row: 1, State: MeetingAsked, Asked: asked, Span: asked, DeliveredAt: later, DeliveredSeq: 7, Until: other.EndsAt}},
		{"of a date that is not there", []Event{RoomBooked{3, "sala", false, false}, DateCancelled{0}}, "rr", Meeting{Row: 1, State: MeetingAsked, Asked: asked, Span: asked}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			events := append([]Event{MeetingsRequested{Dates: []Span{asked, other}, Multi: true, Stream: true}}, test.events...)
			got := ApplyAll(Ticket{}, seven, events)
			if got.Meetings != test.want || got.Terms != TermMultiuse|TermStreaming {
				t.Errorf("ticket holds %q and terms %d, want %q", got.Meetings, got.Terms, test.want)
			}
			list := FoldMeetings([]Record{{Seq: 7, At: later, Events: events}})
			if diff := cmp.Diff(test.first, list[0]); diff != "" || len(list) != 2 {
				t.Errorf("first date (-want +got):\n%s", diff)
			}
		})
	}
}

// The letters in the ticket and the dates in full are two folds of one story.
func TestLettersAgreeWithTheDatesInFull(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ticket Ticket
		var list []Meeting
		for range rapid.IntRange(1, 30).Draw(t, "events") {
			e := anyEvent(t)
			if m, ok := e.(MeetingsRequested); ok && len(m.Dates) == 0 {
				continue
			}
			ticket, list = Apply(ticket, seven, e), ApplyMeeting(list, seven, e)
			var letters Meetings
			for _, m := range list {
				letters += Meetings(m.State)
			}
			if ticket.Meetings != letters {
				t.Fatalf("after %+v the ticket holds %q, the dates are %q", e, ticket.Meetings, letters)
			}
		}
	})
}

func TestRowsOfAState(t *testing.T) {
	m := Meetings("rbpc")
	if diff := cmp.Diff([]int{1, 3}, m.Rows(MeetingAsked, MeetingProposed)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if !m.Any(MeetingCancelled) || m.Any(MeetingAccepted) || m.State(5) != 0 || m.State(0) != 0 || m.State(2) != MeetingBooked {
		t.Errorf("states of %q are misread", m)
	}
	if diff := cmp.Diff([]int(nil), Meetings("").Rows(MeetingAsked), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func TestBookingsOfADay(t *testing.T) {
	nine, ten, half := Booking{Ticket: "a", Row: 1, From: 540, To: 600}, Booking{Ticket: "a", Row: 2, From: 600, To: 660}, Booking{Ticket: "b", Row: 1, From: 590, To: 610}
	if nine.Overlaps(ten) || !nine.Overlaps(half) || !half.Overlaps(ten) || nine.Same(ten) || !nine.Same(Booking{Ticket: "a", Row: 1}) {
		t.Error("one meeting may begin when another ends, and no earlier")
	}
	day := RoomDay{Date: "2026-09-15"}
	if got := day.Start(nine); !got.Equal(time.Date(2026, 9, 15, 14, 0, 0, 0, time.UTC)) {
		t.Errorf("09:00 in Lima is %v", got)
	}
	if date, minute := DayOf(day.End(ten)); date != "2026-09-15" || minute != 660 || Hour(minute) != "11:00" {
		t.Errorf("ends on %s at %s", date, Hour(minute))
	}
	if MeetingID("2026-000012", 3) != "2026-000012-3" || !(RoomDay{Date: "?"}).Start(nine).IsZero() {
		t.Error("a meeting's id, or the day of nothing")
	}
}
