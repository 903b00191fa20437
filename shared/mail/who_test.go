package mail

import "testing"

func TestVerifiedByEveryCombinationOfVerdicts(t *testing.T) {
	// The rule in one line: DMARC PASS, or GRAY of our own domain with an
	// aligned signature that SES found good. SPF and the DKIM verdict never
	// decide: both may be about another domain than the From shows.
	domains := []string{"qw.gob.pe"}
	for _, from := range []string{"ana@qw.gob.pe", "ana@ut.qw.gob.pe", "ana@example.org"} {
		own := from != "ana@example.org"
		for _, dmarc := range []Verdict{Pass, Fail, Gray, ProcessingFailed, ""} {
			for _, other := range []Verdict{Pass, Fail, Gray, ProcessingFailed, ""} {
				for signer, aligned := range map[string]bool{"": false, "qw.gob.pe": true, "example.org": false, "otroqw.gob.pe": false, "pe": false} {
					m := Message{From: Address{Address: from}, Senders: 1}
					r := Receipt{Verdicts: Verdicts{DMARC: dmarc, SPF: other, DKIM: other}}
					if signer != "" {
						r.SignedBy = []string{signer}
					}
					want := dmarc == Pass || dmarc == Gray && own && aligned
					if got, why := Verified(&m, r, domains); got != want || why == "" {
						t.Errorf("%s, DMARC %q, others %q, signed by %q: %t (%s), want %t", from, dmarc, other, signer, got, why, want)
					}
				}
			}
		}
	}
}

func TestF33SeveralOrNoSendersAreNeverVerified(t *testing.T) {
	for _, m := range []Message{{Senders: 2, From: Address{Address: "ana@qw.gob.pe"}}, {Senders: 0}, {Senders: 1, From: Address{Address: "ana"}}} {
		if got, _ := Verified(&m, passed(), []string{"qw.gob.pe"}); got {
			t.Errorf("%+v is verified", m)
		}
	}
}

func TestASubdomainsSignatureCountsForOurOwnDomainOnly(t *testing.T) {
	gray := Receipt{Verdicts: Verdicts{DMARC: Gray}, SignedBy: []string{"mail.QW.gob.pe"}}
	m := Message{From: Address{Address: "ana@qw.gob.pe"}, Senders: 1}
	if got, why := Verified(&m, gray, []string{"qw.gob.pe"}); !got {
		t.Errorf("not verified: %s", why)
	}
	if got, _ := Verified(&m, gray, nil); got {
		t.Error("verified although the domain is nobody's")
	}
}
