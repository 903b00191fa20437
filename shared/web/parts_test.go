package web

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"mesa/shared/desk"
)

func TestPriorityTags(t *testing.T) {
	for name, c := range map[string]struct {
		n         int
		suggested bool
		want      Tag
	}{
		"service lost": {1, false, Tag{Stop, "triangle", "P1 Pérdida del servicio"}},
		"slow":         {2, false, Tag{Wait, "diamond", "P2 Lentitud"}},
		"suggested":    {3, true, Tag{Work, "square", "P3 Equipo (sugerida)"}},
		"training":     {4, false, Tag{Neutral, "circle", "P4 Capacitación"}},
		"none yet":     {0, true, Tag{Neutral, "circle", "Sin prioridad"}},
		"no such":      {5, false, Tag{Neutral, "circle", "Sin prioridad"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := PriorityTag(c.n, c.suggested); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestStateTagsHaveToneAndShape(t *testing.T) {
	for state, want := range map[desk.State]Tone{desk.PendingApproval: Wait, desk.WaitingUser: Wait, desk.InProgress: Work, desk.Rejected: Stop,
		desk.Closed: Neutral, desk.Unassigned: Neutral, desk.TransferPending: Wait} {
		tag := TicketTag(state, "x")
		if tag.Tone != want || marker()(tag.Shape()) == "" {
			t.Errorf("%s: %+v, shape %q", state, tag, tag.Shape())
		}
	}
}

func TestEffectTags(t *testing.T) {
	for state, want := range map[desk.EffectState]Tag{
		desk.EffectPending: {Tone: Wait, Text: "Por enviar"}, desk.EffectDone: {Tone: Done, Text: "Enviado"}, desk.EffectFailed: {Tone: Stop, Text: "No entregado"},
		desk.EffectUncertain: {Tone: Wait, Text: "Sin confirmar, se verifica"}, desk.EffectUnconfirmed: {Tone: Attention, Text: "Sin confirmar"}} {
		if got := EffectTag(desk.OpMail, state); got != want {
			t.Errorf("mail %s: %+v, want %+v", state, got, want)
		}
		if got := EffectTag(desk.OpStart, state); strings.HasPrefix(got.Text, "[") || got.Tone != want.Tone {
			t.Errorf("start %s: %+v", state, got)
		}
	}
}

func TestDeliveryTags(t *testing.T) {
	for state, want := range map[desk.DeliveryState]Tag{"": {Tone: Done, Text: "Enviado"}, desk.DeliveryAccepted: {Tone: Done, Text: "Enviado"}, desk.DeliveryDelivered: {Tone: Done, Text: "Aceptado por destino"},
		desk.DeliveryDelayed: {Tone: Wait, Text: "Demorado"}, desk.DeliveryReturned: {Tone: Attention, Text: "Devuelto"}, desk.DeliveryBounced: {Tone: Stop, Text: "No entregado"},
		desk.DeliveryRejected: {Tone: Stop, Text: "No entregado"}, desk.DeliveryComplained: {Tone: Stop, Text: "Marcado como no deseado"}} {
		if got := DeliveryTag(desk.Delivery{State: state}); got != want {
			t.Errorf("%q: %+v, want %+v", state, got, want)
		}
	}
}

func TestIconsAreHiddenFromThoseWhoHearThePage(t *testing.T) {
	for name := range icons() {
		if got := string(marker()(name)); !strings.Contains(got, `aria-hidden="true"`) {
			t.Errorf("%s: %s", name, got)
		}
	}
	if marker()(`"><script>`) != "" {
		t.Error("an unknown icon draws something")
	}
}

func TestNavigationOffersOnlyWhatTheViewerMayUse(t *testing.T) {
	for name, c := range map[string]struct {
		frame Frame
		want  string
	}{
		"nobody":    {nobody(), ""},
		"requester": {requester("/"), "Inicio* Nueva solicitud"},
		"head":      {head1("/approvals"), "Inicio Aprobaciones(2)* Nueva solicitud Anexo 01"},
		"staff":     {staff("/queue?view=mine"), "Inicio Bandeja* Contacto telefónico Nueva solicitud Salas Anexo 01 Correos en espera"},
		"chief":     {chief("/admin/operations"), "Inicio Aprobaciones Bandeja Nueva solicitud Salas Anexo 01 Correos en espera Metas locales Direcciones cerradas Operaciones* Calendario"},
		"deeper":    {requester("/ticket-forms/hardware-printers"), "Inicio Nueva solicitud*"},
		"similar":   {requester("/ticket-formsX"), "Inicio Nueva solicitud"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, l := range navigation(c.frame) {
				label := l.Label
				if l.Count != "" {
					label += "(" + l.Count + ")"
				}
				if l.Here {
					label += "*"
				}
				got = append(got, label)
			}
			if joined := strings.Join(got, " "); joined != c.want {
				t.Errorf("got %q, want %q", joined, c.want)
			}
		})
	}
}

func TestTelKeepsDigitsOnly(t *testing.T) {
	for number, want := range map[string]string{"987 654 321": "tel:987654321", "+51 (1) 000-0000": "tel:+5110000000", "anexo": "", "": ""} {
		if got := Tel(number); got != want {
			t.Errorf("Tel(%q) = %q, want %q", number, got, want)
		}
	}
	if got := dial("tel:1;drop"); got != "tel:1;drop" {
		t.Errorf("dial let %v through", got)
	}
}

// control finds the control with a name.
func control(root *html.Node, name string) *html.Node {
	for n := range elements(root, "input", "select", "textarea") {
		if value(n, "name") == name {
			return n
		}
	}
	return nil
}

func TestNothingIsPreselectedInADecision(t *testing.T) {
	for _, signed := range []bool{true, false} {
		_, root := render(t, MustNew(t), nobody(), decisionPage(signed, DecisionInput{}))
		for n := range elements(root, "input") {
			if _, checked := attr(n, "checked"); checked {
				t.Errorf("preselected: %v", n.Attr)
			}
		}
		if code := control(root, CodeField); (code != nil) != signed {
			t.Errorf("signed link %v: code asked %v", signed, code != nil)
		}
		if box := control(root, DeclareField); (box != nil) == signed {
			t.Errorf("signed link %v: declaration asked %v", signed, box != nil)
		}
	}
}

func TestDecisionKeepsChoiceAndReasonButNeverTheCode(t *testing.T) {
	in := DecisionInput{Choice: Reject, Reason: "Corresponde a otra área", Errors: map[string]string{CodeField: Say("decision.error.wrong", "n", "4")}}
	w, root := render(t, MustNew(t), nobody(), decisionPage(true, in))
	if w.Code != 422 || !strings.Contains(text(root), "El código no coincide. Le quedan 4 intentos.") {
		t.Errorf("status %d", w.Code)
	}
	if got := value(control(root, CodeField), "value"); got != "" {
		t.Errorf("code came back: %q", got)
	}
	if !strings.Contains(w.Body.String(), "Corresponde a otra área") {
		t.Error("reason lost")
	}
}

func TestQuestionsOfAChoiceStayInsideIt(t *testing.T) {
	_, root := render(t, MustNew(t), staff("/phone-contacts/new"), PhoneContact{Form: PhoneForm("/phone-contacts", nil, nil, false,
		Filled{Values: map[string]string{"exit": ExitSolved, "solution": "Se reinició el servicio"}})})
	solution := control(root, "solution")
	if solution == nil || !hasClass(solution.Parent.Parent, "reveal") {
		t.Fatal("the solution is not asked inside «Resuelto»")
	}
	if solution.FirstChild.Data != "Se reinició el servicio" {
		t.Errorf("solution = %q", solution.FirstChild.Data)
	}
}

func TestAnchorsOfTheProcedureStandOnce(t *testing.T) {
	p := Procedure{Flows: []FlowTable{{Code: "8.1", Rows: []FlowRow{{Clause: "8.1.4, R65"}, {Clause: "8.1.4"}, {Clause: "8.1.6, R74"}}},
		{Code: "8.6", Rows: []FlowRow{{Clause: "8.1.6"}, {Clause: "art. 2"}}}}}
	got := []string{p.Flows[0].Anchor(), p.AnchorOf(0, 0), p.AnchorOf(0, 1), p.AnchorOf(0, 2), p.AnchorOf(1, 0), p.AnchorOf(1, 1)}
	if strings.Join(got, "|") != "flow-8-1|8.1.4||8.1.6||art.-2" {
		t.Errorf("anchors = %q", got)
	}
}

func TestUnverifiedLinksLookAlike(t *testing.T) {
	w, root := render(t, MustNew(t), nobody(), LinkAnswer{State: LinkInvalid, Portal: "/approvals"})
	if w.Code != 404 || strings.Contains(text(root), "2026-") {
		t.Errorf("status %d, text %q", w.Code, text(root))
	}
}

func TestPluralsAndErrorsWithoutOwnWords(t *testing.T) {
	if plural(1, "intento", "intentos") != "intento" || plural(0, "intento", "intentos") != "intentos" {
		t.Error("plural")
	}
	for status, want := range map[int]string{418: Say("error.400.title"), 405: Say("error.404.title"), 502: Say("error.500.title")} {
		if got := (ErrorPage{Status: status}).Heading(); got != want {
			t.Errorf("%d: %q, want %q", status, got, want)
		}
	}
}
