package work

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// Texts that no view of a ticket shows, whoever looks: the access PIN, reserved
// to the staff of informatics or to authorised staff (R147), and the address of
// a recording, which only who asked and staff may open, and only for a time
// (R131). Each has its own way out below.
const (
	keptPIN       = "pin"
	keptRecording = "repository"
)

// Masked stands where a PIN is kept back, as Anexo 02 prints it.
const Masked = "*****"

// withoutKept masks the PIN and leaves out the addresses of recordings.
func withoutKept(records []desk.Record) []desk.Record {
	shown := slices.Clone(records)
	for i, rec := range shown {
		_, pin := rec.Texts[keptPIN]
		_, link := rec.Texts[keptRecording]
		if !pin && !link {
			continue
		}
		texts := maps.Clone(rec.Texts)
		delete(texts, keptRecording)
		if pin {
			texts[keptPIN] = Masked
		}
		shown[i].Texts = texts
	}
	return shown
}

// PIN shows the access PIN of one date: it is an act, so that who saw it is on
// record before anybody sees it. Empty if the booking has none.
func (r *Reader) PIN(ctx context.Context, act desk.Act, row int) (string, error) {
	act.Kind, act.Fields = desk.ActShowPIN, desk.Fields{"row": fmt.Sprint(row)}
	if _, err := r.Road.Perform(ctx, act); err != nil {
		return "", err
	}
	meeting, err := r.meeting(ctx, act.Ticket, row)
	if err != nil {
		return "", err
	}
	return r.keptText(ctx, act.Ticket, meeting.AccessSeq, keptPIN)
}

// RoomDays reads what a room is booked for, for the calendar.
func (r *Reader) RoomDays(ctx context.Context, room desk.RoomID, from, to string) ([]desk.RoomDay, error) {
	return r.Road.Store.RoomDays(ctx, room, from, to)
}

// Recording gives the address of a recording to who may read the ticket, until
// its last day; desk.NotFound after it, or before it was handed over.
func (r *Reader) Recording(ctx context.Context, v View, row int, now time.Time) (string, error) {
	if row < 1 || row > len(v.Facts.Meetings) || !flow.MayRead(v.Ticket, v.Facts.Rights) {
		return "", NotYours()
	}
	m := v.Facts.Meetings[row-1]
	if m.DeliveredAt.IsZero() || !m.Until.After(now) {
		return "", desk.NewProblem(desk.NotFound, "R131", "Esa grabación no está disponible.")
	}
	return r.keptText(ctx, v.Ticket.ID, m.DeliveredSeq, keptRecording)
}

func (r *Reader) meeting(ctx context.Context, id desk.TicketID, row int) (desk.Meeting, error) {
	records, err := r.Road.Store.Records(ctx, id, 0)
	if err != nil {
		return desk.Meeting{}, fmt.Errorf("dates of %s: %w", id, err)
	}
	meetings := desk.FoldMeetings(records)
	if row < 1 || row > len(meetings) {
		return desk.Meeting{}, NotYours()
	}
	return meetings[row-1], nil
}

func (r *Reader) keptText(ctx context.Context, id desk.TicketID, seq int, name string) (string, error) {
	texts, err := r.Road.Store.Texts(ctx, id, seq)
	if err != nil {
		return "", fmt.Errorf("kept text of %s: %w", id, err)
	}
	return texts[name], nil
}
