package statemachines

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseUndoesRender(t *testing.T) {
	for _, m := range All() {
		want := Define(m)
		text, err := Render(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Render(got)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(text), string(again)); diff != "" {
			t.Errorf("%s changed on the way through Parse (-before +after)\n%s", m.Name, diff)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"text that is no JSON", `{`, "unexpected EOF"},
		{"a field it does not check", `{"States":{"A":{"Type":"Wait","Seconds":5}}}`, `unknown field "Seconds"`},
		{"a state written twice", `{"States":{"A":{"Type":"Succeed"},"A":{"Type":"Fail"}}}`, "written twice"},
		{"a path field", `{"States":{"A":{"Type":"Task","ResultPath":"$.x"}}}`, `unknown field "ResultPath"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse([]byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Parse error = %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestStatesKeepTheirOrder(t *testing.T) {
	d, err := Parse([]byte(`{"States":{"Zeta":{"Type":"Succeed"},"Alpha":{"Type":"Fail"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if d.States[0].Name != "Zeta" || d.States[1].Name != "Alpha" {
		t.Errorf("states = %s, %s, want Zeta, Alpha", d.States[0].Name, d.States[1].Name)
	}
	if _, ok := d.States.Named("Omega"); ok {
		t.Error("Named found a state that is not there")
	}
}
