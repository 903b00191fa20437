package web

import "time"

// Files is /tickets/{number}/files: each file goes straight to the storage by a
// presigned form, one at a time.
type Files struct {
	Number  string
	Subject string
	Back    string
	Files   []Attachment
	Missing []string // what the flow still waits for: «Falta el anexo de compromiso»
	Upload  *Upload  // nil when nothing may be added
	Naming  *Form    // tells what a file that came by mail is for; nil if there is none
	Error   string   // «El archivo pesa 14 MB y el máximo es 10 MB.»
	Max     string   // «10 MB»
}

func (p Files) head() head {
	h := head{template: "files-page", title: Say("title.files", "number", p.Number)}
	if p.Error != "" {
		h.problems = []Problem{{Field: "file", Text: p.Error}}
	}
	if p.Naming != nil {
		h.problems = append(h.problems, p.Naming.Problems()...)
	}
	if p.Upload != nil {
		h.post = p.Upload.Origin
	}
	return h
}

// Upload is a presigned POST: where to send the file and the fields that sign it.
type Upload struct {
	Action   string
	Origin   string // scheme and host of Action, let through by the page's policy
	Fields   []Hidden
	Field    string   // name under which the purpose is sent
	Purposes []Option // what the file may be for
	Purpose  string   // the one chosen beforehand
}

// Attachment is a file of a case and what is known of it.
type Attachment struct {
	Name    string
	Size    string
	State   Tag    // «Sin revisar»: no scanner has seen it
	Href    string // empty until it may be opened
	Purpose string // «Anexo de compromiso»
	By      string
	At      time.Time
}

// Unscanned is the state of a file without a verdict: it is saved, never opened
// in the page, and the reader is told (F42).
func Unscanned() Tag { return StateTag(Flag, Say("file.unscanned")) }
