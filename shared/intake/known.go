package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/mail"
)

// known gathers the facts that a judgement needs and that are not in the mail,
// and counts the mail among its sender's.
func (in *Intake) known(ctx context.Context, msg *mail.Message, r mail.Receipt, d *directory.Directory, now time.Time) (mail.Known, error) {
	k, err := in.facts(ctx, msg, r, d, now)
	if err != nil {
		return k, err
	}
	return k, in.countSender(ctx, msg, now, &k)
}

// Facts are what the desk knows now about a mail, for explaining how it would be
// judged. Nothing is written: the counts of the day stay, so no cap is reached.
func (in *Intake) Facts(ctx context.Context, msg *mail.Message, r mail.Receipt) (mail.Known, error) {
	now, err := in.Now(ctx)
	if err != nil {
		return mail.Known{}, err
	}
	d, err := in.Directory.Directory(ctx)
	if err != nil {
		return mail.Known{}, err
	}
	return in.facts(ctx, msg, r, d.Directory, now)
}

// facts are those that reading alone gives.
func (in *Intake) facts(ctx context.Context, msg *mail.Message, r mail.Receipt, d *directory.Directory, now time.Time) (mail.Known, error) {
	k := mail.Known{ReplyDomain: in.Domain, Addresses: in.addresses(d, now), Domains: ownDomains(d, msg.From)}
	person, found := d.ByEmail(msg.From.Address, now)
	if found {
		k.Person = person.ID
	}
	if err := in.seen(ctx, msg, d, now, &k); err != nil {
		return k, err
	}
	return k, in.candidates(ctx, msg, r, d, &k, now)
}

// addresses are the desk's own: its mailboxes and those of the teams.
func (in *Intake) addresses(d *directory.Directory, now time.Time) []string {
	list := slices.Clone(in.Desk)
	for _, t := range d.Records().Teams {
		if t.Mailbox != "" && t.Holds(now) {
			list = append(list, t.Mailbox)
		}
	}
	for _, u := range d.Records().Units {
		if u.Mail != "" && u.Holds(now) {
			list = append(list, u.Mail)
		}
	}
	return list
}

// ownDomains is the sender's domain if somebody of the directory has it.
func ownDomains(d *directory.Directory, from mail.Address) []string {
	if domain := from.Domain(); domain != "" && d.OwnDomain(domain) {
		return []string{domain}
	}
	return nil
}

// seen looks for the mail among those received: its own id, whatever address
// of ours received it (F1, F2).
func (in *Intake) seen(ctx context.Context, msg *mail.Message, d *directory.Directory, now time.Time, k *mail.Known) error {
	key, ok, err := in.Store.FindKey(ctx, keyScope, "id:"+hashKey(msg.Key()), now)
	if err != nil || !ok {
		return err
	}
	k.Seen, k.SeenTicket = mail.SeenMail, key.Ticket
	same, err := in.sameText(ctx, msg, now)
	if err != nil || same {
		return err
	}
	k.Seen = mail.SeenEdited
	k.SeenBelongs, err = in.belongsTo(ctx, key.Ticket, k.Person, d, now)
	return err
}

// sameText: the text of the mail was received under its hash too.
func (in *Intake) sameText(ctx context.Context, msg *mail.Message, now time.Time) (bool, error) {
	_, ok, err := in.Store.FindKey(ctx, keyScope, textKey(msg), now)
	return ok, err
}

// textKey tells a mail repeated from a mail edited under the same id: by its
// text, and by its files, which somebody may have forgotten the first time.
func textKey(msg *mail.Message) string {
	said := msg.Key() + "\n" + msg.FullText
	for _, a := range msg.Attachments {
		said += "\n" + a.SHA256
	}
	return "text:" + hashKey(said)
}

// candidates are the tickets that the mail's marks lead to, and whether its
// sender belongs to them (F34).
func (in *Intake) candidates(ctx context.Context, msg *mail.Message, r mail.Receipt, d *directory.Directory, k *mail.Known, now time.Time) error {
	marks, err := in.Marks(ctx)
	if err != nil {
		return err
	}
	h := mail.HintsOf(msg, r, marks)
	add := func(id desk.TicketID, by mail.Mark) error {
		c := mail.Candidate{Ticket: id, By: by}
		s, err := in.Store.Load(ctx, id)
		if desk.CodeOf(err) == desk.NotFound {
			return nil
		}
		if err == nil {
			c.Belongs, err = in.belongs(ctx, s.Ticket, k.Person, d, now)
		}
		if err == nil {
			c, err = in.asks(ctx, c, s.Ticket, k.Person, now)
			k.Candidates = append(k.Candidates, c)
		}
		return err
	}
	if h.Address != "" {
		if err := add(h.Address, mail.ByAddress); err != nil {
			return err
		}
	}
	if h.Root != "" {
		if err := add(h.Root, mail.ByRoot); err != nil {
			return err
		}
	}
	return in.weakCandidates(ctx, h, add, now)
}

// weakCandidates: ids of mails received before, and the number in the subject.
func (in *Intake) weakCandidates(ctx context.Context, h mail.Hints, add func(desk.TicketID, mail.Mark) error, now time.Time) error {
	const most = 20
	for _, id := range h.IDs[:min(len(h.IDs), most)] {
		key, ok, err := in.Store.FindKey(ctx, keyScope, "id:"+hashKey(id), now)
		if err != nil {
			return err
		}
		if ok {
			return add(key.Ticket, mail.ByID)
		}
	}
	if h.Number == "" {
		return nil
	}
	id, err := in.Store.ByNumber(ctx, h.Number)
	if desk.CodeOf(err) == desk.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return add(id, mail.BySubject)
}

// hashKey makes a key of fixed length from whatever a mail calls itself.
func hashKey(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// oneLine makes a header value a field: one line, no control characters, short.
func oneLine(s string, n int) string {
	return cut(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || r == ' ' || r == '\u2028' || r == '\u2029' }), " "), n)
}

// cut shortens to n characters, keeping only what a text field may hold.
func cut(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n])
}
