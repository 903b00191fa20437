package portal

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/session"
	"mesa/shared/web"
	"mesa/shared/work"
)

// anybody is a visit whose directory knows nobody, for words that name people.
func anybody() *visit {
	return &visit{Portal: &Portal{}, directory: directory.New(directory.Records{}), now: time.Date(2026, 9, 15, 14, 0, 0, 0, time.UTC)}
}

// TestEveryFactHasWords: a fact without words would leave a hole in the history.
// Told goes without saying beside others, and has words alone.
func TestEveryFactHasWords(t *testing.T) {
	v := anybody()
	for _, e := range desk.EventKinds() {
		t.Run(e.EventName(), func(t *testing.T) {
			title := v.title(desk.Record{Events: []desk.Event{e}})
			if title == "" || title == "Registrado" {
				t.Errorf("title %q", title)
			}
			if strings.Contains(title, e.EventName()) {
				t.Errorf("title %q speaks of the code", title)
			}
		})
	}
}

func TestTitlesJoinTheFactsOfAnAct(t *testing.T) {
	v := anybody()
	tests := []struct {
		name   string
		events []desk.Event
		want   string
	}{
		{"closing", []desk.Event{desk.RequesterTold{Medium: desk.ByMail}, desk.TicketClosed{Solution: true}, desk.RowRegistered{Period: "202609", N: 3}}, "Cerrado. Anexo 01, fila 3 de setiembre de 2026"},
		{"a reply", []desk.Event{desk.RequesterTold{Medium: desk.ByPhone}}, "Respuesta a quien solicita, por teléfono"},
		{"a climb by the clock", []desk.Event{desk.LevelEntered{Level: 2, Why: desk.BecauseClimbed}}, "Pasa al Nivel 2, por el tiempo transcurrido"},
		{"nobody to ask", []desk.Event{desk.ApprovalRequested{Stage: desk.StageUT}}, "Sin aprobador: UT"},
		{"somebody asked for another", []desk.Event{desk.ApprovalRequested{Stage: desk.StageUO, Asked: []desk.Asked{{Person: "b", For: "a"}}}}, "Se pidió la decisión: unidad orgánica, b por a"},
		{"asked in the next stage", []desk.Event{desk.StageSkipped{Stage: desk.StageUT, Person: "a"}}, "Etapa UT omitida: decide la misma persona en la siguiente"},
		{"decided in an earlier stage", []desk.Event{desk.StageSkipped{Stage: desk.StageUO, Person: "a", Approved: true}}, "Etapa unidad orgánica omitida: a ya aprobó la anterior"},
		{"the 60 minutes", []desk.Event{desk.TransferAnnounced{ByClock: true}}, "Pasaron los 60 minutos: se comunicó el traslado del equipo"},
		{"stopped with 22 min 40 s left", []desk.Event{desk.DiagnosisPaused{Left: 1360}}, "Se detuvieron los 60 minutos: faltaban 23 min"},
		{"running on", []desk.Event{desk.DiagnosisResumed{}}, "Se reanudaron los 60 minutos con el tiempo que faltaba"},
		{"said early", []desk.Event{desk.TransferAnnounced{}}, "Se comunicó el traslado del equipo"},
		{"a call without answer", []desk.Event{desk.ContactLogged{}}, "Intento de contacto sin respuesta"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := v.title(desk.Record{Events: test.events}); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestByName(t *testing.T) {
	d := directory.New(directory.Records{})
	tests := []struct {
		actor desk.Actor
		want  string
	}{
		{desk.Actor{Person: "ana"}, "ana"},
		{desk.Actor{Person: "ana", For: "luz"}, "ana por luz"},
		{desk.Actor{Person: desk.Clock, Assurance: desk.AssuredSelf}, "Por vencimiento de plazo"},
		{desk.Actor{Via: "mail", Assurance: desk.AssuredSelf}, "Mesa de ayuda, al recibir un correo"},
		{desk.Actor{Via: "client", Assurance: desk.AssuredClient}, "Otro sistema"},
	}
	for _, test := range tests {
		if got := byName(d, test.actor); got != test.want {
			t.Errorf("%+v is %q, want %q", test.actor, got, test.want)
		}
	}
}

func TestWriterOfAMail(t *testing.T) {
	v := anybody()
	mail := desk.Actor{Via: "mail", Assurance: desk.AssuredSelf}
	tests := []struct {
		name  string
		rec   desk.Record
		staff bool
		want  string
	}{
		{"a known sender", desk.Record{Events: []desk.Event{desk.ContactOpened{Requester: "ana"}}}, false, "ana"},
		{"an unverified sender, to staff", desk.Record{Events: []desk.Event{desk.ContactOpened{Requester: "ana", Unverified: true}}, Texts: desk.Texts{"from_address": "x@y"}}, true, "x@y, sin verificar"},
		{"an unverified sender, to others", desk.Record{Events: []desk.Event{desk.ContactOpened{Unverified: true}}, Texts: desk.Texts{"from_address": "x@y"}}, false, "Remitente sin verificar"},
		{"a comment of a participant", desk.Record{Events: []desk.Event{desk.CommentAdded{Sender: "luz"}}}, false, "luz"},
		{"a comment of a stranger", desk.Record{Events: []desk.Event{desk.CommentAdded{}}}, true, "Remitente sin verificar"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.rec.Channel, test.rec.Actor = desk.ChannelMail, mail
			if got := v.writer(work.View{Staff: test.staff}, test.rec); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestWhereIsSaysSomethingInEveryState(t *testing.T) {
	v := anybody()
	states := []desk.State{desk.ToClassify, desk.PendingApproval, desk.Rejected, desk.Unassigned, desk.Assigned, desk.InProgress, desk.WaitingUser, desk.WaitingVendor,
		desk.TransferPending, desk.InCustody, desk.Closed, desk.Withdrawn, desk.Redirected}
	seen := map[string]desk.State{}
	for _, s := range states {
		sentence := v.whereIs(desk.Ticket{State: s, Stage: desk.StageUT, Assignee: desk.PersonID("p-" + string(s)), StageAt: desk.Mark{At: v.now}, PauseAt: desk.Mark{At: v.now}})
		if !strings.HasSuffix(sentence, ".") || strings.Contains(sentence, string(s)+" ") {
			t.Errorf("%s: %q", s, sentence)
		}
		if other, twice := seen[sentence]; twice {
			t.Errorf("%s and %s read the same: %q", s, other, sentence)
		}
		seen[sentence] = s
	}
}

func TestSentenceCitesWhatAReaderCanLookUp(t *testing.T) {
	tests := []struct{ text, clause, want string }{
		{"No.", "8.1.9, R79", "No. (8.1.9)"},
		{"No.", "8.1.4, R66–R68", "No. (8.1.4)"},
		{"No.", "R87", "No."},
		{"No.", "", "No."},
		{"Falta devolver el equipo (8.6.5).", "8.6.5, R116", "Falta devolver el equipo (8.6.5)."},
		{"No.", "8.1.5, R72, 8.1.6", "No. (8.1.5, 8.1.6)"},
	}
	for _, test := range tests {
		if got := sentence(&desk.Problem{Text: test.text, Clause: test.clause}); got != test.want {
			t.Errorf("%q, %q: got %q, want %q", test.text, test.clause, got, test.want)
		}
	}
}

func TestEveryCodeHasAStatus(t *testing.T) {
	for code, want := range map[desk.Code]int{desk.Invalid: 422, desk.NotFound: 404, desk.Forbidden: 403, desk.Refused: 409, desk.Stale: 409, desk.Repeated: 422, desk.Busy: 503} {
		if got := statusOf(code); got != want {
			t.Errorf("%s is %d, want %d", code, got, want)
		}
	}
}

func TestFormPath(t *testing.T) {
	for path, want := range map[string]string{
		"/ticket-forms/apps-sigo":                  "/ticket-forms/apps-sigo",
		"/ticket-forms/apps-sigo/review":           "/ticket-forms/apps-sigo",
		"/tickets/2026-000001/acts/close":          "/tickets/2026-000001/acts/close",
		"/tickets/2026-000001/decisions/transfers": "/tickets/2026-000001/decisions/transfers",
		"/mail-quarantine/m1/release":              "/mail-quarantine/m1",
		"/admin/operations/machines/01J/approval":  "/admin/operations",
		"/phone-contacts/new":                      "/phone-contacts/new",
		"/account/substitutions/2026-10-01/end":    "/account/substitutions",
	} {
		if got := formPath(path); got != want {
			t.Errorf("%s is drawn by %s, want %s", path, got, want)
		}
	}
}

func TestLocalPath(t *testing.T) {
	for path, want := range map[string]string{
		"/tickets?cursor=x": "/tickets?cursor=x", "": "/", "tickets": "/", "//evil.example": "/", "https://evil.example": "/", "/\\evil.example": "/",
		"/a\r\nSet-Cookie: x": "/", "/\t/evil.example": "/", "/sessions/end": "/",
	} {
		if got := localPath(path); got != want {
			t.Errorf("%q leads to %q, want %q", path, got, want)
		}
	}
}

func TestReadTakesOnlyWhatIsAsked(t *testing.T) {
	fields := []flow.Field{{Name: "message", Kind: flow.Long}, {Name: "sender", Kind: flow.Hidden}, {Name: "at", Kind: flow.DateTime}, {Name: "carried", Kind: flow.DateTime}}
	form := url.Values{"message": {"Hola"}, "sender": {"jefa-uti"}, "at-date": {"15/9/26"}, "at-time": {"9.05"}, "carried": {"2026-09-15T10:00"}, "other": {"x"}}
	want := desk.Fields{"message": "Hola", "at": "2026-09-15T09:05", "carried": "2026-09-15T10:00"}
	if diff := cmp.Diff(want, read(fields, form)); diff != "" {
		t.Error(diff)
	}
}

func TestAnswersReadLikeTheForm(t *testing.T) {
	fields := []flow.Field{
		{Name: "goods", Label: "Tipo de bien", Kind: flow.Radio, Options: []flow.Option{{Value: "cpu", Label: "CPU"}}},
		{Name: "no_asset", Label: "Sin código", Kind: flow.Check},
		{Name: "at", Label: "Cuándo", Kind: flow.DateTime},
		{Name: "subject", Label: "Asunto", Kind: flow.Line},
		{Name: "empty", Label: "Vacío", Kind: flow.Line},
		{Name: "flow", Label: "Flujo", Kind: flow.Hidden},
	}
	typed := desk.Fields{"goods": "cpu", "no_asset": "yes", "at": "2026-09-15T09:05", "subject": "No imprime", "flow": "8.6"}
	want := []web.Answer{{Label: "Tipo de bien", Value: "CPU", Field: "goods"}, {Label: "Sin código", Value: "Sí", Field: "no_asset"},
		{Label: "Cuándo", Value: "15/09/2026 09:05", Field: "at"}, {Label: "Asunto", Value: "No imprime", Field: "subject"}}
	if diff := cmp.Diff(want, answers(fields, typed)); diff != "" {
		t.Error(diff)
	}
}

func TestFieldsKeepTheirErrors(t *testing.T) {
	fields := []flow.Field{{Name: "a", Label: "A", Kind: flow.Long, Max: 100_000}, {Name: "p", Label: "P", Kind: flow.Person, Options: []flow.Option{{Value: "ana", Label: "Ana"}}}, {Name: "c", Label: "C", Kind: flow.Check, Optional: true}}
	problem := &desk.Problem{Fields: []desk.FieldProblem{{Field: "a", Text: "Primero."}, {Field: "a", Text: "Segundo."}}}
	got := draw(fields, desk.Fields{"a": "x"}, problem, nil)
	want := []web.Field{{Name: "a", Label: "A", Kind: web.TextArea, Value: "x", Error: "Primero.", MaxLength: maxTyped},
		{Name: "p", Label: "P", Kind: web.Select, Options: []web.Option{{Value: "ana", Label: "Ana"}}}, {Name: "c", Label: "C", Kind: web.Checkbox}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFirstWords(t *testing.T) {
	for text, want := range map[string]string{
		"No abre el SIGO": "No abre el SIGO", "Primera línea\nSegunda": "Primera línea", "": "",
		strings.Repeat("palabra ", 20): "palabra palabra palabra palabra palabra palabra palabra palabra palabra palabra…",
	} {
		if got := firstWords(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestAnchor(t *testing.T) {
	for title, want := range map[string]string{"Avería de Hardware": "averia-de-hardware", "Apoyo / asistencia técnica diversos": "apoyo-asistencia-tecnica-diversos"} {
		if got := anchor(title); got != want {
			t.Errorf("%q is %q, want %q", title, got, want)
		}
	}
}

func TestUrgency(t *testing.T) {
	at := func(h int) time.Time { return time.Date(2026, 9, 15, h, 0, 0, 0, time.UTC) }
	order := []desk.Ticket{{ID: "a", Priority: 1, OpenedAt: at(9)}, {ID: "b", Priority: 3, OpenedAt: at(8)}, {ID: "c", Priority: 3, OpenedAt: at(9)}, {ID: "d", Priority: 3, OpenedAt: at(9)}, {ID: "e", OpenedAt: at(7)}}
	for i := range order[1:] {
		if urgency(order[i], order[i+1]) >= 0 || urgency(order[i+1], order[i]) <= 0 {
			t.Errorf("%s should come before %s", order[i].ID, order[i+1].ID)
		}
	}
}

// TestEveryInterfaceIsMet names what main hands over, so that a change of a
// method is found here and not when linking a function.
func TestEveryInterfaceIsMet(t *testing.T) {
	for name, ok := range map[string]bool{
		"Reader": reflect.TypeFor[*work.Reader]().Implements(reflect.TypeFor[Reader]()),
		"Road":   reflect.TypeFor[*work.Road]().Implements(reflect.TypeFor[Road]()),
		"Issuer": reflect.TypeFor[*session.Issuer]().Implements(reflect.TypeFor[Issuer]()),
	} {
		if !ok {
			t.Errorf("%s is not met", name)
		}
	}
}

func TestUnreadable(t *testing.T) {
	if got := unreadable(&http.MaxBytesError{Limit: 1}); got != http.StatusRequestEntityTooLarge {
		t.Errorf("too big is %d", got)
	}
	if got := unreadable(errUnreadable); got != http.StatusBadRequest {
		t.Errorf("nonsense is %d", got)
	}
}
