package portal

import (
	"strconv"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/session"
	"mesa/shared/web"
	"mesa/shared/work"
)

// fileField and purposeField are the questions of the form that tells what a
// file is for.
const (
	fileField    = "file"
	purposeField = "purpose"
)

// unnamed are the files that came by mail and of which nobody said what they are
// for: an Anexo 02 or a form sent by mail counts once somebody says so (R126).
func unnamed(view work.View) []work.Filed {
	var list []work.Filed
	for _, f := range work.Files(view.Records) {
		if f.File.Purpose == "" && f.File.Key != "" {
			list = append(list, f)
		}
	}
	return list
}

// namingForm asks for a file that came by mail and its purpose; nil if there is
// no such file.
func (v *visit) namingForm(view work.View, problem *desk.Problem) *web.Form {
	files := unnamed(view)
	if len(files) == 0 {
		return nil
	}
	which := web.Field{Name: fileField, Kind: web.Select, Label: "Archivo que llegó por correo"}
	for _, f := range files {
		which.Options = append(which.Options, web.Option{Value: placeOf(f), Label: desk.FileName(f.File.Name)})
	}
	purpose := web.Field{Name: purposeField, Kind: web.Select, Label: "Para qué es", Options: purposeOptions(view)}
	if problem != nil {
		which.Value, purpose.Value, purpose.Error = v.typed.Get(fileField), v.typed.Get(purposeField), problem.Fields[0].Text
	}
	return &web.Form{Action: filesPath(view.Ticket), Prefix: "naming-", Fields: []web.Field{which, purpose}, Key: session.Random(), Submit: "Indicar para qué es", Quiet: true}
}

// placeOf names a file by the act that brought it and its place there.
func placeOf(f work.Filed) string { return strconv.Itoa(f.Record.Seq) + "/" + strconv.Itoa(f.Index) }

func purposeOptions(view work.View) []web.Option {
	var options []web.Option
	for _, p := range flow.PurposesFor(view.Ticket, view.Facts.Rights) {
		options = append(options, web.Option{Value: string(p), Label: flow.PurposeLabel(p)})
	}
	return options
}

// nameFile tells what a file that came by mail is for: the act attach with a
// file that the case has already.
func (v *visit) nameFile() error {
	view, err := v.look()
	if err != nil {
		return err
	}
	for _, f := range unnamed(view) {
		if placeOf(f) == v.typed.Get(fileField) {
			return v.nameOne(view, f.File)
		}
	}
	return v.leave(filesPath(view.Ticket)) // named already, perhaps by somebody else
}

func (v *visit) nameOne(view work.View, f desk.Attachment) error {
	act := v.act(desk.ActAttach)
	act.Ticket, act.Key, act.Files = view.Ticket.ID, v.key(), []desk.Attachment{f}
	act.Fields = desk.Fields{purposeField: v.typed.Get(purposeField)}
	_, err := v.Road.Perform(v.r.Context(), act)
	p, ok := asProblem(err)
	switch {
	case err == nil:
		return v.leave(filesPath(view.Ticket) + "?added=1")
	case ok && p.Code == desk.Invalid:
		return v.drawFiles(view, "", p)
	}
	return err
}
