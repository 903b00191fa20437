package mail

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// leaf is what two readers of one mail must agree on.
type leaf struct {
	Kind, Name, Content, Within string
}

func leavesOf(t tree) []leaf {
	var leaves []leaf
	for _, p := range t.parts {
		leaves = append(leaves, leaf{p.kind, p.name, string(bytes.TrimRight(p.content, "\r\n")), p.place.within})
	}
	return leaves
}

func TestRescueAndEnmimeReadSoundMailsAlike(t *testing.T) {
	compared := 0
	for _, s := range readSamples(t) {
		fields, content, _ := splitHeader(s.raw)
		if !isMultipart(fields) {
			continue
		}
		theirs, err := readWithEnmime(fields, content, place{})
		if err != nil {
			continue // refused: that is what rescue is for
		}
		compared++
		if diff := cmp.Diff(leavesOf(theirs), leavesOf(rescue(fields, content, place{}))); diff != "" {
			t.Errorf("%s/%s (-enmime +rescue): %s", s.disease, s.name, diff)
		}
	}
	if compared < 30 {
		t.Errorf("only %d samples were compared", compared)
	}
}

func TestWhatEnmimeRefusesIsRescued(t *testing.T) {
	tests := map[string]struct {
		contentType, body string
		want              []string
	}{
		"no boundary parameter":        {"multipart/mixed", "--x\nContent-Type: text/plain\n\nuno\n--x\nContent-Type: text/plain\n\ndos\n--x--\n", []string{"uno", "dos"}},
		"another boundary":             {"multipart/mixed; boundary=y", "--x\nContent-Type: text/plain\n\nuno\n--x--\n", []string{"uno"}},
		"no parts at all":              {"multipart/mixed; boundary=y", "un texto\n", []string{"un texto\n"}},
		"an empty body":                {"multipart/mixed; boundary=y", "", []string{""}},
		"a part without header":        {"multipart/mixed; boundary=x", "--x\n\nuno\n--x--\n", []string{"uno"}},
		"a boundary that begins alike": {"multipart/mixed; boundary=x", "--x\n\n--xy\nuno\n--x--\n", []string{"--xy\nuno"}},
		"blanks after the boundary":    {"multipart/mixed; boundary=x", "--x  \n\nuno\n--x-- \n", []string{"uno"}},
		"never closed":                 {"multipart/mixed; boundary=x", "--x\n\nuno", []string{"uno"}},
		"line ends of another kind":    {"multipart/mixed; boundary=x", "--x\r\rtres\r--x--\r", []string{"tres"}},
		"text after the end":           {"multipart/mixed; boundary=x", "--x\n\nuno\n--x--\nepilogo\n--x\n\notro\n", []string{"uno"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := rescue(header{{"Content-Type", tt.contentType}}, []byte(tt.body), place{})
			var texts []string
			for _, p := range got.parts {
				texts = append(texts, string(p.content))
			}
			if diff := cmp.Diff(tt.want, texts); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheBigGoToRescue(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		fits bool
	}{
		"ordinary":    {"--x\n\nuno\n--x--\n", true},
		"many parts":  {strings.Repeat("\n--x\n\nuno", 4*maxParts+1), false},
		"many levels": {strings.Repeat("boundary=a\n", 2*maxDepth+1), false},
		"large":       {strings.Repeat("a", maxForEnmime+1), false},
	} {
		if got := fitsEnmime([]byte(tt.body)); got != tt.fits {
			t.Errorf("%s: %t", name, got)
		}
	}
}
