package httpapi

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"

	"mesa/shared/desk"
)

// seal makes cursors opaque and ties them to one caller and list, so that a
// cursor changed on its way, or of another list, is refused and never
// misunderstood. It holds no secret because a cursor grants nothing: every page
// asks the caller's rights anew, and a position only says where in a list of
// theirs to go on.
type seal string

const (
	sealBytes = 15
	maxCursor = 1024
)

func sealOf(c caller, list string) seal {
	return seal(c.scope + "\x00" + list + "\x00")
}

func (s seal) sum(position string) []byte {
	sum := sha256.Sum256([]byte(string(s) + position))
	return sum[:sealBytes]
}

// close wraps a position of the store; no position is no cursor.
func (s seal) close(position string) string {
	if position == "" {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(append(s.sum(position), position...))
}

// open unwraps a cursor; an empty one is the beginning.
func (s seal) open(cursor string) (string, error) {
	if cursor == "" {
		return "", nil
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(cursor) > maxCursor || len(data) <= sealBytes {
		return "", badCursor()
	}
	position := string(data[sealBytes:])
	if subtle.ConstantTimeCompare(data[:sealBytes], s.sum(position)) != 1 {
		return "", badCursor()
	}
	return position, nil
}

func badCursor() error {
	return desk.InvalidField(inQuery+"cursor", "Este cursor no es de esta lista: pídala otra vez desde el principio.")
}
