package web

import (
	"io/fs"
	"os"
	"regexp"
	"sort"
	"strings"
	"testing"
)

// sources is the text of every template and of this package's own code.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	names, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	more, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, more...) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

func TestEveryKeyUsedHasWords(t *testing.T) {
	used := regexp.MustCompile(`(?:Say\(|\bt |\(t )"([a-z0-9.]*[a-z0-9])"[,) }]`)
	for _, m := range used.FindAllStringSubmatch(sources(t), -1) {
		if strings.HasPrefix(Say(m[1]), "[") {
			t.Errorf("no words for %q", m[1])
		}
	}
}

func TestEveryWordIsUsed(t *testing.T) {
	code := sources(t)
	// Families whose keys are put together by code, and texts that handlers ask for by key.
	families := []string{"error.", "link.", "check.", "effect.", "delivery.", "suppressed.", "decision.error.", "decisions.", "phone.error.", "verify.rating.", "held.error.", "conflict.", "absences.", "register.", "signoff.", "reopening."}
	var unused []string
	for key := range spanish() {
		used := strings.Contains(code, `"`+key+`"`)
		for _, f := range families {
			used = used || strings.HasPrefix(key, f)
		}
		if !used {
			unused = append(unused, key)
		}
	}
	sort.Strings(unused)
	if len(unused) > 0 {
		t.Errorf("words nobody reads: %v", unused)
	}
}

func TestWordsFollowTheNormsVoice(t *testing.T) {
	wrong := regexp.MustCompile(`(?i)@(?:s|\b)[^a-z.]|\bl[oa]s usuarios\b|\bel usuario\b|inválid|\btú\b|\btu\b|por favor|septiembre|\bticket de servicio\b`)
	double := regexp.MustCompile(`\b[a-z]+/[a-z]+ [a-z]+/[a-z]+.*\b[a-z]+/[a-z]+ [a-z]+/[a-z]+`)
	for key, text := range spanish() {
		if found := wrong.FindString(text); found != "" {
			t.Errorf("%s: %q in %q", key, found, text)
		}
		for _, sentence := range strings.Split(text, ". ") {
			if double.MatchString(sentence) {
				t.Errorf("%s: two double forms in one sentence: %q", key, sentence)
			}
		}
	}
}

func TestSay(t *testing.T) {
	if got, want := Say("error.403.text", "role", "Profesional de soporte"),
		"Su perfil (Profesional de soporte) no permite esta acción. Si la necesita, pídala a la Jefatura de la UTI."; got != want {
		t.Errorf("Say = %q, want %q", got, want)
	}
	if got := Say("no.such.key"); got != "[no.such.key]" {
		t.Errorf("unknown key = %q", got)
	}
	if got := Say("ago.hours", "n"); got != "hace {n} h" {
		t.Errorf("odd pairs = %q", got)
	}
}

func TestParseWords(t *testing.T) {
	got := parseWords("# a comment: no\n\nkey.one: One: two\r\nkey.two:no space\n  key.three:   trimmed  \n")
	if len(got) != 2 || got["key.one"] != "One: two" || got["key.three"] != "trimmed" {
		t.Errorf("parseWords = %v", got)
	}
}
