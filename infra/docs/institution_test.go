package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What the institution is called, its codes and addresses are data with dates
// (R5): no page, mail or form spells one out. They stand in one place.
func TestTheInstitutionIsNamedInOnePlace(t *testing.T) {
	names := []string{"Qali Warma", "QALI WARMA", "PNAEQW", "soporte.usuario@", "PRO-044"}
	seen := 0
	for _, folder := range []string{"shared", "functions"} {
		err := filepath.WalkDir(filepath.Join("..", "..", folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "norm" || entry.Name() == "desktest") {
				return fs.SkipDir
			}
			for _, text := range shownIn(t, path) {
				seen++
				for _, name := range names {
					if strings.Contains(text, name) {
						t.Errorf("%s spells out %q; take it from desk.Institution: %.120s", path, name, text)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 1000 {
		t.Fatalf("only %d texts read: the scan looks in the wrong place", seen)
	}
}

// shownIn are the texts of a file that people may come to read: whole templates
// and words, and the string literals of Go.
func shownIn(t *testing.T, path string) []string {
	t.Helper()
	switch {
	case strings.HasSuffix(path, "_test.go"), strings.HasSuffix(path, filepath.Join("desk", "institution.go")):
		return nil
	case strings.HasSuffix(path, ".html"), strings.HasSuffix(path, ".txt"):
		return []string{mustReadPath(t, path)}
	case !strings.HasSuffix(path, ".go"):
		return nil
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			texts = append(texts, literal.Value)
		}
		return true
	})
	return texts
}

func mustReadPath(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
