package stack

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSectionsStandInReadingOrder(t *testing.T) {
	want := []string{"AWSTemplateFormatVersion", "Transform", "Description", "Parameters", "Conditions", "Globals", "Resources", "Outputs"}
	if diff := cmp.Diff(want, ours(t).Sections); diff != "" {
		t.Errorf("sections (-want +got)\n%s", diff)
	}
}

func TestParametersAreSortedDescribedAndConstrained(t *testing.T) {
	tpl := ours(t)
	if !slices.IsSortedFunc(tpl.Parameters, func(a, b Entry) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("the parameters are not in alphabetical order")
	}
	for _, p := range tpl.Parameters {
		if Text(p.Body["Description"]) == "" {
			t.Errorf("%s has no description", p.ID)
		}
		if p.Body["AllowedValues"] == nil && p.Body["AllowedPattern"] == nil {
			t.Errorf("%s takes anything", p.ID)
		}
	}
}

func TestOutputsAreThere(t *testing.T) {
	got := map[string]bool{}
	for _, o := range ours(t).Outputs {
		got[o.ID] = true
		if Text(o.Body["Description"]) == "" {
			t.Errorf("output %s has no description", o.ID)
		}
	}
	for _, want := range []string{"ApiUrl", "TableName", "MailBucketName", "FilesBucketName", "MailTopicArn", "MailEventsTopicArn", "UserPoolId", "UserPoolClientId",
		"LinkKeySecretArn", "ApprovalStateMachineArn", "EscalationStateMachineArn", "HardwareDiagnosisStateMachineArn",
		"OutboxFunctionName", "SweeperFunctionName", "WorkflowFunctionName", "MailInFunctionName", "MailFeedbackFunctionName"} {
		if !got[want] {
			t.Errorf("there is no output %s", want)
		}
	}
}

// TestPrivilegesAreLeast allows no wildcard in an action, and in a resource only beside its reason.
func TestPrivilegesAreLeast(t *testing.T) {
	for _, r := range ours(t).Resources {
		for _, s := range r.Statements {
			if s.Sid == "" && r.Type != "AWS::IAM::Role" {
				t.Errorf("%s has a statement without Sid", r.ID)
			}
			if s.Effect != "Allow" {
				continue // a refusal may be as wide as it likes
			}
			for _, action := range s.Actions {
				if strings.Contains(action, "*") {
					t.Errorf("%s allows %s", r.ID, action)
				}
			}
			if everything(s.Resources) && s.Reason == "" {
				t.Errorf("%s allows %s on everything, without a reason beside it", r.ID, s.Sid)
			}
		}
	}
}

// everything says whether a '*' stands anywhere among the resources, !If branches included.
func everything(resources []any) bool {
	for _, r := range resources {
		switch v := r.(type) {
		case string:
			if v == "*" {
				return true
			}
		case map[string]any:
			if everything(asList(v["Fn::If"])) {
				return true
			}
		}
	}
	return false
}

// TestDataOutlivesTheStack names what a deleted or broken stack must leave behind.
func TestDataOutlivesTheStack(t *testing.T) {
	tpl := ours(t)
	for _, id := range []string{"DeskTable", "MailBucket", "FilesBucket", "UserPool", "LinkKeySecret"} {
		if r, ok := tpl.Resource(id); !ok || r.Deletion != "Retain" {
			t.Errorf("%s would be deleted with the stack", id)
		}
	}
	table, _ := tpl.Resource("DeskTable")
	for _, path := range [][]string{{"DeletionProtectionEnabled"}, {"PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"}} {
		if got := Text(At(table.Properties, path...)); got != "true" {
			t.Errorf("DeskTable: %s is %q", strings.Join(path, "."), got)
		}
	}
}

func TestLogsHoldNoSecrets(t *testing.T) {
	tpl := ours(t)
	stage, _ := tpl.Resource("HttpApiStage")
	format := Text(At(stage.Properties, "AccessLogSettings", "Format"))
	for _, never := range []string{"$context.path", "$context.protocol", "queryString", "requestOverride", "authorizer.claims"} {
		if strings.Contains(format, never) {
			t.Errorf("the access log holds %s, and with it tokens of links or persons", never)
		}
	}
	for _, m := range tpl.OfType("AWS::Serverless::StateMachine") {
		if got := Text(At(m.Properties, "Logging", "IncludeExecutionData")); got != "false" {
			t.Errorf("%s logs execution data, task tokens among it", m.ID)
		}
	}
}

// TestAlarmsHaveRunbooks compares alarms, their names, their descriptions and the folder of runbooks.
func TestAlarmsHaveRunbooks(t *testing.T) {
	want := map[string]bool{}
	for _, a := range ours(t).OfType("AWS::CloudWatch::Alarm") {
		name := strings.TrimPrefix(Text(a.Properties["AlarmName"]), "${AWS::StackName}-")
		want[name+".md"] = true
		if a.ID != pascal(name)+"Alarm" {
			t.Errorf("%s is called %s", a.ID, name)
		}
		if !strings.HasSuffix(Text(a.Properties["AlarmDescription"]), "Runbook infra/runbooks/"+name+".md") {
			t.Errorf("%s does not name its runbook", a.ID)
		}
		if Refers(asList(a.Properties["AlarmActions"])[0]) != "AlarmTopic" || a.Properties["TreatMissingData"] == nil {
			t.Errorf("%s rings nowhere, or does not say what silence means", a.ID)
		}
	}
	got := map[string]bool{}
	entries, err := os.ReadDir("../runbooks")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "README.md" {
			got[e.Name()] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("runbooks (-alarms +files)\n%s", diff)
	}
}

// TestRunbooksSayWhatToDo holds every runbook to the same four questions, and the folder's README to naming them all.
func TestRunbooksSayWhatToDo(t *testing.T) {
	index := mustFile(t, "infra/runbooks/README.md")
	entries, err := os.ReadDir("../runbooks")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() == "README.md" {
			continue
		}
		text := mustFile(t, "infra/runbooks/"+e.Name())
		if !strings.HasPrefix(text, "# "+strings.TrimSuffix(e.Name(), ".md")+"\n") {
			t.Errorf("%s does not begin with its name", e.Name())
		}
		for _, heading := range []string{"**Rings when**", "**What people notice**", "## Look", "## Mend"} {
			if !strings.Contains(text, heading) {
				t.Errorf("%s has no %s", e.Name(), heading)
			}
		}
		if !strings.Contains(index, "("+e.Name()+")") {
			t.Errorf("the README of the runbooks does not name %s", e.Name())
		}
	}
}

// TestNothingAsynchronousFailsInSilence wants an alarm on every queue of what was given up.
func TestNothingAsynchronousFailsInSilence(t *testing.T) {
	tpl := ours(t)
	watched := map[string]bool{}
	for _, a := range tpl.OfType("AWS::CloudWatch::Alarm") {
		for _, d := range asList(a.Properties["Dimensions"]) {
			watched[Refers(asMap(d)["Value"])] = true
		}
	}
	for _, q := range tpl.OfType("AWS::SQS::Queue") {
		if !watched[q.ID] {
			t.Errorf("no alarm watches %s", q.ID)
		}
		if got := number(t, q.Properties["MessageRetentionPeriod"]); got != 14*24*3600 {
			t.Errorf("%s keeps messages %d s, want 14 days", q.ID, got)
		}
	}
}
