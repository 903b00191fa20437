package dynamo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// NoteDelivery writes what was heard of a mail, unless a later word is there
// already, and returns the item as it then is; desk.NotFound if there is none.
// The condition compares the code's text, so that events which come twice, late
// or at once leave the same last word (F10). A mail that the mail service would
// not send stands among the letters for a person, as one that failed does.
func (s *Store) NoteDelivery(ctx context.Context, id desk.TicketID, ref string, d desk.Delivery) (e desk.Effect, news bool, err error) {
	key, ok := effectKey(id, ref)
	if !ok {
		return desk.Effect{}, false, absent("outbox item %s %q", id, ref)
	}
	u := newUpdate().present("pk").absentOr("dv", "<", text(d.Code())).set("dv", text(d.Code()))
	found, err := s.update(ctx, "note delivery", key, u, types.ReturnValueAllNew)
	if errors.Is(err, work.ErrConflict) {
		e, err = s.Effect(ctx, id, ref)
		return e, false, err
	}
	if err != nil {
		return desk.Effect{}, false, fmt.Errorf("note delivery %s %s: %w", id, ref, err)
	}
	e, err = effectFrom(found)
	return e, err == nil, err
}

// ConfirmSent ends an item of which nobody knew whether it left: an event tells
// that the mail service took it. work.ErrConflict if it is not such a one (any
// more).
func (s *Store) ConfirmSent(ctx context.Context, id desk.TicketID, ref, sentID string, at time.Time) error {
	key, ok := effectKey(id, ref)
	if !ok {
		return absent("outbox item %s %q", id, ref)
	}
	u := newUpdate().among("st", string(desk.EffectUncertain), string(desk.EffectUnconfirmed)).
		set("st", text(string(desk.EffectDone))).set("ok", instant(at)).setText("id", sentID).remove("le", "er", "dpk", "dsk")
	_, err := s.update(ctx, "confirm sent", key, u, types.ReturnValueNone)
	return err
}
