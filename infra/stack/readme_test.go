package stack_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const root = "../.."

var (
	linkPattern   = regexp.MustCompile(`\]\(([^)#\s]+)(?:#[^)]*)?\)`)
	makePattern   = regexp.MustCompile(`(?m)^make ([a-z]+)`)
	deskctlAction = regexp.MustCompile(`(?m)go run \./infra/deskctl ([a-z]+)(?: ([a-z]+))?`)
)

// readmes are the project's own Markdown files.
func readmes(t *testing.T) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != root:
			return fs.SkipDir
		case strings.HasSuffix(path, ".md"):
			found = append(found, path)
		}
		return nil
	})
	if err != nil || len(found) < 8 {
		t.Fatalf("%d Markdown files, %v", len(found), err)
	}
	return found
}

func mustRead(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestEveryLinkOfTheDocumentsLeadsSomewhere(t *testing.T) {
	for _, path := range readmes(t) {
		for _, m := range linkPattern.FindAllStringSubmatch(mustRead(t, path), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", path, m[1])
			}
		}
	}
}

func TestCommandsOfTheReadmeExist(t *testing.T) {
	readme, makefile := mustRead(t, root+"/README.md"), mustRead(t, root+"/Makefile")
	for _, m := range makePattern.FindAllStringSubmatch(readme, -1) {
		if !strings.Contains(makefile, "\n"+m[1]+":") {
			t.Errorf("README.md says «make %s», and the Makefile has no such target", m[1])
		}
	}
	for _, m := range deskctlAction.FindAllStringSubmatch(readme, -1) {
		command := exec.CommandContext(t.Context(), "go", "run", "./infra/deskctl", m[1], "--help")
		command.Dir = root
		if out, err := command.CombinedOutput(); err != nil || m[2] != "" && !strings.Contains(string(out), m[2]) && m[1] != "token" {
			t.Errorf("README.md says «deskctl %s %s»: %v\n%s", m[1], m[2], err, out)
		}
	}
}

// Every folder README names every child, so that a map is never a lie.
func TestFolderReadmesNameEveryChild(t *testing.T) {
	for _, folder := range []string{"functions", "statemachines", "shared", "infra", "infra/local", "infra/scenarios"} {
		readme := mustRead(t, filepath.Join(root, folder, "README.md"))
		children, err := os.ReadDir(filepath.Join(root, folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range children {
			if c.IsDir() && c.Name() != "testdata" && !strings.HasPrefix(c.Name(), "_") && !strings.Contains(readme, c.Name()) {
				t.Errorf("%s/README.md does not name %s", folder, c.Name())
			}
		}
	}
}
