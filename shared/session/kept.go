package session

import (
	"bytes"
	"compress/flate"
	"io"
	"net/http"
	"net/url"
	"time"
)

// keptLife is how long a form waits for its person to come back.
const keptLife = time.Hour

// maxKept bounds what is unpacked, whatever a cookie claims.
const maxKept = 64 << 10

// kept is a form that was sent after its session had ended.
type kept struct {
	Path string    `json:"p"` // page that shows the form
	Ends time.Time `json:"x"`
	Body []byte    `json:"b"` // deflated form body
}

// Keep puts a form that came too late into a cookie, sealed, so that it
// reappears filled in after signing in; it is never sent by itself. A cookie
// holds about five thousand characters of ordinary text; ok is false for a form
// that does not fit, and the page must then say so.
func (c *Cookies) Keep(w http.ResponseWriter, r *http.Request, path string, form url.Values) (ok bool) {
	packed := pack(form.Encode())
	k := kept{Path: path, Ends: c.Wall().Add(keptLife).UTC(), Body: packed}
	return c.put(r.Context(), w, keptCookie, k, keptLife) == nil
}

// Kept tells which page a kept form belongs to, "" if there is none.
func (c *Cookies) Kept(r *http.Request) string {
	k, ok := c.kept(r)
	if !ok {
		return ""
	}
	return k.Path
}

// TakeKept returns the form kept for this page, once.
func (c *Cookies) TakeKept(w http.ResponseWriter, r *http.Request) url.Values {
	k, ok := c.kept(r)
	if !ok || k.Path != r.URL.Path {
		return nil
	}
	c.drop(w, keptCookie)
	form, err := url.ParseQuery(unpack(k.Body))
	if err != nil {
		return nil
	}
	return form
}

func (c *Cookies) kept(r *http.Request) (kept, bool) {
	var k kept
	ok, err := c.take(r, keptCookie, &k)
	return k, ok && err == nil && c.Wall().Before(k.Ends)
}

// pack never fails: it writes into memory.
func pack(text string) []byte {
	var out bytes.Buffer
	z, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil { // the level is a constant that exists
		return nil
	}
	_, _ = io.WriteString(z, text)
	_ = z.Close()
	return out.Bytes()
}

// unpack reads what pack wrote; a body cut short gives what is there.
func unpack(packed []byte) string {
	text, _ := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxKept))
	return string(text)
}
