package mail

import (
	"strings"

	"golang.org/x/net/publicsuffix"

	"mesa/shared/mailbox"
)

// Verified says whether the From address may be believed: whether its sender is
// who it says. It takes DMARC PASS, or, for our own domains while they publish
// no policy, DMARC GRAY with a good DKIM signature of the same institution among
// the results that SES wrote. SPF never decides: it is about the envelope, and
// fails on every forwarded mail. why says which, for people. Reply-To, Sender and
// the name never matter, and a mail with several senders is from nobody (F30,
// F33).
func Verified(m *Message, r Receipt, domains []string) (verified bool, why string) {
	domain := m.From.Domain()
	switch {
	case m.Senders != 1 || domain == "":
		return false, "no hay un único remitente"
	case r.Verdicts.DMARC == Pass:
		return true, "el dominio " + domain + " lo confirma (DMARC PASS)"
	case r.Verdicts.DMARC == Fail:
		return false, "el dominio " + domain + " lo desmiente (DMARC FAIL)"
	case r.Verdicts.DMARC == "":
		return false, "el servicio de correo no dijo si el dominio lo confirma (sin DMARC)"
	case r.Verdicts.DMARC != Gray:
		return false, "el servicio de correo no pudo comprobarlo (DMARC " + string(r.Verdicts.DMARC) + ")"
	case !isOwn(domain, domains):
		return false, "el dominio " + domain + " no publica cómo comprobarlo y no es de la institución (DMARC GRAY)"
	}
	return signed(domain, r.SignedBy)
}

// signed looks for a signature of the domain's own institution.
func signed(domain string, signers []string) (verified bool, why string) {
	for _, signer := range signers {
		if aligned(domain, signer) {
			return true, "el dominio propio " + domain + " no publica cómo comprobarlo, y lo firma " + signer + " (DMARC GRAY, DKIM alineado)"
		}
	}
	if len(signers) > 0 {
		return false, "el dominio propio " + domain + " no publica cómo comprobarlo, y lo firma otro: " + signers[0] + " (DMARC GRAY, DKIM sin alinear)"
	}
	return false, "el dominio propio " + domain + " no publica cómo comprobarlo, y nadie lo firma (DMARC GRAY, sin DKIM)"
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

// aligned compares as DMARC's relaxed mode does (RFC 7489, section 3.1.1): both
// domains belong to one organisation. Nobody's is a public suffix, so a signature
// of `gob.pe` speaks for no one.
func aligned(from, signer string) bool {
	one, err := publicsuffix.EffectiveTLDPlusOne(mailbox.Domain(from))
	if err != nil {
		return false
	}
	other, err := publicsuffix.EffectiveTLDPlusOne(mailbox.Domain(signer))
	return err == nil && one == other
}

func within(domain, parent string) bool {
	domain, parent = mailbox.Domain(domain), mailbox.Domain(parent)
	return parent != "" && (domain == parent || strings.HasSuffix(domain, "."+parent))
}
