package approve

import (
	"context"
	"strings"

	"mesa/shared/access"
	"mesa/shared/desk"
)

// Verdict is a submitted verification, as typed: was it solved? (8.2.4, R87)
type Verdict struct {
	Choice  string // Solved, Failing or ""
	Message string // what still fails
	Rating  string // 1 to 5, or ""
	Comment string
}

// The two answers; neither is preselected.
const (
	Solved  = "solved"
	Failing = "failing"
)

// Verify takes the answer to «¿Quedó solucionado?» by link: the word of who asked,
// which confirms the closed case or reopens it. One link gives one answer; who
// comes too late reads what became of the question.
func (d *Desk) Verify(ctx context.Context, token string, v Verdict) (Question, error) {
	q, err := d.Ask(ctx, token, access.Verifications)
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
	act := d.act(q.Link, now)
	act.Kind, act.Fields = v.act()
	_, err = d.Road.Perform(ctx, act)
	again, askErr := d.Ask(ctx, token, access.Verifications)
	if askErr != nil {
		return q, askErr
	}
	return again, ignoreIfSettled(again, err) // sent twice, or just too late: it reads what holds
}

func (v Verdict) check() *desk.Problem {
	switch {
	case v.Choice != Solved && v.Choice != Failing:
		return desk.InvalidField("choice", "Elija si quedó solucionado o sigue fallando.")
	case v.Choice == Failing && v.Message == "":
		return desk.InvalidField("message", "Escriba qué sigue fallando.")
	default:
		return nil
	}
}

// act is the wish that a verdict makes; nothing that was typed is lost.
func (v Verdict) act() (desk.ActKind, desk.Fields) {
	if v.Choice == Failing {
		return desk.ActStillFailing, desk.Fields{"message": v.Message, "rating": v.Rating, "comment": v.Comment}
	}
	comment := strings.TrimSpace(v.Message + "\n" + v.Comment)
	return desk.ActConfirmSolved, desk.Fields{"rating": v.Rating, "comment": comment}
}
