package access

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// shortest is the least secret length in bytes: that of the HMAC's own output.
const shortest = 32

// Key is one signing secret. Its id is public and travels in every link.
type Key struct {
	ID     string
	Secret []byte
	// Until ends the overlap in which a replaced key still verifies. It must be
	// set on old keys and means nothing on the current one.
	Until time.Time
}

// Ring holds the key that signs and the replaced keys that still verify.
type Ring struct {
	current Key
	old     []Key
}

// NewRing makes a ring. It refuses secrets under 32 bytes, missing or repeated
// ids, and old keys whose overlap has no end.
func NewRing(current Key, old ...Key) (Ring, error) {
	seen := map[string]bool{}
	for i, key := range append([]Key{current}, old...) {
		switch {
		case key.ID == "":
			return Ring{}, errors.New("access: a key has no id")
		case seen[key.ID]:
			return Ring{}, fmt.Errorf("access: key id %q stands twice", key.ID)
		case len(key.Secret) < shortest:
			return Ring{}, fmt.Errorf("access: the secret of key %q has %d bytes, fewer than %d", key.ID, len(key.Secret), shortest)
		case i > 0 && key.Until.IsZero():
			return Ring{}, fmt.Errorf("access: old key %q has no end of overlap", key.ID)
		}
		seen[key.ID] = true
	}
	return Ring{current: current, old: old}, nil
}

// ParseRing reads a ring from the stored secret:
//
//	{"id":"k2","secret":"…","old":[{"id":"k1","secret":"…","until":"2026-10-01T00:00:00Z"}]}
//
// The text of a secret is used byte for byte, so what the secret store's own
// generator wrote is fine as it is.
func ParseRing(text []byte) (Ring, error) {
	type storedKey struct {
		ID     string    `json:"id"`
		Secret string    `json:"secret"`
		Until  time.Time `json:"until"`
	}
	var stored struct {
		storedKey
		Old []storedKey `json:"old"`
	}
	if err := json.Unmarshal(text, &stored); err != nil {
		// The cause is left out: it may quote the secret.
		return Ring{}, errors.New("access: the stored keys are not the JSON that is expected")
	}
	old := make([]Key, len(stored.Old))
	for i, key := range stored.Old {
		old[i] = Key{ID: key.ID, Secret: []byte(key.Secret), Until: key.Until}
	}
	return NewRing(Key{ID: stored.ID, Secret: []byte(stored.Secret)}, old...)
}

// secretOf finds the secret of a key that verifies at this time.
func (r Ring) secretOf(id string, now time.Time) ([]byte, bool) {
	if id == r.current.ID && id != "" {
		return r.current.Secret, true
	}
	for _, key := range r.old {
		if key.ID == id && now.Before(key.Until) {
			return key.Secret, true
		}
	}
	return nil, false
}
