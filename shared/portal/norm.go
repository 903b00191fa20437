package portal

import (
	"io"
	"net/http"
	"strings"

	"mesa/shared/norm"
	"mesa/shared/web"
)

const (
	procedureTextPath = "/procedure/text"
	procedureFilePath = "/procedure.txt"
)

// procedureText is /procedure/text: the norm with an anchor for each numeral (R4).
func (v *visit) procedureText() error {
	page := web.NormText{Download: procedureFilePath, Version: norm.Version}
	var err error
	if page.Since, err = v.laterVersion(); err != nil {
		return err
	}
	for _, b := range norm.Blocks() {
		shown := web.NormBlock{Number: b.Number, Anchor: b.Anchor(), Text: b.Text, Note: b.Kind == norm.Note, Rows: b.Rows}
		switch b.Kind {
		case norm.Section:
			shown.Level = 2
			page.Contents = append(page.Contents, web.Link{Label: b.Number + ". " + b.Text, Href: "#" + b.Anchor()})
		case norm.Part:
			shown.Level = 3
			if strings.HasPrefix(b.Number, "8.") {
				page.Contents = append(page.Contents, web.Link{Label: b.Number + " " + b.Text, Href: "#" + b.Anchor()})
			}
		}
		page.Blocks = append(page.Blocks, shown)
	}
	return v.show(page)
}

// procedureFile is /procedure.txt: the whole text, resolution and blank forms
// included, to keep (R4).
func (v *visit) procedureFile() error {
	web.SecureHeaders(v.w.Header())
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+norm.Code+"-v"+norm.Version+`.txt"`)
	if v.r.Method == http.MethodHead {
		return nil
	}
	if _, err := io.WriteString(v.w, norm.Text()); err != nil {
		v.logFailure("text not sent", err)
	}
	return nil
}
