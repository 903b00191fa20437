package docs

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const page = "# Title\n\nSee [one](one.go), [two](../two/README.md#part) and [here](#title).\nUse `make run` or `deskctl`.\n" +
	"\n```sh\nmake run   # starts\n\ngo test ./x\n```\n\n```mermaid\nflowchart LR\n```\n\n    make demo\n" +
	"\n| other | what |\n|---|---|\n| a | b |\n\n| setting | read by |\n|---|---|\n| `A` | all |\n| `B` | one, two |\n\n| setting | again |\n|---|---|\n| `C` | |\n"

func TestMarkdownIsRead(t *testing.T) {
	tests := []struct {
		name      string
		got, want any
	}{
		{"links lose their anchors, and those within the page", Links(page), []string{"one.go", "../two/README.md"}},
		{"commands are those of shell blocks and indented lines", Commands(page), []string{"make run", "go test ./x", "make demo"}},
		{"a table is found by its first heading, once", Table(page, "setting"), [][]string{{"`A`", "all"}, {"`B`", "one, two"}}},
		{"a table that is not there has no rows", Table(page, "nothing"), [][]string(nil)},
		{"code is what stands between backquotes", Code("Use `make run` or `deskctl`."), []string{"make run", "deskctl"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
