package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"

	deskword "mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/work"
)

type verifyCmd struct{}

// Run checks every ticket: its events fold to what is stored, its chain holds,
// its open waits are those the rules want, and the register has no gaps.
func (verifyCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	return verify(ctx, d.Store, d.Now, out)
}

// ledger is what verify reads of the store.
type ledger interface {
	tickets
	Records(ctx context.Context, id deskword.TicketID, after int) ([]deskword.Record, error)
	Directory(ctx context.Context) (work.Snapshot, error)
	Policy(ctx context.Context, at time.Time) (flow.Policy, error)
	Register(ctx context.Context, sede deskword.SedeID, period string) ([]deskword.Row, error)
}

// verify checks everything that is stored and tells out what is wrong.
func verify(ctx context.Context, store ledger, now businessClock, out io.Writer) error {
	v := &verifier{store: store, now: now, rows: map[month][]int{}}
	if err := eachTicket(ctx, store, func(s work.Stored) error { return v.ticket(ctx, s) }); err != nil {
		return err
	}
	if err := v.register(ctx); err != nil {
		return err
	}
	for _, f := range v.faults {
		fmt.Fprintln(out, f)
	}
	fmt.Fprintf(out, "%d casos comprobados, %d fallas.\n", v.seen, len(v.faults))
	if len(v.faults) > 0 {
		return fmt.Errorf("%d fallas: vea arriba el caso y la secuencia", len(v.faults))
	}
	return nil
}

type month struct {
	sede   deskword.SedeID
	period string
}

type verifier struct {
	store  ledger
	now    businessClock
	seen   int
	faults []string
	rows   map[month][]int
}

func (v *verifier) fault(t deskword.Ticket, format string, args ...any) {
	v.faults = append(v.faults, fmt.Sprintf("%s (%s): %s", t.Number, t.ID, fmt.Sprintf(format, args...)))
}

// ticket checks one ticket.
func (v *verifier) ticket(ctx context.Context, s work.Stored) error {
	v.seen++
	records, err := v.store.Records(ctx, s.Ticket.ID, 0)
	if err != nil {
		v.fault(s.Ticket, "sus registros no se pueden leer: %v", err)
		return nil
	}
	v.chain(s, records)
	if diff := cmp.Diff(deskword.Fold(s.Ticket.ID, records), s.Ticket); diff != "" {
		v.fault(s.Ticket, "el caso guardado no es la suma de sus hechos:\n%s", diff)
	}
	if s.Ticket.Row > 0 {
		m := month{s.Ticket.Sede, s.Ticket.RowMonth}
		v.rows[m] = append(v.rows[m], s.Ticket.Row)
	}
	return v.waits(ctx, s)
}

// chain checks sequence, hashes and the digests of the texts that are still there.
func (v *verifier) chain(s work.Stored, records []deskword.Record) {
	prev := ""
	for n, r := range records {
		body, err := r.Body()
		switch {
		case err != nil || r.Seq != n+1:
			v.fault(s.Ticket, "falta el registro %d", n+1)
		case r.Prev != prev || deskword.ChainHash(body, prev) != r.Hash:
			v.fault(s.Ticket, "la cadena se rompe en el registro %d", r.Seq)
		case len(r.Texts) > 0 && r.Texts.Digest(r.Salt) != r.TextDigest:
			v.fault(s.Ticket, "los textos del registro %d no son los que se firmaron", r.Seq)
		}
		prev = r.Hash
	}
	if prev != s.Hash {
		v.fault(s.Ticket, "el caso no cita su último registro")
	}
}

// waits checks that the open waits are those the rules want.
func (v *verifier) waits(ctx context.Context, s work.Stored) error {
	snapshot, err := v.store.Directory(ctx)
	if err != nil {
		return err
	}
	now, err := v.now(ctx)
	if err != nil {
		return err
	}
	policy, err := v.store.Policy(ctx, now)
	if err != nil {
		return err
	}
	want := waitIDs(flow.Waits(s.Ticket, flow.Facts{Now: now, Policy: policy, Calendar: snapshot.CalendarOf(s.Ticket.Unit, now)}))
	if have := waitIDs(s.Waits); !slices.Equal(have, want) {
		v.fault(s.Ticket, "espera %v y debería esperar %v", have, want)
	}
	return nil
}

func waitIDs(waits []deskword.Wait) []deskword.WaitID {
	ids := make([]deskword.WaitID, 0, len(waits))
	for _, w := range waits {
		ids = append(ids, w.ID)
	}
	slices.Sort(ids)
	return ids
}

// register checks that the rows of each sede and month are 1, 2, 3… and that
// each belongs to a ticket.
func (v *verifier) register(ctx context.Context) error {
	for m, numbers := range v.rows {
		rows, err := v.store.Register(ctx, m.sede, m.period)
		if err != nil {
			return err
		}
		slices.Sort(numbers)
		for n := range max(len(rows), len(numbers)) {
			if n >= len(rows) || n >= len(numbers) || rows[n].N != n+1 || numbers[n] != n+1 {
				v.faults = append(v.faults, fmt.Sprintf("Anexo 01 de %s %s: la fila %d falta o sobra", m.sede, m.period, n+1))
				break
			}
		}
	}
	return nil
}
