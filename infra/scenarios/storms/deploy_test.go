package storms_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"

	"mesa/infra/scenarios/rig"
	"mesa/shared/desk"
)

// F48: tickets were opened under an older definition, which has no state for a
// question. An execution of it that needs nothing new ends as ever; one that is
// told of a state it does not know says so and is replaced by one of the
// definition in force, with the date that the wait had. (Items of an older table
// format: shared/dynamo, format_test.go.)
func TestTicketsOutliveTheDefinitionTheyBeganUnder(t *testing.T) {
	ctx := t.Context()
	must(t, running.Morning(ctx))
	machine := running.Outputs["EscalationStateMachineArn"]
	states := sfn.NewFromConfig(running.AWS)
	now, err := states.DescribeStateMachine(ctx, &sfn.DescribeStateMachineInput{StateMachineArn: aws.String(machine)})
	must(t, err)
	deploy := func(ctx context.Context, definition string) error {
		_, err := states.UpdateStateMachine(ctx, &sfn.UpdateStateMachineInput{StateMachineArn: aws.String(machine), Definition: aws.String(definition)})
		return err
	}
	older, err := without(aws.ToString(now.Definition), "AwaitRequester")
	must(t, err)
	t.Cleanup(func() { must(t, deploy(context.WithoutCancel(ctx), aws.ToString(now.Definition))) })

	must(t, deploy(ctx, older))
	const asker, hands = desk.PersonID("usuaria-ut-pasco-1"), desk.PersonID("especialista-ut-pasco")
	open := func(subject string) rig.Case {
		c, err := running.Submit(ctx, asker, rig.NewKey(), map[string]string{"flow": "8.5", "service": "apps-antivirus", "subject": subject, "description": "x"})
		must(t, err)
		c, err = running.Act(ctx, hands, c.Number, "take", nil)
		must(t, err)
		must(t, rig.Until(ctx, waitLimit, func() error { return keeps(ctx, c, desk.WaitLevel, 1) }))
		return c
	}
	plain, asked := open("Nada nuevo"), open("Con una pregunta")
	must(t, deploy(ctx, aws.ToString(now.Definition)))

	_, err = running.Act(ctx, hands, plain.Number, "close", map[string]string{"solution": "Se actualizó.", "medium": "mail"})
	must(t, err)
	stands(t, plain, "SUCCEEDED")

	_, err = running.Act(ctx, hands, asked.Number, "ask", map[string]string{"question": "¿Qué versión?"})
	must(t, err)
	stands(t, asked, "FAILED")
	before := dateOf(t, asked, desk.WaitPaused)
	_, err = running.Advance(ctx, 2*time.Minute) // the sweeper's round
	must(t, err)
	must(t, rig.Until(ctx, waitLimit, func() error { return keeps(ctx, asked, desk.WaitPaused, 2) }))
	if after := dateOf(t, asked, desk.WaitPaused); !after.Equal(before) {
		t.Errorf("the question is due %s, was %s", after, before)
	}
	stands(t, asked, "RUNNING")
	path, err := running.Path(ctx, asked.ID, desk.MachineEscalation)
	must(t, err)
	if got := strings.Join(path, " "); got != "FollowAnswer AwaitRequester" {
		t.Errorf("the new execution went %q", got)
	}
	if stuck, err := running.Store.StuckMachines(ctx); err != nil || len(stuck) != 0 {
		t.Errorf("listed as stuck: %+v, %v", stuck, err)
	}
	_, err = running.Act(ctx, hands, asked.Number, "close", map[string]string{"solution": "Se actualizó.", "medium": "mail"})
	must(t, err)
	stands(t, asked, "SUCCEEDED")
}

// without is a definition as it was before a state was drawn.
func without(definition, state string) (string, error) {
	var d map[string]any
	if err := json.Unmarshal([]byte(definition), &d); err != nil {
		return "", err
	}
	states, _ := d["States"].(map[string]any)
	follow, _ := states["FollowAnswer"].(map[string]any)
	choices, _ := follow["Choices"].([]any)
	var kept []any
	for _, c := range choices {
		if choice, ok := c.(map[string]any); !ok || choice["Next"] != state {
			kept = append(kept, c)
		}
	}
	if states[state] == nil || len(kept) != len(choices)-1 {
		return "", fmt.Errorf("the definition has no %s to leave out", state)
	}
	delete(states, state)
	follow["Choices"] = kept
	text, err := json.Marshal(d)
	return string(text), err
}

// keeps tells whether a generation's execution has handed its token over.
func keeps(ctx context.Context, c rig.Case, kind desk.WaitKind, generation int) error {
	s, err := running.Store.Load(ctx, c.ID)
	if err != nil {
		return err
	}
	for _, w := range s.Waits {
		if w.ID.Kind() == kind && w.Token != "" && w.Generation == generation {
			return nil
		}
	}
	return errors.New(c.Number + " has no timer yet")
}

// dateOf is when an open wait ends.
func dateOf(t *testing.T, c rig.Case, kind desk.WaitKind) time.Time {
	t.Helper()
	s, err := running.Store.Load(t.Context(), c.ID)
	must(t, err)
	for _, w := range s.Waits {
		if w.ID.Kind() == kind {
			return w.WakeAt
		}
	}
	t.Fatalf("%s waits for no %s", c.Number, kind)
	return time.Time{}
}

// stands waits until the newest execution stands so.
func stands(t *testing.T, c rig.Case, want string) {
	t.Helper()
	must(t, rig.Until(t.Context(), waitLimit, func() error {
		got, err := running.Execution(t.Context(), c.ID, desk.MachineEscalation)
		if err == nil && string(got) != want {
			err = fmt.Errorf("%s stands %s, want %s", c.Number, got, want)
		}
		return err
	}))
}
