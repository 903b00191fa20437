package scenarios_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/infra/permissions"
	"mesa/infra/scenarios/rig"
	"mesa/infra/stack"
)

// allowFile says what the template grants and no scenario needs, with the reason.
// A line there is a decision; anything else unused is a finding.
const allowFile = "never-used.txt"

// Least privilege, from both sides: nothing that a function tried was refused,
// and nothing is granted that nobody used, but what never-used.txt explains. It
// runs after the stories; alone it only looks at refusals.
func TestPermissions(t *testing.T) {
	root, err := rig.Root()
	must(t, err)
	text, err := os.ReadFile(filepath.Join(root, "template.yaml"))
	must(t, err)
	template, err := stack.Read(text)
	must(t, err)
	uses, err := running.Uses(t.Context())
	must(t, err)
	if refused := permissions.Refused(uses, "mesa"); len(refused) > 0 {
		t.Errorf("functions were refused: %v", refused)
	}
	var unused []string
	for _, p := range permissions.Unused(permissions.Granted(template), uses, "mesa") {
		unused = append(unused, p.Function+" "+p.Action)
	}
	t.Logf("granted and never used:\n%s", strings.Join(unused, "\n"))
	if !played {
		t.Log("not compared with never-used.txt: not all stories were played")
		return
	}
	if diff := cmp.Diff(allowed(t), unused); diff != "" {
		t.Errorf("never used, %s (-) and now (+):\n%s", allowFile, diff)
	}
}

// allowed reads never-used.txt: «function action  # reason» in each line.
func allowed(t *testing.T) []string {
	t.Helper()
	content, err := os.ReadFile(allowFile)
	must(t, err)
	var list []string
	for line := range strings.Lines(string(content)) {
		entry, reason, _ := strings.Cut(line, "#")
		if entry = strings.TrimSpace(entry); entry == "" {
			continue
		}
		if strings.TrimSpace(reason) == "" {
			t.Errorf("%s: %s has no reason", allowFile, entry)
		}
		list = append(list, strings.Join(strings.Fields(entry), " "))
	}
	return list
}
