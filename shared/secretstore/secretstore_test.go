package secretstore_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"mesa/shared/secretstore"
)

// service is Secrets Manager on this machine: it answers GetSecretValue.
type service struct {
	mu     sync.Mutex
	text   string
	status int // 0: all is well
	calls  int
	asked  string
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	var in struct{ SecretId string }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || r.Header.Get("X-Amz-Target") != "secretsmanager.GetSecretValue" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.asked = in.SecretId
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	if s.status != 0 {
		w.Header().Set("X-Amzn-Errortype", "ResourceNotFoundException")
		w.WriteHeader(s.status)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]string{"SecretString": s.text})
}

func (s *service) set(text string, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text, s.status = text, status
}

// clock is a wall clock moved by hand.
type clock struct{ now time.Time }

// upper is a parser that refuses what is empty.
func upper(text []byte) (string, error) {
	if len(text) == 0 {
		return "", errors.New("nothing in it")
	}
	return strings.ToUpper(string(text)), nil
}

func newSecret(t *testing.T) (*secretstore.Secret[string], *service, *clock) {
	t.Helper()
	s, c := &service{text: "uno"}, &clock{time.Date(2026, 9, 15, 17, 0, 0, 0, time.UTC)}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	cfg := aws.Config{Region: "us-east-1", BaseEndpoint: aws.String(server.URL), Credentials: credentials.NewStaticCredentialsProvider("test", "test", "")}
	return &secretstore.Secret[string]{Fetch: secretstore.Open(cfg), ID: "arn:secret", Parse: upper, Wall: func() time.Time { return c.now }}, s, c
}

func mustGet(t *testing.T, s *secretstore.Secret[string], want string) {
	t.Helper()
	if got, err := s.Get(t.Context()); err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

func TestSecretIsReadOnceAndParsed(t *testing.T) {
	secret, service, _ := newSecret(t)
	for range 3 {
		mustGet(t, secret, "UNO")
	}
	if service.calls != 1 || service.asked != "arn:secret" {
		t.Errorf("%d calls for %q, want one", service.calls, service.asked)
	}
}

func TestRotationIsSeenAfterFiveMinutes(t *testing.T) {
	secret, service, clock := newSecret(t)
	mustGet(t, secret, "UNO")
	service.set("dos", 0)
	clock.now = clock.now.Add(secretstore.Life - time.Second)
	mustGet(t, secret, "UNO")
	clock.now = clock.now.Add(time.Second)
	mustGet(t, secret, "DOS")
}

func TestKeysOutliveAServiceThatIsAway(t *testing.T) {
	tests := []struct {
		name   string
		text   string
		status int
	}{{"refused", "", http.StatusBadRequest}, {"down", "", http.StatusInternalServerError}, {"broken content", "", 0}}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			secret, service, clock := newSecret(t)
			mustGet(t, secret, "UNO")
			service.set(test.text, test.status)
			clock.now = clock.now.Add(secretstore.Life)
			mustGet(t, secret, "UNO")
			calls := service.calls
			mustGet(t, secret, "UNO")
			if service.calls != calls {
				t.Error("a service that is away is asked at every use")
			}
			service.set("tres", 0)
			clock.now = clock.now.Add(secretstore.Life)
			mustGet(t, secret, "TRES")
		})
	}
}

func TestFirstReadThatFailsIsAnErrorAndTriedAgain(t *testing.T) {
	secret, service, _ := newSecret(t)
	service.set("", http.StatusBadRequest)
	if got, err := secret.Get(t.Context()); err == nil || !strings.Contains(err.Error(), "arn:secret") {
		t.Errorf("got %q, %v, want an error that names the secret", got, err)
	}
	service.set("", 0)
	if got, err := secret.Get(t.Context()); err == nil || !strings.Contains(err.Error(), "nothing in it") {
		t.Errorf("got %q, %v, want the parser's error", got, err)
	}
	service.set("uno", 0)
	mustGet(t, secret, "UNO")
}

func TestErrorNeverQuotesTheSecret(t *testing.T) {
	secret, service, _ := newSecret(t)
	service.set("clave-muy-secreta", 0)
	secret.Parse = func([]byte) (string, error) { return "", errors.New("not what is expected") }
	if _, err := secret.Get(t.Context()); err == nil || strings.Contains(err.Error(), "clave") {
		t.Errorf("error %v", err)
	}
}

func TestManyAtOnceReadOnce(t *testing.T) {
	secret, service, _ := newSecret(t)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { mustGet(t, secret, "UNO") })
	}
	wg.Wait()
	if service.calls != 1 {
		t.Errorf("%d calls, want one", service.calls)
	}
}
