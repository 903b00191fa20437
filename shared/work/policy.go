package work

import (
	"context"
	"reflect"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// PolicyStore keeps the dated policies.
type PolicyStore interface {
	Policy(ctx context.Context, at time.Time) (flow.Policy, error)
	SetPolicy(ctx context.Context, p flow.Policy, from time.Time) error
}

// everAfter is beyond every policy set for later.
const everAfter = 100 * 366 * 24 * time.Hour

// ChangePolicy sets, from an instant on, a policy that differs from the one in
// force; by is who did it, empty for the operator. The past is not rewritten, and
// one already set for later is not left to undo it unseen: both are desk.Invalid
// naming «from».
func ChangePolicy(ctx context.Context, store PolicyStore, by desk.PersonID, now, from time.Time, change func(*flow.Policy) error) (flow.Policy, error) {
	if from.Before(now) {
		return flow.Policy{}, desk.InvalidField("from", "La política no cambia lo que ya pasó: escriba un momento desde ahora.")
	}
	policy, err := store.Policy(ctx, from)
	if err != nil {
		return flow.Policy{}, err
	}
	last, err := store.Policy(ctx, from.Add(everAfter))
	if err != nil {
		return flow.Policy{}, err
	}
	if !reflect.DeepEqual(policy, last) {
		return flow.Policy{}, desk.InvalidField("from", "Ya hay una política fijada para después de ese momento, que reemplazaría a esta: escriba un momento posterior.")
	}
	if err := change(&policy); err != nil {
		return flow.Policy{}, err
	}
	policy.By = by
	return policy, store.SetPolicy(ctx, policy, from)
}
