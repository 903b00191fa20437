package portal_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/flow"
)

// attended is a P3 of headquarters in soporte's hands since Tuesday 9:00, with a
// question from 11:00 to 16:00.
func attended(t *testing.T, s *site) desk.TicketID {
	t.Helper()
	id := s.Open85()
	s.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	s.Do("soporte-1", desk.ActTake, id)
	s.SetTime(desktest.Tuesday(11, 0))
	s.Do("soporte-1", desk.ActAsk, id, "question", "¿Qué versión usa?")
	s.SetTime(desktest.Tuesday(16, 0))
	s.Do("usuaria-administracion-1", desk.ActComment, id, "message", "La última.")
	return id
}

func TestWhyATargetEndsWhenItDoes(t *testing.T) {
	s := newSite(t)
	id := attended(t, s)
	number := string(s.number(t, id))
	b := s.as(t, "soporte-1")
	path := "/tickets/" + number + "/targets"

	b.get("/tickets/"+number).want(t, http.StatusOK, "Meta local 17/09/2026 13:00 Faltan 14 h hábiles; meta local, no es parte del PRO-044 Por qué")
	b.get(path).want(t, http.StatusOK, "Por qué vence el 17/09/2026 a las 13:00", "Faltan 14 h hábiles", "Meta local, no es parte del PRO-044",
		"16 h hábiles de solución, P3", "La que trae el sistema", "Cuenta desde 15/09/2026 09:00 Se registró (acto 1 del historial)", "08:30 a 13:00, 14:00 a 17:30",
		"martes 15/09/2026 09:00 a 11:00 2 h 2 h",
		"martes 15/09/2026, 11:00 a 16:00 Detenido: se esperaba a la/el usuaria/o Ver en el historial 0 2 h",
		"martes 15/09/2026 16:00 a 17:30 1 h 30 min 3 h 30 min",
		"miércoles 16/09/2026 08:30 a 13:00, 14:00 a 17:30 8 h 11 h 30 min",
		"jueves 17/09/2026 08:30 a 13:00 4 h 30 min 16 h", "16 h hábiles : la meta completa.",
		"50 % 16/09/2026 13:00 : se avisa a quien lo tiene Por venir",
		"100 % 17/09/2026 13:00 : se recuerda a quien lo tiene y a quien dirige su equipo, y otra vez cada día de trabajo Por venir")
	b.get("/tickets/"+number).want(t, http.StatusOK) // the stop leads to its act
	if body := b.get("/tickets/" + number).body; !strings.Contains(body, `id="act-4"`) {
		t.Error("the history has no place for act 4")
	}

	t.Run("told and late", func(t *testing.T) {
		ring(t, s, id)
		s.SetTime(desktest.Tuesday(10, 0).Add(3 * 24 * time.Hour))
		b := s.as(t, "soporte-1")
		b.get(path).want(t, http.StatusOK, "Por qué venció el 17/09/2026 a las 13:00", "Venció hace 5 h hábiles", "50 % 16/09/2026 13:00 : se avisa a quien lo tiene Avisado", "se avisa a quien lo tiene Omitido")
		b.get("/tickets/"+number).want(t, http.StatusOK, "Meta local: venció hace 5 h hábiles", "Aviso: va por el 50 % de su meta local")
		b.get("/queue?view=mine").want(t, http.StatusOK, "Meta local: venció hace 5 h hábiles")
	})
	t.Run("detained", func(t *testing.T) {
		s.Do("soporte-1", desk.ActAsk, id, "question", "¿Sigue?")
		b := s.as(t, "soporte-1")
		b.get(path).want(t, http.StatusOK, "Por qué la meta está detenida", "Desde el 18/09/2026 10:00", "lo usado de una meta de 16 h hábiles")
		b.get("/tickets/"+number).want(t, http.StatusOK, "Detenida Quedan 0 min hábiles")
	})
	t.Run("who asked finds no target anywhere", func(t *testing.T) {
		asker := s.as(t, "usuaria-administracion-1")
		asker.get(path).want(t, http.StatusNotFound)
		asker.get("/tickets/"+number).want(t, http.StatusOK).lacks(t, "Meta local", "meta local", "Por qué")
	})
	t.Run("a case that may not be worked on has none", func(t *testing.T) {
		number := s.number(t, s.Open81())
		s.as(t, "jefa-ut-piura").get("/tickets/"+string(number)+"/targets").want(t, http.StatusNotFound)
	})
}

// ring lets the date of the case's level come.
func ring(t *testing.T, s *site, id desk.TicketID) {
	t.Helper()
	w := s.Load(id).Waits[0]
	s.SetTime(w.WakeAt)
	act := desk.Act{Kind: desk.ActOverdue, Ticket: id, At: s.Time(), Channel: desk.ChannelClock, Fields: desk.Fields{"wait": string(w.ID)},
		Actor: desk.Actor{Person: desk.Clock, Via: "escalation", Assurance: desk.AssuredSelf}}
	if _, err := s.Road.Perform(t.Context(), act); err != nil {
		t.Fatal(err)
	}
}

// The policy that holds says what the target is, and since when.
func TestTheTargetNamesThePolicyThatSetsIt(t *testing.T) {
	s := newSite(t)
	policy := flow.DefaultPolicy()
	policy.LevelTargets = map[desk.Level]map[desk.Priority]flow.Target{2: {3: {Response: 2 * time.Hour}}}
	policy.Warnings, policy.AtTarget = []int{}, []flow.TargetRule{{Do: flow.RemindHolder}}
	if err := s.Store.SetPolicy(t.Context(), policy, desktest.Tuesday(8, 0)); err != nil {
		t.Fatal(err)
	}
	id := s.Open85()
	number := s.number(t, id)
	b := s.as(t, "especialista-mesa")
	b.get("/queue").want(t, http.StatusOK, "Meta local: 15/09/2026 13:00, faltan 4 h hábiles")
	b.do(number, desk.ActAssign, "person", "soporte-1")
	page := s.as(t, "soporte-1").get("/tickets/"+string(number)+"/targets").want(t, http.StatusOK, "Por qué vence el 15/09/2026 a las 11:00", "2 h hábiles de respuesta, P3 en el Nivel 2",
		"Política vigente desde el 15/09/2026 08:00", "Quedó asignado a este nivel (acto 2 del historial)", "100 % 15/09/2026 11:00 : se recuerda a quien lo tiene, y otra vez cada día de trabajo")
	page.lacks(t, "50 %")
}
