package mailbox

import (
	"embed"
	"encoding/json"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"
)

// shown is how many messages the list page and, unless asked, the JSON hold.
const shown = 200

//go:embed pages/*.html
var pages embed.FS

// Handler serves the inbox of one spool folder:
//
//	GET /mailbox[?to=address]       the list
//	GET /mailbox/{id}               one message
//	GET /mailbox/{id}.eml           the message as SES would send it
//	GET /mailbox/{id}/html          its HTML body, sandboxed
//	GET /mailbox.json[?to=][&all=1] the list for tests, newest first
type Handler struct {
	dir   string
	pages *template.Template
	mux   *http.ServeMux
}

// NewHandler returns the handler for a spool folder.
func NewHandler(dir string) *Handler {
	h := &Handler{dir: dir, mux: http.NewServeMux(), pages: template.Must(template.ParseFS(pages, "pages/*.html"))}
	h.mux.HandleFunc("GET /mailbox", h.list)
	h.mux.HandleFunc("GET /mailbox.json", h.listJSON)
	h.mux.HandleFunc("GET /mailbox/{id}", h.one)
	h.mux.HandleFunc("GET /mailbox/{id}/html", h.html)
	return h
}

// ServeHTTP serves the inbox.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mux.ServeHTTP(w, r) }

// messages reads the spool, filtered as the request asks.
func (h *Handler) messages(r *http.Request) ([]Message, error) {
	all, err := ReadSpool(h.dir)
	if err != nil {
		return nil, err
	}
	if to := r.FormValue("to"); to != "" {
		all = slices.DeleteFunc(all, func(m Message) bool { return !m.WentTo(to) })
	}
	if r.FormValue("all") == "" && len(all) > shown {
		all = all[:shown]
	}
	return all, nil
}

func (h *Handler) views(r *http.Request) ([]View, error) {
	messages, err := h.messages(r)
	if err != nil {
		return nil, err
	}
	views := make([]View, 0, len(messages))
	for _, m := range messages {
		v, err := m.Read()
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	return views, nil
}

func (h *Handler) listJSON(w http.ResponseWriter, r *http.Request) {
	views, err := h.views(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false) // people read it too
	_ = encoder.Encode(views)    // the reader may have gone
}

// listPage is what pages/list.html shows.
type listPage struct {
	To       string
	Messages []View
	Everyone []string
	Shown    int
}

func (h *Handler) list(w http.ResponseWriter, r *http.Request) {
	views, err := h.views(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	everyone := map[string]bool{}
	all, _ := ReadSpool(h.dir) // read without error just before
	for _, m := range all {
		for _, recipient := range m.Recipients() {
			everyone[strings.ToLower(bareAddress(recipient))] = true
		}
	}
	page := listPage{To: r.FormValue("to"), Messages: views, Shown: shown}
	for recipient := range everyone {
		page.Everyone = append(page.Everyone, recipient)
	}
	slices.Sort(page.Everyone)
	h.render(w, "list.html", page)
}

func (h *Handler) one(w http.ResponseWriter, r *http.Request) {
	id, source := strings.CutSuffix(r.PathValue("id"), ".eml")
	message, found, err := Find(h.dir, id)
	if err != nil || !found {
		http.Error(w, "No hay tal mensaje. / No such message.", http.StatusNotFound)
		return
	}
	if source {
		h.source(w, message)
		return
	}
	view, err := message.Read()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h.render(w, "message.html", view)
}

func (h *Handler) source(w http.ResponseWriter, message Message) {
	raw, err := message.MIME()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "message/rfc822")
	w.Header().Set("Content-Disposition", `attachment; filename="`+message.ID+`.eml"`)
	_, _ = w.Write(raw) // the reader may have gone
}

// html serves an HTML body that may open its links in new tabs and nothing
// else: no script, no form, no request of its own.
func (h *Handler) html(w http.ResponseWriter, r *http.Request) {
	message, found, err := Find(h.dir, r.PathValue("id"))
	if err != nil || !found {
		http.NotFound(w, r)
		return
	}
	view, err := message.Read()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy",
		"default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox")
	_, _ = io.WriteString(w, `<base target="_blank">`+view.HTML) // the reader may have gone
}

func (h *Handler) render(w http.ResponseWriter, name string, page any) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-src 'self'; base-uri 'none'")
	w.Header().Set("Cache-Control", "no-store")
	if err := h.pages.ExecuteTemplate(w, name, page); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
