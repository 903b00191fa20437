package s3store_test

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"mesa/shared/s3store"
)

// A second reading of the protocol: the emulator verifies signatures of links.
func TestEmulatorTakesWhatIsSent(t *testing.T) {
	cfg := config(mustEmulator(t))
	cfg.Credentials = credentials.NewStaticCredentialsProvider("test", "test", "") // the only keys it knows
	_, err := s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = true }).CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: aws.String("files")})
	if err != nil {
		t.Fatalf("make the bucket: %v", err)
	}
	b := s3store.Open(cfg, "files")
	for _, key := range hostileKeys() {
		if _, err := b.Read(t.Context(), key, 1000); !errors.Is(err, s3store.ErrAbsent) {
			t.Errorf("%q before it is written: %v", key, err)
		}
		if err := b.Write(t.Context(), key, "text/plain", []byte(key)); err != nil {
			t.Fatalf("write %q: %v", key, err)
		}
		got, err := b.Read(t.Context(), key, 1000)
		if err != nil || string(got) != key {
			t.Errorf("read %q: %q, %v", key, got, err)
		}
		response, err := http.Get(mustLink(t, b, key, "acta de reunión.pdf").String())
		if err != nil {
			t.Fatal(err)
		}
		if got := response.Header.Get("Content-Disposition"); got != "attachment; filename*=utf-8''acta%20de%20reuni%C3%B3n.pdf" {
			t.Errorf("%q is saved as %q", key, got)
		}
		if err := response.Body.Close(); err != nil || response.StatusCode != http.StatusOK {
			t.Errorf("link to %q: %d, %v", key, response.StatusCode, err)
		}
	}
	listed := map[string]bool{}
	err = b.List(t.Context(), "", func(key string, at time.Time) error {
		listed[key] = time.Since(at).Abs() < time.Minute
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range hostileKeys() {
		if !listed[key] {
			t.Errorf("%q is not listed, or not as stored now", key)
		}
	}
	checkForms(t, b)
	_, err = s3store.Open(cfg, "nowhere").Read(t.Context(), "x", 1)
	if err == nil || errors.Is(err, s3store.ErrAbsent) {
		t.Errorf("no bucket: %v", err)
	}
}

var errNoEmulator = errors.New("this test needs an S3: run `make tools`, which installs the emulator")

// mustEmulator is an emulator that lives as long as the test, as it is, without
// the local stack's wrapper.
func mustEmulator(t *testing.T) (url string) {
	t.Helper()
	python, err := filepath.Abs("../../.local/python/emulator/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Fatal(errNoEmulator)
	}
	port, dir := mustPort(t), t.TempDir()
	command := exec.Command(python, "-B", "-m", "ministack")
	command.Dir = dir
	command.Env = append(os.Environ(), "GATEWAY_PORT="+strconv.Itoa(port), "BIND_HOST=127.0.0.1", "MINISTACK_HOST=localhost",
		"IOT_MTLS_ENABLED=0", "SFTP_ENABLED=0", "TMPDIR="+dir)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		_ = command.Wait()
	})
	url = fmt.Sprintf("http://127.0.0.1:%d", port)
	for range 300 {
		if response, err := http.Get(url + "/_ministack/health"); err == nil {
			_ = response.Body.Close()
			return url
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("the emulator at %s does not answer", url)
	return ""
}

func mustPort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
