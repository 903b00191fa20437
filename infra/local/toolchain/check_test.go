package toolchain

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// machine is a computer with some programs; its Pythons tell a version.
type machine map[string]string

func (m machine) find(name string) (string, error) {
	if _, ok := m[name]; !ok {
		return "", errors.New("not found")
	}
	return "/bin/" + name, nil
}

func (m machine) probe(_ context.Context, program string, _ ...string) (string, error) {
	version := m[strings.TrimPrefix(program, "/bin/")]
	if version == "broken" {
		return "", errors.New("No module named ensurepip")
	}
	return map[bool]string{true: "True", false: "False"}[version >= "3.11"], nil
}

func TestCheck(t *testing.T) {
	cases := []struct {
		name    string
		machine machine
		python  string
		missing string
	}{
		{"all there", machine{"go": "", "make": "", "python3": "3.12"}, "/bin/python3", ""},
		{"old default, newer by name", machine{"go": "", "make": "", "python3": "3.10", "python3.13": "3.13"}, "/bin/python3.13", ""},
		{"no make", machine{"go": "", "python3": "3.11"}, "", "Falta instalar: make."},
		{"only an old Python", machine{"go": "", "make": "", "python3": "3.10"}, "", "python3 >= 3.11"},
		{"Python without venv", machine{"go": "", "make": "", "python3": "broken"}, "", "Please install: python3 >= 3.11"},
		{"nothing", machine{}, "", "go, make, python3 >= 3.11"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			python, err := Check(t.Context(), c.machine.find, c.machine.probe)
			if python != c.python {
				t.Errorf("python = %q, want %q", python, c.python)
			}
			if (err != nil) != (c.missing != "") || (err != nil && !strings.Contains(err.Error(), c.missing)) {
				t.Errorf("error = %v, want one with %q", err, c.missing)
			}
		})
	}
}
