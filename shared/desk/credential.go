package desk

import (
	"strconv"
	"time"
)

// Proveido is how far the SGD's own paper of an 8.4 has come.
type Proveido string

// The steps of a proveído: R99, R102.
const (
	ProveidoNone  Proveido = ""
	ProveidoSent  Proveido = "derived"
	ProveidoFiled Proveido = "archived"
)

// Access is how far the accesses of an 8.4 have come.
type Access string

// The steps of an access: R100, R101.
const (
	AccessNone    Access = ""
	AccessOwed    Access = "owed"    // created; its credentials are still to be delivered
	AccessSettled Access = "settled" // created, and nothing is owed
)

// Credential is a temporary password on its way to one person: ciphertext, until
// it is shown once or its time is over (R101, R103). It is no part of the ticket
// and of no record: the store keeps it beside them and deletes it.
type Credential struct {
	Delivery int // act that delivered it
	Sealed   []byte
	Until    time.Time // business clock
}

// Vault is what an act does to the credentials of its ticket, in the act's own
// transaction.
type Vault struct {
	Keep *Credential // delivered by this act
	Show int         // delivery shown by this act: it must still be there, and is deleted
	Drop []int       // deliveries that ended otherwise: deleted if there
}

// Changes is how many stored credentials the act touches.
func (v Vault) Changes() int {
	n := len(v.Drop)
	if v.Keep != nil {
		n++
	}
	if v.Show > 0 {
		n++
	}
	return n
}

// WaitCredential is the kind under which a signed link names a delivery. It is
// no wait of the table: the ticket does not wait to be looked at.
const WaitCredential WaitKind = "credential"

// SealedFor is what a credential's ciphertext is bound to: opened for another
// ticket or delivery it is noise, so that nothing is gained by moving it.
func SealedFor(id TicketID, delivery int) map[string]string {
	return map[string]string{"use": "credential", "ticket": string(id), "delivery": strconv.Itoa(delivery)}
}
