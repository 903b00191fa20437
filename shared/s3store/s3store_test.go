package s3store_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"mesa/shared/s3store"
)

// service is a bucket on this machine: PUT and GET of objects.
type service struct {
	mu      sync.Mutex
	objects map[string][]byte
	types   map[string]string
	status  int // 0: all is well
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch data, there := s.objects[r.URL.Path]; {
	case s.status != 0:
		w.WriteHeader(s.status)
	case r.Method == http.MethodPut:
		body, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		s.objects[r.URL.Path], s.types[r.URL.Path] = body, r.Header.Get("Content-Type")
	case !there:
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>no</Message></Error>`)
	default:
		_, _ = w.Write(data)
	}
}

func newBucket(t *testing.T) (*s3store.Bucket, *service) {
	t.Helper()
	s := &service{objects: map[string][]byte{}, types: map[string]string{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	client := s3.New(s3.Options{Region: "us-east-1", BaseEndpoint: aws.String(server.URL), UsePathStyle: true, RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""), RequestChecksumCalculation: aws.RequestChecksumCalculationWhenRequired})
	return s3store.New(client, "files"), s
}

func TestWhatIsWrittenComesBack(t *testing.T) {
	b, service := newBucket(t)
	for key, data := range map[string]string{"inbound/abc": "From: x\r\n\r\nhola", "attachments/01J/acta de reunión.pdf": "%PDF", "empty": ""} {
		if err := b.Write(t.Context(), key, "application/pdf", []byte(data)); err != nil {
			t.Fatalf("write %s: %v", key, err)
		}
		got, err := b.Read(t.Context(), key, 100)
		if err != nil || string(got) != data {
			t.Errorf("read %s: %q, %v, want %q", key, got, err, data)
		}
		if service.types["/files/"+key] != "application/pdf" {
			t.Errorf("%s stands as %q", key, service.types["/files/"+key])
		}
	}
}

func TestReadingFailsInItsOwnWays(t *testing.T) {
	tests := []struct {
		name       string
		key        string
		limit      int64
		status     int
		wantAbsent bool
		wantErr    string
	}{
		{"no such object", "nothing", 10, 0, true, "nothing"},
		{"just as long as allowed", "five", 5, 0, false, ""},
		{"a byte longer than allowed", "five", 4, 0, false, "more than 4 bytes"},
		{"not allowed to read", "five", 5, http.StatusForbidden, false, "read five"},
		{"the service is down", "five", 5, http.StatusInternalServerError, false, "read five"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b, service := newBucket(t)
			service.objects["/files/five"], service.status = []byte("12345"), test.status
			_, err := b.Read(t.Context(), test.key, test.limit)
			if errors.Is(err, s3store.ErrAbsent) != test.wantAbsent {
				t.Errorf("error %v; absent should be %v", err, test.wantAbsent)
			}
			if (err == nil) != (test.wantErr == "") || err != nil && !strings.Contains(err.Error(), test.wantErr) {
				t.Errorf("error %v, want one with %q", err, test.wantErr)
			}
		})
	}
}

func TestWritingThatFailsNamesTheKey(t *testing.T) {
	b, service := newBucket(t)
	service.status = http.StatusForbidden
	if err := b.Write(t.Context(), "inbound/abc", "", nil); err == nil || !strings.Contains(err.Error(), "inbound/abc") {
		t.Errorf("error %v", err)
	}
}

// A downloaded file is saved, never opened in the page: F42.
func TestDownloadSavesAndEndsSoon(t *testing.T) {
	for _, name := range []string{"foto.jpg", "acta de reunión.pdf", `a"b;c.html`, "línea\r\nSet-Cookie: x=1"} {
		t.Run(name, func(t *testing.T) {
			b, _ := newBucket(t)
			address, err := b.Download(t.Context(), "attachments/01J/1", name)
			if err != nil {
				t.Fatal(err)
			}
			u, err := url.Parse(address)
			if err != nil {
				t.Fatal(err)
			}
			q := u.Query()
			disposition := q.Get("response-content-disposition")
			if !strings.HasPrefix(disposition, "attachment; filename") || strings.ContainsAny(disposition, "\r\n") {
				t.Errorf("disposition %q", disposition)
			}
			if q.Get("response-content-type") != "application/octet-stream" || q.Get("X-Amz-Expires") != "300" || q.Get("X-Amz-Signature") == "" {
				t.Errorf("query %v", q)
			}
			if u.Path != "/files/attachments/01J/1" {
				t.Errorf("path %q", u.Path)
			}
		})
	}
}

// The form fixes key and size: who holds it can put one file there, no other.
func TestUploadFormFixesKeyAndSize(t *testing.T) {
	b, _ := newBucket(t)
	before := time.Now()
	form, err := b.Upload(t.Context(), "attachments/01J/1", 10<<20)
	if err != nil {
		t.Fatal(err)
	}
	if form.Fields["key"] != "attachments/01J/1" || !strings.HasPrefix(form.URL, "http://127.0.0.1:") {
		t.Errorf("form %+v", form)
	}
	text, err := base64.StdEncoding.DecodeString(form.Fields["policy"])
	if err != nil {
		t.Fatal(err)
	}
	var policy struct {
		Expiration time.Time
		Conditions []any
	}
	if err := json.Unmarshal(text, &policy); err != nil {
		t.Fatal(err)
	}
	if life := policy.Expiration.Sub(before); life > 16*time.Minute || life < 14*time.Minute {
		t.Errorf("the form lives %v", life)
	}
	for _, want := range []string{`["content-length-range",1,10485760]`, `{"key":"attachments/01J/1"}`, `{"bucket":"files"}`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("policy %s lacks %s", text, want)
		}
	}
}
