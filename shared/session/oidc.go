package session

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Identity is who the issuer says somebody is: never what they may do.
type Identity struct {
	Issuer, Subject string
	Email           string
	Verified        bool // the issuer proved the address
}

// Trip is one way to the issuer and back. It travels in a cookie of ten
// minutes, so that an answer nobody asked for is refused.
type Trip struct {
	State    string    `json:"s"`
	Nonce    string    `json:"n"`
	Verifier string    `json:"v"` // PKCE
	Back     string    `json:"b"` // page that was wanted
	Ends     time.Time `json:"x"`
}

const tripLife = 10 * time.Minute

// ErrRefused: the issuer's answer does not prove who somebody is.
var ErrRefused = errors.New("the sign-in was refused")

// Issuer signs people in at an OpenID Connect issuer.
type Issuer struct {
	Address string // as it stands in the tokens
	// Discovery is where the issuer describes itself, if that is not Address:
	// only on a developer's machine, where the issuer is a stand-in.
	Discovery string
	ClientID  string
	Secret    func(ctx context.Context) (string, error)
	Callback  string // this desk's address that the issuer answers to
	Wall      func() time.Time

	mu       sync.Mutex
	provider *oidc.Provider
}

// issuerPatience bounds each call to the issuer.
const issuerPatience = 8 * time.Second

// Begin makes the address at the issuer where a person signs in. Fresh asks for
// the password even if the issuer remembers the person.
func (i *Issuer) Begin(ctx context.Context, back string, fresh bool) (address string, trip Trip, err error) {
	config, _, err := i.config(ctx)
	if err != nil {
		return "", Trip{}, err
	}
	trip = Trip{State: Random(), Nonce: Random(), Verifier: oauth2.GenerateVerifier(), Back: back, Ends: i.Wall().Add(tripLife).UTC()}
	options := []oauth2.AuthCodeOption{oidc.Nonce(trip.Nonce), oauth2.S256ChallengeOption(trip.Verifier)}
	if fresh {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"))
	}
	return config.AuthCodeURL(trip.State, options...), trip, nil
}

// Finish turns the issuer's code into an identity. ErrRefused wraps what is the
// caller's or the issuer's doing; other errors are the desk's own.
func (i *Issuer) Finish(ctx context.Context, trip Trip, code string) (Identity, error) {
	config, provider, err := i.config(ctx)
	if err != nil {
		return Identity{}, err
	}
	if config.ClientSecret, err = i.Secret(ctx); err != nil {
		return Identity{}, fmt.Errorf("client secret: %w", err)
	}
	ctx = oidc.ClientContext(ctx, client())
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(trip.Verifier))
	if err != nil {
		return Identity{}, fmt.Errorf("%w: code: %w", ErrRefused, err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := provider.Verifier(&oidc.Config{ClientID: i.ClientID, Now: i.Wall}).Verify(ctx, raw)
	if err != nil {
		return Identity{}, fmt.Errorf("%w: id token: %w", ErrRefused, err)
	}
	if trip.Nonce == "" || id.Nonce != trip.Nonce {
		return Identity{}, fmt.Errorf("%w: the nonce is another's", ErrRefused)
	}
	return identity(id)
}

// identity reads the claims. Issuers write email_verified as a boolean or, some,
// as a text.
func identity(id *oidc.IDToken) (Identity, error) {
	var claims struct {
		Email    string `json:"email"`
		Verified any    `json:"email_verified"`
	}
	if err := id.Claims(&claims); err != nil {
		return Identity{}, fmt.Errorf("%w: claims: %w", ErrRefused, err)
	}
	verified := claims.Verified == true || claims.Verified == "true"
	return Identity{Issuer: id.Issuer, Subject: id.Subject, Email: claims.Email, Verified: verified}, nil
}

// config asks the issuer for its description when it is first needed, and again
// while it has not answered: a cold start does not wait for it, and an issuer
// that was away is found when it is back.
func (i *Issuer) config(ctx context.Context) (*oauth2.Config, *oidc.Provider, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for attempt := 0; i.provider == nil; attempt++ {
		provider, err := i.discover(ctx)
		if err == nil {
			i.provider = provider
			break
		}
		if attempt > 0 || ctx.Err() != nil {
			return nil, nil, fmt.Errorf("discover the issuer: %w", err)
		}
	}
	return &oauth2.Config{ClientID: i.ClientID, Endpoint: i.provider.Endpoint(), RedirectURL: i.Callback, Scopes: []string{oidc.ScopeOpenID, "email", "profile"}}, i.provider, nil
}

func (i *Issuer) discover(ctx context.Context) (*oidc.Provider, error) {
	ctx = oidc.ClientContext(context.WithoutCancel(ctx), client())
	if i.Discovery == "" {
		return oidc.NewProvider(ctx, i.Address)
	}
	return oidc.NewProvider(oidc.InsecureIssuerURLContext(ctx, i.Address), i.Discovery)
}

func client() *http.Client { return &http.Client{Timeout: issuerPatience} }

// PutTrip remembers a trip in the browser.
func (c *Cookies) PutTrip(ctx context.Context, w http.ResponseWriter, t Trip) error {
	return c.put(ctx, w, tripCookie, t, tripLife)
}

// TakeTrip returns the trip that a callback belongs to, once; ok is false if
// this browser began none, or another.
func (c *Cookies) TakeTrip(w http.ResponseWriter, r *http.Request) (Trip, bool) {
	var t Trip
	ok, err := c.take(r, tripCookie, &t)
	c.drop(w, tripCookie)
	state := r.URL.Query().Get("state")
	return t, ok && err == nil && state != "" && t.State == state && c.Wall().Before(t.Ends)
}
