package dynamo_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// server is where the tests find a DynamoDB: the one at DESK_TEST_DYNAMODB_URL,
// else an emulator that lives as long as the tests. It is looked for by the
// first test that needs it, so that `go test` notices when the variable changes.
var server struct {
	once sync.Once
	url  string
	err  error
	stop func()
}

func TestMain(m *testing.M) {
	code := m.Run()
	if server.stop != nil {
		server.stop()
	}
	os.Exit(code)
}

// mustEndpoint is the address of the DynamoDB. Without one the tests fail: a
// store that was not tried is not known to keep its contract.
func mustEndpoint(t *testing.T) string {
	t.Helper()
	server.once.Do(func() {
		if server.url = os.Getenv("DESK_TEST_DYNAMODB_URL"); server.url == "" {
			server.url, server.stop, server.err = startEmulator("../../.local/python/emulator/bin/python")
		}
	})
	if server.err != nil {
		t.Fatal(server.err)
	}
	return server.url
}

var errNoEmulator = errors.New("these tests need a DynamoDB: run `make tools`, which installs the emulator, or set DESK_TEST_DYNAMODB_URL to one")

// startEmulator runs the emulator as it is, without the local stack's wrapper.
func startEmulator(python string) (url string, stop func(), err error) {
	if python, err = filepath.Abs(python); err != nil {
		return "", nil, err
	}
	if _, err := os.Stat(python); err != nil {
		return "", nil, errNoEmulator
	}
	dir, err := os.MkdirTemp("", "desk-dynamo-")
	if err != nil {
		return "", nil, err
	}
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	command := exec.Command(python, "-B", "-m", "ministack")
	command.Dir = dir
	command.Env = append(os.Environ(), "GATEWAY_PORT="+strconv.Itoa(port), "BIND_HOST=127.0.0.1", "MINISTACK_HOST=localhost",
		"IOT_MTLS_ENABLED=0", "SFTP_ENABLED=0", "TMPDIR="+dir)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	if err := command.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		_ = command.Wait()
		_ = os.RemoveAll(dir)
	}
	url = fmt.Sprintf("http://127.0.0.1:%d", port)
	if err := untilAnswering(url); err != nil {
		stop()
		return "", nil, err
	}
	return url, stop, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func untilAnswering(url string) error {
	for range 300 {
		response, err := http.Get(url + "/_ministack/health")
		if err == nil {
			return response.Body.Close()
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("the emulator at %s does not answer", url)
}

// whole reads an answer to its end before it hands it over. The SDK closes the
// request's body as soon as an answer begins; on a busy machine that takes the
// connection away from under the rest, and what was done is asked for again.
type whole struct{}

func (whole) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// newClient speaks to the endpoint, through a transport if one is given.
func newClient(t *testing.T, transport http.RoundTripper) *dynamodb.Client {
	t.Helper()
	if transport == nil {
		transport = whole{}
	}
	config := aws.Config{HTTPClient: &http.Client{Transport: transport}, Region: "us-east-1", BaseEndpoint: aws.String(mustEndpoint(t)), Credentials: credentials.NewStaticCredentialsProvider("test", "test", "")}
	return dynamodb.NewFromConfig(config)
}

// mustMakeTable makes a table as template.yaml declares it; it goes with the test.
func mustMakeTable(t *testing.T) string {
	t.Helper()
	client := newClient(t, nil)
	name := fmt.Sprintf("desk-%d", time.Now().UnixNano())
	in := &dynamodb.CreateTableInput{TableName: aws.String(name), BillingMode: types.BillingModePayPerRequest, KeySchema: schema("pk", "sk")}
	for _, a := range []string{"pk", "sk", "qpk", "qsk", "rpk", "rsk", "dpk", "dsk"} {
		in.AttributeDefinitions = append(in.AttributeDefinitions, types.AttributeDefinition{AttributeName: aws.String(a), AttributeType: types.ScalarAttributeTypeS})
	}
	for _, index := range []string{"queue", "requester", "due"} {
		in.GlobalSecondaryIndexes = append(in.GlobalSecondaryIndexes, types.GlobalSecondaryIndex{IndexName: aws.String(index),
			KeySchema: schema(index[:1]+"pk", index[:1]+"sk"), Projection: &types.Projection{ProjectionType: types.ProjectionTypeKeysOnly}})
	}
	_, err := client.CreateTable(t.Context(), in)
	if _, there := errors.AsType[*types.ResourceInUseException](err); err != nil && !there { // there: the client asked twice
		t.Fatalf("make the table: %v", err)
	}
	waiter := dynamodb.NewTableExistsWaiter(client, func(o *dynamodb.TableExistsWaiterOptions) { o.MinDelay = 20 * time.Millisecond })
	if err := waiter.Wait(t.Context(), &dynamodb.DescribeTableInput{TableName: aws.String(name)}, time.Minute); err != nil {
		t.Fatalf("make the table: %v", err)
	}
	t.Cleanup(func() {
		_, _ = client.DeleteTable(context.Background(), &dynamodb.DeleteTableInput{TableName: aws.String(name)})
	})
	return name
}

func schema(hash, order string) []types.KeySchemaElement {
	return []types.KeySchemaElement{{AttributeName: aws.String(hash), KeyType: types.KeyTypeHash}, {AttributeName: aws.String(order), KeyType: types.KeyTypeRange}}
}

func TestWithoutAnEmulatorTheTestsSayWhatToRun(t *testing.T) {
	_, _, err := startEmulator("testdata/no-python")
	if !errors.Is(err, errNoEmulator) {
		t.Errorf("got %v", err)
	}
}
