package work_test

import (
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/flow"
)

// The time that a question stopped is left out of the stored date, though no
// minute of it is stored with the ticket (R37, R72).
func TestStopsOfATicketAreReadFromItsRecords(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open85()
	b.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	b.Do("soporte-1", desk.ActTake, id)
	b.SetTime(desktest.Tuesday(10, 0))
	b.Do("soporte-1", desk.ActAsk, id, "question", "¿Qué versión usa?")
	b.SetTime(desktest.Tuesday(16, 0))
	b.Do("usuaria-administracion-1", desk.ActComment, id, "message", "La última.")
	b.SetTime(desktest.Tuesday(16, 10))
	b.Do("soporte-1", desk.ActNote, id, "message", "Nota")

	stored := b.Load(id)
	want := calendar.Default().AddWorking(desktest.Tuesday(16, 0), 7*time.Hour) // half of 16, one used
	if got := stored.Waits[0].WakeAt; !got.Equal(want) {
		t.Errorf("stored date %v, want %v", got, want)
	}
	view, err := b.Reader.Look(t.Context(), id, b.Act("soporte-1", "", id))
	if err != nil {
		t.Fatal(err)
	}
	due := flow.LevelDue(view.Ticket, view.Facts)
	if want := calendar.Default().AddWorking(desktest.Tuesday(16, 0), 15*time.Hour); !due.Equal(want) {
		t.Errorf("who looks reads %v, want %v", due, want)
	}
	closed := b.Open85()
	b.Do("usuaria-administracion-1", desk.ActWithdraw, closed, "reason", "Ya no.")
	counts, err := b.Reader.Countdowns(t.Context(), []desk.Ticket{stored.Ticket, b.Load(closed).Ticket}, b.Time())
	if err != nil || len(counts) != 1 || !counts[id].Due.Equal(due) {
		t.Errorf("counted down %+v, %v; want one, until %v", counts, err, due)
	}
}

// How far a local target is, is between the desk and its teams.
func TestWhoAskedSeesNoWarningOfTheLocalTarget(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open85()
	b.SetTime(desktest.Tuesday(11, 0))
	if _, err := b.Road.Perform(t.Context(), overdue(b, id, b.Load(id).Waits[0].ID)); err != nil {
		t.Fatal(err)
	}
	for who, want := range map[desk.PersonID]int{"usuaria-administracion-1": 1, "especialista-mesa": 2} {
		view, err := b.Reader.Look(t.Context(), id, b.Act(who, "", id))
		if err != nil || len(view.Records) != want {
			t.Errorf("%s reads %d acts, %v; want %d", who, len(view.Records), err, want)
		}
	}
}
