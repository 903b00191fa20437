// Package approve is the use case of the signed link: a head decides from a
// mail, without signing in (8.1.4).
//
// A link says who is asked what (package access); it decides nothing. Opening
// the page changes nothing, whoever opens it: scanners open links, and some
// press buttons. A decision takes a choice that is not preselected, the six
// digits that stand in the mail and not in the link, and a reason when it is no.
//
// What a page may say depends on the signature. Before it verifies there is one
// answer for everything (Invalid); after it, the person learns what became of
// the question: decided, replaced, expired, withdrawn.
package approve

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"mesa/shared/access"
	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// Standing is what became of the question a link asks.
type Standing string

// The standings of a link. Invalid comes before the signature; all others after.
const (
	Invalid   Standing = "invalid"   // forged, cut or unknown: one page for all
	Open      Standing = "open"      // to be decided
	Decided   Standing = "decided"   // by this person, or by another asked
	Replaced  Standing = "replaced"  // a later mail, or another approver
	Expired   Standing = "expired"   // past its date
	Lapsed    Standing = "lapsed"    // nobody answered in the window: silence confirmed
	Withdrawn Standing = "withdrawn" // the requester took it back
	Declined  Standing = "declined"  // this person said it is not theirs to decide
	Own       Standing = "own"       // nobody decides their own request
	Locked    Standing = "locked"    // five wrong codes
	SignIn    Standing = "sign-in"   // the service takes signing in to decide
)

// Lock of the code: five complete submissions with a wrong code close the link
// for 15 minutes; never for good.
const (
	MaxTries = 5
	LockTime = 15 * time.Minute
)

// Question is what a link asks, as it stands now.
type Question struct {
	Standing  Standing
	Link      access.Link
	View      work.View // when the signature verified and the ticket is there
	Stage     desk.Stage
	DecidedAt time.Time
	DecidedBy desk.PersonID
	Approved  bool
	LockedTo  time.Time
	TriesLeft int
}

// Tries counts wrong codes of a link.
type Tries interface {
	// LinkTries reads the wrong submissions since the last lock, and until when
	// the link is locked.
	LinkTries(ctx context.Context, linkID string) (n int, lockedTo time.Time, err error)
	// CountTry adds one atomically; at max it sets the lock and starts anew.
	CountTry(ctx context.Context, linkID string, maxTries int, lockTo time.Time) (n int, err error)
}

// Looker shows a ticket to a person.
type Looker interface {
	Look(ctx context.Context, id desk.TicketID, act desk.Act) (work.View, error)
}

// Performer is the road.
type Performer interface {
	Perform(ctx context.Context, act desk.Act) (work.Result, error)
}

// Desk answers signed links.
type Desk struct {
	Ring   func(ctx context.Context) (access.Ring, error)
	Reader Looker
	Road   Performer
	Tries  Tries
	Vault  Vault                                        // credentials not shown yet
	Opener Opener                                       // of their ciphertext
	Now    func(ctx context.Context) (time.Time, error) // business clock
}

// Ask opens a link: what it asks and how that stands. It changes nothing.
func (d *Desk) Ask(ctx context.Context, token string, audience access.Audience) (Question, error) {
	now, err := d.Now(ctx)
	if err != nil {
		return Question{}, err
	}
	ring, err := d.Ring(ctx)
	if err != nil {
		return Question{}, err
	}
	link, err := ring.Verify(token, audience, now)
	switch {
	case errors.Is(err, access.ErrExpired):
		return Question{Standing: Expired, Link: link}, nil
	case err != nil:
		return Question{Standing: Invalid}, nil //nolint:nilerr // the page is the answer, and says nothing more
	}
	view, err := d.Reader.Look(ctx, link.Ticket, d.act(link, now))
	if desk.CodeOf(err) == desk.NotFound {
		return Question{Standing: Replaced, Link: link}, nil
	}
	if err != nil {
		return Question{}, fmt.Errorf("ask %s: %w", link.Ticket, err)
	}
	return d.standing(ctx, link, view, now)
}

// act is the person of the link, as an actor.
func (d *Desk) act(link access.Link, now time.Time) desk.Act {
	return desk.Act{Ticket: link.Ticket, At: now, Channel: desk.ChannelLink, Scope: "link", Key: link.ID(),
		Actor: desk.Actor{Person: link.Person, Via: link.ID(), Assurance: desk.AssuredLink}}
}

// standing reads what became of the wait the link names.
func (d *Desk) standing(ctx context.Context, link access.Link, view work.View, now time.Time) (Question, error) {
	q := Question{Standing: Open, Link: link, View: view, TriesLeft: MaxTries}
	if link.Wait.Kind() == desk.WaitCredential {
		if q = q.delivered(now); q.Standing != Open {
			return q, nil
		}
		return d.tries(ctx, q, now)
	}
	wait, open := openWait(view.Waits, link.Wait)
	if !open {
		return q.settled(), nil
	}
	q.Stage = wait.Stage
	if link.Wait.Kind() == desk.WaitApproval {
		asked, ok := view.Ticket.AskedPerson(link.Person)
		switch {
		case view.Ticket.Requester == link.Person:
			q.Standing = Own
			return q, nil
		case slices.Contains(view.Ticket.Declined, link.Person):
			q.Standing = Declined
			return q, nil
		case !ok || asked.Round != link.Round || !flow.Offered(view.Offers, desk.ActApprove):
			q.Standing = Replaced
			return q, nil
		}
		if view.Facts.Policy.NeedsSignIn(view.Ticket.Service) {
			q.Standing = SignIn
			return q, nil
		}
	}
	return d.tries(ctx, q, now)
}

// tries says how many wrong codes an open link still takes, or that it is locked.
func (d *Desk) tries(ctx context.Context, q Question, now time.Time) (Question, error) {
	n, lockedTo, err := d.Tries.LinkTries(ctx, q.Link.ID())
	if err != nil {
		return Question{}, fmt.Errorf("tries of link: %w", err)
	}
	q.TriesLeft = MaxTries - n
	if lockedTo.After(now) {
		q.Standing, q.LockedTo = Locked, lockedTo
	}
	return q, nil
}

func openWait(waits []desk.Wait, id desk.WaitID) (desk.Wait, bool) {
	for _, w := range waits {
		if w.ID == id && !w.Settled {
			return w, true
		}
	}
	return desk.Wait{}, false
}

// settled finds the record that ended the wait.
func (q Question) settled() Question {
	q.Standing = Replaced
	for _, rec := range q.View.Records {
		if rec.Seq <= q.Link.Wait.Seq() {
			continue
		}
		for _, e := range rec.Events {
			if done, ok := q.endedBy(rec, e); ok {
				return done
			}
		}
	}
	return q
}

// endedBy tells whether an event settled the question, and how. Other questions
// of the ticket end by events of their own.
func (q Question) endedBy(rec desk.Record, e desk.Event) (Question, bool) {
	kind := q.Link.Wait.Kind()
	switch e := e.(type) {
	case desk.StageApproved:
		q.Approved, q.Stage = true, e.Stage
		return q.ended(rec, Decided), kind == desk.WaitApproval
	case desk.StageRejected:
		q.Stage = e.Stage
		return q.ended(rec, Decided), kind == desk.WaitApproval
	case desk.TicketWithdrawn:
		return q.ended(rec, Withdrawn), true
	case desk.QuestionAnswered:
		return q.ended(rec, Decided), kind == desk.WaitPaused
	case desk.DataProvided:
		return q.ended(rec, Decided), kind == desk.WaitData
	default:
		return q.verifiedBy(rec, e)
	}
}

// verifiedBy tells whether an event ended the window of verification, and how.
func (q Question) verifiedBy(rec desk.Record, e desk.Event) (Question, bool) {
	mine := q.Link.Wait.Kind() == desk.WaitVerification
	switch e := e.(type) {
	case desk.VerificationConfirmed:
		if q.Approved = true; e.ByClock {
			return q.ended(rec, Lapsed), mine
		}
		return q.ended(rec, Decided), mine
	case desk.VerificationFailed, desk.TicketReopened:
		return q.ended(rec, Decided), mine
	default:
		return q, false
	}
}

func (q Question) ended(rec desk.Record, s Standing) Question {
	q.Standing, q.DecidedAt, q.DecidedBy = s, rec.At, rec.Actor.Person
	return q
}
