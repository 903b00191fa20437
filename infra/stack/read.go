package stack

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// field is one key of a mapping, with its node: the node keeps the comments.
type field struct {
	name string
	node *yaml.Node
}

func fields(mapping *yaml.Node) []field {
	var list []field
	if mapping == nil || mapping.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		list = append(list, field{mapping.Content[i].Value, mapping.Content[i+1]})
	}
	return list
}

func child(mapping *yaml.Node, name string) *yaml.Node {
	for _, f := range fields(mapping) {
		if f.name == name {
			return f.node
		}
	}
	return nil
}

func entries(mapping *yaml.Node) []Entry {
	var list []Entry
	for _, f := range fields(mapping) {
		list = append(list, Entry{ID: f.name, Body: asMap(plain(f.node))})
	}
	return list
}

func resources(mapping *yaml.Node) []Resource {
	var list []Resource
	for _, f := range fields(mapping) {
		body := asMap(plain(f.node))
		list = append(list, Resource{
			ID:         f.name,
			Type:       Text(body["Type"]),
			Condition:  Text(body["Condition"]),
			Deletion:   Text(body["DeletionPolicy"]),
			Properties: asMap(body["Properties"]),
			Statements: statements(f.node),
		})
	}
	return list
}

// statements finds every list under a key Statement, however deep, !If branches included.
func statements(node *yaml.Node) []Statement {
	var found []Statement
	for _, f := range fields(node) {
		if f.name != "Statement" {
			found = append(found, statements(f.node)...)
			continue
		}
		for _, s := range flatten(f.node) {
			found = append(found, statement(s))
		}
	}
	if node.Kind == yaml.SequenceNode {
		for _, item := range node.Content {
			found = append(found, statements(item)...)
		}
	}
	return found
}

// flatten returns the mappings of a list, those inside !If included.
func flatten(list *yaml.Node) []*yaml.Node {
	var found []*yaml.Node
	for _, item := range list.Content {
		switch item.Kind {
		case yaml.MappingNode:
			found = append(found, item)
		case yaml.SequenceNode:
			found = append(found, flatten(item)...)
		}
	}
	return found
}

func statement(node *yaml.Node) Statement {
	body := asMap(plain(node))
	s := Statement{Sid: Text(body["Sid"]), Effect: Text(body["Effect"])}
	for _, action := range asList(body["Action"]) {
		s.Actions = append(s.Actions, Text(action))
	}
	s.Resources = asList(body["Resource"])
	s.Reason = starComment(child(node, "Resource"))
	return s
}

// starComment returns the comment that stands beside a '*'.
func starComment(node *yaml.Node) string {
	if node == nil {
		return ""
	}
	if node.Value == "*" {
		return strings.TrimSpace(strings.TrimPrefix(node.LineComment, "#"))
	}
	for _, inner := range node.Content {
		if text := starComment(inner); text != "" {
			return text
		}
	}
	return ""
}

// plain turns a node into maps, lists and strings; a short form becomes the map that it stands for.
func plain(node *yaml.Node) any {
	value := bare(node)
	if !strings.HasPrefix(node.Tag, "!") || strings.HasPrefix(node.Tag, "!!") {
		return value
	}
	name := strings.TrimPrefix(node.Tag, "!")
	if name != "Ref" && name != "Condition" {
		name = "Fn::" + name
	}
	return map[string]any{name: value}
}

func bare(node *yaml.Node) any {
	switch node.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for _, f := range fields(node) {
			m[f.name] = plain(f.node)
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range node.Content {
			list = append(list, plain(item))
		}
		return list
	case yaml.AliasNode:
		return plain(node.Alias)
	default:
		return node.Value
	}
}

func asMap(value any) map[string]any {
	m, _ := value.(map[string]any)
	return m
}

func asList(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}
