package desk

// applyGear: diagnosis, its 60 minutes, custody and return: 8.6.3–8.6.5.
func applyGear(t Ticket, in Entry, e Event) Ticket {
	switch e := e.(type) {
	case DiagnosisStarted:
		t.Gear, t.GearAt, t.GearLeft = GearDiagnosis, in.mark(), 0
	case DiagnosisPaused:
		t.Gear, t.GearAt, t.GearLeft = GearPaused, in.mark(), e.Left
	case DiagnosisResumed:
		t.Gear, t.GearAt = GearDiagnosis, in.mark()
	case TransferAnnounced:
		t.Gear, t.GearAt, t.GearLeft = GearToMove, in.mark(), 0
	case CustodyTaken:
		t.Gear, t.GearAt = GearCustody, in.mark()
	case TransferCancelled:
		t.Gear, t.GearAt = GearStayed, Mark{}
	case EquipmentReturned:
		t.Gear, t.GearAt = GearReturned, Mark{}
	}
	t = t.respond(in)
	if t.Assignee != "" && !t.PauseAt.Open() { // an open question stays what is waited for
		t.State = t.standing()
	}
	return t
}
