package annex

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// readDOCX reads a text document as one sheet: a row for each row of its tables,
// and for each paragraph outside them. Tables within tables follow in place.
func readDOCX(p *pack) []sheet {
	d := &document{}
	walk(p.part("word/document.xml"), d.enter, d.leave, func(s string) {
		if d.inText {
			d.text.WriteString(s)
		}
	})
	return []sheet{d.sheet}
}

// document is a text document being read.
type document struct {
	sheet
	text   strings.Builder // of the cell, or of the paragraph outside tables
	inText bool
	tables []tableState
	legacy string // box of an old form field: how it stands
	hint   int    // depth in a control that still shows its hint
	depth  int
}

// tableState is a table that is open: its row so far, and where the next cell
// begins.
type tableState struct {
	row          []cell
	column, span int
	outer        string // text of the cell that holds it
}

func (d *document) enter(e xml.StartElement) bool {
	d.depth++
	if !d.tableEnter(e) {
		switch e.Name.Local {
		case "t":
			d.inText = d.hint == 0
		case "tab":
			d.text.WriteByte(' ')
		case "br", "cr":
			d.text.WriteByte('\n')
		case "sym":
			d.text.WriteString(symbol(attribute(e, "char")))
		case "checkBox":
			d.legacy = "☐"
		case "default", "checked":
			d.tick(e)
		case "showingPlcHdr":
			d.hint = d.depth - 2 // the control that holds this property
		case "del", "moveFrom", "instrText", "delText", "Fallback":
			d.depth--
			return false
		}
	}
	return !d.full()
}

// tableEnter follows the frames of tables.
func (d *document) tableEnter(e xml.StartElement) bool {
	n := len(d.tables)
	switch e.Name.Local {
	case "tbl":
		d.tables = append(d.tables, tableState{outer: d.text.String()})
		d.text.Reset()
	case "tr":
		if n > 0 {
			d.tables[n-1].row, d.tables[n-1].column = nil, 0
		}
	case "tc":
		if n > 0 {
			d.tables[n-1].span = 1
			d.text.Reset()
		}
	case "gridSpan", "gridBefore":
		if span, err := strconv.Atoi(attribute(e, "val")); err == nil && span > 0 && span <= maxColumns && n > 0 {
			if e.Name.Local == "gridSpan" {
				d.tables[n-1].span = span
			} else {
				d.tables[n-1].column = span
			}
		}
	default:
		return false
	}
	return true
}

// tick keeps how the box of an old form field stands: its default, until it is
// said to be checked or not.
func (d *document) tick(e xml.StartElement) {
	if d.legacy == "" {
		return
	}
	switch attribute(e, "val") {
	case "0", "false":
		d.legacy = "☐"
	default:
		d.legacy = "☒"
	}
}

func (d *document) leave(name string) {
	if d.depth == d.hint {
		d.hint = 0
	}
	d.depth--
	n := len(d.tables)
	switch name {
	case "t":
		d.inText = false
	case "ffData":
		d.text.WriteString(d.legacy)
		d.legacy = ""
	case "p":
		d.text.WriteByte('\n')
		if n == 0 {
			d.line(d.text.String())
			d.text.Reset()
		}
	case "tc":
		if n > 0 {
			t := &d.tables[n-1]
			t.row = addCell(t.row, t.column, d.text.String())
			t.column += t.span
			d.text.Reset()
		}
	case "tr":
		if n > 0 {
			d.add(d.tables[n-1].row)
			d.tables[n-1].row = nil
		}
	case "tbl":
		if n > 0 {
			d.text.Reset()
			d.text.WriteString(d.tables[n-1].outer)
			d.tables = d.tables[:n-1]
		}
	}
}

// line adds the lines of a paragraph outside tables, each as a row.
func (d *document) line(text string) {
	for l := range strings.SplitSeq(text, "\n") {
		d.add(addCell(nil, 0, l))
	}
}

// symbol is a character of the Wingdings fonts that people tick with.
func symbol(char string) string {
	switch strings.ToUpper(char) {
	case "F0FE", "F0FD", "F078", "F0FC", "F0FB", "F052", "F053", "F054":
		return "☒"
	case "F0A8", "F06F", "F071", "F0A3", "F02A":
		return "☐"
	default:
		return " "
	}
}
