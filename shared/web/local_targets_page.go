package web

import "time"

// LocalTargets is /admin/targets: the local targets, when people are warned and
// what is done at the end (R37). Who may not change them reads them.
type LocalTargets struct {
	Since    time.Time // zero: nobody set any
	By       string
	Rows     []LocalTarget
	Warnings string
	Rules    []Datum
	Change   []LocalChange // none: the reader changes nothing
}

func (p LocalTargets) head() head {
	h := head{template: "localtargets", title: Say("title.targets")}
	for _, c := range p.Change {
		h.problems = append(h.problems, c.Form.Problems()...)
	}
	return h
}

// LocalTarget is one line of the targets.
type LocalTarget struct {
	Name     string // «P2 Lentitud…», «P2 en el Nivel 4»
	Response string
	Solution string
}

// LocalChange is one thing that can be changed.
type LocalChange struct {
	ID    string
	Title string
	Form  Form
}
