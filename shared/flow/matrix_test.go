package flow_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// allActs are all acts of the vocabulary but those that open a ticket.
func allActs() []desk.ActKind {
	return []desk.ActKind{desk.ActClassify, desk.ActNeedTicket, desk.ActTypingError, desk.ActConfirmSender, desk.ActProvideData, desk.ActApprove, desk.ActReject, desk.ActNotMine, desk.ActLookAgain,
		desk.ActWithdraw, desk.ActSetPriority, desk.ActAssign, desk.ActTake, desk.ActAsk, desk.ActAnswer, desk.ActComment, desk.ActNote, desk.ActReply, desk.ActLogContact, desk.ActAttach,
		desk.ActWorkaround, desk.ActDiagnose, desk.ActPauseDiagnosis, desk.ActResumeDiagnosis, desk.ActDeclareLong, desk.ActTakeCustody, desk.ActNotMoved, desk.ActReturn, desk.ActHandOver, desk.ActInterruption,
		desk.ActExecutionOK, desk.ActExecutionError, desk.ActEscalate, desk.ActSendBack, desk.ActClose, desk.ActReopen, desk.ActLink, desk.ActResend, desk.ActOverdue,
		desk.ActRoute, desk.ActInfraSolved, desk.ActAcknowledge, desk.ActRegularise, desk.ActDeny, desk.ActVendorCase, desk.ActVendorAnswer, desk.ActReclassify, desk.ActDeclareMass, desk.ActJoin, desk.ActSeparate, desk.ActFollow, desk.ActConfirmSolved, desk.ActStillFailing,
		desk.ActDerive, desk.ActCreateAccess, desk.ActDeliverCredential, desk.ActShowCredential, desk.ActArchiveProveido,
		desk.ActBookRoom, desk.ActProposeSlot, desk.ActMoveRoom, desk.ActCancelDate, desk.ActShowPIN, desk.ActDeliverRecording}
}

// situation is a ticket standing somewhere, and who may do what with it there:
// one person a line, acts by name, WORDS for what staff may always write, DESK
// for what the mesa de ayuda may do with every open ticket.
// Everybody not named may do nothing at all.
type situation struct {
	name string
	make func(tester) *bench
	may  string
}

const deskActs = "set-priority " + "reclassify declare-mass join"

const staffWords = "comment note reply resend"

// TestWhoMayDoWhat tries every act by every person in every situation: what the
// table names must succeed and be offered, everything else must be refused with
// the clause that refuses it.
func TestWhoMayDoWhat(t *testing.T) {
	for _, s := range allSituations() {
		t.Run(s.name, func(t *testing.T) {
			allowed := parseMay(t, s.may)
			b := s.make(t)
			for _, who := range everybody() {
				checkOffers(t, b, who, allowed[who])
				for _, kind := range allActs() {
					checkAct(t, b.clone(), who, kind, slices.Contains(allowed[who], kind))
				}
			}
		})
	}
}

// allSituations are those of every flow.
func allSituations() []situation {
	return slices.Concat(
		situationsOfApproval(),
		situations81(),
		situations82(),
		situations83(),
		situations84(),
		situationsToVerify(),
		situations85(),
		situations86(),
		situations87(),
		situations88(),
		situationsOfVendors(),
		situationsOfMass(),
		situationsOfContacts(),
	)
}

func parseMay(t *testing.T, text string) map[desk.PersonID][]desk.ActKind {
	t.Helper()
	known := allActs()
	allowed := map[desk.PersonID][]desk.ActKind{}
	for line := range strings.Lines(strings.TrimSpace(text)) {
		who, acts, _ := strings.Cut(strings.TrimSpace(line), ":")
		acts = strings.ReplaceAll(strings.NewReplacer("WORDS", staffWords, "DESK", deskActs).Replace(acts), "comment", "comment attach") // a file is a comment without words
		for act := range strings.FieldsSeq(acts) {
			if !slices.Contains(known, desk.ActKind(act)) || !slices.Contains(everybody(), desk.PersonID(who)) {
				t.Fatalf("the test names %q, or %q who is not in the cast", act, who)
			}
			allowed[desk.PersonID(who)] = append(allowed[desk.PersonID(who)], desk.ActKind(act))
		}
	}
	return allowed
}

func checkAct(t *testing.T, b *bench, who desk.PersonID, kind desk.ActKind, may bool) {
	t.Helper()
	b.failed = &desk.Mail{Message: desk.MailReceived}
	_, err := b.try(who, kind, validFields(b, kind)...)
	p, _ := errors.AsType[*desk.Problem](err)
	switch {
	case may && err != nil:
		t.Errorf("%s may not %s: %v", who, kind, err)
	case !may && err == nil:
		t.Errorf("%s may %s", who, kind)
	case !may && (p == nil || p.Code != desk.Forbidden && p.Code != desk.Refused || p.Clause == "" || p.Text == ""):
		t.Errorf("%s is refused to %s by %v, want Forbidden or Refused with a clause and a sentence", who, kind, err)
	}
}

// checkOffers: the buttons are exactly the acts. Linking is never a button.
func checkOffers(t *testing.T, b *bench, who desk.PersonID, allowed []desk.ActKind) {
	t.Helper()
	var offered []desk.ActKind
	for _, o := range flow.Offers(b.ticket, b.facts(who, nil)) {
		offered = append(offered, o.Act)
		if o.Label == "" || o.Clause == "" {
			t.Errorf("offer %+v has no label or clause", o)
		}
	}
	want := slices.DeleteFunc(slices.Clone(allowed), func(k desk.ActKind) bool { return k == desk.ActLink })
	slices.Sort(offered)
	slices.Sort(want)
	if !slices.Equal(offered, want) {
		t.Errorf("%s is offered %v, may %v", who, offered, want)
	}
}

func situationsOfApproval() []situation {
	return []situation{
		{"8.1 UT waits for the UT head", func(t tester) *bench { b := newBench(t, userUT); open81(b); return b }, `
			usuaria-ut: comment withdraw
			jefa-ut: approve reject not-mine comment
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.1 UT waits for the unit head", func(t tester) *bench {
			b := newBench(t, userUT)
			open81(b)
			b.do(headUT, desk.ActApprove)
			return b
		}, `
			usuaria-ut: comment withdraw
			jefa-uo: approve reject not-mine comment
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.1 UT without anybody who decides, named meanwhile", func(t tester) *bench {
			b := newBench(t, userUT)
			found := b.approval[desk.StageUT]
			b.approval[desk.StageUT] = flow.Candidates{Skipped: []desk.Skipped{{Reason: "vacant"}}}
			open81(b)
			b.approval[desk.StageUT] = found
			return b
		}, `
			usuaria-ut: comment withdraw
			especialista-mesa: DESK look-again WORDS
			informatica-mesa: DESK look-again WORDS`},
		// R71: rejected at stage 1 is rejected, and final.
		{"8.1 rejected", func(t tester) *bench {
			b := newBench(t, userUT)
			open81(b)
			b.do(headUT, desk.ActReject, "reason", "x")
			return b
		}, `
			usuaria-ut: comment
			especialista-mesa: WORDS
			informatica-mesa: WORDS`},
		{"8.1 withdrawn", func(t tester) *bench { b := newBench(t, userUT); open81(b); b.do(userUT, desk.ActWithdraw); return b }, `
			usuaria-ut: comment
			especialista-mesa: WORDS
			informatica-mesa: WORDS`},
	}
}

func situations81() []situation {
	return []situation{
		{"8.1 headquarters approved, nobody's", func(t tester) *bench {
			b := newBench(t, userHQ)
			open81(b)
			b.do(headUO, desk.ActApprove)
			return b
		}, `
			usuaria-sede: comment withdraw
			desarrollo-1: assign take WORDS
			desarrollo-2: assign take WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.1 in the hands of Desarrollo", func(t tester) *bench { return atLevel2(t, userUT) }, `
			usuaria-ut: comment
			desarrollo-1: assign ask hand-over escalate close log-contact workaround WORDS
			desarrollo-2: assign take WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.1 in the hands of BD", func(t tester) *bench { return atLevel3(t, userHQ) }, `
			usuaria-sede: comment
			bd-1: assign interruption execution-ok execution-error ask escalate send-back log-contact workaround WORDS
			bd-2: assign take interruption execution-ok execution-error WORDS
			desarrollo-1: WORDS
			desarrollo-2: WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.1 at Level 4", func(t tester) *bench {
			b := atLevel2(t, userHQ)
			b.do(developer, desk.ActEscalate, "level", "4", "reason", "x")
			b.do(network, desk.ActTake)
			return b
		}, `
			usuaria-sede: comment
			infra-2: take WORDS
			infra-1: infra-solved ask escalate send-back log-contact workaround WORDS
			desarrollo-1: WORDS
			desarrollo-2: WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.1 with a question open", func(t tester) *bench {
			b := atLevel2(t, userUT)
			b.do(developer, desk.ActAsk, "question", "¿?")
			return b
		}, `
			usuaria-ut: answer comment
			desarrollo-1: log-contact close WORDS
			desarrollo-2: WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.1 with a question open at Level 3", func(t tester) *bench {
			b := atLevel3(t, userUT)
			b.do(database, desk.ActAsk, "question", "¿?")
			return b
		}, `
			usuaria-ut: answer comment
			bd-1: log-contact WORDS
			bd-2: WORDS
			desarrollo-1: WORDS
			desarrollo-2: WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.1 closed", func(t tester) *bench {
			b := atLevel2(t, userUT)
			b.do(developer, desk.ActClose, closing()...)
			return b
		}, `
			usuaria-ut: comment reopen
			desarrollo-1: log-contact WORDS
			desarrollo-2: WORDS
			especialista-mesa: reopen WORDS
			informatica-mesa: reopen WORDS`},
	}
}

func situations85() []situation {
	return []situation{
		{"8.5 headquarters nobody's at Level 1", func(t tester) *bench { b := newBench(t, userHQ); open85(b); return b }, `
			usuaria-sede: comment withdraw
			especialista-mesa: DESK assign take log-contact WORDS
			informatica-mesa: DESK take log-contact WORDS`},
		{"8.5 headquarters assigned, not begun", func(t tester) *bench {
			b := newBench(t, userHQ)
			open85(b)
			b.do(assigner, desk.ActAssign, "person", string(support))
			return b
		}, `
			usuaria-sede: comment withdraw
			soporte-1: take ask escalate send-back close log-contact workaround WORDS
			soporte-2: take WORDS
			especialista-mesa: DESK assign WORDS
			informatica-mesa: DESK WORDS`},
		{"8.5 headquarters in progress", func(t tester) *bench { return held85(t, userHQ) }, `
			usuaria-sede: comment
			soporte-1: ask escalate send-back close log-contact workaround WORDS
			soporte-2: take WORDS
			especialista-mesa: DESK assign WORDS
			informatica-mesa: DESK WORDS`},
		{"8.5 headquarters with a question open", func(t tester) *bench { b := held85(t, userHQ); b.do(support, desk.ActAsk, "question", "¿?"); return b }, `
			usuaria-sede: answer comment
			soporte-1: log-contact close WORDS
			soporte-2: WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.5 headquarters closed", func(t tester) *bench { return closed85(t) }, `
			usuaria-sede: comment reopen
			soporte-1: log-contact WORDS
			soporte-2: WORDS
			especialista-mesa: reopen WORDS
			informatica-mesa: reopen WORDS`},
		{"8.5 UT at Level 4, nobody's", func(t tester) *bench {
			b := held85(t, userUT)
			b.do(expertUT, desk.ActEscalate, "level", "4", "reason", "x")
			return b
		}, `
			usuaria-ut: comment
			infra-1: take WORDS
			infra-2: take WORDS
			especialista-ut: WORDS
			suplente-especialista: WORDS
			informatica-ut: WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.5 UT in progress", func(t tester) *bench { return held85(t, userUT) }, `
			usuaria-ut: comment
			especialista-ut: DESK assign ask escalate close log-contact workaround WORDS
			suplente-especialista: DESK assign take log-contact WORDS
			informatica-ut: take log-contact WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
	}
}

func situations86() []situation {
	moved := func(t tester) *bench { b := held86(t, userHQ); b.do(support, desk.ActDeclareLong); return b }
	return []situation{
		{"8.6 headquarters in hands", func(t tester) *bench { return held86(t, userHQ) }, `
			usuaria-sede: comment
			soporte-1: diagnose declare-long ask escalate send-back close log-contact workaround WORDS
			soporte-2: take WORDS
			especialista-mesa: DESK assign WORDS
			informatica-mesa: DESK WORDS`},
		{"8.6 headquarters in diagnosis", func(t tester) *bench { b := held86(t, userHQ); b.do(support, desk.ActDiagnose); return b }, `
			usuaria-sede: comment
			soporte-1: pause-diagnosis declare-long ask escalate send-back close log-contact workaround WORDS
			soporte-2: take WORDS
			especialista-mesa: DESK assign WORDS
			informatica-mesa: DESK WORDS`},
		{"8.6 headquarters, its 60 minutes stopped", func(t tester) *bench {
			b := held86(t, userHQ)
			b.do(support, desk.ActDiagnose)
			b.do(support, desk.ActPauseDiagnosis, "reason", "x")
			return b
		}, `
			usuaria-sede: comment
			soporte-1: resume-diagnosis declare-long ask escalate send-back close log-contact workaround WORDS
			soporte-2: take WORDS
			especialista-mesa: DESK assign WORDS
			informatica-mesa: DESK WORDS`},
		{"8.6 headquarters to be moved", moved, `
			usuaria-sede: comment
			soporte-1: take-custody not-moved ask escalate send-back log-contact workaround WORDS
			soporte-2: take WORDS
			especialista-mesa: set-priority assign WORDS
			informatica-mesa: set-priority WORDS`},
		{"8.6 headquarters in custody", func(t tester) *bench { b := moved(t); b.do(support, desk.ActTakeCustody, custody()...); return b }, `
			usuaria-sede: comment
			soporte-1: return-gear ask escalate send-back log-contact workaround WORDS
			soporte-2: take WORDS
			especialista-mesa: set-priority assign WORDS
			informatica-mesa: set-priority WORDS`},
		{"8.6 headquarters with a question open", func(t tester) *bench { b := held86(t, userHQ); b.do(support, desk.ActAsk, "question", "¿?"); return b }, `
			usuaria-sede: answer comment
			soporte-1: log-contact close WORDS
			soporte-2: WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.6 UT closed while in diagnosis", func(t tester) *bench {
			b := held86(t, userUT)
			b.do(expertUT, desk.ActDiagnose)
			b.do(expertUT, desk.ActClose, closing()...)
			return b
		}, `
			usuaria-ut: comment reopen
			especialista-ut: reopen log-contact WORDS
			suplente-especialista: reopen log-contact WORDS
			informatica-ut: reopen log-contact WORDS
			especialista-mesa: reopen WORDS
			informatica-mesa: reopen WORDS`},
		{"8.6 UT with data missing", func(t tester) *bench { b := newBench(t, userUT); open86(b); return b }, `
			usuaria-ut: comment withdraw provide-data
			especialista-ut: DESK assign take log-contact provide-data WORDS
			suplente-especialista: DESK assign take log-contact provide-data WORDS
			informatica-ut: take log-contact provide-data WORDS
			especialista-mesa: DESK provide-data WORDS
			informatica-mesa: DESK provide-data WORDS`},
		{"8.6 UT in hands", func(t tester) *bench { return held86(t, userUT) }, `
			usuaria-ut: comment
			especialista-ut: DESK assign diagnose declare-long ask escalate close log-contact workaround WORDS
			suplente-especialista: DESK assign take log-contact WORDS
			informatica-ut: take log-contact WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
	}
}

func situationsOfContacts() []situation {
	return []situation{
		{"contact of headquarters to classify", func(t tester) *bench { return contact(t, userHQ) }, `
			usuaria-sede: comment withdraw link
			especialista-mesa: classify need-ticket set-priority join log-contact WORDS
			informatica-mesa: classify need-ticket set-priority join log-contact WORDS`},
		{"contact of a UT to classify", func(t tester) *bench { return contact(t, userUT) }, `
			usuaria-ut: comment withdraw link
			especialista-ut: classify need-ticket set-priority join log-contact WORDS
			suplente-especialista: classify need-ticket set-priority join log-contact WORDS
			informatica-ut: classify need-ticket log-contact WORDS
			especialista-mesa: set-priority join WORDS
			informatica-mesa: set-priority join WORDS`},
		{"contact not verified", func(t tester) *bench {
			b := newBench(t, userHQ)
			b.via = flow.ViaUnverified
			b.do("", desk.ActContact, "subject", "Urgente")
			return b
		}, `
			usuaria-sede: comment withdraw link
			especialista-mesa: confirm-sender set-priority log-contact comment note resend
			informatica-mesa: confirm-sender set-priority log-contact comment note resend`},
		{"contact of 8.1", func(t tester) *bench { return classified(t, userHQ, "sigo", "8.1") }, `
			usuaria-sede: comment withdraw link
			especialista-mesa: classify need-ticket take close set-priority join log-contact WORDS
			informatica-mesa: classify need-ticket take close set-priority join log-contact WORDS`},
		{"contact redirected", func(t tester) *bench { b := contact(t, userUT); b.do(expertUT, desk.ActNeedTicket); return b }, `
			usuaria-ut: comment link
			especialista-ut: WORDS
			suplente-especialista: WORDS
			informatica-ut: WORDS
			especialista-mesa: WORDS
			informatica-mesa: WORDS`},
		{"contact closed at Level 1", func(t tester) *bench {
			b := classified(t, userUT, "sigo", "8.1")
			b.do(expertUT, desk.ActClose, closing()...)
			return b
		}, `
			usuaria-ut: comment reopen link
			especialista-ut: reopen log-contact WORDS
			suplente-especialista: reopen log-contact WORDS
			informatica-ut: reopen log-contact WORDS
			especialista-mesa: reopen WORDS
			informatica-mesa: reopen WORDS`},
	}
}
