package main

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	deskword "mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/work"
)

func TestTablesAreReadAllOrNothing(t *testing.T) {
	base := desktest.Records()
	good := mustWrite(t, "rooms.csv", "room,name,sede,seats\nSALA-2,Sala 2,SC,8\n")
	bad := mustWrite(t, "sedes.csv", "sede,name\n,Sin código\n")
	after, err := readTables(base, []string{good})
	if err != nil || len(after.Rooms) != 1 || after.Rooms[0].ID != "SALA-2" || len(after.People) != len(base.People) {
		t.Errorf("one table: rooms %+v, %d people, %v", after.Rooms, len(after.People), err)
	}
	after, err = readTables(base, []string{good, bad})
	if err == nil || !strings.Contains(err.Error(), "no se importó nada") || !strings.Contains(err.Error(), "sedes.csv") {
		t.Errorf("a bad cell: %v", err)
	}
	if diff := cmp.Diff(base, after); diff != "" {
		t.Errorf("a bad cell changed something:\n%s", diff)
	}
	if _, err := readTables(base, []string{"nowhere.csv"}); err == nil {
		t.Error("a file that is not there was read")
	}
}

// twoPages answers one ticket a page.
type twoPages struct{ *desktest.Store }

func (s twoPages) Tickets(ctx context.Context, cursor string, _ int) ([]deskword.TicketID, string, error) {
	return s.Store.Tickets(ctx, cursor, 1)
}

func TestEveryTicketIsVisitedOnce(t *testing.T) {
	b := desktest.NewBench(t)
	want := map[deskword.TicketID]int{b.Open81(): 1, b.Open85(): 1, b.Open81(): 1}
	got := map[deskword.TicketID]int{}
	err := eachTicket(t.Context(), twoPages{b.Store}, func(s work.Stored) error {
		got[s.Ticket.ID]++
		return nil
	})
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v; visits (-want +got):\n%s", err, diff)
	}
	stop := errors.New("enough")
	if err := eachTicket(t.Context(), b.Store, func(work.Stored) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the visitor's error became %v", err)
	}
}
