package web

import "mesa/shared/desk"

// Tone is the meaning of a tag or a banner; it chooses colour and shape, while
// the word beside it carries the same meaning for those who see neither.
type Tone string

// The tones of portal states: each has its own colour pair and icon.
const (
	Neutral   Tone = "neutral"   // registered, closed
	Wait      Tone = "wait"      // somebody else must do something
	Work      Tone = "work"      // being worked on
	Done      Tone = "done"      // solved
	Stop      Tone = "stop"      // rejected, failed
	Attention Tone = "attention" // reopened
	Flag      Tone = "flag"      // regularised, unverified: a mark beside the state
)

// Tag is a word in a coloured box with an icon.
type Tag struct {
	Tone Tone
	Icon string // name of the icon; empty takes the tone's own
	Text string
}

// StateTag words a state: the tone is the family, the text its name.
func StateTag(tone Tone, text string) Tag { return Tag{Tone: tone, Text: text} }

// PriorityTag is shape, number and words for the four priorities of 7.4 (R32-R35).
// A suggested priority says so until the desk sets it (R36).
func PriorityTag(n int, suggested bool) Tag {
	shapes := [...]Tag{
		{Stop, "triangle", Say("priority.1")},
		{Wait, "diamond", Say("priority.2")},
		{Work, "square", Say("priority.3")},
		{Neutral, "circle", Say("priority.4")},
	}
	if n < 1 || n > len(shapes) {
		return Tag{Tone: Neutral, Icon: "circle", Text: Say("priority.none")}
	}
	tag := shapes[n-1]
	if suggested {
		tag.Text += " " + Say("priority.suggested")
	}
	return tag
}

// Shape is the icon drawn for the tag.
func (t Tag) Shape() string {
	if t.Icon != "" {
		return t.Icon
	}
	return string(t.Tone)
}

// TicketTag is the tag of a ticket's state: the state chooses the colour, the
// label says it in full («Por aprobar: UT», «En Nivel 3»).
func TicketTag(state desk.State, label string) Tag {
	tone := map[desk.State]Tone{
		desk.PendingApproval: Wait, desk.WaitingUser: Wait, desk.WaitingVendor: Wait, desk.Joined: Wait, desk.TransferPending: Wait,
		desk.Assigned: Work, desk.InProgress: Work, desk.InCustody: Work,
		desk.Rejected: Stop,
	}[state]
	if tone == "" {
		tone = Neutral
	}
	return Tag{Tone: tone, Text: label}
}

// EffectTag words the state of an outbox item; a mail is «enviado», a machine's
// start or resume «hecho».
func EffectTag(op desk.EffectOp, state desk.EffectState) Tag {
	tone := map[desk.EffectState]Tone{desk.EffectPending: Wait, desk.EffectDone: Done, desk.EffectFailed: Stop,
		desk.EffectUncertain: Wait, desk.EffectUnconfirmed: Attention}[state]
	word := string(state)
	if op == desk.OpStart || op == desk.OpResume {
		word = "machine." + word
	}
	return Tag{Tone: tone, Text: Say("effect." + word)}
}

// DeliveryTag words what was heard of a mail that the mail service took; nothing
// yet, or that it took it, is «enviado».
func DeliveryTag(d desk.Delivery) Tag {
	tone := map[desk.DeliveryState]Tone{desk.DeliveryDelayed: Wait, desk.DeliveryReturned: Attention, desk.DeliveryDelivered: Done,
		desk.DeliveryBounced: Stop, desk.DeliveryRejected: Stop, desk.DeliveryComplained: Stop}[d.State]
	if tone == "" {
		return EffectTag(desk.OpMail, desk.EffectDone)
	}
	return Tag{Tone: tone, Text: Say("delivery." + string(d.State))}
}
