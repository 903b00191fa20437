package signclient_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"mesa/shared/signclient"
)

var errRefused = errors.New("refused")

// refusal lets a server's mistakes be tried again and nothing else.
func refusal(status int, _ http.Header, text string) (bool, error) {
	return status >= 500, fmt.Errorf("%w: %d %s", errRefused, status, text)
}

func config(base string) aws.Config {
	cfg := aws.Config{Region: "sa-east-1", Credentials: credentials.NewStaticCredentialsProvider("id", "secret", "")}
	if base != "" {
		cfg.BaseEndpoint = aws.String(base)
	}
	return cfg
}

func TestAddresses(t *testing.T) {
	tests := []struct {
		name, region, base, want string
	}{
		{"of a region", "sa-east-1", "", "https://bucket.s3.sa-east-1.amazonaws.com"},
		{"of China's partition", "cn-north-1", "", "https://bucket.s3.cn-north-1.amazonaws.com.cn"},
		{"of an emulator, which has no names below its host", "sa-east-1", "http://127.0.0.1:4566/", "http://127.0.0.1:4566/bucket"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg := config(test.base)
			cfg.Region = test.region
			if got := signclient.New(cfg, "s3").Address("bucket.s3", "/bucket"); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

// What fails by chance is sent three times at most, with the same bytes.
func TestSentAgain(t *testing.T) {
	tests := []struct {
		name  string
		first []int // statuses, then 200; 0 breaks the connection off
		sent  int
		ok    bool
	}{
		{"well at once", nil, 1, true},
		{"away twice", []int{503, 500}, 3, true},
		{"away for good", []int{503, 503, 503, 503}, 3, false},
		{"broken off once", []int{0}, 2, true},
		{"refused", []int{403}, 1, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var bodies []string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var body [64]byte
				n, _ := r.Body.Read(body[:])
				bodies = append(bodies, string(body[:n]))
				if len(bodies) > len(test.first) {
					_, _ = w.Write([]byte("answer"))
					return
				}
				if status := test.first[len(bodies)-1]; status > 0 {
					w.WriteHeader(status)
					return
				}
				panic(http.ErrAbortHandler)
			}))
			t.Cleanup(server.Close)
			a, err := signclient.New(config(server.URL), "kms").Send(t.Context(), signclient.Request{Method: http.MethodPost, URL: server.URL, Body: []byte("bytes"), Limit: 3}, refusal)
			if (err == nil) != test.ok || len(bodies) != test.sent {
				t.Fatalf("sent %d times, %v", len(bodies), err)
			}
			if test.ok && (string(a.Data) != "ans" || a.Length != 6) {
				t.Errorf("answer %q of %d bytes, want the first 3 of 6", a.Data, a.Length)
			}
			if err != nil && !errors.Is(err, errRefused) {
				t.Errorf("error %v", err)
			}
			for _, body := range bodies {
				if body != "bytes" {
					t.Errorf("sent %q", body)
				}
			}
		})
	}
}

func TestSendStopsWithItsContext(t *testing.T) {
	sent := 0
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		sent++
		cancel()
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	t.Cleanup(server.Close)
	if _, err := signclient.New(config(server.URL), "kms").Send(ctx, signclient.Request{Method: http.MethodGet, URL: server.URL}, refusal); err == nil || sent != 1 {
		t.Errorf("sent %d times, %v", sent, err)
	}
}

func TestPresignedAddressCarriesItsSignature(t *testing.T) {
	link, err := signclient.New(config(""), "s3").Presign(t.Context(), "https://bucket.s3.sa-east-1.amazonaws.com/key?X-Amz-Expires=60")
	for _, part := range []string{"X-Amz-Expires=60", "X-Amz-Signature=", "%2Fsa-east-1%2Fs3%2Faws4_request", "X-Amz-SignedHeaders=host"} {
		if err != nil || !strings.Contains(link, part) {
			t.Errorf("link %s, %v lacks %s", link, err, part)
		}
	}
}
