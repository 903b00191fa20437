package directory

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
)

func TestCompare(t *testing.T) {
	tests := map[string]struct {
		edit func(*Records)
		want []string
	}{
		"nothing changed": {unchanged, nil},
		"a new person": {func(r *Records) { r.People = append(r.People, worker("new", "UT-1")) },
			[]string{"+ person new: name «Nombre de new»; emails «new@qw.gob.pe»; unit «UT-1»"}},
		"a person gone": {func(r *Records) { r.People = r.People[1:] },
			[]string{"- person director"}},
		"cells changed": {func(r *Records) { r.People[6].Phone = "anexo 9"; r.People[6].Disabled = true },
			[]string{"~ person ut1-user: phone «» → «anexo 9»; disabled «» → «sí»"}},
		"a list changed": {func(r *Records) { r.Teams[1].Members = people("support-1", "dev-1") },
			[]string{"~ team soporte: members «support-1» → «support-1 dev-1»"}},
		"a head replaced on a day": {func(r *Records) {
			r.Heads[4].Until = day(time.June, 30)
			r.Heads = append(r.Heads, Head{Unit: "UT-1", Person: "ut1-deputy", Period: Period{From: day(time.July, 1)}})
		}, []string{"~ head_of UT-1: until «» → «2026-06-30»", "+ head_of UT-1 2026-07-01: person «ut1-deputy»"}},
		"the order alone": {func(r *Records) { r.Sedes[0], r.Sedes[1] = r.Sedes[1], r.Sedes[0] }, nil},
		"tables in their order": {func(r *Records) { r.Rooms = nil; r.Sedes[0].Name = "Sede" },
			[]string{"~ sede SC: name «Sede Central» → «Sede»", "- room multiuso"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, c := range Compare(institution(), change(tt.edit)) {
				got = append(got, c.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSummaryCounts(t *testing.T) {
	changes := []Change{{Op: Added}, {Op: Added}, {Op: Removed}, {Op: Changed}}
	if got, want := Summary(changes), "filas nuevas: 2, cambiadas: 1, retiradas: 1"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := Summary(nil), "filas nuevas: 0, cambiadas: 0, retiradas: 0"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEveryTableHasAName(t *testing.T) {
	for _, kind := range append(Kinds(), Services) {
		if TableName(kind) == "" {
			t.Errorf("table %s has no name", kind)
		}
	}
}

func TestEnding(t *testing.T) {
	before := New(institution())
	after := New(change(func(r *Records) {
		r.Teams = r.Teams[1:]
		r.Teams[0].Until = day(time.September, 14)
		r.Teams[1].Until = day(time.September, 15)
	}))
	if diff := cmp.Diff([]desk.TeamID{"mesa-de-ayuda", "soporte"}, Ending(before, after, now)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	closed := New(change(disable("support-1")))
	if !closed.Disabled("support-1", now) || closed.Disabled("dev-1", now) || closed.Disabled("nobody", now) {
		t.Error("who is disabled is not told from who works or never did")
	}
}

func TestLeaving(t *testing.T) {
	tests := map[string]struct {
		edit func(*Records)
		want []desk.PersonID
	}{
		"nobody":                       {unchanged, nil},
		"somebody removed":             {func(r *Records) { r.People = r.People[1:] }, people("director")},
		"somebody disabled":            {disable("support-1"), people("support-1")},
		"somebody whose dates ended":   {func(r *Records) { r.People[6].Until = day(time.September, 14) }, people("ut1-user")},
		"not somebody who stays today": {func(r *Records) { r.People[6].Until = day(time.September, 15) }, nil},
		"not somebody who moves":       {func(r *Records) { r.People[6].Unit = "UT-2" }, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Leaving(New(institution()), New(change(tt.edit)), now)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if got := Leaving(New(change(disable("support-1"))), New(change(func(r *Records) { r.People = nil })), now); len(got) != 17 {
		t.Errorf("%d leave, want the 17 who worked here", len(got))
	}
}
