package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desktest"
	"mesa/shared/directory"
)

func TestACatalogueVersionNeverChangesThePast(t *testing.T) {
	const head = "service,type,name,operations,flow,kind,replaces\n"
	published := directory.Catalogues{{Version: "02", Effective: calendar.Date{Year: 2026, Month: time.September, Day: 1},
		Services: []directory.Service{{ID: "vpn", Type: "Interconexión", Name: "VPN", Operations: []string{"Alta"}}}}}
	tests := map[string]struct {
		version, effective, rows string
		want                     string // of the refusal; empty for a version that is taken
	}{
		"a version for tomorrow":                {"03", "2026-09-16", "a,T,A,Op,8.7,requerimiento,interconnection-vpn\n", ""},
		"a replacement of a later version's":    {"03", "2026-09-16", "a,T,A,Op,8.7,requerimiento,vpn\n", ""},
		"not for today: cases were opened":      {"03", "2026-09-15", "a,T,A,Op,8.7,requerimiento,\n", "2026-09-15 ya empezó"},
		"not for a day that is over":            {"03", "2026-01-01", "a,T,A,Op,8.7,requerimiento,\n", "2026-01-01 ya empezó"},
		"not on something that is no date":      {"03", "16/09/2026", "a,T,A,Op,8.7,requerimiento,\n", "«16/09/2026» no es una fecha"},
		"not under a code that is taken":        {"02", "2026-09-16", "a,T,A,Op,8.7,requerimiento,\n", "la versión «02» ya existe"},
		"not under the norm's own":              {"01", "2026-09-16", "a,T,A,Op,8.7,requerimiento,\n", "la versión «01» ya existe"},
		"not with a bad cell, which is named":   {"03", "2026-09-16", "a,T,A,Op,8.9,requerimiento,\n", "next.csv, línea 2, columna 5 (flow): «8.9» no es un flujo"},
		"not replacing what never was":          {"03", "2026-09-16", "a,T,A,Op,8.7,requerimiento,nothing\n", "«a» dice reemplazar a «nothing»"},
		"not replacing what it still offers":    {"03", "2026-09-16", "a,T,A,Op,8.7,requerimiento,b\nb,T,B,Op,8.7,requerimiento,\n", "«b» sigue en el catálogo"},
		"not without a type, named by its cell": {"03", "2026-09-16", "a,,A,Op,8.7,requerimiento,\n", "línea 2, columna 2 (type)"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			i := catalogueImportCmd{File: mustWrite(t, "next.csv", head+tt.rows), Version: tt.version, Effective: tt.effective}
			got, err := i.read(published, desktest.Tuesday(9, 0))
			if (err == nil) != (tt.want == "") || (err != nil && !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if err == nil && (got.Version != tt.version || got.Effective.String() != tt.effective) {
				t.Errorf("version %q effective %v", got.Version, got.Effective)
			}
		})
	}
}

// A dry run reads table by table: a heading in Spanish, one row a line, a count.
func TestChangesAreReadable(t *testing.T) {
	before := desktest.Records()
	after := before
	after.Rooms = append(after.Rooms[:1:1], directory.Room{ID: "SALA-2", Name: "Sala 2", Sede: "SC", Seats: 8})
	after.Sedes = []directory.Sede{{ID: before.Sedes[0].ID, Name: "Sede"}}
	var out bytes.Buffer
	printChanges(&out, directory.Compare(before, after))
	want := "Sedes (sede)\n  ~ sede " + string(before.Sedes[0].ID) + ": name «Sede Central» → «Sede»\nSalas (room)\n  + room SALA-2: name «Sala 2»; sede «SC»; seats «8»\nfilas nuevas: 1, cambiadas: 1, retiradas: 0\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}
