package flow_test

import (
	"fmt"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/norm"
)

func TestStatesAsPeopleReadThem(t *testing.T) {
	again := desk.Mark{Seq: 5, At: tuesday(9, 0), Round: 1}
	tests := []struct {
		ticket          desk.Ticket
		label, register string
	}{
		{desk.Ticket{State: desk.ToClassify, Contact: true}, "Por clasificar", "Pendiente"},
		{desk.Ticket{State: desk.PendingApproval, Stage: desk.StageUT}, "Por aprobar: UT", "Pendiente"},
		{desk.Ticket{State: desk.PendingApproval, Stage: desk.StageUO}, "Por aprobar: unidad orgánica", "Pendiente"},
		{desk.Ticket{State: desk.PendingApproval, Stage: desk.StageUTI}, "Por aprobar: Jefatura UTI", "Pendiente"},
		{desk.Ticket{State: desk.Rejected}, "Rechazado", ""},
		{desk.Ticket{State: desk.Unassigned, Level: 1}, "Registrado", "Pendiente"},
		{desk.Ticket{State: desk.Unassigned, Level: 2}, "En Nivel 2, sin asignar", "Pendiente"},
		{desk.Ticket{State: desk.Unassigned, Level: 3}, "En Nivel 3", "Pendiente"},
		{desk.Ticket{State: desk.Assigned, Level: 2}, "Asignado", "Pendiente"},
		{desk.Ticket{State: desk.InProgress, Level: 2}, "En progreso", "En Progreso"},
		{desk.Ticket{State: desk.InProgress, Level: 5}, "En Nivel 5", "En Progreso"},
		{desk.Ticket{State: desk.WaitingUser}, "Esperando a la/el usuaria/o", "En Progreso"},
		{desk.Ticket{State: desk.WaitingVendor}, "Esperando al proveedor", "En Progreso"},
		{desk.Ticket{State: desk.TransferPending}, "Traslado pendiente", "En Progreso"},
		{desk.Ticket{State: desk.InCustody}, "Equipo en la UTI", "En Progreso"},
		{desk.Ticket{State: desk.Closed}, "Cerrado", "Atendido"},
		{desk.Ticket{State: desk.Withdrawn}, "Retirado", ""},
		{desk.Ticket{State: desk.Redirected}, "Derivado a ticket PAU", ""},
		{desk.Ticket{State: desk.Assigned, Level: 2, Reopened: 1, LevelAt: again, WorkAt: again.At}, "Reabierto", "En Progreso"},
		{desk.Ticket{State: desk.Unassigned, Level: 3, Reopened: 1, LevelAt: again, WorkAt: again.At}, "Reabierto", "En Progreso"},
		{desk.Ticket{State: desk.InProgress, Level: 2, Reopened: 1, LevelAt: again, WorkAt: again.At}, "En progreso", "En Progreso"},
		{desk.Ticket{State: desk.Unassigned, Level: 4, Reopened: 1, LevelAt: again, WorkAt: tuesday(8, 30)}, "En Nivel 4", "En Progreso"},
		{desk.Ticket{State: desk.Assigned, Level: 2, LevelAt: again, WorkAt: again.At}, "Asignado", "Pendiente"},
	}
	for _, test := range tests {
		if got := flow.StateLabel(test.ticket); got != test.label {
			t.Errorf("%s at level %d reads %q, want %q", test.ticket.State, test.ticket.Level, got, test.label)
		}
		if got := flow.RegisterState(test.ticket); got != test.register {
			t.Errorf("%s, reopened %d, stands in Anexo 01 as %q, want %q", test.ticket.State, test.ticket.Reopened, got, test.register)
		}
	}
	if flow.StageLabel("") != "" {
		t.Error("no stage has a name")
	}
}

func TestPrioritiesAndFlowsHaveTheNormsNames(t *testing.T) {
	for p, want := range map[desk.Priority]string{0: "", 1: "Pérdida del servicio", 2: "Lentitud", 3: "Equipo", 4: "Capacitación", 5: ""} {
		if got := flow.PriorityLabel(p); got != want {
			t.Errorf("P%d is %q, want %q", p, got, want)
		}
	}
	for _, f := range []desk.FlowCode{"", desk.Flow81, desk.Flow82, desk.Flow83, desk.Flow84, desk.Flow85, desk.Flow86, desk.Flow87, desk.Flow88} {
		if flow.FlowTitle(f) == "" {
			t.Errorf("flow %q has no title", f)
		}
	}
	if got := flow.FlowTitle("8.9"); got != "" {
		t.Errorf("8.9 is called %q", got)
	}
}

// The desk sets a priority with the norm's own criteria before its eyes (R32–R36).
func TestPrioritiesAreToldInTheWordsOfTheNorm(t *testing.T) {
	options := flow.PriorityOptions()
	if len(options) != 4 {
		t.Fatalf("%d priorities, want 4", len(options))
	}
	for i, o := range options {
		title, criterion, _ := strings.Cut(o.Label, ": ")
		_, name, _ := strings.Cut(title, " ")
		if want := fmt.Sprint(i + 1); o.Value != want || !strings.HasPrefix(title, "P"+want+" ") {
			t.Errorf("option %d is %q, %q", i+1, o.Value, title)
		}
		if !strings.Contains(norm.Text(), "Prioridad "+o.Value+" "+name) || !strings.Contains(norm.Text(), "\t"+criterion+"\n") {
			t.Errorf("7.4 does not say %q: %q", name, criterion)
		}
	}
}
