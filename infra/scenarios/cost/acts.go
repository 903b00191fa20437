package cost

import (
	"context"
	"fmt"

	"mesa/shared/access"
	"mesa/shared/approve"
	"mesa/shared/desk"
	"mesa/shared/flow"
)

// act is one line of the table of design 14.
type act struct {
	who     desk.PersonID
	kind    desk.ActKind
	channel desk.Channel
	stage   desk.Stage // of an approval
	fields  desk.Fields
}

func acts() []act {
	pase := desk.Fields{"pase_description": "Corrige el guardado", "pase_files": "pases/2026/0001", "pase_rollback": "Restaurar la versión anterior"}
	return []act{
		{"usuaria-ut-piura-1", desk.ActOpen, desk.ChannelForm, "", desk.Fields{"service": "apps-sigo", "flow": "8.1", "impact": "slow",
			"subject": "No se guardan las actas de supervisión", "description": "Desde ayer, al guardar la pantalla queda en blanco."}},
		{"jefa-ut-piura", desk.ActApprove, desk.ChannelLink, desk.StageUT, nil},
		{"jefa-supervision", desk.ActApprove, desk.ChannelLink, desk.StageUO, nil},
		{"desarrollo-1", desk.ActTake, desk.ChannelPortal, "", nil},
		{"desarrollo-1", desk.ActHandOver, desk.ChannelPortal, "", pase},
		{"base-de-datos-1", desk.ActTake, desk.ChannelPortal, "", nil},
		{"base-de-datos-1", desk.ActExecutionOK, desk.ChannelPortal, "", desk.Fields{"interrupts": "no"}},
		{"desarrollo-1", desk.ActClose, desk.ChannelPortal, "", desk.Fields{"solution": "Se corrigió el guardado de las actas.", "medium": "mail"}},
	}
}

// do performs the act as its way in does it.
func (a act) do(ctx context.Context, b *bench) error {
	if a.kind == desk.ActApprove {
		return a.decide(ctx, b)
	}
	in := desk.Act{Kind: a.kind, Ticket: b.ticket, At: b.now, Channel: a.channel, Scope: "portal:" + string(a.who), Fields: a.fields,
		Actor: desk.Actor{Person: a.who, Assurance: desk.AssuredSession}}
	if a.kind == desk.ActOpen {
		in.Key = fmt.Sprint("form-", b.now.Unix())
	} else {
		reads := b.meter.reads
		stored, err := b.store.Load(ctx, b.ticket) // the page that the person saw
		b.meter.reads = reads
		if err != nil {
			return err
		}
		in.Version = stored.Ticket.Version
	}
	result, err := b.road.Perform(ctx, in)
	b.ticket = result.After.Ticket.ID
	return err
}

// decide posts the decision form of a signed link.
func (a act) decide(ctx context.Context, b *bench) error {
	reads := b.meter.reads
	stored, err := b.store.Load(ctx, b.ticket)
	b.meter.reads = reads
	if err != nil {
		return err
	}
	wait := stored.Waits[0]
	link := access.Link{Ticket: b.ticket, Wait: wait.ID, Person: a.who, Round: wait.Round, Audience: access.Approvals, ExpiresAt: b.now.Add(flow.DefaultPolicy().LinkLife)}
	token, err := b.ring.Sign(link)
	if err != nil {
		return err
	}
	code, err := b.ring.Code(link, b.now)
	if err != nil {
		return err
	}
	q, err := b.links.Decide(ctx, token, approve.Vote{Choice: "approve", Code: code})
	if err == nil && q.Standing != approve.Decided {
		err = fmt.Errorf("the link stands %s", q.Standing)
	}
	return err
}
