package web

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestPageHasLanguageTitleAndOneHeading(t *testing.T) {
	eachSample(t, func(t *testing.T, s sample, _ *httptest.ResponseRecorder, root *html.Node) {
		var headings, mains int
		for n := range elements(root) {
			switch n.Data {
			case "html":
				if got := value(n, "lang"); got != "es-PE" {
					t.Errorf("lang = %q", got)
				}
			case "title":
				checkTitle(t, text(n), len(s.page.head().problems) > 0)
			case "h1":
				headings++
				if text(n) == "" {
					t.Error("empty h1")
				}
			case "main":
				mains++
			}
		}
		if headings != 1 || mains != 1 {
			t.Errorf("h1: %d, main: %d, want one of each", headings, mains)
		}
	})
}

func checkTitle(t *testing.T, title string, wrong bool) {
	t.Helper()
	if strings.HasPrefix(title, "Error: ") != wrong {
		t.Errorf("title %q, page with problems: %v", title, wrong)
	}
	const ending = " - PAU, mesa de ayuda de la UTI"
	if !strings.HasSuffix(title, ending) || len(title) <= len(ending)+3 {
		t.Errorf("title %q says too little", title)
	}
}

func TestIdsAreUniqueAndReferencesResolve(t *testing.T) {
	eachSample(t, func(t *testing.T, _ sample, _ *httptest.ResponseRecorder, root *html.Node) {
		known := ids(root)
		for id, n := range known {
			if n > 1 || strings.ContainsAny(id, " \t\n") || id == "" {
				t.Errorf("id %q stands %d times", id, n)
			}
		}
		for n := range elements(root) {
			for _, name := range []string{"aria-describedby", "aria-labelledby", "for", "list"} {
				for _, id := range strings.Fields(value(n, name)) {
					if known[id] == 0 {
						t.Errorf("<%s %s=%q> leads nowhere", n.Data, name, id)
					}
				}
			}
			if id, ok := strings.CutPrefix(value(n, "href"), "#"); ok && inSummary(n) && known[id] == 0 {
				t.Errorf("summary link %q leads nowhere", id)
			}
		}
	})
}

func inSummary(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if hasClass(p, "summary") {
			return true
		}
	}
	return false
}

func TestEveryControlHasALabelAndEveryGroupALegend(t *testing.T) {
	eachSample(t, func(t *testing.T, _ sample, _ *httptest.ResponseRecorder, root *html.Node) {
		labels := map[string]string{}
		for n := range elements(root, "label") {
			labels[value(n, "for")] = text(n)
		}
		for n := range elements(root, "input", "select", "textarea") {
			if value(n, "type") != "hidden" && labels[value(n, "id")] == "" {
				t.Errorf("no label: <%s name=%q id=%q>", n.Data, value(n, "name"), value(n, "id"))
			}
		}
		for n := range elements(root, "fieldset") {
			if n.FirstChild == nil || firstElement(n).Data != "legend" || text(firstElement(n)) == "" {
				t.Error("fieldset without a legend")
			}
		}
		for n := range elements(root, "a", "button", "summary", "th") {
			if text(n) == "" {
				t.Errorf("<%s> says nothing: %v", n.Data, n.Attr)
			}
		}
	})
}

func firstElement(n *html.Node) *html.Node {
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode {
			return c
		}
	}
	return n
}

func TestErrorTextsAreEqualInSummaryAndField(t *testing.T) {
	eachSample(t, func(t *testing.T, _ sample, _ *httptest.ResponseRecorder, root *html.Node) {
		summary, fields := map[string]bool{}, map[string]bool{}
		for n := range elements(root, "a", "p") {
			if n.Data == "a" && inSummary(n) {
				summary[text(n)] = true
			}
			if hasClass(n, "error") {
				fields[text(n)] = true
			}
		}
		for words := range fields {
			if !summary[words] {
				t.Errorf("beside a field but not in the summary: %q", words)
			}
		}
		for words := range summary {
			if !fields[words] {
				t.Errorf("in the summary but beside no field: %q", words)
			}
		}
	})
}

func TestNothingInlineAndNothingFromElsewhere(t *testing.T) {
	eachSample(t, func(t *testing.T, s sample, w *httptest.ResponseRecorder, root *html.Node) {
		for n := range elements(root) {
			if contains([]string{"script", "style", "iframe", "object", "embed", "base", "img"}, n.Data) {
				t.Errorf("<%s> has no place here", n.Data)
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("inline %s on <%s>", a.Key, n.Data)
				}
				if a.Key == "action" && strings.Contains(a.Val, "//") && !strings.Contains(w.Header().Get("Content-Security-Policy"), s.page.head().post) {
					t.Errorf("form sent to %q, which the policy forbids", a.Val)
				}
			}
		}
		if strings.Contains(w.Body.String(), "ZgotmplZ") {
			t.Error("a template put a value where it cannot be made safe")
		}
	})
}

func TestFormsThatChangeThingsCarryTheToken(t *testing.T) {
	eachSample(t, func(t *testing.T, s sample, _ *httptest.ResponseRecorder, root *html.Node) {
		for form := range elements(root, "form") {
			names := map[string]string{}
			for n := range elements(form, "input") {
				names[value(n, "name")] = value(n, "value")
			}
			action := value(form, "action")
			own := action != ThemePath && !strings.HasPrefix(action, "https://")
			if post := value(form, "method") == "post"; post && own && names[TokenField] != s.frame.Token {
				t.Errorf("form to %s carries token %q", action, names[TokenField])
			} else if !post && names[TokenField] != "" {
				t.Errorf("form to %s shows its token in the address", action)
			}
		}
	})
}

func TestSignedInPagesOfferTheWayOut(t *testing.T) {
	eachSample(t, func(t *testing.T, s sample, _ *httptest.ResponseRecorder, root *html.Node) {
		found := false
		for form := range elements(root, "form") {
			found = found || value(form, "action") == SignOutPath
		}
		if want := s.frame.Viewer != nil && !s.page.head().bare; found != want {
			t.Errorf("«Salir»: %v, want %v", found, want)
		}
	})
}

func TestTablesHaveCaptionAndScope(t *testing.T) {
	eachSample(t, func(t *testing.T, _ sample, _ *httptest.ResponseRecorder, root *html.Node) {
		for table := range elements(root, "table") {
			if firstElement(table).Data != "caption" {
				t.Error("table without a caption")
			}
			for th := range elements(table, "th") {
				if value(th, "scope") == "" {
					t.Errorf("th %q without scope", text(th))
				}
			}
			if region := table.Parent; value(region, "tabindex") != "0" || value(region, "aria-label") == "" {
				t.Error("the box a table scrolls in must be reachable and named")
			}
		}
	})
}

func TestNoMissingWordAndNoEnglish(t *testing.T) {
	missing := regexp.MustCompile(`\[[a-z]+(\.[a-z0-9]+)+\]|\{[a-z]+\}`)
	english := regexp.MustCompile(`(?i)\b(the|your|with|submit|search|please|ticket form|login|sign in|required|invalid|inválid[oa])\b`)
	eachSample(t, func(t *testing.T, _ sample, _ *httptest.ResponseRecorder, root *html.Node) {
		words := text(root)
		if found := missing.FindString(words); found != "" {
			t.Errorf("unfilled words: %s", found)
		}
		for n := range elements(root, "h1", "h2", "h3", "label", "legend", "button", "a") {
			if found := english.FindString(text(n)); found != "" {
				t.Errorf("%q in %q", found, text(n))
			}
		}
	})
}
