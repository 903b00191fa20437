package web

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// tokens reads the custom properties of the first rule whose selector starts
// with the given text.
func tokens(t *testing.T, css, selector string) map[string]string {
	t.Helper()
	_, rest, ok := strings.Cut(css, selector)
	if !ok {
		t.Fatalf("no rule %s", selector)
	}
	body, _, _ := strings.Cut(rest, "}")
	found := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+): (#[0-9A-F]{6})`).FindAllStringSubmatch(body, -1) {
		found[m[1]] = m[2]
	}
	return found
}

func sheetSource(t *testing.T) string {
	t.Helper()
	css, err := assetFiles.ReadFile("assets/desk.css")
	if err != nil {
		t.Fatal(err)
	}
	return string(css)
}

// luminance and contrast are the formulas of WCAG 2.2.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	channel := func(hex string) float64 {
		n, err := strconv.ParseUint(hex, 16, 8)
		if err != nil {
			t.Fatalf("colour %q: %v", colour, err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(colour[1:3]) + 0.7152*channel(colour[3:5]) + 0.0722*channel(colour[5:7])
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestContrast(t *testing.T) {
	const grounds = "ground ground-2 ground-3"
	pairs := []struct {
		colours, on string
		least       float64
	}{
		{"text muted link visited danger success warning", grounds, 7},
		{"action-label", "action action-hover", 7},
		{"danger text", "stop-ground", 7},
		{"success text", "done-ground", 7},
		{"warning text", "wait-ground", 7},
		{"link text", "work-ground", 7},
		{"line", grounds, 3},
		{"focus", grounds, 3},
		{"focus", "halo", 3},
		{"action", grounds, 3},
	}
	css := sheetSource(t)
	for theme, selector := range map[string]string{"light": ":root {", "dark by device": ":root:not([data-theme=light]) {", "dark by choice": ":root[data-theme=dark] {"} {
		t.Run(theme, func(t *testing.T) {
			token := tokens(t, css, selector)
			for _, p := range pairs {
				for _, colour := range strings.Fields(p.colours) {
					for _, on := range strings.Fields(p.on) {
						if got := contrast(t, token[colour], token[on]); got < p.least {
							t.Errorf("%s on %s: %.2f, want %.0f", colour, on, got, p.least)
						}
					}
				}
			}
		})
	}
}

func TestContrastFormula(t *testing.T) {
	if got := contrast(t, "#000000", "#FFFFFF"); math.Abs(got-21) > 0.01 {
		t.Errorf("black on white = %.2f, want 21", got)
	}
	if got := contrast(t, "#767676", "#FFFFFF"); math.Abs(got-4.54) > 0.01 {
		t.Errorf("#767676 on white = %.2f, want 4.54", got)
	}
}

func TestBothDarkThemesAreOne(t *testing.T) {
	css := sheetSource(t)
	device, chosen := tokens(t, css, ":root:not([data-theme=light]) {"), tokens(t, css, ":root[data-theme=dark] {")
	if len(device) == 0 || len(device) != len(chosen) || len(device) != len(tokens(t, css, ":root {")) {
		t.Fatalf("tokens: %d by device, %d chosen", len(device), len(chosen))
	}
	for name, colour := range device {
		if chosen[name] != colour {
			t.Errorf("--%s: %s by device, %s chosen", name, colour, chosen[name])
		}
	}
}

func TestSheetUsesItsTokensOnly(t *testing.T) {
	css := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(sheetSource(t), "")
	css = regexp.MustCompile(`--[a-z0-9-]+: #[0-9A-F]{6}`).ReplaceAllString(css, "")
	screen, _, _ := strings.Cut(css, "@media print")
	if found := regexp.MustCompile(`#[0-9A-Fa-f]{3,8}\b|rgba?\(|hsl`).FindString(screen); found != "" {
		t.Errorf("colour %s is not a token", found)
	}
	for _, m := range regexp.MustCompile(`var\(--([a-z0-9-]+)\)`).FindAllStringSubmatch(css, -1) {
		if tokens(t, sheetSource(t), ":root {")[m[1]] == "" {
			t.Errorf("no token --%s", m[1])
		}
	}
	if got := strings.Count(css, "@media (max-width"); got != 2 {
		t.Errorf("%d width queries, want 2", got)
	}
	for _, banned := range []string{"url(", "@import", "!important", "box-shadow: 0 1", "@font-face"} {
		if strings.Contains(css, banned) {
			t.Errorf("the sheet holds %q", banned)
		}
	}
}

// What somebody or something else wrote, an id or the cause of a failure, may be
// one long word: it breaks where a narrow screen ends.
func TestLongWordsBreak(t *testing.T) {
	css := sheetSource(t)
	for _, rule := range []string{".what, .where {", ".typed {", ".facts dd {", "a {"} {
		_, rest, ok := strings.Cut(css, "\n"+rule)
		body, _, _ := strings.Cut(rest, "}")
		if !ok || !strings.Contains(body, "overflow-wrap: anywhere") {
			t.Errorf("%s: a long word runs out of its box", rule)
		}
	}
}

func TestEveryClassOfTheTemplatesHasARule(t *testing.T) {
	css := sheetSource(t)
	seen := map[string]bool{}
	pages := MustNew(t)
	for _, s := range samples() {
		_, root := render(t, pages, s.frame, s.page)
		for n := range elements(root) {
			for _, class := range strings.Fields(value(n, "class")) {
				seen[class] = true
			}
		}
	}
	// Kinds of entry and tones that look like the rest on purpose.
	plain := []string{"event", "mail", "page", "neutral", "flag", "ahead", "track", "history", "group", "options", "wide"}
	for class := range seen {
		if !strings.Contains(css, "."+class) && !contains(plain, class) {
			t.Errorf("class %q has no rule", class)
		}
	}
}
