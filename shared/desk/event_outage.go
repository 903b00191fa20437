package desk

import "time"

// ServiceInterrupted: an execution stopped the service, from when until when, as
// who executed declares (8.1.7, R77).
type ServiceInterrupted struct {
	From  time.Time `json:"s"`
	Until time.Time `json:"e"`
}

// RestorationAnnounced: those who were told that the service would stop were
// told how it ended.
type RestorationAnnounced struct {
	System  ServiceID `json:"sy"`
	Stopped bool      `json:"x,omitempty"` // it had stopped; else the notice was not needed after all
}

// EventName is the stored tag.
func (ServiceInterrupted) EventName() string { return "ServiceInterrupted" }

// EventName is the stored tag.
func (RestorationAnnounced) EventName() string { return "RestorationAnnounced" }

// fanOutOffset sets the numbers of the items a fan-out is expanded into apart
// from those an act writes, and those of two fan-outs of one act from each other.
const fanOutOffset = 100_000

// ItemOf is the number of the item of a fan-out's n-th reader.
func (e Effect) ItemOf(n int) int { return e.N*fanOutOffset + n }

// Expanded tells whether the item is one of those a fan-out was expanded into.
// They are as many as a system has users and are kept apart from the ticket's own.
func (e Effect) Expanded() bool { return e.N >= fanOutOffset }

// Progress is how far a fan-out got: «enviado a 212 de 214».
type Progress struct {
	Whole    bool     // every reader has an item
	Items    int      // items written so far
	Accepted int      // of them, taken by the mail service
	Stopped  []Effect // of them, failed or unconfirmed: the first MaxStopped
}

// Add counts one item.
func (p *Progress) Add(e Effect) {
	p.Items++
	switch {
	case e.State == EffectDone:
		p.Accepted++
	case (e.State == EffectFailed || e.State == EffectUnconfirmed) && len(p.Stopped) < MaxStopped:
		p.Stopped = append(p.Stopped, e)
	}
}

// MaxStopped is how many stopped items a Progress names.
const MaxStopped = 50
