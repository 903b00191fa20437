package intake

import (
	"context"
	"fmt"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/mail"
)

// voteAttempts bounds how often a decision by mail is tried on a ticket that
// changes meanwhile.
const voteAttempts = 5

// vote carries out a decision by reply: the act that the link's page performs,
// by the person whom mail authentication proves, guarded by the same rows (8.1.4).
// What the rows refuse now, because somebody decided first or the right is gone,
// is a comment like any other reply, and its sender is told.
func (in *Intake) vote(ctx context.Context, m received) error {
	for range voteAttempts {
		s, err := in.Store.Load(ctx, m.judged.Ticket)
		if err != nil {
			return fmt.Errorf("decide by mail: %w", err)
		}
		act, err := in.voteAct(ctx, m, s.Ticket)
		if err != nil {
			return err
		}
		_, err = in.Road.Perform(ctx, act)
		switch desk.CodeOf(err) {
		case desk.Stale:
			continue
		case desk.Refused, desk.Forbidden, desk.Invalid, desk.NotFound:
			m.judged.NoVote, m.judged.Answer = "ya no se le pide decidir en este caso", mail.UseTheLink
			return in.comment(ctx, m, m.judged.Ticket)
		default:
			return err
		}
	}
	return desk.NewProblem(desk.Busy, "", "El caso está cambiando en este momento.")
}

// voteAct is the decision as an act: version as just read, key of the mail.
func (in *Intake) voteAct(ctx context.Context, m received, t desk.Ticket) (desk.Act, error) {
	act := in.act(m, desk.ActApprove)
	act.Ticket, act.Version, act.Actor = t.ID, t.Version, m.proved()
	act.Fields = desk.Fields{"mail_id": oneLine(m.msg.MessageID, 1000)}
	if m.judged.Vote.Choice == mail.Rejects {
		act.Kind, act.Fields["reason"] = desk.ActReject, cut(m.judged.Vote.Reason, maxFields)
	} else if _, remark, _ := strings.Cut(m.msg.OwnText, "\n"); strings.TrimSpace(remark) != "" {
		act.Fields["message"] = cut(strings.TrimSpace(remark), maxFields)
	}
	seen, err := picturesBefore(ctx, in.Store, act)
	if err != nil {
		return act, err
	}
	act.Files, err = keep(ctx, in.Files, m.MessageID, m.msg, seen)
	return act, err
}

// proved is whom mail authentication proves, as the actor of what a mail does by
// its words.
func (m received) proved() desk.Actor {
	return desk.Actor{Person: m.judged.Person, Via: "mail", Assurance: desk.AssuredDMARC}
}

// answer adds a mail to its ticket: as what its words do, else as a comment.
func (in *Intake) answer(ctx context.Context, m received) error {
	if m.judged.Vote != nil {
		return in.vote(ctx, m)
	}
	if done, err := in.provide(ctx, m); done || err != nil {
		return err
	}
	return in.comment(ctx, m, m.judged.Ticket)
}

// explain adds to a comment whom to tell how a decision is made.
func (in *Intake) explain(ctx context.Context, m received, act *desk.Act) error {
	if m.judged.Answer != mail.UseTheLink {
		return nil
	}
	s, err := in.Store.Load(ctx, act.Ticket)
	if err != nil {
		return err
	}
	who, err := in.tellHow(ctx, m, s.Ticket)
	if who != "" {
		act.Fields["told"], act.Fields["why"] = string(who), m.judged.NoVote
	}
	return err
}

// tellHow names whom to tell that the mail decided nothing, once for each person,
// case, stage and day; nobody otherwise.
func (in *Intake) tellHow(ctx context.Context, m received, t desk.Ticket) (desk.PersonID, error) {
	who, name := m.judged.Person, "told"
	if who == "" { // whoever uses their address must not use up their answer of the day
		who, name = m.judged.Claims, "told-unproved"
	}
	if m.judged.Answer != mail.UseTheLink || who == "" {
		return "", nil
	}
	first, err := in.count(ctx, fmt.Sprintf("%s:%s:%d:%s", name, t.ID, t.StageAt.Seq, who), m.msg, m.now, 1)
	if err != nil || !first {
		return "", err
	}
	return who, nil
}

// asks fills in, of a candidate, whether the sender is asked to decide there now,
// and whether an answer by mail may be the decision.
func (in *Intake) asks(ctx context.Context, c mail.Candidate, t desk.Ticket, p desk.PersonID, now time.Time) (mail.Candidate, error) {
	if _, asked := t.AskedPerson(p); !asked || p == "" {
		return c, nil
	}
	policy, err := in.Settings.Policy(ctx, now)
	c.Asked, c.ByReply, c.Since = true, policy.TakesReply(t.Service), t.StageAt.At
	return c, err
}
