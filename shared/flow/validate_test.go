package flow_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

func sampleFields() []flow.Field {
	return []flow.Field{
		{Name: "line", Label: "Línea", Kind: flow.Line, Max: 5, Missing: "Escriba la línea."},
		{Name: "long", Label: "Texto", Kind: flow.Long, Max: 10, Optional: true},
		{Name: "radio", Label: "Opción", Kind: flow.Radio, Options: []flow.Option{{Value: "a", Label: "A"}, {Value: "b", Label: "B"}}, Optional: true},
		{Name: "choice", Label: "Lista", Kind: flow.Choice, Max: 6, Optional: true},
		{Name: "check", Label: "Casilla", Kind: flow.Check, Optional: true},
		{Name: "when", Label: "Cuándo", Kind: flow.DateTime, Optional: true},
		{Name: "person", Label: "Persona", Kind: flow.Person, Max: 4, Optional: true},
		{Name: "hidden", Label: "Oculto", Kind: flow.Hidden, Max: 4, Optional: true},
		{Name: "later", Label: "Después", Kind: flow.Line, Max: 4, Later: true, Missing: "Escriba lo de después."},
	}
}

func TestValidateEachKind(t *testing.T) {
	tests := []struct {
		name, field, value, wantClean, wantProblem string
	}{
		{"trimmed", "line", "  hola ", "hola", ""},
		{"empty", "line", "", "", "Escriba la línea."},
		{"only blanks", "line", " \t\r\n ", "", "Escriba la línea."},
		{"exactly the limit, in characters", "line", "ñandú", "ñandú", ""},
		{"one too many", "line", "ñandúes", "", "Acorte «Línea»: tiene 7 caracteres y el máximo es 5."},
		{"line breaks become spaces", "line", "a\r\nb\tc", "a b c", ""},
		{"a lone carriage return", "line", "a\rb", "", "Quite de «Línea» los caracteres que no se ven."},
		{"a NUL", "line", "a\x00b", "", "Quite de «Línea» los caracteres que no se ven."},
		{"an escape", "line", "\x1b[1m", "", "Quite de «Línea» los caracteres que no se ven."},
		{"a C1 control", "line", "a\u0085b", "", "Quite de «Línea» los caracteres que no se ven."},
		{"a Unicode line separator", "line", "a\u2028b", "", "Quite de «Línea» los caracteres que no se ven."},
		{"broken UTF-8", "line", "a\xffb", "", "Quite de «Línea» los caracteres que no se ven."},
		{"several lines", "long", "a\r\nb\n\tc", "a\nb\n\tc", ""},
		{"too long a text", "long", strings.Repeat("x", 11), "", "Acorte «Texto»: tiene 11 caracteres y el máximo es 10."},
		{"a bell in a text", "long", "a\ab", "", "Quite de «Texto» los caracteres que no se ven."},
		{"an option", "radio", "b", "b", ""},
		{"no option", "radio", "c", "", "Elija en «Opción» una de las opciones de la lista."},
		{"the label of an option", "radio", "A", "", "Elija en «Opción» una de las opciones de la lista."},
		{"options of the world are checked later", "choice", "x", "x", ""},
		{"too long for any option", "choice", "1234567", "", "Acorte «Lista»: tiene 7 caracteres y el máximo es 6."},
		{"marked", "check", "yes", "yes", ""},
		{"marked otherwise", "check", "on", "", "Marque o deje sin marcar «Casilla»."},
		{"a date and hour", "when", "2026-09-15T14:05", "2026-09-15T14:05", ""},
		{"a leap day", "when", "2028-02-29T00:00", "2028-02-29T00:00", ""},
		{"no such day", "when", "2026-02-29T00:00", "", "Escriba «Cuándo» con día y hora, por ejemplo 2026-09-15T14:05."},
		{"no such hour", "when", "2026-09-15T24:00", "", "Escriba «Cuándo» con día y hora, por ejemplo 2026-09-15T14:05."},
		{"a date as people write it", "when", "15/09/2026 14:05", "", "Escriba «Cuándo» con día y hora, por ejemplo 2026-09-15T14:05."},
		{"with a zone", "when", "2026-09-15T14:05Z", "", "Escriba «Cuándo» con día y hora, por ejemplo 2026-09-15T14:05."},
		{"too long a person", "person", "abcde", "", "Acorte «Persona»: tiene 5 caracteres y el máximo es 4."},
		{"too long and hidden", "hidden", "abcde", "", "Acorte «Oculto»: tiene 5 caracteres y el máximo es 4."},
		{"what may come later", "later", "", "", ""},
		{"what came at once is checked", "later", "abcde", "", "Acorte «Después»: tiene 5 caracteres y el máximo es 4."},
		{"an unknown field", "other", "x", "", "Este dato no corresponde a esta acción: quítelo."},
		{"an unknown field left empty", "other", "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.field+"/"+test.name, func(t *testing.T) {
			values := desk.Fields{"line": "ok", test.field: test.value}
			clean, problems := flow.Validate(sampleFields(), values)
			if test.wantProblem == "" {
				if len(problems) != 0 || clean[test.field] != test.wantClean {
					t.Errorf("%q gives %q, %v; want %q", test.value, clean[test.field], problems, test.wantClean)
				}
				return
			}
			want := []desk.FieldProblem{{Field: test.field, Text: test.wantProblem}}
			if diff := cmp.Diff(want, problems); diff != "" {
				t.Errorf("problems of %q (-want +got):\n%s", test.value, diff)
			}
		})
	}
}

func TestValidateTellsEverythingAtOnceInOneOrder(t *testing.T) {
	values := desk.Fields{"zz": "1", "aa": "1", "mm": "1", "long": strings.Repeat("x", 11), "when": "x"}
	want := []string{"line", "long", "when", "aa", "mm", "zz"}
	for range 20 {
		_, problems := flow.Validate(sampleFields(), values)
		var got []string
		for _, p := range problems {
			got = append(got, p.Field)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("fields with problems (-want +got):\n%s", diff)
		}
	}
}

// What Validate lets through is clean, and stays as it is when checked again.
func TestValidatedValuesAreClean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		field := rapid.SampledFrom(sampleFields()).Draw(t, "field")
		value := rapid.String().Draw(t, "value")
		clean, problems := flow.Validate([]flow.Field{field}, desk.Fields{field.Name: value})
		if len(problems) > 0 {
			return
		}
		got := clean[field.Name]
		lines := field.Kind == flow.Long || field.Kind == flow.Hidden // keep them
		if strings.TrimSpace(got) != got || strings.ContainsAny(got, "\x00\r\x1b\u2028") || !lines && strings.ContainsAny(got, "\n\t") {
			t.Fatalf("%q of kind %s passed as %q", value, field.Kind, got)
		}
		again, problems := flow.Validate([]flow.Field{field}, clean)
		if diff := cmp.Diff(clean, again); diff != "" || len(problems) > 0 {
			t.Fatalf("%q is not stable: %v\n%s", got, problems, diff)
		}
	})
}

// Every row's fields survive the same bad inputs: nothing hostile passes.
func TestEveryFieldOfTheTableRefusesHostileInput(t *testing.T) {
	for _, row := range flow.Rows() {
		for _, f := range row.Fields {
			for name, value := range map[string]string{"control": "a\x00b", "broken UTF-8": "\xff", "huge": strings.Repeat("a", 100_001)} {
				if _, problems := flow.Validate([]flow.Field{f}, desk.Fields{f.Name: value}); len(problems) == 0 {
					t.Errorf("%s of %s %s accepts %s input", f.Name, row.Act, row.Clause, name)
				}
			}
		}
	}
}

func TestProblemOfAnActCitesItsRow(t *testing.T) {
	b := held85(t, userHQ)
	_, err := b.try(support, desk.ActClose, "solution", "", "medium", "fax", "other", "x")
	p, ok := errors.AsType[*desk.Problem](err)
	if !ok || p.Code != desk.Invalid || p.Clause != "8.5.4, R107" || len(p.Fields) != 3 {
		t.Errorf("problem %+v, want three fields of 8.5.4", err)
	}
}

func TestParseTimeReadsLima(t *testing.T) {
	got, err := flow.ParseTime("2026-09-15T14:05")
	if err != nil || !got.Equal(tuesday(14, 5)) {
		t.Errorf("ParseTime = %v, %v", got, err)
	}
}
