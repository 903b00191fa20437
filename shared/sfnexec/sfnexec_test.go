package sfnexec_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/google/go-cmp/cmp"

	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/machines"
	"mesa/shared/sfnexec"
	"mesa/shared/work"
)

// It is what the outbox, the workflow function and the sweeper speak through.
var (
	_ deliver.Machines = (*sfnexec.Machines)(nil)
	_ machines.Caller  = (*sfnexec.Machines)(nil)
)

const arn = "arn:aws:states:us-east-1:000000000000:stateMachine:mesa-approval"

// input is one call as the service got it.
type input map[string]any

// service is Step Functions on this machine: it answers what the test says and
// keeps what it was asked.
type service struct {
	mu    sync.Mutex
	calls []string
	in    []input
	err   string // error type to answer with
	only  string // the call that err is for; "" all
	code  int
	pages map[string][]string // answers of ListExecutions by status
	state string              // what DescribeExecution says
	ended string              // and further fields of it
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var in input
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	op := strings.TrimPrefix(r.Header.Get("X-Amz-Target"), "AWSStepFunctions.")
	s.calls, s.in = append(s.calls, op), append(s.in, in)
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	switch {
	case s.err != "" && (s.only == "" || s.only == op):
		w.WriteHeader(s.code)
		fmt.Fprintf(w, `{"__type":%q,"message":"no"}`, s.err)
	case op == "ListExecutions":
		s.list(w, in)
	case op == "DescribeExecution":
		fmt.Fprintf(w, `{"executionArn":"x","stateMachineArn":%q,"status":%q,"startDate":1789491600%s}`, arn, s.state, s.ended)
	default:
		fmt.Fprint(w, `{"startDate":1789491600,"executionArn":"x","stopDate":1789491600}`)
	}
}

// list answers the pages of a status one by one; the token is the page's place.
func (s *service) list(w http.ResponseWriter, in input) {
	pages, n := s.pages[fmt.Sprint(in["statusFilter"])], 0
	if token, ok := in["nextToken"].(string); ok {
		n = int(token[0] - '0')
	}
	if n >= len(pages) {
		fmt.Fprint(w, `{"executions":[]}`)
		return
	}
	next := ""
	if n+1 < len(pages) {
		next = fmt.Sprintf(`,"nextToken":"%d"`, n+1)
	}
	fmt.Fprintf(w, `{"executions":[%s]%s}`, pages[n], next)
}

func newMachines(t *testing.T) (*sfnexec.Machines, *service) {
	t.Helper()
	s := &service{pages: map[string][]string{}, code: http.StatusBadRequest, state: "RUNNING"}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	client := sfn.New(sfn.Options{Region: "us-east-1", BaseEndpoint: aws.String(server.URL), RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", "")})
	return sfnexec.New(client, map[desk.Machine]string{desk.MachineApproval: arn}), s
}

func TestStartNamesMachineExecutionAndInput(t *testing.T) {
	m, service := newMachines(t)
	if err := m.Start(t.Context(), desk.MachineApproval, "01J-approval-1", []byte(`{"next":"AwaitUtHead"}`)); err != nil {
		t.Fatal(err)
	}
	want := input{"stateMachineArn": arn, "name": "01J-approval-1", "input": `{"next":"AwaitUtHead"}`}
	if diff := cmp.Diff(want, service.in[0]); diff != "" || service.calls[0] != "StartExecution" {
		t.Errorf("%s (-want +got):\n%s", service.calls[0], diff)
	}
}

// The operations page tells how an execution ended, in the service's words.
func TestWhyAnExecutionEnded(t *testing.T) {
	m, service := newMachines(t)
	service.state, service.ended = "FAILED", `,"error":"States.Runtime","cause":"no such field"`
	for _, test := range []struct{ err, want string }{{"", "FAILED States.Runtime no such field"}, {"ExecutionDoesNotExist", ""}} {
		service.err = test.err
		if got, err := m.Why(t.Context(), desk.MachineApproval, "n"); got != test.want || err != nil {
			t.Errorf("%q, %v; want %q", got, err, test.want)
		}
	}
	service.err = "AccessDeniedException"
	if _, err := m.Why(t.Context(), desk.MachineApproval, "n"); err == nil {
		t.Error("a service that refuses is no error")
	}
}

// What the service answers to each call, and what the desk makes of it.
func TestServiceErrorsAreTold(t *testing.T) {
	start := func(m *sfnexec.Machines, t *testing.T) error {
		return m.Start(t.Context(), desk.MachineApproval, "n", []byte("{}"))
	}
	send := func(m *sfnexec.Machines, t *testing.T) error {
		return m.SendSuccess(t.Context(), "token", []byte("{}"))
	}
	stop := func(m *sfnexec.Machines, t *testing.T) error {
		return m.Stop(t.Context(), desk.MachineApproval, "n", "superseded")
	}
	tests := []struct {
		name, err string
		code      int
		call      func(*sfnexec.Machines, *testing.T) error
		wantErr   bool
		wantDead  bool
	}{
		{"start: done", "", 0, start, false, false},
		{"start: it exists already", "ExecutionAlreadyExists", 400, start, false, false},
		{"start: no such machine", "StateMachineDoesNotExist", 400, start, true, false},
		{"start: throttled", "ThrottlingException", 400, start, true, false},
		{"start: the service is down", "InternalFailure", 500, start, true, false},
		{"send: done", "", 0, send, false, false},
		{"send: the task timed out", "TaskTimedOut", 400, send, true, true},
		{"send: the task was answered", "TaskDoesNotExist", 400, send, true, true},
		{"send: no token at all", "InvalidToken", 400, send, true, true},
		{"send: not allowed", "AccessDeniedException", 400, send, true, false},
		{"send: the service is down", "InternalFailure", 500, send, true, false},
		{"stop: done", "", 0, stop, false, false},
		{"stop: not there", "ExecutionDoesNotExist", 400, stop, false, false},
		{"stop: not allowed", "AccessDeniedException", 400, stop, true, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, service := newMachines(t)
			service.err, service.code = test.err, test.code
			err := test.call(m, t)
			if (err != nil) != test.wantErr || errors.Is(err, work.ErrTokenDead) != test.wantDead {
				t.Errorf("error %v, want error %v, dead token %v", err, test.wantErr, test.wantDead)
			}
		})
	}
}

func TestStopEndsWhatRunsAndLeavesTheRest(t *testing.T) {
	m, service := newMachines(t)
	if err := m.Stop(t.Context(), desk.MachineApproval, "01J-approval-1", "superseded"); err != nil {
		t.Fatal(err)
	}
	want := input{"executionArn": "arn:aws:states:us-east-1:000000000000:execution:mesa-approval:01J-approval-1", "cause": "superseded"}
	if diff := cmp.Diff(want, service.in[len(service.in)-1]); diff != "" || service.calls[len(service.calls)-1] != "StopExecution" {
		t.Errorf("%v (-want +got):\n%s", service.calls, diff)
	}
	service.state, service.calls = "SUCCEEDED", nil
	if err := m.Stop(t.Context(), desk.MachineApproval, "01J-approval-1", "superseded"); err != nil || slices.Contains(service.calls, "StopExecution") {
		t.Errorf("an execution that ended: %v, %v", service.calls, err)
	}
	service.state, service.only, service.err = "RUNNING", "StopExecution", "ExecutionDoesNotExist"
	if err := m.Stop(t.Context(), desk.MachineApproval, "01J-approval-1", "superseded"); err != nil {
		t.Errorf("an execution that went meanwhile: %v", err)
	}
	service.err = "AccessDeniedException"
	if err := m.Stop(t.Context(), desk.MachineApproval, "01J-approval-1", "superseded"); err == nil {
		t.Error("not allowed to stop: no error")
	}
}

// What runs is listed page by page; how one stands is told as it is.
func TestRunningNamesAndStatus(t *testing.T) {
	m, service := newMachines(t)
	service.pages["RUNNING"] = []string{`{"name":"a-approval-1"},{"name":"b-approval-2"}`, `{"name":"c-approval-1"}`}
	names, err := m.RunningNames(t.Context(), desk.MachineApproval)
	if diff := cmp.Diff([]string{"a-approval-1", "b-approval-2", "c-approval-1"}, names); diff != "" || err != nil {
		t.Errorf("%v, names (-want +got):\n%s", err, diff)
	}
	service.state = "TIMED_OUT"
	if status, err := m.Status(t.Context(), desk.MachineApproval, "n"); status != "TIMED_OUT" || err != nil {
		t.Errorf("status %q, %v", status, err)
	}
	service.err = "ExecutionDoesNotExist"
	if status, err := m.Status(t.Context(), desk.MachineApproval, "n"); status != "" || err != nil {
		t.Errorf("no execution: %q, %v", status, err)
	}
	service.err = "AccessDeniedException"
	if _, err := m.Status(t.Context(), desk.MachineApproval, "n"); err == nil {
		t.Error("not allowed to look: no error")
	}
	if _, err := m.RunningNames(t.Context(), desk.MachineApproval); err == nil {
		t.Error("not allowed to list: no error")
	}
}

func TestRunningIsReadFromTheStatus(t *testing.T) {
	for status, want := range map[string]bool{"RUNNING": true, "SUCCEEDED": false, "FAILED": false, "TIMED_OUT": false, "ABORTED": false} {
		m, service := newMachines(t)
		service.state = status
		if got, err := m.Running(t.Context(), desk.MachineApproval, "n"); err != nil || got != want {
			t.Errorf("%s: %v, %v", status, got, err)
		}
	}
	m, service := newMachines(t)
	service.err = "ExecutionDoesNotExist"
	if got, err := m.Running(t.Context(), desk.MachineApproval, "n"); err != nil || got {
		t.Errorf("no execution: %v, %v", got, err)
	}
	service.err = "AccessDeniedException"
	if _, err := m.Running(t.Context(), desk.MachineApproval, "n"); err == nil {
		t.Error("not allowed to look: no error")
	}
}

// run is an execution of a listing.
func run(name, status string, start, stop time.Time) string {
	return fmt.Sprintf(`{"executionArn":"x","stateMachineArn":%q,"name":%q,"status":%q,"startDate":%d,"stopDate":%d}`, arn, name, status, start.Unix(), stop.Unix())
}

func TestFailedListsWhatEndedBadlySince(t *testing.T) {
	m, service := newMachines(t)
	since := time.Date(2026, 9, 15, 17, 0, 0, 0, time.UTC)
	yesterday, later := since.Add(-24*time.Hour), since.Add(time.Minute)
	service.pages["FAILED"] = []string{
		run("new", "FAILED", later, later) + "," + run("old start, new end", "FAILED", yesterday, later),
		run("over before", "FAILED", yesterday, since.Add(-time.Second)) + "," + run("at that moment", "FAILED", yesterday, since),
	}
	service.pages["TIMED_OUT"] = []string{run("late", "TIMED_OUT", later, later)}
	got, err := m.Failed(t.Context(), desk.MachineApproval, since)
	if err != nil {
		t.Fatal(err)
	}
	want := []machines.Execution{
		{Name: "new", Machine: desk.MachineApproval, Status: "FAILED", StopAt: later}, {Name: "old start, new end", Machine: desk.MachineApproval, Status: "FAILED", StopAt: later},
		{Name: "at that moment", Machine: desk.MachineApproval, Status: "FAILED", StopAt: since}, {Name: "late", Machine: desk.MachineApproval, Status: "TIMED_OUT", StopAt: later},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("executions (-want +got):\n%s", diff)
	}
	var asked []string
	for _, in := range service.in {
		asked = append(asked, fmt.Sprint(in["statusFilter"]))
	}
	if diff := cmp.Diff([]string{"FAILED", "FAILED", "TIMED_OUT", "ABORTED"}, asked); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}
}

// A listing is newest first: it ends where runs began too long ago to matter.
func TestFailedStopsAtOldRuns(t *testing.T) {
	m, service := newMachines(t)
	since := time.Date(2026, 9, 15, 17, 0, 0, 0, time.UTC)
	old := since.Add(-32 * 24 * time.Hour)
	service.pages["FAILED"] = []string{run("old", "FAILED", old, old), run("older", "FAILED", old, old), run("oldest", "FAILED", old, old)}
	if got, err := m.Failed(t.Context(), desk.MachineApproval, since); err != nil || len(got) > 0 {
		t.Errorf("got %v, %v", got, err)
	}
	if n := len(service.calls); n != 3 {
		t.Errorf("%d listings, want one for each status", n)
	}
}

func TestFailedTellsThatItCannotList(t *testing.T) {
	m, service := newMachines(t)
	service.err = "AccessDeniedException"
	if _, err := m.Failed(t.Context(), desk.MachineApproval, time.Now()); err == nil || !strings.Contains(err.Error(), "FAILED") {
		t.Errorf("error %v", err)
	}
}
