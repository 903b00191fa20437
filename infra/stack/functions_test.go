package stack

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const functionType = "AWS::Serverless::Function"

// folderOf returns the folder name of a function: mail-in.
func folderOf(r Resource) string {
	return strings.TrimSuffix(strings.TrimPrefix(Text(r.Properties["CodeUri"]), "functions/"), "/")
}

// pascal turns a folder name into the first part of a logical id: mail-in, MailIn.
func pascal(kebab string) string {
	var out strings.Builder
	for part := range strings.SplitSeq(kebab, "-") {
		out.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return out.String()
}

// TestFunctionNamesAgree lets one grep for a function's word find everything that belongs to it.
func TestFunctionNamesAgree(t *testing.T) {
	tpl := ours(t)
	for _, f := range tpl.OfType(functionType) {
		name := folderOf(f)
		if f.ID != pascal(name)+"Function" {
			t.Errorf("%s has its code in functions/%s", f.ID, name)
		}
		if got, want := Text(f.Properties["FunctionName"]), "${AWS::StackName}-"+name; got != want {
			t.Errorf("%s is called %s, want %s", f.ID, got, want)
		}
		if _, ok := tpl.Resource(pascal(name) + "ErrorsAlarm"); !ok {
			t.Errorf("%s has no alarm %sErrorsAlarm", f.ID, pascal(name))
		}
	}
}

// TestFoldersAndFunctionsAgree finds a folder without function and a function without folder.
func TestFoldersAndFunctionsAgree(t *testing.T) {
	var inTemplate, onDisk []string
	for _, f := range ours(t).OfType(functionType) {
		inTemplate = append(inTemplate, folderOf(f))
	}
	entries, err := os.ReadDir("../../functions")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			onDisk = append(onDisk, e.Name())
		}
	}
	slices.Sort(inTemplate)
	if diff := cmp.Diff(onDisk, inTemplate); diff != "" {
		t.Errorf("functions (-folders +template)\n%s", diff)
	}
}

func TestFunctionsAreComplete(t *testing.T) {
	tpl := ours(t)
	for _, f := range tpl.OfType(functionType) {
		for _, property := range []string{"Description", "Timeout", "Policies"} {
			if f.Properties[property] == nil {
				t.Errorf("%s has no %s of its own", f.ID, property)
			}
		}
		group, ok := tpl.Resource(Refers(At(f.Properties, "LoggingConfig", "LogGroup")))
		if !ok || Refers(group.Properties["RetentionInDays"]) != "LogRetentionDays" {
			t.Errorf("%s has no log group with a retention", f.ID)
		}
	}
	for _, key := range []string{"Runtime", "Handler", "Architectures", "MemorySize", "Environment"} {
		if At(tpl.Globals, "Function", key) == nil {
			t.Errorf("Globals set no %s", key)
		}
	}
}

// TestTimeoutsFitTogether checks the numbers that hang on one another across the template.
func TestTimeoutsFitTogether(t *testing.T) {
	tpl := ours(t)
	timeout := func(id string) int {
		f, _ := tpl.Resource(id)
		return number(t, f.Properties["Timeout"])
	}
	for _, id := range []string{"ApiFunction", "PortalFunction", "LinksFunction"} {
		if got := timeout(id); got >= 30 {
			t.Errorf("%s may run %d s, but the gateway stops waiting at 30", id, got)
		}
	}
	for queueID, function := range map[string]string{"MailQueue": "MailInFunction", "MailEventsQueue": "MailFeedbackFunction"} {
		queue, _ := tpl.Resource(queueID)
		if got, want := number(t, queue.Properties["VisibilityTimeout"]), 6*timeout(function); got != want {
			t.Errorf("%s hides a message for %d s, want six times the timeout of %s, %d", queueID, got, function, want)
		}
	}
	outbox, _ := tpl.Resource("OutboxFunction")
	if got, want := number(t, At(outbox.Properties, "Environment", "Variables", "DESK_FUNCTION_TIMEOUT_SECONDS")), timeout("OutboxFunction"); got != want {
		t.Errorf("outbox is told that it may run %d s, but it may run %d", got, want)
	}
}

// TestEnvironmentIsWhatConfigReads compares the variables that the template sets with those that shared/config knows.
func TestEnvironmentIsWhatConfigReads(t *testing.T) {
	set := map[string]bool{}
	tpl := ours(t)
	blocks := []any{At(tpl.Globals, "Function", "Environment", "Variables")}
	for _, f := range tpl.OfType(functionType) {
		blocks = append(blocks, At(f.Properties, "Environment", "Variables"))
	}
	for _, block := range blocks {
		for name := range asMap(block) {
			set[name] = true
		}
	}
	read := map[string]bool{}
	for _, name := range regexp.MustCompile(`"(DESK_[A-Z_]+)"`).FindAllStringSubmatch(mustFile(t, "shared/config/config.go"), -1) {
		read[name[1]] = true
	}
	if diff := cmp.Diff(read, set); diff != "" {
		t.Errorf("variables (-config +template)\n%s", diff)
	}
}

func TestRoutesLeadWhereTheyShould(t *testing.T) {
	want := map[string]string{
		"ANY /v1/{proxy+}":            "Api",
		"GET /v1/openapi.json":        "Api",
		"OPTIONS /v1/{proxy+}":        "Api",
		"ANY /approvals/{proxy+}":     "Links",
		"ANY /answers/{proxy+}":       "Links",
		"ANY /verifications/{proxy+}": "Links",
		"ANY /credentials/{proxy+}":   "Links",
		"$default":                    "Portal",
	}
	got := map[string]string{}
	for _, r := range ours(t).OfType("AWS::ApiGatewayV2::Route") {
		key := Text(r.Properties["RouteKey"])
		target := Text(r.Properties["Target"])
		got[key] = strings.TrimSuffix(strings.TrimPrefix(target, "integrations/${"), "Integration}")
		if signedIn, want := r.Properties["AuthorizerId"] != nil, key == "ANY /v1/{proxy+}"; signedIn != want {
			t.Errorf("%s asks for a token: %t, want %t", key, signedIn, want)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("routes (-want +got)\n%s", diff)
	}
}

func number(t *testing.T, value any) int {
	t.Helper()
	n, err := strconv.Atoi(Text(value))
	if err != nil {
		t.Fatalf("%v is no number", value)
	}
	return n
}
