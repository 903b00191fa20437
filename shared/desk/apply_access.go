package desk

import "slices"

// applyAccess folds what happens to an access, its proveído and its credentials: 8.4.
func applyAccess(t Ticket, in Entry, e Event) Ticket {
	switch e := e.(type) {
	case ProveidoDerived:
		t.Proveido = ProveidoSent
	case ProveidoArchived:
		t.Proveido = ProveidoFiled
	case AccessCreated:
		t.Access = AccessSettled
		if e.Credentials {
			t.Access = AccessOwed
		}
		t = t.respond(in)
	case CredentialDelivered:
		t.Access = AccessSettled
		t = t.seen(e.Replaced...)
		if e.Medium == ByMail {
			t.Unseen = append(t.Unseen, in.mark())
		}
	case CredentialShown:
		t = t.seen(e.Delivery)
	}
	return t
}

// seen takes deliveries off the list; none left is no list, as it is stored.
func (t Ticket) seen(deliveries ...int) Ticket {
	t.Unseen = slices.DeleteFunc(t.Unseen, func(m Mark) bool { return slices.Contains(deliveries, m.Seq) })
	if len(t.Unseen) == 0 {
		t.Unseen = nil
	}
	return t
}

// UnseenDelivery finds a delivery that waits to be looked at.
func (t Ticket) UnseenDelivery(seq int) (Mark, bool) {
	i := slices.IndexFunc(t.Unseen, func(m Mark) bool { return m.Seq == seq })
	if i < 0 {
		return Mark{}, false
	}
	return t.Unseen[i], true
}
