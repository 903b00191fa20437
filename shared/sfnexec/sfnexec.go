// Package sfnexec speaks to Step Functions: starts and answers executions, and
// looks for those that ended badly. Standard workflows only.
package sfnexec

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"

	"mesa/shared/config"
	"mesa/shared/desk"
	"mesa/shared/machines"
	"mesa/shared/work"
)

// Machines are the three state machines of the stack by name. It holds calls
// and not the client, so that the linker leaves the client's other methods out
// of the binary.
type Machines struct {
	arns     map[desk.Machine]string
	start    func(context.Context, *sfn.StartExecutionInput, ...func(*sfn.Options)) (*sfn.StartExecutionOutput, error)
	succeed  func(context.Context, *sfn.SendTaskSuccessInput, ...func(*sfn.Options)) (*sfn.SendTaskSuccessOutput, error)
	list     func(context.Context, *sfn.ListExecutionsInput, ...func(*sfn.Options)) (*sfn.ListExecutionsOutput, error)
	describe func(context.Context, *sfn.DescribeExecutionInput, ...func(*sfn.Options)) (*sfn.DescribeExecutionOutput, error)
	stop     func(context.Context, *sfn.StopExecutionInput, ...func(*sfn.Options)) (*sfn.StopExecutionOutput, error)
}

// New takes the machines' addresses.
func New(c *sfn.Client, arns map[desk.Machine]string) *Machines {
	return &Machines{arns, c.StartExecution, c.SendTaskSuccess, c.ListExecutions, c.DescribeExecution, c.StopExecution}
}

// Open takes the machines' addresses from a function's settings.
func Open(cfg aws.Config, v config.Values) *Machines {
	return New(sfn.NewFromConfig(cfg), map[desk.Machine]string{
		desk.MachineApproval: v.ApprovalMachineARN, desk.MachineEscalation: v.EscalationMachineARN, desk.MachineHardware: v.HardwareMachineARN})
}

// Start starts the named execution. One that exists already is no error: the
// name is ticket, machine and generation, so it is the same wish.
func (m *Machines) Start(ctx context.Context, machine desk.Machine, name string, input []byte) error {
	_, err := m.start(ctx, &sfn.StartExecutionInput{StateMachineArn: aws.String(m.arns[machine]), Name: aws.String(name), Input: aws.String(string(input))})
	if _, exists := errors.AsType[*types.ExecutionAlreadyExists](err); exists {
		return nil
	}
	if err != nil {
		return fmt.Errorf("start %s: %w", name, err)
	}
	return nil
}

// SendSuccess answers a waiting task: an expired, answered or unknown token is
// work.ErrTokenDead (AWS says TaskTimedOut, emulators TaskDoesNotExist).
func (m *Machines) SendSuccess(ctx context.Context, token string, output []byte) error {
	_, err := m.succeed(ctx, &sfn.SendTaskSuccessInput{TaskToken: aws.String(token), Output: aws.String(string(output))})
	_, timedOut := errors.AsType[*types.TaskTimedOut](err)
	_, absent := errors.AsType[*types.TaskDoesNotExist](err)
	_, malformed := errors.AsType[*types.InvalidToken](err)
	switch {
	case timedOut || absent || malformed:
		return fmt.Errorf("%w: %w", work.ErrTokenDead, err)
	case err != nil:
		return fmt.Errorf("send task success: %w", err)
	}
	return nil
}

// badEnds are the statuses of executions that somebody must look after.
func badEnds() []types.ExecutionStatus {
	return []types.ExecutionStatus{types.ExecutionStatusFailed, types.ExecutionStatusTimedOut, types.ExecutionStatusAborted}
}

// Failed lists executions that ended badly since a moment of the wall clock.
// The service lists newest first, so the first older one ends the listing.
func (m *Machines) Failed(ctx context.Context, machine desk.Machine, since time.Time) ([]machines.Execution, error) {
	var failed []machines.Execution
	for _, status := range badEnds() {
		found, err := m.ended(ctx, machine, status, since)
		if err != nil {
			return nil, err
		}
		failed = append(failed, found...)
	}
	return failed, nil
}

func (m *Machines) ended(ctx context.Context, machine desk.Machine, status types.ExecutionStatus, since time.Time) ([]machines.Execution, error) {
	var found []machines.Execution
	in := &sfn.ListExecutionsInput{StateMachineArn: aws.String(m.arns[machine]), StatusFilter: status, MaxResults: 100}
	for {
		page, err := m.list(ctx, in)
		if err != nil {
			return nil, fmt.Errorf("list %s executions of %s: %w", status, machine, err)
		}
		for _, e := range page.Executions {
			if stop := aws.ToTime(e.StopDate); !stop.Before(since) {
				found = append(found, machines.Execution{Name: aws.ToString(e.Name), Machine: machine, Status: string(e.Status), StopAt: stop})
			}
		}
		n := len(page.Executions)
		tooOld := n > 0 && aws.ToTime(page.Executions[n-1].StartDate).Before(since.Add(-oldestRun))
		if in.NextToken = page.NextToken; in.NextToken == nil || tooOld {
			return found, nil
		}
	}
}

// oldestRun bounds how far back a listing by start date must look for a run
// that ended since: executions may last a year, but the sweeper also finds
// their tickets by overdue waits, so a month is enough here.
const oldestRun = 31 * 24 * time.Hour

// Running tells whether the named execution runs.
func (m *Machines) Running(ctx context.Context, machine desk.Machine, name string) (bool, error) {
	status, err := m.Status(ctx, machine, name)
	return status == string(types.ExecutionStatusRunning), err
}

// Status is how the named execution stands; "" if there is none.
func (m *Machines) Status(ctx context.Context, machine desk.Machine, name string) (string, error) {
	out, err := m.look(ctx, machine, name)
	return string(out.Status), err
}

// Why is how the named execution ended, and its error; "" if there is none.
func (m *Machines) Why(ctx context.Context, machine desk.Machine, name string) (string, error) {
	out, err := m.look(ctx, machine, name)
	words := []string{string(out.Status), aws.ToString(out.Error), aws.ToString(out.Cause)}
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " "), err
}

// look is an execution as the service tells it; nothing if there is none.
func (m *Machines) look(ctx context.Context, machine desk.Machine, name string) (sfn.DescribeExecutionOutput, error) {
	out, err := m.describe(ctx, &sfn.DescribeExecutionInput{ExecutionArn: aws.String(executionARN(m.arns[machine], name))})
	if _, absent := errors.AsType[*types.ExecutionDoesNotExist](err); absent {
		return sfn.DescribeExecutionOutput{}, nil
	}
	if err != nil {
		return sfn.DescribeExecutionOutput{}, fmt.Errorf("describe %s: %w", name, err)
	}
	return *out, nil
}

// RunningNames lists the executions of a machine that run.
func (m *Machines) RunningNames(ctx context.Context, machine desk.Machine) ([]string, error) {
	var names []string
	in := &sfn.ListExecutionsInput{StateMachineArn: aws.String(m.arns[machine]), StatusFilter: types.ExecutionStatusRunning, MaxResults: 1000}
	for {
		page, err := m.list(ctx, in)
		if err != nil {
			return nil, fmt.Errorf("list running executions of %s: %w", machine, err)
		}
		for _, e := range page.Executions {
			names = append(names, aws.ToString(e.Name))
		}
		if in.NextToken = page.NextToken; in.NextToken == nil {
			return names, nil
		}
	}
}

// Stop ends the named execution; one that is not there, or has ended, is no
// error. It asks first: an ended execution may refuse to be stopped.
func (m *Machines) Stop(ctx context.Context, machine desk.Machine, name, cause string) error {
	running, err := m.Running(ctx, machine, name)
	if err != nil || !running {
		return err
	}
	_, err = m.stop(ctx, &sfn.StopExecutionInput{ExecutionArn: aws.String(executionARN(m.arns[machine], name)), Cause: aws.String(cause)})
	_, absent := errors.AsType[*types.ExecutionDoesNotExist](err)
	if err != nil && !absent {
		return fmt.Errorf("stop %s: %w", name, err)
	}
	return nil
}
