package access

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func mustCode(t testing.TB, ring Ring, link Link) string {
	t.Helper()
	code, err := ring.Code(link, noon)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestCheckCode(t *testing.T) {
	ring := mustRing(t, Key{ID: "k1", Secret: secret})
	link, err := ring.Verify(mustSign(t, ring, sample()), Approvals, noon)
	if err != nil {
		t.Fatal(err)
	}
	code := mustCode(t, ring, link)
	wrong := fmt.Sprintf("%c%s", '0'+(code[0]-'0'+1)%10, code[1:])
	tests := map[string]struct {
		typed string
		want  error
	}{
		"as it is":                       {code, nil},
		"as the mail shows it":           {code[:3] + " " + code[3:], nil},
		"with a no-break space":          {code[:3] + "\u00a0" + code[3:], nil},
		"with a hyphen and spaces":       {" " + code[:3] + "-" + code[3:] + "\t", nil},
		"one digit other":                {wrong, ErrCodeWrong},
		"backwards counts as a try":      {backwards(code), ErrCodeWrong},
		"empty does not":                 {"", ErrCodeIncomplete},
		"five digits do not":             {code[:5], ErrCodeIncomplete},
		"seven digits do not":            {code + "0", ErrCodeIncomplete},
		"letters do not":                 {"abcdef", ErrCodeIncomplete},
		"digits of another script don't": {"٤٨٢٩١٣", ErrCodeIncomplete},
		"the link id does not":           {link.ID(), ErrCodeIncomplete},
		"a long text does not":           {strings.Repeat("1", 100_000), ErrCodeIncomplete},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if err := ring.CheckCode(link, tt.typed, noon); !errors.Is(err, tt.want) {
				t.Errorf("%q: %v, want %v", tt.typed, err, tt.want)
			}
		})
	}
}

// backwards turns a code round; the sample's code is no palindrome.
func backwards(code string) string {
	digits := []byte(code)
	for i, j := 0, len(digits)-1; i < j; i, j = i+1, j-1 {
		digits[i], digits[j] = digits[j], digits[i]
	}
	return string(digits)
}

func TestCodeIsSixDigitsAndBelongsToOneLink(t *testing.T) {
	ring := mustRing(t, Key{ID: "k1", Secret: secret})
	seen := map[string]bool{}
	rapid.Check(t, func(rt *rapid.T) {
		link := sample()
		link.Round = rapid.IntRange(0, 1_000_000).Draw(rt, "round")
		code := mustCode(t, ring, link)
		if len(code) != 6 || strings.ContainsFunc(code, func(r rune) bool { return !unicode.IsDigit(r) }) {
			rt.Fatalf("code %q", code)
		}
		if code != mustCode(t, ring, link) {
			rt.Fatal("the code changed")
		}
		if strings.Contains(mustSign(t, ring, link), code) {
			rt.Fatal("the code stands in the link")
		}
		seen[code] = true
	})
	if len(seen) < 20 {
		t.Errorf("only %d different codes", len(seen))
	}
}

func TestCodeOfAnotherLinkIsWrong(t *testing.T) {
	ring := mustRing(t, Key{ID: "k1", Secret: secret})
	for name, change := range map[string]func(*Link){
		"another person": func(l *Link) { l.Person = "p-other" },
		"another round":  func(l *Link) { l.Round = 2 },
		"another wait":   func(l *Link) { l.Wait = "approval#2" },
		"another ticket": func(l *Link) { l.Ticket = "01J8ZC6N8Q2V4X6Y8Z0A1B2C3E" },
	} {
		other := sample()
		change(&other)
		if err := ring.CheckCode(sample(), mustCode(t, ring, other), noon); !errors.Is(err, ErrCodeWrong) {
			t.Errorf("%s: %v, want %v", name, err, ErrCodeWrong)
		}
	}
}

func TestCodeOfAForgottenKeyIsRefused(t *testing.T) {
	ring := mustRing(t, Key{ID: "k1", Secret: secret})
	link := sample()
	link.KeyID = "k0"
	if _, err := ring.Code(link, noon); !errors.Is(err, ErrLink) {
		t.Errorf("code: %v, want %v", err, ErrLink)
	}
	if err := ring.CheckCode(link, "123456", noon); !errors.Is(err, ErrLink) {
		t.Errorf("check: %v, want %v", err, ErrLink)
	}
}
