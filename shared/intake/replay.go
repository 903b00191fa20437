package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"

	"mesa/shared/mail"
)

// Prefix is where the receipt rule keeps raw mails; what follows it in an
// object's key is SES's id of the reception.
const Prefix = "inbound/"

// order asks for a stored mail to be received whose notification is lost.
type order struct {
	Replay string `json:"replay"` // the object's key
}

// ReplayOrder is the message that has a stored mail received again.
func ReplayOrder(key string) ([]byte, error) { return json.Marshal(order{key}) }

// Handle takes one message of the mail queue: the notification of SES, or an
// order to replay. An error means: not handled, deliver again.
func (in *Intake) Handle(ctx context.Context, body []byte) error {
	var o order
	if err := json.Unmarshal(body, &o); err == nil && o.Replay != "" {
		_, _, err = in.Replay(ctx, o.Replay)
		return err
	}
	receipt, err := mail.ParseReceipt(body)
	if err != nil {
		return err
	}
	_, err = in.Receive(ctx, receipt)
	return err
}

// Replay receives a stored mail by what SES wrote above it. isNew is false for
// one that has a record, so replaying everything twice changes nothing (F46).
// One without SES's own block is held: nobody knows how it got there.
func (in *Intake) Replay(ctx context.Context, key string) (rec Record, isNew bool, err error) {
	id, ok := strings.CutPrefix(key, Prefix)
	if !ok || id == "" || (mail.Receipt{Key: key}).Setup() {
		return Record{}, false, nil
	}
	if rec, done, err := in.Store.MailRecord(ctx, id); done || err != nil {
		return rec, false, err
	}
	raw, err := in.Raw.Read(ctx, key, MaxRaw)
	if err != nil {
		return Record{}, false, fmt.Errorf("replay %s: %w", id, err)
	}
	msg := mail.Parse(raw)
	receipt, trusted := mail.Trust(&msg, in.Region, id)
	receipt.MessageID, receipt.Key = id, key
	if !trusted {
		rec, err = in.holdUntrusted(ctx, &msg, receipt)
		return rec, err == nil, err
	}
	rec, err = in.Receive(ctx, receipt)
	return rec, err == nil, err
}

// holdUntrusted keeps a mail for a person's eyes. Nobody looked it over for
// viruses, so its attachments are treated as if they had one.
func (in *Intake) holdUntrusted(ctx context.Context, msg *mail.Message, r mail.Receipt) (Record, error) {
	now, err := in.Now(ctx)
	if err != nil {
		return Record{}, err
	}
	rec := Record{ID: r.MessageID, Key: r.Key, At: now, Decision: mail.Quarantine, Held: true, Virus: true, From: msg.From.Address, Name: msg.From.Name, Subject: msg.Subject,
		Why: "No tiene la constancia de recepción del servicio de correo: no se sabe quién lo envió ni si se revisó. Sus adjuntos no se conservan."}
	slog.WarnContext(ctx, "mail without receipt held", "mail", rec.ID)
	return rec, in.Store.PutMailRecord(ctx, rec)
}
