package statemachines

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	sfntypes "github.com/aws/aws-sdk-go-v2/service/sfn/types"
	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// TestPathsRun executes the deployed files in the emulator at DESK_EMULATOR_URL, row by row of the README. Without that variable
// there is nothing to run them on, and TestPathsAreLegal alone holds the table.
func TestPathsRun(t *testing.T) {
	url := os.Getenv("DESK_EMULATOR_URL")
	if url == "" {
		t.Log("DESK_EMULATOR_URL is not set: the paths are only checked against the files")
		return
	}
	rig := newRig(t, url)
	for i, p := range mustReadPaths(t) {
		t.Run(p.Case, func(t *testing.T) {
			t.Parallel()
			ticket := fmt.Sprintf("01J%023d", i)
			row := rig.scripts.add(ticket, p.Answers)
			got := rig.mustRun(t, p, ticket)
			if diff := cmp.Diff(p.States, got); diff != "" {
				t.Errorf("path of states (-README +run)\n%s", diff)
			}
			checkCalls(t, p, row)
		})
	}
}

// checkCalls looks at what the machine handed over: who it speaks as, a token only with a wait, a cause only when stuck.
func checkCalls(t *testing.T, p Path, row *script) {
	t.Helper()
	if len(row.answers) > 0 {
		t.Errorf("%d answers of the row were never asked for", len(row.answers))
	}
	tokens := map[string]bool{}
	for _, c := range row.calls {
		if string(c.Machine) != p.Machine || c.Generation != 1 || c.Wait != *anyWait() {
			t.Errorf("%s came as %+v", c.Op, c)
		}
		if (c.Token != "") != (c.Op == "open") || (c.Cause != "") != (c.Op == "stuck") {
			t.Errorf("%s came with token %q and cause %q", c.Op, c.Token, c.Cause)
		}
		if c.Token != "" && tokens[c.Token] {
			t.Errorf("two waits had the token %q", c.Token)
		}
		tokens[c.Token] = true
	}
}

// rig is a set of the three machines in the emulator, all talking to the relay, and the scripts behind the relay.
type rig struct {
	states  *sfn.Client
	scripts *scripts
	arns    map[string]string // by machine name
}

func newRig(t *testing.T, url string) rig {
	t.Helper()
	config := aws.Config{
		Region:       "us-east-1",
		BaseEndpoint: aws.String(url),
		Credentials:  credentials.NewStaticCredentialsProvider("test", "test", ""),
	}
	states := sfn.NewFromConfig(config)
	r := rig{states: states, scripts: serveScripts(t, states), arns: map[string]string{}}
	suffix := fmt.Sprint(time.Now().UnixNano())
	role := mustCreateRole(t, iam.NewFromConfig(config), "paths-"+suffix)
	function := mustCreateRelay(t, lambda.NewFromConfig(config), role, "relay-"+suffix, r.scripts.url)
	for _, m := range All() {
		text := strings.ReplaceAll(string(mustReadFile(t, m.Name+".asl.json")), "${WorkflowFunctionArn}", function)
		made, err := states.CreateStateMachine(t.Context(), &sfn.CreateStateMachineInput{
			Name: aws.String(m.Name + "-" + suffix), Definition: aws.String(text), RoleArn: aws.String(role),
		})
		if err != nil {
			t.Fatalf("create %s: %v", m.Name, err)
		}
		r.arns[m.Name] = *made.StateMachineArn
		t.Cleanup(func() {
			_, _ = states.DeleteStateMachine(context.Background(), &sfn.DeleteStateMachineInput{StateMachineArn: made.StateMachineArn})
		})
	}
	return r
}

// mustCreateRole makes the one role of relay and machines: machines may call a function, the relay needs nothing.
func mustCreateRole(t *testing.T, roles *iam.Client, name string) string {
	t.Helper()
	made, err := roles.CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: aws.String(name), AssumeRolePolicyDocument: aws.String(
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["lambda.amazonaws.com","states.amazonaws.com"]}}]}`)})
	if err != nil {
		t.Fatalf("create the role: %v", err)
	}
	_, err = roles.PutRolePolicy(t.Context(), &iam.PutRolePolicyInput{RoleName: aws.String(name), PolicyName: aws.String("call"), PolicyDocument: aws.String(
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"*"}]}`)})
	if err != nil {
		t.Fatalf("let the role call: %v", err)
	}
	t.Cleanup(func() {
		ctx := context.Background()
		_, _ = roles.DeleteRolePolicy(ctx, &iam.DeleteRolePolicyInput{RoleName: aws.String(name), PolicyName: aws.String("call")})
		_, _ = roles.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: aws.String(name)})
	})
	return *made.Role.Arn
}

func mustCreateRelay(t *testing.T, functions *lambda.Client, role, name, url string) string {
	t.Helper()
	made, err := functions.CreateFunction(t.Context(), &lambda.CreateFunctionInput{
		FunctionName: aws.String(name), Role: aws.String(role), Handler: aws.String("bootstrap"),
		Runtime: lambdatypes.RuntimeProvidedal2023, Timeout: aws.Int32(10),
		Code:        &lambdatypes.FunctionCode{ZipFile: mustBuildRelay(t)},
		Environment: &lambdatypes.Environment{Variables: map[string]string{"RELAY_URL": url}},
	})
	if err != nil {
		t.Fatalf("create the relay: %v", err)
	}
	t.Cleanup(func() {
		_, _ = functions.DeleteFunction(context.Background(), &lambda.DeleteFunctionInput{FunctionName: made.FunctionName})
	})
	return *made.FunctionArn
}

func mustBuildRelay(t *testing.T) []byte {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "bootstrap")
	build := exec.CommandContext(t.Context(), "go", "build", "-tags=lambda.norpc", "-o", binary, "./testdata/relay")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the relay: %v\n%s", err, out)
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	header := &zip.FileHeader{Name: "bootstrap", Method: zip.Deflate}
	header.SetMode(0o755)
	w, err := z.CreateHeader(header)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(mustReadFile(t, binary)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// mustRun starts one execution and returns the states that it entered until it ended.
func (r rig) mustRun(t *testing.T, p Path, ticket string) []string {
	t.Helper()
	input, err := json.Marshal(next{desk.TicketID(ticket), desk.Machine(p.Machine), 1, flow.Reply{Next: p.Next, Wait: anyWait()}})
	if err != nil {
		t.Fatal(err)
	}
	started, err := r.states.StartExecution(t.Context(), &sfn.StartExecutionInput{
		StateMachineArn: aws.String(r.arns[p.Machine]), Name: aws.String(ticket + "-" + p.Machine + "-1"), Input: aws.String(string(input)),
	})
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(100 * time.Millisecond) {
		now, err := r.states.DescribeExecution(t.Context(), &sfn.DescribeExecutionInput{ExecutionArn: started.ExecutionArn})
		if err != nil {
			t.Fatalf("describe: %v", err)
		}
		if now.Status != sfntypes.ExecutionStatusRunning {
			break
		}
	}
	return r.mustHistory(t, *started.ExecutionArn)
}

func (r rig) mustHistory(t *testing.T, execution string) []string {
	t.Helper()
	var entered []string
	pages := sfn.NewGetExecutionHistoryPaginator(r.states, &sfn.GetExecutionHistoryInput{ExecutionArn: aws.String(execution)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatalf("history: %v", err)
		}
		for _, e := range page.Events {
			if e.StateEnteredEventDetails != nil {
				entered = append(entered, *e.StateEnteredEventDetails.Name)
			}
		}
	}
	return entered
}
