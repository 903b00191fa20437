package postbox

import (
	"bytes"
	"fmt"
	"net/mail"
	"slices"
	"strings"
)

// Verdict is what SES says of one check: PASS, FAIL, GRAY or PROCESSING_FAILED.
type Verdict string

// The verdicts SES knows.
const (
	Pass             Verdict = "PASS"
	Fail             Verdict = "FAIL"
	Gray             Verdict = "GRAY"
	ProcessingFailed Verdict = "PROCESSING_FAILED"
)

// Verdicts are the results of SES's five checks.
type Verdicts struct{ Spam, Virus, SPF, DKIM, DMARC Verdict }

// overrideHeader lets a test or a newcomer choose the verdicts.
const overrideHeader = "x-local-verdicts:"

// eicar is the string every virus scanner agrees to find, split so that this
// file itself is clean.
const eicar = `X5O!P%@AP[4\PZX54(P^)7CC)7}$` + `EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`

// Judge returns the verdicts of a raw mail and the mail without an override.
func Judge(raw []byte, ownDomains []string) (Verdicts, []byte, error) {
	line, rest, raw := cutOverride(raw)
	verdicts := Verdicts{Spam: Pass, Virus: Pass, SPF: Gray, DKIM: Gray, DMARC: Gray}
	if slices.Contains(ownDomains, headerFromDomain(raw)) {
		verdicts.SPF, verdicts.DKIM, verdicts.DMARC = Pass, Pass, Pass
	}
	if bytes.Contains(raw, []byte(eicar)) {
		verdicts.Virus = Fail
	}
	if line == "" {
		return verdicts, raw, nil
	}
	return verdicts, rest, verdicts.override(line)
}

// cutOverride takes the override off the top, when it is the very first header.
func cutOverride(raw []byte) (line string, rest, whole []byte) {
	first, after, found := bytes.Cut(raw, []byte("\n"))
	if found && strings.HasPrefix(strings.ToLower(string(first)), overrideHeader) {
		return strings.TrimSpace(string(first[len(overrideHeader):])), after, after
	}
	return "", raw, raw
}

func (v *Verdicts) override(line string) error {
	byName := map[string]*Verdict{"spam": &v.Spam, "virus": &v.Virus, "spf": &v.SPF, "dkim": &v.DKIM, "dmarc": &v.DMARC}
	for _, field := range strings.Fields(line) {
		name, value, _ := strings.Cut(field, "=")
		target, verdict := byName[strings.ToLower(name)], Verdict(strings.ToUpper(value))
		if target == nil || !slices.Contains([]Verdict{Pass, Fail, Gray, ProcessingFailed}, verdict) {
			return fmt.Errorf("unknown verdict %q in X-Local-Verdicts", field)
		}
		*target = verdict
	}
	return nil
}

// headerFromDomain returns the domain DMARC judges, empty when there is none.
func headerFromDomain(raw []byte) string {
	message, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return ""
	}
	from, err := mail.ParseAddress(message.Header.Get("From"))
	if err != nil {
		return ""
	}
	return domainOf(from.Address)
}

func domainOf(address string) string {
	return strings.ToLower(address[strings.LastIndex(address, "@")+1:])
}
