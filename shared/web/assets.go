package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"regexp"
	"strings"
	"sync"
)

//go:embed assets/*
var assetFiles embed.FS

// asset is a file served under a name that changes with its content, so that a
// browser may keep it for ever. What travels is made when first asked for: a
// cold start that serves a page should not wait for it.
type asset struct {
	path    string
	kind    string
	body    func() []byte
	smaller func() []byte // gzip
}

type assets struct{ sheet, icon asset }

// AssetsPath is where Assets must be mounted; the pages point there.
const AssetsPath = "/assets/"

func loadAssets() (assets, error) {
	css, err := assetFiles.ReadFile("assets/desk.css")
	if err != nil {
		return assets{}, err
	}
	svg, err := assetFiles.ReadFile("assets/icon.svg")
	if err != nil {
		return assets{}, err
	}
	return assets{
		sheet: newAsset("desk-*.css", "text/css; charset=utf-8", css, minify),
		icon:  newAsset("icon-*.svg", "image/svg+xml", svg, bytes.TrimSpace),
	}, nil
}

// newAsset names the file by a digest of its source.
func newAsset(name, kind string, source []byte, finish func([]byte) []byte) asset {
	sum := sha256.Sum256(source)
	body := sync.OnceValue(func() []byte { return finish(source) })
	return asset{path: AssetsPath + strings.Replace(name, "*", hex.EncodeToString(sum[:5]), 1), kind: kind, body: body,
		smaller: sync.OnceValue(func() []byte { return compress(body()) })}
}

// minify drops the comments and the indentation of the style sheet, which are
// there for its readers; strings in it hold neither.
func minify(css []byte) []byte {
	css = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAll(css, nil)
	css = regexp.MustCompile(`\s+`).ReplaceAll(css, []byte(" "))
	css = regexp.MustCompile(` ?([{};,]) ?`).ReplaceAll(css, []byte("$1"))
	return bytes.TrimSpace(bytes.ReplaceAll(css, []byte(";}"), []byte("}")))
}

// compress never fails: it writes into memory.
func compress(body []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(body)
	_ = z.Close()
	return out.Bytes()
}

// Assets serves the style sheet and the icon. They hold nothing secret, so they
// may travel compressed; pages, which carry tokens beside what people typed, do not.
func (p *Pages) Assets() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, a := range []asset{p.assets.sheet, p.assets.icon} {
			if r.URL.Path == a.path {
				a.serve(w, r)
				return
			}
		}
		SecureHeaders(w.Header())
		http.NotFound(w, r)
	})
}

func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	SecureHeaders(h)
	h.Set("Content-Type", a.kind)
	h.Set("Vary", "Accept-Encoding")
	body := a.body
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.smaller
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(body())
	}
}
