package access

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"mesa/shared/desk"
)

var (
	// ErrLink is every refusal before the signature verifies, and of a link
	// made for another page. One page answers them all, so that a guesser
	// learns nothing; the wrapped detail is for the log only (F19, F20).
	ErrLink = errors.New("access: not a link of this desk")
	// ErrExpired is a genuine link whose time is over. Verify returns the link
	// with it, so that the page can say which case it was for.
	ErrExpired = errors.New("access: the link has expired")
)

// longest bounds the work spent on a token before anything is known of it.
const longest = 2048

// claims is the payload. Its field order is the order in the token: the same
// link must give the same bytes.
type claims struct {
	jwt.RegisteredClaims
	Ticket desk.TicketID `json:"tkt"`
	Wait   desk.WaitID   `json:"wait"`
	Round  int           `json:"rnd"`
}

// Sign makes the token of a link with the current key.
func (r Ring) Sign(link Link) (string, error) {
	if !link.complete() {
		return "", fmt.Errorf("access: link %q for %q names too little", link.ID(), link.Audience)
	}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{
		RegisteredClaims: jwt.RegisteredClaims{
			ID:        link.ID(),
			Subject:   string(link.Person),
			Audience:  jwt.ClaimStrings{string(link.Audience)},
			ExpiresAt: jwt.NewNumericDate(link.ExpiresAt),
		},
		Ticket: link.Ticket, Wait: link.Wait, Round: link.Round,
	})
	token.Header["kid"] = r.current.ID
	text, err := token.SignedString(r.current.Secret)
	if err != nil {
		return "", fmt.Errorf("access: sign link %q: %w", link.ID(), err)
	}
	if len(text) > longest {
		return "", fmt.Errorf("access: link %q is too long: %d bytes", link.ID(), len(text))
	}
	return text, nil
}

// Verify reads a token shown to the page of an audience. Its errors are ErrLink
// or ErrExpired; the link is valid only without error, and tells with
// ErrExpired what it was for.
func (r Ring) Verify(token string, audience Audience, now time.Time) (Link, error) {
	if len(token) > longest || strings.ContainsFunc(token, notInToken) {
		return Link{}, fmt.Errorf("%w: malformed, %d bytes", ErrLink, len(token))
	}
	// The library's own time checks are left out because they would need its
	// clock to be set per call; check below does them all.
	parser := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithStrictDecoding(), jwt.WithoutClaimsValidation())
	var found claims
	parsed, err := parser.ParseWithClaims(token, &found, func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		if secret, ok := r.secretOf(id, now); ok {
			return secret, nil
		}
		return nil, fmt.Errorf("no key %.32q", id)
	})
	if err != nil {
		return Link{}, fmt.Errorf("%w: %w", ErrLink, err)
	}
	keyID, _ := parsed.Header["kid"].(string)
	return found.check(keyID, audience, now)
}

// check turns verified claims into a link. Our own key signed them, so all but
// the expiry can differ only by a fault of ours; they are refused all the same.
func (c claims) check(keyID string, audience Audience, now time.Time) (Link, error) {
	if c.ExpiresAt == nil || len(c.Audience) != 1 {
		return Link{}, fmt.Errorf("%w: no expiry or no single audience", ErrLink)
	}
	link := Link{
		Ticket: c.Ticket, Wait: c.Wait, Person: desk.PersonID(c.Subject), Round: c.Round,
		Audience: Audience(c.Audience[0]), ExpiresAt: c.ExpiresAt.UTC(), KeyID: keyID,
	}
	switch {
	case link.Audience != audience:
		return Link{}, fmt.Errorf("%w: made for %q, shown to %q", ErrLink, link.Audience, audience)
	case !link.complete() || c.ID != link.ID():
		return Link{}, fmt.Errorf("%w: claims and id %q disagree", ErrLink, c.ID)
	case c.NotBefore != nil && now.Before(c.NotBefore.Time):
		return Link{}, fmt.Errorf("%w: not valid before %v", ErrLink, c.NotBefore)
	case !now.Before(link.ExpiresAt):
		return link, ErrExpired
	}
	return link, nil
}

// notInToken refuses what base64 decoders skip, line ends above all, so that
// one link has one spelling.
func notInToken(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
		return false
	}
	return true
}
