package notify

import (
	"time"

	"mesa/shared/desk"
)

// NewVersion is «El procedimiento cambió: versión {n}» (R4, R5, R8): what an
// edition changes, since when, and where the guide is. It is about no case.
func NewVersion(e desk.Edition, before string, at time.Time) desk.Mail {
	return desk.Mail{Message: desk.MailNewVersion, Data: map[string]string{keyAt: stamp(at), keyVersion: shorten(oneLine(e.Version), maxName), keyBefore: shorten(oneLine(before), maxName),
		keyApproved: shorten(oneLine(e.Approved), maxExcerpt), keyStarts: stamp(e.From), keyChanges: clean(shorten(e.Changes, maxText))}}
}

// Version is the one that the mail tells of, Before the one that it replaces.
func (v view) Version() string    { return v.typed(keyVersion) }
func (v view) Before() string     { return v.typed(keyBefore) }
func (v view) ApprovedBy() string { return v.typed(keyApproved) }
func (v view) Changes() string    { return v.lines(keyChanges) }

// RulesFrom is the day since when a version rules.
func (v view) RulesFrom() string {
	if at, ok := readStamp(v.own(keyStarts)); ok {
		return longDay(at)
	}
	return ""
}

// Later tells whether the version was still to come when the mail was ordered.
func (v view) Later() bool {
	starts, _ := readStamp(v.own(keyStarts))
	return starts.After(OrderedAt(v.mail))
}

// GuideURL is where the guide is, with what changed.
func (v view) GuideURL() string { return v.env.BaseURL + "/help#version" }
