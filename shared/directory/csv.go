package directory

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// File is one CSV file to read: a table of the directory in UTF-8, with commas
// or semicolons. Its first row names the columns, and the first of these names
// the table (see Kind).
type File struct {
	Name    string
	Content io.Reader
}

// Problem is one thing wrong with an import, where a spreadsheet shows it. Line
// and Column count from 1; 0 means that no single cell is at fault.
type Problem struct {
	File   string
	Line   int
	Column int
	Name   string // of the column
	Text   string // Spanish sentence
}

// String is the problem as one Spanish line.
func (p Problem) String() string {
	place := p.File
	if p.Line > 0 {
		place += fmt.Sprintf(", línea %d", p.Line)
	}
	if p.Line > 0 && p.Column > 0 {
		place += fmt.Sprintf(", columna %d (%s)", p.Column, p.Name)
	}
	return place + ": " + p.Text
}

// ParseCSV reads files over a directory. Each file replaces the whole table it
// names; the other tables stay as they were. Every problem of every file is
// reported at once, and with any problem nothing is taken: the base is returned
// unchanged. The result satisfies Check.
func ParseCSV(base Records, files ...File) (Records, []Problem) {
	next := base
	var problems []Problem
	sources := map[Kind]source{}
	for _, file := range files {
		src, found := readSource(file, sheets())
		if len(found) == 0 {
			found = src.decode(&next)
			if other, twice := sources[src.sheet.Kind()]; twice {
				found = src.at(1, 1, "la misma tabla viene ya en "+other.file)
			}
			sources[src.sheet.Kind()] = src
		}
		problems = append(problems, found...)
	}
	if len(problems) == 0 {
		problems = checked(next, sources)
	}
	if len(problems) > 0 {
		return base, problems
	}
	return next, nil
}

// checked runs Check's rules and says where each finding stands in the files.
func checked(r Records, sources map[Kind]source) []Problem {
	var problems []Problem
	for _, f := range check(r) {
		if src, imported := sources[f.kind]; imported {
			problems = append(problems, src.problem(f))
			continue
		}
		problems = append(problems, Problem{File: "tabla " + string(f.kind) + " del directorio", Text: f.inTable(r)})
	}
	return problems
}

// source is a file as cells in the order of its table's columns, with what is
// needed to say where each one stood.
type source struct {
	file   string
	sheet  sheet
	header []string
	rows   [][]string
	lines  []int          // of each row
	places map[string]int // of each column, from 1
}

func (s source) decode(into *Records) []Problem {
	var problems []Problem
	for _, f := range s.sheet.read(into, s.rows) {
		problems = append(problems, s.problem(f))
	}
	return problems
}

// problem says where a finding stands in the file.
func (s source) problem(f finding) Problem {
	p := Problem{File: s.file, Column: s.places[f.column], Name: f.column, Text: f.text}
	if f.row < len(s.lines) {
		p.Line = s.lines[f.row]
	}
	return p
}

// at makes the one problem of a place; column 0 is the whole line.
func (s source) at(line, column int, text string) []Problem {
	p := Problem{File: s.file, Line: line, Column: column, Text: text}
	if column > 0 {
		p.Name = s.header[column-1]
	}
	return []Problem{p}
}

// readSource reads one file, of one of some tables, as far as its cells.
func readSource(file File, tables []sheet) (source, []Problem) {
	src := source{file: file.Name, places: map[string]int{}}
	content, err := io.ReadAll(file.Content)
	if err != nil {
		return src, src.at(0, 0, "no se pudo leer el archivo")
	}
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")) // spreadsheets mark UTF-8 so
	if !utf8.Valid(content) {
		return src, src.at(0, 0, "el archivo no está en UTF-8: guárdelo como «CSV UTF-8»")
	}
	reader := newReader(content)
	if src.header, err = reader.Read(); err != nil {
		return src, src.at(1, 0, "falta la fila con los nombres de las columnas")
	}
	for i := range src.header {
		src.header[i] = strings.TrimSpace(src.header[i])
	}
	kinds := kindsOf(tables)
	i := slices.Index(kinds, Kind(src.header[0]))
	if i < 0 {
		return src, src.at(1, 1, "el nombre de la primera columna dice de qué tabla es; debe ser uno de: "+join(kinds))
	}
	src.sheet = tables[i]
	if problems := src.columns(); len(problems) > 0 {
		return src, problems
	}
	return src, src.readRows(reader)
}

// newReader takes semicolons where the header has them and no commas: that is
// how spreadsheets save where the comma is a decimal sign.
func newReader(content []byte) *csv.Reader {
	reader := csv.NewReader(bytes.NewReader(content))
	reader.FieldsPerRecord = -1
	header, _, _ := bytes.Cut(content, []byte("\n"))
	if bytes.ContainsRune(header, ';') && !bytes.ContainsRune(header, ',') {
		reader.Comma = ';'
	}
	return reader
}

// columns notes where each column of the table stands in the file.
func (s *source) columns() []Problem {
	var problems []Problem
	known := names(s.sheet.header())
	for i, name := range s.header {
		switch {
		case !slices.Contains(known, name):
			problems = append(problems, s.at(1, i+1, "esta tabla no tiene esa columna; tiene: "+join(known))...)
		case s.places[name] > 0:
			problems = append(problems, s.at(1, i+1, "la columna está repetida")...)
		default:
			s.places[name] = i + 1
		}
	}
	for _, h := range s.sheet.header() {
		if h.must && s.places[h.name] == 0 {
			problems = append(problems, s.at(1, 0, "falta la columna «"+h.name+"»")...)
		}
	}
	return problems
}

// readRows reads the rows below the header, each cell into its table's place.
func (s *source) readRows(reader *csv.Reader) []Problem {
	var problems []Problem
	heads := s.sheet.header()
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return problems
		}
		if err != nil {
			return append(problems, s.broken(err)...)
		}
		line, _ := reader.FieldPos(0)
		if len(cells) != len(s.header) {
			problems = append(problems, s.at(line, 0, fmt.Sprintf("la fila tiene %d celdas y la cabecera %d", len(cells), len(s.header)))...)
			continue
		}
		row := make([]string, 0, len(heads))
		for _, h := range heads {
			row = append(row, cellAt(cells, s.places[h.name]))
		}
		s.rows, s.lines = append(s.rows, row), append(s.lines, line)
	}
}

// cellAt is the cell at a place from 1; an absent column is an empty cell.
func cellAt(cells []string, place int) string {
	if place == 0 {
		return ""
	}
	return strings.TrimSpace(cells[place-1])
}

// broken says where quoting went wrong; what follows cannot be read.
func (s *source) broken(err error) []Problem {
	line := 0
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		line = parse.Line
	}
	return s.at(line, 0, "las comillas no están bien puestas: no se pudo leer desde aquí")
}

// FormatCSV writes one table as ParseCSV reads it, for exporting and editing.
func FormatCSV(r Records, kind Kind) ([]byte, error) {
	sheet, known := sheetOf(kind)
	if !known {
		return nil, fmt.Errorf("directory: there is no table %q", kind)
	}
	var out bytes.Buffer
	writer := csv.NewWriter(&out)
	rows := append([][]string{names(sheet.header())}, sheet.write(r)...)
	if err := writer.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("directory: write table %q: %w", kind, err)
	}
	return out.Bytes(), nil
}

func join[S ~string](list []S) string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = string(s)
	}
	return strings.Join(words, ", ")
}
