package desk

import (
	"slices"
	"strings"
	"testing"
)

func TestInstitutionNames(t *testing.T) {
	i := PNAEQW()
	if i.Norm() != "PRO-044" || i.Extension() != "0000" || i.Call() != "llame a la mesa de ayuda: anexo 0000" {
		t.Errorf("got %q, %q, %q", i.Norm(), i.Extension(), i.Call())
	}
	i.Procedure, i.Phone = "DIR7", ""
	if i.Norm() != "DIR7" || i.Extension() != "" || i.Call() != "llame a la mesa de ayuda" {
		t.Errorf("got %q, %q, %q", i.Norm(), i.Extension(), i.Call())
	}
}

func TestInstitutionCheck(t *testing.T) {
	tests := map[string]struct {
		edit func(*Institution)
		want string
	}{
		"the institution of the norm": {func(*Institution) {}, ""},
		"no telephone is fine":        {func(i *Institution) { i.Phone = "" }, ""},
		"a name left out":             {func(i *Institution) { i.Programme = "" }, "programme: escriba un valor"},
		"a line break":                {func(i *Institution) { i.Desk = "Mesa\nBcc: x" }, "desk: quite los espacios"},
		"blanks around":               {func(i *Institution) { i.Mark = " PAU" }, "mark: quite los espacios"},
		"too long":                    {func(i *Institution) { i.Office = strings.Repeat("á", 121) }, "office: pasa de 120"},
		"a mailbox that is none":      {func(i *Institution) { i.Mailbox = "mesa" }, "mailbox: «mesa» no es una dirección"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			i := PNAEQW()
			tt.edit(&i)
			err := i.Check()
			if (err == nil) != (tt.want == "") || (err != nil && !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestInstitutionDifferences(t *testing.T) {
	next := PNAEQW()
	next.Acronym, next.Phone = "PAE", "anexo 130"
	want := []string{"acronym: «PNAEQW» → «PAE»", "phone: «anexo 0000» → «anexo 130»"}
	if got := PNAEQW().Differences(next); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if got := next.Differences(next); len(got) > 0 {
		t.Errorf("nothing changed, got %q", got)
	}
}
