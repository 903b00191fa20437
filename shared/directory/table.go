package directory

import (
	"slices"
	"strings"
)

// Kind names one table of the directory; it is also the first column of the
// table's CSV file, which is how a file says what it holds.
type Kind string

// The tables, in the order in which they can be read: a row refers to tables
// before its own.
const (
	Sedes       Kind = "sede"
	Units       Kind = "unit"
	People      Kind = "person"
	Heads       Kind = "head_of"
	Substitutes Kind = "substitute"
	Teams       Kind = "team"
	Systems     Kind = "system"
	SystemUsers Kind = "user_of"
	Rooms       Kind = "room"
	Assets      Kind = "asset_code"
)

// column describes one column of a table once; reading, writing, comparing and
// checking references all follow this description. The error that set returns
// is a Spanish sentence for whoever wrote the file.
type column[R any] struct {
	name string
	key  bool // part of what makes a row the same row in another version
	must bool // an empty cell is refused
	refs Kind // the words of the cell are keys of that table
	get  func(R) string
	set  func(*R, string) error
}

// table describes the rows of one kind and where they stand in Records.
type table[R dated] struct {
	kind    Kind
	columns []column[R]
	rows    func(*Records) *[]R
}

// sheet is a table seen without its record type.
type sheet interface {
	Kind() Kind
	header() []headed
	// read decodes rows of cells, replaces the table's records in into, and
	// reports the cells it cannot read.
	read(into *Records, rows [][]string) []finding
	write(from Records) [][]string
	overlaps(r Records, i, j int) bool
}

// headed is what a column says about itself without its record type.
type headed struct {
	name      string
	key, must bool
	refs      Kind
}

// finding is something wrong with one cell, by the row's place in its table.
type finding struct {
	kind   Kind
	row    int
	column string
	text   string
}

func (t table[R]) Kind() Kind { return t.kind }

func (t table[R]) header() []headed {
	heads := make([]headed, len(t.columns))
	for i, c := range t.columns {
		heads[i] = headed{c.name, c.key, c.must, c.refs}
	}
	return heads
}

func (t table[R]) read(into *Records, rows [][]string) []finding {
	var findings []finding
	records := make([]R, len(rows))
	for i, cells := range rows {
		for j, c := range t.columns {
			if text := c.fill(&records[i], cells[j]); text != "" {
				findings = append(findings, finding{t.kind, i, c.name, text})
			}
		}
	}
	*t.rows(into) = records
	return findings
}

// fill puts a cell into a record, or says what is wrong with it.
func (c column[R]) fill(record *R, cell string) string {
	if cell == "" {
		if c.must {
			return "escriba un valor: esta columna no puede quedar vacía"
		}
		return ""
	}
	if err := c.set(record, cell); err != nil {
		return err.Error()
	}
	return ""
}

func (t table[R]) write(from Records) [][]string {
	records := *t.rows(&from)
	rows := make([][]string, len(records))
	for i, record := range records {
		rows[i] = make([]string, len(t.columns))
		for j, c := range t.columns {
			rows[i][j] = c.get(record)
		}
	}
	return rows
}

// overlaps tells whether two rows of the table hold on a same day.
func (t table[R]) overlaps(r Records, i, j int) bool {
	records := *t.rows(&r)
	return records[i].span().Overlaps(records[j].span())
}

// keyOf joins the cells that identify a row: those flagged as key, with or
// without its dates.
func keyOf(heads []headed, cells []string, withDates bool) string {
	var parts []string
	for i, h := range heads {
		if h.key && (withDates || h.name != "from") && cells[i] != "" {
			parts = append(parts, cells[i])
		}
	}
	return strings.Join(parts, " ")
}

// names are the column names of a sheet.
func names(heads []headed) []string {
	list := make([]string, len(heads))
	for i, h := range heads {
		list[i] = h.name
	}
	return list
}

// sheetOf finds the table of a kind.
func sheetOf(kind Kind) (sheet, bool) {
	all := sheets()
	i := slices.IndexFunc(all, func(s sheet) bool { return s.Kind() == kind })
	if i < 0 {
		return nil, false
	}
	return all[i], true
}

// Kinds lists the tables in the order in which they are written.
func Kinds() []Kind { return kindsOf(sheets()) }

func kindsOf(tables []sheet) []Kind {
	kinds := make([]Kind, len(tables))
	for i, s := range tables {
		kinds[i] = s.Kind()
	}
	return kinds
}
