package desktest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// Store is a store in memory that keeps every promise of the real one: it
// passes RunStore. It is safe for concurrent use.
type Store struct {
	mu       sync.Mutex
	tickets  map[desk.TicketID]*file
	keys     map[scoped]work.Key
	numbers  map[int]int
	counters map[month]int
	rows     map[month]map[int]desk.Row
	acts     map[month][]desk.MonthAct
	days     map[roomDay]desk.RoomDay
	version  int
	records  directory.Records
	changes  []calendar.Change
	rights   map[desk.PersonID]int
	catalogs directory.Catalogues
	policies map[time.Time]flow.Policy
	houses   map[time.Time]desk.Institution
	editions desk.Editions
	told     map[int]desk.Telling
	subjects map[scoped]desk.PersonID
	epochs   map[desk.PersonID]int
	offset   time.Duration
	effects  map[desk.TicketID]map[string]desk.Effect // also of ids that are no ticket
	resent   map[scoped]bool                          // outbox items that have an heir, by ticket and reference
	children map[desk.TicketID][]desk.TicketID        // who ever joined a mass incident
	edges    edges
}

// file is all that the store holds of one ticket.
type file struct {
	ticket   desk.Ticket
	hash     string
	records  []desk.Record
	waits    map[desk.WaitID]desk.Wait
	machines map[desk.Machine]desk.MachineRecord
	stuck    map[desk.Machine]bool
	vault    map[int]desk.Credential
}

// It is what the road and the pages ask of a store.
var (
	_ work.Store        = (*Store)(nil)
	_ work.Directory    = (*Store)(nil)
	_ work.Settings     = (*Store)(nil)
	_ work.EffectReader = (*Store)(nil)
)

type scoped struct{ scope, key string }

type month struct {
	sede   desk.SedeID
	period string
}

// NewStore makes an empty store.
func NewStore() *Store {
	return &Store{
		tickets: map[desk.TicketID]*file{}, keys: map[scoped]work.Key{}, numbers: map[int]int{},
		counters: map[month]int{}, rows: map[month]map[int]desk.Row{}, acts: map[month][]desk.MonthAct{}, days: map[roomDay]desk.RoomDay{}, rights: map[desk.PersonID]int{},
		policies: map[time.Time]flow.Policy{}, houses: map[time.Time]desk.Institution{}, told: map[int]desk.Telling{}, subjects: map[scoped]desk.PersonID{}, epochs: map[desk.PersonID]int{},
		effects: map[desk.TicketID]map[string]desk.Effect{}, resent: map[scoped]bool{}, children: map[desk.TicketID][]desk.TicketID{}, edges: newEdges(),
	}
}

// Load reads ticket, open waits and machines.
func (s *Store) Load(_ context.Context, id desk.TicketID) (work.Stored, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.tickets[id]
	if !ok || f.ticket.Version == 0 {
		return work.Stored{}, absent("ticket %s", id)
	}
	open := f.openWaits()
	return work.Stored{Ticket: copyTicket(f.ticket), Hash: f.hash, Waits: open, Machines: maps.Clone(f.machines)}, nil
}

// openWaits are the waits not settled, in the order of their ids.
func (f *file) openWaits() []desk.Wait {
	var open []desk.Wait
	for _, id := range slices.Sorted(maps.Keys(f.waits)) {
		if w := f.waits[id]; !w.Settled {
			open = append(open, copyOf(w))
		}
	}
	return open
}

// Records reads the records after seq, oldest first.
func (s *Store) Records(_ context.Context, id desk.TicketID, after int) ([]desk.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.tickets[id]
	if !ok {
		return nil, nil
	}
	var list []desk.Record
	for _, r := range f.records {
		if r.Seq > after {
			list = append(list, r)
		}
	}
	return list, nil
}

// Commit writes c: all of it or nothing.
func (s *Store) Commit(_ context.Context, c work.Commit) error {
	record, err := stored(c.Record)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refusal(c); err != nil {
		return err
	}
	f := s.tickets[c.After.ID]
	if f == nil {
		f = &file{waits: map[desk.WaitID]desk.Wait{}, machines: map[desk.Machine]desk.MachineRecord{}, stuck: map[desk.Machine]bool{}, vault: map[int]desk.Credential{}}
		s.tickets[c.After.ID] = f
	}
	f.ticket, f.hash = copyTicket(c.After), c.Record.Hash
	f.records = append(f.records, record)
	f.wait(c)
	f.keep(c.Vault)
	for _, m := range c.Machines {
		f.machines[m.Machine] = m
		delete(f.stuck, m.Machine)
	}
	for _, e := range c.Effects {
		s.addEffect(e)
	}
	s.commitRest(c)
	return nil
}

// wait opens, moves and settles the commit's waits. The token of a settled wait
// stays: the resume that follows the act speaks with it.
func (f *file) wait(c work.Commit) {
	for _, w := range c.Open {
		f.waits[w.ID] = copyOf(w)
	}
	for _, w := range c.Move {
		old := f.waits[w.ID]
		old.WakeAt, old.Round, old.Asked = w.WakeAt, w.Round, slices.Clone(w.Asked)
		f.waits[w.ID] = old
	}
	for _, w := range c.Settle {
		old := f.waits[w.ID]
		old.Settled = true
		f.waits[w.ID] = old
	}
}

// commitRest writes what lies outside the ticket: keys, mails sent again and the register.
func (s *Store) commitRest(c work.Commit) {
	for _, event := range c.Record.Events {
		if resent, ok := event.(desk.MailResent); ok {
			s.resent[scoped{string(c.After.ID), resent.Ref}] = true
		}
	}
	if c.Parent != nil {
		s.children[c.Parent.Ticket] = append(s.children[c.Parent.Ticket], c.After.ID)
	}
	for _, k := range c.Keys {
		s.keys[scoped{k.Scope, k.Key}] = k
	}
	s.writeDays(c.Days)
	if c.Row == nil {
		s.moveRow(c)
		return
	}
	m := month{c.Row.Sede, c.Row.Period}
	if s.rows[m] == nil {
		s.rows[m] = map[int]desk.Row{}
	}
	row := *c.Row
	if old, there := s.rows[m][row.N]; there {
		row.Before = said(old)
	}
	s.rows[m][row.N] = row
	s.counters[m] = max(s.counters[m], c.Row.N)
}

// refusal says why c may not be written now.
func (s *Store) refusal(c work.Commit) error {
	if body, err := json.Marshal(c.After); err != nil || len(body) > 4*desk.MaxTicketBytes {
		return fmt.Errorf("ticket %s: %d bytes are too many: %w", c.After.ID, len(body), err)
	}
	for _, k := range c.Keys {
		if k.Key == "" {
			return fmt.Errorf("ticket %s: an idempotency key is empty", c.After.ID)
		}
		if old, ok := s.keys[scoped{k.Scope, k.Key}]; ok && inForce(old, c.Record.At) {
			return work.ErrKeyTaken
		}
	}
	if !s.ticketFits(c) || !s.rowFits(c) || !s.daysFit(c) {
		return work.ErrConflict
	}
	if c.Parent != nil && (s.tickets[c.Parent.Ticket] == nil || s.tickets[c.Parent.Ticket].ticket.Version != c.Parent.Version) {
		return work.ErrConflict
	}
	for _, check := range c.Checks {
		if s.rights[check.Person] != check.Revision {
			return work.ErrConflict
		}
	}
	return nil
}

// ticketFits holds version, waits, machines and effects against what is stored.
func (s *Store) ticketFits(c work.Commit) bool {
	f := s.tickets[c.After.ID]
	if f == nil {
		return c.Before.Ticket.Version == 0 && len(c.Move)+len(c.Settle) == 0
	}
	if f.ticket.Version != c.Before.Ticket.Version || c.Before.Ticket.Version == 0 {
		return false
	}
	for _, w := range c.Open {
		if _, taken := f.waits[w.ID]; taken {
			return false
		}
	}
	for _, w := range slices.Concat(c.Move, c.Settle) {
		if old, ok := f.waits[w.ID]; !ok || old.Settled {
			return false
		}
	}
	for _, m := range c.Machines {
		if f.machines[m.Machine].Generation != c.Before.Machines[m.Machine].Generation {
			return false
		}
	}
	if !f.vaultFits(c.Vault) {
		return false
	}
	for _, e := range c.Effects {
		if _, taken := s.effects[e.Ticket][e.Ref()]; taken {
			return false
		}
	}
	return true
}

// rowFits: a new row takes the next number; a rewritten one is the ticket's own.
func (s *Store) rowFits(c work.Commit) bool {
	if c.Row == nil {
		return c.RowState == "" || s.rows[month{c.After.Sede, c.After.RowMonth}][c.After.Row].Ticket == c.After.ID
	}
	m := month{c.Row.Sede, c.Row.Period}
	if c.Rewrite {
		return s.rows[m][c.Row.N].Ticket == c.Row.Ticket
	}
	return s.counters[m] == c.Row.N-1
}

// FindKey returns the record of a key in force at now.
func (s *Store) FindKey(_ context.Context, scope, key string, now time.Time) (work.Key, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.keys[scoped{scope, key}]
	if !ok || !inForce(k, now) {
		return work.Key{}, false, nil
	}
	return k, true, nil
}

func inForce(k work.Key, now time.Time) bool { return k.Until.IsZero() || k.Until.After(now) }

// NextNumber counts the tickets of a year.
func (s *Store) NextNumber(_ context.Context, year int) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.numbers[year]++
	return s.numbers[year], nil
}

// NextRow is the register's next number.
func (s *Store) NextRow(_ context.Context, sede desk.SedeID, period string) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counters[month{sede, period}] + 1, nil
}

// stored is a record as it comes back: what its body does not hold is gone.
func stored(r desk.Record) (desk.Record, error) {
	body, err := r.Body()
	if err != nil {
		return desk.Record{}, err
	}
	parsed, err := desk.ParseRecord(body, r.Prev, r.Hash)
	parsed.Texts, parsed.Salt = maps.Clone(r.Texts), r.Salt
	return parsed, err
}

// copyTicket is t without anything shared.
func copyTicket(t desk.Ticket) desk.Ticket {
	c := copyOf(t)
	c.ID, c.Version = t.ID, t.Version
	return c
}

// copyOf is v as its JSON form says; the desk's values all have one.
func copyOf[T any](v T) T {
	var c T
	data, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(data, &c)
	}
	if err != nil {
		return v
	}
	return c
}

// absent is the problem of what is not there.
func absent(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, desk.NewProblem(desk.NotFound, "", "No encontramos lo que busca."))...)
}
