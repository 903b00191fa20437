package intake

import (
	"context"
	"log/slog"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/mail"
)

// Two desks wired to each other answer as long as they are answered (F32). Most
// programs say what they are; for those that do not there are caps of a day, set
// by the policy: mails of one sender, and mails added to one case. What comes
// beyond is held for a person and answered by nobody, so the talk ends there. A
// mail counts once, however often the queue delivers it.

// countSender counts the sender's mails of the day, and finds out whether a
// stranger had today's answer.
func (in *Intake) countSender(ctx context.Context, msg *mail.Message, now time.Time, k *mail.Known) error {
	if msg.From.Address == "" {
		return nil
	}
	policy, err := in.Settings.Policy(ctx, now)
	if err != nil {
		return err
	}
	address := directory.CanonicalAddress(msg.From.Address)
	within, err := in.count(ctx, "from:"+address, msg, now, policy.SenderMails)
	if err != nil {
		return err
	}
	k.OverCap = !within
	if k.Person != "" {
		return nil
	}
	first, err := in.count(ctx, "answer:"+address, msg, now, 1)
	k.AnsweredToday = !first
	return err
}

// judge asks the rules what becomes of a mail. One that would be added to a case
// is counted there; the first too many is judged as such.
func (in *Intake) judge(ctx context.Context, msg *mail.Message, r mail.Receipt, known mail.Known, now time.Time) (mail.Judgement, error) {
	j := mail.Judge(msg, r, known)
	if j.Decision == mail.AddComment {
		policy, err := in.Settings.Policy(ctx, now)
		if err != nil {
			return j, err
		}
		within, err := in.count(ctx, "ticket:"+string(j.Ticket), msg, now, policy.TicketMails)
		if err != nil {
			return j, err
		}
		if !within {
			known.OverCap = true
			j = mail.Judge(msg, r, known)
		}
	}
	if j.Why[len(j.Why)-1].Rule == mail.RuleCaps {
		slog.WarnContext(ctx, "mail over the cap", "mail", r.MessageID)
	}
	return in.heldOnce(ctx, msg, r, j, now)
}

// heldOnce: a mail to two of our addresses that nobody can place waits once, not
// twice (F1). Which of its receptions of a day waits is counted as the caps are.
func (in *Intake) heldOnce(ctx context.Context, msg *mail.Message, r mail.Receipt, j mail.Judgement, now time.Time) (mail.Judgement, error) {
	if j.Decision != mail.Quarantine {
		return j, nil
	}
	first, err := in.Store.CountMail(ctx, "held:"+hashKey(textKey(msg)), day(now), hashKey(r.MessageID)[:enough], 1)
	if err == nil && !first {
		j.Decision, j.Answer = mail.Drop, mail.NoAnswer
		j.Why = append(j.Why[:len(j.Why)-1], mail.Step{Rule: mail.RuleDuplicate, Hit: true, Says: "ya se recibió por otra dirección, y está en espera"})
	}
	return j, err
}

// day names the day of the counts.
func day(now time.Time) string { return now.In(desk.Lima).Format("20060102") }

const enough = 12 // hex digits of a mail's name in a count: a clash only lets one more pass

// count tells whether a mail is among the first of the day under a name. The
// mail is known by its id and text: another text under the same id is another.
func (in *Intake) count(ctx context.Context, name string, msg *mail.Message, now time.Time, most int) (bool, error) {
	return in.Store.CountMail(ctx, name, day(now), hashKey(textKey(msg))[:enough], most)
}
