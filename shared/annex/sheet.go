package annex

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The limits of a sheet: what lies beyond them is no form.
const (
	maxSheets  = 10
	maxRows    = 500 // that hold something
	maxColumns = 128
	maxCells   = 5000
	maxCell    = 4000 // bytes of text
	maxLabel   = 160  // characters within which a label ends
)

// cell is a text and where it stands. Of a table in a text document the column
// counts what the cells before it span.
type cell struct {
	column int
	text   string
	plain  string // how it begins, folded
	at     []int  // where in the text each character of plain began
}

// sheet is a form as rows of cells, whatever file it came in. Cells without text
// are left out; rows are in order, and cells within them.
type sheet struct {
	rows  [][]cell
	cells int
}

// add adds a row that holds something.
func (s *sheet) add(row []cell) {
	if len(row) > 0 && !s.full() {
		s.rows, s.cells = append(s.rows, row), s.cells+len(row)
	}
}

func (s *sheet) full() bool { return len(s.rows) >= maxRows || s.cells >= maxCells }

// addCell puts a text into a row, cut to what a form can hold.
func addCell(row []cell, column int, text string) []cell {
	text = strings.TrimSpace(text)
	if text == "" || column < 0 || column >= maxColumns || len(row) >= maxColumns {
		return row
	}
	if len(text) > maxCell {
		text = text[:maxCell]
		for !utf8.ValidString(text) {
			text = text[:len(text)-1]
		}
	}
	return append(row, newCell(column, text))
}

func newCell(column int, text string) cell {
	plain, at := fold(text, maxLabel)
	return cell{column, text, plain, at}
}

// place is a label that was found: its row, its cell there, and what its cell
// says behind it.
type place struct {
	row, index int
	rest       string
}

// find looks for a label from a row on, before another row.
func (s sheet) find(l label, from, before int) (place, bool) {
	for r := max(from, 0); r < min(before, len(s.rows)); r++ {
		for i, c := range s.rows[r] {
			if rest, ok := l.in(c); ok {
				return place{r, i, rest}, true
			}
		}
	}
	return place{}, false
}

// column is where a label stands.
func (s sheet) column(p place) int { return s.rows[p.row][p.index].column }

// next is the column of the next label in the row of one, a column beyond all
// if it is the last: what belongs to the label stands between.
func (s sheet) next(p place) int {
	for _, c := range s.rows[p.row][p.index+1:] {
		if isLabel(c) {
			return c.column
		}
	}
	return maxColumns
}

// between are the texts of a row that stand from one column on, before another.
func (s sheet) between(row, from, before int) []string {
	var texts []string
	if row < 0 || row >= len(s.rows) {
		return nil
	}
	for _, c := range s.rows[row] {
		if c.column >= from && c.column < before {
			texts = append(texts, c.text)
		}
	}
	return texts
}

// labelled tells whether a label stands in a row.
func (s sheet) labelled(row int) bool {
	return slices.ContainsFunc(s.rows[row], func(c cell) bool { return isLabel(c) })
}

// value is what belongs to a label: what its cell says behind it, else what
// stands to its right, else what stands below it until the next label.
func (s sheet) value(p place, lines int) string {
	if p.rest != "" {
		return p.rest
	}
	from, before := s.column(p), s.next(p)
	if right := s.between(p.row, from+1, before); len(right) > 0 {
		return strings.Join(right, " ")
	}
	var below []string
	for r := p.row + 1; r < len(s.rows) && len(below) < lines && !s.labelled(r); r++ {
		below = append(below, strings.Join(s.between(r, min(from, 1), before), " "))
	}
	return strings.TrimSpace(strings.Join(below, "\n"))
}
