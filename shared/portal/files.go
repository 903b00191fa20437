package portal

import (
	"net/url"
	"slices"
	"strconv"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/upload"
	"mesa/shared/web"
	"mesa/shared/work"
)

// files are the files of the acts the reader sees.
func (v *visit) files(view work.View) []web.Attachment {
	var list []web.Attachment
	for _, f := range work.Files(view.Records) {
		shown := attachment(view.Ticket, f)
		shown.By, shown.At = v.writer(view, f.Record), f.Record.At
		list = append(list, shown)
	}
	return list
}

// attachments are the files of one act.
func attachments(view work.View, rec desk.Record) []web.Attachment {
	var list []web.Attachment
	for n, f := range rec.Files {
		list = append(list, attachment(view.Ticket, work.Filed{Record: rec, Index: n, File: f}))
	}
	return list
}

func attachment(t desk.Ticket, f work.Filed) web.Attachment {
	shown := web.Attachment{Name: desk.FileName(f.File.Name), Size: flow.FileSize(f.File.Bytes), State: web.Unscanned(), Purpose: flow.PurposeLabel(f.File.Purpose)}
	if f.File.Key != "" {
		shown.Href = filesPath(t) + "/" + placeOf(f)
	}
	return shown
}

func filesPath(t desk.Ticket) string { return ticketPath(t.Number) + "/files" }

// file sends the reader to an attachment by a link that lives for minutes. The
// address says which file of which act, never a key of the storage, and the
// browser saves it: nothing that somebody sent opens as a page (F42).
func (v *visit) file() error {
	view, err := v.look()
	if err != nil {
		return err
	}
	seq, _ := strconv.Atoi(v.r.PathValue("seq"))
	n, err := strconv.Atoi(v.r.PathValue("n"))
	i := slices.IndexFunc(view.Records, func(rec desk.Record) bool { return rec.Seq == seq })
	if err != nil || i < 0 || n < 0 || n >= len(view.Records[i].Files) || view.Records[i].Files[n].Key == "" {
		return notFound()
	}
	f := view.Records[i].Files[n]
	address, err := v.Files.Download(v.r.Context(), f.Key, desk.FileName(f.Name))
	if err != nil {
		return err
	}
	return v.leave(address)
}

// showFiles is the step after the words are sent: the files of a case, and the
// form of one more.
func (v *visit) showFiles() error {
	view, err := v.look()
	if err != nil {
		return err
	}
	switch {
	case v.query("sent") != "" && view.Ticket.Requester == v.me():
		v.notice(web.Done, "Su solicitud "+string(view.Ticket.Number)+" quedó registrada. Adjunte aquí lo que falta.")
	case v.query("added") != "":
		v.announceFile(view)
	}
	return v.drawFiles(view, "", nil)
}

// announceFile names the file that this person put there last.
func (v *visit) announceFile(view work.View) {
	for _, rec := range slices.Backward(view.Records) {
		if rec.Act == desk.ActAttach && rec.Actor.Person == v.me() {
			v.notice(web.Done, "Archivo adjuntado: "+rec.Files[0].Name+".")
			return
		}
	}
}

// drawFiles draws the page with a form signed for this person and this case:
// wrong is what was wrong with a file sent, naming with what one is for.
func (v *visit) drawFiles(view work.View, wrong string, naming *desk.Problem) error {
	t := view.Ticket
	page := web.Files{Number: string(t.Number), Subject: subjectOf(t), Back: ticketPath(t.Number), Files: v.files(view), Error: wrong, Max: "10 MB"}
	for _, p := range flow.MissingFiles(t) {
		page.Missing = append(page.Missing, flow.PurposeLabel(p)+": adjúntelo para continuar.")
	}
	if !flow.Offered(view.Offers, desk.ActAttach) {
		return v.show(page)
	}
	page.Naming = v.namingForm(view, naming)
	slot, err := v.Uploads.Slot(v.r.Context(), upload.Wish{Ticket: t.ID, Person: v.me(),
		Back: func(id string) string { return v.BaseURL + filesPath(t) + "/" + id }})
	if err != nil {
		return err
	}
	if page.Upload, err = v.uploadForm(view, slot); err != nil {
		return err
	}
	return v.show(page)
}

// uploadForm is a signed form as the page draws it. What the flow still waits for
// is chosen beforehand, or what the address asks for.
func (v *visit) uploadForm(view work.View, slot upload.Slot) (*web.Upload, error) {
	to, err := url.Parse(slot.URL)
	if err != nil {
		return nil, err
	}
	form := &web.Upload{Action: slot.URL, Origin: to.Scheme + "://" + to.Host, Field: upload.PurposeField, Purpose: v.query("for"), Purposes: purposeOptions(view)}
	for _, f := range slot.Fields {
		form.Fields = append(form.Fields, web.Hidden{Name: f.Name, Value: f.Value})
	}
	if missing := flow.MissingFiles(view.Ticket); form.Purpose == "" && len(missing) > 0 {
		form.Purpose = string(missing[0])
	}
	return form, nil
}

// receiveFile is where the storage sends the browser once it has the file. It is
// a GET that acts, which harms nobody: it can only tell the case of a file that
// this very person sent to it, and telling it twice is telling it once.
func (v *visit) receiveFile() error {
	view, err := v.look()
	if err != nil {
		return err
	}
	_, err = v.Uploads.Confirm(v.r.Context(), view, v.act(desk.ActAttach), v.r.PathValue("upload"))
	p, ok := asProblem(err)
	switch {
	case err == nil:
		return v.leave(filesPath(view.Ticket) + "?added=1")
	case ok && p.Code == desk.Invalid:
		return v.drawFiles(view, p.Fields[0].Text, nil)
	case ok && p.Code == desk.NotFound:
		return v.drawFiles(view, p.Text, nil)
	}
	return err
}

// paseFacts tells who hands a case over which files go with it, and where more
// are attached (R74).
func paseFacts(view work.View) []web.Datum {
	names := ""
	for _, f := range work.PaseFiles(view.Records) {
		if names != "" {
			names += ", "
		}
		names += f.Name
	}
	if names == "" {
		names = "Ninguno todavía"
	}
	return []web.Datum{{Label: "Archivos adjuntos para este pase", Value: names},
		{Label: "Antes de generar el pase", Value: "Adjuntar archivos de actualización", Href: filesPath(view.Ticket) + "?" + query("for", string(desk.PaseFile))}}
}
