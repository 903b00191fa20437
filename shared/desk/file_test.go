package desk

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFileSetHoldsWhatWasPutIn(t *testing.T) {
	set := FileSet(0)
	if set.Has(AccessForm) || !set.Has() {
		t.Errorf("the empty set has a form, or lacks nothing")
	}
	set = set.With(AccessForm).With(AccessForm).With("photo")
	if !set.Has(AccessForm) || set.Has(AccessForm, CommitmentAnnex) || set.Has("photo") {
		t.Errorf("%b has the wrong purposes", set)
	}
	if set = set.With(CommitmentAnnex); !set.Has(AccessForm, CommitmentAnnex) {
		t.Errorf("%b lacks one of the two forms", set)
	}
	if set = set.Without(AccessForm).Without("photo"); set.Has(AccessForm) || !set.Has(CommitmentAnnex) {
		t.Errorf("%b has the wrong purposes", set)
	}
}

// The place of a purpose is stored in tickets: this list may only grow.
func TestPlacesOfPurposesStay(t *testing.T) {
	stored := []Purpose{"access-form", "commitment-annex", "pase", "annex-02", "mail-request", "mail-authorisation", "other"}
	if got := Purposes(); !slices.Equal(got[:len(stored)], stored) || len(got) > 16 {
		t.Errorf("purposes are %v; stored tickets say %v", got, stored)
	}
	for _, p := range Purposes() {
		if p.Internal() != (p == PaseFile) {
			t.Errorf("purpose %s is internal: %v", p, p.Internal())
		}
	}
}

func TestFileNames(t *testing.T) {
	long := strings.Repeat("ñ", 300)
	tests := []struct{ name, given, want string }{
		{"an ordinary one", "Formato de acceso (v2).pdf", "Formato de acceso (v2).pdf"},
		{"accents", "Petición año 2026.docx", "Petición año 2026.docx"},
		{"a Windows path", `C:\fakepath\foto.png`, "foto.png"},
		{"a path upwards", "../../etc/passwd", "passwd"},
		{"line breaks", "a\r\nX: text\r\n\r\n<b>.pdf", "aX: text<b>.pdf"},
		{"reads backwards", "informe\u202efdp.exe", "informefdp.exe"},
		{"isolates and marks", "\u2066a\u2069\u200fb\u200b.pdf", "ab.pdf"},
		{"two endings stay to be seen", "factura.pdf.exe", "factura.pdf.exe"},
		{"only dots", "...", "archivo"},
		{"only a path", "///", "archivo"},
		{"nothing", "", "archivo"},
		{"broken UTF-8", "a\xff.pdf", "a.pdf"},
		{"300 characters", long + ".pdf", strings.Repeat("ñ", 115) + "….pdf"},
		{"a long last part is no ending", "a." + long, "a." + strings.Repeat("ñ", 117) + "…"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := FileName(test.given); got != test.want {
				t.Errorf("FileName(%q) = %q, want %q", test.given, got, test.want)
			}
		})
	}
}

func TestFileNamesAreShortAndVisible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := rapid.String().Draw(t, "given")
		got := FileName(given)
		if n := utf8.RuneCountInString(got); n == 0 || n > maxFileName || !utf8.ValidString(got) || strings.ContainsAny(got, "/\\\r\n\x00\u202e\u2028") {
			t.Fatalf("FileName(%q) = %q", given, got)
		}
		if again := FileName(got); again != got {
			t.Fatalf("FileName(%q) = %q, and that becomes %q", given, got, again)
		}
	})
}
