// Package access makes and checks the signed links that let a person act from a
// mail without signing in: decide on a request, answer a question, confirm a
// solution, see a credential once.
//
// A link is a JSON Web Token in the path. It names the ticket, the wait it
// settles, the person it was mailed to and the round of asking, is meant for one
// page (its audience) and expires. What it does not do is decide: it only says
// who is asked what. Whether the wait is still open, the person still among
// those asked and the round still the last is read from the table.
//
// The link id `<ticket>.<wait>.<person>.<round>` is all that makes a link
// unique. There is no issue time in the token, so the same question mailed twice
// carries the same link, and a used id can be recorded for ever.
//
// A forwarded mail forwards the link. Deciding therefore also takes six digits
// that stand in the mail and not in the link, an HMAC of the link id; a scanner
// that follows links and presses buttons does not type them (F18, F22).
//
// One algorithm is allowed, HS256, and the token names its key, so keys can be
// replaced while the links of the old one live on for an overlap (F21). Every
// time is passed in: the desk's business clock, not this machine's.
package access

import (
	"strconv"
	"strings"
	"time"

	"mesa/shared/desk"
)

// Audience is the page that a link opens, and the first part of its path. A
// link made for one page is refused by the others.
type Audience string

// The pages that work without signing in.
const (
	Approvals     Audience = "approvals"
	Answers       Audience = "answers"
	Verifications Audience = "verifications"
	Credentials   Audience = "credentials"
)

// Path is where the token is shown and used, below the public address.
func (a Audience) Path(token string) string { return "/" + string(a) + "/" + token }

// Link says who is asked what, and until when.
type Link struct {
	Ticket desk.TicketID
	// Wait is the id of the open wait that the link settles, `approval#1`.
	Wait   desk.WaitID
	Person desk.PersonID
	// Round grows with every reminder: the last round's link is the valid one.
	Round    int
	Audience Audience
	// ExpiresAt counts in whole seconds; at that second the link is expired.
	ExpiresAt time.Time
	// KeyID is the key that signed the link. Verify sets it; Sign ignores it.
	KeyID string
}

// ID is the link id. Dots inside a part are escaped, so that no two different
// links share an id.
func (l Link) ID() string {
	return strings.Join([]string{escape(string(l.Ticket)), escape(string(l.Wait)), escape(string(l.Person)), strconv.Itoa(l.Round)}, ".")
}

// complete says whether the link names everything it must.
func (l Link) complete() bool {
	return l.Ticket != "" && l.Wait != "" && l.Person != "" && l.Round >= 0 && l.Audience != "" && !l.ExpiresAt.IsZero()
}

func escape(part string) string {
	if !strings.ContainsAny(part, ".%") {
		return part
	}
	return strings.NewReplacer("%", "%25", ".", "%2E").Replace(part)
}
