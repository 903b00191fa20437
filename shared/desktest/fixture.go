package desktest

import (
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// Wednesday is a working morning in Lima, 10:05: when fixtures begin.
func Wednesday() time.Time { return time.Date(2026, time.September, 16, 15, 5, 0, 0, time.UTC) }

// ID makes a ticket id, valid and the same each time.
func ID(n int) desk.TicketID { return desk.TicketID(fmt.Sprintf("01J8Z3%020d", n)) }

// People, units and teams of the fixtures; Records has their records.
const (
	Asker     desk.PersonID = "P-0101" // works in the UT
	UTHead    desk.PersonID = "P-0102" // heads it
	UnitHead  desk.PersonID = "P-0201" // heads the unit above it
	Assigner  desk.PersonID = "P-0301" // mesa de ayuda
	Developer desk.PersonID = "P-0302" // Desarrollo
	Database  desk.PersonID = "P-0303" // base de datos
	StandIn   desk.PersonID = "P-0103" // stands in for the UT head when there is a record

	TheUT   desk.UnitID = "UT-EJEMPLO"
	TheUnit desk.UnitID = "UO-EJEMPLO"
	TheUTI  desk.UnitID = "UTI"

	TheSede desk.SedeID = "SC"

	HelpDesk    desk.TeamID = "MESA"
	Development desk.TeamID = "DESARROLLO"
	Databases   desk.TeamID = "BASE-DE-DATOS"
)

// Open is act 1 of the design's worked example as it is committed: a territorial
// 8.1 ticket by form that waits for the head of the UT.
func Open(id desk.TicketID, number desk.Number, at time.Time) work.Commit {
	before := work.Stored{Ticket: desk.Ticket{ID: id}}
	c := Act(before, desk.ActOpen, Asker, at,
		desk.TicketOpened{Number: number, Flow: desk.Flow81, Rules: 1, Service: "SIGO", Kind: desk.Incident, Suggested: 3,
			Requester: Asker, Unit: TheUT, Sede: TheSede, Territorial: true, Channel: desk.ChannelForm},
		desk.ApprovalRequested{Stage: desk.StageUT, Asked: []desk.Asked{{Person: UTHead, Round: 1}}, More: []desk.Stage{desk.StageUO}})
	c = Texts(c, desk.Texts{"subject": "No carga el módulo de rendiciones", "description": "Desde las 9:40 la pantalla queda en blanco al guardar."})
	c = Wait(c, desk.Wait{ID: desk.NewWaitID(desk.WaitApproval, 1), Stage: desk.StageUT, WakeAt: at.Add(4 * time.Hour), Round: 1,
		Asked: []desk.Asked{{Person: UTHead, Round: 1}}, Generation: 1})
	c.Machines = []desk.MachineRecord{{Machine: desk.MachineApproval, Generation: 1, StartItem: "1.3"}}
	c.Effects = []desk.Effect{
		Mail(c, 1, desk.Mail{Message: desk.MailReceived, To: "usuaria.ejemplo@qw.gob.pe", Name: "Usuaria/o de la UT Ejemplo", Person: Asker}),
		Mail(c, 2, desk.Mail{Message: desk.MailDecide, To: "jefatura.ut.ejemplo@qw.gob.pe", Name: "Jefa/e de la UT Ejemplo", Person: UTHead,
			Wait: "approval#1", Round: 1, Stage: desk.StageUT}),
		Call(c, 3, desk.OpStart, desk.MachineCall{Machine: desk.MachineApproval, Generation: 1}),
	}
	return c
}

// Act is the commit of one act on a ticket: the fold of its events, a record in
// the chain, and nothing else.
func Act(before work.Stored, kind desk.ActKind, person desk.PersonID, at time.Time, events ...desk.Event) work.Commit {
	r := desk.Record{Format: desk.RecordFormat, Ticket: before.Ticket.ID, Seq: before.Ticket.Version + 1, Act: kind, At: at,
		Actor: desk.Actor{Person: person, Assurance: desk.AssuredSession}, Channel: desk.ChannelPortal, Events: events, Prev: before.Hash}
	return seal(work.Commit{Before: before, Record: r})
}

// seal folds and hashes the commit's record again.
func seal(c work.Commit) work.Commit {
	c.After = desk.ApplyAll(c.Before.Ticket, c.Record.Entry(), c.Record.Events)
	c.Record.TextDigest = c.Record.Texts.Digest(c.Record.Salt)
	body, err := c.Record.Body()
	if err != nil {
		body = err.Error() // the desk's own events always have a body
	}
	c.Record.Hash = desk.ChainHash(body, c.Record.Prev)
	return c
}

// Texts adds the free texts of the act.
func Texts(c work.Commit, texts desk.Texts) work.Commit {
	c.Record.Texts, c.Record.Salt = texts, "5a4c0e1f6b2d4f8a9c3e7d1b0f2a6c8e"
	return seal(c)
}

// Wait adds a wait that the act opens.
func Wait(c work.Commit, w desk.Wait) work.Commit {
	c.Open = append(c.Open, w)
	return c
}

// Mail is the n-th outbox item of the act: a mail.
func Mail(c work.Commit, n int, m desk.Mail) desk.Effect {
	e := effect(c, n, desk.OpMail)
	e.Mail = &m
	return e
}

// Call is the n-th outbox item of the act: a machine to start or resume.
func Call(c work.Commit, n int, op desk.EffectOp, call desk.MachineCall) desk.Effect {
	e := effect(c, n, op)
	e.Call = &call
	return e
}

func effect(c work.Commit, n int, op desk.EffectOp) desk.Effect {
	return desk.Effect{Ticket: c.After.ID, Seq: c.Record.Seq, N: n, Op: op, State: desk.EffectPending, DueAt: c.Record.At, CreatedAt: c.Record.At}
}

// FormKey is the idempotency record of a form's post.
func FormKey(c work.Commit, key string) work.Key {
	return work.Key{Scope: "form/" + string(Asker), Key: key, Request: "3f1c", Ticket: c.After.ID, Seq: c.Record.Seq, Until: c.Record.At.Add(7 * 24 * time.Hour)}
}
