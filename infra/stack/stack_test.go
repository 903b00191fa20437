package stack

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const small = `
Description: x
Parameters:
  Zone: {Type: String, Default: a}
Conditions:
  Here: !Equals [!Ref Zone, a]
Resources:
  Role:
    Type: AWS::IAM::Role
    Condition: Here
    DeletionPolicy: Retain
    Properties:
      Name: !Sub '${AWS::StackName}-role'
      Owner: !GetAtt Other.Arn
      Policies:
        - PolicyDocument:
            Statement:
              - {Sid: One, Effect: Allow, Action: s3:GetObject, Resource: !Ref Other}
              - !If
                - Here
                - Sid: Two
                  Effect: Allow
                  Action: [a:B, a:C]
                  Resource: '*' # no ARN to name
                - !Ref AWS::NoValue
  Other:
    Type: AWS::S3::Bucket
Outputs:
  Name: {Description: y, Value: !Ref Role}
`

func TestReadKeepsOrderAndShortForms(t *testing.T) {
	tpl := mustRead(t, small)
	if diff := cmp.Diff([]string{"Description", "Parameters", "Conditions", "Resources", "Outputs"}, tpl.Sections); diff != "" {
		t.Errorf("sections (-want +got)\n%s", diff)
	}
	role, ok := tpl.Resource("Role")
	if !ok || role.Type != "AWS::IAM::Role" || role.Condition != "Here" || role.Deletion != "Retain" {
		t.Errorf("role = %+v", role)
	}
	if got := Text(role.Properties["Name"]); got != "${AWS::StackName}-role" {
		t.Errorf("name = %q", got)
	}
	if got := Refers(role.Properties["Owner"]); got != "Other" {
		t.Errorf("owner refers to %q", got)
	}
	if got := len(tpl.OfType("AWS::S3::Bucket")); got != 1 {
		t.Errorf("%d buckets, want 1", got)
	}
}

func TestReadFindsStatementsInEveryBranch(t *testing.T) {
	role, _ := mustRead(t, small).Resource("Role")
	want := []Statement{
		{Sid: "One", Effect: "Allow", Actions: []string{"s3:GetObject"}, Resources: []any{map[string]any{"Ref": "Other"}}},
		{Sid: "Two", Effect: "Allow", Actions: []string{"a:B", "a:C"}, Resources: []any{"*"}, Reason: "no ARN to name"},
	}
	if diff := cmp.Diff(want, role.Statements); diff != "" {
		t.Errorf("statements (-want +got)\n%s", diff)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, text := range map[string]string{"an empty file": "", "broken YAML": "a: [b"} {
		t.Run(name, func(t *testing.T) {
			if _, err := Read([]byte(text)); err == nil || !strings.Contains(err.Error(), "read template") {
				t.Errorf("error = %v, want one about the template", err)
			}
		})
	}
}

func TestAtStopsWhereNothingIs(t *testing.T) {
	block := map[string]any{"A": map[string]any{"B": "c"}}
	if got := At(block, "A", "B"); got != "c" {
		t.Errorf("A.B = %v, want c", got)
	}
	if got := At(block, "A", "X", "Y"); got != nil {
		t.Errorf("A.X.Y = %v, want nothing", got)
	}
	if got := Text(nil) + Text(12) + Refers("plain"); got != "12" {
		t.Errorf("texts = %q, want 12", got)
	}
}

func mustRead(t *testing.T, text string) Template {
	t.Helper()
	tpl, err := Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}

// ours reads the template of this repository.
func ours(t *testing.T) Template {
	t.Helper()
	return mustRead(t, mustFile(t, "template.yaml"))
}

// mustFile reads a file of this repository by its path from the root.
func mustFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile("../../" + path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
