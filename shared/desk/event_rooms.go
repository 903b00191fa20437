package desk

import "time"

// The facts of 8.8. A row is a line of Anexo 02's «Programado para», counted
// from 1. Remarks, objective, participants, links and PIN are texts.

// Span is a stretch of time on one day.
type Span struct {
	StartsAt time.Time `json:"s"`
	EndsAt   time.Time `json:"e"`
}

// MeetingsRequested: the dates and conditions of Anexo 02 (R141–R144).
type MeetingsRequested struct {
	Dates  []Span `json:"d"`
	Place  string `json:"w"`            // PlaceMultiuse, PlaceOther or PlaceVirtual
	Multi  bool   `json:"m,omitempty"`  // who asks has the authorisation for the multi-use room
	Record bool   `json:"g,omitempty"`  // who asks authorises the recording
	Stream bool   `json:"st,omitempty"` // streaming is wanted
}

// Where a meeting is asked to be held.
const (
	PlaceMultiuse = "multiuse"
	PlaceOther    = "other"
	PlaceVirtual  = "virtual"
)

// MultiuseAuthorised: who asked confirmed the authorisation later (R143).
type MultiuseAuthorised struct{}

// SlotProposed: the room is not free as asked; another slot was offered and is
// kept for the answer (8.8.4, R130).
type SlotProposed struct {
	Row  int    `json:"n"`
	Room RoomID `json:"r"`
	Span
}

// SlotAccepted: who asked takes the offered slot.
type SlotAccepted struct {
	Row int `json:"n"`
}

// SlotDeclined: who asked cannot; the slot is free again.
type SlotDeclined struct {
	Row int `json:"n"`
}

// RoomBooked: the room is scheduled (8.8.3, R129).
type RoomBooked struct {
	Row      int    `json:"n"`
	Room     RoomID `json:"r"`
	Records  bool   `json:"g,omitempty"` // the platform can record: R149
	SharePIN bool   `json:"p,omitempty"` // who asked is authorised to see the PIN: R147
}

// RoomMoved: the booking has another room or time.
type RoomMoved struct {
	Row  int    `json:"n"`
	Room RoomID `json:"r"`
	Span
}

// DateCancelled: this date will not be held; its slot is free.
type DateCancelled struct {
	Row int `json:"n"`
}

// PINShown: somebody had the access PIN shown to them (R147).
type PINShown struct {
	Row int `json:"n"`
}

// RecordingDelivered: the copy of the recording was handed over (8.8.4, R131).
type RecordingDelivered struct {
	Row   int       `json:"n"`
	Until time.Time `json:"u"` // nobody opens it after this
}
