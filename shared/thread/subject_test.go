package thread

import (
	"strings"
	"testing"

	"mesa/shared/desk"
)

func TestFindNumber(t *testing.T) {
	tests := map[string]struct {
		subject string
		want    desk.Number
	}{
		"as sent":                       {"[PAU 2026-004217] Recibimos su solicitud", "2026-004217"},
		"replied":                       {"Re: [PAU 2026-004217] Recibimos su solicitud", "2026-004217"},
		"replied in Outlook, forwarded": {"RV: RE: [PAU 2026-004217] Recibimos", "2026-004217"},
		"replied twice":                 {"Re[2]: Re: [pau 2026-004217]", "2026-004217"},
		"tag at the end":                {"No imprime [PAU 2026-004217]", "2026-004217"},
		"no-break space":                {"[PAU\u00a02026-004217] x", "2026-004217"},
		"typed with a hyphen":           {"sobre PAU-2026-004217", "2026-004217"},
		"typed without brackets":        {"Consulta pau 2026-004217", "2026-004217"},
		"glued by a mail program":       {"Re:[PAU2026-004217]", "2026-004217"},
		"two tags, the first counts":    {"[PAU 2026-004217] [PAU 2026-000001]", "2026-004217"},
		"other desk's tag":              {"[#123] [GLPI #0004217]", ""},
		"too few digits":                {"[PAU 2026-4217]", ""},
		"too many digits":               {"[PAU 2026-0042170]", ""},
		"no desk name":                  {"[2026-004217]", ""},
		"part of a word":                {"CAMPAU 2026-004217", ""},
		"empty":                         {"", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, ok := FindNumber(tt.subject)
			if got != tt.want || ok != (tt.want != "") {
				t.Errorf("%q: %q, %t; want %q", tt.subject, got, ok, tt.want)
			}
		})
	}
}

func TestWithTagStandsOnce(t *testing.T) {
	once := WithTag("Recibimos su solicitud", "2026-004217")
	if once != "[PAU 2026-004217] Recibimos su solicitud" {
		t.Errorf("got %q", once)
	}
	if again := WithTag("Re: "+once, "2026-004217"); strings.Count(again, "PAU") != 1 {
		t.Errorf("got %q", again)
	}
	if other := WithTag(once, "2026-000001"); !strings.HasPrefix(other, "[PAU 2026-000001] ") {
		t.Errorf("got %q", other)
	}
}

func TestBareIsWhatThePersonWrote(t *testing.T) {
	for subject, want := range map[string]string{
		"Re: [PAU 2026-004217] No imprime": "No imprime",
		"[PAU 2026-004217] Re: No imprime": "No imprime",
		"RV: RE: Fwd:  No   imprime ":      "No imprime",
		"RE : No imprime":                  "No imprime",
		"Re[3]: No imprime":                "No imprime",
		"Re: Re: [PAU 2026-004217]":        "",
		"Reunión: sala multiuso":           "Reunión: sala multiuso",
		"Recibo: adjunto":                  "Recibo: adjunto",
		"Internet: lento":                  "Internet: lento",
		"":                                 "",
	} {
		if got := Bare(subject); got != want {
			t.Errorf("%q: %q, want %q", subject, got, want)
		}
	}
}

func TestIsForwardLooksAtTheOutermostPrefix(t *testing.T) {
	for subject, want := range map[string]bool{
		"RV: No imprime": true, "Fwd: Re: x": true, "FW: x": true, "[PAU 2026-004217] RV: x": true,
		"Re: RV: x": false, "No imprime": false, "RVT: x": false, "": false,
	} {
		if got := IsForward(subject); got != want {
			t.Errorf("%q: %t", subject, got)
		}
	}
}
