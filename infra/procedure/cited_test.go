package procedure

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mesa/shared/flow"
	"mesa/shared/norm"
)

// uncited.txt lists what no rule and no test speaks of yet: clauses and
// requirements of flows that are still to come, each with its reason.
const uncitedFile = "uncited.txt"

// Section VIII and the requirements that read it, R61 to R131, are kept sentence
// by sentence: each is cited by a row of the table, by a test or by a story.
func TestEverySentenceOfSectionVIIIIsCited(t *testing.T) {
	cited := citedAnywhere(t)
	if *update {
		shorten(t, cited)
	}
	waiting := waitingFor(t)
	var all []string
	for _, c := range norm.Clauses() {
		all = append(all, c.Number)
	}
	for n := 61; n <= 131; n++ {
		all = append(all, "R"+strconv.Itoa(n))
	}
	for _, number := range all {
		switch waits := slices.Contains(waiting, number); {
		case !cited[number] && !waits:
			t.Errorf("%s is cited by no row, test or story: no rule keeps it", number)
		case cited[number] && waits:
			t.Errorf("%s is cited now: take it out of %s", number, uncitedFile)
		}
	}
	for _, number := range waiting {
		if !slices.Contains(all, number) {
			t.Errorf("%s names %q, which is none of them", uncitedFile, number)
		}
	}
}

// waitingFor reads the list: a number, then why, a line each.
func waitingFor(t *testing.T) []string {
	t.Helper()
	content, err := os.ReadFile(uncitedFile)
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for line := range strings.Lines(string(content)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		number, why, _ := strings.Cut(line, " ")
		if why == "" {
			t.Errorf("%s: %s says no reason", uncitedFile, number)
		}
		numbers = append(numbers, number)
	}
	return numbers
}

// shorten takes out of the list what is cited now; it never grows by itself.
func shorten(t *testing.T, cited map[string]bool) {
	t.Helper()
	content, err := os.ReadFile(uncitedFile)
	if err != nil {
		t.Fatal(err)
	}
	var kept strings.Builder
	for line := range strings.Lines(string(content)) {
		if number, _, _ := strings.Cut(strings.TrimSpace(line), " "); !cited[number] {
			kept.WriteString(line)
		}
	}
	if err := os.WriteFile(uncitedFile, []byte(kept.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// citedAnywhere gathers what rows, tests and stories cite, members of a range
// such as R66–R68 included.
func citedAnywhere(t *testing.T) map[string]bool {
	t.Helper()
	cited := map[string]bool{}
	for _, text := range append(rowTexts(), proofs(t)...) {
		for _, number := range clausesIn(text) {
			cited[number] = true
		}
		for _, number := range spelledOut(text) {
			cited["R"+strconv.Itoa(number)] = true
		}
	}
	return cited
}

// rowTexts are the citations of every row, guard and field.
func rowTexts() []string {
	var texts []string
	for _, r := range flow.Rows() {
		texts = append(texts, r.Clause)
		for _, g := range r.From {
			texts = append(texts, g.Clause)
		}
		for _, f := range r.Fields {
			texts = append(texts, f.Clause)
		}
	}
	return texts
}

var citedRange = regexp.MustCompile(`(?:^|[^\w.#/-])R(\d{1,3})[–-]R?(\d{1,3})\b`)

// spelledOut lists the requirements of a text, those inside a range too.
func spelledOut(text string) []int {
	var numbers []int
	for _, cited := range requirementsIn(text) {
		n, _ := strconv.Atoi(cited) // the pattern admits digits only
		numbers = append(numbers, n)
	}
	for _, m := range citedRange.FindAllStringSubmatch(text, -1) {
		from, _ := strconv.Atoi(m[1])
		to, _ := strconv.Atoi(m[2])
		for n := from; n <= to && to <= 156; n++ {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

func TestRangesAreSpelledOut(t *testing.T) {
	if got := spelledOut("8.1.4, R66–R68 and R72"); !slices.Equal(got, []int{66, 68, 72, 66, 67, 68}) {
		t.Errorf("got %v", got)
	}
}

// proofs are the texts of every test and story, but this package's own, which
// quotes numbers without proving anything.
func proofs(t *testing.T) []string {
	t.Helper()
	var texts []string
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if path != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules" || entry.Name() == "procedure") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, ".txtar") {
			return nil
		}
		content, err := os.ReadFile(path)
		texts = append(texts, string(content))
		return err
	})
	if err != nil || len(texts) < 50 {
		t.Fatalf("read %d tests and stories, %v", len(texts), err)
	}
	return texts
}
