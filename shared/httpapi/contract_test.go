package httpapi_test

import (
	"net/http"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/httpapi"
)

func route(doc *openapi3.T, path, method string, item *openapi3.PathItem, op *openapi3.Operation) *routers.Route {
	return &routers.Route{Spec: doc, Server: doc.Servers[0], Path: path, PathItem: item, Method: method, Operation: op}
}

func TestContractIsValidOpenAPI31(t *testing.T) {
	doc := mustContract(t)
	if err := doc.Validate(t.Context(), openapi3.IsOpenAPI31OrLater()); err != nil {
		t.Errorf("openapi.json: %v", err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Errorf("openapi.json is version %s, want 3.1", doc.OpenAPI)
	}
}

// Every operation of the contract answers, and nothing else does.
func TestContractAndRoutesAgree(t *testing.T) {
	f := newFixture(t)
	doc := mustContract(t)
	for template, item := range doc.Paths.Map() {
		path := strings.ReplaceAll(template, "{number}", "2026-000001")
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} {
			r := f.raw(t, request{method: method, target: path})
			declared := item.GetOperation(method) != nil
			if handled := r.status != http.StatusMethodNotAllowed; handled != declared {
				t.Errorf("%s %s answers %d; in the contract: %v", method, template, r.status, declared)
			}
			if !declared && !strings.Contains(r.header0("Allow"), http.MethodOptions) {
				t.Errorf("%s %s is refused without naming what is allowed: %v", method, template, r.header)
			}
		}
	}
	var ids []string
	ids = append(ids, httpapi.Operations()...)
	var declared []string
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			declared = append(declared, op.OperationID)
		}
	}
	sort.Strings(ids)
	sort.Strings(declared)
	if diff := cmp.Diff(declared, ids); diff != "" {
		t.Errorf("operations (-openapi.json +code):\n%s", diff)
	}
}

func TestContractIsPublicAndCacheable(t *testing.T) {
	f := newFixture(t)
	r := f.get(t, "", "/v1/openapi.json")
	if r.status != http.StatusOK || !strings.Contains(r.body, `"openapi":"3.1.0"`) {
		t.Errorf("contract without a token: %d %.80s", r.status, r.body)
	}
	if got := r.header0("Cache-Control"); !strings.Contains(got, "max-age") {
		t.Errorf("Cache-Control %q", got)
	}
}

// The form of the contract is the one of the procedure's rows: same fields,
// same limits, same options.
func TestNewTicketIsTheFormOfTheRows(t *testing.T) {
	schema := mustContract(t).Components.Schemas["NewTicket"].Value
	want := map[string]flow.Field{}
	var flows []string
	for _, row := range flow.Rows() {
		if row.Act != desk.ActOpen {
			continue
		}
		flows = append(flows, string(row.Flows[0]))
		for _, f := range row.Fields {
			if f.Kind != flow.Hidden {
				want[f.Name] = f
			}
		}
	}
	for name, f := range want {
		property := schema.Properties[name]
		if property == nil {
			t.Errorf("NewTicket has no %q, a field of %s", name, f.Clause)
			continue
		}
		checkProperty(t, name, f, property.Value)
	}
	for name := range schema.Properties {
		if _, ok := want[name]; !ok && name != "flow" && name != "requester" {
			t.Errorf("NewTicket has %q, which no opening row asks for", name)
		}
	}
	slices.Sort(flows)
	if diff := cmp.Diff(flows, texts(schema.Properties["flow"].Value.Enum)); diff != "" {
		t.Errorf("flows (-rows +contract):\n%s", diff)
	}
}

func checkProperty(t *testing.T, name string, f flow.Field, s *openapi3.Schema) {
	t.Helper()
	if f.Kind == flow.Table {
		checkTable(t, name, f, s)
		return
	}
	if f.Kind == flow.Check {
		if !s.Type.Is("boolean") {
			t.Errorf("%s is %v, want a boolean", name, s.Type)
		}
		return
	}
	if f.Max > 0 && (s.MaxLength == nil || *s.MaxLength != uint64(f.Max)) {
		t.Errorf("%s: maxLength %v, want %d", name, s.MaxLength, f.Max)
	}
	var options []string
	for _, o := range f.Options {
		options = append(options, o.Value)
	}
	if diff := cmp.Diff(options, texts(s.Enum)); diff != "" {
		t.Errorf("%s: options (-rows +contract):\n%s", name, diff)
	}
	if first, _, _ := strings.Cut(f.Clause, ","); !strings.Contains(s.Description, first) {
		t.Errorf("%s does not cite %s: %q", name, first, s.Description)
	}
}

// checkTable: a list of objects, one property for each column and no other.
func checkTable(t *testing.T, name string, f flow.Field, s *openapi3.Schema) {
	t.Helper()
	if !s.Type.Is("array") || s.MaxItems == nil || *s.MaxItems != uint64(f.MaxRows) || s.Items == nil || len(s.Items.Value.Properties) != len(f.Columns) {
		t.Errorf("%s is %v of at most %v, want a list of at most %d rows", name, s.Type, s.MaxItems, f.MaxRows)
		return
	}
	for _, c := range f.Columns {
		property, required := s.Items.Value.Properties[c.Name], slices.Contains(s.Items.Value.Required, c.Name)
		if property == nil || required == c.Optional {
			t.Errorf("%s has column %s: %v, required %v", name, c.Name, property != nil, required)
			continue
		}
		c.Clause = ""
		checkProperty(t, name+"."+c.Name, c, property.Value)
	}
}

func texts(values []any) []string {
	var list []string
	for _, v := range values {
		if s, ok := v.(string); ok {
			list = append(list, s)
		}
	}
	return list
}

func TestActsOfTheContractAreThoseOfTheRows(t *testing.T) {
	want := map[string]bool{}
	for _, row := range flow.Rows() {
		switch row.Act {
		case desk.ActOpen, desk.ActContact, desk.ActLink, desk.ActOverdue, desk.ActFollow, desk.ActAttach, desk.ActShowCredential, desk.ActShowPIN:
		default:
			want[string(row.Act)] = true
		}
	}
	var all []string
	for act := range want {
		all = append(all, act)
	}
	slices.Sort(all)
	for _, name := range []string{"Act", "Offer"} {
		if name == "Offer" { // files have a way of their own
			all = append(all, string(desk.ActAttach)) // a password is shown by its link alone
			slices.Sort(all)
		}
		got := texts(mustContract(t).Components.Schemas[name].Value.Properties["act"].Value.Enum)
		if diff := cmp.Diff(all, got); diff != "" {
			t.Errorf("%s.act (-rows +contract):\n%s", name, diff)
		}
	}
}

// An act either always needs a version or never: the API reads the body before
// it knows which row applies.
func TestEveryRowOfAnActAgreesOnNeedingAVersion(t *testing.T) {
	free := map[desk.ActKind]bool{}
	for _, row := range flow.Rows() {
		if before, ok := free[row.Act]; ok && before != row.Free {
			t.Errorf("rows of %s disagree on Free", row.Act)
		}
		free[row.Act] = row.Free
	}
}
