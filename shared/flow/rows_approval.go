package flow

import (
	"slices"

	"mesa/shared/desk"
)

// Stages are the decisions a flow asks before work, in order: 8.1.4 a and b,
// 8.3.2; none for the others.
func Stages(f desk.FlowCode, territorial bool) []desk.Stage {
	switch {
	case f == desk.Flow81 && territorial:
		return []desk.Stage{desk.StageUT, desk.StageUO}
	case f == desk.Flow81:
		return []desk.Stage{desk.StageUO}
	case f == desk.Flow83:
		return []desk.Stage{desk.StageUTI}
	default:
		return nil
	}
}

// approvalRows: 8.1.4, R66–R71. Nobody but a person asked decides; the clock never does.
func approvalRows() []Row {
	rows := decisionRows(desk.Flow81, "8.1.4, R66–R68", "8.1.4, R67–R69", "8.1.4, R27", "Siguiente etapa, o Nivel 2")
	rows = append(rows, decisionRows(desk.Flow83, "8.3.2, R89", "8.3.2, R69, R89", "8.3.2, R27", "Nivel 1, mesa de ayuda")...)
	return append(rows,
		Row{Act: desk.ActWithdraw, Contact: both, Clause: "8.1.4, R150", Label: "Retirar la solicitud", Who: []Role{Requester}, From: []Guard{notTaken()},
			Fields: []Field{{Name: "reason", Label: "Motivo", Kind: Long, Max: maxText, Optional: true}}, To: "Retirado", do: withdraw})
}

// decisionRows: what a head who was asked may answer, in one flow.
func decisionRows(f desk.FlowCode, yes, no, notTheirs, to string) []Row {
	flows, who, pending := []desk.FlowCode{f}, []Role{Asked}, []Guard{inState("por aprobar", desk.PendingApproval), signedIn()}
	answered := append(slices.Clone(pending), byReply())
	return []Row{
		{Act: desk.ActApprove, Flows: flows, Clause: yes, Label: "Aprobar", Who: who, From: answered, Mail: true,
			Fields: mailedFields(), To: to, do: approve},
		{Act: desk.ActReject, Flows: flows, Clause: no, Label: "Rechazar", Who: who, From: answered, Mail: true,
			Fields: append([]Field{reasonField("Motivo del rechazo", "Escriba el motivo del rechazo: se enviará a la/el usuaria/o.")}, mailedFields()...), To: "Rechazado", do: reject},
		{Act: desk.ActNotMine, Flows: flows, Clause: notTheirs, Label: "No me corresponde decidir", Who: who, From: pending,
			Fields: []Field{reasonField("Por qué no le corresponde", "Escriba por qué no le corresponde: así buscaremos a quien decide.")}, To: "Sigue por aprobar; la mesa de ayuda ubica a quien decide", do: notMine},
		lookAgainRow(flows, notTheirs),
	}
}

func notTaken() Guard {
	return Guard{Text: "antes de que un nivel lo tome", Refusal: "El caso ya está en atención: pida a quien lo atiende que lo cierre.",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return !t.State.Ended() && t.RespondedAt.IsZero() }}
}

// openStages asks for the first of the stages that has to be asked; the others
// are recorded as skipped. Work begins when none has.
func (s *step) openStages(stages []desk.Stage) {
	for len(stages) > 0 {
		skipped, ok := s.spared(stages)
		if !ok {
			s.askStage(stages)
			return
		}
		s.emit(skipped)
		stages = stages[1:]
	}
	s.enter(firstLevel(s.t.Flow), desk.BecauseApproved, "")
}

// spared: nobody is asked twice. Whoever approved an earlier stage and would be
// asked again has decided; so will who stands in the next one too.
func (s *step) spared(stages []desk.Stage) (desk.StageSkipped, bool) {
	c := s.f.Approval[stages[0]]
	for _, p := range c.AtOnce {
		if slices.Contains(s.t.Approved, p.Person) {
			return desk.StageSkipped{Stage: stages[0], Person: p.Person, Approved: true}, true
		}
	}
	if len(stages) > 1 && sameAtOnce(c, s.f.Approval[stages[1]]) {
		return desk.StageSkipped{Stage: stages[0], Person: c.AtOnce[0].Person}, true
	}
	return desk.StageSkipped{}, false
}

// askStage asks everybody who decides the first of the stages at once.
func (s *step) askStage(stages []desk.Stage) {
	c := s.f.Approval[stages[0]]
	asked := round(c.AtOnce, 1)
	s.emit(desk.ApprovalRequested{Stage: stages[0], Asked: asked, Skipped: c.Skipped, More: stages[1:]})
	if len(asked) == 0 {
		s.mail(desk.MailNoApprover, desk.Audience{Kind: desk.ToTeam, Team: s.f.Party.Team})
		return
	}
	s.askToDecide(desk.MailDecide, asked)
}

func sameAtOnce(a, b Candidates) bool {
	if len(a.AtOnce) == 0 {
		return false
	}
	for _, p := range a.AtOnce {
		if !slices.ContainsFunc(b.AtOnce, func(q desk.Asked) bool { return q.Person == p.Person }) {
			return false
		}
	}
	return true
}

// round copies people asked, in a round.
func round(people []desk.Asked, n int) []desk.Asked {
	out := make([]desk.Asked, 0, len(people))
	for _, p := range people {
		p.Round = n
		out = append(out, p)
	}
	return out
}

// askToDecide orders one decision mail for each person, with their own link.
func (s *step) askToDecide(m desk.Message, people []desk.Asked) {
	for _, p := range people {
		data := s.stageData()
		if DecidesBoth(s.t, s.f, p.Person) {
			data["both"] = "yes"
		}
		s.notices = append(s.notices, desk.Notice{Message: m, Audience: desk.Audience{Kind: desk.ToPerson, Person: p.Person, For: p.For},
			Wait: desk.NewWaitID(desk.WaitApproval, s.t.StageAt.Seq), Round: p.Round, Stage: s.t.Stage, Data: data})
	}
}

// DecidesBoth tells whether a person who approves the open stage would be asked
// at the next as well, so that their decision stands for both.
func DecidesBoth(t desk.Ticket, f Facts, p desk.PersonID) bool {
	return len(t.More) > 0 && slices.ContainsFunc(f.Approval[t.More[0]].AtOnce, func(a desk.Asked) bool { return a.Person == p })
}

// stageData says where in the approval a decision mail stands, «etapa 1 de 2»,
// and whether it may carry link and digits.
func (s *step) stageData() map[string]string {
	all := Stages(s.t.Flow, s.t.Territorial)
	of := len(all)
	at := slices.Index(all, s.t.Stage) + 1
	data := map[string]string{"stage": string('0' + rune(at)), "stages": string('0' + rune(of))}
	switch {
	case s.f.Policy.NeedsSignIn(s.t.Service):
		data["sign_in"] = "yes"
	case s.f.Policy.TakesReply(s.t.Service):
		data["by_reply"] = "yes"
	}
	return data
}

func (s *step) certify(decision string) {
	s.mail(desk.MailDecided, toPerson(s.a.Actor.Person), "decision", decision, "reason", s.a.Field("reason"))
	s.notices[len(s.notices)-1].Stage = s.before.Stage
}

func approve(s *step) {
	s.text("message")
	stage, more := s.t.Stage, slices.Clone(s.t.More)
	s.emit(desk.StageApproved{Stage: stage})
	s.certify("approved")
	s.openStages(more)
}

// firstLevel is where work begins once it may: 8.1 stands at L2 Desarrollo
// after its approvals (8.1.5); everything else at L1.
func firstLevel(f desk.FlowCode) desk.Level {
	if f == desk.Flow81 {
		return 2
	}
	return 1
}

func reject(s *step) {
	s.text("reason")
	stage, reason := s.t.Stage, s.a.Field("reason")
	s.certify("rejected")
	s.emit(desk.StageRejected{Stage: stage}, desk.TicketRejected{})
	s.mail(desk.MailRejected, s.toRequester(), "reason", reason)
	s.mail(desk.MailRejected, toTeam(s.f.Party.Team), "reason", reason)
}

// notMine: the person leaves; if nobody is left, the next in line are asked.
// That is no step of the policy: its reminders come as they would have.
func notMine(s *step) {
	s.text("reason")
	me := s.a.Actor.Person
	s.emit(desk.ApprovalDeclined{Person: me})
	s.mail(desk.MailNotMine, toTeam(s.f.Party.Team), "reason", s.a.Field("reason"))
	c := s.f.Approval[s.t.Stage]
	if len(s.mayStillDecide()) == 0 && !s.askFirst(s.t.StageAt.Round, c.InTurn()...) {
		s.mail(desk.MailNoApprover, toTeam(s.f.Party.Team))
	}
}

// askFirst asks everybody new in the first of the groups that has somebody new:
// neither asked already nor one who said that it is not theirs.
func (s *step) askFirst(number int, groups ...[]desk.Asked) bool {
	for _, group := range groups {
		fresh := slices.DeleteFunc(round(group, number), func(p desk.Asked) bool {
			_, asked := s.t.AskedPerson(p.Person)
			return asked || slices.Contains(s.t.Declined, p.Person)
		})
		if len(fresh) > 0 {
			s.emit(desk.ApprovalPassedOn{Round: number, Asked: fresh, Skipped: s.f.Approval[s.t.Stage].Skipped})
			s.askToDecide(desk.MailDecide, fresh)
			return true
		}
	}
	return false
}

func withdraw(s *step) {
	s.text("reason")
	asked := slices.Clone(s.t.Asked)
	s.emit(desk.TicketWithdrawn{})
	for _, p := range asked {
		s.mail(desk.MailWithdrawn, toPerson(p.Person))
	}
}
