package web

import (
	"net/http"
	"time"
)

// LinkState says why a signed link shows no form, or what it did.
type LinkState string

// Answers of signed links. Only LinkInvalid may be shown before the signature
// has been verified; it is one page for every kind of wrong link (F19).
const (
	LinkApproved    LinkState = "approved"    // your decision was recorded
	LinkRejected    LinkState = "rejected"    // your decision was recorded
	LinkTransferred LinkState = "transferred" // not yours to decide: recorded
	LinkYouDecided  LinkState = "decided"     // you had decided before
	LinkOther       LinkState = "other"       // your substitute, or the holder, decided
	LinkReplaced    LinkState = "replaced"    // expired or replaced by a later mail
	LinkEarly       LinkState = "early"       // the stage before is not over
	LinkWithdrawn   LinkState = "withdrawn"
	LinkOwn         LinkState = "own"      // nobody decides on their own request
	LinkLocked      LinkState = "locked"   // five wrong codes
	LinkInvalid     LinkState = "invalid"  // forged, cut, unknown
	LinkAnswered    LinkState = "answered" // thank you, your answer was recorded
	LinkWasAnswered LinkState = "wasanswered"
	LinkVerified    LinkState = "verified" // solved, by word of who asked
	LinkFailing     LinkState = "failing"  // it still fails: reopened
	LinkLapsed      LinkState = "lapsed"   // the window of verification is over
	LinkSignIn      LinkState = "signin"   // the service requires signing in to decide
	LinkShown       LinkState = "shown"    // a password that was seen once
	LinkGone        LinkState = "gone"     // a password replaced, or past its time
)

// LinkAnswer is a page that ends a visit by signed link.
type LinkAnswer struct {
	State   LinkState
	Number  string    // case; empty on LinkInvalid
	At      time.Time // when it was decided or answered
	Outcome string    // «aprobada», «rechazada»
	Who     string    // «Su suplente», or the role it went to
	Next    string    // what happens now
	Minutes int       // how long a lock lasts
	Portal  string    // address of PAU > Aprobaciones, or of the decision that takes signing in
}

func (p LinkAnswer) head() head {
	status := map[LinkState]int{LinkReplaced: http.StatusGone, LinkLapsed: http.StatusGone, LinkWithdrawn: http.StatusGone, LinkInvalid: http.StatusNotFound,
		LinkLocked: http.StatusTooManyRequests, LinkOwn: http.StatusForbidden, LinkEarly: http.StatusConflict,
		LinkOther: http.StatusConflict, LinkSignIn: http.StatusUnauthorized,
		LinkShown: http.StatusGone, LinkGone: http.StatusGone}
	return head{template: "linkanswer", title: p.say("title"), status: status[p.State], bare: true}
}

// say reads one of the state's texts and fills in what it names.
func (p LinkAnswer) say(part string) string {
	return Say("link."+string(p.State)+"."+part, "date", Stamp(p.At), "outcome", p.Outcome, "who", p.Who, "minutes", itoa(p.Minutes))
}

// Heading is the page's title.
func (p LinkAnswer) Heading() string { return p.say("title") }

// Text is the sentence under the heading.
func (p LinkAnswer) Text() string { return p.say("text") }

// PortalLabel is what the button to the portal says.
func (p LinkAnswer) PortalLabel() string {
	switch p.State {
	case LinkSignIn:
		return Say("link.signin.go")
	case LinkLapsed:
		return Say("link.lapsed.go")
	default:
		return Say("link.go")
	}
}

// Tone chooses the colour of the answer.
func (p LinkAnswer) Tone() Tone {
	switch p.State {
	case LinkApproved, LinkRejected, LinkTransferred, LinkAnswered, LinkVerified, LinkFailing:
		return Done
	case LinkYouDecided, LinkOther, LinkWasAnswered, LinkEarly, LinkSignIn:
		return Work
	case LinkInvalid, LinkOwn, LinkLocked, LinkShown:
		return Stop
	default:
		return Wait
	}
}

// Shape is the icon beside the heading.
func (p LinkAnswer) Shape() string { return string(p.Tone()) }

// Question is /answers/{token}: only what is asked, or only the missing fields.
type Question struct {
	Number  string
	Subject string
	By      string // who asks
	At      time.Time
	Text    string   // the question; empty when only data are missing
	Notes   []string // what to know of words that stand in the form already
	Known   []Datum  // what the case says already, where data are missing: not asked again
	Form    Form
}

func (p Question) head() head {
	return head{template: "question", title: Say("title.question", "number", p.Number),
		problems: p.Form.Problems(), bare: true}
}
