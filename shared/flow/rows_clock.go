package flow

import (
	"slices"

	"mesa/shared/desk"
)

// clockRows: what happens when a date comes. The clock warns and reminds, passes
// a question on, announces the transfer of 8.6.4, lets an unassigned case of
// headquarters 8.5–8.7 climb to Level 2, and takes silence for a yes when the
// window of verification ends. It never decides anything else.
func clockRows() []Row {
	return []Row{{Act: desk.ActOverdue, Contact: both, Clause: "7.5, 8.6.4, R87, R113", Label: "Vencimiento de plazo", Who: []Role{ByClock}, Free: true,
		Fields: []Field{{Name: "wait", Label: "Espera", Kind: Hidden, Max: 40, Missing: "Falta la espera."}}, To: "Aviso o recordatorio, pase de la pregunta, traslado, subida a Nivel 2, o verificación por silencio", do: overdue}}
}

// overdue does what is due of one wait: nothing if it is settled or its date
// has not come, so a late or repeated timer changes nothing.
func overdue(s *step) {
	id := desk.WaitID(s.a.Field("wait"))
	i := slices.IndexFunc(s.f.Waits, func(w desk.Wait) bool { return w.ID == id })
	if i < 0 || s.notYet(s.f.Waits[i]) {
		return
	}
	switch id.Kind() {
	case desk.WaitApproval:
		overdueApproval(s)
	case desk.WaitLevel:
		overdueLevel(s)
	case desk.WaitPaused:
		s.overduePause(id)
	case desk.WaitDiagnosis:
		s.emit(desk.TransferAnnounced{ByClock: true}, desk.RequesterTold{Medium: desk.ByMail})
		s.mail(desk.MailTransfer, s.toRequester())
	case desk.WaitCustody, desk.WaitReturn, desk.WaitDiagnosisPaused:
		s.remind(id.Kind(), s.t.GearAt)
		s.mail(desk.MailGearDue, s.toHolder(), "step", string(s.t.Gear))
	case desk.WaitRegularise:
		s.remind(desk.WaitRegularise, s.t.RegularAt)
		s.askToRegularise()
	case desk.WaitData:
		overdueData(s)
	case desk.WaitVerification: // silence confirms
		s.emit(desk.VerificationConfirmed{ByClock: true})
	}
}

// overduePause asks again whoever is waited for: the requester, or by way of the
// assignee the provider.
func (s *step) overduePause(id desk.WaitID) {
	s.remind(desk.WaitPaused, s.t.PauseAt)
	if s.t.State == desk.WaitingVendor {
		s.mail(desk.MailVendorDue, s.toHolder())
		return
	}
	s.mail(desk.MailQuestionAgain, s.toRequester(), "question", s.f.Question)
	s.notices[len(s.notices)-1].Wait, s.notices[len(s.notices)-1].Round = id, s.t.PauseAt.Round
}

func (s *step) remind(kind desk.WaitKind, m desk.Mark) {
	s.emit(desk.WaitReminded{Wait: kind, Round: m.Round + 1})
}

// overdueApproval performs the furthest step due and records those skipped: who
// was asked gets a fresh link, and by the policy further people are asked beside
// them. Whoever came to the post since is asked first.
func overdueApproval(s *step) {
	if len(s.mayStillDecide()) == 0 {
		s.lookAgain()
		return
	}
	kind, number, missed := s.approvalStep()
	s.emit(desk.ApprovalReminded{Round: number, Skipped: missed})
	s.askToDecide(desk.MailDecideAgain, s.mayStillDecide())
	if !s.askFirst(number, s.f.Approval[s.t.Stage].AtOnce) {
		s.passOn(kind, number)
	}
}

// approvalStep is the furthest step whose date has come, the round it makes, and
// how many before it are passed over.
func (s *step) approvalStep() (kind StepKind, number, missed int) {
	steps, done := s.f.Policy.Approval, s.t.StageAt.Round-1
	kind, number = Remind, s.t.StageAt.Round+1
	for i := done; i < len(steps); i++ {
		// The date came, also that of a working day's opening, which no step has.
		if i == done || !s.f.Now.Before(s.f.Calendar.AddWorking(s.t.StageAt.At, steps[i].After)) {
			kind, number, missed = steps[i].Do, i+2, i-done
		}
	}
	return kind, number, missed
}

// mayStillDecide are those asked now whom the directory still lets decide.
func (s *step) mayStillDecide() []desk.Asked {
	return MayStillDecide(s.t, s.f.Approval[s.t.Stage])
}

// passOn asks further people: the next in line, or all who are left.
func (s *step) passOn(kind StepKind, number int) {
	c := s.f.Approval[s.t.Stage]
	switch kind {
	case Remind:
	case AskNext:
		s.askFirst(number, c.Superiors, c.Last)
	case AskSuperiors:
		s.askFirst(number, slices.Concat(c.Superiors, c.Last))
	}
}

// lookAgain: a stage nobody could be asked for; the directory may know by now.
func (s *step) lookAgain() {
	c := s.f.Approval[s.t.Stage]
	if s.askFirst(s.t.StageAt.Round+1, c.InTurn()...) {
		return
	}
	s.emit(desk.WaitReminded{Wait: desk.WaitApproval, Round: s.t.StageAt.Round + 1})
	s.mail(desk.MailNoApprover, toTeam(s.f.Party.Team))
}

// overdueData asks who must complete the data again, then tells the team.
func overdueData(s *step) {
	s.remind(desk.WaitData, s.t.DataAt)
	if s.t.DataAt.Round <= 3 {
		s.askForData()
		return
	}
	s.mail(desk.MailDataDue, s.toHolder(), "fields", fieldLabels(s.t.Missing))
}
