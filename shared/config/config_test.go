package config

import (
	"strings"
	"testing"
)

func env(m map[string]string) func(string) string { return func(k string) string { return m[k] } }

func TestReadReportsEveryBadVariableAtOnce(t *testing.T) {
	_, err := read(env(map[string]string{"DESK_CLOCK": "moon", "DESK_FUNCTION_TIMEOUT_SECONDS": "x"}), []string{"DESK_TABLE", "DESK_BASE_URL"})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"DESK_TABLE is not set", "DESK_BASE_URL is not set", `DESK_CLOCK is "moon"`, "DESK_FUNCTION_TIMEOUT_SECONDS"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error lacks %q: %v", want, err)
		}
	}
}

func TestLocalClock(t *testing.T) {
	tests := []struct{ name, endpoint, err string }{
		{"is refused in the cloud", "", "not this machine"},
		{"is refused at another host", "http://10.0.0.1:4566", "not this machine"},
		{"is refused at a name that looks local", "http://localhost.example.org", "not this machine"},
		{"is taken at localhost", "http://localhost:4566", ""},
		{"is taken at the loopback address", "http://127.0.0.1:4566", ""},
		{"is taken at the IPv6 loopback", "http://[::1]:4566", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v, err := read(env(map[string]string{"DESK_CLOCK": "local", "AWS_ENDPOINT_URL": test.endpoint}), nil)
			switch {
			case test.err == "" && (err != nil || !v.Local()):
				t.Errorf("local=%v err=%v", v.Local(), err)
			case test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)):
				t.Errorf("err = %v, want %q", err, test.err)
			}
		})
	}
}

func TestDiscoveryAddressNeedsTheLocalClock(t *testing.T) {
	if _, err := read(env(map[string]string{"DESK_OIDC_DISCOVERY_URL": "http://localhost:8080"}), nil); err == nil {
		t.Error("a discovery address was taken with the wall clock")
	}
}

func TestValuesAreReadByName(t *testing.T) {
	v, err := read(env(map[string]string{"DESK_TABLE": " desk ", "DESK_MACHINE_CLIENTS": "a,b", "DESK_FUNCTION_TIMEOUT_SECONDS": "60"}), []string{"DESK_TABLE"})
	if err != nil {
		t.Fatal(err)
	}
	if v.Table != "desk" || len(v.MachineClients) != 2 || v.FunctionTimeout.Seconds() != 60 {
		t.Errorf("values = %+v", v)
	}
}
