package dynamo

import (
	"context"
	"time"

	"mesa/shared/directory"
	"mesa/shared/flow"
)

// settingsLife is how long catalogue and policies are believed without looking.
const settingsLife = time.Minute

// settingsCache is catalogue and policies as last read.
type settingsCache = cached[settings]

type settings struct {
	catalogues directory.Catalogues
	policies   []datedPolicy // oldest first
}

type datedPolicy struct {
	from   time.Time
	policy flow.Policy
}

// Catalogues are the published versions of the catalogue, at most a minute old.
func (s *Store) Catalogues(ctx context.Context, at time.Time) (directory.Catalogues, error) {
	set, err := s.currentSettings(ctx, at)
	if err != nil {
		return nil, err
	}
	return set.catalogues, nil
}

// Policy is the policy in force at an instant, else the default.
func (s *Store) Policy(ctx context.Context, at time.Time) (flow.Policy, error) {
	set, err := s.currentSettings(ctx, at)
	if err != nil {
		return flow.Policy{}, err
	}
	policy := flow.DefaultPolicy()
	for _, p := range set.policies {
		if !p.from.After(at) {
			policy, policy.Since = p.policy, p.from
		}
	}
	return policy, nil
}

// PublishCatalogue adds a version; work.ErrConflict if it exists, for tickets
// were made under it.
func (s *Store) PublishCatalogue(ctx context.Context, c directory.Catalogue) error {
	i := keyOf("C#catalogue", c.Version)
	if err := i.json("b", c); err != nil {
		return err
	}
	s.settings.forget()
	return s.put(ctx, "publish catalogue", i, newUpdate().absent("pk"))
}

// SetPolicy sets the policy that holds from an instant on.
func (s *Store) SetPolicy(ctx context.Context, p flow.Policy, from time.Time) error {
	i := keyOf("S#policy", stamp(from))
	if err := i.json("b", p); err != nil {
		return err
	}
	s.settings.forget()
	return s.put(ctx, "set policy", i, newUpdate())
}

// currentSettings are at most a minute old.
func (s *Store) currentSettings(ctx context.Context, now time.Time) (settings, error) {
	return s.settings.get(now, func() (settings, error) { return s.readSettings(ctx) })
}

func (s *Store) readSettings(ctx context.Context) (settings, error) {
	var set settings
	catalogues, err := s.all(ctx, search{operation: "catalogues", pk: "C#catalogue"})
	if err != nil {
		return settings{}, err
	}
	for _, i := range catalogues {
		var c directory.Catalogue
		if err := i.getJSON("b", &c); err != nil {
			return settings{}, err
		}
		set.catalogues = append(set.catalogues, c)
	}
	policies, err := s.all(ctx, search{operation: "policies", pk: "S#policy"})
	if err != nil {
		return settings{}, err
	}
	for _, i := range policies {
		p := datedPolicy{from: dueTime(i.getText("sk")), policy: flow.DefaultPolicy()} // what it was set without holds as it did
		if err := i.getJSON("b", &p.policy); err != nil {
			return settings{}, err
		}
		set.policies = append(set.policies, p)
	}
	return set, nil
}
