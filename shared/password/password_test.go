package password_test

import (
	"bytes"
	"crypto/rand"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"mesa/shared/password"
)

func TestCheck(t *testing.T) {
	tests := []struct {
		name, text, want string
	}{
		{"keeps the rule", "Clave-ab", ""},
		{"digits may stand in it and need not", "Clave-12", ""},
		{"letters of Spanish count", "Ñandú-es", ""},
		{"empty", "", "Escriba la contraseña temporal."},
		{"one short of eight", "Clav-ab", "A la contraseña le falta: llegar a 8 caracteres."},
		{"eight letters with accents are eight", "Ñññññ-ñ", "A la contraseña le falta: llegar a 8 caracteres."},
		{"no upper case", "clave-ab", "A la contraseña le falta: una mayúscula."},
		{"no lower case", "CLAVE-AB", "A la contraseña le falta: una minúscula."},
		{"no symbol", "ClaveAb12", "A la contraseña le falta: un símbolo."},
		{"all that is missing at once", "123", "A la contraseña le falta: llegar a 8 caracteres, una mayúscula, una minúscula, un símbolo."},
		{"a space", "Clave -ab", "Quite de la contraseña los espacios y los caracteres que no se ven."},
		{"a no-break space", "Clave\u00a0-ab", "Quite de la contraseña los espacios y los caracteres que no se ven."},
		{"a zero-width joiner", "Clave\u200d-ab", "Quite de la contraseña los espacios y los caracteres que no se ven."},
		{"a line break", "Clave-ab\n", "Quite de la contraseña los espacios y los caracteres que no se ven."},
		{"broken text", "Clave-ab\xff", "Quite de la contraseña los espacios y los caracteres que no se ven."},
		{"the longest", "Cl-" + strings.Repeat("a", password.MaxLength-3), ""},
		{"longer", "Cl-" + strings.Repeat("a", password.MaxLength-2), "Acorte la contraseña: el máximo es 64 caracteres."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := password.Check(test.text); got != test.want {
				t.Errorf("Check(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

// Whatever is wrong with a password is said without repeating it.
func TestCheckNeverRepeatsThePassword(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[A-Za-z0-9]{4,80}`).Draw(t, "text")
		if said := password.Check("zz" + text); strings.Contains(said, "zz"+text) {
			t.Fatalf("%q repeats %q", said, text)
		}
	})
}

func TestGeneratedPasswordsKeepTheRuleAndDiffer(t *testing.T) {
	seen, symbolAt := map[string]bool{}, map[int]bool{}
	for range 2000 {
		text, err := password.Generate(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if wrong := password.Check(text); wrong != "" || utf8.RuneCountInString(text) != 12 || strings.ContainsAny(text, "0O1lI") {
			t.Fatalf("generated %q: %s", text, wrong)
		}
		if seen[text] {
			t.Fatalf("%q was generated twice", text)
		}
		seen[text], symbolAt[strings.IndexAny(text, "*+=?#@$")] = true, true
	}
	if len(symbolAt) < 8 {
		t.Errorf("the first symbol stands at only %d places", len(symbolAt))
	}
}

func TestGenerateNeedsRandomness(t *testing.T) {
	for n := range 26 {
		if text, err := password.Generate(io.LimitReader(bytes.NewReader(make([]byte, 100)), int64(n))); err == nil && n < 12+11 {
			t.Errorf("%d bytes of randomness gave %q", n, text)
		}
	}
}
