package flow_test

import (
	"slices"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// The documentation leaves no row out and invents none: each row stands under
// each of its flows, and so do its roles.
func TestEveryRowStandsInTheTable(t *testing.T) {
	lines := map[string]int{} // of a section
	for _, s := range flow.Sections() {
		for _, l := range s.Entries {
			lines[s.Code+"|"+string(l.Act)+"|"+l.Clause]++
			if l.Label == "" || l.Who == "" || l.From == "" || l.Demands == "" || l.To == "" || l.Clause == "" {
				t.Errorf("section %s: line %+v leaves a cell empty", s.Code, l)
			}
		}
	}
	want := 0
	for _, row := range flow.Rows() {
		sections := []string{"VIII", "7.3"}
		if len(row.Flows) > 0 {
			sections = []string{"7.3"}
			sections = append(sections, supported(row)...)
		}
		found := 0
		for _, code := range sections {
			found += lines[code+"|"+string(row.Act)+"|"+row.Clause]
		}
		if found == 0 {
			t.Errorf("row %s (%s) stands nowhere", row.Act, row.Clause)
		}
		if row.Applies(desk.Ticket{Contact: true}) && !row.Applies(desk.Ticket{}) || len(row.Flows) == 0 {
			want++
		} else {
			want += len(supported(row))
		}
	}
	got := 0
	for _, n := range lines {
		got += n
	}
	if got != want {
		t.Errorf("the table has %d lines, the rows make %d", got, want)
	}
}

func TestTheTableIsGroupedByFlow(t *testing.T) {
	var codes []string
	for _, s := range flow.Sections() {
		codes = append(codes, s.Code)
		if s.Title == "" || len(s.Entries) == 0 {
			t.Errorf("section %s has no title or no lines", s.Code)
		}
	}
	if codes[0] != "7.3" || codes[len(codes)-1] != "VIII" || !slices.IsSorted(codes[:len(codes)-1]) {
		t.Errorf("sections stand as %v", codes)
	}
	for _, code := range flow.Codes() {
		if slices.Contains(codes, string(code)) != flow.Supported(code) {
			t.Errorf("flow %s: in the table %v, supported %v", code, !flow.Supported(code), flow.Supported(code))
		}
	}
}

// The matrix says exactly what the rows say: role, act and flow.
func TestTheMatrixIsTheRows(t *testing.T) {
	allowed := map[string]bool{}
	for _, p := range flow.Matrix() {
		if len(p.Labels) == 0 {
			t.Errorf("act %s has no label", p.Act)
		}
		for role, sections := range p.Allowed {
			for _, s := range sections {
				allowed[string(p.Act)+"|"+string(role)+"|"+s] = true
			}
		}
	}
	for _, row := range flow.Rows() {
		sections := []string{"VIII"}
		if len(row.Flows) > 0 {
			sections = nil
			sections = append(sections, supported(row)...)
		}
		if !row.Applies(desk.Ticket{Flow: flowOf(row)}) { // contacts only
			sections = []string{"7.3"}
		}
		for _, role := range row.Who {
			if !slices.Contains(flow.Roles(), role) {
				t.Errorf("role %s stands in no column", role)
			}
			for _, s := range sections {
				key := string(row.Act) + "|" + string(role) + "|" + s
				if !allowed[key] {
					t.Errorf("the matrix lacks %s", key)
				}
			}
		}
	}
	for key := range allowed {
		act, rest, _ := strings.Cut(key, "|")
		role, section, _ := strings.Cut(rest, "|")
		if !slices.ContainsFunc(flow.Rows(), func(r flow.Row) bool {
			return string(r.Act) == act && slices.Contains(r.Who, flow.Role(role)) && (section == "7.3" || section == "VIII" || slices.Contains(r.Flows, desk.FlowCode(section)))
		}) {
			t.Errorf("no row says %s", key)
		}
	}
}

// supported are the row's flows that the table holds whole.
func supported(r flow.Row) (codes []string) {
	for _, f := range r.Flows {
		if flow.Supported(f) {
			codes = append(codes, string(f))
		}
	}
	return codes
}

func flowOf(r flow.Row) desk.FlowCode {
	if len(r.Flows) == 0 {
		return ""
	}
	return r.Flows[0]
}
