package approve

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mesa/shared/access"
	"mesa/shared/desk"
	"mesa/shared/work"
)

// Vote is a submitted decision form, as typed.
type Vote struct {
	Choice string // "approve", "reject", "not-mine" or ""
	Reason string
	Code   string
}

// choices maps what the form submits to acts.
func choices() map[string]desk.ActKind {
	return map[string]desk.ActKind{"approve": desk.ActApprove, "reject": desk.ActReject, "not-mine": desk.ActNotMine}
}

// Decide takes a decision by link. Invalid names the fields to mend; a wrong
// code counts only when everything else is complete. The returned question is
// how things stand afterwards, for the page.
func (d *Desk) Decide(ctx context.Context, token string, v Vote) (Question, error) {
	q, err := d.Ask(ctx, token, access.Approvals)
	if err != nil || q.Standing != Open {
		return q, err
	}
	if problem := v.check(); problem != nil {
		return q, problem
	}
	now, err := d.Now(ctx)
	if err != nil {
		return q, err
	}
	if err := d.checkCode(ctx, q.Link, v.Code, now); err != nil {
		again, askErr := d.Ask(ctx, token, access.Approvals)
		if askErr != nil {
			return q, askErr
		}
		return again, err
	}
	return d.vote(ctx, token, q, v, now)
}

// vote performs the act. The version is the one just read; if somebody else
// acted meanwhile the question is asked again, a few times.
func (d *Desk) vote(ctx context.Context, token string, q Question, v Vote, now time.Time) (Question, error) {
	const attempts = 5
	for range attempts {
		act := d.act(q.Link, now)
		act.Kind, act.Version, act.Actor.Assurance = choices()[v.Choice], q.View.Ticket.Version, desk.AssuredCode
		if v.Choice != "approve" {
			act.Fields = desk.Fields{"reason": v.Reason}
		}
		_, err := d.Road.Perform(ctx, act)
		again, askErr := d.Ask(ctx, token, access.Approvals)
		switch code := desk.CodeOf(err); {
		case askErr != nil:
			return q, askErr
		case err == nil || code == desk.Repeated:
			return again, nil
		case code != desk.Stale && code != desk.Busy || again.Standing != Open:
			return again, ignoreIfSettled(again, err)
		}
		q = again
	}
	return q, desk.NewProblem(desk.Busy, "", "El caso está cambiando en este momento. Intente otra vez en unos segundos.")
}

// ignoreIfSettled: who loses the race reads who won; that is no error.
func ignoreIfSettled(q Question, err error) error {
	if q.Standing != Open {
		return nil
	}
	return err
}

// check names what is missing, all at once, before the code counts.
func (v Vote) check() *desk.Problem {
	p := &desk.Problem{Code: desk.Invalid, Text: "Hay un problema", Clause: "8.1.4"}
	add := func(field, text string) { p.Fields = append(p.Fields, desk.FieldProblem{Field: field, Text: text}) }
	if _, ok := choices()[v.Choice]; !ok {
		add("choice", "Elija aprobar o rechazar.")
	}
	switch {
	case v.Choice == "reject" && v.Reason == "":
		add("reason", "Escriba el motivo del rechazo: se enviará a la/el usuaria/o.")
	case v.Choice == "not-mine" && v.Reason == "":
		add("reason", "Escriba por qué no le corresponde: así buscaremos a quien decide.")
	case len([]rune(v.Reason)) > 4000:
		add("reason", "Acorte el motivo: el máximo es 4000 caracteres.")
	}
	if v.Code == "" {
		add("code", "Escriba el código de seis dígitos que está en el correo.")
	}
	if len(p.Fields) == 0 {
		return nil
	}
	return p
}

// checkCode compares the digits; a wrong complete code counts.
func (d *Desk) checkCode(ctx context.Context, link access.Link, typed string, now time.Time) error {
	ring, err := d.Ring(ctx)
	if err != nil {
		return err
	}
	switch err := ring.CheckCode(link, typed, now); {
	case err == nil:
		return nil
	case errors.Is(err, access.ErrCodeIncomplete):
		return desk.InvalidField("code", "Escriba los seis dígitos del código que está en el correo.")
	case !errors.Is(err, access.ErrCodeWrong):
		return fmt.Errorf("check code: %w", err)
	}
	n, err := d.Tries.CountTry(ctx, link.ID(), MaxTries, now.Add(LockTime))
	if err != nil {
		return fmt.Errorf("count try: %w", err)
	}
	if n >= MaxTries {
		return desk.InvalidField("code", "El código no coincide. Espere 15 minutos y vuelva a intentar, o entre a PAU > Aprobaciones.")
	}
	return desk.InvalidField("code", fmt.Sprintf("El código no coincide. Le quedan %d intentos.", MaxTries-n))
}

// Answer takes the answer to a question, or the missing data, by link: text of
// a person who holds the mail; it decides nothing.
func (d *Desk) Answer(ctx context.Context, token string, fields desk.Fields) (Question, error) {
	q, err := d.Ask(ctx, token, access.Answers)
	if err != nil || q.Standing != Open {
		return q, err
	}
	now, err := d.Now(ctx)
	if err != nil {
		return q, err
	}
	act := d.act(q.Link, now)
	act.Fields = fields
	act.Kind = desk.ActAnswer
	if q.Link.Wait.Kind() == desk.WaitData {
		act.Kind = desk.ActProvideData
		act.Key += "#" + work.Fingerprint(act)[:16] // the rest of the data may follow by the same link
	}
	if _, err := d.Road.Perform(ctx, act); err != nil && desk.CodeOf(err) != desk.Repeated {
		return q, err
	}
	return d.Ask(ctx, token, access.Answers)
}
