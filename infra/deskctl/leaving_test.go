package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	deskword "mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
)

// without is the directory after a person has left.
func without(id deskword.PersonID) func(*directory.Records) {
	return func(r *directory.Records) {
		r.People = slices.DeleteFunc(slices.Clone(r.People), func(p directory.Person) bool { return p.ID == id })
	}
}

// closed is the directory after a person's account was closed.
func closed(id deskword.PersonID) func(*directory.Records) {
	return func(r *directory.Records) {
		r.People = slices.Clone(r.People)
		for i := range r.People {
			r.People[i].Disabled = r.People[i].Disabled || r.People[i].ID == id
		}
	}
}

// dissolved is the directory after a team has ended.
func dissolved(id deskword.TeamID) func(*directory.Records) {
	return func(r *directory.Records) {
		r.Teams = slices.DeleteFunc(slices.Clone(r.Teams), func(t directory.Team) bool { return t.ID == id })
	}
}

func TestPeopleWithOpenCasesDoNotLeave(t *testing.T) {
	b := desktest.NewBench(t)
	open := string(b.Load(assigned(b)).Ticket.Number)
	undecided := string(b.Load(b.Open81()).Ticket.Number)
	before, _, err := b.Store.LoadDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		edit    func(*directory.Records)
		refused string
		told    string
	}{
		"nobody leaves":                                        {func(*directory.Records) {}, "", ""},
		"a person without cases leaves":                        {without("usuaria-ut-piura-2"), "", ""},
		"the assignee stays, and the case is named":            {without("soporte-1"), "Profesional de soporte 1 (soporte-1): tiene asignado el caso " + open, ""},
		"who asked stays, and the case is named":               {without("usuaria-administracion-1"), "(usuaria-administracion-1): solicitó el caso " + open, ""},
		"who must decide stays, and so does the case":          {without("jefa-ut-piura"), "(jefa-ut-piura): debe decidir el caso " + undecided, ""},
		"a team with a case stays":                             {dissolved("soporte"), "equipo «soporte»: tiene el caso " + open, ""},
		"a team without cases may end":                         {dissolved("infraestructura"), "", ""},
		"an account is closed at once, and its cases are told": {closed("soporte-1"), "", "(soporte-1): tiene asignado el caso " + open},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			after := before
			tt.edit(&after)
			var out bytes.Buffer
			err := leavingOf(before, after, b.Time()).check(t.Context(), b.Store, &out)
			if (err == nil) != (tt.refused == "") || (err != nil && !strings.Contains(err.Error(), tt.refused)) {
				t.Errorf("got %v, want %q", err, tt.refused)
			}
			if (out.Len() == 0) != (tt.told == "") || !strings.Contains(out.String(), tt.told) {
				t.Errorf("told %q, want %q", out.String(), tt.told)
			}
		})
	}
	b.Do("soporte-1", deskword.ActClose, b.Tickets()[0], "solution", "Hecho.", "medium", "mail")
	gone := before
	without("soporte-1")(&gone)
	if err := leavingOf(before, gone, b.Time()).check(t.Context(), b.Store, &bytes.Buffer{}); err != nil {
		t.Errorf("after the closing: %v", err)
	}
}
