package dynamo

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// skCredential is where a delivery's ciphertext lies until it is shown. It stands
// apart from the ticket's other items: no page, list or search reads it.
func skCredential(delivery int) string { return fmt.Sprintf("CRED#%06d", delivery) }

// sweepMargin is how long after its time a ciphertext may lie that nobody asked
// for: the service's own clean-up counts on the wall clock and comes when it comes.
const sweepMargin = 48 * time.Hour

// addVault keeps, shows and drops credentials in the transaction of their act. A
// delivery is shown by taking its ciphertext away, and only if it is there: of
// many at once one shows it, and a crash afterwards has shown it to nobody, never
// to two. What stays is an empty item until the clean-up: emptying needs no right
// to delete from the table, which no function has.
func addVault(t *transaction, c work.Commit) error {
	if keep := c.Vault.Keep; keep != nil {
		i := keyOf(pkTicket(c.After.ID), skCredential(keep.Delivery))
		i.text("c", base64.StdEncoding.EncodeToString(keep.Sealed))
		i.instant("u", keep.Until)
		i.instant("ttl", keep.Until.Add(sweepMargin))
		t.create(i)
	}
	empty := func() *update {
		return newUpdate().remove("c", "u").set("ttl", instant(c.Record.At.Add(sweepMargin)))
	}
	if c.Vault.Show > 0 {
		t.update(keyOf(pkTicket(c.After.ID), skCredential(c.Vault.Show)), empty().present("c"))
	}
	for _, delivery := range c.Vault.Drop {
		t.update(keyOf(pkTicket(c.After.ID), skCredential(delivery)), empty())
	}
	return nil
}

// Credential reads a delivery that was not shown yet; desk.NotFound if there is none.
func (s *Store) Credential(ctx context.Context, id desk.TicketID, delivery int) (desk.Credential, error) {
	i, err := s.get(ctx, "credential", keyOf(pkTicket(id), skCredential(delivery)))
	if err != nil {
		return desk.Credential{}, err
	}
	if i.getText("c") == "" {
		return desk.Credential{}, absent("credential %d of %s", delivery, id)
	}
	sealed, err := base64.StdEncoding.DecodeString(i.getText("c"))
	if err != nil {
		return desk.Credential{}, fmt.Errorf("credential %d of %s: %w", delivery, id, err)
	}
	return desk.Credential{Delivery: delivery, Sealed: sealed, Until: i.getInstant("u")}, nil
}
