package desk

import "testing"

func TestApplyAccess(t *testing.T) {
	fourth := Mark{Seq: 4, At: noon, Round: 1}
	held := Ticket{State: InProgress, Level: 2, RespondedAt: noon}
	with := func(change func(*Ticket)) Ticket { t := held.clone(); change(&t); return t }
	runApply(t, []applyCase{
		{"the paper is out", held, ProveidoDerived{"2026-09-15"}, with(func(t *Ticket) { t.Proveido = ProveidoSent })},
		{"the paper is filed", with(func(t *Ticket) { t.Proveido = ProveidoSent }), ProveidoArchived{}, with(func(t *Ticket) { t.Proveido = ProveidoFiled })},
		{"credentials are owed", held, AccessCreated{Credentials: true}, with(func(t *Ticket) { t.Access = AccessOwed })},
		{"nothing is owed", held, AccessCreated{}, with(func(t *Ticket) { t.Access = AccessSettled })},
		{"creating is work begun", Ticket{State: Assigned, Level: 2, Assignee: "ana"}, AccessCreated{}, Ticket{State: InProgress, Level: 2, Assignee: "ana", RespondedAt: later, Access: AccessSettled}},
		{"by link, to be seen", with(func(t *Ticket) { t.Access = AccessOwed }), CredentialDelivered{Medium: ByMail}, with(func(t *Ticket) { t.Access, t.Unseen = AccessSettled, []Mark{mark7} })},
		{"by telephone, nothing to be seen", with(func(t *Ticket) { t.Access = AccessOwed }), CredentialDelivered{Medium: ByPhone}, with(func(t *Ticket) { t.Access = AccessSettled })},
		{"in place of others", with(func(t *Ticket) { t.Unseen = []Mark{mark3, fourth} }), CredentialDelivered{Medium: ByMail, Replaced: []int{3}},
			with(func(t *Ticket) { t.Access, t.Unseen = AccessSettled, []Mark{fourth, mark7} })},
		{"seen", with(func(t *Ticket) { t.Unseen = []Mark{mark3, fourth} }), CredentialShown{3}, with(func(t *Ticket) { t.Unseen = []Mark{fourth} })},
		{"a closed case may still be looked at", Ticket{State: InProgress, LevelAt: mark3, Unseen: []Mark{fourth}}, TicketClosed{}, Ticket{State: Closed, ClosedAt: later, Unseen: []Mark{fourth}}},
		{"moved to another flow it begins anew", Ticket{State: InProgress, Flow: Flow84, Proveido: ProveidoFiled, Access: AccessSettled, Unseen: []Mark{fourth}}, TicketReclassified{Flow: Flow85, Moved: true},
			Ticket{State: Unassigned, Flow: Flow85, Unseen: []Mark{fourth}}},
		{"the file that was asked for ends the wait", Ticket{Missing: []string{string(AccessForm)}, DataAt: mark3}, FilesAttached{AccessForm, 1}, Ticket{Files: FileSet(0).With(AccessForm)}},
		{"one of two files keeps it", Ticket{Missing: []string{string(AccessForm), string(CommitmentAnnex)}, DataAt: mark3}, FilesAttached{AccessForm, 1},
			Ticket{Files: FileSet(0).With(AccessForm), Missing: []string{string(CommitmentAnnex)}, DataAt: mark3}},
	})
}

// The fold and the stored ticket agree to the byte: an emptied list is none.
func TestNoUnseenDeliveryIsNoList(t *testing.T) {
	for _, e := range []Event{CredentialShown{4}, CredentialDelivered{Medium: ByPhone, Replaced: []int{4}}} {
		if got := Apply(Ticket{Unseen: []Mark{{Seq: 4, At: noon, Round: 1}}}, seven, e); got.Unseen != nil {
			t.Errorf("after %s the list is %#v", e.EventName(), got.Unseen)
		}
	}
}

func TestVaultCountsWhatItTouches(t *testing.T) {
	for want, v := range []Vault{{}, {Keep: &Credential{}}, {Show: 4, Drop: []int{2}}, {Keep: &Credential{}, Drop: []int{2, 3}}} {
		if got := v.Changes(); got != want {
			t.Errorf("%+v touches %d, want %d", v, got, want)
		}
	}
}
