package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
)

//go:embed templates/*.html
var templateFiles embed.FS

// Pages draws every page. It is safe for use by several requests at once.
type Pages struct {
	templates *template.Template
	assets    assets
}

// New parses the templates and the style sheet. It fails only if one of the
// embedded files is wrong, which a test would have shown.
func New() (*Pages, error) {
	assets, err := loadAssets()
	if err != nil {
		return nil, fmt.Errorf("web: assets: %w", err)
	}
	templates, err := template.New("web").Funcs(functions()).ParseFS(templateFiles, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: templates: %w", err)
	}
	return &Pages{templates: templates, assets: assets}, nil
}

// scene is what a template sees: the frame, and its own page.
type scene struct {
	Frame Frame
	Page  Page
}

// shell is what the layout sees around a body that is already drawn.
type shell struct {
	Frame    Frame
	Title    string
	Problems []Problem
	Body     template.HTML
	Sheet    string
	Icon     string
	Class    string
	Bare     bool
	Wide     bool
	Nav      []Link
}

// Render draws the page into memory, then writes headers, status and body.
// When drawing fails it writes the plain 500 page instead and returns the cause
// for the edge to log.
func (p *Pages) Render(w http.ResponseWriter, frame Frame, page Page) error {
	var out bytes.Buffer
	h := page.head()
	if err := p.draw(&out, frame, page, h); err != nil {
		SecureHeaders(w.Header())
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = w.Write([]byte(plainFailure))
		return err
	}
	SecureHeaders(w.Header(), h.post)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(h.code())
	_, err := w.Write(out.Bytes())
	return err
}

// draw runs the page's own template and then the layout around it.
func (p *Pages) draw(out *bytes.Buffer, frame Frame, page Page, h head) error {
	var body bytes.Buffer
	if err := p.templates.ExecuteTemplate(&body, h.template, scene{frame, page}); err != nil {
		return fmt.Errorf("web: page %s: %w", h.template, err)
	}
	return p.templates.ExecuteTemplate(out, "layout", shell{
		Frame: frame, Title: h.title, Problems: h.problems, Sheet: p.assets.sheet.path, Icon: p.assets.icon.path,
		Class: h.print, Bare: h.bare, Wide: h.wide, Nav: navigation(frame),
		// The body comes out of html/template itself, so it is escaped already.
		Body: template.HTML(body.String()), //nolint:gosec // drawn by html/template two lines above
	})
}

// plainFailure is shown when even drawing a page failed: it depends on nothing.
const plainFailure = `<!doctype html><html lang="es-PE"><meta charset="utf-8"><title>Algo falló - PAU</title>` +
	`<h1>Algo falló y no se pudo mostrar la página</h1><p>Vuelva a intentarlo. Si se repite, llame a la mesa de ayuda.</p></html>`
