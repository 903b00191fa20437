package desktest

import (
	"context"
	"slices"

	"mesa/shared/desk"
)

// Credential reads a delivery that was not shown yet; desk.NotFound if there is none.
func (s *Store) Credential(_ context.Context, id desk.TicketID, delivery int) (desk.Credential, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.tickets[id]
	if !ok {
		return desk.Credential{}, absent("credential %d of %s", delivery, id)
	}
	c, ok := f.vault[delivery]
	if !ok {
		return desk.Credential{}, absent("credential %d of %s", delivery, id)
	}
	c.Sealed = slices.Clone(c.Sealed)
	return c, nil
}

// keep does what an act does to its ticket's credentials.
func (f *file) keep(v desk.Vault) {
	if v.Keep != nil {
		kept := *v.Keep
		kept.Sealed = slices.Clone(kept.Sealed)
		f.vault[kept.Delivery] = kept
	}
	for _, delivery := range append(slices.Clone(v.Drop), v.Show) {
		delete(f.vault, delivery)
	}
}

// vaultFits: a delivery is new, and what is shown is still there.
func (f *file) vaultFits(v desk.Vault) bool {
	if v.Keep != nil {
		if _, taken := f.vault[v.Keep.Delivery]; taken {
			return false
		}
	}
	_, there := f.vault[v.Show]
	return v.Show == 0 || there
}
