package work_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/work"
)

// R104, R132: what a mail left out and was completed later stands in its row.
func TestRowTellsWhatWasCompletedLater(t *testing.T) {
	b := desktest.NewBench(t)
	id := mailContact(b, "usuaria-administracion-1", func(a *desk.Act) { delete(a.Fields, "description") }).After.Ticket.ID
	b.Do("usuaria-administracion-1", desk.ActProvideData, id, "description", "Se atasca en la bandeja 2.")
	b.Do("informatica-mesa-1", desk.ActClassify, id, "service", "apps-sigo", "flow", "8.5", "priority", "3")
	b.Do("informatica-mesa-1", desk.ActTake, id)
	b.Do("informatica-mesa-1", desk.ActClose, id, "solution", "Hecho.", "medium", "mail")
	rows, err := b.Store.Register(t.Context(), "SC", desk.Period(b.Time()))
	if err != nil || len(rows) != 1 {
		t.Fatalf("rows %+v, %v", rows, err)
	}
	if d := rows[0].Description; !strings.Contains(d, "No imprime") || !strings.Contains(d, "Se atasca en la bandeja 2") {
		t.Errorf("the row says %q", d)
	}
}

// spy keeps the last commit that passed it.
type spy struct {
	work.Store
	last work.Commit
}

func (s *spy) Commit(ctx context.Context, c work.Commit) error {
	s.last = c
	return s.Store.Commit(ctx, c)
}

// Whoever is asked further, by the clock too, must still hold the rights they
// were asked for when the act commits.
func TestRightsOfThoseAskedFurtherAreChecked(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open81()
	watch := &spy{Store: b.Store}
	b.Road.Store = watch
	b.Advance(27 * time.Hour)
	act := desk.Act{Kind: desk.ActOverdue, Ticket: id, At: b.Time(), Channel: desk.ChannelClock,
		Actor: desk.Actor{Person: desk.Clock, Via: "sweeper", Assurance: desk.AssuredSelf}, Fields: desk.Fields{"wait": string(b.Load(id).Waits[0].ID)}}
	result, err := b.Road.Perform(t.Context(), act)
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, e := range result.Events {
		passed, ok := e.(desk.ApprovalPassedOn)
		if !ok {
			continue
		}
		for _, a := range passed.Asked {
			asked++
			if !slices.ContainsFunc(watch.last.Checks, func(c work.RightsCheck) bool { return c.Person == a.Person }) {
				t.Errorf("nothing checks the rights of %s: %+v", a.Person, watch.last.Checks)
			}
		}
	}
	if asked == 0 {
		t.Fatalf("nobody was asked further: %v", result.Events)
	}
}
