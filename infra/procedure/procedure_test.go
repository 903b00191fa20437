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

	"mesa/shared/norm"
)

func TestRequirementsAreNumberedWithoutGaps(t *testing.T) {
	all := Requirements()
	if len(all) != 156 {
		t.Errorf("got %d requirements, want 156", len(all))
	}
	for i, r := range all {
		if r.Number != i+1 {
			t.Fatalf("requirement %d stands in place %d", r.Number, i+1)
		}
		if r.Text == "" || !strings.Contains("EIN", r.Tag) {
			t.Errorf("%s has tag %q and text %q", r.Cite(), r.Tag, r.Text)
		}
	}
}

func TestRequirementsKeepTheirText(t *testing.T) {
	all := Requirements()
	for number, want := range map[int]string{
		1:   "show code and version",
		17:  "o el que haga su vez",
		61:  "User reports to help-desk",
		66:  "stage 2 not asked before stage 1 accepts",
		113: "60 minutes",
		156: "inbound mail queued and replayed",
	} {
		if got := all[number-1].Text; !strings.Contains(got, want) {
			t.Errorf("R%d is %q, want it to say %q", number, got, want)
		}
	}
}

// Citations: R61 and 8.1.6, as prose and comments write them. Neighbours that
// are letters, digits or dots make it something else: a version, an address.
var (
	citedRequirement = regexp.MustCompile(`(?:^|[^\w.#/-])R(\d{1,4})\b`)
	citedClause      = regexp.MustCompile(`(?:^|[^\w.])(8\.[1-8]\.\d+)(?:[^\d]|$)`)
	dottedTail       = regexp.MustCompile(`^\.\d`)
)

func TestEveryCitationResolves(t *testing.T) {
	requirements, clauses := map[string]bool{}, map[string]bool{}
	for _, r := range Requirements() {
		requirements[strconv.Itoa(r.Number)] = true
	}
	for _, c := range norm.Clauses() {
		clauses[c.Number] = true
	}
	for path, content := range documents(t) {
		for _, cited := range requirementsIn(content) {
			if !requirements[cited] {
				t.Errorf("%s cites R%s, which is not a requirement", path, cited)
			}
		}
		for _, cited := range clausesIn(content) {
			if !clauses[cited] {
				t.Errorf("%s cites %s, which is not a clause", path, cited)
			}
		}
	}
}

func TestCitationsAreRecognised(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"a requirement in prose":      {"as R61 says", "R61"},
		"a range":                     {"(R51–R60)", "R51 R60"},
		"a clause ending a sentence":  {"see 8.1.6.", "8.1.6"},
		"a clause in a state comment": {`"Comment": "8.6.4: más de 60 minutos"`, "8.6.4"},
		"a clause with a literal":     {"8.1.4 a)", "8.1.4"},
		"a standard is neither":       {"RFC 3834", ""},
		"a version is no clause":      {"v8.1.4 and 1.8.1.4", ""},
		"an address is no clause":     {"8.8.8.8", ""},
		"a key is no requirement":     {"T#R61 and xR12", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, r := range requirementsIn(tt.text) {
				got = append(got, "R"+r)
			}
			got = append(got, clausesIn(tt.text)...)
			if joined := strings.Join(got, " "); joined != tt.want {
				t.Errorf("got %q, want %q", joined, tt.want)
			}
		})
	}
}

func requirementsIn(content string) []string {
	var cited []string
	for _, m := range citedRequirement.FindAllStringSubmatch(content, -1) {
		cited = append(cited, m[1])
	}
	return cited
}

func clausesIn(content string) []string {
	var cited []string
	for _, m := range citedClause.FindAllStringSubmatchIndex(content, -1) {
		if dottedTail.MatchString(content[m[3]:]) {
			continue // 8.8.8.8
		}
		cited = append(cited, content[m[2]:m[3]])
	}
	return cited
}

// documents reads every text of the project that may cite the norm, by its path
// from the root. The copy itself and this test, which quotes false citations,
// stay out.
func documents(t *testing.T) map[string]string {
	t.Helper()
	root := filepath.Join("..", "..")
	found := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || slices.Contains([]string{"node_modules", "testdata", "procedure"}, name)) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, ".asl.json") && !strings.HasSuffix(name, ".md") {
			return nil
		}
		content, err := os.ReadFile(path)
		found[path] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 2 {
		t.Fatalf("only %d documents below %s: the scan looks in the wrong place", len(found), root)
	}
	return found
}
