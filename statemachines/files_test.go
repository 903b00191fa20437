package statemachines

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the state machine files and the README's diagrams anew")

// TestFilesAreWhatTheTableSays keeps the deployed files and the table from drifting apart.
func TestFilesAreWhatTheTableSays(t *testing.T) {
	for _, m := range All() {
		t.Run(m.Name, func(t *testing.T) {
			want, err := Render(Define(m))
			if err != nil {
				t.Fatal(err)
			}
			file := m.Name + ".asl.json"
			if *update {
				if err := os.WriteFile(file, want, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			got := mustReadFile(t, file)
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s differs from its row in All (-table +file); run go test ./statemachines -update\n%s", file, diff)
			}
		})
	}
}

// TestEveryFileHasARow finds a file that nobody generates any more.
func TestEveryFileHasARow(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, m := range All() {
		known[m.Name+".asl.json"] = true
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".asl.json") && !known[e.Name()] {
			t.Errorf("%s has no row in All", e.Name())
		}
	}
}

// TestDiagramsShowTheFiles keeps the pictures, the time budget and the error names
// of the README as the files and the table say.
func TestDiagramsShowTheFiles(t *testing.T) {
	readme := mustReadFile(t, "README.md")
	for _, m := range All() {
		block := regexp.MustCompile(`(?s)(<!-- diagram ` + m.Name + " -->\n```mermaid\n).*?(```\n<!-- end -->)")
		drawn := block.ReplaceAll(readme, fmt.Appendf(nil, "${1}%s${2}", Diagram(mustParseFile(t, m.Name))))
		if !block.Match(readme) {
			t.Errorf("the README has no place for the diagram of %s", m.Name)
		}
		if *update {
			readme = drawn
		}
		if !bytes.Equal(readme, drawn) {
			t.Errorf("the diagram of %s is out of date; run go test ./statemachines -update", m.Name)
		}
	}
	for mark, text := range map[string]string{"budget": budgetTable(), "errors": errorTable()} {
		place := regexp.MustCompile(`(?s)<!-- ` + mark + ` -->\n.*?<!-- end -->`)
		written := place.ReplaceAllLiteral(readme, []byte(block(mark, text)))
		if !place.Match(readme) {
			t.Errorf("the README has no place for the %s", mark)
		}
		if *update {
			readme = written
		}
		if !bytes.Equal(readme, written) {
			t.Errorf("the %s in the README are out of date; run go test ./statemachines -update", mark)
		}
	}
	if *update {
		if err := os.WriteFile("README.md", readme, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReadmeNamesEveryFile holds the map of this folder complete.
func TestReadmeNamesEveryFile(t *testing.T) {
	readme := string(mustReadFile(t, "README.md"))
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		if name == "README.md" || name == "testdata" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		if !strings.Contains(readme, "`"+name+"`") {
			t.Errorf("README.md does not name %s", name)
		}
	}
}

func mustReadFile(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func mustParseFile(t *testing.T, machine string) Definition {
	t.Helper()
	d, err := Parse(mustReadFile(t, machine+".asl.json"))
	if err != nil {
		t.Fatalf("%s: %v", machine, err)
	}
	return d
}
