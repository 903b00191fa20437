package web

import (
	"reflect"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// payloads are texts that must stay texts wherever they are put: F36.
func payloads() []string {
	return []string{
		`"><script>alert(1)</script>`,
		`'><img src=x onerror=alert(1)>`,
		`</textarea></title></style><svg onload=alert(1)>`,
		"javascript:alert(1)",
		`x" onmouseover="alert(1)" style="color:red`,
		"{{.}} ${1} <!-- --> ]]> &lt;b&gt;",
		"=1+1\x00\u202e\u2028",
	}
}

// poison puts a text into every plain string of a view model; named string types
// (tones, kinds, states) are chosen by code and stay.
func poison(v reflect.Value, with string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.CanSet() && v.String() != "" {
			v.SetString(with)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem(), with)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				poison(v.Field(i), with)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), with)
		}
	}
}

// poisoned is the sample with the text in every place.
func poisoned(s sample, with string) (Frame, Page) {
	page := reflect.New(reflect.TypeOf(s.page)).Elem()
	page.Set(reflect.ValueOf(s.page))
	poison(page, with)
	frame := reflect.New(reflect.TypeFor[Frame]()).Elem()
	frame.Set(reflect.ValueOf(s.frame))
	poison(frame, with)
	return frame.Interface().(Frame), page.Interface().(Page)
}

// shape is the tree without its texts: names of elements and attributes.
func shape(root *html.Node) string {
	var b strings.Builder
	for n := range elements(root) {
		b.WriteString("<" + n.Data)
		for _, a := range n.Attr {
			b.WriteString(" " + a.Key)
		}
		b.WriteString(">")
	}
	return b.String()
}

func TestF36HostileTextChangesNoPage(t *testing.T) {
	pages := MustNew(t)
	for i := range samples() {
		name := samples()[i].name
		t.Run(name, func(t *testing.T) {
			frame, page := poisoned(samples()[i], "inocuo")
			_, root := render(t, pages, frame, page)
			want := shape(root)
			for _, p := range payloads() {
				frame, page := poisoned(samples()[i], p)
				_, root := render(t, pages, frame, page)
				if got := shape(root); got != want {
					t.Errorf("%q changed the page:\n%s\nwant\n%s", p, got, want)
				}
				noScriptAddress(t, root)
			}
		})
	}
}

func noScriptAddress(t *testing.T, root *html.Node) {
	t.Helper()
	for n := range elements(root) {
		for _, name := range []string{"href", "action", "formaction", "src"} {
			if v := strings.ToLower(strings.TrimSpace(value(n, name))); strings.HasPrefix(v, "javascript:") {
				t.Errorf("<%s %s=%q>", n.Data, name, v)
			}
		}
	}
}

func TestTypedTextComesBackWhole(t *testing.T) {
	typed := "\n  Primera línea\n\n\"Pita\" <b>tres</b> veces </textarea> & más\n"
	form := Form{Action: "/x", Submit: "Enviar", Fields: []Field{{Name: "text", Kind: TextArea, Label: "Texto", Value: typed}, {Name: "line", Kind: Text, Label: "Línea", Value: `a"b'c<d>&`}}}
	_, root := render(t, MustNew(t), staff("/x"), ActForm{Title: "X", Form: form})
	for n := range elements(root, "textarea") {
		if got := n.FirstChild.Data; got != typed {
			t.Errorf("textarea = %q, want %q", got, typed)
		}
	}
	for n := range elements(root, "input") {
		if value(n, "name") == "line" && value(n, "value") != `a"b'c<d>&` {
			t.Errorf("input = %q", value(n, "value"))
		}
	}
}
