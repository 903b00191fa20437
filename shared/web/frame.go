package web

import (
	"net/http"

	"mesa/shared/desk"
)

// Page is a view model that this package knows how to draw.
type Page interface{ head() head }

// head is what Render must know of a page before drawing its body.
type head struct {
	template string    // name of the body template
	title    string    // text of <title>, without the ending
	status   int       // HTTP status; 0 means 200, or 422 with problems
	problems []Problem // what stands in the error summary
	wide     bool      // uses the whole width: queue, register, ticket
	bare     bool      // no navigation: signed links, sign-in
	print    string    // class on the root that names a print layout
	post     string    // further origin that forms may be sent to (storage)
}

// Frame is what every page shares. Its zero value draws a page for nobody.
type Frame struct {
	Viewer  *Viewer  // who is looking; nil when not signed in
	Path    string   // path of the request, to mark the present place in the navigation
	Theme   string   // "light", "dark" or "" for the device's own; see ThemeOf
	Token   string   // anti-forgery token, put into every form
	Notices []Notice // banners above the page: done, undo, outage
	Local   bool     // a practice desk: say so at the top

	Institution desk.Institution // whose desk it is: names, codes, where to ask for help
}

// Phone is the extension of the help desk, shown wherever help is offered.
func (f Frame) Phone() string { return f.Institution.Extension() }

// SignOutPath is where «Salir» posts to, with the form token.
const SignOutPath = "/sessions/end"

// Viewer is the signed-in person and what the navigation may offer them.
// It only decides which links are drawn; rights are checked by the handlers.
type Viewer struct {
	Name        string // as the person should read it
	Role        string // «Jefa/e de UT Ejemplo»
	Approver    bool   // decides requests, or substitutes somebody who does
	Staff       bool   // works on cases
	Regularises bool   // enters or confirms what was authorised by mail: 8.3.2
	Phones      bool   // may register a phone contact
	Held        bool   // sees the held mails
	Operator    bool   // sees the operations page
	Addresses   bool   // sees the addresses that take no mail
	Waiting     int    // decisions waiting for this person, shown in the navigation
}

// Notice is a banner. Undo, when set, is a button that takes the act back.
type Notice struct {
	Tone Tone
	Text string
	Undo *Button
}

// Link is a piece of text that leads somewhere.
type Link struct {
	Label string
	Href  string
	Count string // shown after the label: «128»
	Here  bool   // the present place
}

// Datum is one line of a list of facts.
type Datum struct {
	Label string
	Value string
	Href  string // makes Value a link
	Note  string // complementary text under the value
	More  *Link  // after the note
}

// Problem is one line of the error summary; Field is the id it leads to.
type Problem struct {
	Field string
	Text  string
}

// code is the status the page is sent with.
func (h head) code() int {
	switch {
	case h.status != 0:
		return h.status
	case len(h.problems) > 0:
		return http.StatusUnprocessableEntity
	default:
		return http.StatusOK
	}
}
