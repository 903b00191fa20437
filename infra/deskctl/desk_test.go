package main

import (
	"os"
	"strings"
	"testing"

	"mesa/infra/local/cloud"
)

func TestTheLocalDescriptionIsOptional(t *testing.T) {
	tests := []struct{ name, file, region, err string }{
		{"none is no error", "/nowhere/local.json", "", ""},
		{"one is read", mustWrite(t, "local.json", `{"region":"us-east-1","outputs":{"TableName":"desk"}}`), "us-east-1", ""},
		{"a broken one is named", mustWrite(t, "broken.json", `{`), "", "broken.json"},
		{"a folder is an error", t.TempDir(), "", "directory"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, err := (&cli{Local: test.file}).describe()
			if (err == nil) != (test.err == "") || (err != nil && !strings.Contains(err.Error(), test.err)) {
				t.Fatalf("error %v, want %q", err, test.err)
			}
			if d != nil && d.Region != test.region || d == nil && test.region != "" {
				t.Errorf("description %+v, want region %q", d, test.region)
			}
		})
	}
}

// A description of a running desk is enough to connect; nothing is called yet.
func TestALocalDeskIsFoundByItsDescription(t *testing.T) {
	for _, name := range append(deskVariables(), "AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") {
		t.Setenv(name, "") // also puts back what connect sets
	}
	file := mustWrite(t, "local.json", `{"region":"us-east-1","emulatorUrl":"http://127.0.0.1:4566","accessKeyId":"practice","secretAccessKey":"practice",
		"outputs":{"TableName":"mesa-table","UserPoolId":"us-east-1_abc","UserPoolClientId":"portal"}}`)
	d, err := (&cli{Local: file}).connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d.Values.Table != "mesa-table" || !d.Values.Local() || d.Values.OIDCClientID != "portal" || d.Outputs["UserPoolId"] != "us-east-1_abc" {
		t.Errorf("found %+v with outputs %v", d.Values, d.Outputs)
	}
	if want := "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc"; d.issuer() != want {
		t.Errorf("issuer is %q, want %q", d.issuer(), want)
	}
	if d.Store == nil || d.Road == nil || d.AWS.Region != "us-east-1" {
		t.Errorf("the desk has no store, no road or region %q", d.AWS.Region)
	}
}

// The clock and the practice accounts belong to a local desk alone.
func TestARealDeskIsLeftAlone(t *testing.T) {
	for _, args := range [][]string{{"clock", "advance", "1h"}, {"clock", "set", "2026-12-01T09:00"}, {"sample", "load"}} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			var out, errOut strings.Builder
			t.Setenv("DESK_TABLE", "mesa")
			t.Setenv("DESK_CLOCK", "wall")
			t.Setenv("DESK_OIDC_DISCOVERY_URL", "")
			t.Setenv("AWS_REGION", "us-east-1")
			if code := run(t.Context(), args, streams{nil, &out, &errOut}); code != 1 || !strings.Contains(errOut.String(), "DESK_CLOCK=local") {
				t.Errorf("exits with %d: %s%s", code, out.String(), errOut.String())
			}
		})
	}
}

func TestAdoptSetsEveryOutput(t *testing.T) {
	for _, name := range append(deskVariables(), "AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") {
		t.Setenv(name, "")
	}
	outputs := map[string]string{}
	for output := range outputVariables {
		outputs[output] = "of " + output
	}
	if err := adopt(&cloud.Description{EmulatorURL: "http://127.0.0.1:1", Outputs: outputs}); err != nil {
		t.Fatal(err)
	}
	for output, variable := range outputVariables {
		if got := os.Getenv(variable); got != "of "+output {
			t.Errorf("%s is %q, want the output %s", variable, got, output)
		}
	}
}

func TestAccountOfARole(t *testing.T) {
	tests := []struct{ name, role, email, err string }{
		{"a role has one", "ut-head", "jefa-ut-lima@qw.gob.pe", ""},
		{"an address is itself", "otra@qw.gob.pe", "otra@qw.gob.pe", ""},
		{"an unknown role names those there are", "boss", "", "requester, requester-ut"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			email, err := accountOf(test.role)
			if email != test.email || (err == nil) != (test.err == "") || (err != nil && !strings.Contains(err.Error(), test.err)) {
				t.Errorf("got %q, %v; want %q, %q", email, err, test.email, test.err)
			}
		})
	}
}

func TestSecretHashIsCognitos(t *testing.T) {
	// HMAC-SHA256 with the client's secret, in base64 with padding.
	if got, want := secretHash("key", "The quick brown fox jumps over the lazy dog"), "97yD9DBThCSxMpjmqm+xQ+9NWaFJRhdZl0edvC0aPNg="; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
