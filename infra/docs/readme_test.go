package docs

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mesa/infra/sample"
)

// root is the project's folder, seen from this package.
const root = "../.."

func mustRead(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// pages are all Markdown files of the project, by their path from the root.
func pages(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case path.Ext(name) == ".md":
			found[name] = mustRead(t, name)
		}
		return nil
	})
	if err != nil || len(found) < 10 {
		t.Fatalf("%d pages, %v", len(found), err)
	}
	return found
}

func TestLinksLeadToFiles(t *testing.T) {
	for name, text := range pages(t) {
		for _, target := range Links(text) {
			if strings.Contains(target, "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(root, path.Dir(name), target)); err != nil {
				t.Errorf("%s leads to %s: %v", name, target, err)
			}
		}
	}
}

// plainChildren need no name: what every folder may have, and what Go explains.
var plainChildren = regexp.MustCompile(`^(\.|README\.md$|LICENSE$|go\.|testdata$|tools\.sum$)|\.(go|csv|txtar)$`)

func TestReadmesNameEveryChild(t *testing.T) {
	for name, text := range pages(t) {
		if path.Base(name) != "README.md" || strings.Contains(name, "testdata/") {
			continue
		}
		children, err := os.ReadDir(filepath.Join(root, path.Dir(name)))
		if err != nil {
			t.Fatal(err)
		}
		for _, child := range children {
			word := strings.TrimSuffix(child.Name(), ".md")
			if !plainChildren.MatchString(child.Name()) && !regexp.MustCompile(`(^|[^\w-])`+regexp.QuoteMeta(word)+`($|[^\w-])`).MatchString(text) {
				t.Errorf("%s does not name %s", name, child.Name())
			}
		}
	}
}

func TestEveryDecisionIsNumberedAndTold(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join(root, "infra/decisions"))
	if err != nil {
		t.Fatal(err)
	}
	for i, entry := range entries {
		number := fmt.Sprintf("%04d", i+1)
		if !strings.HasPrefix(entry.Name(), number+"-") {
			t.Errorf("%s should have the number %s", entry.Name(), number)
		}
		if text := mustRead(t, "infra/decisions/"+entry.Name()); !strings.HasPrefix(text, "# "+number+" ") || !strings.Contains(text, "Decided: ") {
			t.Errorf("%s does not begin with its number, or decides nothing", entry.Name())
		}
	}
}

// targets are what make can be asked for.
func targets(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, m := range regexp.MustCompile(`(?m)^([a-z]+):`).FindAllStringSubmatch(mustRead(t, "Makefile"), -1) {
		names = append(names, m[1])
	}
	return names
}

// deskctlCommands are the words of deskctl's commands, read from the tags that
// make them: "clock", "clock advance", …
func deskctlCommands(t *testing.T) []string {
	t.Helper()
	structs := map[string]*ast.StructType{}
	names, err := filepath.Glob(filepath.Join(root, "infra/deskctl/*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				structs[spec.Name.Name], _ = spec.Type.(*ast.StructType)
			}
			return true
		})
	}
	return commandsOf("", structs["cli"], structs)
}

func commandsOf(prefix string, in *ast.StructType, structs map[string]*ast.StructType) []string {
	var list []string
	if in == nil {
		return nil
	}
	for _, field := range in.Fields.List {
		if field.Tag == nil || len(field.Names) == 0 {
			continue
		}
		if _, is := reflect.StructTag(strings.Trim(field.Tag.Value, "`")).Lookup("cmd"); !is {
			continue
		}
		words := prefix + strings.ToLower(field.Names[0].Name)
		list = append(list, words)
		if kind, ok := field.Type.(*ast.Ident); ok {
			list = append(list, commandsOf(words+" ", structs[kind.Name], structs)...)
		}
	}
	return list
}

// typed are the commands that a page tells a reader to type: the lines of its
// blocks and the code between backquotes.
func typed(text string) []string { return append(Commands(text), Code(text)...) }

func TestCommandsExist(t *testing.T) {
	make, deskctl := targets(t), deskctlCommands(t)
	if !slices.Contains(make, "run") || !slices.Contains(deskctl, "clock advance") {
		t.Fatalf("make knows %v, deskctl %v", make, deskctl)
	}
	seen := 0
	for name, text := range pages(t) {
		for _, command := range typed(text) {
			words := strings.Fields(strings.TrimPrefix(command, "go run ./infra/"))
			if len(words) < 2 {
				continue
			}
			seen++
			switch words[0] {
			case "make":
				if !slices.Contains(make, words[1]) {
					t.Errorf("%s says %q: the Makefile has %v", name, command, make)
				}
			case "deskctl":
				two := strings.Join(words[1:min(3, len(words))], " ")
				if !slices.Contains(deskctl, words[1]) || hasSubcommands(deskctl, words[1]) && len(words) > 2 && !slices.Contains(deskctl, two) {
					t.Errorf("%s says %q: deskctl has %v", name, command, deskctl)
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d commands were found: the reader of pages is broken", seen)
	}
}

func hasSubcommands(all []string, command string) bool {
	return slices.ContainsFunc(all, func(c string) bool { return strings.HasPrefix(c, command+" ") })
}

func TestGoCommandsNameFoldersOfThisProject(t *testing.T) {
	folder := regexp.MustCompile(`\bgo (?:run|test|build) (?:-\S+ )*(\./[\w./-]+)`)
	for name, text := range pages(t) {
		for _, m := range folder.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(root, strings.TrimSuffix(m[1], "..."))); err != nil {
				t.Errorf("%s says %q: %v", name, m[0], err)
			}
		}
	}
}

func TestPracticeAccountsCanSignIn(t *testing.T) {
	accounts, err := sample.Accounts()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, a := range accounts {
		known[a.Email] = true
	}
	text := mustRead(t, "README.md")
	told := map[string]bool{}
	for _, row := range Table(text, "account") {
		for _, email := range Code(row[0]) {
			told[email] = true
			if !known[email] {
				t.Errorf("README.md tells of %s, which infra/sample/accounts.csv does not know", email)
			}
		}
	}
	if len(told) < 5 {
		t.Errorf("README.md tells of few accounts: %v", slices.Sorted(maps.Keys(told)))
	}
	password := regexp.MustCompile(`samplePassword = "([^"]+)"`).FindStringSubmatch(mustRead(t, "infra/deskctl/sample.go"))
	if password == nil || !strings.Contains(text, "`"+password[1]+"`") {
		t.Errorf("README.md does not tell the practice password %v", password)
	}
}
