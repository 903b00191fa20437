package s3store_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"mesa/shared/s3store"
)

const (
	accessKey = "AKIAIOSFODNN7EXAMPLE"
	secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
)

// service is a bucket on this machine: PUT and GET of objects, for those who
// sign as they should.
type service struct {
	mu      sync.Mutex
	objects map[string][]byte // by path, unescaped
	types   map[string]string
	fail    []answer // what the next requests get instead
	seen    int      // requests
	page    int      // keys of a page of the list
	forget  bool     // say that there is more, and not where
}

// answer is a failure: a status with a body, or a connection that breaks.
type answer struct {
	status int // 0: broken
	body   string
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen++
	body, _ := io.ReadAll(r.Body)
	if len(s.fail) > 0 {
		next := s.fail[0]
		s.fail = s.fail[1:]
		next.give(w)
		return
	}
	if wrong := wrongRequest(r, body); wrong != "" {
		answer{http.StatusForbidden, errorText(wrong)}.give(w)
		return
	}
	data, there := s.objects[r.URL.Path]
	switch from := r.Header.Get("X-Amz-Copy-Source"); {
	case r.URL.Query().Get("list-type") == "2":
		s.list(w, r)
	case from != "":
		s.copy(w, r, from)
	case r.Method == http.MethodPut:
		s.objects[r.URL.Path], s.types[r.URL.Path] = body, r.Header.Get("Content-Type")
	case !there:
		answer{http.StatusNotFound, errorText("NoSuchKey")}.give(w)
	default:
		w.Header().Set("ETag", tag(data))
		w.Header().Set("X-Amz-Meta-Purpose", "other")
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		_, _ = w.Write(data)
	}
}

// copy is CopyObject with its condition, and a checksum that is none.
func (s *service) copy(w http.ResponseWriter, r *http.Request, from string) {
	source, err := url.PathUnescape(from)
	data, there := s.objects[source]
	switch {
	case err != nil || !there:
		answer{http.StatusNotFound, errorText("NoSuchKey")}.give(w)
	case r.Header.Get("X-Amz-Copy-Source-If-Match") != tag(data):
		answer{http.StatusPreconditionFailed, errorText("PreconditionFailed")}.give(w)
	default:
		s.objects[r.URL.Path] = data
		sum := base64.StdEncoding.EncodeToString(make([]byte, sha256.Size))
		answer{http.StatusOK, "<CopyObjectResult><ChecksumSHA256>" + sum + "</ChecksumSHA256></CopyObjectResult>"}.give(w)
	}
}

func tag(data []byte) string { return fmt.Sprintf("\"%x\"", sha256.Sum256(data)) }

func (a answer) give(w http.ResponseWriter) {
	if a.status == 0 {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, "only this")
		panic(http.ErrAbortHandler) // net/http's way to break a connection off
	}
	w.WriteHeader(a.status)
	_, _ = io.WriteString(w, a.body)
}

func errorText(code string) string {
	return `<?xml version="1.0"?><Error><Code>` + code + `</Code><Message>no</Message><StringToSign>secret part</StringToSign></Error>`
}

// wrongRequest names what S3 would refuse a request for; "" if it is right.
func wrongRequest(r *http.Request, body []byte) string {
	sum, signed := sha256.Sum256(body), r.Header.Get("X-Amz-Content-Sha256")
	if r.URL.Query().Has("X-Amz-Signature") {
		signed = "UNSIGNED-PAYLOAD"
	} else if signed != hex.EncodeToString(sum[:]) {
		return "XAmzContentSHA256Mismatch"
	}
	date, scope, _ := signedParts(r)
	if day, _, _ := strings.Cut(date, "T"); scope != day+"/us-east-1/s3/aws4_request" {
		return "AuthorizationHeaderMalformed"
	}
	if got := signatureIn(r); got == "" || got != signature(r, signed) {
		return "SignatureDoesNotMatch"
	}
	return ""
}

func newBucket(t *testing.T) (*s3store.Bucket, *service) {
	t.Helper()
	s := &service{objects: map[string][]byte{}, types: map[string]string{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s3store.Open(config(server.URL), "files"), s
}

// config signs as AWS's own examples do; an empty endpoint is AWS.
func config(endpoint string) aws.Config {
	cfg := aws.Config{Region: "us-east-1", Credentials: credentials.NewStaticCredentialsProvider(accessKey, secretKey, "")}
	if endpoint != "" {
		cfg.BaseEndpoint = aws.String(endpoint)
	}
	return cfg
}

// hostileKeys are names that one escaping or another gets wrong.
func hostileKeys() []string {
	keys := []string{"inbound/abc", "attachments/01J/acta de reunión.pdf", "a+b", "a~b", "100%", "%41", "a&b=c;d", "¿qué?#1", "a:b@c,d$e!f'g(h)*i", `<"x">|\^{}[]`, "日本語/名前",
		"tab\tline\nend", "double//slash", "ends/", "dots/.../x", "=", "😀"}
	return append(keys, strings.Repeat("long/", 100)+"key")
}
