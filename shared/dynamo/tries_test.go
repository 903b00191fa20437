package dynamo_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"mesa/shared/desktest"
)

// A wrong code whose answer is lost is sent again by the client, and counts once:
// nobody is locked out before the fifth.
func TestAWrongCodeWhoseAnswerIsLostCountsOnce(t *testing.T) {
	lost := &line{after: func(operation string, call int, _ *http.Response) error {
		if operation == "UpdateItem" && call%2 == 1 {
			return errors.New("connection reset by peer")
		}
		return nil
	}}
	s, _ := mustNewFaulty(t, lost)
	until := desktest.Wednesday().Add(15 * time.Minute)
	for want := 1; want <= 5; want++ {
		if n, err := s.CountTry(t.Context(), "link", 5, until); n != want || err != nil {
			t.Errorf("try %d counts %d, %v", want, n, err)
		}
	}
	if n, locked, err := s.LinkTries(t.Context(), "link"); n != 0 || !locked.Equal(until) || err != nil {
		t.Errorf("after the lock: %d, %s, %v", n, locked, err)
	}
}
