package dynamo

import (
	"context"
	"errors"

	"mesa/shared/desk"
)

// Progress counts what the fan-out of an act, its item 1, was expanded into. It
// reads every item: a notice has some hundred readers and is asked about while
// its execution waits, which is cheaper than a counter that each of them writes.
func (s *Store) Progress(ctx context.Context, id desk.TicketID, seq int) (desk.Progress, error) {
	fan, err := s.Effect(ctx, id, desk.Effect{Seq: seq, N: 1}.Ref())
	if desk.CodeOf(err) == desk.NotFound || err == nil && fan.FanOut == nil {
		return desk.Progress{}, nil
	}
	if err != nil {
		return desk.Progress{}, err
	}
	p := desk.Progress{Whole: fan.State == desk.EffectDone}
	var errs []error
	_, err = s.find(ctx, search{operation: "progress", pk: pkFanOut(id, seq), sort: "between", low: skEffect(seq, fan.ItemOf(0)), high: skEffect(seq, fan.ItemOf(99_999)),
		take: func(i item) bool {
			e, err := effectFrom(i)
			errs = append(errs, err)
			p.Add(e)
			return true
		}})
	return p, errors.Join(append(errs, err)...)
}
