// Package stack reads template.yaml as data, so that tests can hold it to the rules of this repository: least privilege, a log group
// and an alarm for every function, a runbook for every alarm, names that agree with folders and with the state machines.
//
// It reads what is written, before the SAM transform: short forms such as !Ref and !Sub become the maps {"Ref": …} and
// {"Fn::Sub": …} that they stand for, and nothing is resolved. What CloudFormation makes of the template is cfn-lint's to judge.
package stack

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Template is the part of template.yaml that the rules are about, everything in the order of the file.
type Template struct {
	Sections   []string // the top-level keys
	Parameters []Entry
	Conditions []Entry
	Globals    map[string]any
	Resources  []Resource
	Outputs    []Entry
}

// Entry is a named block: a parameter, a condition, an output.
type Entry struct {
	ID   string
	Body map[string]any
}

// Resource is one resource.
type Resource struct {
	ID         string
	Type       string
	Condition  string
	Deletion   string // DeletionPolicy
	Properties map[string]any
	Statements []Statement // every IAM statement in it, wherever it stands
}

// Statement is one statement of a policy.
type Statement struct {
	Sid       string
	Effect    string
	Actions   []string
	Resources []any
	Reason    string // the comment on the line of a '*' resource
}

// Read parses a template.
func Read(text []byte) (Template, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return Template{}, fmt.Errorf("read template: %w", err)
	}
	if len(doc.Content) != 1 {
		return Template{}, fmt.Errorf("read template: %d documents, want 1", len(doc.Content))
	}
	var t Template
	for _, section := range fields(doc.Content[0]) {
		t.Sections = append(t.Sections, section.name)
		switch section.name {
		case "Parameters":
			t.Parameters = entries(section.node)
		case "Conditions":
			t.Conditions = entries(section.node)
		case "Globals":
			t.Globals = asMap(plain(section.node))
		case "Resources":
			t.Resources = resources(section.node)
		case "Outputs":
			t.Outputs = entries(section.node)
		}
	}
	return t, nil
}

// Resource returns the resource of a logical id.
func (t Template) Resource(id string) (Resource, bool) {
	for _, r := range t.Resources {
		if r.ID == id {
			return r, true
		}
	}
	return Resource{}, false
}

// OfType returns the resources of one type.
func (t Template) OfType(kind string) []Resource {
	var found []Resource
	for _, r := range t.Resources {
		if r.Type == kind {
			found = append(found, r)
		}
	}
	return found
}

// At follows a path of keys into nested blocks, "LoggingConfig", "LogGroup", and returns nil where it ends early.
func At(block map[string]any, path ...string) any {
	var at any = block
	for _, key := range path {
		at = asMap(at)[key]
	}
	return at
}

// Text returns a value as it would be written: a string, or what !Sub, !Ref and !GetAtt name.
func Text(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case map[string]any:
		for _, short := range []string{"Fn::Sub", "Ref", "Fn::GetAtt"} {
			if inner, ok := v[short]; ok {
				return Text(inner)
			}
		}
	case string:
		return v
	}
	return fmt.Sprint(value)
}

// Refers returns the logical id that a !Ref or !GetAtt names, or "".
func Refers(value any) string {
	block := asMap(value)
	if id, ok := block["Ref"].(string); ok {
		return id
	}
	id, _, _ := strings.Cut(Text(block["Fn::GetAtt"]), ".")
	return id
}
