package work_test

import (
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// A file that an act hands over or names again stays one, with its last purpose,
// and hides none of those that come with it.
func TestFilesAreListedOnce(t *testing.T) {
	list := work.Files([]desk.Record{
		{Seq: 1, Files: []desk.Attachment{{Name: "foto", Key: "a"}, {Name: "guion", Key: "b", Purpose: desk.PaseFile}}},
		{Seq: 2, Files: []desk.Attachment{{Name: "foto", Key: "a", Purpose: desk.OtherFile}, {Name: "nuevo", Key: "c"}}},
		{Seq: 3, Files: []desk.Attachment{{Name: "guion", Key: "b"}, {Name: "sin clave"}, {Name: "otro sin clave"}}},
	})
	var got []string
	for _, f := range list {
		got = append(got, f.File.Name+":"+string(f.File.Purpose))
	}
	if want := "foto:" + string(desk.OtherFile) + " guion:" + string(desk.PaseFile) + " nuevo: sin clave: otro sin clave:"; strings.Join(got, " ") != want {
		t.Errorf("files %q, want %q", strings.Join(got, " "), want)
	}
	if at := list[2]; at.Record.Seq != 2 || at.Index != 1 {
		t.Errorf("the new file came with %d as %d", at.Record.Seq, at.Index)
	}
}
