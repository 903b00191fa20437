package dynamo

import (
	"encoding/json"
	"fmt"

	"mesa/shared/directory"
)

// The partitions of the directory that are named elsewhere.
const (
	kindPerson = "person"
	kindOrder  = "order" // of each kind, the keys in the order in which they were written
)

func pkDirectory(kind string) string { return "D#" + kind }

// kind is one table of the directory: how its records become items and back.
type kind interface {
	name() string
	// split groups the records by natural key: one JSON list for each, and the
	// keys in order.
	split(r *directory.Records) (bodies map[string]string, order []string, err error)
	// join reads the groups back into r.
	join(r *directory.Records, bodies map[string]string, order []string) error
}

// kindOf is a kind of records of type R. A key holds all dated versions of what
// it names, so that a person is one item whose rights have one revision.
type kindOf[R any] struct {
	label string
	list  func(*directory.Records) *[]R
	key   func(R) string
}

func (k kindOf[R]) name() string { return k.label }

func (k kindOf[R]) split(r *directory.Records) (map[string]string, []string, error) {
	groups := map[string][]R{}
	var order []string
	for _, record := range *k.list(r) {
		key := k.key(record)
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], record)
	}
	bodies := make(map[string]string, len(groups))
	for key, group := range groups {
		data, err := json.Marshal(group)
		if err != nil {
			return nil, nil, fmt.Errorf("directory %s %s: %w", k.label, key, err)
		}
		bodies[key] = string(data)
	}
	return bodies, order, nil
}

func (k kindOf[R]) join(r *directory.Records, bodies map[string]string, order []string) error {
	for _, key := range order {
		var group []R
		if err := json.Unmarshal([]byte(bodies[key]), &group); err != nil {
			return fmt.Errorf("directory %s %s: %w", k.label, key, err)
		}
		*k.list(r) = append(*k.list(r), group...)
	}
	return nil
}

// kinds are the tables of the directory.
func kinds() []kind {
	return []kind{
		kindOf[directory.Sede]{"sede", func(r *directory.Records) *[]directory.Sede { return &r.Sedes },
			func(s directory.Sede) string { return string(s.ID) }},
		kindOf[directory.Unit]{"unit", func(r *directory.Records) *[]directory.Unit { return &r.Units },
			func(u directory.Unit) string { return string(u.ID) }},
		kindOf[directory.Person]{kindPerson, func(r *directory.Records) *[]directory.Person { return &r.People },
			func(p directory.Person) string { return string(p.ID) }},
		kindOf[directory.Head]{"head", func(r *directory.Records) *[]directory.Head { return &r.Heads },
			func(h directory.Head) string { return string(h.Unit) }},
		kindOf[directory.Substitute]{"substitute", func(r *directory.Records) *[]directory.Substitute { return &r.Substitutes },
			func(s directory.Substitute) string { return string(s.Person) }},
		kindOf[directory.Team]{"team", func(r *directory.Records) *[]directory.Team { return &r.Teams },
			func(t directory.Team) string { return string(t.ID) }},
		kindOf[directory.System]{"system", func(r *directory.Records) *[]directory.System { return &r.Systems },
			func(s directory.System) string { return string(s.ID) }},
		kindOf[directory.SystemUser]{"system-user", func(r *directory.Records) *[]directory.SystemUser { return &r.SystemUsers },
			func(u directory.SystemUser) string { return part(string(u.System)) + "#" + string(u.Person) }},
		kindOf[directory.Room]{"room", func(r *directory.Records) *[]directory.Room { return &r.Rooms },
			func(r directory.Room) string { return r.ID }},
		kindOf[directory.Equipment]{"equipment", func(r *directory.Records) *[]directory.Equipment { return &r.Equipment },
			func(e directory.Equipment) string { return e.Code }},
	}
}
