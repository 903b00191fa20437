package notify

import (
	"net/url"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/password"
	"mesa/shared/thread"
)

// view is what the words of a mail may ask for: one method for each name that
// stands in words/*.txt. Every text that a person typed passes typed or lines,
// which keep it from becoming a link and within limit.
type view struct {
	mail  desk.Mail
	env   Env
	limit int // characters of one long text
}

// typed is a text of people, on one line.
func (v view) typed(key string) string { return unlink(oneLine(shorten(v.mail.Data[key], v.limit))) }

// lines is a text of people with its line breaks.
func (v view) lines(key string) string { return unlink(clean(shorten(v.mail.Data[key], v.limit))) }

// own is a word of the desk: no person typed it.
func (v view) own(key string) string { return v.mail.Data[key] }

func (v view) when(key string) string {
	if at, ok := readStamp(v.mail.Data[key]); ok {
		return long(at)
	}
	return ""
}

func (v view) short(key, layout string) string {
	if at, ok := readStamp(v.mail.Data[key]); ok {
		return at.Format(layout)
	}
	return ""
}

// The case.

func (v view) Number() string   { return v.own(keyNumber) }
func (v view) Parent() string   { return v.own(keyParent) }
func (v view) Service() string  { return v.typed(keyService) }
func (v view) Sede() string     { return v.typed(keySede) }
func (v view) Opened() string   { return v.when(keyOpened) }
func (v view) At() string       { return v.when(keyAt) }
func (v view) Clause() string   { return v.own(keyClause) }
func (v view) Priority() string { return v.own(keyPriority) }
func (v view) Text() string     { return v.lines(keyText) }
func (v view) Next() string     { return v.typed(keyNext) }
func (v view) Team() string     { return v.typed(keyTeam) }
func (v view) Asset() string    { return v.typed(keyAsset) }

// Subject is what people wrote as subject, of a held mail as package intake kept it.
func (v view) Subject() string {
	if s := v.typed(keySubject); s != "" {
		return s
	}
	return v.typed(keyHeld)
}

// Place is where a case comes from: the territorial unit, or the organic unit.
func (v view) Place() string {
	if unit := v.typed(keyUnit); unit != "" {
		return unit
	}
	return v.Sede()
}

// People.

func (v view) Phone() string { return v.typed(keyPhone) }
func (v view) By() string    { return v.typed(keyBy) }
func (v view) Meant() string { return v.typed(keyMeant) }
func (v view) Taker() string { return v.typed(keyTaker) }
func (v view) Asker() string { return v.typed(keyRequester) }

// Requester is name, área and telephone of who asked.
func (v view) Requester() string {
	var parts []string
	for _, key := range []string{keyRequester, keyArea, keyPhone} {
		if s := v.typed(key); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// Decisions.

func (v view) Staged() bool     { return v.own(keyStages) > "1" }
func (v view) Stage() string    { return v.own(keyStage) }
func (v view) Stages() string   { return v.own(keyStages) }
func (v view) Then() string     { return v.typed(keyThen) }
func (v view) Since() string    { return v.when(keySince) }
func (v view) SinceDay() string { return v.short(keySince, "02/01/2006") }
func (v view) SignIn() bool     { return v.own(keySignIn) != "" }
func (v view) Medium() string   { return v.own(keyMedium) }
func (v view) Instead() string  { return v.typed(keyInstead) }
func (v view) ByReply() bool    { return v.own(keyByReply) != "" }
func (v view) WhyNot() string   { return v.typed(keyWhy) }
func (v view) Approved() bool   { return v.own(keyDecision) == "approved" }

// Post is the post by which the reader or the actor decides.
func (v view) Post() string { return v.typed(keyPost) }

// As is how the reader decides: by their own post, or standing in (R27).
func (v view) As() string {
	switch {
	case v.Post() == "":
		return "jefa/e"
	case v.mail.For != "":
		return "suplente de la/el " + v.Post()
	default:
		return v.Post()
	}
}

// Work.

func (v view) Reason() string    { return v.lines(keyReason) }
func (v view) Why() string       { return v.typed(keyReason) }
func (v view) Message() string   { return v.lines(keyMessage) }
func (v view) Solution() string  { return v.lines(keySolution) }
func (v view) Cannot() string    { return v.lines(keyCannot) }
func (v view) Asked() string     { return v.when(keyAsked) }
func (v view) Verified() string  { return v.lines(keyVerified) }
func (v view) Fields() string    { return v.typed(keyFields) }
func (v view) Read() string      { return v.lines(keyRead) }
func (v view) Level() string     { return v.own(keyLevel) }
func (v view) Count() string     { return v.own(keyCount) }
func (v view) Pase() string      { return v.lines(keyPase) }
func (v view) Files() string     { return v.lines(keyFiles) }
func (v view) Rollback() string  { return v.lines(keyRollback) }
func (v view) Detail() string    { return v.typed(keyDetail) }
func (v view) Receiver() string  { return v.typed(keyReceiver) }
func (v view) Condition() string { return v.lines(keyCondition) }
func (v view) Starts() string    { return v.when(keyStarts) }
func (v view) Ends() string      { return v.when(keyEnds) }
func (v view) Until() string     { return v.when(keyUntil) }
func (v view) StartDay() string  { return v.short(keyStarts, "02/01/2006 15:04") }
func (v view) System() string    { return v.typed(keySystem) }
func (v view) Account() string   { return v.typed(keyAccount) }
func (v view) SeenUntil() string { return v.when(keyUntil) }
func (v view) Again() bool       { return v.mail.Round > 1 }

// PasswordRule is the norm's rule for the password that people then set: R103.
func (v view) PasswordRule() string { return password.Rule }

// Lasts is how long an interruption is to last.
func (v view) Lasts() string {
	starts, _ := readStamp(v.mail.Data[keyStarts])
	ends, ok := readStamp(v.mail.Data[keyEnds])
	if !ok || !ends.After(starts) {
		return ""
	}
	return lasts(ends.Sub(starts).Round(time.Minute))
}

// What did not arrive.

// Failed is the name of the mail that did not arrive.
func (v view) Failed() string { return Name(desk.Message(v.own(keyFailed))) }

// Dial is the telephone of who is to be called: of who asked, what they gave.
func (v view) Dial() string {
	if dial := v.typed(keyDial); dial != "" && v.Meant() != v.Asker() {
		return dial
	}
	return v.Phone()
}

// Tell is what the mail that did not arrive was to say.
func (v view) Tell() string {
	for _, key := range []string{keySolution, keyMessage, keyReason, keyFields} {
		if s := v.lines(key); s != "" {
			return s
		}
	}
	return ""
}

// The desk and its addresses.

func (v view) Norm() string { return v.env.Institution.Norm() }
func (v view) Call() string { return v.env.Institution.Call() }

// Link is the signed link of the mail; where it has none the page that asks to
// sign in and decide, else the case.
func (v view) Link() string {
	switch {
	case v.Personal():
		return v.env.Link
	case v.SignIn():
		return v.CaseURL() + "/decisions"
	default:
		return v.CaseURL()
	}
}

// Personal tells whether the mail's link is for its reader alone.
func (v view) Personal() bool {
	_, _, personal := LinkFor(v.mail)
	return personal
}

// Code is the six digits as they are read out: «482 913».
func (v view) Code() string {
	_, coded, _ := LinkFor(v.mail)
	if code := v.env.Code; coded && len(code) == 6 {
		return code[:3] + " " + code[3:]
	}
	return ""
}

func (v view) CaseURL() string      { return v.env.BaseURL + "/tickets/" + url.PathEscape(v.Number()) }
func (v view) ApprovalsURL() string { return v.env.BaseURL + "/approvals" }

// FormURL is the form of the service, filled in from the contact (R64) or from
// the case that was rejected.
func (v view) FormURL() string {
	path := v.env.BaseURL + "/ticket-forms"
	if service := v.own(keyForm); service != "" {
		path += "/" + url.PathEscape(service)
	}
	known := url.Values{}
	for name, key := range map[string]string{"from": keyFrom, "flow": keyFlow} {
		if value := v.own(key); value != "" {
			known.Set(name, value)
		}
	}
	if len(known) > 0 {
		path += "?" + known.Encode()
	}
	return path
}

// heading is the subject without tag, cut so that with it the subject has less
// than 78 characters.
func (v view) heading(subject string) string {
	room := maxSubject
	if n := v.own(keyNumber); n != "" {
		room -= len(thread.Tag(desk.Number(n))) + 1
	}
	return shorten(strings.Join(strings.Fields(subject), " "), room) // not oneLine: it would mend the addresses that unlink broke
}
