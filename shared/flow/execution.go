package flow

import (
	"strconv"
	"time"

	"mesa/shared/desk"
)

// Execution at Level 3 and the notice it may need: 8.1.7–8.1.9, 8.3.3 b.

// Outage is a notice of interruption and how far it was sent.
type Outage struct {
	Seq      int // act that announced it
	System   desk.ServiceID
	Name     string // what people call the system
	StartsAt time.Time
	EndsAt   time.Time
	Users    int           // readers
	Accepted int           // of them, whose mail the mail service accepted
	Stopped  []desk.Effect // mails that did not go, for who sends them again
}

// Sent tells whether the mail service accepted the notice for all its readers:
// a mail that is queued has told nobody anything (R77).
func (o Outage) Sent() bool { return o.Users > 0 && o.Accepted >= o.Users }

// System is a system whose users can be told, and how many they are.
type System struct {
	ID    desk.ServiceID
	Name  string
	Users int
}

// noticeFields: motive, date and time (R76), and what it means for who reads it.
func noticeFields() []Field {
	return []Field{
		{Name: "system", Label: "Sistema que se detendrá", Hint: "El aviso llega a las/los usuarias/os de su lista.", Kind: Choice, Max: 60, Optional: true, Clause: "8.1.7, R77"},
		reasonField("Motivo", "Escriba el motivo de la interrupción."),
		{Name: "starts_at", Label: "Empieza", Kind: DateTime, Missing: "Escriba la fecha y hora en que se detendrá el servicio.", Clause: "8.1.7, R76"},
		{Name: "ends_at", Label: "Termina", Hint: "La duración prevista se calcula con las dos horas.", Kind: DateTime, Missing: "Escriba la fecha y hora en que volverá el servicio.", Clause: "8.1.7, R76"},
		{Name: "cannot", Label: "Qué no podrán hacer", Hint: "Por ejemplo: ingresar, registrar actas, ver sus datos.", Kind: Long, Max: 1000, Missing: "Escriba qué no podrán hacer las/los usuarias/os mientras tanto."},
	}
}

// executionFields: whether the service stopped, and from when until when.
func executionFields(message Field) []Field {
	return []Field{
		{Name: "interrupts", Label: "¿Detuvo el servicio?", Kind: Radio, Options: yesNo(), Missing: "Elija si la ejecución detuvo el servicio."},
		{Name: "stopped_from", Label: "Se detuvo desde", Hint: "Solo si detuvo el servicio.", Kind: DateTime, Optional: true},
		{Name: "stopped_until", Label: "Se detuvo hasta", Hint: "Solo si detuvo el servicio.", Kind: DateTime, Optional: true},
		message,
	}
}

// announce: the users of the system learn motive, date and time before it stops.
// A notice may begin in the past only where it extends one that was announced:
// then the service is stopped already and its users are told for how much longer.
func announce(s *step) {
	starts, _ := ParseTime(s.a.Field("starts_at")) // checked by the field's kind
	ends, _ := ParseTime(s.a.Field("ends_at"))
	system, ok := s.system()
	switch {
	case !ends.After(starts):
		s.invalid("ends_at", "La hora de término debe ser posterior a la de inicio.")
	case !starts.After(s.f.Now) && !s.extends(starts, ends):
		s.invalid("starts_at", "La fecha y hora de inicio deben ser posteriores a este momento: el aviso va antes.")
	case !ok || system.Users == 0:
		s.invalid("system", "El "+system.Name+" no tiene lista de usuarias/os: agréguela antes de avisar.")
	default:
		s.text("reason", "cannot")
		s.emit(desk.InterruptionAnnounced{StartsAt: starts.UTC(), EndsAt: ends.UTC(), System: system.ID, Users: system.Users})
		s.mail(desk.MailInterruption, desk.Audience{Kind: desk.ToUsersOf, System: system.ID}, "service_name", system.Name, "reason", s.a.Field("reason"),
			"cannot", s.a.Field("cannot"), "starts_at", starts.Format(clockLayout), "ends_at", ends.Format(clockLayout))
	}
}

// system is the one the notice is about: the ticket's own unless another is named.
func (s *step) system() (System, bool) {
	id := desk.ServiceID(s.a.Field("system"))
	if id == "" {
		id = s.t.Service
	}
	for _, system := range s.f.Systems {
		if system.ID == id {
			return system, true
		}
	}
	if s.a.Field("system") == "" && s.f.Service.Name != "" {
		return System{ID: id, Name: s.f.Service.Name}, false
	}
	return System{ID: id, Name: "sistema"}, false
}

// extends tells whether a notice goes on where an announced one ends, later than now.
func (s *step) extends(starts, ends time.Time) bool {
	for _, o := range s.f.Outages {
		if !starts.Before(o.StartsAt) && !starts.After(o.EndsAt) && ends.After(s.f.Now) && ends.After(o.EndsAt) {
			return true
		}
	}
	return false
}

// stopped reads what the executor declares of the interruption; ok is false when
// the act ends here.
func (s *step) stopped() (stop desk.ServiceInterrupted, ok bool) {
	if s.a.Field("interrupts") != "yes" {
		return stop, true
	}
	for _, name := range []string{"stopped_from", "stopped_until"} {
		if s.a.Field(name) == "" {
			s.invalid(name, "Escriba desde y hasta cuándo se detuvo el servicio.")
			return stop, false
		}
	}
	from, _ := ParseTime(s.a.Field("stopped_from")) // checked by the field's kind
	until, _ := ParseTime(s.a.Field("stopped_until"))
	switch {
	case !until.After(from):
		s.invalid("stopped_until", "El término debe ser posterior al inicio.")
	case until.After(s.f.Now.Add(clockSlack)):
		s.invalid("stopped_until", "El término no puede ser posterior a este momento: registre la ejecución cuando el servicio haya vuelto.")
	case from.Before(s.t.OpenedAt.Truncate(time.Minute)):
		s.invalid("stopped_from", "El inicio no puede ser anterior al registro del caso.")
	default:
		stop = desk.ServiceInterrupted{From: from.UTC(), Until: until.UTC()}
		return stop, s.noticed(stop)
	}
	return stop, false
}

// noticed is the gate of 8.1.7: whatever working time an interruption covered,
// wherever it began and ended, needs notices that cover it and were sent (R77).
func (s *step) noticed(stop desk.ServiceInterrupted) bool {
	const clause = "8.1.7, R77"
	announced, sent := s.uncovered(stop, false), s.uncovered(stop, true)
	switch {
	case sent == 0:
		return true
	case announced == 0:
		reached, readers := 0, 0
		for _, o := range s.f.Outages {
			reached, readers = reached+o.Accepted, readers+o.Users
		}
		s.refuse(clause, "El aviso de interrupción todavía no salió para todas/os: enviado a %d de %d. Espere a que termine, o reenvíe los correos detenidos.", reached, readers)
	case len(s.f.Outages) == 0:
		s.refuse(clause, "La ejecución detuvo el servicio dentro del horario laboral: primero avise la interrupción a las/los usuarias/os del sistema.")
	default:
		s.refuse(clause, "Los avisos no cubren toda la interrupción declarada dentro del horario laboral: avise el tiempo que falta, o corrija desde y hasta cuándo se detuvo el servicio.")
	}
	return false
}

// uncovered is the working time of an interruption that no notice covers; with
// onlySent, no notice that was sent to all.
func (s *step) uncovered(stop desk.ServiceInterrupted, onlySent bool) time.Duration {
	gaps := []desk.ServiceInterrupted{stop}
	for _, o := range s.f.Outages {
		if !onlySent || o.Sent() {
			gaps = beyond(gaps, o)
		}
	}
	var left time.Duration
	for _, g := range gaps {
		left += s.f.Office.WorkingBetween(g.From, g.Until)
	}
	return left
}

// beyond takes a notice's window out of gaps.
func beyond(gaps []desk.ServiceInterrupted, o Outage) []desk.ServiceInterrupted {
	var left []desk.ServiceInterrupted
	for _, g := range gaps {
		if !o.StartsAt.Before(g.Until) || !o.EndsAt.After(g.From) { // apart
			left = append(left, g)
			continue
		}
		if o.StartsAt.After(g.From) {
			left = append(left, desk.ServiceInterrupted{From: g.From, Until: o.StartsAt})
		}
		if o.EndsAt.Before(g.Until) {
			left = append(left, desk.ServiceInterrupted{From: o.EndsAt, Until: g.Until})
		}
	}
	return left
}

// executed is the common part of both ends of an execution; false ends the act.
func (s *step) executed() bool {
	stop, ok := s.stopped()
	if !ok {
		return false
	}
	s.text("message")
	interrupted := !stop.From.IsZero()
	if interrupted {
		s.emit(stop)
	}
	told := map[desk.ServiceID]bool{}
	for _, o := range s.f.Outages {
		if told[o.System] {
			continue
		}
		told[o.System] = true
		s.emit(desk.RestorationAnnounced{System: o.System, Stopped: interrupted})
		s.mail(desk.MailRestored, desk.Audience{Kind: desk.ToUsersOf, System: o.System}, "service_name", o.Name, "stopped", s.a.Field("interrupts"))
	}
	return true
}

func executionOK(s *step) {
	if !s.executed() {
		return
	}
	s.emit(desk.ExecutionSucceeded{N: s.t.Pases})
	s.enter(2, desk.BecauseExecution, s.lastHolder(2))
	s.mail(desk.MailExecutionOK, s.toHolder(), "message", s.a.Field("message"))
}

func executionError(s *step) {
	if !s.executed() {
		return
	}
	n := s.t.Failures + 1
	s.emit(desk.ExecutionFailed{N: n})
	s.enter(2, desk.BecauseExecution, s.lastHolder(2))
	s.mail(desk.MailExecutionFailed, s.toHolder(), "message", s.a.Field("message"), "n", strconv.Itoa(n))
}
