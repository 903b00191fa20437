package approve

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"mesa/shared/access"
	"mesa/shared/desk"
)

// Shown: the password was seen by this link; it is nowhere any more.
const Shown Standing = "shown"

// Vault holds the credentials that nobody has looked at yet.
type Vault interface {
	// Credential reads one; desk.NotFound when it was shown, replaced or cleaned up.
	Credential(ctx context.Context, id desk.TicketID, delivery int) (desk.Credential, error)
}

// Opener decrypts what was sealed for exactly this place (desk.SealedFor).
type Opener interface {
	Open(ctx context.Context, sealed []byte, about map[string]string) ([]byte, error)
}

// delivered reads what became of the delivery a link names.
func (q Question) delivered(now time.Time) Question {
	t, seq := q.View.Ticket, q.Link.Wait.Seq()
	if t.Requester != q.Link.Person {
		q.Standing = Replaced
		return q
	}
	if m, unseen := t.UnseenDelivery(seq); unseen {
		if !now.Before(m.At.Add(q.View.Facts.Policy.CredentialLife)) {
			q.Standing = Expired
		}
		return q
	}
	q.Standing = Replaced
	for _, rec := range q.View.Records {
		if slices.Contains(rec.Events, desk.Event(desk.CredentialShown{Delivery: seq})) {
			return q.ended(rec, Shown)
		}
	}
	return q
}

// Show shows a password once. It is decrypted before it is taken out of the
// store, so that a fault of the key service burns nothing; and it is handed out
// only by the one call whose transaction took it. A crash in between has shown it
// to nobody: support delivers another.
func (d *Desk) Show(ctx context.Context, token, code string) (Question, string, error) {
	q, err := d.Ask(ctx, token, access.Credentials)
	if err != nil || q.Standing != Open {
		return q, "", err
	}
	now, err := d.Now(ctx)
	if err != nil {
		return q, "", err
	}
	if err := d.checkCode(ctx, q.Link, code, now); err != nil {
		again, askErr := d.Ask(ctx, token, access.Credentials)
		if askErr != nil {
			return q, "", askErr
		}
		return again, "", err
	}
	plain, err := d.open(ctx, q.Link)
	if desk.CodeOf(err) == desk.NotFound { // somebody was faster, or it was cleaned up
		q.Standing = Expired
		return d.unlessSettled(ctx, token, q)
	}
	if err != nil {
		return q, "", err
	}
	return d.take(ctx, token, q, plain, now)
}

// take performs the act. Its key is the link's id, kept for ever: whoever comes
// second, or comes again, is told so and is shown nothing.
func (d *Desk) take(ctx context.Context, token string, q Question, plain string, now time.Time) (Question, string, error) {
	act := d.act(q.Link, now)
	act.Kind, act.Actor.Assurance = desk.ActShowCredential, desk.AssuredCode
	act.Fields = desk.Fields{"delivery": strconv.Itoa(q.Link.Wait.Seq())}
	result, err := d.Road.Perform(ctx, act)
	if err == nil && !result.Repeated {
		q.Standing, q.DecidedAt = Shown, now
		return q, plain, nil
	}
	again, askErr := d.Ask(ctx, token, access.Credentials)
	switch code := desk.CodeOf(err); {
	case askErr != nil:
		return q, "", askErr
	case err == nil, code == desk.Repeated, again.Standing != Open:
		return again, "", nil
	default:
		return again, "", err
	}
}

func (d *Desk) open(ctx context.Context, link access.Link) (string, error) {
	delivery := link.Wait.Seq()
	kept, err := d.Vault.Credential(ctx, link.Ticket, delivery)
	if err != nil {
		return "", err
	}
	plain, err := d.Opener.Open(ctx, kept.Sealed, desk.SealedFor(link.Ticket, delivery))
	if err != nil {
		return "", fmt.Errorf("open credential %d of %s: %w", delivery, link.Ticket, err)
	}
	return string(plain), nil
}

// unlessSettled prefers what the ticket says to a guess.
func (d *Desk) unlessSettled(ctx context.Context, token string, guess Question) (Question, string, error) {
	again, err := d.Ask(ctx, token, access.Credentials)
	if err != nil || again.Standing != Open {
		return again, "", err
	}
	return guess, "", nil
}
