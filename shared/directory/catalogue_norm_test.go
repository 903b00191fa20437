package directory

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/norm"
)

// printedRow is one row of the table of 7.6, each cell in the form in which
// misprints and letter case do not count.
type printedRow struct{ kind, name, operations string }

// movedTypes are the two cells of the column TIPO that stand one service off in
// the printed table: R54 reads them as the merged cells they were.
func movedTypes() map[string]string {
	return map[string]string{"SIGO": "Acceso", "OFFICE 365": "Correo electrónico", "Zimbra": "Correo electrónico", "Internet Dedicado y Enlace de Datos": "Internet dedicado"}
}

// printedCatalogue reads the table out of the norm itself (R51–R59).
func printedCatalogue(t *testing.T) []printedRow {
	t.Helper()
	_, section, _ := strings.Cut(norm.Text(), "7.6 Catálogo de servicios")
	section, _, found := strings.Cut(section, "VIII. Descripción del Procedimiento")
	if !found {
		t.Fatal("the norm has no section 7.6 any more")
	}
	var rows []printedRow
	kind := ""
	for line := range strings.SplitSeq(section, "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) != 3 || cells[0] == "TIPO" {
			continue
		}
		if cells[0] != "" {
			kind = cells[0]
		}
		rows = append(rows, printedRow{kind, cells[1], cells[2]})
	}
	shifted := rows[:11] // the first half of the table, above the page break
	for i, row := range shifted {
		if moved, ok := movedTypes()[row.name]; ok {
			shifted[i].kind = moved
		}
	}
	return rows
}

// plain drops what is only typography: letter case, accents, and the way in
// which the norm strings operations together.
func plain(row printedRow) printedRow {
	operations := strings.NewReplacer(" / ", "|", ", ", "|", " , ", "|", " y actualizacion", "|actualizacion", " y actualizaciones", "|actualizaciones", " y backups", "|backups",
		" y configuracion", "|configuracion", "creacion usuario", "creacion de usuario").Replace(Fold(row.operations))
	return printedRow{Fold(row.kind), Fold(row.name), strings.ReplaceAll(operations, " |", "|")}
}

// Type, service and operations of all 33 rows, cell by cell (R51–R60).
func TestFirstIsTheCatalogueOfTheProcedure(t *testing.T) {
	var want, got []printedRow
	for _, row := range printedCatalogue(t) {
		want = append(want, plain(row))
	}
	for _, s := range First().Services {
		got = append(got, plain(printedRow{s.Type, s.Name, strings.Join(s.Operations, "|")}))
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(printedRow{})); diff != "" {
		t.Errorf("the preloaded catalogue is not the table of 7.6 (-norm +ours):\n%s", diff)
	}
	if len(First().Types()) != 8 || len(First().Services) != 33 {
		t.Errorf("%d types and %d services, want 8 and 33", len(First().Types()), len(First().Services))
	}
}

// What people read: Spanish letter case, accents and the misprints set right.
func TestFirstIsSpelledWell(t *testing.T) {
	for id, want := range map[string]string{
		"access-email":           "Acceso / Creación / Baja de Usuarias/os",
		"access-siga":            "Creación de usuario / Baja de Usuarias/os",
		"hardware-biometrics":    "Configuración / Gestión de Garantía / Actualización carga de datos",
		"maintenance-storage":    "Configuración / Formateo / Mantenimiento por tercero / Gestión de Garantía Servicio",
		"apps-antivirus":         "Instalación / Actualización / Seguimiento",
		"meetings":               "Habilitar la multiuso / Video conferencia / Transmisión por Streaming",
		"technical-consultation": "Diagnósticos técnicos de hardware / Diagnóstico de software",
	} {
		for _, s := range First().Services {
			if got := strings.Join(s.Operations, " / "); string(s.ID) == id && got != want {
				t.Errorf("%s: got %q, want %q", id, got, want)
			}
		}
	}
}
