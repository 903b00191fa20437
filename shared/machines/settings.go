package machines

import (
	"context"
	"fmt"
	"time"

	"mesa/shared/flow"
	"mesa/shared/work"
)

// Settings is what dates are counted by, besides a ticket's own records.
type Settings interface {
	work.Directory // the days off among it
	Policy(ctx context.Context, at time.Time) (flow.Policy, error)
}

// settingsMark is until which change of the settings all waits were looked at.
const settingsMark = "settings"

// moved is when policy or days off last changed, if no round has looked at all
// waits since: a target made shorter is due sooner than any machine would ask. It
// is zero if one has. Hours of a unit have no date of their own: the night finds
// what they move.
func (s *Sweeper) moved(ctx context.Context, now time.Time) (time.Time, error) {
	seen, err := s.Store.Watermark(ctx, settingsMark)
	if err != nil {
		return time.Time{}, fmt.Errorf("watermark of settings: %w", err)
	}
	policy, err := s.Settings.Policy(ctx, now)
	if err != nil {
		return time.Time{}, fmt.Errorf("settings: %w", err)
	}
	snapshot, err := s.Settings.Directory(ctx)
	if err != nil {
		return time.Time{}, fmt.Errorf("settings: %w", err)
	}
	changed := policy.Since
	if changes := snapshot.Days().Changes; len(changes) > 0 {
		if last := changes[len(changes)-1].At; last.After(changed) {
			changed = last
		}
	}
	if !changed.After(seen) {
		return time.Time{}, nil
	}
	return changed, nil
}
