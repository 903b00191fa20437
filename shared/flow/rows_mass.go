package flow

import (
	"slices"

	"mesa/shared/desk"
)

// massRows: one incident that many suffer (7.4 P1, R150). The cases that join it
// wait for nothing of their own; each ends with it, with its own row and mail.
func massRows() []Row {
	mesa := []Role{DeskAssigner, DeskMember}
	return []Row{
		{Act: desk.ActDeclareMass, Clause: "7.4, R32, R150", Label: "Declarar incidente masivo", Who: mesa,
			From: []Guard{live(), gearSettled(), noRoomsHeld(), notInFamily(), notMass()}, To: "Otras personas pueden unirse con «yo también»", do: declareMass},
		{Act: desk.ActJoin, Contact: both, Clause: "R150", Label: "Unir a un incidente masivo", Who: mesa,
			From:   []Guard{live(), verified(), gearSettled(), noRoomsHeld(), notInFamily(), notMass()},
			Fields: []Field{parentField()}, To: "Unido: se cierra con el incidente masivo", do: join},
		{Act: desk.ActSeparate, Contact: both, Clause: "R150", Label: "Separar del incidente masivo", Who: mesa, From: []Guard{inState("unido a un incidente masivo", desk.Joined)},
			Fields: []Field{reasonField("Motivo", "Escriba por qué se separa: se enviará a la/el usuaria/o.")}, To: "Sigue su propio camino, desde donde estaba", do: separate},
		{Act: desk.ActFollow, Contact: both, Clause: "R150", Label: "Terminar con el incidente masivo", Who: []Role{ByClock}, Free: true,
			To: "Cerrado con su fila; o separado, si el incidente masivo no se atendió", do: follow},
	}
}

// parentField names the mass incident by its number.
func parentField() Field {
	return Field{Name: "parent", Label: "Incidente masivo", Hint: "Número del caso declarado incidente masivo.", Kind: Choice, Max: 20, Missing: "Elija el incidente masivo.", Clause: "R150"}
}

func notMass() Guard {
	return Guard{Text: "que no sea un incidente masivo", Refusal: "Este caso ya es un incidente masivo.",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return !t.Mass }}
}

func notInFamily() Guard {
	return Guard{Text: "que no esté unido a otro", Refusal: "Este caso ya está unido a un incidente masivo.",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Parent == "" }}
}

// Family is what an act must know of the mass incident it is about.
type Family struct {
	Parent   desk.Ticket // Version 0: no such case
	Solution string      // how it was solved, once closed
	By       string      // name of who attended it, for the register
}

// open tells whether a case may join.
func (f Family) open() bool {
	return f.Parent.Version > 0 && f.Parent.Mass && !f.Parent.State.Ended() && f.Parent.Parent == ""
}

func declareMass(s *step) { s.emit(desk.MassDeclared{}) }

func join(s *step) {
	parent := s.f.Family.Parent
	if !s.f.Family.open() || parent.ID == s.t.ID {
		s.invalid("parent", "Elija un incidente masivo que siga abierto.")
		return
	}
	s.joinFamily()
}

// joinFamily: those asked to decide have nothing to decide any more, and a
// contact without a service takes the incident's.
func (s *step) joinFamily() {
	parent, asked := s.f.Family.Parent, slices.Clone(s.t.Asked)
	if s.t.Flow == "" {
		s.emit(desk.TicketClassified{Flow: parent.Flow, Rules: Version, Service: parent.Service, Kind: parent.Kind, Priority: parent.Priority, Contact: true})
	}
	s.emit(desk.TicketJoined{Parent: parent.ID})
	for _, p := range asked {
		s.mail(desk.MailWithdrawn, toPerson(p.Person))
	}
	s.mail(desk.MailJoined, s.toRequester(), "parent", string(parent.Number))
}

func separate(s *step) {
	s.text("reason")
	s.leaveFamily(s.a.Field("reason"))
}

// leaveFamily: the case goes on where it was, or begins its own procedure.
func (s *step) leaveFamily(reason string) {
	s.emit(desk.TicketSeparated{})
	s.mail(desk.MailSeparated, s.toRequester(), "reason", reason)
	s.goOn(desk.BecauseReturned)
}

// goOn stands a case that goes its own way again where it was, else where its
// procedure begins.
func (s *step) goOn(why desk.LevelReason) {
	held := heldBefore(s.t)
	switch stages := Stages(s.t.Flow, s.t.Territorial); {
	case held > 0:
		s.enter(held, why, s.lastHolder(held))
	case len(stages) > 0 && !s.t.Contact:
		s.openStages(stages)
	default:
		s.enter(1, desk.BecauseOpened, "")
	}
}

// heldBefore is the highest level the case was at, 0 if it was at none.
func heldBefore(t desk.Ticket) desk.Level {
	highest := desk.Level(0)
	for l := range t.Last {
		highest = max(highest, l)
	}
	return highest
}

// follow ends a case as its mass incident ended. Asked again it does nothing.
func follow(s *step) {
	parent := s.f.Family.Parent
	switch {
	case s.t.State != desk.Joined || parent.ID != s.t.Parent || !parent.State.Ended():
		return
	case parent.State != desk.Closed:
		s.leaveFamily("El incidente masivo al que estaba unido terminó sin atenderse.")
		return
	}
	s.texts["solution"] = s.f.Family.Solution
	s.endWith(closingMail(s.t), s.f.Family.Solution, desk.ByMail)
}

// endFamily: when a mass incident ends, so do the cases that joined it.
func (d *Decision) endFamily(s *step) {
	d.Family = s.t.Mass && s.t.State.Ended() && !s.before.State.Ended()
}
