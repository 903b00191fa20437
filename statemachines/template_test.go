package statemachines

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/infra/stack"
)

// TestTemplateDeploysTheFiles is the agreement of three: what the files leave open, what the template puts there, and the functions
// that it stands for.
func TestTemplateDeploysTheFiles(t *testing.T) {
	tpl := mustReadTemplate(t)
	deployed := map[string]bool{}
	for _, r := range tpl.OfType("AWS::Serverless::StateMachine") {
		name := strings.TrimSuffix(strings.TrimPrefix(stack.Text(r.Properties["DefinitionUri"]), "statemachines/"), ".asl.json")
		deployed[name] = true
		if r.ID != pascal(name)+"StateMachine" || stack.Text(r.Properties["Name"]) != "${AWS::StackName}-"+name {
			t.Errorf("%s deploys %s as %s", r.ID, name, stack.Text(r.Properties["Name"]))
		}
		filled := map[string]string{}
		substitutions, _ := r.Properties["DefinitionSubstitutions"].(map[string]any)
		for placeholder, value := range substitutions {
			filled[placeholder] = stack.Refers(value)
		}
		if diff := cmp.Diff(placeholders(string(mustReadFile(t, name+".asl.json"))), filled); diff != "" {
			t.Errorf("%s: placeholder and function (-file +template)\n%s", r.ID, diff)
		}
		for _, function := range filled {
			checkFolder(t, tpl, function)
		}
	}
	for _, m := range All() {
		if !deployed[m.Name] {
			t.Errorf("the template does not deploy %s", m.Name)
		}
	}
}

// placeholders returns what a definition leaves open, each with the function that its name stands for: ${WorkflowFunctionArn} is
// the ARN of WorkflowFunction.
func placeholders(definition string) map[string]string {
	found := map[string]string{}
	for _, match := range regexp.MustCompile(`\$\{(\w+)\}`).FindAllStringSubmatch(definition, -1) {
		found[match[1]] = strings.TrimSuffix(match[1], "Arn")
	}
	return found
}

func checkFolder(t *testing.T, tpl stack.Template, function string) {
	t.Helper()
	f, ok := tpl.Resource(function)
	if !ok {
		t.Errorf("there is no function %s", function)
		return
	}
	if _, err := os.Stat("../" + stack.Text(f.Properties["CodeUri"])); err != nil {
		t.Errorf("%s: %v", function, err)
	}
}

// TestCallsOutliveTheFunction keeps a call's timeout at twice the function's: the function's own end is then seen first, and retried.
func TestCallsOutliveTheFunction(t *testing.T) {
	f, _ := mustReadTemplate(t).Resource("WorkflowFunction")
	if got := stack.Text(f.Properties["Timeout"]); got != "30" || callSeconds != 60 {
		t.Errorf("workflow may run %s s and a call %d s, want 30 and 60", got, callSeconds)
	}
}

// TestFunctionsNameTheMachines compares the ARNs that functions get with the names of the machines: they are written out, since a
// reference would close a circle.
func TestFunctionsNameTheMachines(t *testing.T) {
	tpl := mustReadTemplate(t)
	variables := map[string]string{
		"DESK_APPROVAL_MACHINE_ARN": "approval", "DESK_ESCALATION_MACHINE_ARN": "escalation", "DESK_HARDWARE_MACHINE_ARN": "hardware-diagnosis",
	}
	for _, id := range []string{"OutboxFunction", "SweeperFunction"} {
		f, _ := tpl.Resource(id)
		for variable, machine := range variables {
			arn := stack.Text(stack.At(f.Properties, "Environment", "Variables", variable))
			if !strings.HasSuffix(arn, ":stateMachine:${AWS::StackName}-"+machine) {
				t.Errorf("%s: %s is %q", id, variable, arn)
			}
		}
	}
}

func pascal(kebab string) string {
	var out strings.Builder
	for part := range strings.SplitSeq(kebab, "-") {
		out.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return out.String()
}

func mustReadTemplate(t *testing.T) stack.Template {
	t.Helper()
	tpl, err := stack.Read(mustReadFile(t, "../template.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}
