package web

import "time"

// Queue is /queue: views as tabs, filters that start folded, rows, a cursor.
type Queue struct {
	Title     string // name of the view
	Views     []Link
	Filters   Form   // a GET form; its fields are the filters
	Filtered  int    // how many filters are on
	Clear     string // address without filters
	Order     string // «prioridad y luego antigüedad»
	Rows      []QueueRow
	Range     string // «1 a 25 de 128»
	Next      string // address of the next rows
	First     string // address of the first rows, when not on them
	Elsewhere *Link  // next view with work, when this one is empty
}

func (p Queue) head() head { return head{template: "queue", title: p.Title, wide: true} }

// QueueRow is one case of the queue.
type QueueRow struct {
	Number   string
	Href     string
	Subject  string
	Priority Tag
	State    Tag
	Level    string // «N1»
	Holder   string // who has it; empty offers Act
	Act      *Act   // «Asignar», «Tomar»
	Person   string // who asks
	Unit     string
	Phone    string
	At       time.Time
	Age      string // «hace 2 h»
	Target   string // «Meta local: 24/11/2026 10:40, faltan 3 h hábiles»
	Late     Tag    // «Venció hace 2 h hábiles»
	Watching string
}

// PhoneContact is /phone-contacts/new: a call, its registration and its exit
// on one page (R30, R63, R64).
type PhoneContact struct {
	Form Form
	Note string
}

func (p PhoneContact) head() head {
	return head{template: "phone", title: Say("title.phone"), problems: p.Form.Problems()}
}

// HeldMails is /mail-quarantine: mails that wait for a person's eyes.
type HeldMails struct {
	Mails []HeldMail
	Next  string // address of the next mails
	First string // address of the first mails, when not on them
}

func (p HeldMails) head() head { return head{template: "heldmails", title: Say("title.held")} }

// HeldMail is one of them.
type HeldMail struct {
	Href    string
	From    string
	Subject string
	Reason  Tag // «Sin verificar», «Sin asunto», «Remitente desconocido», «Virus»
	At      time.Time
}

// HeldMailPage previews one held mail as plain text and offers the three ways
// out, each a form of its own.
type HeldMailPage struct {
	Mail    HeldMail
	Facts   []Datum      // addressee, why it waits, verdicts
	Rules   []Datum      // what each rule that was asked said
	Text    string       // body as text: nothing of the mail is drawn as HTML
	Cut     bool         // the text was cut
	Files   []Attachment // listed, never served
	Kept    bool         // the files would go with it into a case
	Release Form         // turn into a case
	Attach  Form         // join to a case
	Discard Form         // with a reason
}

func (p HeldMailPage) head() head {
	h := head{template: "heldmail", title: Say("title.heldmail")}
	for _, f := range []Form{p.Release, p.Attach, p.Discard} {
		h.problems = append(h.problems, f.Problems()...)
	}
	return h
}

// OriginalMail is a received mail of a case, whole, as plain text.
type OriginalMail struct {
	Back    Link // to the case
	Subject string
	At      time.Time // when it was received
	Facts   []Datum
	Text    string // nothing of the mail is drawn as HTML
	Files   []Attachment
}

func (p OriginalMail) head() head {
	return head{template: "originalmail", title: Say("title.original")}
}
