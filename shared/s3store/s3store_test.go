package s3store_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"mesa/shared/s3store"
)

func TestWhatIsWrittenComesBack(t *testing.T) {
	b, service := newBucket(t)
	for _, key := range hostileKeys() {
		for _, data := range []string{"", "From: x\r\n\r\nhola " + key} {
			if err := b.Write(t.Context(), key, "application/pdf", []byte(data)); err != nil {
				t.Fatalf("write %q: %v", key, err)
			}
			got, err := b.Read(t.Context(), key, 1000)
			if err != nil || string(got) != data {
				t.Errorf("read %q: %q, %v, want %q", key, got, err, data)
			}
		}
		if service.types["/files/"+key] != "application/pdf" {
			t.Errorf("%q stands as %q", key, service.types["/files/"+key])
		}
	}
}

func TestReadingKeepsToItsLimit(t *testing.T) {
	for name, test := range map[string]struct {
		limit   int64
		wantErr string
	}{
		"just as long as allowed":     {5, ""},
		"a byte longer than allowed":  {4, "read five: more than 4 bytes"},
		"nothing allowed, five there": {0, "more than 0 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			b, service := newBucket(t)
			service.objects["/files/five"] = []byte("12345")
			_, err := b.Read(t.Context(), "five", test.limit)
			if (err == nil) != (test.wantErr == "") || err != nil && !strings.Contains(err.Error(), test.wantErr) {
				t.Errorf("error %v, want one with %q", err, test.wantErr)
			}
			if service.seen != 1 {
				t.Errorf("%d requests", service.seen)
			}
		})
	}
}

// A downloaded file is saved, never opened in the page: F42.
func TestDownloadSavesAndEndsSoon(t *testing.T) {
	for _, name := range []string{"foto.jpg", "acta de reunión.pdf", `a"b;c.html`, "línea\r\nSet-Cookie: x=1", "a+b&c.txt"} {
		t.Run(name, func(t *testing.T) {
			b, _ := newBucket(t)
			u := mustLink(t, b, "attachments/01J/1", name)
			q := u.Query()
			disposition := q.Get("response-content-disposition")
			if !strings.HasPrefix(disposition, "attachment; filename") || strings.ContainsAny(disposition, "\r\n") {
				t.Errorf("disposition %q", disposition)
			}
			if q.Get("response-content-type") != "application/octet-stream" || q.Get("X-Amz-Expires") != "300" {
				t.Errorf("query %v", q)
			}
			signed, err := time.Parse("20060102T150405Z", q.Get("X-Amz-Date"))
			if err != nil || time.Since(signed).Abs() > time.Minute {
				t.Errorf("signed at %v, %v", signed, err)
			}
			if u.Path != "/files/attachments/01J/1" {
				t.Errorf("path %q", u.Path)
			}
		})
	}
}

func mustLink(t *testing.T, b *s3store.Bucket, key, name string) *url.URL {
	t.Helper()
	address, err := b.Download(t.Context(), key, name)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestDownloadLinkOpensTheObjectForWhoHasNoKeys(t *testing.T) {
	b, service := newBucket(t)
	for _, key := range hostileKeys() {
		service.objects["/files/"+key] = []byte(key)
		if got := mustGet(t, mustLink(t, b, key, "acta de reunión +1.pdf").String()); got != key {
			t.Errorf("%q: got %q", key, got)
		}
	}
	other := mustLink(t, b, "a+b", "x")
	other.Path, other.RawPath = "/files/a~b", ""
	if got := mustGet(t, other.String()); !strings.Contains(got, "SignatureDoesNotMatch") {
		t.Errorf("a link to one object opened another: %q", got)
	}
}

func mustGet(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The SDK's own client would ask at the same address, escaped the same.
func TestAddressesAreThoseOfTheSDK(t *testing.T) {
	for _, region := range []string{"us-east-1", "sa-east-1", "cn-north-1"} {
		for _, endpoint := range []string{"", "http://127.0.0.1:4566", "http://127.0.0.1:4566/below/"} {
			cfg := config(endpoint)
			cfg.Region = region
			b := s3store.Open(cfg, "files")
			sdk := s3.NewPresignClient(s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = endpoint != "" }))
			for _, key := range hostileKeys() {
				request, err := sdk.PresignGetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String("files"), Key: aws.String(key)})
				if err != nil {
					t.Fatal(err)
				}
				want, _, _ := strings.Cut(request.URL, "?")
				link, err := b.Download(t.Context(), key, "x")
				if got, _, _ := strings.Cut(link, "?"); err != nil || got != want {
					t.Errorf("%s %q %q: %s, %v, the SDK's is %s", region, endpoint, key, got, err, want)
				}
			}
		}
	}
}

// Temporary credentials are those of every function.
func TestTemporaryCredentialsBringTheirToken(t *testing.T) {
	cfg := config("")
	cfg.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: accessKey, SecretAccessKey: secretKey, SessionToken: "token+/="}, nil
	})
	if got := mustLink(t, s3store.Open(cfg, "files"), "x", "x").Query().Get("X-Amz-Security-Token"); got != "token+/=" {
		t.Errorf("token %q", got)
	}
}

func TestWithoutCredentialsNothingIsAsked(t *testing.T) {
	_, service := newBucket(t)
	refused := errors.New("no role")
	cfg := config("http://127.0.0.1:1")
	cfg.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return aws.Credentials{}, refused })
	b := s3store.Open(cfg, "files")
	_, readErr := b.Read(t.Context(), "x", 1)
	_, linkErr := b.Download(t.Context(), "x", "x")
	for name, err := range map[string]error{"read": readErr, "write": b.Write(t.Context(), "x", "", nil), "link": linkErr} {
		if !errors.Is(err, refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if service.seen != 0 {
		t.Errorf("%d requests", service.seen)
	}
}
