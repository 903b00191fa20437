package lambdaio

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"
)

// Event is an HTTP API request, payload format 2.0, kept in the request's
// context for handlers that need the authorizer's claims.
type Event = events.APIGatewayV2HTTPRequest

// HTTP serves an http.Handler behind an HTTP API. A panicking handler is a
// failed invocation: the gateway answers 500 and the runtime starts anew.
func HTTP(h http.Handler) func(ctx context.Context, in Event) (events.APIGatewayV2HTTPResponse, error) {
	return func(ctx context.Context, in Event) (events.APIGatewayV2HTTPResponse, error) {
		r, err := request(ctx, in)
		if err != nil {
			return events.APIGatewayV2HTTPResponse{StatusCode: http.StatusBadRequest}, nil //nolint:nilerr // the caller's fault, told to the caller
		}
		w := &recorder{header: http.Header{}}
		h.ServeHTTP(w, r)
		return w.response(), nil
	}
}

type eventKey struct{}

// EventOf returns the gateway's event of a request, if it came through HTTP.
func EventOf(ctx context.Context) (Event, bool) {
	e, ok := ctx.Value(eventKey{}).(Event)
	return e, ok
}

func request(ctx context.Context, in Event) (*http.Request, error) {
	body := []byte(in.Body)
	if in.IsBase64Encoded {
		decoded, err := base64.StdEncoding.DecodeString(in.Body)
		if err != nil {
			return nil, fmt.Errorf("decode body: %w", err)
		}
		body = decoded
	}
	target := &url.URL{Path: in.RawPath, RawQuery: in.RawQueryString}
	if unescaped, err := url.PathUnescape(in.RawPath); err == nil {
		target.Path, target.RawPath = unescaped, in.RawPath
	}
	r, err := http.NewRequestWithContext(context.WithValue(ctx, eventKey{}, in), in.RequestContext.HTTP.Method, "/", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.URL = target // never parsed again: «//host/path» is a path, by which the gateway chose this function
	for name, value := range in.Headers {
		r.Header.Set(name, value)
	}
	if len(in.Cookies) > 0 {
		r.Header.Set("Cookie", strings.Join(in.Cookies, "; "))
	}
	r.Host, r.RequestURI, r.RemoteAddr = r.Header.Get("Host"), target.RequestURI(), in.RequestContext.HTTP.SourceIP
	return r, nil
}

// recorder collects an answer.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *recorder) Header() http.Header { return w.header }

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

func (w *recorder) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}

var _ io.Writer = (*recorder)(nil)

// response turns the answer into the gateway's form: cookies apart, other
// repeated headers joined, bytes that are not text in base64.
func (w *recorder) response() events.APIGatewayV2HTTPResponse {
	w.WriteHeader(http.StatusOK)
	out := events.APIGatewayV2HTTPResponse{StatusCode: w.status, Headers: map[string]string{}, Cookies: w.header.Values("Set-Cookie")}
	for name, values := range w.header {
		if name != "Set-Cookie" {
			out.Headers[name] = strings.Join(values, ", ")
		}
	}
	if utf8.Valid(w.body.Bytes()) && w.header.Get("Content-Encoding") == "" {
		out.Body = w.body.String()
		return out
	}
	out.Body, out.IsBase64Encoded = base64.StdEncoding.EncodeToString(w.body.Bytes()), true
	return out
}
