package notify

import (
	"go/ast"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mesa/shared/desk"
)

func mustSamples(t testing.TB) []Sample {
	t.Helper()
	all, err := Samples()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestEveryMessageHasASample reads the list of messages where it is declared, so
// that a new one without words or sample fails here.
func TestEveryMessageHasASample(t *testing.T) {
	sampled := map[desk.Message]bool{}
	for _, s := range mustSamples(t) {
		sampled[s.Message] = true
	}
	declared := literals(t, "../desk/message.go", func(n ast.Node) []ast.Expr {
		if spec, ok := n.(*ast.ValueSpec); ok {
			return spec.Values
		}
		return nil
	})
	if len(declared) < 45 {
		t.Errorf("only %d messages found: they are declared another way now", len(declared))
	}
	for _, m := range declared {
		if !sampled[desk.Message(m)] {
			t.Errorf("%s has no sample", m)
		}
	}
}

// A sample names the service of its own case: a meeting is not about the SIGO.
func TestSamplesNameTheServiceOfTheirCase(t *testing.T) {
	of := map[string]string{"meetings": "Reuniones", "access-siga": "SIGA", "apps-sgd": "SGD"}
	seen := map[string]bool{}
	for _, s := range samples() {
		name := of[string(s.about.Ticket.Service)]
		if name == "" || s.notice.Audience.Kind == desk.ToUsersOf {
			continue
		}
		seen[name] = true
		m, err := s.sealed()
		if err != nil {
			t.Fatal(err)
		}
		r, err := Render(m, sampleEnv(m))
		if err != nil {
			t.Fatal(s.name, err)
		}
		if strings.Contains(r.Text, "SIGO") || !strings.Contains(r.Text, name) {
			t.Errorf("%s: is about %s, and says\n%s", s.name, name, r.Text)
		}
	}
	if len(seen) != len(of) {
		t.Errorf("only of %v", seen)
	}
}

// TestEveryFileOfWordsIsSeen: the words of each variant too, and what the
// preview says of them.
func TestEveryFileOfWordsIsSeen(t *testing.T) {
	seen := map[string]string{}
	for _, s := range mustSamples(t) {
		if first := seen[s.Title+s.When+s.To]; first != "" && s.Note == "" {
			t.Errorf("%s and %s have the same words, and nothing says what differs", first, s.Name)
		} else if first == "" {
			seen[s.Title+s.When+s.To] = s.Name
		}
	}
	files, err := filepath.Glob("words/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	all, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	rule := regexp.MustCompile(`^R\d+(, R\d+)*$`)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		w := all[name]
		switch {
		case strings.HasPrefix(name, "part-"):
		case w.name == "" || w.when == "" || w.to == "" || !rule.MatchString(w.rule):
			t.Errorf("%s: name %q, when %q, to %q, rule %q", file, w.name, w.when, w.to, w.rule)
		case seen[w.name+w.when+w.to] == "":
			t.Errorf("%s: no sample has these words", file)
		}
	}
}

// TestTheMessagesOfTheProcedureAreThere: the messages that the service promises
// to people, each with the samples that show it.
func TestTheMessagesOfTheProcedureAreThere(t *testing.T) {
	promised := map[string]string{
		"Acuse":                                 "received received-contact received-hardware received-sgd received-access",
		"Faltan datos":                          "missing-data missing-data-papers data-due",
		"Saque ticket PAU":                      "need-ticket need-ticket-sgd",
		"Error de digitación":                   "typing-error",
		"Por aprobar: UT":                       "decide decide-substitute decide-both",
		"Por aprobar: unidad orgánica":          "decide-second decide-central",
		"Por aprobar: Jefatura UTI":             "decide-uti",
		"Por aprobar: recordatorio":             "decide-again decide-passed-on",
		"Por aprobar: resumen diario":           "decisions-due",
		"Constancia":                            "decided-approved decided-rejected decided-twice decided-substitute",
		"Rechazada":                             "rejected rejected-team",
		"Asignado":                              "assigned assigned-taken",
		"Reabierto":                             "reopened",
		"Pedido de información":                 "question question-again answered",
		"Pase a Nivel 3":                        "pase",
		"Cambio de nivel: equipos, solicitante": "level-changed-team level-changed",
		"Interrupción":                          "interruption",
		"Restablecido":                          "restored restored-not-needed",
		"Ejecución con error":                   "execution-failed",
		"Ejecución sin error":                   "execution-ok",
		"Infraestructura solucionó":             "infra-solved",
		"Lo actuado y cierre":                   "closed",
		"Solucionado, verifique":                "verify",
		"Traslado":                              "transfer transfer-off gear-due gear-due-paused",
		"Devolución":                            "returned gear-due-custody",
		"Credenciales":                          "credentials",
		"Sala confirmada, movida o cancelada":   "room-booked room-moved room-cancelled",
		"Sala no disponible":                    "room-proposed room-not-held",
		"Grabación":                             "recording",
		"Por regularizar":                       "regularise regularise-again regularised",
		"Nueva versión":                         "new-version",
	}
	there := map[string]bool{}
	for _, s := range mustSamples(t) {
		there[s.Name] = true
	}
	for message, names := range promised {
		for _, name := range strings.Fields(names) {
			if !there[name] {
				t.Errorf("%s: no sample %s", message, name)
			}
		}
	}
}
