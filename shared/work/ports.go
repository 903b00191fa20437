// Package work is the road: whatever the way in (form, portal, API, signed
// link, mail, phone, clock), an act is performed here and nowhere else.
//
//	load → flow.Decide (pure) → events, effects → one transaction
//
// Perform loads the ticket and the facts, lets the rules decide, seals what
// they ordered (hashes, salts, one outbox item per recipient) and commits it
// all or nothing. If somebody else was faster it loads and decides again, a
// few times, with jitter; after that the caller gets desk.Busy.
//
// The package does no I/O of its own: what it needs of the world stands in the
// interfaces below, as small as its use, implemented by adapters.
package work

import (
	"context"
	"errors"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/notify"
)

// Stored is a ticket as the store holds it, read consistently.
type Stored struct {
	Ticket   desk.Ticket
	Hash     string      // of the last record: the chain's head
	Waits    []desk.Wait // open ones, tokens included
	Machines map[desk.Machine]desk.MachineRecord
}

// Commit is everything one act writes, in one transaction: all of it or
// nothing. Store.Commit fails as its comment says.
type Commit struct {
	Nonce    string // of this attempt: the same commit sent again is the same write, another caller's equal one is not
	Before   Stored // Ticket.Version 0 and no ID in the store: a new ticket
	After    desk.Ticket
	Record   desk.Record // Seq = After.Version; Texts and Salt go to X#, the rest to E#
	Open     []desk.Wait
	Move     []desk.Wait // date, round, persons asked; token and generation stay
	Settle   []desk.Wait // leaves the due index; the token stays: the resume effect speaks through it
	Machines []desk.MachineRecord
	Effects  []desk.Effect
	Row      *desk.Row // new: N = counter + 1; Rewrite: same row again
	Rewrite  bool
	RowState string         // new state of the row the ticket has (After names it); empty: as it is
	Days     []desk.RoomDay // whole days of rooms; Version is the one read, 0 for a new one
	Keys     []Key
	Checks   []RightsCheck // rights the decision rested on must be unchanged
	Vault    desk.Vault    // credentials kept, shown or dropped with the act; one shown must still be there
	Parent   *ParentCheck  // a mass incident joined must be as it was read
}

// ParentCheck says that a mass incident must still be at this version when a
// case joins it, so that none joins what just ended.
type ParentCheck struct {
	Ticket  desk.TicketID
	Version int
}

// Key is an idempotency record: K#<scope>#<key>. Until zero means for ever.
type Key struct {
	Scope, Key string
	Request    string // hash of the request: another body under the same key is refused
	Ticket     desk.TicketID
	Seq        int
	Until      time.Time
}

// RightsCheck says that a person's rights must still be at this revision when
// the act commits: decisions and changes of who has a ticket.
type RightsCheck struct {
	Person   desk.PersonID
	Revision int
}

// Snapshot is the directory at one revision. Rights holds, for each person, the
// revision of what they may do: it moves when their account, posts, teams or
// substitutions are written.
type Snapshot struct {
	*directory.Directory
	Rights map[desk.PersonID]int
}

// Store is the table as the road sees it.
type Store interface {
	// Load reads ticket, open waits and machines consistently. desk.NotFound if absent.
	Load(ctx context.Context, id desk.TicketID) (Stored, error)
	// Records reads the records after seq, oldest first, with their texts.
	Records(ctx context.Context, id desk.TicketID, after int) ([]desk.Record, error)
	// Texts reads the free texts of one act; empty if it had none or they were erased.
	Texts(ctx context.Context, id desk.TicketID, seq int) (desk.Texts, error)
	// Commit writes c. ErrConflict: version, wait, machine, row, room's day or rights moved:
	// load and decide again. ErrKeyTaken: one of c.Keys exists (and is in force).
	Commit(ctx context.Context, c Commit) error
	// Redate moves the date of an open wait, earlier or later, and nothing else.
	// ErrConflict: it is settled, or not at the date that was read.
	Redate(ctx context.Context, id desk.TicketID, w desk.Wait, to time.Time) error
	// FindKey returns the record of a key in force at now; ok is false if none.
	FindKey(ctx context.Context, scope, key string, now time.Time) (k Key, ok bool, err error)
	// NextNumber counts tickets of a year (Lima); gaps are allowed.
	NextNumber(ctx context.Context, year int) (int, error)
	// NextRow is the register's next number for a sede and month (counter + 1).
	NextRow(ctx context.Context, sede desk.SedeID, period string) (int, error)
	// RoomDays reads what a room is booked for, from one day to another; days
	// without a booking may be left out.
	RoomDays(ctx context.Context, room desk.RoomID, from, to string) ([]desk.RoomDay, error)
	// ByNumber finds a ticket by its number. desk.NotFound if absent.
	ByNumber(ctx context.Context, number desk.Number) (desk.TicketID, error)
	// Effect reads one outbox item. desk.NotFound if absent.
	Effect(ctx context.Context, id desk.TicketID, ref string) (desk.Effect, error)
	// Progress counts what the fan-out of an act (its item 1) was expanded into;
	// nothing if there is none.
	Progress(ctx context.Context, id desk.TicketID, seq int) (desk.Progress, error)
}

// Directory gives the directory as it stands, read consistently: a cached copy
// is used only while its revision is the stored one.
type Directory interface {
	Directory(ctx context.Context) (Snapshot, error)
}

// Calendars keeps the days off (R154). The directory of a Directory holds them.
type Calendars interface {
	Calendar(ctx context.Context) (calendar.Book, error)
	// ChangeCalendar adds the change that follows on the last one. ErrConflict:
	// somebody changed them meanwhile, plan again.
	ChangeCalendar(ctx context.Context, c calendar.Change) error
}

// Settings gives what may be cached for a minute: every version of the catalogue,
// and the policy in force.
type Settings interface {
	Catalogues(ctx context.Context, at time.Time) (directory.Catalogues, error)
	Policy(ctx context.Context, at time.Time) (flow.Policy, error)
}

// Institutions gives whose desk it is at an instant: names, codes and addresses
// that pages and mails show, and every published edition of its procedure (R1, R5).
type Institutions interface {
	Institution(ctx context.Context, at time.Time) (desk.Institution, error)
	Editions(ctx context.Context, now time.Time) (desk.Editions, error)
}

// The store's two refusals. Neither crosses an edge: Perform answers them.
var (
	ErrConflict = errors.New("somebody was faster")
	ErrKeyTaken = errors.New("idempotency key taken")
)

// ErrTokenDead: no task waits with a token any more: it timed out, was answered,
// or its execution ended. It is normal and changes nothing.
var ErrTokenDead = errors.New("task token is dead")

// Notifier turns a notice into one mail per recipient (a team is its one
// mailbox, else its lead). Implemented by notify.Sealer.
type Notifier interface {
	Seal(n desk.Notice, about notify.About) []desk.Mail
}

var _ Notifier = notify.Sealer{}
