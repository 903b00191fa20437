package s3store_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mesa/shared/s3store"
)

func TestWhatFailsByChanceIsTriedAgain(t *testing.T) {
	broken, busy := answer{}, answer{http.StatusServiceUnavailable, errorText("SlowDown")}
	denied := answer{http.StatusForbidden, errorText("AccessDenied")}
	tests := []struct {
		name     string
		fail     []answer
		wantSeen int
		wantErr  string
	}{
		{"well at once", nil, 1, ""},
		{"busy once", []answer{busy}, 2, ""},
		{"busy, then broken off", []answer{busy, broken}, 3, ""},
		{"too many requests", []answer{{http.StatusTooManyRequests, ""}}, 2, ""},
		{"bytes came too slowly", []answer{{http.StatusBadRequest, errorText("RequestTimeout")}}, 2, ""},
		{"busy three times", []answer{busy, busy, busy}, 3, "S3 answered 503 SlowDown"},
		{"down without a word", []answer{{500, ""}, {502, "<html>"}, {500, ""}}, 3, "S3 answered 500"},
		{"denied", []answer{denied}, 1, "S3 answered 403 AccessDenied"},
		{"busy, then denied", []answer{busy, denied}, 2, "S3 answered 403 AccessDenied"},
		{"moved", []answer{{http.StatusMovedPermanently, errorText("PermanentRedirect")}}, 1, "S3 answered 301 PermanentRedirect"},
		{"a code that is none", []answer{{http.StatusBadRequest, "<Code>a b</Code>"}}, 1, "S3 answered 400"},
		{"no bucket", []answer{{http.StatusNotFound, errorText("NoSuchBucket")}}, 1, "S3 answered 404 NoSuchBucket"},
	}
	for _, test := range tests {
		t.Run("read: "+test.name, func(t *testing.T) {
			b, service := newBucket(t)
			service.objects["/files/five"], service.fail = []byte("12345"), test.fail
			data, err := b.Read(t.Context(), "five", 5)
			judge(t, err, test.wantErr, "read five: ", service.seen, test.wantSeen)
			if err == nil && string(data) != "12345" {
				t.Errorf("data %q", data)
			}
		})
	}
}

func TestWhatIsNotWrittenByChanceIsWrittenAgain(t *testing.T) {
	busy := answer{http.StatusServiceUnavailable, errorText("SlowDown")}
	tests := []struct {
		name     string
		fail     []answer
		wantSeen int
		wantErr  string
	}{
		{"busy twice", []answer{busy, busy}, 3, ""},
		{"busy three times", []answer{busy, busy, busy}, 3, "S3 answered 503 SlowDown"},
		{"denied", []answer{{http.StatusForbidden, errorText("AccessDenied")}}, 1, "S3 answered 403 AccessDenied"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b, service := newBucket(t)
			service.fail = test.fail
			err := b.Write(t.Context(), "five", "", []byte("12345"))
			judge(t, err, test.wantErr, "write five: ", service.seen, test.wantSeen)
			if err == nil && string(service.objects["/files/five"]) != "12345" {
				t.Errorf("stored %q", service.objects["/files/five"])
			}
		})
	}
}

// judge also sees that no error tells more of S3's text than its code.
func judge(t *testing.T, err error, wantErr, wantKey string, seen, wantSeen int) {
	t.Helper()
	if seen != wantSeen {
		t.Errorf("%d requests, want %d", seen, wantSeen)
	}
	if (err == nil) != (wantErr == "") {
		t.Fatalf("error %v, want %q", err, wantErr)
	}
	if err != nil && err.Error() != wantKey+wantErr {
		t.Errorf("error %q, want %q", err, wantKey+wantErr)
	}
	if errors.Is(err, s3store.ErrAbsent) {
		t.Errorf("%v looks like an absent object", err)
	}
}

func TestAbsentIsItsOwnError(t *testing.T) {
	b, service := newBucket(t)
	_, err := b.Read(t.Context(), "nothing", 10)
	if !errors.Is(err, s3store.ErrAbsent) || err.Error() != "read nothing: no such object" {
		t.Errorf("error %v", err)
	}
	if service.seen != 1 {
		t.Errorf("%d requests: absence was tried again", service.seen)
	}
}

func TestNobodyListeningIsAnError(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	_, err := s3store.Open(config(server.URL), "files").Read(t.Context(), "five", 5)
	if err == nil || errors.Is(err, s3store.ErrAbsent) || strings.Contains(err.Error(), secretKey) {
		t.Errorf("error %v", err)
	}
}

func TestNothingGoesOnAfterItsContext(t *testing.T) {
	t.Run("between attempts", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			cancel()
			w.WriteHeader(http.StatusServiceUnavailable)
		}))
		defer server.Close()
		if _, err := s3store.Open(config(server.URL), "files").Read(ctx, "five", 5); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("waiting for the answer", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
		defer server.Close()
		if _, err := s3store.Open(config(server.URL), "files").Read(ctx, "five", 5); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
	})
}

// An object that is kept compressed comes as it is kept, and within its limit.
func TestStoredBytesAreNotUnpacked(t *testing.T) {
	var accepts string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { accepts = r.Header.Get("Accept-Encoding") }))
	defer server.Close()
	if _, err := s3store.Open(config(server.URL), "files").Read(t.Context(), "x", 5); err != nil || accepts != "identity" {
		t.Errorf("accepts %q, %v", accepts, err)
	}
}
