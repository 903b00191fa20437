package intake

import (
	"context"
	"fmt"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/mail"
)

// OriginalOf is the id of the mail that an act came in by, "" of any other act.
func OriginalOf(rec desk.Record) string {
	id, _ := strings.CutPrefix(rec.Key, keyScope+"#ses:")
	if id == rec.Key {
		return ""
	}
	return id
}

// Original reads a received mail again as it came: the desk keeps on a ticket
// only what was new in it. A mail that the desk has no record of is not found.
func (h *Held) Original(ctx context.Context, id string) (Record, mail.Message, error) {
	rec, ok, err := h.Store.MailRecord(ctx, id)
	if err != nil {
		return Record{}, mail.Message{}, fmt.Errorf("original mail %s: %w", id, err)
	}
	if !ok {
		return Record{}, mail.Message{}, desk.NewProblem(desk.NotFound, "", "No encontramos ese correo.")
	}
	raw, err := h.Raw.Read(ctx, rec.Key, MaxRaw)
	if err != nil {
		return Record{}, mail.Message{}, fmt.Errorf("original mail %s: %w", id, err)
	}
	return rec, mail.Parse(raw), nil
}
