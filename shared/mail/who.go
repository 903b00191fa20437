package mail

import "strings"

// Verified says whether the From address may be believed: whether its sender is
// who it says. It takes DMARC PASS, or, for our own domains while they publish
// no policy, DMARC GRAY with a good DKIM signature of the same domain among the
// results that SES wrote. why says which. Reply-To, Sender and the name never
// matter, and a mail with several senders is from nobody (F30, F33).
func Verified(m *Message, r Receipt, domains []string) (verified bool, why string) {
	domain := m.From.Domain()
	switch {
	case m.Senders != 1 || domain == "":
		return false, "no hay un único remitente"
	case r.Verdicts.DMARC == Pass:
		return true, "DMARC PASS"
	case r.Verdicts.DMARC != Gray:
		return false, "DMARC " + orNone(r.Verdicts.DMARC)
	case !isOwn(domain, domains):
		return false, "DMARC GRAY y el dominio no es propio"
	}
	for _, signer := range r.SignedBy {
		if aligned(domain, signer) {
			return true, "DMARC GRAY, dominio propio con firma DKIM de " + signer
		}
	}
	return false, "DMARC GRAY sin firma DKIM alineada"
}

func orNone(v Verdict) string {
	if v == "" {
		return "sin resultado"
	}
	return string(v)
}

// isOwn says whether a domain is one of ours or below one.
func isOwn(domain string, domains []string) bool {
	for _, own := range domains {
		if within(domain, own) {
			return true
		}
	}
	return false
}

// aligned compares as DMARC's relaxed mode does: one domain is the other's
// parent. It is only asked for domains of our own, so no public suffix can
// stand between them.
func aligned(from, signer string) bool {
	return strings.Contains(signer, ".") && (within(from, signer) || within(signer, from))
}

func within(domain, parent string) bool {
	domain, parent = strings.ToLower(domain), strings.ToLower(parent)
	return parent != "" && (domain == parent || strings.HasSuffix(domain, "."+parent))
}
