// Package intake turns an inbound mail into what it is for the desk: a contact,
// a comment on a ticket, a bounce, a held mail, or nothing new. A reply may do
// more than comment, if mail authentication proves who wrote: decide, where the
// service lets it (decision.go), and bring data that are missing (data.go).
//
//	raw object + receipt → mail.Parse → facts → mail.Judge → one act, one record
//
// Every mail received leaves a record, whatever was decided, so that nothing is
// ever lost and the nightly check can count: objects in the bucket = records.
// Receiving the same notification again finds the record and does nothing; a
// crash between the act and its record is mended by the act's own keys.
package intake

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/mail"
	"mesa/shared/thread"
	"mesa/shared/work"
)

// Record is what became of one received mail.
type Record = work.MailRecord

// Store is the table as the intake needs it.
type Store interface {
	Load(ctx context.Context, id desk.TicketID) (work.Stored, error)
	ByNumber(ctx context.Context, n desk.Number) (desk.TicketID, error)
	FindKey(ctx context.Context, scope, key string, now time.Time) (work.Key, bool, error)
	// MailRecord reads what became of a reception; ok is false if it is new.
	MailRecord(ctx context.Context, id string) (r Record, ok bool, err error)
	// PutMailRecord writes it; an existing one of the same id is replaced only
	// by one that settles it.
	PutMailRecord(ctx context.Context, r Record) error
	// Records reads the records of a ticket after seq, oldest first.
	Records(ctx context.Context, id desk.TicketID, after int) ([]desk.Record, error)
	// CountMail counts a mail among those of a day under a name, once however
	// often it is told, and answers whether it is one of the first most.
	CountMail(ctx context.Context, name, day, mail string, most int) (bool, error)
	AddEffects(ctx context.Context, effects []desk.Effect) error
}

// Raw reads raw mails and keeps attachments.
type Raw interface {
	Read(ctx context.Context, key string, limit int64) ([]byte, error)
}

// Files keeps attachments.
type Files interface {
	Write(ctx context.Context, key, contentType string, data []byte) error
}

// Performer is the road.
type Performer interface {
	Perform(ctx context.Context, act desk.Act) (work.Result, error)
}

// Settings are the dated settings; the caps stand among them.
type Settings interface {
	Policy(ctx context.Context, at time.Time) (flow.Policy, error)
}

// Directory is who is who.
type Directory interface {
	Directory(ctx context.Context) (work.Snapshot, error)
}

// Intake receives mails.
type Intake struct {
	Store     Store
	Raw       Raw
	Files     Files
	Road      Performer
	Directory Directory
	Settings  Settings
	Feedback  Feedback
	Marks     func(ctx context.Context) (thread.Marks, error)
	Now       func(ctx context.Context) (time.Time, error) // business clock
	Domain    string                                       // of signed reply addresses
	Region    string                                       // whose SES wrote the top block
	Desk      []string
}

// Limits of the intake.
const (
	MaxRaw    = 42 << 20 // bytes: SES takes 40 MB
	keyScope  = "mail"
	maxFields = 90_000 // characters of a mail's text kept as free text
)

// Receive handles one notification. An error means: not handled, deliver again.
func (in *Intake) Receive(ctx context.Context, r mail.Receipt) (Record, error) {
	if r.Setup() {
		return Record{}, nil
	}
	if rec, done, err := in.Store.MailRecord(ctx, r.MessageID); done || err != nil {
		return rec, err
	}
	raw, err := in.Raw.Read(ctx, r.Key, MaxRaw)
	if err != nil {
		return Record{}, fmt.Errorf("receive %s: %w", r.MessageID, err)
	}
	now, err := in.Now(ctx)
	if err != nil {
		return Record{}, err
	}
	msg := mail.Parse(raw)
	r = r.WithResults(&msg, in.Region)
	d, err := in.Directory.Directory(ctx)
	if err != nil {
		return Record{}, err
	}
	known, err := in.known(ctx, &msg, r, d.Directory, now)
	if err != nil {
		return Record{}, fmt.Errorf("receive %s: %w", r.MessageID, err)
	}
	j, err := in.judge(ctx, &msg, r, known, now)
	if err != nil {
		return Record{}, fmt.Errorf("receive %s: %w", r.MessageID, err)
	}
	rec, err := in.carryOut(ctx, received{&msg, r, j, d.Directory, now, known.Seen == mail.SeenEdited})
	if err != nil {
		return Record{}, fmt.Errorf("receive %s (%s): %w", r.MessageID, j.Decision, err)
	}
	slog.InfoContext(ctx, "mail received", "mail", r.MessageID, "decision", rec.Decision, "ticket", rec.Ticket)
	return rec, in.Store.PutMailRecord(ctx, rec)
}

// received is one mail being handled.
type received struct {
	msg *mail.Message
	mail.Receipt
	judged    mail.Judgement
	directory *directory.Directory
	now       time.Time
	edited    bool // another text under the id of a mail received before
}

// carryOut does what was judged, and says what to record.
func (in *Intake) carryOut(ctx context.Context, m received) (Record, error) {
	rec := m.record()
	var err error
	switch m.judged.Decision {
	case mail.OpenTicket:
		rec.Ticket, err = in.open(ctx, m, m.judged.Person, m.judged.Claims)
	case mail.AddComment:
		err = in.answer(ctx, m)
	case mail.Quarantine:
		rec.Held = true
		if m.judged.Answer == mail.WhoAreYou {
			err = in.answerStranger(ctx, m)
		}
	case mail.NoteBounce:
		err = in.bounced(ctx, m)
	case mail.Drop, mail.Reject:
	}
	return heldIfRefused(rec, err)
}

// heldIfRefused: a mail that the rules do not take as what it was judged waits
// for a person; delivering it again would only be refused again.
func heldIfRefused(rec Record, err error) (Record, error) {
	problem, ok := errors.AsType[*desk.Problem](err)
	if !ok || problem.Code == desk.Busy || problem.Code == desk.Stale {
		return rec, err
	}
	if problem.Code == desk.Repeated { // the same mail, handled twice at once: what it did is done
		rec.Decision, rec.Why = mail.Drop, "ya se recibió"
		return rec, nil
	}
	rec.Decision, rec.Held, rec.Ticket, rec.Rule, rec.Why = mail.Quarantine, true, "", "", "el procedimiento no lo admite: "+problem.Text
	return rec, nil
}

func (m received) record() Record {
	verified, _ := mail.Verified(m.msg, m.Receipt, ownDomains(m.directory, m.msg.From)) // whatever rule decided
	rec := Record{ID: m.MessageID, Key: m.Key, At: m.now, Decision: m.judged.Decision, Ticket: m.judged.Ticket, From: m.msg.From.Address, Name: m.msg.From.Name,
		Subject: m.msg.Subject, Recipient: strings.Join(m.Recipients, ", "), Verified: verified, Virus: m.Verdicts.Virus == mail.Fail, Verdicts: m.Verdicts.String()}
	if n := len(m.judged.Why); n > 0 {
		rec.Why, rec.Rule = m.judged.Why[n-1].Says, m.judged.Why[n-1].Rule
	}
	if m.msg.Bounce.Is() {
		rec.Item = m.msg.Bounce.OriginalMessage
	}
	return rec
}

// open makes a contact of Level 1. Person acts; claims is the person an
// unverified mail shows: the contact is theirs to confirm, not theirs to use.
func (in *Intake) open(ctx context.Context, m received, person, claims desk.PersonID) (desk.TicketID, error) {
	act := in.act(m, desk.ActContact)
	act.Requester = person
	if person == "" {
		act.Requester, act.Actor.Via = claims, viaUnverified
	}
	act.Team, _ = in.team(m)
	act.Copied, act.Quiet = m.copied(), m.judged.Answer == mail.NoAnswer
	act.Fields = contactFields(m.msg)
	var err error
	if act.Files, err = keep(ctx, in.Files, m.MessageID, m.msg, pictures{}); err != nil {
		return "", err
	}
	propose(ctx, m.msg, m.arrived(), &act)
	result, err := in.Road.Perform(ctx, act)
	return result.After.Ticket.ID, err
}

// contactFields is a mail as the fields of a contact.
func contactFields(msg *mail.Message) desk.Fields {
	return desk.Fields{"subject": oneLine(msg.Subject, 200), "description": cut(msg.NewText, maxFields),
		"from_name": oneLine(msg.From.Name, 200), "from_address": oneLine(msg.From.Address, 320), "mail_id": oneLine(msg.MessageID, 1000)}
}

// viaUnverified is flow.ViaUnverified: the sender is not proved.
const viaUnverified = "unverified"

// act begins an act by mail, with the keys that make it one: SES's id, and the
// mail's own id whoever of us received it (F1, F2).
func (in *Intake) act(m received, kind desk.ActKind) desk.Act {
	also := []string{textKey(m.msg), "id:" + hashKey(m.msg.Key())}
	if m.edited {
		also = also[:1]
	}
	return desk.Act{Kind: kind, At: m.now, HappenedAt: m.sentAt(), Channel: desk.ChannelMail, Scope: keyScope, Key: "ses:" + m.MessageID,
		Also: also, Actor: desk.Actor{Via: "mail", Assurance: desk.AssuredSelf}}
}

// sentAt is when SES received it, if that was earlier than now: mail that waited
// keeps its real time (R90, R156).
func (m received) sentAt() time.Time {
	if m.At.IsZero() || !m.At.Before(m.now.Add(-time.Minute)) {
		return time.Time{}
	}
	return m.At.UTC()
}

// comment adds the mail to a ticket. Unverified senders and strangers add text,
// flagged; only a verified participant answers a question by it.
func (in *Intake) comment(ctx context.Context, m received, ticket desk.TicketID) error {
	act := in.act(m, desk.ActComment)
	act.Ticket, act.Copied = ticket, m.copied()
	act.Fields = desk.Fields{"message": commentText(m.msg, m.judged.Stranger || !m.judged.Verified), "mail_id": oneLine(m.msg.MessageID, 1000)}
	if m.judged.Person != "" && !m.judged.Stranger {
		act.Fields["sender"] = string(m.judged.Person)
	}
	if err := in.explain(ctx, m, &act); err != nil {
		return err
	}
	seen, err := picturesBefore(ctx, in.Store, act)
	if err != nil {
		return err
	}
	if act.Files, err = keep(ctx, in.Files, m.MessageID, m.msg, seen); err != nil {
		return err
	}
	if act.Fields["sender"] != "" && m.judged.Verified { // nobody else's form is believed even as a proposal
		propose(ctx, m.msg, m.arrived(), &act)
	}
	_, err = in.Road.Perform(ctx, act)
	return err
}

// commentText is the new text, headed by a warning when nobody vouches for it.
func commentText(msg *mail.Message, unvouched bool) string {
	text := msg.NewText
	if strings.TrimSpace(text) == "" {
		text = "(Correo sin texto.)"
	}
	if unvouched {
		text = "[Remitente sin verificar: " + msg.From.Address + "]\n\n" + text
	}
	return cut(text, maxFields)
}

// answerStranger tells an unknown but verified sender where to write from. Its
// item stands under an id of its own, made of the reception's: the mail handled
// again, or twenty times at once, is answered once (F1).
func (in *Intake) answerStranger(ctx context.Context, m received) error {
	id := desk.TicketID("0" + strings.ToUpper(hashKey("answer:" + m.MessageID)[:25]))
	letter := desk.Mail{Message: desk.MailHeld, To: m.msg.From.Address, ReplyTo: m.msg.MessageID, Data: map[string]string{"subject": oneLine(m.msg.Subject, 120)}}
	return in.Store.AddEffects(ctx, []desk.Effect{{Ticket: id, Seq: 1, N: 1, Op: desk.OpMail, Mail: &letter, State: desk.EffectPending, DueAt: m.now, CreatedAt: m.now}})
}

// team is who receives a mail whose sender's unit is unknown: the address says.
func (in *Intake) team(m received) (desk.TeamID, bool) {
	for _, to := range m.Recipients {
		if id, ok := m.directory.TeamByAddress(to, m.now); ok {
			return id, true
		}
	}
	return m.directory.ContactTeam("", m.now)
}

// ErrNotHeld: somebody settled the held mail already.
var ErrNotHeld = work.ErrNotHeld
