// Package annex reads Anexo 02, the form by which videoconferences are asked for
// (PRO-044-PNAEQW-UTI-FOR-0002; R139–R149), out of the files that people attach
// to a mail: XLSX, DOCX, and PDF with fields.
//
//	bytes → cells or fields, whatever the format → labels found → values read
//
// Nothing is believed that a file says of itself: neither its name, nor the
// positions of its cells, nor its sizes. Labels are found by their words, with
// accents, case, blanks and line breaks put aside, and their values to the right
// of them, below them or behind them. What is read is a proposal: a person
// confirms or corrects it, and what could not be read is said in so many words.
// A value that could mean two things is not guessed.
//
// Files come from anybody. Read has no clock and no I/O, evaluates no formula,
// follows no reference out of the file, and spends a bounded time and memory on
// it (F28); what it cannot read stays what it was, an attachment.
package annex

import (
	"bytes"
	"time"

	"mesa/shared/desk"
)

// Format is the kind of file that a form came as.
type Format string

// The formats that are read.
const (
	XLSX Format = "xlsx"
	DOCX Format = "docx"
	PDF  Format = "pdf"
)

// Form is an Anexo 02 as it was read.
type Form struct {
	Format Format
	// Fields are the values in the names of the flow's own fields: in_charge,
	// form_date, description, schedule.1.date…, recording, participants.1.who….
	Fields desk.Fields
	// Unread says what was filled in and could not be read, or is left to be
	// filled in: one Spanish sentence each.
	Unread []string
}

// MaxFile is the largest file that is looked into; a filled form has some
// tens of kilobytes.
const MaxFile = 4 << 20

// Read recognises an Anexo 02 and reads it; ok is false if the file is none, or
// nobody can tell. at is when it came: a date without a year is the next such
// day.
func Read(data []byte, at time.Time) (f Form, ok bool) {
	if len(data) > MaxFile {
		return Form{}, false
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readPackage(data, at)
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return readPDF(data, at)
	default:
		return Form{}, false
	}
}

// readPackage reads the two formats that are ZIP files of XML.
func readPackage(data []byte, at time.Time) (Form, bool) {
	p, err := openPack(data)
	if err != nil {
		return Form{}, false
	}
	var sheets []sheet
	format := XLSX
	if p.has("word/document.xml") {
		format = DOCX
		sheets = readDOCX(p)
	} else {
		sheets = readXLSX(p)
	}
	s, ok := formAmong(sheets)
	if !ok {
		return Form{}, false
	}
	f := s.read(at)
	f.Format = format
	return f, true
}
