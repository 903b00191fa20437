package desk

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// fill draws a value of any type that events are made of.
func fill(t *rapid.T, v reflect.Value) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Unix(rapid.Int64Range(1, 1<<33).Draw(t, "second"), 0).UTC()))
	case v.Kind() == reflect.String:
		v.SetString(rapid.String().Draw(t, "text"))
	case v.Kind() == reflect.Int:
		v.SetInt(rapid.Int64Range(0, 1000).Draw(t, "number"))
	case v.Kind() == reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "flag"))
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), rapid.IntRange(0, 3).Draw(t, "length"), 3))
		for i := range v.Len() {
			fill(t, v.Index(i))
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i))
		}
	default:
		t.Fatalf("an event holds a %s: teach fill about it", v.Type())
	}
}

// anyEvent draws an event of any kind with anything in it.
func anyEvent(t *rapid.T) Event {
	v := reflect.New(reflect.TypeOf(rapid.SampledFrom(EventKinds()).Draw(t, "kind"))).Elem()
	fill(t, v)
	return v.Interface().(Event)
}

func TestEventsComeBackAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var events []Event
		for range rapid.IntRange(0, 4).Draw(t, "events") {
			events = append(events, anyEvent(t))
		}
		data, err := EncodeEvents(events)
		if err != nil {
			t.Fatalf("encode %v: %v", events, err)
		}
		got, err := DecodeEvents(data)
		if err != nil {
			t.Fatalf("decode %s: %v", data, err)
		}
		if diff := cmp.Diff(events, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("events changed on the way through %s (-wrote +read):\n%s", data, diff)
		}
	})
}

func TestEveryKindKeepsEveryField(t *testing.T) {
	for _, kind := range EventKinds() {
		t.Run(kind.EventName(), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				v := reflect.New(reflect.TypeOf(kind)).Elem()
				fill(t, v)
				want := v.Interface().(Event)
				data, err := EncodeEvents([]Event{want})
				if err != nil {
					t.Fatalf("encode: %v", err)
				}
				got, err := DecodeEvents(data)
				if err != nil || len(got) != 1 || !cmp.Equal(got[0], want, cmpopts.EquateEmpty()) {
					t.Fatalf("%s came back as %+v, %v; wrote %+v", data, got, err, want)
				}
			})
		})
	}
}

// The stored tag of an event is its type's name: a type renamed by mistake, or
// left out of one of the lists, would make old tickets unreadable.
func TestEventListsAgreeWithTheSource(t *testing.T) {
	declared := eventTypes(t)
	listed := map[string]bool{}
	for _, e := range EventKinds() {
		name := e.EventName()
		if typeName := reflect.TypeOf(e).Name(); name != typeName {
			t.Errorf("type %s is stored as %q", typeName, name)
		}
		if listed[name] {
			t.Errorf("EventKinds lists %s twice", name)
		}
		listed[name] = true
		if _, ok := decoders[name]; !ok {
			t.Errorf("no decoder reads %s", name)
		}
		if !declared[name] {
			t.Errorf("EventKinds lists %s, no event file declares it", name)
		}
	}
	for name := range declared {
		if !listed[name] {
			t.Errorf("%s is declared, EventKinds leaves it out", name)
		}
	}
	if len(decoders) != len(listed) {
		t.Errorf("%d decoders for %d kinds", len(decoders), len(listed))
	}
}

// eventTypes are the types of the package that have an EventName.
func eventTypes(t *testing.T) map[string]bool {
	t.Helper()
	names, err := filepath.Glob("event*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("no event files: %v", err)
	}
	types := map[string]bool{}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Name.Name == "EventName" {
				types[f.Recv.List[0].Type.(*ast.Ident).Name] = true
			}
		}
	}
	return types
}

func TestEventsThatNobodyKnowsAreRefused(t *testing.T) {
	tests := []struct {
		name, data, wantErr string
	}{
		{"a name of the future", `[{"e":"TicketTeleported","b":{}}]`, `unknown event "TicketTeleported"`},
		{"a known one before an unknown one", `[{"e":"NoteAdded","b":{}},{"e":"X","b":{}}]`, `unknown event "X"`},
		{"no name", `[{"b":{}}]`, `unknown event ""`},
		{"no body", `[{"e":"TicketTaken"}]`, "decode event TicketTaken"},
		{"a body of another type", `[{"e":"TicketTaken","b":{"l":"two"}}]`, "decode event TicketTaken"},
		{"not a list", `{"e":"NoteAdded"}`, "decode events"},
		{"cut off", `[{"e":"NoteAdded","b":{}}`, "decode events"},
		{"nothing", ``, "decode events"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			events, err := DecodeEvents([]byte(test.data))
			if err == nil || !strings.Contains(err.Error(), test.wantErr) {
				t.Fatalf("DecodeEvents(%s) = %v, %v; want an error with %q", test.data, events, err, test.wantErr)
			}
		})
	}
}
