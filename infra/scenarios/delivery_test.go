package scenarios_test

import (
	"context"
	"fmt"

	"mesa/infra/scenarios/rig"
)

// expect delivery CASE to=PERSON message=closed state=done heard=bounced: what
// became of the newest such mail of a case.
func expectDelivery(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 1, "expect delivery CASE to=PERSON message=closed heard=bounced")
	if err != nil {
		return err
	}
	to, err := p.desk.Address(s.equal["to"])
	if err != nil {
		return err
	}
	return rig.Until(ctx, waitLimit, func() error {
		c, err := p.desk.Case(ctx, rig.Reader, p.number(s.plain[0]))
		if err != nil {
			return err
		}
		var newest rig.Delivery
		for _, d := range c.Deliveries {
			if d.To == to && d.Message == s.equal["message"] {
				newest = d
			}
		}
		for name, got := range map[string]string{"state": newest.State, "heard": newest.Heard.State, "cause": newest.Heard.Cause} {
			if want, asked := s.equal[name]; asked && got != want {
				return fmt.Errorf("%s of %s to %s is «%s», want «%s» (%+v)", name, s.equal["message"], to, got, want, c.Deliveries)
			}
		}
		return nil
	})
}
