package work

import (
	"context"
	"fmt"
	"slices"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
)

// View is a ticket as one person may see it.
type View struct {
	Stored
	Records   []desk.Record // oldest first; internal notes only for staff
	Effects   []desk.Effect
	Offers    []flow.Offer
	Closing   []flow.Demand
	Next      flow.Step
	Facts     flow.Facts
	Directory *directory.Directory
	Catalogue directory.Catalogue // the version the ticket was made under
	Staff     bool                // sees internal notes and deliveries
}

// EffectReader lists the outbox items of a ticket, for its timeline, without what
// its fan-outs were expanded into.
type EffectReader interface {
	Effects(ctx context.Context, id desk.TicketID) ([]desk.Effect, error)
}

// Reader shows tickets; it never changes one.
type Reader struct {
	Road    *Road
	Effects EffectReader
}

// Look returns the ticket for a person: desk.NotFound for nobody's business
// (F39), so that a number cannot be probed.
func (r *Reader) Look(ctx context.Context, id desk.TicketID, act desk.Act) (View, error) {
	act.Ticket, act.At = id, act.At.UTC()
	w, err := r.Road.world(ctx, act)
	if err != nil {
		return View{}, fmt.Errorf("look at %s: %w", id, err)
	}
	s, err := r.Road.Store.Load(ctx, id)
	if err != nil {
		return View{}, err
	}
	f, err := r.Road.facts(ctx, w, s, act)
	if err != nil {
		return View{}, fmt.Errorf("look at %s: %w", id, err)
	}
	if !flow.MayRead(s.Ticket, f.Rights) {
		why := NotYours()
		r.Road.denied(ctx, act, why)
		return View{}, why
	}
	records, err := r.Road.Store.Records(ctx, id, 0)
	if err != nil {
		return View{}, fmt.Errorf("records of %s: %w", id, err)
	}
	f.Meetings, f.Stops, f.Proposal = desk.FoldMeetings(records), flow.Stops(records), flow.ProposalFor(s.Ticket, records)
	v := View{Stored: s, Offers: flow.Offers(s.Ticket, f), Closing: flow.Closing(s.Ticket), Next: flow.Next(s.Ticket), Facts: f,
		Directory: w.directory.Directory, Catalogue: w.catalogueOf(s.Ticket, act), Staff: flow.MayReadStaffNotes(s.Ticket, f.Rights)}
	if v.Effects, err = r.Effects.Effects(ctx, id); err != nil {
		return View{}, fmt.Errorf("effects of %s: %w", id, err)
	}
	for _, o := range f.Outages { // of a notice to thousands only what a person must look at
		v.Effects = append(v.Effects, o.Stopped...)
	}
	v.Records = visible(records, v.Staff)
	return v, nil
}

// visible leaves out internal notes for who is not staff, and the texts of acts
// that only staff read.
func visible(records []desk.Record, staff bool) []desk.Record {
	records = withoutKept(records)
	if staff {
		return records
	}
	var shown []desk.Record
	for _, rec := range records {
		switch rec.Act {
		case desk.ActNote, desk.ActResend, desk.ActConfirmSender:
			continue
		case desk.ActOverdue:
			if !slices.ContainsFunc(rec.Events, concernsWhoAsked) {
				continue
			}
		case desk.ActAttach:
			if slices.ContainsFunc(rec.Files, func(f desk.Attachment) bool { return f.Purpose.Internal() }) {
				continue
			}
		case desk.ActLogContact:
			if !slices.ContainsFunc(rec.Events, answers) {
				continue
			}
			rec.Texts = nil // who asked sees that the question is over, not what staff wrote of it
		case desk.ActHandOver, desk.ActExecutionError, desk.ActExecutionOK:
			rec.Texts, rec.Files = nil, nil
		}
		shown = append(shown, rec)
	}
	return shown
}

// concernsWhoAsked: how far a local target is, is between the desk and its teams.
func concernsWhoAsked(e desk.Event) bool {
	reminded, ok := e.(desk.WaitReminded)
	return !ok || reminded.Wait != desk.WaitLevel
}

func answers(e desk.Event) bool { _, ok := e.(desk.QuestionAnswered); return ok }

// World gives pages the directory, the versions of the catalogue and the rights
// of a person without a ticket.
func (r *Reader) World(ctx context.Context, act desk.Act) (*directory.Directory, directory.Catalogues, flow.Rights, error) {
	w, err := r.Road.world(ctx, act)
	if err != nil {
		return nil, nil, flow.Rights{}, err
	}
	return w.directory.Directory, w.catalogues, RightsOf(w.directory.Directory, act), nil
}
