package permissions

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/infra/stack"
)

const template = `
Resources:
  MailInFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/mail-in/
      Policies:
        - Statement:
            - {Effect: Allow, Action: [s3:GetObject, s3:GetObject], Resource: x}
            - {Effect: Allow, Action: sqs:ReceiveMessage, Resource: x}
            - {Effect: Allow, Action: dynamodb:PutItem, Resource: x}
  OtherRole:
    Type: AWS::IAM::Role
    Properties:
      Policies: [{PolicyDocument: {Statement: [{Effect: Allow, Action: lambda:InvokeFunction, Resource: x}]}}]
`

func TestGrantedIsWhatFunctionsThemselvesDo(t *testing.T) {
	want := []Permission{{"mail-in", "dynamodb:PutItem"}, {"mail-in", "s3:GetObject"}}
	if diff := cmp.Diff(want, Granted(mustRead(t, template))); diff != "" {
		t.Errorf("granted (-want +got)\n%s", diff)
	}
}

func TestUnusedAndRefused(t *testing.T) {
	granted := Granted(mustRead(t, template))
	cases := []struct {
		name            string
		uses            string
		unused, refused []Permission
	}{
		{"nothing was used", `[]`, granted, nil},
		{"all was used", `[{"function":"mesa-mail-in","action":"dynamodb:PutItem","allowed":true},{"function":"mesa-mail-in","action":"s3:GetObject","allowed":true}]`, nil, nil},
		{"a refused try is no use", `[{"function":"mesa-mail-in","action":"s3:GetObject","allowed":false},{"function":"mesa-mail-in","action":"dynamodb:PutItem","allowed":true}]`,
			[]Permission{{"mail-in", "s3:GetObject"}}, []Permission{{"mail-in", "s3:GetObject"}}},
		{"another function used it", `[{"function":"mesa-api","action":"dynamodb:PutItem","allowed":true}]`, granted, nil},
		{"another stack was refused", `[{"function":"relay-1","action":"s3:GetObject","allowed":false}]`, granted, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			uses, err := ReadUses([]byte(c.uses))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.unused, Unused(granted, uses, "mesa")); diff != "" {
				t.Errorf("unused (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(c.refused, Refused(uses, "mesa")); diff != "" {
				t.Errorf("refused (-want +got)\n%s", diff)
			}
		})
	}
}

func TestReadUsesRefusesOtherText(t *testing.T) {
	if _, err := ReadUses([]byte("not found")); err == nil || !strings.Contains(err.Error(), "report of permissions") {
		t.Errorf("error = %v, want one about the report", err)
	}
}

// TestOurTemplateGrants keeps the seam honest: it must find the permissions of the real template.
func TestOurTemplateGrants(t *testing.T) {
	text, err := os.ReadFile("../../template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	granted := map[Permission]bool{}
	for _, p := range Granted(mustRead(t, string(text))) {
		granted[p] = true
	}
	for _, want := range []Permission{{"api", "s3:GetObject"}, {"outbox", "ses:SendEmail"}, {"workflow", "states:SendTaskSuccess"}, {"sweeper", "states:ListExecutions"}} {
		if !granted[want] {
			t.Errorf("%v is not found", want)
		}
	}
	for _, never := range []Permission{{"api", "ses:SendEmail"}, {"portal", "states:SendTaskSuccess"}, {"sweeper", "states:StartExecution"}} {
		if granted[never] {
			t.Errorf("%v is granted", never)
		}
	}
}

func mustRead(t *testing.T, text string) stack.Template {
	t.Helper()
	tpl, err := stack.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}
