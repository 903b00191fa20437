package notify

import (
	"strconv"
	"strings"
	"time"

	"mesa/shared/desk"
)

// Pending is one decision that waits for the reader of a digest.
type Pending struct {
	Number    desk.Number
	Subject   string
	Service   string
	Place     string // unit it comes from
	Requester string // name
	As        string // post for which a substitute decides; empty for its holder
	Since     time.Time
}

// maxPending is how many cases a digest lists: as many as the page that it leads
// to takes in one send.
const maxPending = 20

// Digest is «{n} decisiones pendientes» (R27, R66): one mail about all that waits
// for one person, oldest first. It is about no case, so it carries no link or
// digits of any: those of the cases' own mails stay as they are.
func Digest(list []Pending, at time.Time) desk.Mail {
	data := map[string]string{keyCount: strconv.Itoa(len(list)), keyAt: stamp(at), keyClause: "8.1.4"}
	var rows []string
	for i, p := range list {
		if i == 0 {
			data[keySince] = stamp(p.Since)
		}
		if i < maxPending {
			rows = append(rows, string(p.Number)+"\t"+p.detail())
		}
	}
	data[keyPending] = strings.Join(rows, "\n")
	if rest := len(list) - len(rows); rest > 0 {
		data[keyRest] = strconv.Itoa(rest)
	}
	return desk.Mail{Message: desk.MailDecisionsDue, Data: data}
}

// detail is what a person needs to know a case again.
func (p Pending) detail() string {
	detail := ""
	for _, part := range []string{p.Service, p.Place} {
		if part = shorten(oneLine(part), maxName); part != "" && detail != "" {
			detail += ", " + part
		} else if part != "" {
			detail = part
		}
	}
	if subject := shorten(oneLine(p.Subject), desk.MaxSubject); subject != "" {
		detail += ": «" + subject + "»"
	}
	detail += ". Desde el " + p.Since.In(desk.Lima).Format("02/01/2006 15:04") + "."
	if who := shorten(oneLine(p.Requester), maxName); who != "" {
		detail += " Solicita: " + who + "."
	}
	if post := shorten(oneLine(p.As), maxName); post != "" {
		detail += " Usted suple a la/el " + inSentence(post) + "."
	}
	return detail
}

// Pending are the rows of a digest, a case a line: its number, a tab, and what
// it is about.
func (v view) Pending() string {
	var rows []string
	for row := range strings.SplitSeq(v.own(keyPending), "\n") {
		number, detail, _ := strings.Cut(row, "\t")
		rows = append(rows, number+"\t"+unlink(oneLine(shorten(detail, v.limit))))
	}
	return strings.Join(rows, "\n")
}

// Rest is how many cases wait beside those listed.
func (v view) Rest() string { return v.own(keyRest) }

// row is a line of a list.
type row struct{ Head, Text string }

// List and Rows are for the layouts.
func (b block) List() bool { return b.Kind == list }
func (b block) Rows() []row {
	var rows []row
	for line := range strings.SplitSeq(b.Text, "\n") {
		head, text, _ := strings.Cut(line, "\t")
		rows = append(rows, row{head, text})
	}
	return rows
}
