package annex

import (
	"encoding/xml"
	"path"
	"slices"
	"strconv"
	"strings"
)

// maxStrings bounds the table of texts that cells share.
const maxStrings = 20_000

// readXLSX reads the sheets of a workbook. A cell is what its file shows last: the
// cached value of a formula, never the formula.
func readXLSX(p *pack) []sheet {
	shared := sharedTexts(p.part("xl/sharedStrings.xml"))
	var sheets []sheet
	for _, name := range sheetNames(p) {
		sheets = append(sheets, worksheet(p.part(name), shared, isFrom1904(p)))
	}
	return sheets
}

// sheetNames are the parts that are sheets, in a fixed order, not too many.
func sheetNames(p *pack) []string {
	var names []string
	for name := range p.files {
		if ok, err := path.Match("xl/worksheets/*.xml", name); ok && err == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names[:min(len(names), maxSheets)]
}

// isFrom1904 tells whether the days of a workbook count from 1904.
func isFrom1904(p *pack) bool {
	found := false
	walk(p.part("xl/workbook.xml"), func(e xml.StartElement) bool {
		if e.Name.Local == "workbookPr" {
			v := attribute(e, "date1904")
			found = v == "1" || v == "true"
		}
		return true
	}, func(string) {}, func(string) {})
	return found
}

// sharedTexts is the table of texts, with the runs of each joined; the readings
// that Asian texts bear (rPh) are left out.
func sharedTexts(part []byte) []string {
	var texts []string
	var text strings.Builder
	inText := false
	walk(part, func(e xml.StartElement) bool {
		switch e.Name.Local {
		case "si":
			text.Reset()
		case "t":
			inText = true
		case "rPh":
			return false
		}
		return len(texts) < maxStrings
	}, func(name string) {
		switch name {
		case "si":
			texts = append(texts, text.String())
		case "t":
			inText = false
		}
	}, func(s string) {
		if inText {
			text.WriteString(s)
		}
	})
	return texts
}

// grid reads one worksheet.
type grid struct {
	sheet
	shared  []string
	from04  bool
	row     []cell
	column  int
	kind    string
	text    strings.Builder
	inValue bool
}

func worksheet(part []byte, shared []string, from1904 bool) sheet {
	g := &grid{shared: shared, from04: from1904}
	walk(part, g.enter, g.leave, func(s string) {
		if g.inValue {
			g.text.WriteString(s)
		}
	})
	return g.sheet
}

func (g *grid) enter(e xml.StartElement) bool {
	switch e.Name.Local {
	case "row":
		g.row, g.column = nil, -1
	case "c":
		g.kind, g.column = attribute(e, "t"), columnOf(attribute(e, "r"), g.column+1)
		g.text.Reset()
	case "v", "t":
		g.inValue = true
	case "f", "rPh":
		return false
	}
	return !g.full()
}

func (g *grid) leave(name string) {
	switch name {
	case "v", "t":
		g.inValue = false
	case "c":
		g.row = addCell(g.row, g.column, g.shown())
	case "row":
		slices.SortStableFunc(g.row, func(a, b cell) int { return a.column - b.column })
		g.add(g.row)
		g.row = nil
	}
}

// shown is the text of a cell by its type. Numbers lose the exponent that a
// telephone is stored with; a box that is ticked is a mark; errors are nothing.
func (g *grid) shown() string {
	text := g.text.String()
	switch g.kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && i >= 0 && i < len(g.shared) {
			return g.shared[i]
		}
		return ""
	case "b":
		return map[string]string{"1": "☒", "0": "☐"}[strings.TrimSpace(text)]
	case "e":
		return ""
	case "", "n":
		return g.shownNumber(strings.TrimSpace(text))
	default:
		return text
	}
}

// days1904 is how much later the days of an old Macintosh workbook begin.
const days1904 = 1462

func (g *grid) shownNumber(text string) string {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	if g.from04 && n >= firstSerial-days1904 && n <= lastSerial {
		n += days1904
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// columnOf is the column of a cell's address, A first; one without an address
// stands after the one before.
func columnOf(address string, next int) int {
	column := 0
	for i := 0; i < len(address) && i < 4; i++ {
		c := address[i]
		if c < 'A' || c > 'Z' {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	if column == 0 {
		return next
	}
	return column - 1
}
