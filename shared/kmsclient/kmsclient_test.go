package kmsclient_test

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"mesa/shared/kmsclient"
)

const key = "arn:aws:kms:sa-east-1:1:key/k"

// service answers as KMS does: what it encrypts names the context it is bound to.
type service struct {
	fail   []int // statuses to answer first, instead
	code   string
	asked  int
	target []string
	signed bool
}

type call struct {
	KeyID             string `json:"KeyId"`
	Plaintext         []byte
	CiphertextBlob    []byte
	EncryptionContext map[string]string
}

type blob struct {
	Key     string
	Context map[string]string
	Turned  []byte
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked++
	s.target = append(s.target, r.Header.Get("X-Amz-Target"))
	s.signed = strings.Contains(r.Header.Get("Authorization"), "/sa-east-1/kms/aws4_request") && r.Header.Get("Content-Type") == "application/x-amz-json-1.1"
	if len(s.fail) > 0 {
		w.WriteHeader(s.fail[0])
		s.fail = s.fail[1:]
		_, _ = io.WriteString(w, `{"__type":"com.amazonaws.kms#`+s.code+`","message":"Temporal-9xQz"}`)
		return
	}
	var in call
	_ = json.NewDecoder(r.Body).Decode(&in)
	if strings.HasSuffix(r.Header.Get("X-Amz-Target"), "Encrypt") {
		sealed, _ := json.Marshal(blob{in.KeyID, in.EncryptionContext, turned(in.Plaintext)})
		_ = json.NewEncoder(w).Encode(call{CiphertextBlob: sealed})
		return
	}
	var b blob
	if json.Unmarshal(in.CiphertextBlob, &b) != nil || b.Key != in.KeyID || !maps.Equal(b.Context, in.EncryptionContext) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"__type":"InvalidCiphertextException"}`)
		return
	}
	_ = json.NewEncoder(w).Encode(call{Plaintext: turned(b.Turned)})
}

func turned(text []byte) []byte {
	out := make([]byte, len(text))
	for i, c := range text {
		out[i] = ^c
	}
	return out
}

func (s *service) start(t *testing.T) aws.Config {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return aws.Config{Region: "sa-east-1", BaseEndpoint: aws.String(server.URL + "/"), Credentials: credentials.NewStaticCredentialsProvider("id", "secret", "")}
}

// A secret opens for its own place and key, and for nothing else.
func TestSealedForOnePlace(t *testing.T) {
	s := &service{}
	cfg := s.start(t)
	place := map[string]string{"ticket": "01J8", "delivery": "7"}
	sealed, err := kmsclient.NewSealer(cfg, key).Seal(t.Context(), []byte("Temporal-9xQz"), place)
	if err != nil || strings.Contains(string(sealed), "Temporal") || !s.signed || s.target[0] != "TrentService.Encrypt" {
		t.Fatalf("sealed %q, %v, asked %v signed %v", sealed, err, s.target, s.signed)
	}
	tests := []struct {
		name   string
		sealed []byte
		key    string
		place  map[string]string
		opens  bool
	}{
		{"as it was sealed", sealed, key, place, true},
		{"another delivery", sealed, key, map[string]string{"ticket": "01J8", "delivery": "8"}, false},
		{"no place", sealed, key, nil, false},
		{"another key", sealed, key + "2", place, false},
		{"cut", sealed[:len(sealed)-1], key, place, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			plain, err := kmsclient.NewOpener(cfg, test.key).Open(t.Context(), test.sealed, test.place)
			if test.opens != (err == nil && string(plain) == "Temporal-9xQz") {
				t.Errorf("opened %q, %v", plain, err)
			}
		})
	}
}

// What fails by chance is tried again, what is refused is not; no error says what
// was to be sealed.
func TestServiceThatFails(t *testing.T) {
	tests := []struct {
		name  string
		fail  []int
		code  string
		asked int
		ok    bool
	}{
		{"throttled once", []int{400}, "ThrottlingException", 2, true},
		{"away twice", []int{503, 500}, "KMSInternalException", 3, true},
		{"away for good", []int{503, 503, 503}, "KMSInternalException", 3, false},
		{"refused", []int{400}, "AccessDeniedException", 1, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &service{fail: test.fail, code: test.code}
			_, err := kmsclient.NewSealer(s.start(t), key).Seal(t.Context(), []byte("Temporal-9xQz"), nil)
			if (err == nil) != test.ok || s.asked != test.asked {
				t.Errorf("asked %d times, %v", s.asked, err)
			}
			if err != nil && (strings.Contains(err.Error(), "Temporal") || !strings.Contains(err.Error(), test.code)) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestCallStopsWithItsContext(t *testing.T) {
	s := &service{fail: []int{503, 503, 503}}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := kmsclient.NewOpener(s.start(t), key).Open(ctx, []byte("x"), nil); err == nil || s.asked > 1 {
		t.Errorf("asked %d times, %v", s.asked, err)
	}
}
