package desk

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestWaitIDsComeApartAgain(t *testing.T) {
	for _, kind := range []WaitKind{WaitApproval, WaitLevel, WaitPaused, WaitDiagnosis, WaitCustody, WaitReturn, WaitData} {
		id := NewWaitID(kind, 12)
		if id != WaitID(string(kind)+"#12") || id.Kind() != kind || id.Seq() != 12 {
			t.Errorf("NewWaitID(%s, 12) = %s, reads as %s and %d", kind, id, id.Kind(), id.Seq())
		}
	}
	for _, bad := range []WaitID{"", "level", "level#", "level#x", "#3x"} {
		if bad.Seq() != 0 {
			t.Errorf("%q has sequence %d, want 0", bad, bad.Seq())
		}
	}
}

func TestEveryWaitButMissingDataHasItsMachine(t *testing.T) {
	want := map[WaitKind]Machine{WaitApproval: MachineApproval, WaitLevel: MachineEscalation, WaitPaused: MachineEscalation,
		WaitDiagnosis: MachineHardware, WaitCustody: MachineHardware, WaitReturn: MachineHardware, WaitData: "", "unheard-of": ""}
	for kind, machine := range want {
		if got := kind.Machine(); got != machine {
			t.Errorf("%s is kept by %q, want %q", kind, got, machine)
		}
	}
	if got := fmt.Sprint(Machines()); got != "[approval escalation hardware-diagnosis]" {
		t.Errorf("Machines() = %s", got)
	}
	if got := ExecutionName("01J", MachineHardware, 3); got != "01J-hardware-diagnosis-3" {
		t.Errorf("ExecutionName = %s", got)
	}
	if got := (Effect{Seq: 12, N: 3}).Ref(); got != "12.3" {
		t.Errorf("Ref = %s", got)
	}
}

func TestOnlyFourStatesAreEnds(t *testing.T) {
	states := []State{ToClassify, PendingApproval, Rejected, Unassigned, Assigned, InProgress, WaitingUser, WaitingVendor, TransferPending, InCustody, Closed, Withdrawn, Redirected}
	var ends []string
	for _, s := range states {
		if s.Ended() {
			ends = append(ends, string(s))
		}
	}
	if got := strings.Join(ends, " "); got != "rejected closed withdrawn redirected" {
		t.Errorf("ends are %s", got)
	}
}

func TestProblemsKeepTheirCodeThroughWrapping(t *testing.T) {
	p := NewProblem(Refused, "8.1.6, R74", "Falta %s.", "la reversión")
	p.Fields = []FieldProblem{{"pase.rollback", "Escriba cómo volver."}}
	if got := p.Error(); got != "refused: Falta la reversión. (8.1.6, R74) [pase.rollback]" {
		t.Errorf("Error() = %q", got)
	}
	if got := CodeOf(fmt.Errorf("act: %w", p)); got != Refused {
		t.Errorf("CodeOf(wrapped) = %q", got)
	}
	if got := CodeOf(errors.New("boom")) + CodeOf(nil); got != "" {
		t.Errorf("an internal error has code %q", got)
	}
	q := InvalidField("call", "Escriba el resultado.")
	if q.Code != Invalid || len(q.Fields) != 1 || strings.Contains(q.Error(), "Escriba") {
		t.Errorf("InvalidField = %+v, %q: a log line never holds what a field said", q, q.Error())
	}
}
