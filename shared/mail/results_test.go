package mail

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAuthenticationResults(t *testing.T) {
	tests := map[string]struct {
		results  string
		verdicts Verdicts
		signed   []string
	}{
		"all pass":               {"amazonses.com; spf=pass; dkim=pass header.i=@qw.gob.pe; dmarc=pass header.from=qw.gob.pe", Verdicts{SPF: Pass, DKIM: Pass, DMARC: Pass}, []string{"qw.gob.pe"}},
		"by d":                   {"amazonses.com; dkim=pass header.d=QW.gob.pe", Verdicts{DKIM: Pass}, []string{"qw.gob.pe"}},
		"by i of a person":       {"amazonses.com; dkim=pass header.i=ana@ut.qw.gob.pe", Verdicts{DKIM: Pass}, []string{"ut.qw.gob.pe"}},
		"two signatures":         {"amazonses.com; dkim=pass header.i=@a.pe; dkim=pass header.i=@b.pe", Verdicts{DKIM: Pass}, []string{"a.pe", "b.pe"}},
		"one good, one bad":      {"amazonses.com; dkim=pass header.i=@a.pe; dkim=fail header.i=@b.pe", Verdicts{DKIM: Pass}, []string{"a.pe"}},
		"one bad, one good":      {"amazonses.com; dkim=fail header.i=@b.pe; dkim=pass header.i=@a.pe", Verdicts{DKIM: Pass}, []string{"a.pe"}},
		"failing":                {"amazonses.com; spf=fail; dkim=permerror header.i=@a.pe; dmarc=fail", Verdicts{SPF: Fail, DKIM: Fail, DMARC: Fail}, nil},
		"nothing to say":         {"amazonses.com; spf=none; dkim=none; dmarc=none", Verdicts{SPF: Gray, DKIM: Gray, DMARC: Gray}, nil},
		"soft":                   {"amazonses.com; spf=softfail; dkim=temperror; dmarc=temperror", Verdicts{SPF: Gray, DKIM: ProcessingFailed, DMARC: ProcessingFailed}, nil},
		"pass within a comment":  {"amazonses.com; dkim=fail (dkim=pass header.i=@qw.gob.pe); dmarc=fail", Verdicts{DKIM: Fail, DMARC: Fail}, nil},
		"semicolon in a comment": {"amazonses.com; spf=fail (x; dkim=pass header.i=@qw.gob.pe)", Verdicts{SPF: Fail}, nil},
		"comment in a comment":   {"amazonses.com; spf=fail (a (b); dkim=pass header.i=@qw.gob.pe)", Verdicts{SPF: Fail}, nil},
		"comment without end":    {"amazonses.com; spf=fail (a; dkim=pass header.i=@qw.gob.pe", Verdicts{SPF: Fail}, nil},
		"forged in the sender":   {`amazonses.com; envelope-from="a; dkim=pass header.i=@qw.gob.pe; b"@example.org; dmarc=none`, Verdicts{}, nil},
		"forged in the greeting": {"amazonses.com; helo=x;dkim=pass;header.i=@qw.gob.pe", Verdicts{DKIM: Pass}, nil},
		"signer without domain":  {"amazonses.com; dkim=pass", Verdicts{DKIM: Pass}, nil},
		"only the host":          {"amazonses.com", Verdicts{}, nil},
		"empty results":          {"amazonses.com; ; ;", Verdicts{}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var r Receipt
			r.readResults(tt.results)
			if diff := cmp.Diff(tt.verdicts, r.Verdicts); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.signed, r.SignedBy); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAReceiptWithoutABlockKeepsItsOwnWord(t *testing.T) {
	m := Parse(mailOf("Authentication-Results: amazonses.com; dkim=pass header.i=@qw.gob.pe\n", "Texto"))
	before := passed()
	if after := before.WithResults(&m, "us-east-1"); len(after.SignedBy) != 0 || after.Verdicts != before.Verdicts {
		t.Errorf("got %+v", after)
	}
}
