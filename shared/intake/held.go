package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/mail"
	"mesa/shared/work"
)

// HeldStore is the table as the held mails need it.
type HeldStore interface {
	Store
	// HeldMails lists the mails that wait for a person after a place in the list,
	// oldest first, no more than limit.
	HeldMails(ctx context.Context, after work.MailMark, limit int) ([]Record, error)
}

// Held are the mails that no rule could place: they wait for a person of
// Level 1, who makes each a contact, adds it to a ticket or discards it. Each
// way is one act with the mail's own keys and one record, in that order; a crash
// between the two is mended by doing it again.
type Held struct {
	Store     HeldStore
	Raw       Raw
	Files     Files
	Road      Performer
	Directory Directory
	Now       func(ctx context.Context) (time.Time, error) // business clock
}

// How a held mail was settled: Record.Outcome.
const (
	Released  = "released"
	Attached  = "attached"
	Discarded = "discarded"
)

// heldPage is how many held mails a page lists.
const heldPage = 25

// List is a page of held mails, oldest first. The cursor is the place of the last
// mail seen; it stays good when that mail is settled.
func (h *Held) List(ctx context.Context, cursor string) ([]Record, string, error) {
	list, err := h.Store.HeldMails(ctx, parseMark(cursor), heldPage+1)
	if err != nil {
		return nil, "", fmt.Errorf("held mails: %w", err)
	}
	if len(list) <= heldPage {
		return list, "", nil
	}
	list = list[:heldPage]
	return list, formatMark(list[heldPage-1].Mark()), nil
}

func formatMark(m work.MailMark) string { return m.At.UTC().Format(time.RFC3339) + "~" + m.ID }

// parseMark reads a cursor; one that somebody mangled begins at the beginning.
func parseMark(cursor string) work.MailMark {
	at, id, _ := strings.Cut(cursor, "~")
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return work.MailMark{}
	}
	return work.MailMark{At: t, ID: id}
}

// Settled is what became of a held mail that a person settled; ok is false for
// one that waits, and for any other.
func (h *Held) Settled(ctx context.Context, id string) (rec Record, ok bool, err error) {
	rec, ok, err = h.Store.MailRecord(ctx, id)
	if err != nil {
		return Record{}, false, fmt.Errorf("settled mail %s: %w", id, err)
	}
	return rec, ok && rec.Outcome != "", nil
}

// Get reads a held mail to judge it by; desk.NotFound if it is not held (any more).
func (h *Held) Get(ctx context.Context, id string) (Record, mail.Message, error) {
	rec, ok, err := h.Store.MailRecord(ctx, id)
	if err != nil {
		return Record{}, mail.Message{}, fmt.Errorf("held mail %s: %w", id, err)
	}
	if !ok || !rec.Held || rec.Outcome != "" {
		return Record{}, mail.Message{}, notHeld()
	}
	raw, err := h.Raw.Read(ctx, rec.Key, MaxRaw)
	if err != nil {
		return Record{}, mail.Message{}, fmt.Errorf("held mail %s: %w", id, err)
	}
	return rec, mail.Parse(raw), nil
}

// notHeld is what a person reads who comes second.
func notHeld() error {
	return fmt.Errorf("%w: %w", ErrNotHeld, desk.NewProblem(desk.NotFound, "R104", "Ese correo ya no espera: alguien lo atendió."))
}

// Release makes the mail a contact in the name of a person of the directory:
// who releases it vouches for the sender.
func (h *Held) Release(ctx context.Context, id string, as desk.PersonID, actor desk.Actor) (desk.TicketID, error) {
	m, err := h.take(ctx, id, actor)
	if err != nil {
		return "", err
	}
	if _, ok := m.directory.Person(as, m.now); !ok {
		return "", desk.InvalidField("person", "Elija en el directorio a quien escribe.")
	}
	act := m.act(desk.ActContact, actor)
	act.Requester, act.Fields, act.Copied = as, contactFields(&m.msg), copiedTo(&m.msg, m.directory, as, m.now)
	if sender, ok := m.directory.ByEmail(m.msg.From.Address, m.now); ok && sender.ID == as {
		act.Quiet = m.msg.Auto.NoAnswer // the acknowledgement would go to what asked for none
	}
	return h.perform(ctx, m, act, Released)
}

// Attach adds the mail to a ticket as a comment; desk.NotFound for a number
// that is none.
func (h *Held) Attach(ctx context.Context, id string, number desk.Number, actor desk.Actor) error {
	m, err := h.take(ctx, id, actor)
	if err != nil {
		return err
	}
	ticket, err := h.Store.ByNumber(ctx, number)
	if err != nil {
		return fmt.Errorf("attach held mail: %w", err)
	}
	act := m.act(desk.ActComment, actor)
	act.Ticket, act.Fields = ticket, desk.Fields{"message": commentText(&m.msg, true), "mail_id": oneLine(m.msg.MessageID, 1000)}
	_, err = h.perform(ctx, m, act, Attached)
	return err
}

// Discard ends the mail's waiting without a ticket. The mail itself is kept.
func (h *Held) Discard(ctx context.Context, id, reason string, actor desk.Actor) error {
	if reason = oneLine(reason, 1000); strings.TrimSpace(reason) == "" {
		return desk.InvalidField("reason", "Escriba por qué se descarta: queda registrado.")
	}
	m, err := h.take(ctx, id, actor)
	if err != nil {
		return err
	}
	m.rec.Reason = reason
	return h.settle(ctx, m, Discarded, "", actor.Person)
}

// heldMail is a held mail in the hands of who settles it.
type heldMail struct {
	rec       Record
	msg       mail.Message
	directory *directory.Directory
	now       time.Time
}

// take reads the mail and sees that the actor may settle it.
func (h *Held) take(ctx context.Context, id string, actor desk.Actor) (heldMail, error) {
	now, err := h.Now(ctx)
	if err != nil {
		return heldMail{}, err
	}
	d, err := h.Directory.Directory(ctx)
	if err != nil {
		return heldMail{}, err
	}
	if !maySettle(work.RightsOf(d.Directory, desk.Act{Actor: actor, At: now})) {
		return heldMail{}, desk.NewProblem(desk.Forbidden, "R104", "Los correos en espera corresponden al personal de Nivel 1.")
	}
	rec, msg, err := h.Get(ctx, id)
	return heldMail{rec, msg, d.Directory, now}, err
}

// maySettle: the mesa de ayuda, and the specialists of the UTs.
func maySettle(r flow.Rights) bool {
	return r.Known && (r.Desk || r.Assigner || slices.ContainsFunc(r.Teams, func(m flow.Membership) bool { return r.Specialty[m.Team] }))
}

// act is the staff person's act with the keys of the mail, so that the mail,
// delivered again or released twice, is still one.
func (m heldMail) act(kind desk.ActKind, actor desk.Actor) desk.Act {
	return desk.Act{Kind: kind, At: m.now, HappenedAt: m.rec.At, Channel: desk.ChannelMail, Scope: keyScope, Key: "ses:" + m.rec.ID, Actor: actor}
}

// also are the mail's further keys. Its id is none if another text came under it
// before (F2): the act would be taken for that mail's.
func (h *Held) also(ctx context.Context, m heldMail) ([]string, error) {
	text, id := textKey(&m.msg), "id:"+hashKey(m.msg.Key())
	_, taken, err := h.Store.FindKey(ctx, keyScope, id, m.now)
	if err != nil || !taken {
		return []string{text, id}, err
	}
	_, same, err := h.Store.FindKey(ctx, keyScope, text, m.now)
	if same {
		return []string{text, id}, err
	}
	return []string{text}, err
}

// perform does the act and then settles the record. If a colleague's act for
// the same mail is in already, but not its record, the record follows that act.
func (h *Held) perform(ctx context.Context, m heldMail, act desk.Act, outcome string) (desk.TicketID, error) {
	var err error
	if act.Also, err = h.also(ctx, m); err != nil {
		return "", fmt.Errorf("settle held mail %s: %w", m.rec.ID, err)
	}
	if !m.rec.Virus {
		seen, err := picturesBefore(ctx, h.Store, act)
		if err != nil {
			return "", err
		}
		if act.Files, err = keep(ctx, h.Files, m.rec.ID, &m.msg, seen); err != nil {
			return "", err
		}
		if act.Kind == desk.ActContact { // who releases it vouches for the sender
			propose(ctx, &m.msg, m.rec.At, &act)
		}
	}
	result, err := h.Road.Perform(ctx, act)
	if desk.CodeOf(err) == desk.Repeated {
		return "", h.mend(ctx, m, act)
	}
	if err != nil {
		return "", fmt.Errorf("settle held mail %s: %w", m.rec.ID, err)
	}
	ticket := result.After.Ticket.ID
	if err := h.settle(ctx, m, outcome, ticket, act.Actor.Person); err != nil && !errors.Is(err, ErrNotHeld) {
		return "", err
	}
	return ticket, nil
}

// mend: a colleague's act for this mail is in, but not its record: the record
// follows that act, and who came second is told.
func (h *Held) mend(ctx context.Context, m heldMail, act desk.Act) error {
	key, ok, err := h.Store.FindKey(ctx, act.Scope, act.Key, m.now)
	if err != nil {
		return fmt.Errorf("mend held mail %s: %w", m.rec.ID, err)
	}
	outcome := Attached
	if key.Seq == 1 {
		outcome = Released
	}
	if ok {
		err = h.settle(ctx, m, outcome, key.Ticket, act.Actor.Person)
	}
	if err != nil {
		return err
	}
	return notHeld()
}

// settle writes the record; who comes second reads that it is over.
func (h *Held) settle(ctx context.Context, m heldMail, outcome string, ticket desk.TicketID, by desk.PersonID) error {
	m.rec.Outcome, m.rec.By = outcome, by
	if ticket != "" {
		m.rec.Ticket = ticket
	}
	switch err := h.Store.PutMailRecord(ctx, m.rec); {
	case errors.Is(err, ErrNotHeld):
		return notHeld()
	case err != nil:
		return fmt.Errorf("settle held mail %s: %w", m.rec.ID, err)
	}
	return nil
}
