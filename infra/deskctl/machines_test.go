package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/machines"
)

// someFindings are an approval as it should be, an hour without its execution,
// one whose start is ordered, and an execution of no wait.
func someFindings() []machines.Finding {
	due := time.Date(2026, 9, 15, 15, 5, 0, 0, time.UTC)
	return []machines.Finding{
		{Verdict: machines.Agrees, Ticket: "01A", Number: "2026-000001", Wait: "approval#1", WakeAt: due, Machine: deskword.MachineApproval, Generation: 1, Execution: "01A-approval-1", Status: "RUNNING"},
		{Verdict: machines.NotRunning, Ticket: "01B", Number: "2026-000002", Wait: "diagnosis#4", WakeAt: due, Machine: deskword.MachineHardware, Generation: 3, Cause: "desk.Invalid"},
		{Verdict: machines.OnTheWay, Ticket: "01C", Number: "2026-000003", Wait: "level#1", WakeAt: due, Machine: deskword.MachineEscalation, Generation: 1},
		{Verdict: machines.Needless, Ticket: "01D", Machine: deskword.MachineApproval, Generation: 1, Status: "RUNNING"},
	}
}

func TestMachinesVerifyShowsWhatDiffersAndWhatToDo(t *testing.T) {
	var out bytes.Buffer
	err := machinesVerifyCmd{}.report(&out, someFindings())
	if err == nil || err.Error() != "2 de 4 no concuerdan" {
		t.Errorf("error %v", err)
	}
	for _, want := range []string{"2026-000002  diagnosis#4  15/09/2026 10:05:00  hardware-diagnosis-3  no existe  sin ejecución en marcha (desk.Invalid)",
		"sin ejecución en marcha: la revisión de cada minuto", "en camino: su inicio", "ejecución de más: ningún caso",
		"01D", "4 esperas: 1 concuerdan, 1 en camino, 2 no concuerdan."} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "2026-000001") {
		t.Errorf("what agrees is shown without --all:\n%s", out.String())
	}
}

func TestMachinesVerifyShowsAllOnDemand(t *testing.T) {
	var out bytes.Buffer
	if err := (machinesVerifyCmd{All: true}).report(&out, someFindings()[:1]); err != nil || !strings.Contains(out.String(), "2026-000001") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

func TestMachinesVerifyAgreesOnAnEmptyDesk(t *testing.T) {
	var out bytes.Buffer
	if err := (machinesVerifyCmd{}).report(&out, nil); err != nil || out.String() != "0 esperas: 0 concuerdan, 0 en camino, 0 no concuerdan.\n" {
		t.Errorf("%v, %q", err, out.String())
	}
}

func TestMachinesVerifyWritesALineAWait(t *testing.T) {
	var out bytes.Buffer
	if err := (machinesVerifyCmd{JSON: true}).report(&out, someFindings()); err == nil {
		t.Error("a difference must fail, as JSON too")
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines:\n%s", len(lines), out.String())
	}
	var got machines.Finding
	if err := json.Unmarshal([]byte(lines[1]), &got); err != nil || got != someFindings()[1] {
		t.Errorf("read back %+v, %v", got, err)
	}
}

// Every verdict has a name, and one that is not as it should be says what to do.
func TestEveryVerdictSaysWhatToDo(t *testing.T) {
	for _, v := range []machines.Verdict{machines.Agrees, machines.OnTheWay, machines.NotRunning, machines.OtherGeneration, machines.NoToken, machines.Late, machines.Needless} {
		if verdictName(v) == "" || (toDo(v) == "") != (v == machines.Agrees) {
			t.Errorf("%s is called %q; to do: %q", v, verdictName(v), toDo(v))
		}
	}
}
