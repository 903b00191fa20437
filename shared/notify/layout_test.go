package notify

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestTheLayoutIsOneForEveryMailProgram: the structure that mail programs,
// screen readers and phones agree on.
func TestTheLayoutIsOneForEveryMailProgram(t *testing.T) {
	r := mustRender(t, mustSeal(t, mustSample(t, "decide")), env())
	p := mustParse(t, r.HTML)
	for tag, want := range map[string]int{"table": 1, "h1": 1, "title": 1, "style": 1} {
		if p.tags[tag] != want {
			t.Errorf("%d <%s>, want %d", p.tags[tag], tag, want)
		}
	}
	for _, piece := range []string{`<html lang="es-PE"`, `role="presentation"`, "max-width:580px", `content="light dark"`, "prefers-color-scheme:dark",
		"system-ui", "table-layout:fixed", `<meta charset="utf-8">`, "telephone=no"} {
		if !strings.Contains(r.HTML, piece) {
			t.Errorf("the layout lacks %s", piece)
		}
	}
	first := strings.Index(r.HTML, "display:none")
	if first < 0 || first > strings.Index(r.HTML, "<table") {
		t.Error("the preview does not stand first")
	}
}

// TestTextIsReadableInBothThemes: the pairs of text and ground that a mail shows; each must reach
// 7:1 (WCAG AAA).
func TestTextIsReadableInBothThemes(t *testing.T) {
	tests := map[string]struct{ text, ground string }{
		"text, light":      {"#12171D", "#FFFFFF"},
		"muted, light":     {"#434C57", "#FFFFFF"},
		"quotation, light": {"#12171D", "#F3F5F8"},
		"address, light":   {"#0A4684", "#FFFFFF"},
		"button, light":    {"#FFFFFF", "#0A4684"},
		"aside, light":     {"#12171D", "#FFF1D0"},
		"text, dark":       {"#EAEEF3", "#1A2129"},
		"muted, dark":      {"#BAC4CF", "#1A2129"},
		"quotation, dark":  {"#EAEEF3", "#26303B"},
		"address, dark":    {"#9CCBFF", "#1A2129"},
		"button, dark":     {"#0A1A2C", "#9CCBFF"},
		"aside, dark":      {"#EAEEF3", "#3A2A08"},
	}
	known := map[string]bool{"#D3DAE2": true, "#35404C": true, "#6B7480": true, "#8793A0": true, "#5E3A00": true, "#FFCF7A": true, "#11161C": true} // lines and the outer ground
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(htmlLayout, tt.text) || !strings.Contains(htmlLayout, tt.ground) {
				t.Errorf("%s on %s is not in the layout any more", tt.text, tt.ground)
			}
			if ratio := contrast(t, tt.text, tt.ground); ratio < 7 {
				t.Errorf("%s on %s: %.1f, want 7", tt.text, tt.ground, ratio)
			}
		})
		known[tt.text], known[tt.ground] = true, true
	}
	for _, colour := range regexp.MustCompile(`#[0-9A-F]{6}`).FindAllString(htmlLayout, -1) {
		if !known[colour] {
			t.Errorf("%s is in the layout and in no pair", colour)
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is that of WCAG 2.2.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return sum
}
