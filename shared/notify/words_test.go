package notify

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"mesa/shared/desk"
)

func TestAMessageWithoutWordsIsCalledAsItIs(t *testing.T) {
	if Name("unknown") != "unknown" || Name(desk.MailDecide) != "Por aprobar" {
		t.Errorf("names %q, %q", Name("unknown"), Name(desk.MailDecide))
	}
}

// TestEveryDatumOfTheFlowIsUsed reads the rows: each key that they give with a
// mail must be one that is sealed.
func TestEveryDatumOfTheFlowIsUsed(t *testing.T) {
	rows, err := filepath.Glob("../flow/rows_*.go")
	if err != nil || len(rows) == 0 {
		t.Fatal("no rows found", err)
	}
	known := noticeKeys()
	for _, direct := range []string{"taken_by", "starts_at", "ends_at", "step", "until", "due"} {
		known[direct] = direct
	}
	found := 0
	for _, file := range rows {
		for _, key := range literals(t, file, mailKeys) {
			found++
			if known[key] == "" {
				t.Errorf("%s gives a mail %q, which no words can use", file, key)
			}
		}
	}
	if found < 15 {
		t.Errorf("only %d keys found: the rows are written another way now", found)
	}
}

// mailKeys are the key arguments of s.mail(message, audience, key, value, …).
func mailKeys(n ast.Node) []ast.Expr {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return nil
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || method.Sel.Name != "mail" && method.Sel.Name != "mailRoom" {
		return nil
	}
	first := map[string]int{"mail": 2, "mailRoom": 3}[method.Sel.Name]
	var keys []ast.Expr
	for i := first; i < len(call.Args); i += 2 {
		keys = append(keys, call.Args[i])
	}
	return keys
}

// literals are the strings among the expressions that pick finds in a file.
func literals(t *testing.T, file string, pick func(ast.Node) []ast.Expr) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		for _, e := range pick(n) {
			if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				found = append(found, text)
			}
		}
		return true
	})
	return found
}

// exclusive are words that leave half of the people out (R155).
var exclusive = regexp.MustCompile(`(?i)\b(usuarios?|jefes?|informáticos?|técnicos?|solicitantes? del|los? (solicitante|aprobador|especialista|profesional)|funcionarios?|compañeros?)\b|\pL@\pL|\pL+xs?\b@`)

var doubleForm = regexp.MustCompile(`\pL+/\pL+( \pL+/\pL+)?`)

// TestWordsIncludeEverybody: the norm's double forms, at most one a sentence,
// and never one gender alone.
func TestWordsIncludeEverybody(t *testing.T) {
	files, err := filepath.Glob("words/*.txt")
	if err != nil || len(files) < 30 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if w := exclusive.FindString(string(text)); w != "" {
			t.Errorf("%s: %q leaves somebody out", file, w)
		}
		for line := range strings.Lines(string(text)) {
			for _, sentence := range strings.Split(line, ". ") {
				if n := len(doubleForm.FindAllString(sentence, -1)); n > 1 && !strings.HasPrefix(sentence, "@") {
					t.Errorf("%s: %d double forms in %q", file, n, sentence)
				}
			}
		}
	}
}

// TestSentencesAreSpanish: each mail is written to «usted», and no sentence
// lacks its end.
func TestSentencesAreWhole(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			l, err := compose(mustSeal(t, s), env(), maxDecideText)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range l.Blocks {
				switch {
				case b.Kind != paragraph:
				case !strings.HasSuffix(b.Text, "."), strings.Contains(b.Text, ".."), strings.Contains(b.Text, "  "), strings.Contains(b.Text, "()"), strings.Contains(b.Text, " ,"), strings.Contains(b.Text, " ."):
					t.Errorf("%q", b.Text)
				}
			}
		})
	}
}

func TestBadWordsAreRefused(t *testing.T) {
	for name, row := range map[string]string{
		"a fact without value":         "= Asunto",
		"a button without address":     "@ Para ver | Ver",
		"an unknown part":              "+ nothing",
		"a template that does not end": "Hola {{.Subject",
	} {
		t.Run(name, func(t *testing.T) {
			var w words
			if err := w.add(row); err == nil {
				t.Errorf("%q was taken", row)
			}
		})
	}
}
