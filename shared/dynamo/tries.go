package dynamo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"mesa/shared/work"
)

func triesKey(link string) item { return keyOf("L"+pkKey("", link)[1:], "TRIES") }

// LinkTries reads the wrong codes given to a signed link since its last lock,
// and until when it is locked.
func (s *Store) LinkTries(ctx context.Context, linkID string) (n int, lockedTo time.Time, err error) {
	i, err := s.get(ctx, "link tries", triesKey(linkID))
	return i.members("m"), i.getInstant("to"), err
}

// CountTry adds one wrong code; the one that reaches maxTries locks the link and
// begins to count anew. Each has a name of its own in a set: a request whose answer
// was lost is sent again, and counts once.
func (s *Store) CountTry(ctx context.Context, linkID string, maxTries int, lockTo time.Time) (int, error) {
	i, err := s.update(ctx, "count try", triesKey(linkID), newUpdate().collect("m", rand.Text(), maxTries), types.ReturnValueUpdatedNew)
	n := i.members("m")
	switch {
	case errors.Is(err, work.ErrConflict): // the last one is being locked
		n = maxTries
	case err != nil:
		return 0, err
	}
	if n < maxTries {
		return n, nil
	}
	u := newUpdate().present("m").remove("m").set("to", instant(lockTo))
	if _, err := s.update(ctx, "lock link", triesKey(linkID), u, types.ReturnValueNone); err != nil && !errors.Is(err, work.ErrConflict) {
		return n, err
	}
	return n, nil
}

// CountMail counts a mail among those of a day ("20260916") under a name, once
// however often it is told, and answers whether it is one of the first most. No
// more are kept, so that a flood does not make the item grow; it goes by itself
// after the day.
func (s *Store) CountMail(ctx context.Context, name, day, mail string, most int) (bool, error) {
	at, err := time.Parse("20060102", day)
	if err != nil {
		return false, fmt.Errorf("count mail: %w", err)
	}
	key := keyOf("B"+pkKey(day, name)[1:], "COUNT")
	u := newUpdate().collect("m", mail, most).set("ttl", instant(at.AddDate(0, 0, 3)))
	if _, err = s.update(ctx, "count mail", key, u, types.ReturnValueNone); errors.Is(err, work.ErrConflict) {
		return false, nil
	}
	return err == nil, err
}

// Watermark reads how far a recurring job has come; the zero time if it never ran.
func (s *Store) Watermark(ctx context.Context, name string) (time.Time, error) {
	i, err := s.get(ctx, "watermark", keyOf("S#watermark", name))
	return i.getInstant("at"), err
}

// SetWatermark writes how far a recurring job has come.
func (s *Store) SetWatermark(ctx context.Context, name string, at time.Time) error {
	i := keyOf("S#watermark", name)
	i.instant("at", at)
	return s.put(ctx, "set watermark", i, newUpdate())
}

// Offset is how far the local clock stands before the wall clock.
func (s *Store) Offset(ctx context.Context) (time.Duration, error) {
	i, err := s.get(ctx, "offset", clockKey())
	return time.Duration(i.getNumber("offset_seconds")) * time.Second, err
}

// SetOffset moves the local clock; work.ErrConflict if it would go back.
func (s *Store) SetOffset(ctx context.Context, d time.Duration) error {
	v := number(int64(d / time.Second))
	_, err := s.update(ctx, "set offset", clockKey(), newUpdate().absentOr("offset_seconds", "<=", v).set("offset_seconds", v), types.ReturnValueNone)
	return err
}

// clockKey is read by the emulator too: its name is part of the local stack.
func clockKey() item { return keyOf("S#clock", "clock") }
