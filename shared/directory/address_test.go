package directory

import (
	"testing"
	"time"

	"mesa/shared/desk"
)

func TestByEmail(t *testing.T) {
	edit := func(r *Records) {
		r.People[6].Emails = []string{"ut1-user@qw.gob.pe", "Usuaria.Uno@qw.gob.pe"}
		r.People = append(r.People,
			Person{ID: "plus", Emails: []string{"lista+plus@qw.gob.pe"}, Unit: "UT-1"},
			Person{ID: "moved", Emails: []string{"old@qw.gob.pe"}, Unit: "UT-1", Period: Period{Until: day(time.June, 30)}},
			Person{ID: "moved", Emails: []string{"new@qw.gob.pe"}, Unit: "UT-2", Period: Period{From: day(time.July, 1)}},
			Person{ID: "left", Emails: []string{"shared@qw.gob.pe"}, Unit: "UT-1", Period: Period{Until: day(time.June, 30)}},
			Person{ID: "came", Emails: []string{"shared@qw.gob.pe"}, Unit: "UT-1", Period: Period{From: day(time.July, 1)}},
			Person{ID: "closed", Emails: []string{"closed@qw.gob.pe"}, Unit: "UT-1", Disabled: true},
			Person{ID: "silent", Unit: "UT-1"},
			Person{ID: "abroad", Emails: []string{"ana@xn--and-6ma2c.example"}, Unit: "UT-1"})
	}
	tests := map[string]struct {
		address string
		want    desk.PersonID
	}{
		"the first address":           {"ut1-user@qw.gob.pe", "ut1-user"},
		"a second one":                {"usuaria.uno@qw.gob.pe", "ut1-user"},
		"in capitals":                 {"USUARIA.UNO@QW.GOB.PE", "ut1-user"},
		"with a plus suffix":          {"ut1-user+casa@qw.gob.pe", "ut1-user"},
		"recorded with a plus suffix": {"lista@qw.gob.pe", "plus"},
		"the present address":         {"new@qw.gob.pe", "moved"},
		"not a former address":        {"old@qw.gob.pe", ""},
		"who has it now":              {"shared@qw.gob.pe", "came"},
		"not a disabled account":      {"closed@qw.gob.pe", ""},
		"not a like name elsewhere":   {"ut1-user@example.com", ""},
		"of an encoded domain":        {"Ana@ñandú.example", "abroad"},
		"not a subdomain":             {"ut1-user@mail.qw.gob.pe", ""},
		"nobody without address":      {"", ""},
		"not blanks":                  {"  ", ""},
	}
	d := New(change(edit))
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, ok := d.ByEmail(tt.address, now)
			if got.ID != tt.want || ok != (tt.want != "") {
				t.Errorf("got %q, %v; want %q", got.ID, ok, tt.want)
			}
		})
	}
	if got, _ := d.ByEmail("shared@qw.gob.pe", noon(time.June, 1)); got.ID != "left" {
		t.Errorf("in June the address was %q's, want left's", got.ID)
	}
}

func TestMailIsTheFirstAddress(t *testing.T) {
	p := Person{Emails: []string{"una@qw.gob.pe", "otra@qw.gob.pe"}}
	if p.Mail() != "una@qw.gob.pe" || (Person{}).Mail() != "" {
		t.Errorf("got %q and %q", p.Mail(), (Person{}).Mail())
	}
}

func TestOwnDomain(t *testing.T) {
	d := New(change(func(r *Records) {
		r.People[6].Emails = []string{"ut1-user@qw.gob.pe", "ut1.user@correo.example"}
		r.Units[0].Mail = "soporte@xn--and-6ma2c.example"
		r.Teams[0].Mailbox = "equipo@sistemas.example"
	}))
	for domain, want := range map[string]bool{
		"qw.gob.pe": true, "QW.GOB.PE.": true, "sistemas.example": true, "ñandú.example": true, "XN--AND-6MA2C.example": true,
		"correo.example": false, "gob.pe": false, "example.com": false, "": false,
	} {
		if got := d.OwnDomain(domain); got != want {
			t.Errorf("%q: got %v", domain, got)
		}
	}
}

func TestFindPeople(t *testing.T) {
	edit := func(r *Records) {
		r.People = append(r.People, Person{ID: "u-9", Name: "Usuaria/o de Áncash", Area: "Logística", Unit: "UT-1"})
		r.People[6].Disabled = true
	}
	tests := map[string]struct {
		query string
		limit int
		want  int
	}{
		"by a word of the name, without its accent": {"ancash", 10, 1},
		"by several words in any order":             {"ancash usuaria", 10, 1},
		"by the area":                               {"LOGÍSTICA", 10, 1},
		"by the address":                            {"ut2-user@", 10, 1},
		"by the unit":                               {"ut-2", 10, 2},
		"no more than asked for":                    {"nombre", 3, 3},
		"not who does not work here":                {"ut1-user", 10, 0},
		"all words must occur":                      {"ancash tacna", 10, 0},
		"nobody for nothing":                        {"  ", 10, 0},
		"nobody when nobody is asked for":           {"nombre", 0, 0},
	}
	d := New(change(edit))
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := d.FindPeople(tt.query, tt.limit, now); len(got) != tt.want {
				t.Errorf("got %d people, want %d: %v", len(got), tt.want, got)
			}
		})
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Avería":               "averia",
		"DISEÑO y pingüino":    "diseno y pinguino",
		"averi\u0301a":         "averia", // decomposed
		"Configuración Áncash": "configuracion ancash",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
	}
}
