package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/desktest"
)

// renamed is the file of a programme that changed its name.
func renamed(t *testing.T, edit func(map[string]string)) []byte {
	t.Helper()
	content, err := json.Marshal(deskword.PNAEQW())
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]string{}
	if err := json.Unmarshal(content, &fields); err != nil {
		t.Fatal(err)
	}
	edit(fields)
	if content, err = json.Marshal(fields); err != nil {
		t.Fatal(err)
	}
	return content
}

func TestTheProgrammeIsRenamed(t *testing.T) {
	store := desktest.NewStore()
	from := desktest.Tuesday(0, 0).AddDate(0, 0, 7)
	file := renamed(t, func(f map[string]string) { f["programme"] = "Programa de Ejemplo" })
	var out bytes.Buffer
	if err := setInstitution(t.Context(), store, file, from, true, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "programme: «Programa Nacional de Alimentación Escolar Qali Warma» → «Programa de Ejemplo»") {
		t.Errorf("the dry run says %q", out.String())
	}
	if got, _ := store.Institution(t.Context(), from); got != deskword.PNAEQW() {
		t.Errorf("the dry run set %+v", got)
	}
	if err := setInstitution(t.Context(), store, file, from, false, &out); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Time]string{from.Add(-time.Second): deskword.PNAEQW().Programme, from: "Programa de Ejemplo"} {
		if got, _ := store.Institution(t.Context(), at); got.Programme != want {
			t.Errorf("at %v it is %q, want %q", at, got.Programme, want)
		}
	}
	again := renamed(t, func(f map[string]string) { f["programme"] = "Otro" })
	if err := setInstitution(t.Context(), store, again, from, false, &out); err == nil || !strings.Contains(err.Error(), "no se reescribe") {
		t.Errorf("a version was written over: %v", err)
	}
}

func TestABadInstitutionIsRefusedWhole(t *testing.T) {
	tests := map[string]struct {
		edit func(map[string]string)
		want string
	}{
		"a field nobody knows":    {func(f map[string]string) { f["logo"] = "x" }, `unknown field "logo"`},
		"a name left out":         {func(f map[string]string) { delete(f, "programme") }, "programme: escriba un valor"},
		"a version on the side":   {func(f map[string]string) { f["version"] = "02" }, "deskctl procedure publish"},
		"an approval on the side": {func(f map[string]string) { f["approved"] = "Otra" }, "deskctl procedure publish"},
		"two mistakes at once":    {func(f map[string]string) { f["mailbox"], f["desk"] = "mesa", "" }, "desk: escriba un valor\nmailbox: «mesa» no es una dirección"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			store := desktest.NewStore()
			err := setInstitution(t.Context(), store, renamed(t, tt.edit), desktest.Tuesday(9, 0), false, &bytes.Buffer{})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if got, _ := store.Institution(t.Context(), desktest.Tuesday(10, 0)); got != deskword.PNAEQW() {
				t.Errorf("half set: %+v", got)
			}
		})
	}
}

func TestTheDayOfAVersion(t *testing.T) {
	now := desktest.Tuesday(9, 0)
	for day, want := range map[string]string{"": "", "2026-09-16": "", "2026-09-15": "ya empezó", "15/09/2026": "no es una fecha"} {
		_, err := startOf(day, now)
		if (err == nil) != (want == "") || (err != nil && !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", day, err, want)
		}
	}
}
