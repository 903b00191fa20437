package feedback

import (
	"context"
	"fmt"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// AddressStore is the table as the list of addresses needs it.
type AddressStore interface {
	Suppression(ctx context.Context, key string) (r work.Suppression, ok bool, err error)
	// Suppressions lists the addresses that take no mail now, the latest first.
	Suppressions(ctx context.Context, limit int) ([]work.Suppression, error)
}

// Addresses are the addresses that take no mail, for people to look at and to
// have used again.
type Addresses struct {
	Desk     *Desk
	Store    AddressStore
	Provider Provider
}

// List names the latest of them.
func (a *Addresses) List(ctx context.Context, limit int) ([]work.Suppression, error) {
	list, err := a.Store.Suppressions(ctx, limit)
	if err != nil {
		return nil, fmt.Errorf("suppressed addresses: %w", err)
	}
	return list, nil
}

// Get reads one by its key; desk.NotFound for one that is not closed (any more).
func (a *Addresses) Get(ctx context.Context, key string) (work.Suppression, error) {
	r, ok, err := a.Store.Suppression(ctx, key)
	if err == nil && (!ok || !r.Active()) {
		err = notClosed()
	}
	return r, err
}

// Reopen has one used again; desk.NotFound as with Get.
func (a *Addresses) Reopen(ctx context.Context, key, reason string, by desk.PersonID) error {
	_, err := a.Desk.Reopen(ctx, a.Provider, key, reason, by)
	return err
}
