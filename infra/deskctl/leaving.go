package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/work"
)

// leaving is who stops working here by an import, and which teams end. Somebody
// removed would leave cases that nobody can show or hand over; a disabled account
// keeps its name, so it is closed at once, whatever it still has, and its cases
// are told.
type leaving struct {
	removed  []deskword.PersonID
	disabled []deskword.PersonID
	teams    []deskword.TeamID
	names    *directory.Directory
}

func leavingOf(before, after directory.Records, now time.Time) leaving {
	was, is := directory.New(before), directory.New(after)
	l := leaving{names: was, teams: directory.Ending(was, is, now)}
	for _, p := range directory.Leaving(was, is, now) {
		if is.Disabled(p, now) {
			l.disabled = append(l.disabled, p)
		} else {
			l.removed = append(l.removed, p)
		}
	}
	return l
}

// check lists the open cases of who leaves: those of a removed person or team
// refuse the import (R7, R151), those of a disabled account are told.
func (l leaving) check(ctx context.Context, store tickets, out io.Writer) error {
	if len(l.removed)+len(l.disabled)+len(l.teams) == 0 {
		return nil
	}
	var refused, told []string
	err := eachTicket(ctx, store, func(s work.Stored) error {
		if s.Ticket.State.Ended() {
			return nil
		}
		refused = append(refused, l.lines(s.Ticket, l.removed)...)
		told = append(told, l.lines(s.Ticket, l.disabled)...)
		if slices.Contains(l.teams, s.Ticket.Team) {
			refused = append(refused, fmt.Sprintf("equipo «%s»: tiene el caso %s", s.Ticket.Team, s.Ticket.Number))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(told) > 0 {
		fmt.Fprintf(out, "Cuentas que se cierran con casos abiertos; reasígnelos:\n%s\n", strings.Join(sorted(told), "\n"))
	}
	if len(refused) > 0 {
		return fmt.Errorf("no se importó nada: hay casos abiertos de quienes salen; reasígnelos o ciérrelos antes:\n%s", strings.Join(sorted(refused), "\n"))
	}
	return nil
}

// lines say what ties each person to a case.
func (l leaving) lines(t deskword.Ticket, people []deskword.PersonID) []string {
	var lines []string
	for _, p := range people {
		_, asked := t.AskedPerson(p)
		for tie, holds := range map[string]bool{"tiene asignado": t.Assignee == p, "debe decidir": asked, "solicitó": t.Requester == p} {
			if holds {
				lines = append(lines, fmt.Sprintf("%s (%s): %s el caso %s", l.names.Name(p), p, tie, t.Number))
			}
		}
	}
	return lines
}

func sorted(lines []string) []string {
	slices.Sort(lines)
	return lines
}
