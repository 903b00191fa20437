package dynamo

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// ticketItem is META: v version, b the fold, h the chain's head, w the open
// waits by id (so that Load can tell a half-seen commit from a whole one), and
// the keys of the lists it stands in.
func ticketItem(t desk.Ticket, hash string, waits []desk.WaitID) (item, error) {
	body, err := json.Marshal(t)
	if err != nil {
		return nil, fmt.Errorf("encode ticket %s: %w", t.ID, err)
	}
	i := keyOf(pkTicket(t.ID), skTicket)
	i.number("v", t.Version)
	i.text("b", string(body))
	i.text("h", hash)
	i.text("w", joinWaits(waits))
	if pk, sk := queueKey(t); pk != "" {
		i.text("qpk", pk)
		i.text("qsk", sk)
	}
	if t.Requester != "" {
		i.text("rpk", pkPerson(t.Requester))
		i.text("rsk", ageKey(t))
	}
	if n := i.size(); n > maxTicket {
		return nil, fmt.Errorf("ticket %s version %d: %d bytes stored, more than %d", t.ID, t.Version, n, maxTicket)
	}
	return i, nil
}

// queueKey is the list an open ticket stands in: its team's, or that of the
// undecided. It does not name the assignee or the state, so that taking,
// asking and answering write nothing to the index.
func queueKey(t desk.Ticket) (pk, sk string) {
	switch {
	case t.State.Ended():
		return "", ""
	case t.State == desk.PendingApproval:
		return partUndecided, ageKey(t)
	case t.Level > 0 && t.Team != "":
		return pkQueue(t.Team, t.Level), strconv.Itoa(int(t.Priority)) + "#" + ageKey(t)
	default:
		return "", ""
	}
}

// ageKey orders tickets by age; the id keeps two of one second apart.
func ageKey(t desk.Ticket) string { return stamp(t.OpenedAt) + "#" + string(t.ID) }

// ticketFrom reads a META item.
func ticketFrom(i item) (desk.Ticket, error) {
	var t desk.Ticket
	if err := i.getJSON("b", &t); err != nil {
		return desk.Ticket{}, err
	}
	t.ID, t.Version = ticketOf(i.getText("pk")), i.getNumber("v")
	return t, nil
}

// joinWaits is a set of waits as one text.
func joinWaits(ids []desk.WaitID) string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		names = append(names, string(id))
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// openAfter is which waits stand once c is in.
func openAfter(c work.Commit) []desk.WaitID {
	var ids []desk.WaitID
	for _, w := range c.Before.Waits {
		if !slices.ContainsFunc(c.Settle, func(s desk.Wait) bool { return s.ID == w.ID }) {
			ids = append(ids, w.ID)
		}
	}
	for _, w := range c.Open {
		ids = append(ids, w.ID)
	}
	return ids
}

// maxTicket is where something is wrong with a fold. One write unit
// (desk.MaxTicketBytes) is the aim, which tests hold for ordinary tickets; long
// ids and a long life may take a second one, and must not stop the work.
const maxTicket = 4 * desk.MaxTicketBytes
