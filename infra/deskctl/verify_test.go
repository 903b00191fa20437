package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// assigned is an 8.5 ticket of headquarters in the hands of soporte-1.
func assigned(b *desktest.Bench) deskword.TicketID {
	b.T.Helper()
	id := b.Open85()
	b.Do("especialista-mesa", deskword.ActSetPriority, id, "priority", "3")
	b.Do("especialista-mesa", deskword.ActAssign, id, "person", "soporte-1")
	return id
}

// busyDesk has one ticket waiting for an approval, one rejected, one in hand and
// two rows of the register.
func busyDesk(t *testing.T) *desktest.Bench {
	t.Helper()
	b := desktest.NewBench(t)
	b.Open81()
	rejected := b.Open81()
	b.Do("jefa-ut-piura", deskword.ActReject, rejected, "reason", "No corresponde a su función.")
	assigned(b)
	for range 2 {
		b.Advance(time.Minute)
		b.Do("soporte-1", deskword.ActClose, assigned(b), "solution", "Se cambió la contraseña.", "medium", "mail")
	}
	return b
}

// tampered is a store in which somebody changed something behind the desk's back.
type tampered struct {
	*desktest.Store
	load     func(*work.Stored)
	records  func([]deskword.Record) []deskword.Record
	register func([]deskword.Row) []deskword.Row
}

func (s tampered) Load(ctx context.Context, id deskword.TicketID) (work.Stored, error) {
	stored, err := s.Store.Load(ctx, id)
	if s.load != nil {
		s.load(&stored)
	}
	return stored, err
}

func (s tampered) Records(ctx context.Context, id deskword.TicketID, after int) ([]deskword.Record, error) {
	list, err := s.Store.Records(ctx, id, after)
	if s.records != nil {
		list = s.records(list)
	}
	return list, err
}

func (s tampered) Register(ctx context.Context, sede deskword.SedeID, period string) ([]deskword.Row, error) {
	rows, err := s.Store.Register(ctx, sede, period)
	if s.register != nil {
		rows = s.register(rows)
	}
	return rows, err
}

func TestVerify(t *testing.T) {
	b := busyDesk(t)
	tests := []struct {
		name  string
		store tampered
		says  string
	}{
		{"finds nothing in what the desk wrote", tampered{}, "5 casos comprobados, 0 fallas."},
		{"finds a text that was changed", tampered{records: func(l []deskword.Record) []deskword.Record {
			l[0].Texts["description"] = "Nunca pasó."
			return l
		}}, "los textos del registro 1"},
		{"accepts a text that was erased", tampered{records: func(l []deskword.Record) []deskword.Record {
			l[0].Texts = nil
			return l
		}, load: func(s *work.Stored) { s.Ticket.Subject = "" }}, "5 casos comprobados, 0 fallas."},
		{"finds a hash that was changed", tampered{records: func(l []deskword.Record) []deskword.Record {
			l[0].Hash = "0000"
			return l
		}}, "la cadena se rompe en el registro 1"},
		{"finds an act signed by another", tampered{records: func(l []deskword.Record) []deskword.Record {
			l[0].Actor.Person = "otra-persona"
			return l
		}}, "la cadena se rompe en el registro 1"},
		{"finds a record that is missing", tampered{records: func(l []deskword.Record) []deskword.Record { return l[1:] }}, "falta el registro 1"},
		{"finds that the last record is missing", tampered{records: func(l []deskword.Record) []deskword.Record { return l[:len(l)-1] }}, "no cita su último registro"},
		{"finds a ticket that is not the sum of its facts", tampered{load: func(s *work.Stored) { s.Ticket.Assignee = "otra-persona" }}, "no es la suma de sus hechos"},
		{"finds a wait that was lost", tampered{load: func(s *work.Stored) { s.Waits = nil }}, "debería esperar [approval#1]"},
		{"finds a row that is missing", tampered{register: func(r []deskword.Row) []deskword.Row { return r[:len(r)-1] }}, "la fila 2 falta o sobra"},
		{"finds a row too many", tampered{register: func(r []deskword.Row) []deskword.Row { return append(r, deskword.Row{N: len(r) + 1}) }}, "la fila 3 falta o sobra"},
		{"finds two tickets on one row", tampered{load: func(s *work.Stored) { s.Ticket.Row = min(s.Ticket.Row, 1) }}, "la fila 2 falta o sobra"},
		{"finds a number used twice", tampered{register: func(r []deskword.Row) []deskword.Row {
			r[1].N = 1
			return r
		}}, "la fila 2 falta o sobra"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.store.Store = b.Store
			var out bytes.Buffer
			err := verify(t.Context(), test.store, b.Now, &out)
			if !strings.Contains(out.String(), test.says) {
				t.Errorf("it says:\n%s\nwant %q", out.String(), test.says)
			}
			if clean := strings.Contains(test.says, " 0 fallas"); (err == nil) != clean {
				t.Errorf("error %v, want one: %v", err, !clean)
			}
		})
	}
}

// A policy that changed changes when is waited until, not what for.
func TestVerifyHoldsAfterAPolicyChange(t *testing.T) {
	b := busyDesk(t)
	policy := flow.DefaultPolicy()
	if err := b.Store.SetPolicy(t.Context(), policy, b.Time()); err != nil {
		t.Fatal(err)
	}
	b.Advance(30 * 24 * time.Hour)
	var out bytes.Buffer
	if err := verify(t.Context(), b.Store, b.Now, &out); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
}
