package web

// Names of the hidden fields that every form carries.
const (
	TokenField   = "csrf"    // anti-forgery token of the session
	KeyField     = "key"     // idempotency key of this drawing of the form
	VersionField = "version" // version of the ticket that the person saw
)

// Form is a set of questions sent to one address.
type Form struct {
	Action  string
	Get     bool   // a search or a filter: no token, no key
	Prefix  string // put before ids when a page has several forms
	Fields  []Field
	Hidden  []Hidden
	Version string // empty when the act needs none (notes, replies)
	Key     string
	Submit  string   // words of the main button: verb and object
	Others  []Button // further submit buttons of the same form
	Cancel  *Link
	Files   bool // multipart
	Quiet   bool // secondary button: the page's main act is elsewhere
}

// Hidden is a value carried along unseen.
type Hidden struct{ Name, Value string }

// Button is an act of one press: a small form, or, inside Form.Others, a second
// submit button whose Name and Value tell them apart.
type Button struct {
	Label   string
	Action  string // address of its own form
	Name    string
	Value   string
	Version string
	Key     string
	Hidden  []Hidden
	Context string // added for those who hear the page: «Reenviar» what
}

// Problems lists the errors of the form's fields for the summary.
func (f Form) Problems() []Problem { return problems(f.Prefix, f.Fields) }

// Act is something the reader may do now: a link to its own page, or a button
// that does it at once when Button is set.
type Act struct {
	Label  string
	Href   string
	Main   bool // the one primary act of the page
	Button *Button
}
