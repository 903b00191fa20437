package secretstore

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"mesa/shared/access"
	"mesa/shared/thread"
)

// LinkKeys sign what leaves by mail: links with their digits, and reply addresses.
type LinkKeys struct {
	Ring  access.Ring
	Marks thread.Marks
}

// threadKeyBytes is the length of a derived key.
const threadKeyBytes = 32

// ParseLinkKeys reads the link secret (access.ParseRing says its form) and derives
// from each key another for reply addresses, so that one secret is rotated and
// neither use weakens the other.
func ParseLinkKeys(domain string) func(text []byte) (LinkKeys, error) {
	return func(text []byte) (LinkKeys, error) {
		ring, err := access.ParseRing(text)
		if err != nil {
			return LinkKeys{}, err
		}
		marks, err := parseMarks(text, domain)
		return LinkKeys{Ring: ring, Marks: marks}, err
	}
}

type storedKey struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
}

func parseMarks(text []byte, domain string) (thread.Marks, error) {
	var stored struct {
		storedKey
		Old []storedKey `json:"old"`
	}
	if err := json.Unmarshal(text, &stored); err != nil {
		return thread.Marks{}, errors.New("the stored keys are not the JSON that is expected") // the cause may quote the secret
	}
	current, err := stored.storedKey.threadKey()
	if err != nil {
		return thread.Marks{}, err
	}
	var old []thread.Key
	for _, k := range stored.Old {
		key, err := k.threadKey()
		if err != nil {
			return thread.Marks{}, err
		}
		old = append(old, key)
	}
	return thread.NewMarks(domain, current, old...)
}

func (k storedKey) threadKey() (thread.Key, error) {
	secret, err := hkdf.Key(sha256.New, []byte(k.Secret), nil, "reply address", threadKeyBytes)
	if err != nil {
		return thread.Key{}, fmt.Errorf("derive reply key %q: %w", k.ID, err)
	}
	return thread.Key{ID: k.ID, Secret: secret}, nil
}
