package directory

import (
	"strings"
	"testing"
)

// The rules are tried cell by cell through ParseCSV; here, that records from
// elsewhere are told apart by key and that periods soften what may stand twice.
func TestCheck(t *testing.T) {
	tests := map[string]struct {
		edit func(*Records)
		want string // empty: nothing to say
	}{
		"a sound institution":      {unchanged, ""},
		"an empty one":             {func(r *Records) { *r = Records{} }, ""},
		"names the row by its key": {func(r *Records) { r.Rooms[0].Sede = "NONE" }, "tabla room, fila «multiuso», columna sede: «NONE» no existe en la tabla sede"},
		"names the row by its key and its date": {func(r *Records) { r.Heads[0].Person, r.Heads[0].From = "nobody", day(3, 1) },
			"tabla head_of, fila «DE 2026-03-01», columna person: «nobody» no existe en la tabla person"},
		"one head after another": {func(r *Records) {
			r.Heads[4].Until = day(6, 30)
			r.Heads = append(r.Heads, Head{Unit: "UT-1", Person: "ut1-deputy", Period: Period{From: day(7, 1)}})
		}, ""},
		"two heads on one day": {func(r *Records) {
			r.Heads[4].Until = day(7, 1)
			r.Heads = append(r.Heads, Head{Unit: "UT-1", Person: "ut1-deputy", Period: Period{From: day(7, 1)}})
		}, "fila «UT-1 2026-07-01», columna head_of: «UT-1» está dos veces"},
		"a unit renamed": {func(r *Records) {
			r.Units[1].Until = day(6, 30)
			renamed := r.Units[1]
			renamed.Name, renamed.Period = "Oficina de TI", Period{From: day(7, 1)}
			r.Units = append(r.Units, renamed)
		}, ""},
		"one address in two versions of one person": {func(r *Records) {
			r.People[6].Until = day(6, 30)
			again := r.People[6]
			again.Period = Period{From: day(7, 1)}
			r.People = append(r.People, again)
		}, ""},
		"an address that passes to a successor": {func(r *Records) {
			r.People[6].Emails, r.People[6].Until = append(r.People[6].Emails, "jefatura.ut-1@qw.gob.pe"), day(6, 30)
			r.People = append(r.People, Person{ID: "came", Name: "Vino", Emails: []string{"Jefatura.UT-1@qw.gob.pe"}, Unit: "UT-1", Period: Period{From: day(7, 1)}})
		}, ""},
		"an address of two people on one day": {func(r *Records) {
			r.People[6].Emails, r.People[6].Until = append(r.People[6].Emails, "jefatura.ut-1@qw.gob.pe"), day(7, 1)
			r.People = append(r.People, Person{ID: "came", Name: "Vino", Emails: []string{"Jefatura.UT-1@qw.gob.pe"}, Unit: "UT-1", Period: Period{From: day(7, 1)}})
		}, "columna emails: «Jefatura.UT-1@qw.gob.pe» ya es de «ut1-user»"},
		"one domain written in two ways": {func(r *Records) {
			r.People[6].Emails = append(r.People[6].Emails, "ana@ñandú.example")
			r.People[7].Emails = append(r.People[7].Emails, "ana@xn--and-6ma2c.example")
		}, "«ana@xn--and-6ma2c.example» ya es de «ut1-user»"},
		"one level served by one team after another": {func(r *Records) {
			r.Teams[1].Until = day(6, 30)
			again := r.Teams[1]
			again.ID, again.Mailbox, again.Period = "soporte-2", "soporte-2@qw.gob.pe", Period{From: day(7, 1)}
			r.Teams = append(r.Teams, again)
		}, ""},
		"two substitutes of one person": {stand(vacation("ut1-deputy", "ut1-head"), vacation("ut1-helper", "ut1-head")), ""},
		"a unit that is its own parent": {func(r *Records) { r.Units[0].Parent = "DE" }, "fila «DE», columna parent: la unidad depende de sí misma"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := strings.Join(Check(change(tt.edit)), "\n")
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}
