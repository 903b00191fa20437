package session_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"mesa/shared/session"
)

// provider is a tiny OpenID Connect issuer. Its name in tokens is not where it
// is found, as on a developer's machine.
type provider struct {
	*httptest.Server
	key       *rsa.PrivateKey
	challenge string
	away      int                 // how many calls of discovery fail
	change    func(jwt.MapClaims) // what a test does to the claims
	claims    jwt.MapClaims       // of the next token
	form      map[string][]string // of the last call for a token
}

const issuerName = "https://issuer.example/pool"

func newProvider(t *testing.T) *provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{key: key, change: func(jwt.MapClaims) {}}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", p.describe)
	mux.HandleFunc("/jwks", p.keys)
	mux.HandleFunc("/token", p.token)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *provider) describe(w http.ResponseWriter, _ *http.Request) {
	if p.away > 0 {
		p.away--
		http.Error(w, "away", http.StatusServiceUnavailable)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"issuer": issuerName, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token",
		"jwks_uri": p.URL + "/jwks", "id_token_signing_alg_values_supported": []string{"RS256"}})
}

func (p *provider) keys(w http.ResponseWriter, _ *http.Request) {
	public := p.key.PublicKey
	_ = json.NewEncoder(w).Encode(map[string]any{"keys": []map[string]string{{"kty": "RSA", "kid": "1", "alg": "RS256", "use": "sig",
		"n": base64.RawURLEncoding.EncodeToString(public.N.Bytes()), "e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(public.E)).Bytes())}}})
}

// token answers a code whose verifier fits the challenge, as PKCE asks.
func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	p.form = r.PostForm
	sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	if base64.RawURLEncoding.EncodeToString(sum[:]) != p.challenge || r.PostForm.Get("code") != "good" {
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
		return
	}
	p.change(p.claims)
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, p.claims)
	token.Header["kid"] = "1"
	signed, err := token.SignedString(p.key)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{"access_token": "a", "token_type": "Bearer", "id_token": signed})
}

func (p *provider) issuer() *session.Issuer {
	return &session.Issuer{Address: issuerName, Discovery: p.URL, ClientID: "portal", Callback: "https://pau.example/sessions/callback", Wall: time.Now,
		Secret: func(context.Context) (string, error) { return "client-secret", nil }}
}

// begin goes to the issuer, which remembers the challenge and makes its claims.
func (p *provider) begin(t *testing.T, i *session.Issuer) session.Trip {
	t.Helper()
	address, trip, err := i.Begin(t.Context(), "/tickets", false)
	if err != nil {
		t.Fatal(err)
	}
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := to.Query()
	p.challenge = q.Get("code_challenge")
	p.claims = jwt.MapClaims{"iss": issuerName, "aud": "portal", "sub": "s-1", "nonce": q.Get("nonce"), "email": "jefa-uti@qw.gob.pe", "email_verified": true,
		"exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix()}
	if q.Get("code_challenge_method") != "S256" || q.Get("state") != trip.State || q.Get("response_type") != "code" || q.Get("redirect_uri") != i.Callback {
		t.Errorf("address %s", address)
	}
	return trip
}

func TestSignInAtTheIssuer(t *testing.T) {
	tests := []struct {
		name   string
		change func(jwt.MapClaims)
		code   string
		want   session.Identity
		refuse bool
	}{
		{"a verified address", func(jwt.MapClaims) {}, "good", session.Identity{Issuer: issuerName, Subject: "s-1", Email: "jefa-uti@qw.gob.pe", Verified: true}, false},
		{"verified written as a text", func(c jwt.MapClaims) { c["email_verified"] = "true" }, "good", session.Identity{Issuer: issuerName, Subject: "s-1", Email: "jefa-uti@qw.gob.pe", Verified: true}, false},
		{"not verified", func(c jwt.MapClaims) { c["email_verified"] = false }, "good", session.Identity{Issuer: issuerName, Subject: "s-1", Email: "jefa-uti@qw.gob.pe"}, false},
		{"no claim about it", func(c jwt.MapClaims) { delete(c, "email_verified") }, "good", session.Identity{Issuer: issuerName, Subject: "s-1", Email: "jefa-uti@qw.gob.pe"}, false},
		{"another issuer", func(c jwt.MapClaims) { c["iss"] = "https://evil.example" }, "good", session.Identity{}, true},
		{"another client", func(c jwt.MapClaims) { c["aud"] = "other" }, "good", session.Identity{}, true},
		{"another nonce", func(c jwt.MapClaims) { c["nonce"] = "other" }, "good", session.Identity{}, true},
		{"an expired token", func(c jwt.MapClaims) { c["exp"] = time.Now().Add(-time.Hour).Unix() }, "good", session.Identity{}, true},
		{"a code that is none", func(jwt.MapClaims) {}, "bad", session.Identity{}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newProvider(t)
			p.change = test.change
			i := p.issuer()
			trip := p.begin(t, i)
			got, err := i.Finish(t.Context(), trip, test.code)
			if errors.Is(err, session.ErrRefused) != test.refuse || (err != nil) != test.refuse {
				t.Fatalf("error %v", err)
			}
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestAnotherTripsVerifierIsRefused(t *testing.T) {
	p := newProvider(t)
	i := p.issuer()
	old := p.begin(t, i)
	p.begin(t, i)
	if _, err := i.Finish(t.Context(), old, "good"); !errors.Is(err, session.ErrRefused) {
		t.Errorf("error %v", err)
	}
}

func TestAnIssuerThatWasAwayIsFoundLater(t *testing.T) {
	p := newProvider(t)
	p.away = 3
	i := p.issuer()
	if _, _, err := i.Begin(t.Context(), "/", false); err == nil {
		t.Fatal("no error while the issuer is away")
	}
	if _, _, err := i.Begin(t.Context(), "/", false); err != nil {
		t.Fatalf("the second try of this call should have found it: %v", err)
	}
}

func TestTripBelongsToOneBrowser(t *testing.T) {
	b := newBench()
	put := func(state string) *http.Request {
		w := httptest.NewRecorder()
		if err := b.PutTrip(t.Context(), w, session.Trip{State: "right", Back: "/x", Ends: b.now.Add(time.Minute)}); err != nil {
			t.Fatal(err)
		}
		return carry(w, "/sessions/callback?state="+state)
	}
	if trip, ok := b.TakeTrip(httptest.NewRecorder(), put("right")); !ok || trip.Back != "/x" {
		t.Errorf("got %+v, %t", trip, ok)
	}
	for _, state := range []string{"wrong", ""} {
		if _, ok := b.TakeTrip(httptest.NewRecorder(), put(state)); ok {
			t.Errorf("state %q was taken", state)
		}
	}
	late := put("right")
	b.now = b.now.Add(time.Hour)
	if _, ok := b.TakeTrip(httptest.NewRecorder(), late); ok {
		t.Error("a trip of an hour ago was taken")
	}
	if _, ok := b.TakeTrip(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/?state=", nil)); ok {
		t.Error("no cookie was taken for a trip")
	}
}
