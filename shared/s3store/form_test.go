package s3store_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/google/go-cmp/cmp"

	"mesa/shared/s3store"
	"mesa/shared/upload"
)

func terms() upload.Terms {
	return upload.Terms{Key: "incoming/01J/ana/x", Most: 30 << 20, Life: 15 * time.Minute, Open: []string{upload.NameField},
		Exact: []upload.Field{{Name: "Content-Type", Value: "application/octet-stream"}, {Name: upload.PurposeField, Value: "other"}}}
}

func mustForm(t *testing.T, b *s3store.Bucket, terms upload.Terms) (upload.Form, map[string]string) {
	t.Helper()
	form, err := b.Form(t.Context(), terms)
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]string{}
	for _, f := range form.Fields {
		fields[f.Name] = f.Value
	}
	return form, fields
}

// policyOf reads a policy back.
func policyOf(t *testing.T, text string) (expiration time.Time, conditions []any) {
	t.Helper()
	var policy struct {
		Expiration time.Time `json:"expiration"`
		Conditions []any     `json:"conditions"`
	}
	decoded, err := base64.StdEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(decoded, &policy)
	}
	if err != nil {
		t.Fatalf("policy %q: %v", text, err)
	}
	return policy.Expiration, policy.Conditions
}

// What a form allows is exactly what its terms say: one key, its size, these
// fields, until it ends on the wall clock.
func TestFormAllowsWhatItsTermsSay(t *testing.T) {
	cfg := config("")
	cfg.Credentials = credentials.NewStaticCredentialsProvider(accessKey, secretKey, "session-token")
	before := time.Now()
	form, fields := mustForm(t, s3store.Open(cfg, "files-bucket"), terms())
	if form.URL != "https://files-bucket.s3.us-east-1.amazonaws.com" {
		t.Errorf("sent to %s", form.URL)
	}
	expiration, conditions := policyOf(t, fields["policy"])
	if life := expiration.Sub(before); life < 14*time.Minute+59*time.Second || life > 15*time.Minute+5*time.Second {
		t.Errorf("lives %v", life)
	}
	day, _, _ := strings.Cut(fields["x-amz-date"], "T")
	want := []any{[]any{"eq", "$bucket", "files-bucket"}, []any{"content-length-range", 0.0, float64(30 << 20)}, []any{"eq", "$key", "incoming/01J/ana/x"},
		[]any{"eq", "$Content-Type", "application/octet-stream"}, []any{"eq", "$x-amz-meta-purpose", "other"}, []any{"eq", "$x-amz-algorithm", "AWS4-HMAC-SHA256"},
		[]any{"eq", "$x-amz-credential", accessKey + "/" + day + "/us-east-1/s3/aws4_request"}, []any{"eq", "$x-amz-date", fields["x-amz-date"]},
		[]any{"eq", "$x-amz-security-token", "session-token"}, []any{"starts-with", "$x-amz-meta-name", ""}}
	if diff := cmp.Diff(want, conditions); diff != "" {
		t.Errorf("conditions (-want +got):\n%s", diff)
	}
	for _, c := range conditions {
		condition, _ := c.([]any)
		name, _ := condition[1].(string)
		if condition[0] != "eq" || name == "$bucket" {
			continue
		}
		if got := fields[strings.TrimPrefix(name, "$")]; got != condition[2] {
			t.Errorf("the form sends %s as %q, the policy wants %q", name, got, condition[2])
		}
	}
}

// The signature of a policy in AWS's own example ("Browser-Based Upload using
// HTTP POST (Using AWS Signature Version 4)") and of what the SDK signs.
func TestPolicySignatures(t *testing.T) {
	example := strings.ReplaceAll(`{ "expiration": "2015-12-30T12:00:00.000Z",
  "conditions": [
    {"bucket": "sigv4examplebucket"},
    ["starts-with", "$key", "user/user1/"],
    {"acl": "public-read"},
    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},
    ["starts-with", "$Content-Type", "image/"],
    {"x-amz-meta-uuid": "14365123651274"},
    {"x-amz-server-side-encryption": "AES256"},
    ["starts-with", "$x-amz-meta-tag", ""],

    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
    {"x-amz-date": "20151229T000000Z" }
  ]
}`, "\n", "\r\n")
	policy := base64.StdEncoding.EncodeToString([]byte(example))
	if got, want := s3store.SignPolicy(policy, secretKey, "20151229/us-east-1/s3/aws4_request"), "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e"; got != want {
		t.Errorf("AWS's example is signed %s, want %s", got, want)
	}
	signed, err := s3.NewPresignClient(s3.NewFromConfig(config(""))).PresignPostObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String("files"), Key: aws.String("a")})
	if err != nil {
		t.Fatal(err)
	}
	_, scope, _ := strings.Cut(signed.Values["X-Amz-Credential"], "/")
	if got := s3store.SignPolicy(signed.Values["policy"], secretKey, scope); got != signed.Values["X-Amz-Signature"] {
		t.Errorf("the SDK's policy is signed %s, the SDK says %s (fields %v)", got, signed.Values["X-Amz-Signature"], slices.Sorted(maps.Keys(signed.Values)))
	}
}

func TestFormNeedsCredentials(t *testing.T) {
	cfg := config("")
	refused := errors.New("no role")
	cfg.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return aws.Credentials{}, refused })
	if _, err := s3store.Open(cfg, "files").Form(t.Context(), terms()); !errors.Is(err, refused) {
		t.Errorf("signed: %v", err)
	}
}

func TestKeptObjectIsACopyOfWhatWasSeen(t *testing.T) {
	b, service := newBucket(t)
	for _, key := range hostileKeys() {
		if err := b.Write(t.Context(), "incoming/"+key, "", []byte(key)); err != nil {
			t.Fatal(err)
		}
		seen, err := b.Stat(t.Context(), "incoming/"+key)
		if err != nil || seen.Bytes != int64(len(key)) || seen.Tag == "" || seen.Meta[upload.PurposeField] != "other" {
			t.Fatalf("stat %q: %+v, %v", key, seen, err)
		}
		sum, err := b.Keep(t.Context(), "incoming/"+key, "files/1", seen.Tag)
		if err != nil || sum != strings.Repeat("00", 32) || string(service.objects["/files/files/1"]) != key {
			t.Errorf("keep %q: %q, %v; the copy is %q", key, sum, err, service.objects["/files/files/1"])
		}
	}
	_ = b.Write(t.Context(), "incoming/a", "", []byte("a"))
	if _, err := b.Keep(t.Context(), "incoming/a", "files/2", `"other"`); err == nil || !strings.Contains(err.Error(), "412") || service.objects["/files/files/2"] != nil {
		t.Errorf("a changed object was kept: %v", err)
	}
	for _, key := range []string{"incoming/none", ""} {
		if _, err := b.Stat(t.Context(), key); !errors.Is(err, upload.ErrAbsent) {
			t.Errorf("stat of nothing: %v", err)
		}
		if _, err := b.Keep(t.Context(), key+"x", "files/2", "t"); !errors.Is(err, upload.ErrAbsent) {
			t.Errorf("keep of nothing: %v", err)
		}
	}
}

func TestCopyThatFailsOnItsWayIsAnError(t *testing.T) {
	b, service := newBucket(t)
	service.fail = []answer{{200, errorText("InternalError")}}
	if _, err := b.Keep(t.Context(), "a", "b", "t"); err == nil || !strings.Contains(err.Error(), "InternalError") || strings.Contains(err.Error(), "secret") {
		t.Errorf("kept: %v", err)
	}
	service.fail = []answer{{200, "<CopyObjectResult><ETag>x</ETag></CopyObjectResult>"}}
	if sum, err := b.Keep(t.Context(), "a", "b", "t"); err != nil || sum != "" {
		t.Errorf("an answer without checksum: %q, %v", sum, err)
	}
	service.fail = []answer{{200, "<CopyObjectResult><ChecksumSHA256>?</ChecksumSHA256></CopyObjectResult>"}}
	if sum, err := b.Keep(t.Context(), "a", "b", "t"); err != nil || sum != "" {
		t.Errorf("a checksum that is none: %q, %v", sum, err)
	}
}
