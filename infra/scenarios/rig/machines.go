package rig

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"

	"mesa/shared/desk"
)

// Execution is how the newest execution of a machine for a ticket stands, "" if
// there is none.
func (d *Desk) Execution(ctx context.Context, id desk.TicketID, m desk.Machine) (types.ExecutionStatus, error) {
	arn, err := d.ExecutionARN(ctx, id, m)
	if err != nil || arn == "" {
		return "", err
	}
	out, err := sfn.NewFromConfig(d.AWS).DescribeExecution(ctx, &sfn.DescribeExecutionInput{ExecutionArn: aws.String(arn)})
	if err != nil {
		return "", fmt.Errorf("describe execution: %w", err)
	}
	return out.Status, nil
}

// Path is the states that the newest execution entered, in order. Each is a
// transition that AWS bills.
func (d *Desk) Path(ctx context.Context, id desk.TicketID, m desk.Machine) ([]string, error) {
	arn, err := d.ExecutionARN(ctx, id, m)
	if err != nil || arn == "" {
		return nil, err
	}
	pages := sfn.NewGetExecutionHistoryPaginator(sfn.NewFromConfig(d.AWS), &sfn.GetExecutionHistoryInput{ExecutionArn: aws.String(arn)})
	var path []string
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("history: %w", err)
		}
		for _, e := range page.Events {
			if e.StateEnteredEventDetails != nil {
				path = append(path, aws.ToString(e.StateEnteredEventDetails.Name))
			}
		}
	}
	return path, nil
}

// machineOutput is the stack's output that names a machine.
func machineOutput(m desk.Machine) string {
	return map[desk.Machine]string{desk.MachineApproval: "ApprovalStateMachineArn", desk.MachineEscalation: "EscalationStateMachineArn",
		desk.MachineHardware: "HardwareDiagnosisStateMachineArn"}[m]
}

func (d *Desk) ExecutionARN(ctx context.Context, id desk.TicketID, m desk.Machine) (string, error) {
	stored, err := d.Store.Load(ctx, id)
	if err != nil {
		return "", err
	}
	generation := stored.Machines[m].Generation
	if generation == 0 {
		return "", nil
	}
	machine := strings.Replace(d.Outputs[machineOutput(m)], ":stateMachine:", ":execution:", 1)
	return fmt.Sprintf("%s:%s-%s-%d", machine, id, m, generation), nil
}
