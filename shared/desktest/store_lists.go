package desktest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// Queue lists the open tickets of a team and level: most urgent, then oldest.
func (s *Store) Queue(_ context.Context, team desk.TeamID, level desk.Level, cursor string, limit int) ([]desk.Ticket, string, error) {
	list := s.where(func(t desk.Ticket) bool { return t.Team == team && t.Level == level && t.Level > 0 && !t.State.Ended() })
	slices.SortFunc(list, func(a, b desk.Ticket) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), a.OpenedAt.Compare(b.OpenedAt), cmp.Compare(a.ID, b.ID))
	})
	return page(list, cursor, limit)
}

// ByRequester lists the tickets of who asked, newest first.
func (s *Store) ByRequester(_ context.Context, person desk.PersonID, cursor string, limit int) ([]desk.Ticket, string, error) {
	list := s.where(func(t desk.Ticket) bool { return t.Requester == person && person != "" })
	slices.SortFunc(list, func(a, b desk.Ticket) int {
		return cmp.Or(b.OpenedAt.Compare(a.OpenedAt), cmp.Compare(b.ID, a.ID))
	})
	return page(list, cursor, limit)
}

// Undecided lists every ticket that waits for a decision, oldest first.
func (s *Store) Undecided(_ context.Context) ([]desk.Ticket, error) {
	list := s.where(func(t desk.Ticket) bool { return t.State == desk.PendingApproval })
	slices.SortFunc(list, func(a, b desk.Ticket) int {
		return cmp.Or(a.OpenedAt.Compare(b.OpenedAt), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// Unregularised lists the tickets authorised by mail that the Jefatura has yet to
// regularise, oldest first.
func (s *Store) Unregularised(_ context.Context) ([]desk.Ticket, error) {
	list := s.where(func(t desk.Ticket) bool { return t.RegularAt.Open() })
	slices.SortFunc(list, func(a, b desk.Ticket) int {
		return cmp.Or(a.RegularAt.At.Compare(b.RegularAt.At), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// PendingApprovals lists the tickets that a person is asked to decide, oldest first.
func (s *Store) PendingApprovals(ctx context.Context, person desk.PersonID) ([]desk.Ticket, error) {
	list, err := s.Undecided(ctx)
	return slices.DeleteFunc(list, func(t desk.Ticket) bool {
		_, asked := t.AskedPerson(person)
		return !asked
	}), err
}

// Decisions lists what a person decided, newest first.
func (s *Store) Decisions(_ context.Context, person desk.PersonID, limit int) ([]work.Decided, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []work.Decided
	for _, id := range slices.Sorted(maps.Keys(s.tickets)) {
		for _, r := range s.tickets[id].records {
			if work.IsDecision(r) && r.Actor.Person == person && person != "" {
				list = append(list, work.Decided{Ticket: copyTicket(s.tickets[id].ticket), Record: r})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b work.Decided) int {
		return cmp.Or(b.Record.At.Compare(a.Record.At), cmp.Compare(b.Ticket.ID, a.Ticket.ID))
	})
	return list[:min(len(list), max(limit, 1))], nil
}

// ByNumber finds a ticket by what people call it.
func (s *Store) ByNumber(_ context.Context, number desk.Number) (desk.TicketID, error) {
	list := s.where(func(t desk.Ticket) bool { return t.Number == number && number != "" })
	if len(list) == 0 {
		return "", absent("ticket number %s", number)
	}
	return list[0].ID, nil
}

// Tickets lists the ids of all tickets, in no order that means anything.
func (s *Store) Tickets(_ context.Context, cursor string, limit int) ([]desk.TicketID, string, error) {
	list, next, err := page(s.where(func(desk.Ticket) bool { return true }), cursor, limit)
	ids := make([]desk.TicketID, 0, len(list))
	for _, t := range list {
		ids = append(ids, t.ID)
	}
	return ids, next, err
}

// Register lists the rows of a sede and month, by number.
func (s *Store) Register(_ context.Context, sede desk.SedeID, period string) ([]desk.Row, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows := s.rows[month{sede, period}]
	var list []desk.Row
	for _, n := range slices.Sorted(maps.Keys(rows)) {
		list = append(list, rows[n])
	}
	return list, nil
}

// where copies the tickets that match, in the order of their ids.
func (s *Store) where(match func(desk.Ticket) bool) []desk.Ticket {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []desk.Ticket
	for _, id := range slices.Sorted(maps.Keys(s.tickets)) {
		if t := s.tickets[id].ticket; t.Version > 0 && match(t) {
			list = append(list, copyTicket(t))
		}
	}
	return list
}

// page cuts a list; the cursor is a place in it.
func page(list []desk.Ticket, cursor string, limit int) ([]desk.Ticket, string, error) {
	from := 0
	if cursor != "" {
		var err error
		if from, err = strconv.Atoi(cursor); err != nil || from < 0 {
			return nil, "", desk.InvalidField("cursor", "Vuelva a abrir la lista desde el principio.")
		}
	}
	from = min(from, len(list))
	until := min(from+max(limit, 1), len(list))
	if until == len(list) {
		return list[from:], "", nil
	}
	return list[from:until], strconv.Itoa(until), nil
}
