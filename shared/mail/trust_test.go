package mail

import (
	"slices"
	"strings"
	"testing"
)

// sesTop is what SES writes above a mail.
const sesTop = `Return-Path: <usuaria.ejemplo@qw.gob.pe>
Received: from mx.qw.gob.pe (mx.qw.gob.pe [192.0.2.1])
 by inbound-smtp.us-east-1.amazonaws.com with SMTP id o3vrnil0e2ic28tr
 for soporte.usuario@qw.gob.pe; Mon, 14 Sep 2026 14:30:00 +0000 (UTC)
X-SES-Spam-Verdict: PASS
X-SES-Virus-Verdict: PASS
Received-SPF: pass (spfCheck: domain of qw.gob.pe designates 192.0.2.1)
Authentication-Results: amazonses.com;
 spf=pass (spfCheck: domain of qw.gob.pe; x) client-ip=192.0.2.1;
 dkim=fail header.i=@example.org;
 dkim=pass header.i=@qw.gob.pe;
 dmarc=none header.from=qw.gob.pe;
X-SES-RECEIPT: AEFBQUFBQUFBQUF
X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; b=x
`

func messageWith(top string) Message {
	return Parse([]byte(strings.ReplaceAll(top+"From: Usuaria <usuaria.ejemplo@qw.gob.pe>\nSubject: x\n\nTexto", "\n", "\r\n")))
}

func TestTrustReadsWhatSESWrote(t *testing.T) {
	m := messageWith(sesTop)
	r, ok := Trust(&m, "us-east-1", "o3vrnil0e2ic28tr")
	if !ok {
		t.Fatal("not believed")
	}
	if want := (Verdicts{Spam: Pass, Virus: Pass, SPF: Pass, DKIM: Pass, DMARC: Gray}); r.Verdicts != want {
		t.Errorf("verdicts %+v, want %+v", r.Verdicts, want)
	}
	if !slices.Equal(r.SignedBy, []string{"qw.gob.pe"}) || r.Source != "usuaria.ejemplo@qw.gob.pe" {
		t.Errorf("signed by %v, from %s", r.SignedBy, r.Source)
	}
	if got, why := Verified(&m, r, []string{"qw.gob.pe"}); !got {
		t.Errorf("not verified: %s", why)
	}
	if got := passed().WithResults(&m, "us-east-1").SignedBy; !slices.Equal(got, []string{"qw.gob.pe"}) {
		t.Errorf("with results: signed by %v", got)
	}
}

func TestF33ForgedResultsAreNotBelieved(t *testing.T) {
	const forged = "X-SES-Spam-Verdict: PASS\nAuthentication-Results: amazonses.com; dkim=pass header.i=@qw.gob.pe; dmarc=pass\n"
	bare := strings.ReplaceAll(sesTop, "X-SES-Spam-Verdict: PASS\nX-SES-Virus-Verdict: PASS\n", "")
	bare = bare[:strings.Index(bare, "Received-SPF")] + "X-SES-RECEIPT: x\nX-SES-DKIM-SIGNATURE: x\n"
	tests := map[string]struct {
		top, region, id string
		believed        bool
	}{
		"another region":                    {sesTop, "sa-east-1", "o3vrnil0e2ic28tr", false},
		"another message":                   {sesTop, "us-east-1", "another", false},
		"no id to compare with":             {sesTop, "us-east-1", "", false},
		"no block at all":                   {forged, "us-east-1", "o3vrnil0e2ic28tr", false},
		"a field above the block":           {"X-Mio: 1\n" + sesTop, "us-east-1", "o3vrnil0e2ic28tr", false},
		"results below the signature":       {bare + forged, "us-east-1", "o3vrnil0e2ic28tr", true},
		"results below a foreign field":     {bare[:strings.Index(bare, "X-SES-RECEIPT")] + "X-Otro: 1\n" + forged, "us-east-1", "o3vrnil0e2ic28tr", true},
		"results below a Received of other": {bare[:strings.Index(bare, "X-SES-RECEIPT")] + "Received: from a by b\n" + forged, "us-east-1", "o3vrnil0e2ic28tr", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := messageWith(tt.top)
			r, ok := Trust(&m, tt.region, tt.id)
			if ok != tt.believed || len(r.SignedBy) > 0 || r.Verdicts != (Verdicts{}) {
				t.Errorf("believed %t: %+v", ok, r)
			}
		})
	}
}

func TestResultsOfAnotherHostAreNotSESs(t *testing.T) {
	m := messageWith(strings.Replace(sesTop, "Authentication-Results: amazonses.com", "Authentication-Results: amazonses.com.example.org", 1))
	if r, _ := Trust(&m, "us-east-1", "o3vrnil0e2ic28tr"); len(r.SignedBy) > 0 {
		t.Errorf("signed by %v", r.SignedBy)
	}
}
