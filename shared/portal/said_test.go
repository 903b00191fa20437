package portal

import (
	"slices"
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/mail"
	"mesa/shared/session"
)

// R98: the banner is of an open 8.4, and of nothing else.
func TestPapersLackOnlyInAnOpenAccess(t *testing.T) {
	for name, test := range map[string]struct {
		ticket desk.Ticket
		want   bool
	}{
		"an open 8.4":        {desk.Ticket{Flow: desk.Flow84, State: desk.Unassigned}, true},
		"a withdrawn 8.4":    {desk.Ticket{Flow: desk.Flow84, State: desk.Withdrawn}, false},
		"an open 8.5":        {desk.Ticket{Flow: desk.Flow85, State: desk.Unassigned}, false},
		"an ended 8.5":       {desk.Ticket{Flow: desk.Flow85, State: desk.Closed}, false},
		"a contact, no flow": {desk.Ticket{Contact: true, State: desk.Unassigned}, false},
	} {
		if got := papersLacking(test.ticket); (got != "") != test.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Who joins an incident follows its flow; of one that the UTI detected, the flow
// that the service has for everybody, if it has one (8.3.1, R150).
func TestWhoJoinsAnIncidentFollowsAFlowOpenToThem(t *testing.T) {
	system := directory.Service{Flow: desk.Flow85, Kind: desk.Requirement, FaultFlow: desk.Flow81}
	for name, test := range map[string]struct {
		incident desk.FlowCode
		service  directory.Service
		want     string
	}{
		"reported, its own flow":               {desk.Flow82, system, "8.2"},
		"detected, that of the system's fault": {desk.Flow83, system, "8.1"},
		"detected, the only one there is":      {desk.Flow83, directory.Service{Flow: desk.Flow87, Kind: desk.Requirement}, "8.7"},
		"detected, none for everybody":         {desk.Flow83, directory.Service{}, "8.3"},
	} {
		got := alsoFields(desk.Ticket{Flow: test.incident, Number: "2026-000001", Service: "apps-sigo"}, test.service, "SIGO", "anexo 1")
		if got["flow"] != test.want || got["parent"] != "2026-000001" || (got["impact"] == "stopped") != (test.want == "8.1" || test.want == "8.2") {
			t.Errorf("%s: %v, want flow %s", name, got, test.want)
		}
	}
}

func TestAddressesAreWrittenAsMailProgramsDo(t *testing.T) {
	for _, test := range []struct {
		list []mail.Address
		want string
	}{
		{nil, ""},
		{[]mail.Address{{Name: "Ana", Address: "ana@x.pe"}}, "Ana <ana@x.pe>"},
		{[]mail.Address{{Address: "ana@x.pe"}}, "ana@x.pe"},
		{[]mail.Address{{Name: "Ana"}}, "Ana"},
		{[]mail.Address{{Name: "Ana", Address: "ana@x.pe"}, {Address: "luz@x.pe"}, {Name: "Grupo"}}, "Ana <ana@x.pe>, luz@x.pe, Grupo"},
	} {
		if got := writtenAs(test.list...); got != test.want {
			t.Errorf("%v: %q, want %q", test.list, got, test.want)
		}
	}
}

func TestVerificationSaysTheRatingThereIs(t *testing.T) {
	for event, want := range map[desk.Event]string{
		desk.VerificationConfirmed{}:              "Verificado: quedó solucionado",
		desk.VerificationConfirmed{Rating: 5}:     "Verificado: quedó solucionado, con calificación 5 de 5",
		desk.VerificationConfirmed{Rating: 1}:     "Verificado: quedó solucionado, con calificación 1 de 5",
		desk.VerificationFailed{}:                 "No quedó solucionado",
		desk.VerificationFailed{Rating: 2}:        "No quedó solucionado, con calificación 2 de 5",
		desk.VerificationConfirmed{ByClock: true}: "Se dio por verificado: nadie dijo lo contrario en el plazo",
		desk.NoteAdded{}:                          "Se pidió verificar la solución",
	} {
		if got := verificationWords(event); got != want {
			t.Errorf("%+v: %q, want %q", event, got, want)
		}
	}
}

// R87: a new case is offered to who asked, once this one is verified for good.
func TestANewCaseIsOfferedWhenThisOneIsVerified(t *testing.T) {
	const me = desk.PersonID("ana")
	mine := func(change func(*desk.Ticket)) desk.Ticket {
		ticket := desk.Ticket{Requester: me, Service: "apps-sgd", Flow: desk.Flow82, State: desk.Closed}
		change(&ticket)
		return ticket
	}
	for name, test := range map[string]struct {
		ticket desk.Ticket
		want   string
	}{
		"verified":              {mine(func(*desk.Ticket) {}), "Vuelve a fallar: registrar una solicitud nueva"},
		"rejected":              {mine(func(t *desk.Ticket) { t.State = desk.Rejected }), "Presentar otra con estos datos"},
		"to be verified yet":    {mine(func(t *desk.Ticket) { t.VerifyAt = desk.Mark{Seq: 3} }), ""},
		"still open":            {mine(func(t *desk.Ticket) { t.State = desk.InProgress }), ""},
		"of a flow without it":  {mine(func(t *desk.Ticket) { t.Flow = desk.Flow85 }), ""},
		"of somebody else":      {mine(func(t *desk.Ticket) { t.Requester = "luz" }), ""},
		"of a colleague, no to": {mine(func(t *desk.Ticket) { t.Requester, t.State = "luz", desk.Rejected }), ""},
	} {
		v := anybody()
		v.session = session.Session{Person: me}
		act := v.anew(test.ticket)
		if (act != nil) != (test.want != "") || act != nil && act.Label != test.want {
			t.Errorf("%s: %+v, want %q", name, act, test.want)
		}
	}
}

// A place of the chain is named by the post's title, if it has one.
func TestSkippedPlacesAreNamedByTheirPost(t *testing.T) {
	v := anybody()
	v.directory = directory.New(directory.Records{Units: []directory.Unit{{ID: "UT-1", Title: "Jefa/e de la UT 1"}, {ID: "UT-2"}}})
	for unit, want := range map[desk.UnitID]string{"UT-1": "Jefa/e de la UT 1: nadie tiene el puesto", "UT-2": "El puesto: nadie tiene el puesto", "UT-3": "El puesto: nadie tiene el puesto"} {
		if got := v.skippedWords(directory.Skipped{Unit: unit, Reason: directory.PostVacant}); got != want {
			t.Errorf("%s: %q, want %q", unit, got, want)
		}
	}
}

// R90: who may have authorised by mail held the post of the UTI's head, stood in
// for it or for who held it, whenever that was; nobody twice, the reader not.
func TestAuthorisersHeldOrStoodInForThePost(t *testing.T) {
	past := directory.Period{Until: calendar.Date{Year: 2025, Month: time.December, Day: 31}}
	v := anybody()
	v.session = session.Session{Person: "yo"}
	v.directory = directory.New(directory.Records{
		Units: []directory.Unit{{ID: "ADM", Kind: directory.Organic}, {ID: "UTI", Kind: directory.UTI}},
		Heads: []directory.Head{{Unit: "ADM", Person: "jefa-adm"}, {Unit: "UTI", Person: "jefa"}, {Unit: "UTI", Person: "jefa-antes", Period: past}},
		Substitutes: []directory.Substitute{{Unit: "UTI", Person: "encargada"}, {Principal: "jefa-antes", Person: "suplente-antes", Period: past}, {Principal: "jefa-adm", Person: "suplente-adm"},
			{Unit: "ADM", Person: "encargada-adm"}, {Unit: "UTI", Person: "yo"}, {Principal: "jefa", Person: "encargada"}},
	})
	var got []string
	for _, o := range v.authorisers() {
		got = append(got, o.Value)
	}
	if want := []string{"jefa", "jefa-antes", "encargada", "suplente-antes"}; !slices.Equal(got, want) {
		t.Errorf("authorisers %v, want %v", got, want)
	}
}
