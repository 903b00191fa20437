package access

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"
)

// isPlainRefusal says whether an error leads to the one page that tells nothing.
func isPlainRefusal(err error) bool { return errors.Is(err, ErrLink) && !errors.Is(err, ErrExpired) }

func TestVerifyReturnsWhatWasSigned(t *testing.T) {
	ring := mustRing(t, Key{ID: "k1", Secret: secret})
	want := sample()
	got, err := ring.Verify(mustSign(t, ring, want), Approvals, noon)
	if err != nil {
		t.Fatal(err)
	}
	want.KeyID = "k1"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestARepeatedMailCarriesTheSameLink(t *testing.T) {
	ring := mustRing(t, Key{ID: "k1", Secret: secret})
	if a, b := mustSign(t, ring, sample()), mustSign(t, ring, sample()); a != b {
		t.Errorf("two tokens for one link:\n%s\n%s", a, b)
	}
	next := sample()
	next.Round++
	if mustSign(t, ring, next) == mustSign(t, ring, sample()) {
		t.Error("a reminder carries the old link")
	}
}

func TestSignRefusesALinkThatNamesTooLittle(t *testing.T) {
	ring := mustRing(t, Key{ID: "k1", Secret: secret})
	for name, change := range map[string]func(*Link){
		"no ticket":      func(l *Link) { l.Ticket = "" },
		"no wait":        func(l *Link) { l.Wait = "" },
		"no person":      func(l *Link) { l.Person = "" },
		"no audience":    func(l *Link) { l.Audience = "" },
		"no expiry":      func(l *Link) { l.ExpiresAt = time.Time{} },
		"negative round": func(l *Link) { l.Round = -1 },
		"far too long":   func(l *Link) { l.Person = desk.PersonID(strings.Repeat("x", 2000)) },
	} {
		link := sample()
		change(&link)
		if token, err := ring.Sign(link); err == nil {
			t.Errorf("%s: signed %s", name, token)
		}
	}
}

func TestExpiryCountsOnTheGivenClock(t *testing.T) {
	ring := mustRing(t, Key{ID: "k1", Secret: secret})
	link := sample()
	token := mustSign(t, ring, link)
	for name, tt := range map[string]struct {
		now  time.Time
		want error
	}{
		"decades before":       {noon.AddDate(-30, 0, 0), nil},
		"the last second":      {link.ExpiresAt.Add(-time.Nanosecond), nil},
		"the second of expiry": {link.ExpiresAt, ErrExpired},
		"decades after":        {noon.AddDate(30, 0, 0), ErrExpired},
	} {
		got, err := ring.Verify(token, Approvals, tt.now)
		if !errors.Is(err, tt.want) || got.Ticket != link.Ticket {
			t.Errorf("%s: %v for %q, want %v", name, err, got.Ticket, tt.want)
		}
	}
}

func TestF19EveryMutatedPositionIsRefusedAlike(t *testing.T) {
	ring := mustRing(t, Key{ID: "k1", Secret: secret})
	token := mustSign(t, ring, sample())
	for i := range token {
		for _, replacement := range []byte("aZ9-_.=\n %\x00") {
			if token[i] == replacement {
				continue
			}
			mutated := token[:i] + string(replacement) + token[i+1:]
			if link, err := ring.Verify(mutated, Approvals, noon); !isPlainRefusal(err) || link != (Link{}) {
				t.Fatalf("position %d as %q: %v, %v", i, replacement, link, err)
			}
		}
		for what, cut := range map[string]string{"cut": token[:i], "doubled": token[:i] + token[i:i+1] + token[i:], "line end": token[:i] + "\n" + token[i:]} {
			if _, err := ring.Verify(cut, Approvals, noon); !isPlainRefusal(err) {
				t.Fatalf("%s at %d: %v", what, i, err)
			}
		}
	}
}

// forge builds a token from raw JSON, signed with the given method and key.
func forge(t *testing.T, header, payload string, method jwt.SigningMethod, key any) string {
	t.Helper()
	text := base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + base64.RawURLEncoding.EncodeToString([]byte(payload))
	signature, err := method.Sign(text, key)
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func TestF20ForgedTokensAreRefused(t *testing.T) {
	ring := mustRing(t, Key{ID: "k1", Secret: secret})
	const hs256 = `{"alg":"HS256","kid":"k1","typ":"JWT"}`
	expiry := noon.Add(time.Hour).Unix()
	payload := func(extra string) string {
		return fmt.Sprintf(`{"sub":"p","aud":["approvals"],"exp":%d,"jti":"T.approval#1.p.1","tkt":"T","wait":"approval#1","rnd":1%s}`, expiry, extra)
	}
	good := forge(t, hs256, payload(""), jwt.SigningMethodHS256, secret)
	if _, err := ring.Verify(good, Approvals, noon); err != nil {
		t.Fatalf("the model of the forgeries does not verify: %v", err)
	}
	head, _, _ := strings.Cut(good, ".")
	parts := strings.Split(good, ".")
	signed := func(header, payload string) string { return forge(t, header, payload, jwt.SigningMethodHS256, secret) }
	tests := map[string]string{
		"empty":                    "",
		"dots only":                "..",
		"one part":                 head,
		"alg none":                 forge(t, `{"alg":"none","kid":"k1"}`, payload(""), jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType),
		"alg None, signed":         signed(`{"alg":"None","kid":"k1"}`, payload("")),
		"alg HS512":                forge(t, `{"alg":"HS512","kid":"k1"}`, payload(""), jwt.SigningMethodHS512, secret),
		"alg RS256, HMAC of it":    signed(`{"alg":"RS256","kid":"k1"}`, payload("")),
		"no alg":                   signed(`{"kid":"k1"}`, payload("")),
		"wrong key id":             signed(`{"alg":"HS256","kid":"k9"}`, payload("")),
		"no key id":                signed(`{"alg":"HS256"}`, payload("")),
		"key id a number":          signed(`{"alg":"HS256","kid":1}`, payload("")),
		"other secret":             forge(t, hs256, payload(""), jwt.SigningMethodHS256, []byte(strings.Repeat("y", 32))),
		"empty MAC":                parts[0] + "." + parts[1] + ".",
		"truncated MAC":            good[:len(good)-4],
		"other ticket, same MAC":   parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(strings.ReplaceAll(payload(""), `"T"`, `"U"`))) + "." + parts[2],
		"id of another ticket":     signed(hs256, strings.Replace(payload(""), `"tkt":"T"`, `"tkt":"U"`, 1)),
		"other audience":           signed(hs256, strings.Replace(payload(""), "approvals", "credentials", 1)),
		"two audiences":            signed(hs256, strings.Replace(payload(""), `["approvals"]`, `["approvals","answers"]`, 1)),
		"no audience":              signed(hs256, strings.Replace(payload(""), `["approvals"]`, `[]`, 1)),
		"no expiry":                signed(hs256, strings.Replace(payload(""), `"exp"`, `"xxx"`, 1)),
		"expiry a text":            signed(hs256, strings.Replace(payload(""), `"exp":`, `"exp":"x","y":`, 1)),
		"future nbf":               signed(hs256, payload(fmt.Sprintf(`,"nbf":%d`, noon.Add(time.Minute).Unix()))),
		"payload null":             signed(hs256, "null"),
		"payload a list":           signed(hs256, "[]"),
		"payload not JSON":         signed(hs256, "{"),
		"10 KB of letters":         strings.Repeat("a", 10_240),
		"10 KB signed":             signed(hs256, payload(`,"pad":"`+strings.Repeat("a", 10_240)+`"`)),
		"another case of the text": strings.ToUpper(good),
		"padding":                  good + "=",
		"a space after":            good + " ",
		"non-ASCII":                good + "é",
		"invalid UTF-8":            good + "\xff",
	}
	for name, token := range tests {
		t.Run(name, func(t *testing.T) {
			if link, err := ring.Verify(token, Approvals, noon); !isPlainRefusal(err) || link != (Link{}) {
				t.Errorf("got %+v, %v; want the plain refusal", link, err)
			}
		})
	}
}

func FuzzVerifyAcceptsOnlyItsOwnTokens(f *testing.F) {
	ring := mustRing(f, Key{ID: "k1", Secret: secret})
	own := mustSign(f, ring, sample())
	f.Add(own)
	f.Add("")
	f.Add("eyJhbGciOiJub25lIn0..")
	f.Fuzz(func(t *testing.T, token string) {
		_, err := ring.Verify(token, Approvals, noon)
		if err == nil && token != own {
			t.Errorf("accepted %q", token)
		}
		if err != nil && !isPlainRefusal(err) {
			t.Errorf("%q: %v tells more than the plain refusal", token, err)
		}
	})
}
