package procedure

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"mesa/shared/flow"
	"mesa/shared/norm"
)

var update = flag.Bool("update", false, "write flows.md and matrix.md anew from the rows of shared/flow")

// The two generated documents are what the rows say today: whoever changes a row
// writes them anew with `go test ./infra/procedure -update`.
func TestTheDocumentsAreTheRows(t *testing.T) {
	for name, want := range map[string]string{"flows.md": flowsDocument(), "matrix.md": matrixDocument()} {
		if *update {
			if err := os.WriteFile(name, []byte(want), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(name)
		if err != nil || string(got) != want {
			t.Errorf("%s is not what the rows say (%v): go test ./infra/procedure -update", name, err)
		}
	}
}

const generated = "<!-- Generated from the rows of shared/flow by `go test ./infra/procedure -update`; a test compares. -->\n\n"

// flowsDocument is the table of the procedure, one section a flow.
func flowsDocument() string {
	var out strings.Builder
	out.WriteString("# Procedimiento " + norm.Code + ", versión " + norm.Version + ": los pasos que la mesa de ayuda aplica\n\n" + generated +
		"Cada fila es una regla que se ejecuta: quién puede hacer el paso, desde dónde, qué se exige y a dónde lleva. Lo que no está aquí se rechaza.\n" +
		"`R61` es un enunciado de [requirements.md](requirements.md); `8.1.6`, un numeral de [procedure.txt](../../shared/norm/procedure.txt).\n")
	for _, s := range flow.Sections() {
		fmt.Fprintf(&out, "\n## %s %s\n\n", s.Code, s.Title)
		if s.Note != "" {
			out.WriteString(s.Note + "\n\n")
		}
		out.WriteString("| paso | quién | desde | se exige | lleva a | numeral |\n|---|---|---|---|---|---|\n")
		for _, e := range s.Entries {
			row(&out, e.Label, e.Who, e.From, e.Demands, e.To, e.Clause)
		}
	}
	return out.String()
}

// matrixDocument is role × act × flow: a cell lists where the role may do it.
func matrixDocument() string {
	var out strings.Builder
	out.WriteString("# Quién puede qué, en qué flujo\n\n" + generated +
		"Cada celda dice en qué flujos puede: `7.3` antes de ser ticket, `VIII` en todos. Celda vacía: se rechaza con 403. Las condiciones de cada paso están en [flows.md](flows.md);\n" +
		"quien suple a alguien actúa con su propio nombre, «X por Y» (R27).\n\n| paso |")
	for _, role := range flow.Roles() {
		out.WriteString(" " + flow.RoleName(role) + " |")
	}
	out.WriteString("\n|---|" + strings.Repeat("---|", len(flow.Roles())) + "\n")
	for _, p := range flow.Matrix() {
		cells := []string{strings.Join(p.Labels, "; ")}
		for _, role := range flow.Roles() {
			cells = append(cells, strings.Join(p.Allowed[role], " "))
		}
		row(&out, cells...)
	}
	return out.String()
}

func row(out *strings.Builder, cells ...string) {
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(cell, "|", "\\|")
	}
	out.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

// Whoever writes a pattern by hand should see the document fail: each heading and
// each cell of a known row is there.
func TestTheDocumentsReadAsTheyShould(t *testing.T) {
	for _, want := range []string{"\n## 8.1 Incidentes en sistemas de información\n", "\n## 7.3 Contacto con mesa de ayuda\n",
		"| Generar pase a Nivel 3 | la/el profesional asignada/o | en atención en un nivel; "} {
		if !strings.Contains(flowsDocument(), want) {
			t.Errorf("flows.md lacks %q", want)
		}
	}
	if !strings.Contains(matrixDocument(), "\n| Retirar la solicitud |  |  | VIII |") {
		t.Error("matrix.md does not say who withdraws")
	}
}
