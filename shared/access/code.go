package access

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
)

var (
	// ErrCodeIncomplete is an answer that is not six digits. It does not count
	// as a try: the person is still typing.
	ErrCodeIncomplete = errors.New("access: the code has six digits")
	// ErrCodeWrong is a complete answer that is not the code. It counts.
	ErrCodeWrong = errors.New("access: the code is not that of the link")
)

const codeDigits = 6

// Code is the six digits that stand in the mail beside the link. A link that
// Verify returned gets the code of the key that signed it, so that a mail sent
// before a change of keys stays whole; another link gets the current key's.
// The only error is a key that no longer verifies.
func (r Ring) Code(link Link, now time.Time) (string, error) {
	id := link.KeyID
	if id == "" {
		id = r.current.ID
	}
	secret, ok := r.secretOf(id, now)
	if !ok {
		return "", fmt.Errorf("%w: no key %.32q", ErrLink, id)
	}
	mac := hmac.New(sha256.New, secret)
	// The prefix keeps a code from ever being a piece of a token's signature.
	mac.Write([]byte("code\x00" + link.ID()))
	number := binary.BigEndian.Uint64(mac.Sum(nil)) % 1_000_000
	return fmt.Sprintf("%0*d", codeDigits, number), nil
}

// CheckCode compares what a person typed with the code of a verified link.
// Spaces and hyphens do not matter: the mail shows «482 913».
func (r Ring) CheckCode(link Link, typed string, now time.Time) error {
	digits, ok := digitsOf(typed)
	if !ok {
		return ErrCodeIncomplete
	}
	code, err := r.Code(link, now)
	if err != nil {
		return err
	}
	if subtle.ConstantTimeCompare([]byte(digits), []byte(code)) != 1 {
		return ErrCodeWrong
	}
	return nil
}

func digitsOf(typed string) (string, bool) {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return r
	}, typed)
	if len(digits) != codeDigits || strings.Trim(digits, "0123456789") != "" {
		return "", false
	}
	return digits, true
}
