package flow_test

import (
	"slices"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// The checklist of closing: what is missing, and by which act it comes.
func TestClosingChecklist(t *testing.T) {
	todo := func(b *bench) string {
		var open []string
		for _, d := range flow.Closing(b.ticket) {
			if !d.Done && !d.Not {
				open = append(open, d.Text+" → "+string(d.Act))
			}
		}
		return strings.Join(open, "; ")
	}
	said := "Descripción de la solución → close; Comunicación a la/el usuaria/o → close"
	moved := held86(t, userHQ)
	moved.do(support, desk.ActDeclareLong)
	kept := moved.clone()
	kept.do(support, desk.ActTakeCustody, custody()...)
	back := kept.clone()
	back.do(support, desk.ActReturn, returned()...)
	missing := newBench(t, userHQ)
	open86(missing)
	for _, test := range []struct {
		name string
		b    *bench
		want string
	}{
		{"contact to classify", contact(t, userHQ), "Clasificación: flujo, servicio y prioridad → classify"},
		{"contact of 8.1 at Level 1", classified(t, userHQ, "sigo", "8.1"), said},
		{"8.1 at Level 2", atLevel2(t, userHQ), said},
		{"8.1 at Level 3", atLevel3(t, userHQ), said + "; Estar en Nivel 2: cierra el Equipo de Desarrollo → send-back"},
		{"8.5", held85(t, userHQ), said},
		{"8.6 on site", held86(t, userHQ), said},
		{"8.6 without its code", missing, said + "; Código patrimonial, o sin código a la vista → provide-data"},
		{"8.6 to be moved", moved, said + "; Equipo devuelto → take-custody"},
		{"8.6 in custody", kept, said + "; Equipo devuelto → return-gear"},
		{"8.6 given back", back, said},
		{"8.7", held87(t, userHQ), said},
		{"8.7 without a telephone", called87(t, userHQ), said + "; Teléfono de la/el usuaria/o → provide-data"},
		{"closed", closed85(t), ""},
	} {
		if got := todo(test.b); got != test.want {
			t.Errorf("%s: still to do %q, want %q", test.name, got, test.want)
		}
	}
}

// «Siguiente paso» names acts that somebody may do now, as the first of them.
func TestNextStepCanBeTaken(t *testing.T) {
	for _, s := range allSituations() {
		t.Run(s.name, func(t *testing.T) {
			b := s.make(t)
			next := flow.Next(b.ticket)
			if next.Text == "" || next.Clause == "" {
				t.Fatalf("no next step in state %s", b.ticket.State)
			}
			for _, act := range next.Acts {
				if !slices.ContainsFunc(everybody(), func(p desk.PersonID) bool { return flow.Offered(flow.Offers(b.ticket, b.facts(p, nil)), act) }) {
					t.Errorf("next step «%s» names %s, which nobody may do", next.Text, act)
				}
			}
			if ended := b.ticket.State.Ended(); ended && len(next.Acts) > 0 && next.Acts[0] != desk.ActReopen && !b.ticket.Verifying() {
				t.Errorf("after the end the next step is %v", next.Acts)
			}
		})
	}
}

func TestNextStepFollowsTheClauses(t *testing.T) {
	executed := atLevel3(t, userHQ)
	executed.do(database, desk.ActExecutionOK, "interrupts", "no")
	diagnosed := held86(t, userHQ)
	diagnosed.do(support, desk.ActDiagnose)
	for _, test := range []struct {
		b    *bench
		want string
	}{
		{contact(t, userHQ), "8.1.2, 7.4"}, {classified(t, userHQ, "sigo", "8.1"), "8.1.2"}, {atLevel2(t, userHQ), "8.1.5"}, {atLevel3(t, userHQ), "8.1.7"}, {executed, "8.1.9"},
		{held85(t, userHQ), "8.5.3, 8.5.4"}, {held86(t, userHQ), "8.6.3"}, {diagnosed, "8.6.3, 8.6.4"}, {closed85(t), "R87"},
	} {
		if got := flow.Next(test.b.ticket).Clause; got != test.want {
			t.Errorf("%s of %q at level %d goes on with %s, want %s", test.b.ticket.State, test.b.ticket.Flow, test.b.ticket.Level, got, test.want)
		}
	}
}

// 8.3.2 is the authorisation of the Jefatura de la UTI; elsewhere a head decides.
func TestNextStepNamesWhoDecides(t *testing.T) {
	for stage, want := range map[desk.Stage]string{
		desk.StageUT: "Espera la decisión de la jefatura.", desk.StageUO: "Espera la decisión de la jefatura.", desk.StageUTI: "Espera la autorización de la Jefatura de la UTI.",
	} {
		asked := desk.Ticket{State: desk.PendingApproval, Flow: desk.Flow81, Stage: stage, Asked: []desk.Asked{{Person: headUTI}}}
		if got := flow.Next(asked).Text; got != want {
			t.Errorf("stage %s: %q, want %q", stage, got, want)
		}
	}
}

// R153: 8.8 closes once each date has its room; without dates that is no matter.
func TestClosingChecklistOfRooms(t *testing.T) {
	for meetings, want := range map[desk.Meetings][2]bool{"": {false, true}, "r": {false, false}, "br": {false, false}, "b": {true, false}, "bc": {true, false}} {
		for _, d := range flow.Closing(desk.Ticket{State: desk.InProgress, Flow: desk.Flow88, Level: 2, Meetings: meetings}) {
			if d.Clause == "8.8.3, 8.8.4" && [2]bool{d.Done, d.Not} != want {
				t.Errorf("dates %q: done and no matter are %v, want %v", meetings, [2]bool{d.Done, d.Not}, want)
			}
		}
	}
}

// Options that come from the world stand in the form.
func TestOffersFillTheirOptions(t *testing.T) {
	values := func(b *bench, who desk.PersonID, act desk.ActKind, field string) string {
		var got []string
		for _, o := range flow.Offers(b.ticket, b.facts(who, nil)) {
			for _, f := range o.Fields {
				for _, option := range f.Options {
					if o.Act == act && f.Name == field {
						got = append(got, option.Value)
					}
				}
			}
		}
		return strings.Join(got, " ")
	}
	hq := newBench(t, userHQ)
	open85(hq)
	for _, test := range []struct{ got, want string }{
		{values(hq, assigner, desk.ActAssign, "person"), "soporte-1 soporte-2"},
		{values(held85(t, userUT), expertUT, desk.ActAssign, "person"), "especialista-ut suplente-especialista informatica-ut"},
		{values(atLevel2(t, userUT), devTwo, desk.ActAssign, "person"), "desarrollo-1 desarrollo-2"},
		{values(atLevel3(t, userUT), database, desk.ActSendBack, "level"), "2"},
		{values(moveTo(held85(t, userHQ), "5", string(vendors)), vendors, desk.ActSendBack, "level"), "1 2"},
		{values(held86(t, userHQ), support, desk.ActClose, "medium"), "mail"},
		{values(held85(t, userHQ), support, desk.ActClose, "medium"), "mail phone"},
	} {
		if test.got != test.want {
			t.Errorf("options %q, want %q", test.got, test.want)
		}
	}
	// The table itself is never written to.
	if row, _ := flow.RowFor(desk.Ticket{Flow: desk.Flow85}, desk.ActSendBack); len(row.Fields[0].Options) != 0 {
		t.Errorf("the table learned options: %+v", row.Fields[0].Options)
	}
}
