package portal_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// three are cases that wait for jefa-ut-piura, oldest first.
func three(t *testing.T, s *site) [3]desk.Number {
	t.Helper()
	var numbers [3]desk.Number
	for i, subject := range []string{"Actas", "Padrón", "Reporte"} {
		id := s.Do("usuaria-ut-piura-1", desk.ActOpen, "", "service", "apps-sigo", "flow", "8.1", "subject", subject, "description", "Detalle de "+subject, "impact", "slow").After.Ticket.ID
		numbers[i] = s.number(t, id)
	}
	return numbers
}

// stands wants the cases in those states.
func stands(t *testing.T, s *site, numbers [3]desk.Number, states ...string) {
	t.Helper()
	for i, n := range numbers {
		id, err := s.Store.ByNumber(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		x := s.Load(id).Ticket
		if got := string(x.State) + " " + string(x.Stage); strings.TrimSpace(got) != states[i] {
			t.Errorf("%s is %q, want %q", n, got, states[i])
		}
	}
}

const (
	atUT, atUO, no = "pending-approval ut", "pending-approval uo", "rejected"
	approvals      = "/approvals"
)

// of names a field of one case.
func of(name string, n desk.Number) string { return name + "-" + string(n) }

func TestSeveralDecisionsInOneSend(t *testing.T) {
	s := newSite(t)
	n := three(t, s)
	head := s.as(t, "jefa-ut-piura")
	page := head.get(approvals).want(t, http.StatusOK, "Detalle de Actas", "Decide como Jefa/e de la UT Piura", "Declaro que decido cada solicitud")
	page.lacks(t, "Aprobar todo", "todas", " checked")
	form := page.form(t, approvals)
	for name, values := range form {
		if strings.HasPrefix(name, "choice") || name == "declare" {
			t.Errorf("%s is preselected: %v", name, values)
		}
	}
	fill(form, of("choice", n[0]), "approve", of("choice", n[1]), "reject", of("reason", n[1]), "Ya hay otro.", "declare", "yes")
	sent := head.post(approvals, form)
	head.follow(sent).want(t, http.StatusOK, "Se registraron 2 decisiones", "Decididas por mí", "Ya hay otro.", string(n[2]))
	stands(t, s, n, atUO, no, atUT)

	t.Run("sent twice it is registered once", func(t *testing.T) {
		head.follow(head.post(approvals, form)).want(t, http.StatusOK, "Se registraron 2 decisiones")
		stands(t, s, n, atUO, no, atUT)
		for i, want := range []int{2, 2, 1} {
			id, _ := s.Store.ByNumber(t.Context(), n[i])
			if got := s.Load(id).Ticket.Version; got != want {
				t.Errorf("%s has version %d, want %d", n[i], got, want)
			}
		}
	})
	t.Run("each decision has its own constancia", func(t *testing.T) {
		for _, number := range n[:2] {
			id, _ := s.Store.ByNumber(t.Context(), number)
			if got := s.Outbox(id, 2); strings.Count(got, "decided→jefa-ut-piura") != 1 {
				t.Errorf("%s orders %q", number, got)
			}
		}
	})
}

// What is wrong is said by row before anything is registered, and all that was
// typed stays.
func TestSeveralDecisionsNameWhatIsMissing(t *testing.T) {
	s := newSite(t)
	n := three(t, s)
	head := s.as(t, "jefa-ut-piura")
	tests := []struct {
		name  string
		typed []string
		says  []string
	}{
		{"nothing marked", nil, []string{"Elija aprobar o rechazar en al menos una solicitud."}},
		{"all left for later", []string{of("choice", n[0]), "later", of("choice", n[1]), "later", "declare", "yes"}, []string{"Elija aprobar o rechazar en al menos una solicitud."}},
		{"a rejection without reason", []string{of("choice", n[0]), "approve", of("choice", n[2]), "reject", "declare", "yes"}, []string{"Escriba el motivo del rechazo"}},
		{"a reason without decision", []string{of("choice", n[0]), "approve", of("reason", n[1]), "Porque sí", "declare", "yes"}, []string{"Escribió un motivo"}},
		{"no declaration", []string{of("choice", n[0]), "approve"}, []string{"Marque la declaración"}},
		{"everything at once", []string{of("choice", n[0]), "reject", of("reason", n[1]), "Suelto"}, []string{"Escriba el motivo del rechazo", "Escribió un motivo", "Marque la declaración"}},
		{"a choice that is none", []string{of("choice", n[0]), "all", "declare", "yes"}, []string{"Elija aprobar o rechazar en al menos una solicitud."}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			again := head.post(approvals, fill(head.get(approvals).form(t, approvals), test.typed...)).want(t, http.StatusUnprocessableEntity, test.says...)
			form := again.form(t, approvals)
			for i := 0; i+1 < len(test.typed); i += 2 {
				if got := form.Get(test.typed[i]); got != test.typed[i+1] && test.typed[i+1] != "all" {
					t.Errorf("%s is %q, was %q", test.typed[i], got, test.typed[i+1])
				}
			}
			stands(t, s, n, atUT, atUT, atUT)
		})
	}
}

// What one decision meets does not stop the others, and stays as it was typed.
func TestADecisionThatFailsLeavesTheOthers(t *testing.T) {
	mark := func(head *browser, n [3]desk.Number) url.Values {
		form := head.get(approvals).form(head.t, approvals)
		return fill(form, of("choice", n[0]), "approve", of("choice", n[1]), "reject", of("reason", n[1]), "Ya hay otro.", "declare", "yes")
	}
	t.Run("one was withdrawn meanwhile", func(t *testing.T) {
		s := newSite(t)
		n := three(t, s)
		head := s.as(t, "jefa-ut-piura")
		form := mark(head, n)
		id, _ := s.Store.ByNumber(t.Context(), n[1])
		s.Do("usuaria-ut-piura-1", desk.ActWithdraw, id)
		head.post(approvals, form).want(t, http.StatusOK, "Se registró 1 decisión", string(n[1])+" ya no espera su decisión", "Había escrito: «Ya hay otro.»", string(n[2]))
		stands(t, s, n, atUO, "withdrawn", atUT)
	})
	t.Run("one is at another stage", func(t *testing.T) {
		s := newSite(t)
		n := three(t, s)
		head := s.as(t, "jefa-ut-piura")
		form := fill(mark(head, n), of("stage", n[0]), "99")
		again := head.post(approvals, form).want(t, http.StatusUnprocessableEntity, "Se registró 1 decisión", "cambió de etapa", "Falta registrar 1")
		if kept := again.form(t, approvals); kept.Get(of("choice", n[0])) != "approve" || kept.Get("declare") != "yes" || kept.Get(of("stage", n[0])) != "1" {
			t.Errorf("kept %v", kept)
		}
		stands(t, s, n, atUT, no, atUT)
	})
	t.Run("one cannot be written", func(t *testing.T) {
		s := newSite(t)
		n := three(t, s)
		head := s.as(t, "jefa-ut-piura")
		form := mark(head, n)
		id, _ := s.Store.ByNumber(t.Context(), n[1])
		whole := s.Road.Store
		s.Road.Store = failing{whole, id}
		again := head.post(approvals, form).want(t, http.StatusUnprocessableEntity, "Se registró 1 decisión", "No pudimos registrar esta decisión")
		again.lacks(t, "throttled")
		s.Road.Store = whole
		kept := again.form(t, approvals)
		if kept.Get(of("choice", n[1])) != "reject" || kept.Get(of("reason", n[1])) != "Ya hay otro." {
			t.Fatalf("kept %v", kept)
		}
		head.follow(head.post(approvals, kept)).want(t, http.StatusOK, "Se registró 1 decisión")
		stands(t, s, n, atUO, no, atUT)
	})
}

// failing is a store that does not write one ticket.
type failing struct {
	work.Store
	id desk.TicketID
}

func (f failing) Commit(ctx context.Context, c work.Commit) error {
	if c.After.ID == f.id {
		return errors.New("throttled")
	}
	return f.Store.Commit(ctx, c)
}

// A form decides only what its sender is asked.
func TestNobodyDecidesForOthersAmongSeveral(t *testing.T) {
	s := newSite(t)
	n := three(t, s)
	form := s.as(t, "jefa-ut-piura").get(approvals).form(t, approvals)
	for _, who := range []desk.PersonID{"jefa-supervision", "jefa-ut-cusco", "usuaria-ut-piura-1", "informatica-mesa-1"} {
		b := s.as(t, who)
		form.Set("csrf", b.get("/").form(t, "/sessions/end").Get("csrf"))
		fill(form, of("choice", n[0]), "approve", of("choice", n[1]), "reject", of("reason", n[1]), "No", "declare", "yes")
		b.post(approvals, form)
		stands(t, s, n, atUT, atUT, atUT)
	}
}
