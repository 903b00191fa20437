package flow

import (
	"slices"
	"strings"

	"mesa/shared/desk"
)

// What is missing is asked once, by one mail: the acknowledgement lists it, or,
// where none goes out with the act, a mail of its own (R104, R110, R119). It is
// answered on the page of its link or by answering the mail.

// askForData mails what is missing, with a link to a short form.
func (s *step) askForData() {
	n := s.missingNotice()
	n.Data["fields"] = fieldLabels(s.t.Missing)
	typed := typedMissing(s.t)
	if len(typed) == 0 { // files are attached in the case, not behind a link
		n.Data["papers"], n.Round = "yes", s.t.DataAt.Round
		return
	}
	switch by := answerable(s.t); {
	case len(by) == 0:
		n.Data["blanks"] = "-" // nothing that a plain mail can bring
	case len(by) < len(s.t.Missing):
		n.Data["blanks"] = fieldLabels(by)
	}
	n.Wait, n.Round = desk.NewWaitID(desk.WaitData, s.t.DataAt.Seq), s.t.DataAt.Round
}

// missingNotice is the mail that asks: the acknowledgement of this act, if there
// is one and it can carry the link.
func (s *step) missingNotice() *desk.Notice {
	for i := range s.notices {
		if s.notices[i].Message == desk.MailReceived && len(typedMissing(s.t)) > 0 {
			s.notices[i].Data = map[string]string{}
			return &s.notices[i]
		}
	}
	s.mail(desk.MailMissingData, s.toRequester(), "fields", "")
	return &s.notices[len(s.notices)-1]
}

// DataLabels names data that were asked for, for a sentence.
func DataLabels(names []string) string { return fieldLabels(names) }

// typedMissing are the missing data that are written; files are attached.
func typedMissing(t desk.Ticket) []string {
	return slices.DeleteFunc(slices.Clone(t.Missing), func(n string) bool { return slices.Contains(accessPapers(), desk.Purpose(n)) })
}

// answerable are the missing data that a plain mail can bring: Anexo 02 has a
// form of its own.
func answerable(t desk.Ticket) []string {
	return slices.DeleteFunc(typedMissing(t), func(n string) bool { return n == Annex02 })
}

// Wanted are the questions that a plain mail of who asked can answer now, as the
// page of the link asks them.
func Wanted(t desk.Ticket) []Field {
	row, ok := RowFor(t, desk.ActProvideData)
	if !ok || t.State.Ended() {
		return nil
	}
	names := answerable(t)
	return slices.DeleteFunc(slices.Clone(row.Fields), func(f Field) bool { return !slices.Contains(names, f.Name) })
}

// byMail says whether the act is what a proved mail says.
func (s *step) byMail() bool {
	return s.a.Channel == desk.ChannelMail && s.a.Actor.Assurance == desk.AssuredDMARC
}

// saidByMail: the mail that data were read from is a message of the case too, so
// that nothing it says is lost, and whoever attends it checks what was read.
func (s *step) saidByMail(given []string) {
	if !s.byMail() {
		return
	}
	delete(s.texts, "mail_id")
	s.emit(desk.CommentAdded{Sender: s.a.Actor.Person, MailID: s.a.Field("mail_id"), Copied: s.copied()})
	s.answered(s.a.Actor.Person)
	s.tellHolder(s.a.Actor.Person, "message", s.a.Field("message"), "read", s.readBack(given))
}

// readBack are the values read, one a line, with the labels of their questions.
func (s *step) readBack(given []string) string {
	var lines []string
	for _, f := range dataFields() {
		if !slices.Contains(given, f.Name) {
			continue
		}
		value := s.a.Field(f.Name)
		for _, o := range f.Options {
			if o.Value == value {
				value = o.Label
			}
		}
		if value == "" && f.Name == "asset" {
			value = "no lo tiene a la vista"
		}
		lines = append(lines, f.Label+": "+value)
	}
	return strings.Join(lines, "\n")
}
