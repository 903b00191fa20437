package deliver_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/machines"
	"mesa/shared/work"
)

// A start names the execution and hands over the wait as it is now.
func TestStartSaysWhatIsTrueNow(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	p.Advance(10 * time.Minute)
	for range 2 { // the stream repeats
		p.deliver(id, "1.3")
	}
	name := string(id) + "-approval-1"
	text := p.machines.started[name]
	state, wait, seconds := next(t, text)
	if state != "AwaitUtHead" || wait != "approval#1" || seconds != 4*3600-600 {
		t.Errorf("%s starts with %s", name, text)
	}
	var input struct {
		Ticket     desk.TicketID
		Machine    desk.Machine
		Generation int
	}
	if err := json.Unmarshal([]byte(text), &input); err != nil || input.Ticket != id || input.Machine != desk.MachineApproval || input.Generation != 1 {
		t.Errorf("input %s, %v", text, err)
	}
	p.want(id, "1.3", desk.EffectDone, 1, time.Time{})
	if p.machines.tries != 1 {
		t.Errorf("%d calls, want 1: what is done is left alone", p.machines.tries)
	}
}

// A start that comes after its machine has nothing to wait for starts nothing.
func TestStartOfAMachineThatIsNotNeeded(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	p.Do("usuaria-ut-piura-1", desk.ActWithdraw, id)
	p.deliver(id, "1.3")
	p.want(id, "1.3", desk.EffectDone, 1, time.Time{})
	if p.machines.tries != 0 {
		t.Error("a machine was started for nothing")
	}
}

// Resume 1 sent after act 3 says what is true now (design 14, late outbox).
func TestLateResume(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	p.open(id, "approval#1", 1, "token-1")
	p.Do("jefa-ut-piura", desk.ActApprove, id)
	t.Run("in time it names the next stage", func(t *testing.T) {
		p.deliver(id, "2.3")
		if len(p.machines.told) != 1 || !strings.HasPrefix(p.machines.told[0], "token-1 ") {
			t.Fatalf("told %v", p.machines.told)
		}
		if state, wait, _ := next(t, strings.TrimPrefix(p.machines.told[0], "token-1 ")); state != "AwaitOrganicUnitHead" || wait != "approval#2" {
			t.Errorf("told %v", p.machines.told)
		}
		p.want(id, "2.3", desk.EffectDone, 1, time.Time{})
	})
	t.Run("late it says done", func(t *testing.T) {
		p := newPost(t)
		id := p.Open81()
		p.open(id, "approval#1", 1, "token-1")
		p.Do("jefa-ut-piura", desk.ActApprove, id)
		p.Do("jefa-supervision", desk.ActApprove, id)
		p.deliver(id, "2.3")
		if state, wait, _ := next(t, strings.TrimPrefix(p.machines.told[0], "token-1 ")); state != "done" || wait != "" {
			t.Errorf("told %v", p.machines.told)
		}
	})
}

// F12: nobody waits with a token, or not any more: that is done, not an error.
func TestResumeWithoutAnybodyWaiting(t *testing.T) {
	tests := []struct {
		name  string
		token string
		err   error
	}{{"the machine has not opened yet", "", nil}, {"its token is dead", "token-1", work.ErrTokenDead}}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPost(t)
			id := p.Open81()
			if test.token != "" {
				p.open(id, "approval#1", 1, test.token)
			}
			p.Do("jefa-ut-piura", desk.ActApprove, id)
			p.machines.err = test.err
			p.deliver(id, "2.3")
			p.want(id, "2.3", desk.EffectDone, 1, time.Time{})
		})
	}
}

// F14: the service fails: due again, never given up, and the next try does it.
func TestMachineEffectsAreNeverGivenUp(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	p.machines.err = errors.New("service unavailable")
	for i := 1; i <= 30; i++ {
		p.deliver(id, "1.3")
		e := p.item(id, "1.3")
		if e.State != desk.EffectPending || e.Attempts != i || !e.DueAt.After(p.Time()) || e.DueAt.After(p.Time().Add(4*time.Hour)) {
			t.Fatalf("attempt %d: %s, %d attempts, due %v", i, e.State, e.Attempts, e.DueAt)
		}
		p.SetTime(e.DueAt)
	}
	p.machines.err = nil
	if _, err := p.outbox.Sweep(t.Context()); err != nil {
		t.Error(err)
	}
	p.want(id, "1.3", desk.EffectDone, 31, time.Time{})
	if len(p.machines.started) != 1 {
		t.Errorf("started %v", p.machines.started)
	}
}

// A machine whose start fails on and on stands on the operations page with its
// cause, and leaves it when it runs, or when «Reintentar» made another generation
// current.
func TestStartThatKeepsFailingIsShown(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	listed := func() string {
		t.Helper()
		stuck, err := p.Store.StuckMachines(t.Context())
		if err != nil || len(stuck) > 1 {
			t.Fatalf("listed %+v, %v", stuck, err)
		}
		if len(stuck) == 0 {
			return ""
		}
		return stuck[0].Machine.Cause
	}
	p.machines.err = errors.New("AccessDeniedException: states:StartExecution")
	for i, want := range []string{"", "", "No se pudo iniciar: AccessDeniedException: states:StartExecution"} {
		p.deliver(id, "1.3")
		if got := listed(); got != want {
			t.Errorf("after try %d: %q, want %q", i+1, got, want)
		}
		p.SetTime(p.item(id, "1.3").DueAt)
	}
	p.machines.err = nil
	p.deliver(id, "1.3")
	if got := listed(); got != "" {
		t.Errorf("it runs, and the page says %q", got)
	}

	id = p.Open81()
	p.machines.err = errors.New("x")
	retrier := machines.Retrier{Store: p.Store, Now: p.Now}
	if err := retrier.Retry(t.Context(), id, desk.MachineApproval); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		p.deliver(id, "1.3")
	}
	if got := listed(); got != "" {
		t.Errorf("a start that is not wanted any more says %q", got)
	}
}

// F49: the stream was off; the sweep performs everything due, each once, and
// the stream that returns finds it done.
func TestSweepPerformsWhatTheStreamMissed(t *testing.T) {
	p := newPost(t)
	var items []desk.Effect
	for range 20 {
		items = append(items, p.Effects(p.Open81())...)
	}
	n, err := p.outbox.Sweep(t.Context())
	if err != nil || n != 60 || len(p.mailer.sent) != 40 || len(p.machines.started) != 20 {
		t.Errorf("sweep performed %d, sent %d, started %d, %v; want 60, 40, 20", n, len(p.mailer.sent), len(p.machines.started), err)
	}
	for _, e := range items {
		if err := p.outbox.Deliver(t.Context(), e); err != nil {
			t.Error(err)
		}
	}
	if len(p.mailer.sent) != 40 || len(p.machines.started) != 20 {
		t.Errorf("after the stream returned: %d mails, %d machines", len(p.mailer.sent), len(p.machines.started))
	}
}

// F9: an item that nobody understands is reported and does not stop the others.
func TestPoisonItemDoesNotStopTheOthers(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	poison := desk.Effect{Ticket: id, Seq: 0, N: 1, Op: "sing", State: desk.EffectPending, DueAt: p.Time().Add(-time.Hour), CreatedAt: p.Time()}
	if err := p.Store.AddEffects(t.Context(), []desk.Effect{poison}); err != nil {
		t.Fatal(err)
	}
	n, err := p.outbox.Sweep(t.Context())
	if err == nil || !strings.Contains(err.Error(), "sing") || n != 3 {
		t.Errorf("performed %d, %v; want the other 3 and an error that names the poison", n, err)
	}
}

// A notice to a system's users is one mail for each, written once, whatever
// dies in between (R77).
func TestFanOut(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	fan := desk.Effect{Ticket: id, Seq: 1, N: 9, Op: desk.OpFanOut, State: desk.EffectPending, DueAt: p.Time(), CreatedAt: p.Time(),
		FanOut: &desk.FanOut{System: "apps-sigo", Mail: desk.Mail{Message: desk.MailInterruption, Data: map[string]string{"number": "2026-000001"}}}}
	if err := p.Store.AddEffects(t.Context(), []desk.Effect{fan}); err != nil {
		t.Fatal(err)
	}
	d, err := p.Store.Directory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	users := d.UsersOf("apps-sigo", p.Time())
	if len(users) < 2 {
		t.Fatalf("the sample has %d users of SIGO", len(users))
	}
	for range 2 {
		if err := p.outbox.Deliver(t.Context(), fan); err != nil {
			t.Error(err)
		}
	}
	seen := map[string]int{}
	for n := range users {
		e := p.item(id, desk.Effect{Seq: 1, N: fan.ItemOf(n)}.Ref())
		seen[e.Mail.To]++
		if e.Mail.Person == "" || e.Mail.Name == "" || e.Mail.Message != desk.MailInterruption || e.Mail.Data["number"] == "" || e.State != desk.EffectPending {
			t.Errorf("item %s is %+v", e.Ref(), e.Mail)
		}
	}
	if len(seen) != len(users) {
		t.Errorf("%d people get it, want %d", len(seen), len(users))
	}
	for to, n := range seen {
		if n != 1 {
			t.Errorf("%s gets %d", to, n)
		}
	}
	if e := p.item(id, "1.9"); e.State != desk.EffectDone || e.FanOut.Next != len(users) {
		t.Errorf("fan-out is %s at %d", e.State, e.FanOut.Next)
	}
}

// Two hundred and fifty users take three pages.
func TestFanOutInPages(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	records, revision, err := p.Store.LoadDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	records.SystemUsers = nil
	for _, person := range records.People[:150] {
		records.SystemUsers = append(records.SystemUsers, directory.SystemUser{System: "apps-sigo", Person: person.ID})
	}
	if err := p.Store.SaveDirectory(t.Context(), records, revision); err != nil {
		t.Fatal(err)
	}
	pages := &paged{Store: p.Store}
	p.outbox.Store = pages
	e := desk.Effect{Ticket: id, Seq: 1, N: 9, Op: desk.OpFanOut, State: desk.EffectPending, DueAt: p.Time(), CreatedAt: p.Time(),
		FanOut: &desk.FanOut{System: "apps-sigo", Mail: desk.Mail{Message: desk.MailInterruption}}}
	if err := p.Store.AddEffects(t.Context(), []desk.Effect{e}); err != nil {
		t.Fatal(err)
	}
	pages.failAt = 2
	if err := p.outbox.Deliver(t.Context(), e); err == nil {
		t.Error("a page that failed was not reported")
	}
	if kept := p.item(id, "1.9"); kept.FanOut.Next != 100 || kept.State != desk.EffectPending {
		t.Errorf("after the first page the fan-out is %s at %d", kept.State, kept.FanOut.Next)
	}
	pages.failAt = 0
	if err := p.outbox.Deliver(t.Context(), p.item(id, "1.9")); err != nil {
		t.Error(err)
	}
	n := 0
	for _, err := p.Store.Effect(t.Context(), id, desk.Effect{Seq: 1, N: e.ItemOf(0)}.Ref()); err == nil; n++ {
		_, err = p.Store.Effect(t.Context(), id, desk.Effect{Seq: 1, N: e.ItemOf(n + 1)}.Ref())
	}
	if n != 150 || pages.largest != 100 || pages.calls != 3 { // the failed one again, none twice
		t.Errorf("%d items in pages of at most %d, want 150 and 100", n, pages.largest)
	}
}
