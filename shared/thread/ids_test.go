package thread

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestIDs(t *testing.T) {
	tests := map[string]struct {
		values []string
		want   []string
	}{
		"nothing":                       {[]string{"", ""}, nil},
		"one":                           {[]string{"<a@b>"}, []string{"a@b"}},
		"folded list":                   {[]string{"<a@b>\r\n\t<c@d> <e@f>"}, []string{"a@b", "c@d", "e@f"}},
		"glued":                         {[]string{"<a@b><c@d>"}, []string{"a@b", "c@d"}},
		"each once over both headers":   {[]string{"<a@b> <c@d>", "<c@d>"}, []string{"a@b", "c@d"}},
		"without brackets":              {[]string{"a@b c@d"}, []string{"a@b", "c@d"}},
		"with a comment":                {[]string{"<a@b> (su mensaje del lunes)"}, []string{"a@b"}},
		"blank inside from folding":     {[]string{"<a@\r\n b>"}, []string{"a@b"}},
		"never closed":                  {[]string{"<a@b> <c@d"}, []string{"a@b", "c@d"}},
		"text that is no id":            {[]string{"Mensaje de Ana del 3 de mayo", "<>", "<x>"}, nil},
		"a name and an address in text": {[]string{"Ana <ana@qw.gob.pe>'s message"}, []string{"ana@qw.gob.pe"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, IDs(tt.values...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestIDsKeepsTheRootAndTheAnsweredMailOfALongThread(t *testing.T) {
	var all strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&all, "<%d@x> ", i)
	}
	ids := IDs(all.String())
	if len(ids) != 100 || ids[0] != "0@x" || ids[99] != "4999@x" {
		t.Errorf("%d ids, from %s to %s", len(ids), ids[0], ids[len(ids)-1])
	}
}
