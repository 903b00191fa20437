package web

import (
	"iter"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// render draws a page and parses it as a browser would.
func render(t testing.TB, pages *Pages, frame Frame, page Page) (*httptest.ResponseRecorder, *html.Node) {
	t.Helper()
	w := httptest.NewRecorder()
	if err := pages.Render(w, frame, page); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		t.Fatal(err)
	}
	return w, root
}

// elements walks the elements of a tree in document order; with names, only those.
func elements(root *html.Node, names ...string) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && (len(names) == 0 || contains(names, n.Data)) && !yield(n) {
				return
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}

// attr is the value of an attribute and whether it is there.
func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// value is the value of an attribute, empty when absent.
func value(n *html.Node, name string) string { v, _ := attr(n, name); return v }

func hasClass(n *html.Node, class string) bool {
	return contains(strings.Fields(value(n, "class")), class)
}

// text is what a reader hears of a node: its words, white space folded.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// ids counts the ids of a page.
func ids(root *html.Node) map[string]int {
	count := map[string]int{}
	for n := range elements(root) {
		if id, ok := attr(n, "id"); ok {
			count[id]++
		}
	}
	return count
}

// eachSample runs a check on every sample page.
func eachSample(t *testing.T, check func(t *testing.T, s sample, w *httptest.ResponseRecorder, root *html.Node)) {
	t.Helper()
	pages := MustNew(t)
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			w, root := render(t, pages, s.frame, s.page)
			check(t, s, w, root)
		})
	}
}
