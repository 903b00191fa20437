package flow_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// The whole matrix, role × act × flow, walked and not listed: from every way in
// of every flow, everybody tries everything in every situation that can be
// reached. A row that is added is walked by construction.
//
//   - What succeeds, somebody of a role did whom the matrix names for that act
//     and flow.
//   - Whoever holds none of the roles of the row is refused with Forbidden: 403.
//   - Every cell of the matrix is seen to work.
func TestEveryCellOfTheMatrix(t *testing.T) {
	w := &walk{t: t, matrix: flow.Matrix(), worked: map[cell]bool{}, seen: map[string]bool{}, rights: map[desk.PersonID]flow.Rights{}}
	for _, who := range everybody() {
		w.rights[who] = rights(who)
	}
	for _, b := range waysIn(w) {
		w.visit(b)
	}
	for _, p := range flow.Matrix() {
		for role, sections := range p.Allowed {
			for _, section := range sections {
				c := cell{p.Act, role, section}
				if _, elsewhere := shownElsewhere()[c]; w.worked[c] == elsewhere {
					t.Errorf("%s by %s in %s: worked %v, shown elsewhere %v", p.Act, role, section, w.worked[c], elsewhere)
				}
			}
		}
	}
	t.Logf("%d situations, %d attempts, %d cells worked", len(w.seen), w.tries, len(w.worked))
}

// shownElsewhere are the cells that no walk of this cast comes to, each with the
// test that shows it. A cell that the walk comes to must not stand here.
func shownElsewhere() map[cell]string {
	return map[cell]string{
		{desk.ActShowCredential, flow.Requester, "VIII"}: "TestShowingACredential: only by the link of a delivery",

		{desk.ActRegularise, flow.UTIHead, "8.3"}: "TestRegularisationIsRemindedEachWorkingDayAndNeededToClose: of a case entered afterwards",
		{desk.ActDeny, flow.UTIHead, "8.3"}:       "TestWhatWasNeverAuthorisedIsRejected: of a case entered afterwards",
		{desk.ActReopen, flow.FirstLevel, "8.3"}:  "TestStillFailingKeepsCaseAndRow and TestWhoMayDoWhat: once the window is over",

		{desk.ActBookRoom, flow.Assignee, "8.8"}:             "TestHeadquartersStraightWay: with rooms and days",
		{desk.ActProposeSlot, flow.Assignee, "8.8"}:          "TestAnotherSlotIsOfferedKeptAndAnswered: with rooms and days",
		{desk.ActMoveRoom, flow.Assignee, "8.8"}:             "TestBookingsAreMovedAndCancelledAlsoAfterTheClosing",
		{desk.ActMoveRoom, flow.DeskAssigner, "8.8"}:         "TestBookingsAreMovedAndCancelledAlsoAfterTheClosing",
		{desk.ActShowPIN, flow.Staff, "8.8"}:                 "TestPINIsForStaffAndForWhoWasAuthorised",
		{desk.ActShowPIN, flow.Requester, "8.8"}:             "TestPINIsForStaffAndForWhoWasAuthorised",
		{desk.ActDeliverRecording, flow.Assignee, "8.8"}:     "TestRecordingIsDeliveredOnlyWhenAuthorisedAndPossible",
		{desk.ActDeliverRecording, flow.DeskAssigner, "8.8"}: "TestRecordingIsDeliveredOnlyWhenAuthorisedAndPossible",

		{desk.ActFollow, flow.ByClock, "VIII"}: "TestFollowEndsAsTheIncidentEnded: once an incident ended",
	}
}

type cell struct {
	act     desk.ActKind
	role    flow.Role
	section string
}

// walk goes breadth first, in memory of where it has been.
type walk struct {
	t      *testing.T
	matrix []flow.Permission
	worked map[cell]bool
	seen   map[string]bool
	rights map[desk.PersonID]flow.Rights
	tries  int
}

// visit tries everything where a way in leads, then goes on from wherever that led.
func (w *walk) visit(first *bench) {
	w.seen[situationOf(first.ticket)] = true
	for queue := []*bench{first}; len(queue) > 0; {
		b := queue[0]
		queue = append(queue[1:], w.everything(b)...)
	}
}

// situationOf is what of a ticket bears on who may do what.
func situationOf(x desk.Ticket) string {
	return fmt.Sprint(x.Flow, x.Contact, x.Territorial, x.State, x.Stage, len(x.Asked) > 0, x.Level, x.Assignee != "", x.Gear, len(x.Missing), x.Unverified, x.Proveido, x.Access,
		x.Chain.Waits(), x.Reopened > 0)
}

// everything is every act by everybody, and every date that may come; it answers
// the situations nobody has been in yet.
func (w *walk) everything(b *bench) []*bench {
	var next []*bench
	world := b.facts(userHQ, nil)
	everyone := append(everybody(), "") // "": the desk itself, receiving a mail
	for _, kind := range allActs() {
		if kind == desk.ActOverdue {
			continue // the clock's own: below
		}
		row, foreseen := flow.RowFor(b.ticket, kind)
		for _, fields := range fieldsOf(b, kind) {
			for _, who := range everyone {
				if c := w.try(b, world, who, row, foreseen, b.act(who, kind, fields)); c != nil {
					next = append(next, c)
				}
			}
		}
	}
	for _, wait := range b.waits {
		c := b.clone()
		if c.now.Before(wait.WakeAt) {
			c.now = wait.WakeAt
		}
		c.overdue(wait.ID)
		w.mark(desk.ActOverdue, b.ticket, func(r flow.Role) bool { return r == flow.ByClock })
		if w.fresh(c.ticket) {
			next = append(next, c)
		}
	}
	return next
}

// fresh tells whether nobody has been here, and remembers it.
func (w *walk) fresh(t desk.Ticket) bool {
	key := situationOf(t)
	known := w.seen[key]
	w.seen[key] = true
	return !known
}

// try lets one person try one act, and holds the answer against the matrix; it
// answers the desk after it if that is a new situation.
func (w *walk) try(b *bench, f flow.Facts, who desk.PersonID, row flow.Row, foreseen bool, a desk.Act) *bench {
	w.tries++
	kind := a.Kind
	f.Rights, f.Failed = w.rights[who], &desk.Mail{Message: desk.MailReceived}
	if code := a.Fields["flow"]; code != "" {
		f.Service, f.Teams = service(desk.ServiceID(a.Fields["service"])), teams(desk.FlowCode(code), f.Party.Territorial)
	}
	if kind == desk.ActAttach {
		a.Files = b.files
	}
	d, err := flow.Decide(b.ticket, f, a)
	mine := func(r flow.Role) bool { return plays(w.t, r, who, b) }
	held := foreseen && slices.ContainsFunc(row.Who, mine)
	p, _ := errors.AsType[*desk.Problem](err)
	switch {
	case err == nil && !held:
		w.t.Errorf("%s did %s in %s without a role that may", who, kind, situationOf(b.ticket))
	case err == nil:
		w.mark(kind, b.ticket, mine)
		if w.fresh(d.After) {
			c := b.clone()
			c.commit(f, a, d)
			return c
		}
	case foreseen && !held && (p == nil || p.Code != desk.Forbidden || p.Clause == ""):
		w.t.Errorf("%s is refused to %s in %s by %v, want Forbidden with a clause", kind, who, situationOf(b.ticket), err)
	case !foreseen && (p == nil || p.Code != desk.Refused):
		w.t.Errorf("%s is not foreseen in %s, and refused by %v", kind, situationOf(b.ticket), err)
	}
	return nil
}

// fieldsOf are inputs with which an act fails for nothing but role, state and
// flow: every service and flow for an act that chooses one; else those that a
// test gives, else the first value that each field admits.
func fieldsOf(b *bench, kind desk.ActKind) []desk.Fields {
	row, foreseen := flow.RowFor(b.ticket, kind)
	if foreseen && slices.ContainsFunc(row.Fields, func(f flow.Field) bool { return f.Name == "flow" }) {
		var all []desk.Fields
		for _, id := range slices.Sorted(maps.Keys(services())) {
			for _, choice := range services()[id].Flows {
				chosen := pairs(append(filled(row.Fields), "service", string(id), "flow", string(choice.Flow))...)
				all = append(all, chosen)
			}
		}
		return all
	}
	if kind == desk.ActAttach && foreseen { // each purpose that the flow asks a file for
		all := []desk.Fields{{"purpose": "other"}}
		for _, missing := range b.ticket.Missing {
			all = append(all, desk.Fields{"purpose": missing})
		}
		return all
	}
	if fields := validFields(b, kind); fields != nil || !foreseen {
		return []desk.Fields{pairs(fields...)}
	}
	return []desk.Fields{pairs(filled(row.Fields)...)}
}

func filled(fields []flow.Field) []string {
	var values []string
	for _, f := range fields {
		switch {
		case f.Kind == flow.Hidden || f.Optional && !f.Later:
		case len(f.Options) > 0:
			values = append(values, f.Name, f.Options[0].Value)
		case f.Kind == flow.Check:
			values = append(values, f.Name, "yes")
		case f.Kind == flow.DateTime:
			values = append(values, f.Name, "2027-01-04T18:00")
		default:
			values = append(values, f.Name, "anexo 1")
		}
	}
	return values
}

// mark notes the cells that an act just showed.
func (w *walk) mark(kind desk.ActKind, t desk.Ticket, mine func(flow.Role) bool) {
	row, _ := flow.RowFor(t, kind)
	section := string(t.Flow)
	for _, p := range w.matrix {
		if p.Act != kind {
			continue
		}
		for _, role := range row.Who {
			for _, s := range p.Allowed[role] {
				if mine(role) && (s == section || s == "VIII" && len(row.Flows) == 0 || s == "7.3" && (t.Contact || kind == desk.ActContact)) {
					w.worked[cell{kind, role, s}] = true
				}
			}
		}
	}
}

// waysIn opens a ticket by every opening row, for each flow and each of its
// roles, at headquarters and in a UT, and a contact by each of its ways.
func waysIn(w *walk) []*bench {
	var in []*bench
	for _, row := range flow.Rows() {
		for _, code := range row.Flows {
			for _, role := range row.Who {
				if row.Act == desk.ActOpen {
					in = append(in, openBy(w, row, code, role, nil)...)
					in = append(in, openBy(w, row, code, role, map[desk.Stage]flow.Candidates{})...)
				}
			}
		}
	}
	for _, requester := range []desk.PersonID{userHQ, userUT} {
		for _, via := range []string{"", flow.ViaUnverified} {
			b := newBench(w.t, requester)
			b.via = via
			b.do("", desk.ActContact, "subject", "x", "description", "y")
			w.mark(desk.ActContact, b.ticket, func(r flow.Role) bool { return r == flow.Intake })
			in = append(in, b)
		}
		b := newBench(w.t, requester)
		b.channel = desk.ChannelPhone
		b.do(firstLevelOf(&bench{ticket: desk.Ticket{Territorial: requester == userUT}}), desk.ActContact, "subject", "x", "description", "y")
		w.mark(desk.ActContact, b.ticket, func(r flow.Role) bool { return r == flow.FirstLevel })
		in = append(in, b)
	}
	return in
}

// openBy opens a flow in a role, from each place that can; deciders, unless nil,
// are all that the directory then has, and it is mended afterwards.
func openBy(w *walk, row flow.Row, code desk.FlowCode, role flow.Role, deciders map[desk.Stage]flow.Candidates) []*bench {
	requesters := map[flow.Role][]desk.PersonID{flow.Anyone: {userHQ, userUT}, flow.Client: {userHQ, userUT}, flow.Detector: {detector}}[role]
	if len(requesters) == 0 {
		w.t.Errorf("nobody of the cast opens %s as %s: teach openBy", code, role)
	}
	var in []*bench
	for _, requester := range requesters {
		b := newBench(w.t, requester)
		fields := append(filled(row.Fields), "flow", string(code), "service", string(serviceOf(w, code)))
		if code == desk.Flow88 { // Anexo 02 has tables
			fields = append([]string{"service", "reuniones", "flow", "8.8", "subject", "x"}, annex(b.now)...)
		}
		f, a := b.facts(requester, pairs(fields...)), b.act(requester, desk.ActOpen, pairs(fields...))
		if deciders != nil {
			f.Approval = deciders
		}
		a.Channel, a.Requester = desk.ChannelForm, requester
		if role == flow.Client {
			a.Actor, f.Rights = desk.Actor{Person: "cliente-1", Assurance: desk.AssuredClient}, flow.Rights{Person: "cliente-1", Client: true}
		}
		d, err := flow.Decide(b.ticket, f, a)
		if err != nil {
			w.t.Errorf("%s opens %s with %v: %v", role, code, fields, err)
			continue
		}
		b.commit(f, a, d)
		w.mark(desk.ActOpen, b.ticket, func(r flow.Role) bool { return r == role })
		in = append(in, b)
	}
	return in
}

// serviceOf is a service of the cast's catalogue that may follow a flow.
func serviceOf(w *walk, code desk.FlowCode) desk.ServiceID {
	for _, id := range slices.Sorted(maps.Keys(services())) {
		if slices.ContainsFunc(services()[id].Flows, func(c flow.FlowChoice) bool { return c.Flow == code }) {
			return id
		}
	}
	w.t.Errorf("no service of the cast follows %s: add one to services", code)
	return ""
}

// plays says, in the words of the norm and not in those of package flow, whether
// somebody of the cast plays a role on a ticket.
func plays(t *testing.T, role flow.Role, who desk.PersonID, b *bench) bool {
	t.Helper()
	x := b.ticket
	in := func(team desk.TeamID) bool { return team != "" && slices.Contains(b.members[team], who) }
	atDesk := slices.Contains([]desk.PersonID{assigner, deskOne}, who)
	if who == "" || role == flow.Intake {
		return who == "" && role == flow.Intake
	}
	switch role {
	case flow.Anyone:
		return true
	case flow.Client, flow.ByClock: // nobody of the cast
		return false
	case flow.Requester:
		return who == x.Requester
	case flow.Detector:
		return who == detector
	case flow.UTIHead:
		return who == headUTI
	case flow.Asked:
		_, asked := x.AskedPerson(who)
		return asked && who != x.Requester
	case flow.FirstLevel:
		return in(x.Team) && x.Level == 1
	case flow.DeskAssigner:
		if x.Territorial && x.Level == 1 && x.Team == northTeam { // 8.4 of a UT is received at headquarters
			return in(x.Team) && (who == expertUT || who == actingExp)
		}
		return who == assigner
	case flow.DeskMember:
		return atDesk
	case flow.TeamMember:
		return in(x.Team)
	case flow.Assignee:
		return who == x.Assignee && in(x.Team)
	case flow.Staff:
		passed := in(x.Team) || atDesk
		for _, h := range x.Last {
			passed = passed || in(h.Team)
		}
		return passed
	default:
		t.Fatalf("nobody has said who plays %q: teach plays", strings.TrimSpace(string(role)))
		return false
	}
}
