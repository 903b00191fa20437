package front

import (
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
)

// Routes are where a running cloud's parts are.
type Routes struct {
	Emulator *url.URL
	APIHost  string // Host header of the HTTP API
	UserPool string // id of the pool whose discovery document the front serves; may be empty
	Mailbox  http.Handler
	Restart  func(*http.Request) error // restarts the emulator
}

// Front serves the door. Until Open is called it answers that the desk is
// starting, so a browser opened too early need only wait.
type Front struct{ open atomic.Pointer[doors] }

type doors struct {
	routes  Routes
	api     http.Handler
	sign    http.Handler
	control http.Handler
}

// Open starts serving the routes.
func (f *Front) Open(routes Routes) {
	f.open.Store(&doors{
		routes:  routes,
		api:     proxyTo(routes.Emulator, routes.APIHost),
		sign:    proxyTo(routes.Emulator, ""),
		control: controlOf(routes),
	})
}

// ServeHTTP chooses the door.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !isLoopbackName(r.Host) { // another name could be a web page's trick to read the mailbox
		http.Error(w, "Abra http://localhost. / Please open http://localhost.", http.StatusForbidden)
		return
	}
	open := f.open.Load()
	if open == nil {
		starting(w)
		return
	}
	open.choose(r).ServeHTTP(w, r)
}

func (d *doors) choose(r *http.Request) http.Handler {
	path := r.URL.Path
	switch {
	case path == "/mailbox" || path == "/mailbox.json" || strings.HasPrefix(path, "/mailbox/"):
		return d.routes.Mailbox
	case strings.HasPrefix(path, "/_local/"):
		return d.control
	case strings.HasPrefix(path, "/_"): // the emulator's own paths, its reset among them
		return http.NotFoundHandler()
	case d.signsIn(r):
		return d.sign
	default:
		return d.api
	}
}

// signsIn tells whether a request is for Cognito.
func (d *doors) signsIn(r *http.Request) bool {
	path, pool := r.URL.Path, d.routes.UserPool
	if path == "/.well-known/openid-configuration" && pool != "" {
		r.URL.Path = "/" + pool + path // discovery of the stack's own pool
		return true
	}
	return strings.HasPrefix(path, "/oauth2/") ||
		(pool != "" && strings.HasPrefix(path, "/"+pool+"/.well-known/")) ||
		(path == "/login" && r.Method == http.MethodPost) ||
		(path == "/logout" && r.Method == http.MethodGet && r.URL.Query().Has("client_id"))
}

// proxyTo passes requests on, streaming both bodies. An empty host keeps the
// browser's own: Cognito's documents name the address they were asked at.
func proxyTo(emulator *url.URL, host string) http.Handler {
	return &httputil.ReverseProxy{
		FlushInterval: -1,
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(emulator)
			r.SetXForwarded()
			r.Out.Host = r.In.Host
			if host != "" {
				r.Out.Host = host
			}
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { starting(w) },
	}
}

func starting(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "2")
	w.Header().Set("Refresh", "2")
	http.Error(w, "La mesa de ayuda está arrancando; espere unos segundos.\nThe desk is starting; wait a few seconds.", http.StatusServiceUnavailable)
}

func isLoopbackName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	return strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback()
}
