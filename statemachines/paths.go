package statemachines

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Path is one row of the README's table "From input to path": what a machine is started with, what the workflow function answers
// each time it is asked, and the states that the execution then enters.
type Path struct {
	Case    string // what happens to the ticket, in words
	Machine string
	Next    string // the `next` of the start input
	Answers []Answer
	States  []string
}

// Answer is one answer of the workflow function. Exactly one of Next, Fails and Silent is set.
type Answer struct {
	Op     string // open, overdue, stuck: the call that it answers
	Next   string // for open, given later by callback
	Fails  string // an error name
	Silent bool   // open: the token is stored, and nobody decides until the time is over
}

// ReadPaths reads the table from the README. It is the table with the columns case, machine, next, answers, states.
func ReadPaths(readme io.Reader) ([]Path, error) {
	var paths []Path
	lines := bufio.NewScanner(readme)
	inTable := false
	for lines.Scan() {
		cells := rowCells(lines.Text())
		switch {
		case len(cells) == 5 && cells[0] == "case" && cells[4] == "path of states":
			inTable = true
		case len(cells) != 5:
			inTable = false
		case inTable && !strings.HasPrefix(cells[0], "---"):
			path, err := readPath(cells)
			if err != nil {
				return nil, fmt.Errorf("row %q: %w", cells[0], err)
			}
			paths = append(paths, path)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read paths: %w", err)
	}
	if len(paths) == 0 {
		return nil, errors.New("read paths: no table found")
	}
	return paths, nil
}

func rowCells(line string) []string {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "|") || !strings.HasSuffix(line, "|") || len(line) < 2 {
		return nil
	}
	cells := strings.Split(line[1:len(line)-1], "|")
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(strings.TrimSpace(cell), "`", "")
	}
	return cells
}

func readPath(cells []string) (Path, error) {
	path := Path{Case: cells[0], Machine: cells[1], Next: cells[2], States: strings.Fields(cells[4])}
	if cells[3] == "" {
		return path, nil
	}
	for text := range strings.SplitSeq(cells[3], ";") {
		answer, err := readAnswer(text)
		if err != nil {
			return Path{}, err
		}
		path.Answers = append(path.Answers, answer)
	}
	return path, nil
}

// readAnswer reads "open silent", "overdue AwaitUtHead", "stuck fails desk.NotFound".
func readAnswer(text string) (Answer, error) {
	words := strings.Fields(text)
	switch {
	case len(words) == 2 && words[0] == "open" && words[1] == "silent":
		return Answer{Op: "open", Silent: true}, nil
	case len(words) == 2:
		return Answer{Op: words[0], Next: words[1]}, nil
	case len(words) == 3 && words[1] == "fails":
		return Answer{Op: words[0], Fails: words[2]}, nil
	}
	return Answer{}, fmt.Errorf("cannot read the answer %q", text)
}
