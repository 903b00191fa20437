package mail

import (
	"strings"
)

// SES writes its fields above those of the sender: Return-Path, a Received line
// of its own, the verdicts, and last X-SES-DKIM-SIGNATURE. A sender can write
// fields with the same names, but only below. So the block is read from the top
// and ends at the first field that is not SES's, or after the signature; a
// field of the same name further down is the sender's word.

// sesBlock returns the fields at the top whose names SES writes.
func sesBlock(fields header) header {
	for i, f := range fields {
		switch strings.ToLower(f.name) {
		case "return-path", "received", "x-ses-spam-verdict", "x-ses-virus-verdict", "received-spf", "authentication-results", "x-ses-receipt":
			if i < 2 || !strings.EqualFold(f.name, "received") {
				continue
			}
			return fields[:i]
		case "x-ses-dkim-signature":
			return fields[:i+1]
		}
		return fields[:i]
	}
	return fields
}

var receivedBySES = lazily(`\bby inbound-smtp\.([a-z0-9-]+)\.amazonaws\.com with SMTP id ([A-Za-z0-9]+)`)

// Trust reads a receipt from the mail itself, for replaying a mail whose
// notification is lost. It is believed only if the first two fields are a
// Return-Path and a Received line of our region's SES with this message id,
// which is the last part of the object's key and which no sender knew.
// Envelope recipients are not to be had this way.
func Trust(m *Message, region, messageID string) (Receipt, bool) {
	block := header(m.block)
	if len(block) < 2 || !strings.EqualFold(block[0].name, "Return-Path") || !strings.EqualFold(block[1].name, "Received") {
		return Receipt{}, false
	}
	found := receivedBySES().FindStringSubmatch(block[1].value)
	if found == nil || found[1] != region || found[2] != messageID || messageID == "" {
		return Receipt{}, false
	}
	r := Receipt{MessageID: messageID, Source: strings.Trim(block[0].value, "<> ")}
	r.Verdicts.Spam = Verdict(strings.ToUpper(block.get("X-SES-Spam-Verdict")))
	r.Verdicts.Virus = Verdict(strings.ToUpper(block.get("X-SES-Virus-Verdict")))
	results := block.get("Authentication-Results")
	if host, _, _ := strings.Cut(results, ";"); strings.TrimSpace(host) == "amazonses.com" {
		r.readResults(results)
	}
	return r, true
}

// readResults reads an Authentication-Results field (RFC 8601). SES repeats the
// envelope sender in it, and the local part of an address may hold anything
// between quotes, a whole forged result too; SES itself quotes nothing, so a
// field with a quote is not read at all.
func (r *Receipt) readResults(results string) {
	if strings.ContainsAny(results, "\"\\") {
		return
	}
	for _, result := range strings.Split(withoutComments(results), ";")[1:] {
		words := strings.Fields(result)
		if len(words) == 0 {
			continue
		}
		method, value, _ := strings.Cut(strings.ToLower(words[0]), "=")
		switch method {
		case "spf":
			r.Verdicts.SPF = verdictOf(value)
		case "dmarc":
			r.Verdicts.DMARC = verdictOf(value)
		case "dkim":
			// Of several signatures one good one is enough.
			if r.Verdicts.DKIM != Pass {
				r.Verdicts.DKIM = verdictOf(value)
			}
			if domain := signingDomain(words[1:]); value == "pass" && domain != "" {
				r.SignedBy = append(r.SignedBy, domain)
			}
		}
	}
}

// withoutComments drops what stands in brackets, brackets within them included.
// One that never closes hides the rest.
func withoutComments(text string) string {
	var out strings.Builder
	depth := 0
	for _, r := range text {
		switch {
		case r == '(':
			depth++
		case r == ')' && depth > 0:
			depth--
		case depth == 0:
			out.WriteRune(r)
		}
	}
	return out.String()
}

func verdictOf(result string) Verdict {
	switch result {
	case "pass":
		return Pass
	case "fail", "permerror", "policy":
		return Fail
	case "temperror":
		return ProcessingFailed
	}
	return Gray
}

// signingDomain is the d= of a DKIM result, or the domain of its i=.
func signingDomain(properties []string) string {
	for _, property := range properties {
		name, value, _ := strings.Cut(strings.ToLower(property), "=")
		if name == "header.d" || name == "header.i" {
			return value[strings.LastIndex(value, "@")+1:]
		}
	}
	return ""
}
