package mail

import (
	"strings"
	"testing"
)

// signature is what SES found of a mail's DKIM signatures.
type signature struct {
	name string
	by   []string
}

func TestF33VerifiedByEveryCombinationOfVerdicts(t *testing.T) {
	// The rule of the design, section 7, for each verdict of DMARC, each kind of
	// sender and each kind of signature: who is believed, and what people read.
	// SPF and the verdict of DKIM never decide: both may be about another domain
	// than the From shows, and SPF fails on every forwarded mail.
	const (
		own     = "ana@qw.gob.pe"
		below   = "ana@ut.qw.gob.pe"
		foreign = "ana@example.org"
		every   = "" // every sender, every signature
	)
	aligned, misaligned, none := signature{"aligned", []string{"otra.example", "correo.qw.gob.pe"}}, signature{"misaligned", []string{"example.com"}}, signature{"none", nil}
	rules := []struct {
		dmarc    Verdict
		from     string
		signed   string
		verified bool
		why      string
	}{
		{Pass, every, every, true, "lo confirma (DMARC PASS)"},
		{Fail, every, every, false, "lo desmiente (DMARC FAIL)"},
		{ProcessingFailed, every, every, false, "no pudo comprobarlo (DMARC PROCESSING_FAILED)"},
		{"", every, every, false, "(sin DMARC)"},
		{"DISABLED", every, every, false, "no pudo comprobarlo (DMARC DISABLED)"},
		{Gray, foreign, every, false, "no es de la institución (DMARC GRAY)"},
		{Gray, own, "aligned", true, "lo firma correo.qw.gob.pe (DMARC GRAY, DKIM alineado)"},
		{Gray, own, "misaligned", false, "lo firma otro: example.com (DMARC GRAY, DKIM sin alinear)"},
		{Gray, own, "none", false, "nadie lo firma (DMARC GRAY, sin DKIM)"},
		{Gray, below, "aligned", true, "lo firma correo.qw.gob.pe (DMARC GRAY, DKIM alineado)"},
		{Gray, below, "misaligned", false, "lo firma otro: example.com (DMARC GRAY, DKIM sin alinear)"},
		{Gray, below, "none", false, "nadie lo firma (DMARC GRAY, sin DKIM)"},
	}
	all := []Verdict{Pass, Fail, Gray, ProcessingFailed, "DISABLED", ""}
	tried := 0
	for _, dmarc := range all {
		for _, from := range []string{own, below, foreign} {
			for _, signed := range []signature{aligned, misaligned, none} {
				for _, spf := range all {
					for _, dkim := range all {
						found := 0
						for _, rule := range rules {
							if rule.dmarc != dmarc || rule.from != every && rule.from != from || rule.signed != every && rule.signed != signed.name {
								continue
							}
							found++
							m := Message{From: Address{Address: from}, Senders: 1}
							r := Receipt{Verdicts: Verdicts{DMARC: dmarc, SPF: spf, DKIM: dkim}, SignedBy: signed.by}
							if got, why := Verified(&m, r, []string{"qw.gob.pe"}); got != rule.verified || !strings.Contains(why, rule.why) {
								t.Errorf("%s, DMARC %q, SPF %q, DKIM %q, signature %s: %t, «%s»; want %t, «%s»", from, dmarc, spf, dkim, signed.name, got, why, rule.verified, rule.why)
							}
						}
						if tried++; found != 1 {
							t.Errorf("%s, DMARC %q, signature %s: %d rules", from, dmarc, signed.name, found)
						}
					}
				}
			}
		}
	}
	if want := len(all) * 3 * 3 * len(all) * len(all); tried != want {
		t.Errorf("%d combinations, want %d", tried, want)
	}
}

// The institution's mail server passes mail on as it came: the sender's SPF no
// longer fits, its signature still does. A list that adds a footer breaks it.
func TestMailThatWasPassedOn(t *testing.T) {
	tests := map[string]struct {
		results  string // what SES wrote, below spf
		verified bool
	}{
		"passed on unchanged, the domain has a policy":         {"spf=softfail; dkim=pass header.i=@qw.gob.pe; dmarc=pass header.from=qw.gob.pe", true},
		"passed on unchanged, the domain has none":             {"spf=softfail; dkim=pass header.i=@qw.gob.pe; dmarc=none header.from=qw.gob.pe", true},
		"passed on unchanged, signed by its mail service":      {"spf=fail; dkim=pass header.i=@qw.onmicrosoft.example; dmarc=none header.from=qw.gob.pe", false},
		"passed on unchanged, never signed":                    {"spf=softfail; dkim=none; dmarc=none header.from=qw.gob.pe", false},
		"passed on under another envelope":                     {"spf=pass; dkim=none; dmarc=none header.from=qw.gob.pe", false},
		"a list's footer broke it, the domain has a policy":    {"spf=pass; dkim=fail header.i=@qw.gob.pe; dmarc=fail header.from=qw.gob.pe", false},
		"a list's footer broke it, the domain has none":        {"spf=pass; dkim=fail header.i=@qw.gob.pe; dmarc=none header.from=qw.gob.pe", false},
		"a list signed again":                                  {"spf=pass; dkim=fail header.i=@qw.gob.pe; dkim=pass header.i=@listas.example; dmarc=none header.from=qw.gob.pe", false},
		"a list signed again and the first signature survives": {"spf=pass; dkim=pass header.i=@listas.example; dkim=pass header.i=@qw.gob.pe; dmarc=none header.from=qw.gob.pe", true},
		"the check itself failed for a while":                  {"spf=temperror; dkim=temperror header.i=@qw.gob.pe; dmarc=temperror header.from=qw.gob.pe", false},
		"the key of the signature is broken":                   {"spf=fail; dkim=permerror header.i=@qw.gob.pe; dmarc=none header.from=qw.gob.pe", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			start := strings.Index(sesTop, "Authentication-Results")
			end := strings.Index(sesTop, "X-SES-RECEIPT")
			m := messageWith(sesTop[:start] + "Authentication-Results: amazonses.com; " + tt.results + ";\n" + sesTop[end:])
			r, ok := Trust(&m, "us-east-1", "o3vrnil0e2ic28tr")
			if !ok {
				t.Fatal("SES's block is not believed")
			}
			got, why := Verified(&m, r, []string{"qw.gob.pe"})
			if got != tt.verified {
				t.Errorf("verified %t: %s", got, why)
			}
			j := Judge(&m, r, ours())
			if acts := j.Person != ""; acts != tt.verified || j.Decision != OpenTicket || (j.Answer == Acknowledge) != tt.verified {
				t.Errorf("judged %+v", j)
			}
		})
	}
}

func TestF33SeveralOrNoSendersAreNeverVerified(t *testing.T) {
	for _, m := range []Message{{Senders: 2, From: Address{Address: "ana@qw.gob.pe"}}, {Senders: 0}, {Senders: 1, From: Address{Address: "ana"}}} {
		if got, why := Verified(&m, passed(), []string{"qw.gob.pe"}); got || why != "no hay un único remitente" {
			t.Errorf("%+v is verified: %t, %s", m, got, why)
		}
	}
}

func TestWhoseSignatureSpeaksForADomain(t *testing.T) {
	tests := map[string]struct {
		from, signer string
		own          []string
		want         bool
	}{
		"its own":                        {"ana@qw.gob.pe", "qw.gob.pe", []string{"qw.gob.pe"}, true},
		"in capitals":                    {"ana@qw.gob.pe", "mail.QW.gob.pe.", []string{"qw.gob.pe"}, true},
		"one below":                      {"ana@qw.gob.pe", "mail.qw.gob.pe", []string{"qw.gob.pe"}, true},
		"one above":                      {"ana@ut.qw.gob.pe", "qw.gob.pe", []string{"ut.qw.gob.pe"}, true},
		"one beside":                     {"ana@ut.qw.gob.pe", "correo.qw.gob.pe", []string{"qw.gob.pe"}, true},
		"encoded as people write it":     {"ana@ñandú.pe", "xn--and-6ma2c.pe", []string{"ñandú.pe"}, true},
		"not of everybody's suffix":      {"ana@qw.gob.pe", "gob.pe", []string{"qw.gob.pe"}, false},
		"not of the country":             {"ana@qw.gob.pe", "pe", []string{"qw.gob.pe"}, false},
		"not of a like name":             {"ana@qw.gob.pe", "otroqw.gob.pe", []string{"qw.gob.pe"}, false},
		"not of another office":          {"ana@qw.gob.pe", "otra.gob.pe", []string{"qw.gob.pe"}, false},
		"not of nobody":                  {"ana@qw.gob.pe", "", []string{"qw.gob.pe"}, false},
		"nobody's domain":                {"ana@qw.gob.pe", "qw.gob.pe", nil, false},
		"a domain that is not ours":      {"ana@example.org", "example.org", []string{"qw.gob.pe"}, false},
		"a domain that ends like ours":   {"ana@falsoqw.gob.pe", "falsoqw.gob.pe", []string{"qw.gob.pe"}, false},
		"a look-alike in another script": {"ana@ｑｗ.gob.pe", "qw.gob.pe", []string{"qw.gob.pe"}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := Message{From: Address{Address: tt.from}, Senders: 1}
			r := Receipt{Verdicts: Verdicts{DMARC: Gray}, SignedBy: []string{tt.signer}}
			if got, why := Verified(&m, r, tt.own); got != tt.want {
				t.Errorf("verified %t: %s", got, why)
			}
		})
	}
}
