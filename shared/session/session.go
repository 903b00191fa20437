package session

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"time"

	"mesa/shared/desk"
)

// Life is how long a session lasts: a working day and a little.
const Life = 10 * time.Hour

// ErrNone: nobody is signed in. Absent, forged, expired and ended sessions are
// the same to whoever asks.
var ErrNone = errors.New("no session")

// Session says who is signed in.
type Session struct {
	Person desk.PersonID `json:"p"`
	Epoch  int           `json:"e"`
	Ends   time.Time     `json:"x"`
	Token  string        `json:"c"` // stands in every form of this session
}

// Trusts compares the token of a form with the session's.
func (s Session) Trusts(token string) bool {
	return s.Token != "" && subtle.ConstantTimeCompare([]byte(s.Token), []byte(token)) == 1
}

// Epochs reads the number that a person's sessions must carry; it moves when
// they sign out everywhere.
type Epochs interface {
	SessionEpoch(ctx context.Context, person desk.PersonID) (int, error)
}

// Cookies keeps sessions in the browser.
type Cookies struct {
	Keys   func(ctx context.Context) (Keys, error)
	Epochs Epochs
	Wall   func() time.Time
	// Plain is set on a developer's machine, which has no TLS: browsers refuse
	// the prefix __Host- there, and some the attribute Secure.
	Plain bool
}

// Read returns the session of a request, or ErrNone.
func (c *Cookies) Read(r *http.Request) (Session, error) {
	var s Session
	ok, err := c.take(r, sessionCookie, &s)
	if err != nil {
		return Session{}, err
	}
	if !ok || s.Person == "" || !c.Wall().Before(s.Ends) {
		return Session{}, ErrNone
	}
	epoch, err := c.Epochs.SessionEpoch(r.Context(), s.Person)
	if err != nil {
		return Session{}, fmt.Errorf("session epoch: %w", err)
	}
	if epoch != s.Epoch {
		return Session{}, ErrNone
	}
	return s, nil
}

// Begin signs a person in on this browser.
func (c *Cookies) Begin(ctx context.Context, w http.ResponseWriter, person desk.PersonID) error {
	epoch, err := c.Epochs.SessionEpoch(ctx, person)
	if err != nil {
		return fmt.Errorf("session epoch: %w", err)
	}
	s := Session{Person: person, Epoch: epoch, Ends: c.Wall().Add(Life).UTC().Truncate(time.Second), Token: Random()}
	return c.put(ctx, w, sessionCookie, s, Life)
}

// End signs out on this browser.
func (c *Cookies) End(w http.ResponseWriter) { c.drop(w, sessionCookie) }

// The cookies, by what they hold.
const (
	sessionCookie = "desk"
	tripCookie    = "desk-trip"
	keptCookie    = "desk-kept"
)

// name is the cookie's name in the browser.
func (c *Cookies) name(cookie string) string {
	if c.Plain {
		return cookie
	}
	return "__Host-" + cookie
}

// put seals v into a cookie.
func (c *Cookies) put(ctx context.Context, w http.ResponseWriter, cookie string, v any, life time.Duration) error {
	keys, err := c.Keys(ctx)
	if err != nil {
		return fmt.Errorf("session keys: %w", err)
	}
	text, err := keys.seal(cookie, v)
	if err != nil {
		return fmt.Errorf("seal cookie %s: %w", cookie, err)
	}
	http.SetCookie(w, c.cookie(cookie, text, int(life/time.Second)))
	return nil
}

// take opens a cookie; ok is false if there is none that this desk made.
func (c *Cookies) take(r *http.Request, cookie string, v any) (ok bool, err error) {
	in, err := r.Cookie(c.name(cookie))
	if err != nil {
		return false, nil //nolint:nilerr // its only error is that there is none
	}
	keys, err := c.Keys(r.Context())
	if err != nil {
		return false, fmt.Errorf("session keys: %w", err)
	}
	return keys.open(cookie, in.Value, c.Wall(), v), nil
}

func (c *Cookies) drop(w http.ResponseWriter, cookie string) {
	http.SetCookie(w, c.cookie(cookie, "", -1))
}

// cookie is Lax, not Strict: the way back from the issuer, and a link in a mail,
// are other sites' links to us. What changes something is a POST, which Lax
// never follows from elsewhere.
func (c *Cookies) cookie(name, value string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: c.name(name), Value: value, Path: "/", MaxAge: maxAge, Secure: !c.Plain, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

// Random is a text that nobody guesses: of forms, states and nonces.
func Random() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return hex.EncodeToString(b)
}
