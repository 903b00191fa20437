package flow_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mesa/infra/procedure"
	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/norm"
)

// numbers holds the numbers that a row may cite, read from the project's own copy
// of the procedure and of its numbered reading.
type numbers struct {
	clauses, requirements map[string]bool
}

func readNorm(t *testing.T) numbers {
	t.Helper()
	n := numbers{map[string]bool{"VIII": true}, map[string]bool{}}
	for _, c := range norm.Clauses() {
		n.clauses[c.Number], n.clauses[c.Flow] = true, true
	}
	for _, m := range regexp.MustCompile(`(?m)^\s*-?\s*(7\.\d)\.?\s`).FindAllStringSubmatch(norm.Text(), -1) {
		n.clauses[m[1]] = true
	}
	for _, r := range procedure.Requirements() {
		n.requirements[strconv.Itoa(r.Number)] = true
	}
	if len(n.clauses) < 40 || len(n.requirements) != 156 {
		t.Fatalf("read only %d clauses and %d requirements", len(n.clauses), len(n.requirements))
	}
	return n
}

var citation = regexp.MustCompile(`^(VIII|[78]\.\d(\.\d)?|R\d+(–R\d+)?)$`)

// check reports every citation of text that leads nowhere.
func (n numbers) check(t *testing.T, where, text string) {
	t.Helper()
	for cite := range strings.SplitSeq(text, ", ") {
		if !citation.MatchString(cite) {
			t.Errorf("%s cites %q, which is no clause", where, cite)
			continue
		}
		if number, isRequirement := strings.CutPrefix(cite, "R"); isRequirement {
			for end := range strings.SplitSeq(strings.ReplaceAll(number, "R", ""), "–") {
				if !n.requirements[end] {
					t.Errorf("%s cites R%s, which does not exist", where, end)
				}
			}
			continue
		}
		if !n.clauses[cite] {
			t.Errorf("%s cites %s, which the procedure has not", where, cite)
		}
	}
}

func TestEveryCitationLeadsSomewhere(t *testing.T) {
	n := readNorm(t)
	for _, row := range flow.Rows() {
		where := string(row.Act) + " " + row.Clause
		n.check(t, where, row.Clause)
		for _, g := range row.From {
			if g.Clause != "" {
				n.check(t, where+", guard «"+g.Text+"»", g.Clause)
			}
		}
		for _, f := range row.Fields {
			if f.Clause != "" {
				n.check(t, where+", field "+f.Name, f.Clause)
			}
		}
	}
	for _, b := range []*bench{atLevel2(t, userUT), atLevel3(t, userUT), held85(t, userHQ), held86(t, userHQ), held88(t, userHQ), booked88(t), contact(t, userHQ), closed85(t)} {
		n.check(t, "next step of "+string(b.ticket.State), flow.Next(b.ticket).Clause)
		for _, demand := range flow.Closing(b.ticket) {
			n.check(t, "demand «"+demand.Text+"»", demand.Clause)
		}
	}
}

func TestRowsAreCompleteForTheDocumentation(t *testing.T) {
	for _, row := range flow.Rows() {
		where := string(row.Act) + " " + row.Clause
		if row.Clause == "" || row.Label == "" || row.To == "" || len(row.Who) == 0 {
			t.Errorf("row %s lacks clause, label, roles or what follows: %+v", where, row)
		}
		for _, role := range row.Who {
			if flow.RoleName(role) == "" {
				t.Errorf("row %s: role %s has no Spanish name", where, role)
			}
		}
		for _, g := range row.From {
			if g.Text == "" || !strings.HasSuffix(g.Refusal, ".") && !strings.HasSuffix(g.Refusal, ")") {
				t.Errorf("row %s: guard %+v does not say what to do", where, g)
			}
		}
		seen := map[string]bool{}
		for _, f := range row.Fields {
			if f.Label == "" || f.Kind == "" || seen[f.Name] || !f.Optional && f.Missing == "" {
				t.Errorf("row %s: field %+v is named twice, or cannot say what is missing", where, f)
			}
			if unlimited := f.Max == 0; unlimited != slices.Contains([]flow.FieldKind{flow.Radio, flow.Check, flow.DateTime, flow.Date, flow.Clock, flow.Table}, f.Kind) {
				t.Errorf("row %s: field %s of kind %s has limit %d", where, f.Name, f.Kind, f.Max)
			}
			seen[f.Name] = true
		}
	}
}

// Each act of the vocabulary has a row; no row is hidden behind another.
func TestEveryActHasARowAndEveryRowIsReached(t *testing.T) {
	rows := flow.Rows()
	for _, act := range declaredActs(t) {
		if !slices.ContainsFunc(rows, func(r flow.Row) bool { return r.Act == act }) {
			t.Errorf("act %s has no row", act)
		}
	}
	for i, row := range rows {
		reached := false
		for _, code := range []desk.FlowCode{"", desk.Flow81, desk.Flow82, desk.Flow83, desk.Flow84, desk.Flow85, desk.Flow86, desk.Flow87, desk.Flow88} {
			for _, isContact := range []bool{false, true} {
				x := desk.Ticket{Flow: code, Contact: isContact}
				if got, ok := flow.RowFor(x, row.Act); ok && got.Clause == row.Clause && row.Applies(x) {
					reached = true
				}
			}
		}
		if !reached {
			t.Errorf("row %d, %s %s, is never the one found", i, row.Act, row.Clause)
		}
	}
	if _, ok := flow.RowFor(desk.Ticket{Flow: desk.Flow85}, desk.ActApprove); ok {
		t.Error("8.5 has an approval")
	}
}

// declaredActs are the constants of type ActKind in package desk.
func declaredActs(t *testing.T) []desk.ActKind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../desk/act.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var acts []desk.ActKind
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "ActKind" {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			acts = append(acts, desk.ActKind(value))
		}
		return true
	})
	if len(acts) < 30 {
		t.Fatalf("found only %d acts", len(acts))
	}
	return acts
}

// The matrix test names every act but those that open a ticket.
func TestMatrixLeavesOutNoAct(t *testing.T) {
	for _, act := range declaredActs(t) {
		opens := act == desk.ActOpen || act == desk.ActContact
		if slices.Contains(allActs(), act) == opens {
			t.Errorf("act %s is missing from the matrix, or opens a ticket and is in it", act)
		}
	}
}

func TestFlowsThatTheTableHolds(t *testing.T) {
	for code, want := range map[desk.FlowCode]bool{desk.Flow81: true, desk.Flow82: true, desk.Flow84: true, desk.Flow85: true, desk.Flow86: true, desk.Flow87: true, desk.Flow88: true, "": false, "9.9": false} {
		if got := flow.Supported(code); got != want {
			t.Errorf("Supported(%q) = %v, want %v", code, got, want)
		}
	}
	stages := map[desk.FlowCode][2]int{desk.Flow81: {1, 2}, desk.Flow82: {0, 0}, desk.Flow83: {1, 1}, desk.Flow85: {0, 0}, desk.Flow86: {0, 0}}
	for code, want := range stages {
		if hq, ut := len(flow.Stages(code, false)), len(flow.Stages(code, true)); hq != want[0] || ut != want[1] {
			t.Errorf("%s asks %d stages at headquarters and %d in a UT, want %v", code, hq, ut, want)
		}
	}
}

func TestRefusalNamesTheRolesInSpanish(t *testing.T) {
	b := closed85(t)
	_, err := b.try(support, desk.ActReopen, "message", "x")
	p, ok := errors.AsType[*desk.Problem](err)
	if want := "«Sigue fallando: reabrir» corresponde a quien solicita, personal de Nivel 1 de su equipo o personal de mesa de ayuda."; !ok || p.Text != want {
		t.Errorf("refusal %v, want %q", err, want)
	}
}
