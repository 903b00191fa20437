package docs

import (
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/infra/stack"
)

func mustTemplate(t *testing.T) stack.Template {
	t.Helper()
	template, err := stack.Read([]byte(mustRead(t, "template.yaml")))
	if err != nil {
		t.Fatal(err)
	}
	return template
}

// granted says which functions the template gives each setting to; "all" for
// those that every function has.
func granted(t *testing.T) map[string]string {
	t.Helper()
	template := mustTemplate(t)
	readers := map[string][]string{}
	note := func(reader string, variables any) {
		for name := range variables.(map[string]any) {
			readers[name] = append(readers[name], reader)
		}
	}
	note("all", stack.At(template.Globals, "Function", "Environment", "Variables"))
	for _, f := range template.OfType("AWS::Serverless::Function") {
		if own := stack.At(f.Properties, "Environment", "Variables"); own != nil {
			note(path.Base(stack.Text(f.Properties["CodeUri"])), own)
		}
	}
	joined := map[string]string{}
	for name, list := range readers {
		slices.Sort(list)
		joined[name] = strings.Join(list, ", ")
	}
	return joined
}

func TestSettingsAreThoseOfTheTemplate(t *testing.T) {
	told := map[string]string{}
	for _, row := range Table(mustRead(t, "functions/README.md"), "setting") {
		for _, name := range Code(row[0]) {
			told[name] = row[2]
		}
	}
	if diff := cmp.Diff(granted(t), told); diff != "" {
		t.Errorf("functions/README.md (-template +README):\n%s", diff)
	}
}

func TestSettingsAreThoseThatConfigReads(t *testing.T) {
	read := map[string]bool{}
	for _, m := range regexp.MustCompile(`\{"(DESK_[A-Z_]+)", `).FindAllStringSubmatch(mustRead(t, "shared/config/config.go"), -1) {
		read[m[1]] = true
	}
	text := mustRead(t, "functions/README.md")
	told := map[string]bool{}
	for _, name := range regexp.MustCompile(`DESK_[A-Z_]+`).FindAllString(text, -1) {
		told[name] = true
	}
	if diff := cmp.Diff(read, told); diff != "" {
		t.Errorf("functions/README.md (-config +README):\n%s", diff)
	}
}

func TestEveryFunctionHasItsRow(t *testing.T) {
	var told, there []string
	for _, row := range Table(mustRead(t, "functions/README.md"), "folder") {
		told = append(told, Code(row[0])...)
	}
	entries, err := os.ReadDir(filepath.Join(root, "functions"))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() {
			there = append(there, entry.Name())
		}
	}
	slices.Sort(told)
	if diff := cmp.Diff(there, told); diff != "" {
		t.Errorf("functions/README.md (-folders +rows):\n%s", diff)
	}
}

// The guide to a first deploy names parameters and outputs that exist.
func TestDeployGuideNamesTheTemplatesOwnWords(t *testing.T) {
	template := mustTemplate(t)
	known := map[string]bool{}
	for _, entry := range slices.Concat(template.Parameters, template.Outputs) {
		known[entry.ID] = true
	}
	word := regexp.MustCompile(`^([A-Z][a-z]+[A-Z][A-Za-z]+)(=\S+)?$`)
	for _, code := range Code(mustRead(t, "infra/README.md")) {
		if m := word.FindStringSubmatch(code); m != nil && !known[m[1]] {
			t.Errorf("infra/README.md names %s, which is no parameter and no output of template.yaml", code)
		}
	}
}

// rows are the layers of shared/README.md, from the top, by package.
func rows(t *testing.T) (layer map[string]int, adapters map[string]bool) {
	t.Helper()
	text := mustRead(t, "shared/README.md")
	layer, adapters = map[string]int{}, map[string]bool{}
	for n, row := range Table(text, "row") {
		for _, name := range Code(row[1]) {
			layer[name] = n
		}
	}
	for _, row := range Table(text, "adapters") {
		for _, name := range Code(row[0]) {
			adapters[name] = true
		}
	}
	return layer, adapters
}

// imports are the packages of shared that each package of shared imports, tests
// not counted.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "shared/*/*.go"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		from := filepath.Base(filepath.Dir(name))
		if found[from] == nil {
			found[from] = map[string]bool{}
		}
		for _, spec := range file.Imports {
			if to, ok := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), "mesa/shared/"); ok {
				found[from][to] = true
			}
		}
	}
	list := map[string][]string{}
	for from, to := range found {
		list[from] = slices.Sorted(maps.Keys(to))
	}
	return list
}

// A row imports only rows below it, never its own row, never an adapter.
func TestImportsFollowTheMapOfLayers(t *testing.T) {
	layer, adapters := rows(t)
	all := imports(t)
	if len(layer) < 15 || len(adapters) < 5 || len(all) < 20 {
		t.Fatalf("%d packages in rows, %d adapters, %d packages", len(layer), len(adapters), len(all))
	}
	for from, list := range all {
		row, inRow := layer[from]
		if !inRow && !adapters[from] && from != "desktest" {
			t.Errorf("shared/README.md has no row for %s", from)
		}
		for _, to := range list {
			below, known := layer[to]
			switch {
			case to == "desktest":
				t.Errorf("%s imports desktest, which is for tests", from)
			case inRow && !known:
				t.Errorf("%s imports the adapter %s; only adapters and main know one", from, to)
			case inRow && below <= row:
				t.Errorf("%s imports %s, which does not stand below it", from, to)
			}
		}
	}
}

func TestOnlyAdaptersKnowTheSDK(t *testing.T) {
	layer, _ := rows(t)
	for name := range layer {
		files, err := filepath.Glob(filepath.Join(root, "shared", name, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.Contains(mustRead(t, strings.TrimPrefix(file, root+"/")), `"github.com/aws/aws-sdk-go-v2`) {
				t.Errorf("%s imports the SDK", file)
			}
		}
	}
}
