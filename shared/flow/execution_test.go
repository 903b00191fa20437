package flow_test

import (
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// notice is what 8.1.7 demands of one, from hour to hour of Tuesday 15.
func notice(starts, ends string) []string {
	return []string{"reason", "Actualización", "starts_at", "2026-09-15T" + starts, "ends_at", "2026-09-15T" + ends, "cannot", "Registrar actas"}
}

// ended is an execution that stopped the service from hour to hour of Tuesday 15.
func ended(from, until string) []string {
	return []string{"interrupts", "yes", "message", "x", "stopped_from", "2026-09-15T" + from, "stopped_until", "2026-09-15T" + until}
}

// stoppable is a case at Level 3 at an hour of Tuesday 15; the desk works 8:30–13:00
// and 14:00–17:30 of it.
func stoppable(t tester, make func(tester) *bench, hour, minute int) *bench {
	b := make(t)
	b.now = tuesday(hour, minute)
	return b
}

func third81(t tester) *bench { return atLevel3(t, userHQ) }
func third83(t tester) *bench { return routed(t, "3", database) }

// 8.1.7, 8.3.3 b, R77: what of an outage lies in working time needs a notice that
// covers it, whatever the hour at which it is written down.
func TestInterruptionInWorkingTimeNeedsItsNotice(t *testing.T) {
	tests := []struct {
		name     string
		notices  [][2]string
		from, to string
		refusal  string // part of it, "" for none
	}{
		{"none announced", nil, "09:30", "10:00", "primero avise"},
		{"announced and covered", [][2]string{{"09:30", "10:30"}}, "09:30", "10:30", ""},
		{"announced for less", [][2]string{{"09:30", "10:00"}}, "09:30", "10:01", "no cubren toda"},
		{"announced for later", [][2]string{{"11:00", "12:00"}}, "09:30", "10:00", "no cubren toda"},
		{"two notices that follow each other", [][2]string{{"09:30", "10:00"}, {"10:00", "11:00"}}, "09:40", "10:50", ""},
		{"two notices with a hole", [][2]string{{"09:30", "10:00"}, {"10:15", "11:00"}}, "09:40", "10:50", "no cubren toda"},
		{"at lunch none is mandatory", nil, "13:00", "14:00", ""},
		{"begins at lunch and reaches into the afternoon", nil, "13:00", "14:05", "primero avise"},
		{"begins before work and ends after it", nil, "09:05", "19:00", "primero avise"},
		{"the part after hours needs none", [][2]string{{"16:30", "17:30"}}, "16:30", "19:30", ""},
	}
	for flowName, make := range map[string]func(tester) *bench{"8.1": third81, "8.3": third83} {
		for _, test := range tests {
			t.Run(flowName+" "+test.name, func(t *testing.T) {
				for _, kind := range []desk.ActKind{desk.ActExecutionOK, desk.ActExecutionError} {
					b := stoppable(t, make, 9, 10)
					for _, n := range test.notices {
						b.do(database, desk.ActInterruption, notice(n[0], n[1])...)
					}
					b.now = tuesday(20, 0)
					_, err := b.try(database, kind, ended(test.from, test.to)...)
					if test.refusal == "" && err != nil {
						t.Errorf("%s: %v", kind, err)
					}
					if test.refusal != "" {
						wantRefused(t, err, desk.Refused, "8.1.7, R77")
						if err != nil && !strings.Contains(err.Error(), test.refusal) {
							t.Errorf("%s refused by %v, want «%s»", kind, err, test.refusal)
						}
					}
				}
			})
		}
	}
}

// «Sent» means accepted for all its readers, not queued.
func TestANoticeThatIsQueuedOpensNothing(t *testing.T) {
	b := stoppable(t, third81, 9, 10)
	b.do(database, desk.ActInterruption, notice("09:30", "10:30")...)
	b.now, b.unsent = tuesday(10, 30), 2
	_, err := b.try(database, desk.ActExecutionOK, ended("09:30", "10:15")...)
	wantRefused(t, err, desk.Refused, "8.1.7, R77")
	if err != nil && !strings.Contains(err.Error(), "enviado a 212 de 214") {
		t.Errorf("refusal %v does not say how far the notice got", err)
	}
	b.unsent = 0
	b.do(database, desk.ActExecutionOK, ended("09:30", "10:15")...)
}

// After the execution its readers learn how it ended, once for each system, and
// the next execution needs a notice of its own.
func TestThoseWhoWereToldLearnHowItEnded(t *testing.T) {
	b := stoppable(t, third81, 9, 10)
	b.do(database, desk.ActInterruption, notice("09:30", "10:00")...)
	b.do(database, desk.ActInterruption, notice("10:00", "10:30")...)
	b.now = tuesday(10, 30)
	d := b.do(database, desk.ActExecutionError, ended("09:30", "10:20")...)
	wantEvents(t, d, "ServiceInterrupted RestorationAnnounced ExecutionFailed LevelEntered")
	wantMails(t, d, "restored→sigo execution-failed→desarrollo-1")
	if !b.ticket.Outage.IsZero() {
		t.Error("the notice is not used up")
	}
	b.do(developer, desk.ActHandOver, pase()...)
	b.now = tuesday(11, 0)
	_, err := b.try(database, desk.ActExecutionOK, ended("10:35", "10:50")...)
	wantRefused(t, err, desk.Refused, "8.1.7, R77")
	d = b.do(database, desk.ActExecutionOK, "interrupts", "no")
	wantEvents(t, d, "ExecutionSucceeded LevelEntered")

	b = stoppable(t, third81, 9, 10)
	b.do(database, desk.ActInterruption, notice("16:00", "17:00")...)
	d = b.do(database, desk.ActExecutionOK, "interrupts", "no")
	wantMails(t, d, "restored→sigo execution-ok→desarrollo-1")
	if d.Notices[0].Data["stopped"] != "no" {
		t.Errorf("told %v: the service never stopped", d.Notices[0].Data)
	}
}

func TestNoticeOfInterruption(t *testing.T) {
	b := stoppable(t, third81, 9, 10)
	d := b.do(database, desk.ActInterruption, notice("18:00", "19:00")...)
	n := d.Notices[0]
	if n.Audience.Kind != desk.ToUsersOf || n.Audience.System != "sigo" || n.Data["starts_at"] != "15/09/2026 18:00" || n.Data["ends_at"] != "15/09/2026 19:00" ||
		n.Data["reason"] != "Actualización" || n.Data["cannot"] != "Registrar actas" || n.Data["service_name"] != "SIGO" {
		t.Errorf("notice %+v: reason, date and hour to the users of the system (R76)", n)
	}
	if want := (desk.InterruptionAnnounced{StartsAt: tuesday(18, 0), EndsAt: tuesday(19, 0), System: "sigo", Users: 214}); d.Events[0] != want {
		t.Errorf("event %+v, want %+v", d.Events[0], want)
	}
	if !b.ticket.Outage.Equal(tuesday(18, 0)) {
		t.Errorf("outage %v", b.ticket.Outage)
	}
	tests := []struct {
		name, field, value, problem string
	}{
		{"no motive", "reason", "", "reason"},
		{"nothing said of what it means", "cannot", "", "cannot"},
		{"ends when it starts", "ends_at", "2026-09-15T18:00", "ends_at"},
		{"starts in the past", "starts_at", "2026-09-15T09:00", "starts_at"},
		{"no date", "starts_at", "mañana", "starts_at"},
		{"a system nobody uses", "system", "sarh", "system"},
		{"a system that is none", "system", "otro", "system"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := b.clone().try(database, desk.ActInterruption, append(notice("18:00", "19:00"), test.field, test.value)...)
			wantField(t, err, test.problem)
		})
	}
}

// A service that stays down longer than announced: the notice that extends it may
// begin in the past, and only there.
func TestNoticeThatExtendsAnother(t *testing.T) {
	b := stoppable(t, third81, 9, 10)
	b.do(database, desk.ActInterruption, notice("09:30", "10:00")...)
	b.now = tuesday(10, 10)
	for _, hours := range [][2]string{{"09:20", "10:30"}, {"10:05", "10:30"}, {"10:00", "10:10"}} {
		_, err := b.clone().try(database, desk.ActInterruption, notice(hours[0], hours[1])...)
		wantField(t, err, "starts_at")
	}
	b.do(database, desk.ActInterruption, notice("10:00", "10:30")...)
	b.now = tuesday(10, 25)
	b.do(database, desk.ActExecutionOK, ended("09:30", "10:25")...)
}

func TestWhatTheExecutorDeclaresIsChecked(t *testing.T) {
	tests := []struct {
		name, from, until, problem string
	}{
		{"no beginning", "", "2026-09-15T13:30", "stopped_from"},
		{"no end", "2026-09-15T13:10", "", "stopped_until"},
		{"ends before it begins", "2026-09-15T13:30", "2026-09-15T13:10", "stopped_until"},
		{"has not ended", "2026-09-15T13:10", "2026-09-15T13:50", "stopped_until"},
		{"older than the case", "2026-09-14T13:10", "2026-09-15T13:20", "stopped_from"},
		{"no date", "ayer", "2026-09-15T13:20", "stopped_from"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := stoppable(t, third81, 13, 30)
			_, err := b.try(database, desk.ActExecutionOK, "interrupts", "yes", "stopped_from", test.from, "stopped_until", test.until)
			wantField(t, err, test.problem)
		})
	}
	b := stoppable(t, third81, 13, 30)
	_, err := b.try(database, desk.ActExecutionOK, "interrupts", "")
	wantField(t, err, "interrupts")
	d := b.do(database, desk.ActExecutionOK, ended("13:05", "13:25")...)
	if want := (desk.ServiceInterrupted{From: tuesday(13, 5), Until: tuesday(13, 25)}); d.Events[0] != want {
		t.Errorf("event %+v, want %+v", d.Events[0], want)
	}
}

// At night no notice is mandatory, on a working day or off.
func TestExecutionAtNightNeedsNoNotice(t *testing.T) {
	b := atLevel3(t, userHQ)
	b.now = workday(1, 3, 0)
	d := b.do(database, desk.ActExecutionOK, "interrupts", "yes", "stopped_from", "2026-09-15T22:00", "stopped_until", "2026-09-16T02:00")
	wantMails(t, d, "execution-ok→desarrollo-1")
	if b.ticket.Level != 2 || flow.Next(b.ticket).Acts[0] != desk.ActClose {
		t.Errorf("after the night the case is %+v", b.ticket)
	}
}

func TestOutageIsSentWhenAllAccepted(t *testing.T) {
	for _, test := range []struct {
		users, accepted int
		want            bool
	}{{214, 213, false}, {214, 214, true}, {0, 0, false}} {
		if got := (flow.Outage{Users: test.users, Accepted: test.accepted, EndsAt: time.Time{}}).Sent(); got != test.want {
			t.Errorf("%d of %d: sent %t", test.accepted, test.users, got)
		}
	}
}
