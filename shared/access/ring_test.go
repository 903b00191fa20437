package access

import (
	"strings"
	"testing"
	"time"
)

func TestNewRingRefusesKeysThatProtectNothing(t *testing.T) {
	good := Key{ID: "k1", Secret: secret}
	tests := map[string]struct {
		current Key
		old     []Key
		err     string
	}{
		"one good key":           {good, nil, ""},
		"an old key with an end": {good, []Key{{ID: "k0", Secret: secret, Until: noon}}, ""},
		"no id":                  {Key{Secret: secret}, nil, "no id"},
		"no secret":              {Key{ID: "k1"}, nil, "fewer than 32"},
		"short secret":           {Key{ID: "k1", Secret: secret[:31]}, nil, "31 bytes"},
		"the same id twice":      {good, []Key{{ID: "k1", Secret: secret, Until: noon}}, "twice"},
		"an old key for ever":    {good, []Key{{ID: "k0", Secret: secret}}, "no end of overlap"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := NewRing(tt.current, tt.old...)
			if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Errorf("error %v, want %q", err, tt.err)
			}
		})
	}
}

func TestParseRingReadsTheStoredSecret(t *testing.T) {
	text := `{"id":"k2","secret":"` + string(secret) + `","old":[{"id":"k1","secret":"` + strings.Repeat("x", 40) + `","until":"2026-10-01T00:00:00Z"}]}`
	ring, err := ParseRing([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	end := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		id  string
		now time.Time
		ok  bool
	}{
		"current":            {"k2", end.AddDate(1, 0, 0), true},
		"old in the overlap": {"k1", end.Add(-1), true},
		"old after it":       {"k1", end, false},
		"unknown":            {"k3", noon, false},
		"empty":              {"", noon, false},
	} {
		if _, ok := ring.secretOf(tt.id, tt.now); ok != tt.ok {
			t.Errorf("%s: found %t, want %t", name, ok, tt.ok)
		}
	}
}

func TestParseRingNeverQuotesTheSecret(t *testing.T) {
	for _, bad := range []string{"", "null", "hush-hush", `{"id":"k1","secret":7}`, `{"id":"k1","secret":"hush-hush"}`, `["hush-hush"]`} {
		_, err := ParseRing([]byte(bad))
		if err == nil {
			t.Errorf("%q was accepted", bad)
		} else if strings.Contains(err.Error(), "hush") {
			t.Errorf("error tells the secret: %v", err)
		}
	}
}

func TestF21OldLinksLiveForTheOverlap(t *testing.T) {
	first := Key{ID: "k1", Secret: secret}
	link := sample()
	link.ExpiresAt = noon.AddDate(0, 1, 0)
	before := mustRing(t, first)
	token := mustSign(t, before, link)
	code, err := before.Code(link, noon)
	if err != nil {
		t.Fatal(err)
	}

	first.Until = noon.Add(48 * time.Hour)
	after := mustRing(t, Key{ID: "k2", Secret: []byte(strings.Repeat("z", 32))}, first)
	got, err := after.Verify(token, Approvals, first.Until.Add(-time.Second))
	if err != nil {
		t.Fatalf("refused within the overlap: %v", err)
	}
	if err := after.CheckCode(got, code, first.Until.Add(-time.Second)); err != nil {
		t.Errorf("the old mail's code is refused within the overlap: %v", err)
	}
	if _, err := after.Verify(token, Approvals, first.Until); !isPlainRefusal(err) {
		t.Errorf("after the overlap: %v, want the plain refusal", err)
	}
	if again := mustSign(t, after, link); again == token {
		t.Error("a new link is still signed with the old key")
	}
}
