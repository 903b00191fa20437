package awsclient_test

import (
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/desk"
	"mesa/shared/thread"
)

// lambdaGives is the environment of a running function.
func lambdaGives(t *testing.T) {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "practice")
	t.Setenv("AWS_SESSION_TOKEN", "token")
	t.Setenv("AWS_REGION", "us-east-1")
}

func TestFromEnvironmentTakesWhatLambdaGives(t *testing.T) {
	lambdaGives(t)
	cfg, err := awsclient.FromEnvironment(config.Values{Endpoint: "http://127.0.0.1:4566"})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := cfg.Credentials.Retrieve(t.Context())
	if err != nil || keys.AccessKeyID != "AKIDEXAMPLE" || keys.SecretAccessKey != "practice" || keys.SessionToken != "token" {
		t.Errorf("keys %+v, %v", keys, err)
	}
	if cfg.Region != "us-east-1" || cfg.BaseEndpoint == nil || *cfg.BaseEndpoint != "http://127.0.0.1:4566" {
		t.Errorf("region %q, endpoint %v", cfg.Region, cfg.BaseEndpoint)
	}
	cfg, err = awsclient.FromEnvironment(config.Values{})
	if err != nil || cfg.BaseEndpoint != nil {
		t.Errorf("in the cloud the endpoint is %v, %v; want the service's own", cfg.BaseEndpoint, err)
	}
}

func TestNewNeedsCredentials(t *testing.T) {
	for _, missing := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"} {
		t.Run("without "+missing, func(t *testing.T) {
			lambdaGives(t)
			t.Setenv(missing, "")
			if base, err := awsclient.New(t.Context(), config.Values{Table: "mesa"}); err == nil || !strings.Contains(err.Error(), missing) {
				t.Errorf("base %v, error %v", base, err)
			}
		})
	}
}

func TestNewBuildsTheRoadOnTheTable(t *testing.T) {
	lambdaGives(t)
	base, err := awsclient.New(t.Context(), config.Values{Table: "mesa"})
	if err != nil {
		t.Fatal(err)
	}
	if base.Store == nil || base.Road.Store == nil || base.Road.Directory == nil || base.Road.Settings == nil || base.Road.Notifier == nil ||
		base.Road.NewID == nil || base.Road.Salt == nil || base.Road.Pause == nil || base.Reader.Road != base.Road || base.Reader.Effects == nil {
		t.Errorf("a part is missing: %+v", base)
	}
	// The wall clock asks nobody; only a local one reads its offset from the table.
	now, err := base.Now(t.Context())
	if since := time.Since(now); err != nil || since < 0 || since > time.Minute {
		t.Errorf("the business clock tells %s, %v", now, err)
	}
}

func TestTicketIDsSortByTimeAndDiffer(t *testing.T) {
	at := time.Date(2026, 9, 15, 14, 5, 0, 0, time.UTC)
	first, err := awsclient.NewID(at)
	if err != nil {
		t.Fatal(err)
	}
	same, _ := awsclient.NewID(at)
	later, _ := awsclient.NewID(at.Add(time.Millisecond))
	if len(first) != 26 || first == same {
		t.Errorf("ids of one instant: %s and %s", first, same)
	}
	if first >= later || same >= later {
		t.Errorf("%s or %s does not sort before %s", first, same, later)
	}
	if id, err := awsclient.NewID(time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC)); err == nil {
		t.Errorf("a time that no id can hold became %s", id)
	}
}

func TestSaltsAreSixteenRandomBytes(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		salt, err := awsclient.Salt()
		if b, bad := hex.DecodeString(salt); err != nil || bad != nil || len(b) != 16 || seen[salt] {
			t.Fatalf("salt %q, %v", salt, err)
		}
		seen[salt] = true
	}
}

// vault stands in for Secrets Manager: it answers secrets by their id.
type vault struct {
	mu      sync.Mutex
	secrets map[string]string
	asked   []string
}

func (v *vault) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var in struct{ SecretId string }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.asked = append(v.asked, in.SecretId)
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	text, ok := v.secrets[in.SecretId]
	if !ok || r.Header.Get("X-Amz-Target") != "secretsmanager.GetSecretValue" {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"__type":"ResourceNotFoundException"}`))
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]string{"SecretString": text})
}

// mustBase is a function's base whose secrets are those of a vault.
func mustBase(t *testing.T, v *vault, values config.Values) (*awsclient.Base, config.Values) {
	t.Helper()
	server := httptest.NewServer(v)
	t.Cleanup(server.Close)
	lambdaGives(t)
	values.Table, values.Endpoint = "mesa", server.URL
	base, err := awsclient.New(t.Context(), values)
	if err != nil {
		t.Fatal(err)
	}
	return base, values
}

const ringText = `{"id":"k1","secret":"0123456789abcdef0123456789abcdef"}`

func TestLinkKeysServeLinksAndReplyAddresses(t *testing.T) {
	v := &vault{secrets: map[string]string{"link-keys": ringText}}
	base, values := mustBase(t, v, config.Values{LinkKeySecret: "link-keys", MailDomain: "mesa.qw.gob.pe"})
	keys := base.Keys(values)
	ring, err := awsclient.Ring(keys)(t.Context())
	if err != nil {
		t.Fatalf("ring: %v", err)
	}
	if _, err := awsclient.Ring(keys)(t.Context()); err != nil {
		t.Fatalf("ring again: %v", err)
	}
	marks, err := awsclient.Marks(keys)(t.Context())
	if err != nil {
		t.Fatalf("marks: %v", err)
	}
	mustRecogniseItsOwn(t, marks, "mesa.qw.gob.pe")
	if len(v.asked) != 1 {
		t.Errorf("the secret was read %d times, want once for both uses", len(v.asked))
	}
	if secret := "0123456789abcdef"; strings.Contains(mustJSON(t, ring)+mustJSON(t, marks), secret) {
		t.Error("keys show their secret when they are printed")
	}
}

// mustRecogniseItsOwn makes a reply address and finds its ticket again.
func mustRecogniseItsOwn(t *testing.T, marks thread.Marks, domain string) {
	t.Helper()
	id := desk.TicketID("01J8Z3AAAAAAAAAAAAAAAAAAAA")
	address, err := marks.ReplyAddress("mesa", id)
	if err != nil || !strings.HasSuffix(address, "@"+domain) {
		t.Fatalf("reply address %q, %v", address, err)
	}
	if got, ok := marks.FromAddress(address); !ok || got != id {
		t.Errorf("%s is of %q, %v; want %s", address, got, ok, id)
	}
	if _, ok := marks.FromAddress(strings.Replace(address, "01", "02", 1)); ok {
		t.Error("a changed address is taken for ours")
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestASecretThatIsNotThereIsAnError(t *testing.T) {
	base, values := mustBase(t, &vault{}, config.Values{LinkKeySecret: "none", MailDomain: "mesa.qw.gob.pe"})
	keys := base.Keys(values)
	if _, err := awsclient.Ring(keys)(t.Context()); err == nil {
		t.Error("links got a ring from nothing")
	}
	if _, err := awsclient.Marks(keys)(t.Context()); err == nil {
		t.Error("mails got marks from nothing")
	}
}
