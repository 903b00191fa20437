package httpapi

import (
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// meeting is one date of a videoconference (8.8). The access PIN and the address
// of a recording are on the portal's pages only (R131, R147).
type meeting struct {
	Row         int       `json:"row"`
	State       label     `json:"state"`
	StartsAt    time.Time `json:"startsAt"`
	EndsAt      time.Time `json:"endsAt"`
	Room        *ref      `json:"room,omitempty"`
	Recordable  bool      `json:"recordable,omitempty"` // authorised, and the platform can
	DeliveredAt time.Time `json:"recordingDeliveredAt,omitzero"`
	Until       time.Time `json:"recordingUntil,omitzero"`
}

func meetings(v work.View) []meeting {
	var list []meeting
	for _, m := range v.Facts.Meetings {
		out := meeting{Row: m.Row, State: label{meetingCode(m.State), flow.MeetingStateLabel(m.State)}, StartsAt: m.StartsAt, EndsAt: m.EndsAt,
			Recordable: m.Records && v.Ticket.Terms.Has(desk.TermRecording), DeliveredAt: m.DeliveredAt, Until: m.Until}
		if m.Room != "" {
			out.Room = &ref{string(m.Room), flow.RoomName(m.Room, v.Facts.Rooms)}
		}
		list = append(list, out)
	}
	return list
}

// meetingCode is a state as programs read it.
func meetingCode(s desk.MeetingState) string {
	return map[desk.MeetingState]string{desk.MeetingAsked: "requested", desk.MeetingProposed: "proposed", desk.MeetingAccepted: "accepted",
		desk.MeetingBooked: "booked", desk.MeetingCancelled: "cancelled"}[s]
}
