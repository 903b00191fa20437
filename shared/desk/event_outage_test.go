package desk

import "testing"

// A notice counts every item, and names those that stopped up to a limit.
func TestProgressCounts(t *testing.T) {
	var p Progress
	for _, state := range []EffectState{EffectDone, EffectPending, EffectUncertain, EffectFailed, EffectUnconfirmed, EffectDone} {
		p.Add(Effect{State: state})
	}
	if p.Items != 6 || p.Accepted != 2 || len(p.Stopped) != 2 || p.Stopped[0].State != EffectFailed || p.Stopped[1].State != EffectUnconfirmed {
		t.Errorf("%+v", p)
	}
	for range 2 * MaxStopped {
		p.Add(Effect{State: EffectFailed})
	}
	if len(p.Stopped) != MaxStopped || p.Items != 6+2*MaxStopped {
		t.Errorf("%d named of %d", len(p.Stopped), p.Items)
	}
}
