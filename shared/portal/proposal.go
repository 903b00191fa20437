package portal

import (
	"net/http"
	"slices"
	"strings"

	"mesa/shared/annex"
	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/web"
	"mesa/shared/work"
)

// What was read of an Anexo 02 attached to a mail: shown as what it is, a
// proposal, until a person confirms it (8.8.1, R126).

// propose fills a form with what was read; when classifying, with the service
// that the form asks for too. What becomes of it stays to be chosen.
func (v *visit) propose(a attempt) {
	p := a.view.Facts.Proposal
	if p == nil {
		return
	}
	for _, f := range a.fields {
		for _, name := range f.Names() {
			if value := p.Fields[name]; value != "" {
				a.typed[name] = value
			}
		}
	}
	if service, ok := meetingService(a.view.Catalogue); ok && a.row.Act == desk.ActClassify {
		a.typed["service"] = string(service)
	}
}

// meetingService is the service of the catalogue that follows 8.8 alone.
func meetingService(c directory.Catalogue) (desk.ServiceID, bool) {
	i := slices.IndexFunc(c.Services, func(s directory.Service) bool {
		ways := s.Ways()
		return len(ways) == 1 && ways[0].Flow == desk.Flow88
	})
	if i < 0 {
		return "", false
	}
	return c.Services[i].ID, true
}

// proposalFacts stand above a form that is filled in so: from which file, and
// what could not be read in it.
func proposalFacts(a attempt) []web.Datum {
	p := a.view.Facts.Proposal
	if p == nil || a.row.Act != desk.ActClassify && a.row.Act != desk.ActProvideData {
		return nil
	}
	facts := []web.Datum{{Label: "Anexo 02", Value: "Lo escrito abajo está " + flow.ReadMark + "."}, formFile(a.view, p)}
	if len(p.Unread) > 0 {
		facts = append(facts, web.Datum{Label: "Por completar", Value: strings.Join(p.Unread, "\n")})
	}
	return facts
}

// formFile is the file itself, to compare with.
func formFile(view work.View, p *flow.Proposal) web.Datum {
	shown := web.Datum{Label: "Archivo", Value: p.File}
	for _, f := range work.Files(view.Records) {
		if f.File.Purpose == desk.Annex02 && desk.FileName(f.File.Name) == p.File {
			shown.Href = attachment(view.Ticket, f).Href
		}
	}
	return shown
}

// proposed is what a case says of a form that nobody has confirmed yet.
func proposed(view work.View) []web.Datum {
	p := view.Facts.Proposal
	if p == nil {
		return nil
	}
	datum := web.Datum{Label: "Anexo 02", Value: "Hay datos por confirmar: " + flow.ReadMark, Note: p.File}
	list := []web.Datum{datum}
	for _, f := range flow.OpenFields(desk.Flow88) {
		if f.Kind == flow.Table {
			for _, answer := range tableAnswers(f, p.Fields) {
				list = append(list, web.Datum{Label: answer.Label, Value: answer.Value, Note: "por confirmar"})
			}
		}
	}
	return list
}

// annex02Workbook is the blank form to be filled in with a spreadsheet and
// attached to a mail: one that the desk reads whole (R127), under the version in force.
func (v *visit) annex02Workbook() error {
	form, err := annex.Blank(v.house().Request + " · Versión N° " + v.house().Version)
	if err != nil {
		return err
	}
	web.SecureHeaders(v.w.Header())
	v.w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	v.w.Header().Set("Content-Disposition", `attachment; filename="Anexo-02.xlsx"`)
	if v.r.Method == http.MethodHead {
		return nil
	}
	if _, err := v.w.Write(form); err != nil {
		v.logFailure("blank form not sent", err)
	}
	return nil
}
