package storms_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"mesa/infra/scenarios/rig"
	"mesa/shared/desk"
)

// together runs n things at once, as many at a time as there are clients.
func together(n, clients int, do func(i int) error) error {
	errs := make([]error, n)
	var wait sync.WaitGroup
	free := make(chan struct{}, clients)
	for i := range n {
		free <- struct{}{}
		wait.Go(func() {
			errs[i] = do(i)
			<-free
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

// allDone waits until nothing that was ordered for the tickets is due.
func allDone(t *testing.T, limit time.Duration, cases []rig.Case) {
	t.Helper()
	for _, c := range cases {
		err := rig.Until(t.Context(), limit, func() error {
			waiting, err := running.Waiting(t.Context(), c.ID)
			if err == nil && len(waiting) > 0 {
				err = errors.New(strings.Join(waiting, ", "))
			}
			return err
		})
		if err != nil {
			t.Fatalf("%s still has to do: %v", c.Number, err)
		}
	}
}

// F13: 50 approvals and rejections of one stage at once make one decision.
func TestFiftyDecisionsAtOnceMakeOne(t *testing.T) {
	ctx := t.Context()
	must(t, running.Morning(ctx))
	c, err := running.Submit(ctx, "usuaria-ut-cusco-1", rig.NewKey(), map[string]string{"flow": "8.1", "service": "apps-sigo", "subject": "Carrera de decisiones", "description": "x", "impact": "slow"})
	must(t, err)
	links := []rig.Link{linkOf(t, "jefa-ut-cusco", c), linkOf(t, "suplente-ut-cusco", c)} // both may decide
	must(t, together(50, 50, func(i int) error {
		choice := map[string]string{"choice": "approve"}
		if i%2 == 1 {
			choice = map[string]string{"choice": "reject", "reason": "No corresponde"}
		}
		return decideUntilHeard(ctx, links[i/2%2], choice)
	}))
	allDone(t, waitLimit, []rig.Case{c})
	assertOneDecision(t, c)
}

// linkOf is the link in the mail that asks a person to decide.
func linkOf(t *testing.T, who string, c rig.Case) (link rig.Link) {
	t.Helper()
	to, err := running.Address(who)
	must(t, err)
	must(t, rig.Until(t.Context(), waitLimit, func() error {
		found, err := running.Mails(t.Context(), rig.Letter{To: to, Case: c.Number, Subject: "or aprobar"})
		if err == nil && len(found) == 0 {
			err = fmt.Errorf("%s was not asked yet", who)
		}
		if err == nil {
			link, err = rig.LinkIn(found[0])
		}
		return err
	}))
	return link
}

// decideUntilHeard sends a decision; when the desk is busy it sends it again, as
// a person would. The form is gone once somebody has decided.
func decideUntilHeard(ctx context.Context, l rig.Link, choice map[string]string) error {
	return rig.Until(ctx, waitLimit, func() error {
		page, err := running.Decide(ctx, l, choice)
		if err != nil && page.Status > 0 && page.Status < 500 {
			return nil // no form: decided meanwhile
		}
		if err == nil && (page.Status >= 500 || strings.Contains(page.Text, "Intente otra vez")) {
			err = fmt.Errorf("answered %d: %.200s", page.Status, page.Text)
		}
		return err
	})
}

// assertOneDecision counts in the table and in the mailbox.
func assertOneDecision(t *testing.T, c rig.Case) {
	t.Helper()
	records, err := running.Store.Records(t.Context(), c.ID, 0)
	must(t, err)
	decisions := 0
	for _, r := range records {
		if r.Act == desk.ActApprove || r.Act == desk.ActReject {
			decisions++
		}
	}
	mails, err := running.Mails(t.Context(), rig.Letter{Case: c.Number, Subject: "Registramos su decisión"})
	must(t, err)
	if decisions != 1 || len(mails) != 1 {
		t.Errorf("%d decisions and %d constancias, want 1 and 1", decisions, len(mails))
	}
}

// 200 forms by 8 clients are 200 tickets and 200 acknowledgements, counted in
// the table and in the mailbox.
func TestTwoHundredForms(t *testing.T) {
	const forms, clients = 200, 8
	ctx := t.Context()
	must(t, running.Morning(ctx))
	subject := "Carga " + rig.NewKey()[:8]
	people := []desk.PersonID{"usuaria-administracion-1", "usuaria-administracion-2", "usuaria-planeamiento-1", "usuaria-planeamiento-2",
		"usuaria-prestaciones-1", "usuaria-prestaciones-2", "usuaria-asesoria-1", "usuaria-asesoria-2"}
	for _, p := range people { // sign in before the load
		_, err := running.Token(ctx, p)
		must(t, err)
	}
	began := time.Now()
	cases := make([]rig.Case, forms)
	must(t, together(forms, clients, func(i int) (err error) {
		cases[i], err = running.Submit(ctx, people[i%clients], rig.NewKey(), map[string]string{"flow": "8.5", "service": "apps-antivirus",
			"subject": fmt.Sprintf("%s n.º %d", subject, i), "description": "Actualizar."})
		return err
	}))
	posted := time.Since(began)
	allDone(t, time.Minute, cases)
	t.Logf("%d forms in %.1f s (%.0f a second), all mails out after %.1f s", forms, posted.Seconds(), forms/posted.Seconds(), time.Since(began).Seconds())
	assertCounted(t, subject, forms)
	must(t, together(forms, clients, func(i int) error { // leave nothing that the clock would have to walk
		_, err := running.ActOn(ctx, people[i%clients], cases[i], "withdraw", nil)
		return err
	}))
}

// assertCounted counts tickets by a scan and acknowledgements by the mailbox.
func assertCounted(t *testing.T, subject string, want int) {
	t.Helper()
	items, err := running.Items(t.Context(), "META")
	must(t, err)
	tickets := 0
	for _, i := range items {
		if strings.Contains(i.Body, subject) {
			tickets++
		}
	}
	mails, err := running.Mails(t.Context(), rig.Letter{Subject: subject})
	must(t, err)
	told := map[string]bool{}
	for _, m := range mails {
		if strings.Contains(m.Subject, "Recibimos su solicitud") {
			told[m.Subject] = true
		}
	}
	if tickets != want || len(mails) != want || len(told) != want {
		t.Errorf("%d tickets, %d mails, %d different acknowledgements, want %d each", tickets, len(mails), len(told), want)
	}
}

// 100 cases of one sede closed at once get the rows n+1 … n+100, each once.
func TestHundredClosingsAtOnce(t *testing.T) {
	const closings, clients = 100, 32
	const sede, requester, attends = "UT-TUMBES", desk.PersonID("usuaria-ut-tumbes-2"), desk.PersonID("especialista-ut-tumbes")
	ctx := t.Context()
	must(t, running.Morning(ctx))
	period, err := running.Period(ctx)
	must(t, err)
	before, err := running.Register(ctx, sede, period)
	must(t, err)
	for _, p := range []desk.PersonID{requester, attends} {
		_, err := running.Token(ctx, p)
		must(t, err)
	}
	cases := make([]rig.Case, closings)
	must(t, together(closings, 8, func(i int) (err error) {
		cases[i], err = running.Submit(ctx, requester, rig.NewKey(), map[string]string{"flow": "8.5", "service": "apps-antivirus", "subject": fmt.Sprintf("Cierre %d", i), "description": "x"})
		if err == nil {
			cases[i], err = running.ActOn(ctx, attends, cases[i], "take", nil)
		}
		return err
	}))
	began := time.Now()
	must(t, together(closings, clients, func(i int) error { return closeUntilHeard(ctx, attends, cases[i]) }))
	t.Logf("%d closings at once in %.1f s", closings, time.Since(began).Seconds())
	after, err := running.Register(ctx, sede, period)
	must(t, err)
	if len(after) != len(before)+closings {
		t.Fatalf("%d rows more, want %d", len(after)-len(before), closings)
	}
	seen := map[string]bool{}
	for n, row := range after {
		if row.Number != n+1 || seen[row.Ticket] {
			t.Errorf("row %d has number %d and ticket %s", n+1, row.Number, row.Ticket)
		}
		seen[row.Ticket] = true
	}
	allDone(t, time.Minute, cases)
}

// closeUntilHeard closes a case; a busy desk (503) is asked again.
func closeUntilHeard(ctx context.Context, who desk.PersonID, c rig.Case) error {
	return rig.Until(ctx, time.Minute, func() error {
		_, err := running.ActOn(ctx, who, c, "close", map[string]string{"solution": "Se actualizó", "medium": "mail"})
		return err
	})
}
