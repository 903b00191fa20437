// Package sample is a directory to try the desk with: one headquarters and 27
// territorial units whose people are role names («Jefa/e de la UT Lima»), never
// persons. The tables are CSV files beside this one, in the form that a real
// institution would import; they are loaded by the local run and by tests, and
// never by a function.
package sample

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"

	"mesa/shared/calendar"
	"mesa/shared/directory"
	"mesa/shared/icalendar"
)

//go:embed *.csv days-off.ics
var tables embed.FS

// accountsFile is not a table of the directory: it names who may sign in.
const accountsFile = "accounts.csv"

// Records reads the sample directory. It fails only if a file of this folder
// was broken, and then says where.
func Records() (directory.Records, error) {
	names, err := fs.Glob(tables, "*.csv")
	if err != nil {
		return directory.Records{}, fmt.Errorf("sample: %w", err)
	}
	var files []directory.File
	for _, name := range names {
		if name == accountsFile {
			continue
		}
		content, err := tables.ReadFile(name)
		if err != nil {
			return directory.Records{}, fmt.Errorf("sample: %w", err)
		}
		files = append(files, directory.File{Name: name, Content: bytes.NewReader(content)})
	}
	records, problems := directory.ParseCSV(directory.Records{}, files...)
	if len(problems) > 0 {
		return records, fmt.Errorf("sample: %d problems, the first: %s", len(problems), problems[0])
	}
	return records, nil
}

// DaysOff reads the days off of the sample calendar file.
func DaysOff(r directory.Records) ([]calendar.DayOff, error) {
	content, err := tables.ReadFile("days-off.ics")
	if err != nil {
		return nil, fmt.Errorf("sample: %w", err)
	}
	d := directory.New(r)
	days, faults := icalendar.Read(content, d.SedeNamed)
	add, _, more := d.PlanDays(days)
	if faults = append(faults, more...); len(faults) > 0 {
		return nil, fmt.Errorf("sample: %d faults in days-off.ics, the first: %s", len(faults), faults[0])
	}
	return add, nil
}

// Account is somebody who can sign in to the local desk: one for each role.
type Account struct {
	Role  string
	Email string
	What  string // Spanish, for showing
}

// Accounts lists the test accounts in the order of the procedure's roles.
func Accounts() ([]Account, error) {
	content, err := tables.ReadFile(accountsFile)
	if err != nil {
		return nil, fmt.Errorf("sample: %w", err)
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("sample: %s has no rows: %w", accountsFile, err)
	}
	accounts := make([]Account, 0, len(rows)-1)
	for _, row := range rows[1:] {
		accounts = append(accounts, Account{Role: row[0], Email: row[1], What: row[2]})
	}
	return accounts, nil
}
