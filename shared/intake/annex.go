package intake

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"mesa/shared/annex"
	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/mail"
)

// maxForms is how many attachments of one mail are looked into.
const maxForms = 6

// propose reads an Anexo 02 among the attachments (8.8.1, R126): the act carries
// what was read as a proposal, for a person to confirm, and the file gets its
// purpose. at is when the mail came, the same however often it is handled: what is
// read must not change with it. A form that cannot be read is a file like any other; the mail's act
// never fails by it.
func propose(ctx context.Context, msg *mail.Message, at time.Time, act *desk.Act) {
	form, attached, ok := annexAmong(msg, at)
	if !ok {
		return
	}
	text, err := flow.Proposal{File: desk.FileName(attached.Name), Fields: form.Fields, Unread: form.Unread}.Text()
	if err != nil {
		slog.WarnContext(ctx, "annex not kept", "mail", act.Key, "error", err.Error())
		return
	}
	act.Fields[flow.ProposalText] = text
	for i, f := range act.Files {
		if f.SHA256 == attached.SHA256 {
			act.Files[i].Purpose = desk.Annex02
		}
	}
	slog.InfoContext(ctx, "annex read", "mail", act.Key, "format", form.Format, "fields", len(form.Fields), "unread", len(form.Unread))
}

// Annex reads the Anexo 02 attached to a mail that came at a time, as receiving it
// does.
func Annex(msg *mail.Message, at time.Time) (p flow.Proposal, ok bool) {
	form, attached, ok := annexAmong(msg, at)
	return flow.Proposal{File: desk.FileName(attached.Name), Fields: form.Fields, Unread: form.Unread}, ok
}

// annexAmong is the attachment that is an Anexo 02, the fullest if there are
// several.
func annexAmong(msg *mail.Message, at time.Time) (best annex.Form, from mail.Attachment, found bool) {
	looked := 0
	for _, a := range msg.Attachments {
		if !mayBeForm(a) || looked == maxForms {
			continue
		}
		looked++
		if form, ok := annex.Read(a.Content, at); ok && (!found || len(form.Fields) > len(best.Fields)) {
			best, from, found = form, a, true
		}
	}
	return best, from, found
}

// mayBeForm leaves out pictures and what is no form by its size.
func mayBeForm(a mail.Attachment) bool {
	return !strings.HasPrefix(a.ContentType, "image/") && len(a.Content) > 0 && len(a.Content) <= annex.MaxFile
}

// arrived is when the mail came, the same however often it is handled: what is
// read of a form must not change with it.
func (m received) arrived() time.Time {
	if m.At.IsZero() {
		return m.now
	}
	return m.At
}
