package work_test

import (
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
)

// R90: who could authorise is asked of the directory for the day of the mail; the
// record keeps when it really happened.
func TestAuthorisationByMailIsOfItsOwnDay(t *testing.T) {
	b := desktest.NewBench(t)
	edit(t, b, func(r *directory.Records) { // the Jefatura changed hands on Monday 14
		for i := range r.Heads {
			if r.Heads[i].Unit == "UTI" {
				r.Heads[i].Until = calendar.Date{Year: 2026, Month: time.September, Day: 13}
			}
		}
		r.Heads = append(r.Heads, directory.Head{Unit: "UTI", Person: "jefa-planeamiento", Basis: "Resolución de ejemplo", Period: directory.Period{From: calendar.Date{Year: 2026, Month: time.September, Day: 14}}})
	})
	form := func(by, at string) desk.Act {
		return b.Act("desarrollo-2", desk.ActOpen, "", "service", "apps-sigo", "flow", "8.3", "subject", "Servidor detenido", "description", "x", "detected", "stopped", "by_mail", "yes",
			"asked_at", at+"T18:00", "request_mail", "Pido.", "authorised_by", by, "authorised_at", at+"T18:30", "authorisation_mail", "Sí.")
	}
	for _, wrong := range []desk.Act{form("jefa-uti", "2026-09-14"), form("jefa-planeamiento", "2026-09-11"), form("desarrollo-2", "2026-09-14")} {
		_, err := b.Road.Perform(t.Context(), wrong)
		wantCode(t, err, desk.Invalid)
	}
	result, err := b.Road.Perform(t.Context(), form("jefa-uti", "2026-09-11"))
	if err != nil {
		t.Fatal(err)
	}
	id, asked := result.After.Ticket.ID, time.Date(2026, 9, 11, 18, 0, 0, 0, desk.Lima).UTC()
	records, err := b.Store.Records(t.Context(), id, 0)
	if err != nil || !records[0].HappenedAt.Equal(asked) || !records[0].At.Equal(b.Time()) || !result.After.Ticket.OpenedAt.Equal(asked) {
		t.Errorf("record happened %v, written %v; ticket of %v; %v", records[0].HappenedAt, records[0].At, result.After.Ticket.OpenedAt, err)
	}
	if got, want := b.Outbox(id, 1), "received→desarrollo-2, regularise→jefa-planeamiento, start escalation 1"; got != want {
		t.Errorf("it orders %q, want %q", got, want)
	}
	_, err = b.Road.Perform(t.Context(), b.Act("jefa-uti", desk.ActRegularise, id))
	if err == nil {
		t.Error("who left the post regularises")
	}
	b.Do("jefa-planeamiento", desk.ActRegularise, id)
	b.Do("especialista-mesa", desk.ActRoute, id, "level", "2", "reason", "x")
	b.Do("desarrollo-1", desk.ActTake, id)
	b.Do("desarrollo-1", desk.ActClose, id, "solution", "Se reinició.", "medium", "mail")
	rows, err := b.Store.Register(t.Context(), "SC", "202609")
	if err != nil || len(rows) != 1 || !rows[0].At.Equal(asked) {
		t.Errorf("register holds %+v, want the date of the petition (%v)", rows, err)
	}
	mustHold(t, b, id)
}
