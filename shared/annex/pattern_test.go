package annex

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A pattern that does not compile would fail at its first use only, so each is
// compiled here; the files are read for those that these lists lack.
func TestEveryPatternCompiles(t *testing.T) {
	patterns := []func() *regexp.Regexp{isoDate, plainDate, spokenDate, weekday, rowNumber, hourText, between, titlePattern, tightTitle, onlyRequired, listNumber,
		pdfNumber, pdfReserved, pdfRecording, pdfMultiuse, pdfStreaming, pdfObjective, pdfCondition, pdfWho, pdfRemarks, pdfFrom, pdfTo, pdfDate, pdfApplicant, pdfPhone, pdfAnswer}
	for _, p := range patterns {
		if p().String() == "" {
			t.Error("a pattern is empty")
		}
	}
	for _, l := range printed() {
		if l().MatchString("") {
			t.Errorf("%s finds nothing at all", l())
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	lazy, labels := -1, -1 // their own declarations
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		lazy += strings.Count(string(content), "lazily(")
		labels += strings.Count(string(content), "labelled(`") + strings.Count(string(content), "labelled(who") + strings.Count(string(content), "func labelled(")
	}
	if lazy != len(patterns) || labels != len(printed()) {
		t.Errorf("%d patterns and %d labels are written, %d and %d are compiled here", lazy, labels, len(patterns), len(printed()))
	}
}
