package norm

import (
	"slices"
	"strings"
	"testing"

	"mesa/shared/desk"
)

// Everything a clause says is drawn, under its own anchor, once.
func TestEveryClauseHasItsBlock(t *testing.T) {
	anchors := map[string]string{}
	for _, b := range Blocks() {
		if a := b.Anchor(); a != "" {
			if _, twice := anchors[a]; twice {
				t.Errorf("anchor %s stands twice", a)
			}
			anchors[a] = b.Text
		}
	}
	for _, c := range Clauses() {
		first, _, _ := strings.Cut(c.Text, "\n")
		if anchors[c.Anchor()] != first {
			t.Errorf("%s is drawn as %q", c.Number, anchors[c.Anchor()])
		}
	}
	for _, number := range []string{"I", "IX", "3.7", "4.8", "6.2.2", "7.4", "8.8"} {
		if anchors[AnchorOf(number)] == "" {
			t.Errorf("%s has no block", number)
		}
	}
}

// No sentence of chapters I to IX is lost on the way to the page.
func TestBlocksLoseNothing(t *testing.T) {
	var drawn strings.Builder
	for _, b := range Blocks() {
		drawn.WriteString(b.Number + " " + b.Text + "\n")
		for _, row := range b.Rows {
			drawn.WriteString(strings.Join(row, "\n") + "\n")
		}
	}
	_, body, _ := strings.Cut(Text(), "\n"+firstLine)
	body, _, _ = strings.Cut(body, "\n"+lastLine)
	letters := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for line := range strings.Lines(body) {
		for cell := range strings.SplitSeq(line, "\t") {
			words := strings.Fields(strings.Trim(strings.TrimSpace(cell), "-: "))
			if len(words) < 3 || strings.TrimSpace(cell) == signature {
				continue
			}
			if want := strings.Join(words[1:], " "); !strings.Contains(letters(drawn.String()), want) {
				t.Errorf("not drawn: %q", want)
			}
		}
	}
}

func TestTablesAreWhole(t *testing.T) {
	rows := map[string]int{}
	for _, b := range Blocks() {
		for _, row := range b.Rows {
			if len(row) != len(b.Rows[0]) {
				t.Errorf("table of %s: row %q is of another width", b.Number, row)
			}
		}
		if b.Kind == Table {
			rows[b.Number] += len(b.Rows)
		}
	}
	for number, want := range map[string]int{"V": 7, "7.4": 4, "7.6": 34} {
		if rows[number] != want {
			t.Errorf("table of %s has %d rows, want %d", number, rows[number], want)
		}
	}
	kinds := []BlockKind{}
	for _, b := range Blocks() {
		if !slices.Contains(kinds, b.Kind) {
			kinds = append(kinds, b.Kind)
		}
	}
	if len(kinds) != 6 {
		t.Errorf("only %v occur", kinds)
	}
}

// What the desk calls itself by default is what the norm calls it.
func TestTheInstitutionByDefaultIsTheNorms(t *testing.T) {
	i := desk.PNAEQW()
	if i.Procedure != Code || i.Version != Version {
		t.Errorf("%s version %s, the text is %s version %s", i.Procedure, i.Version, Code, Version)
	}
	for _, said := range []string{i.Programme, i.Acronym, i.Office, i.Ministry, i.ViceMinistry, i.Platform, i.Mark, i.OfficeShort, i.Register, i.Mailbox} {
		if !strings.Contains(Text(), said) {
			t.Errorf("the norm does not say %q", said)
		}
	}
}
