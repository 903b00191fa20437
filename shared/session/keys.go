// Package session knows who sits in front of the portal: it signs people in at
// any OpenID Connect issuer, and remembers them in one cookie.
//
//	/sessions/new → start → the issuer → callback → cookie → every request
//
// The cookie is encrypted and signed, so nothing about sessions is stored. What
// it cannot know, that a person ended all their sessions elsewhere, is a number
// in the directory: the cookie carries the person's epoch and every request
// compares it with the stored one, read consistently. That is one small read a
// request; a cache of a minute would keep a stolen laptop signed in for a
// minute, and saves about a millionth of a dollar a day.
//
// Nothing here says what a person may do: roles come from the directory alone.
//
// Time is the wall clock throughout: tokens and browsers do not follow the
// desk's business clock.
package session

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/gorilla/securecookie"
)

// Keys seal cookies: the current key seals, replaced ones open until their date.
type Keys struct {
	current sealer
	old     []sealer
}

// sealer is one key; until is zero for the current one.
type sealer struct {
	codec *securecookie.SecureCookie
	until time.Time
}

// minSecret is the least length of a stored secret, in bytes.
const minSecret = 32

// stored is a key as the secret store keeps it.
type stored struct {
	ID     string    `json:"id"`
	Secret string    `json:"secret"`
	Until  time.Time `json:"until"`
}

// ParseKeys reads the stored secret: the same form as the link keys have
// (access.ParseRing), so that one recipe rotates both:
//
//	{"id":"k2","secret":"…","old":[{"id":"k1","secret":"…","until":"2026-10-01T00:00:00Z"}]}
func ParseKeys(text []byte) (Keys, error) {
	var in struct {
		stored
		Old []stored `json:"old"`
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return Keys{}, errors.New("the stored session keys are not the JSON that is expected") // the cause may quote the secret
	}
	current, err := in.stored.sealer()
	if err != nil {
		return Keys{}, err
	}
	keys := Keys{current: current}
	for _, k := range in.Old {
		if k.Until.IsZero() {
			return Keys{}, fmt.Errorf("session key %q is old but has no date until which it opens", k.ID)
		}
		s, err := k.sealer()
		if err != nil {
			return Keys{}, err
		}
		keys.old = append(keys.old, s)
	}
	return keys, nil
}

// sealer derives two keys from one secret, so that neither use weakens the other.
func (k stored) sealer() (sealer, error) {
	if len(k.Secret) < minSecret {
		return sealer{}, fmt.Errorf("session key %q: the secret has fewer than %d bytes", k.ID, minSecret)
	}
	signing, err := hkdf.Key(sha256.New, []byte(k.Secret), nil, "session signature", 64)
	if err != nil {
		return sealer{}, fmt.Errorf("session key %q: %w", k.ID, err)
	}
	hiding, err := hkdf.Key(sha256.New, []byte(k.Secret), nil, "session encryption", 32)
	if err != nil {
		return sealer{}, fmt.Errorf("session key %q: %w", k.ID, err)
	}
	// Its own age check reads the machine's clock; what is sealed carries its end instead.
	codec := securecookie.New(signing, hiding).MaxAge(0).SetSerializer(securecookie.JSONEncoder{})
	return sealer{codec, k.Until}, nil
}

// seal writes v for the cookie of that name; no other name opens it.
func (k Keys) seal(name string, v any) (string, error) { return k.current.codec.Encode(name, v) }

// open reads what seal wrote. Whatever is wrong with text, it is only false.
func (k Keys) open(name, text string, now time.Time, v any) bool {
	if k.current.codec != nil && k.current.codec.Decode(name, text, v) == nil {
		return true
	}
	for _, s := range k.old {
		if now.Before(s.until) && s.codec.Decode(name, text, v) == nil {
			return true
		}
	}
	return false
}
