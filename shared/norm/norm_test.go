package norm

import (
	"fmt"
	"strings"
	"testing"
)

func TestClausesAreThoseOfSectionVIII(t *testing.T) {
	want := map[string]int{"8.1": 9, "8.2": 4, "8.3": 3, "8.4": 3, "8.5": 4, "8.6": 5, "8.7": 4, "8.8": 4}
	got := map[string]int{}
	for _, c := range Clauses() {
		got[c.Flow]++
		if c.Number != fmt.Sprintf("%s.%d", c.Flow, got[c.Flow]) {
			t.Errorf("clause %s is out of order", c.Number)
		}
		if c.Anchor() != "numeral-"+strings.ReplaceAll(c.Number, ".", "-") {
			t.Errorf("clause %s has anchor %s", c.Number, c.Anchor())
		}
	}
	for flow, n := range want {
		if got[flow] != n {
			t.Errorf("flow %s has %d clauses, want %d", flow, got[flow], n)
		}
	}
}

func TestClausesKeepTheirContinuation(t *testing.T) {
	texts := map[string]string{}
	for _, c := range Clauses() {
		texts[c.Number] = c.Text
	}
	for number, want := range map[string]string{
		"8.1.4": "aceptando o rechazando la atención",           // a sentence cut by a page break
		"8.3.3": "Remite el caso al Nivel 4 de atención",        // the literals a, b, c
		"8.5.4": "En caso de las Unidades Territoriales",        // an unnumbered paragraph
		"8.6.3": "Equipos testeadores, etc). realiza",           // cut by a footnote
		"8.8.4": "especialista remite la copia de la grabación", // the last clause
	} {
		if !strings.Contains(texts[number], want) {
			t.Errorf("clause %s is %q, want it to say %q", number, texts[number], want)
		}
	}
	if last := texts["8.8.4"]; strings.Contains(last, "Anexo N° 01: Formato") {
		t.Errorf("clause 8.8.4 runs into section IX: %q", last)
	}
}

func TestNobodyWhoSignedIsNamed(t *testing.T) {
	for _, mark := range []string{"Firmado digitalmente", " FAU ", "Doy V° B°"} {
		if strings.Contains(Text(), mark) {
			t.Errorf("the copy still holds a signature: %q", mark)
		}
	}
	if !strings.Contains(Text(), "«[firma digital]»") {
		t.Error("the places of the signatures are not marked")
	}
}
