package work

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// Road performs acts. Its fields are set once, by main.
type Road struct {
	Store     Store
	Directory Directory
	Settings  Settings
	Notifier  Notifier
	NewID     func(at time.Time) (desk.TicketID, error) // ULID of a new ticket
	Salt      func() (string, error)                    // random salt of an act's texts
	Pause     func(ctx context.Context, attempt int) error
	Denied    func(ctx context.Context, act desk.Act, why *desk.Problem) // leaves a trace of who may not; nil: none
}

// Result is what an act came to.
type Result struct {
	After    Stored // as committed
	Events   []desk.Event
	Notices  int  // mails ordered
	Repeated bool // the key had been used: this is the first answer
}

// maxAttempts bounds how often a lost race is run again.
const maxAttempts = 5

// keyLife is how long a form's or an API client's key answers the same; the
// keys of mails and links never end.
const keyLife = 7 * 24 * time.Hour

// Perform performs one act. It fails with a *desk.Problem: NotFound (no such
// ticket, or not the actor's to know), Stale, Forbidden, Refused, Invalid,
// Repeated (key used for something else), Busy (lost every race); any other
// error is internal and nothing was written, or the same call finds it written.
func (r *Road) Perform(ctx context.Context, act desk.Act) (Result, error) {
	act.At = act.At.UTC().Truncate(time.Second) // stored times are whole seconds, the fold's and the waits' alike
	for attempt := 0; ; attempt++ {
		result, err := r.attempt(ctx, act)
		if !errors.Is(err, ErrConflict) && !errors.Is(err, ErrKeyTaken) {
			r.denied(ctx, act, err)
			return result, err
		}
		if attempt == maxAttempts-1 {
			return Result{}, desk.NewProblem(desk.Busy, "", "Muchas personas están cambiando lo mismo a la vez. Intente otra vez en unos segundos.")
		}
		if err := r.Pause(ctx, attempt); err != nil {
			return Result{}, fmt.Errorf("perform %s: %w", act.Kind, err)
		}
	}
}

// denied leaves a trace of an act that its actor may not do, or on a ticket that
// is not theirs to know (R9, F39): whoever tries doors is seen, whatever the way
// in. What the procedure does not foresee now is nobody's fault and leaves none.
func (r *Road) denied(ctx context.Context, act desk.Act, err error) {
	why, ok := errors.AsType[*desk.Problem](err)
	if ok && r.Denied != nil && (why.Code == desk.Forbidden || why.Code == desk.NotFound) {
		r.Denied(ctx, act, why)
	}
}

func (r *Road) attempt(ctx context.Context, act desk.Act) (Result, error) {
	if done, ok, err := r.repeated(ctx, act); ok || err != nil {
		return done, err
	}
	w, err := r.world(ctx, act)
	if err != nil {
		return Result{}, fmt.Errorf("perform %s: %w", act.Kind, err)
	}
	before, err := r.load(ctx, act)
	if err != nil {
		return Result{}, err
	}
	if done, ok, err := r.recorded(ctx, act, before); ok || err != nil {
		return done, err
	}
	f, err := r.facts(ctx, w, before, act)
	if err != nil {
		return Result{}, fmt.Errorf("facts of %s on %s: %w", act.Kind, act.Ticket, err)
	}
	if !opens(act) && act.Actor.Assurance != desk.AssuredSelf && !flow.MayRead(before.Ticket, f.Rights) {
		return Result{}, NotYours()
	}
	if f.Number, err = r.number(ctx, act, f); err != nil {
		return Result{}, err
	}
	return r.decide(ctx, w, before, f, act)
}

// NotYours is what people read about a ticket that is not theirs, or is none: F39.
func NotYours() *desk.Problem {
	return desk.NewProblem(desk.NotFound, "", "No encontramos ese caso. Revise el número o pida a quien se lo compartió que le agregue como participante.")
}

// load reads the ticket, or begins a new one.
func (r *Road) load(ctx context.Context, act desk.Act) (Stored, error) {
	if opens(act) {
		id, err := r.NewID(act.At)
		return Stored{Ticket: desk.Ticket{ID: id}}, err
	}
	return r.Store.Load(ctx, act.Ticket)
}

// number draws a ticket number, only once the act is known to be well formed:
// numbers may have gaps, not craters.
func (r *Road) number(ctx context.Context, act desk.Act, f flow.Facts) (desk.Number, error) {
	if !opens(act) {
		return "", nil
	}
	if _, err := flow.Decide(desk.Ticket{}, f, act); err != nil {
		return "", err
	}
	year := act.At.In(desk.Lima).Year()
	n, err := r.Store.NextNumber(ctx, year)
	if err != nil {
		return "", fmt.Errorf("next number of %d: %w", year, err)
	}
	return desk.NumberOf(act.At, n), nil
}

func (r *Road) decide(ctx context.Context, w world, before Stored, f flow.Facts, act desk.Act) (Result, error) {
	d, err := flow.Decide(before.Ticket, f, act)
	if err != nil {
		return Result{}, err
	}
	if len(d.Events) == 0 {
		return r.redate(ctx, before, d.Move)
	}
	commit, err := r.seal(ctx, w, before, d, act)
	if err != nil {
		return Result{}, err
	}
	commit.Parent = parentCheck(d, f.Family)
	if err := r.Store.Commit(ctx, commit); err != nil {
		return Result{}, err
	}
	return Result{After: after(before, commit), Events: d.Events, Notices: len(commit.Effects) - len(d.Calls)}, nil
}

// after is the stored ticket once the commit is in.
func after(before Stored, c Commit) Stored {
	s := Stored{Ticket: c.After, Hash: c.Record.Hash, Machines: map[desk.Machine]desk.MachineRecord{}}
	for m, rec := range before.Machines {
		s.Machines[m] = rec
	}
	for _, rec := range c.Machines {
		s.Machines[rec.Machine] = rec
	}
	for _, w := range before.Waits {
		if !hasWait(c.Settle, w.ID) && !hasWait(c.Move, w.ID) {
			s.Waits = append(s.Waits, w)
		}
	}
	s.Waits = append(append(s.Waits, c.Move...), c.Open...)
	return s
}

func hasWait(waits []desk.Wait, id desk.WaitID) bool {
	for _, w := range waits {
		if w.ID == id {
			return true
		}
	}
	return false
}

// repeated answers an act whose key was used before: the first answer again,
// or Repeated if the content differs.
func (r *Road) repeated(ctx context.Context, act desk.Act) (Result, bool, error) {
	if !keyed(act) {
		return Result{}, false, nil
	}
	k, ok, err := r.Store.FindKey(ctx, act.Scope, act.Key, act.At)
	if err != nil {
		return Result{}, false, err
	}
	if !ok {
		return r.sameUnderOtherKey(ctx, act)
	}
	if k.Request != Fingerprint(act) {
		return Result{}, false, desk.NewProblem(desk.Repeated, "", "Este envío usa la clave de otro envío distinto. Vuelva a abrir el formulario.")
	}
	s, err := r.Store.Load(ctx, k.Ticket)
	return Result{After: s, Repeated: true}, err == nil, err
}

// sameUnderOtherKey looks for the act under its further keys: one mail received
// by two of the desk's addresses is one act.
func (r *Road) sameUnderOtherKey(ctx context.Context, act desk.Act) (Result, bool, error) {
	for _, name := range act.Also {
		k, ok, err := r.Store.FindKey(ctx, act.Scope, name, act.At)
		if err != nil {
			return Result{}, false, err
		}
		if ok {
			s, err := r.Store.Load(ctx, k.Ticket)
			return Result{After: s, Repeated: true}, err == nil, err
		}
	}
	return Result{}, false, nil
}

// recorded: a versioned act keeps its key in its own event. Sent twice it finds
// that event, and this is an answer whatever the rules say now: the ticket may
// have gone where the act is not even foreseen any more.
func (r *Road) recorded(ctx context.Context, act desk.Act, before Stored) (Result, bool, error) {
	if act.Key == "" || act.Version == 0 || act.Version >= before.Ticket.Version {
		return Result{}, false, nil
	}
	records, err := r.Store.Records(ctx, act.Ticket, act.Version)
	if err != nil {
		return Result{}, false, fmt.Errorf("look for key of %s: %w", act.Kind, err)
	}
	for _, rec := range records {
		if rec.Key == keyName(act) && rec.Actor.Person == act.Actor.Person && rec.Act == act.Kind {
			return Result{After: before, Events: rec.Events, Repeated: true}, true, nil
		}
	}
	return Result{}, false, nil
}

// keyed tells whether an act's key is a record of its own: creations, mails and
// single-use links. Other versioned acts keep their key in their own event.
func keyed(act desk.Act) bool {
	return act.Key != "" && (act.Version == 0 || act.Channel == desk.ChannelLink || act.Channel == desk.ChannelMail)
}

func keyName(act desk.Act) string {
	if act.Key == "" {
		return ""
	}
	return act.Scope + "#" + act.Key
}

// Fingerprint is the hash by which a repeated key is told from a reused one:
// what is wished, by whom, not when.
func Fingerprint(act desk.Act) string {
	body, err := json.Marshal(struct {
		Kind      desk.ActKind
		Ticket    desk.TicketID
		Person    desk.PersonID
		Requester desk.PersonID
		Fields    desk.Fields
		Files     []desk.Attachment
	}{act.Kind, act.Ticket, act.Actor.Person, act.Requester, act.Fields, act.Files})
	if err != nil { // strings and numbers only: cannot fail
		return ""
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
