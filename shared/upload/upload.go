// Package upload puts files on a ticket without touching their bytes: a browser
// sends them straight to the storage by a form that the desk signed, and the
// desk learns afterwards what came.
//
//	Slot     signs a form for one object under incoming/, for one person and
//	         one ticket; a quarter of an hour long
//	(form)   the browser sends the file; the storage sends the browser back
//	Confirm  asks the storage what it has, has it copied to files/, and tells
//	         the ticket by the act attach
//
// The copy is what makes a file stay as it was seen: the signed form could
// overwrite its object until it expires, but never the copy, whose key holds
// what the object was (its entity tag). What nobody confirms stays under
// incoming/ and is deleted by a rule of the bucket after a day. Copying also has
// the storage compute the SHA-256 that the record keeps.
package upload

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// ErrAbsent: the storage has no such object (any more).
var ErrAbsent = errors.New("no such object")

// How long what is signed works: a form to send a file, a link to get one.
const (
	Life     = 15 * time.Minute
	LinkLife = 5 * time.Minute
)

// Reach is how many bytes the storage takes: more than an act may attach, so
// that who sends too much reads the desk's sentence and not the storage's XML.
const Reach = 3 * desk.MaxFile

// Where objects stand in the bucket of files.
const (
	incoming = "incoming/"
	kept     = "files/"
)

// The metadata that comes with an object.
const (
	NameField    = "x-amz-meta-name"
	PurposeField = "x-amz-meta-purpose"
)

// Terms are what a form is signed for.
type Terms struct {
	Key   string
	Exact []Field  // sent as they are
	Open  []string // fields that whoever sends fills in
	Most  int64    // bytes
	Life  time.Duration
}

// Field is one hidden field of a form.
type Field struct{ Name, Value string }

// Form is where to send a file, and the fields that must come before it.
type Form struct {
	URL    string
	Fields []Field
	Ends   time.Time
}

// Object is what the storage has under a key.
type Object struct {
	Bytes int64
	Tag   string            // entity tag: other bytes, other tag
	Meta  map[string]string // metadata by field name
}

// Storage is the bucket of files: *s3store.Bucket.
type Storage interface {
	Form(ctx context.Context, t Terms) (Form, error)
	// Stat fails with ErrAbsent.
	Stat(ctx context.Context, key string) (Object, error)
	// Keep copies an object that still has this tag and returns its SHA-256 in
	// hex, "" if the storage did not say. It fails with ErrAbsent, and if the
	// object has another tag.
	Keep(ctx context.Context, from, to, tag string) (sha256 string, err error)
}

// Road is the only way to change a ticket: *work.Road.
type Road interface {
	Perform(ctx context.Context, act desk.Act) (work.Result, error)
}

// Desk takes files. Its fields are set once, by main.
type Desk struct {
	Storage Storage
	Road    Road
	NewID   func() string // unguessable, of letters, digits, - and _
}

// Slot is a signed form with the id by which its file is confirmed.
type Slot struct {
	ID string
	Form
}

// Wish is what a form is asked for.
type Wish struct {
	Ticket  desk.TicketID
	Person  desk.PersonID
	Name    string              // "": the browser's
	Purpose desk.Purpose        // "": chosen in the form
	Back    func(string) string // where the storage sends the browser, by id; nil: nowhere
}

// Slot signs a form for one file.
func (d *Desk) Slot(ctx context.Context, w Wish) (Slot, error) {
	id := d.NewID()
	t := Terms{Key: incomingKey(w.Ticket, w.Person, id), Most: Reach, Life: Life,
		Exact: []Field{{"Content-Type", "application/octet-stream"}, {"Content-Disposition", "attachment"}}} // whatever it says it is
	if w.Back != nil {
		t.Exact = append(t.Exact, Field{"success_action_redirect", w.Back(id)})
	}
	name := Field{NameField, "${filename}"} // the storage puts in what the browser calls it
	if w.Name != "" {
		name.Value = mime.BEncoding.Encode("utf-8", desk.FileName(w.Name))
		t.Exact = append(t.Exact, name)
	} else {
		t.Open = append(t.Open, NameField)
	}
	if w.Purpose != "" {
		t.Exact = append(t.Exact, Field{PurposeField, string(w.Purpose)})
	} else {
		t.Open = append(t.Open, PurposeField)
	}
	form, err := d.Storage.Form(ctx, t)
	if err != nil {
		return Slot{}, fmt.Errorf("sign the form of a file: %w", err)
	}
	if w.Name == "" {
		form.Fields = append(form.Fields, name)
	}
	return Slot{id, form}, nil
}

// incomingKey holds whose file it is for which ticket: nobody confirms another's.
func incomingKey(ticket desk.TicketID, person desk.PersonID, id string) string {
	return incoming + string(ticket) + "/" + string(person) + "/" + id
}

func keptKey(ticket desk.TicketID, id string) string { return kept + string(ticket) + "/" + id + "." }

// Confirm tells the ticket of a file that the storage has. act says who, when
// and by which way; view is the ticket as they see it. Confirmed twice, a file
// stands there once. It fails with desk.NotFound for a file that this person did
// not send to this ticket, and with desk.Invalid for one that may not be kept.
func (d *Desk) Confirm(ctx context.Context, view work.View, act desk.Act, id string) (desk.Attachment, error) {
	if !isID(id) {
		return desk.Attachment{}, notSent()
	}
	if f, ok := find(view, keptKey(view.Ticket.ID, id)); ok {
		return f, nil
	}
	from := incomingKey(view.Ticket.ID, act.Actor.Person, id)
	o, err := d.Storage.Stat(ctx, from)
	if errors.Is(err, ErrAbsent) {
		return desk.Attachment{}, notSent()
	}
	if err != nil {
		return desk.Attachment{}, fmt.Errorf("look for file %s: %w", id, err)
	}
	act.Kind, act.Ticket, act.Version = desk.ActAttach, view.Ticket.ID, 0
	act.Scope, act.Key = "file:"+string(act.Actor.Person), id
	act.Fields = desk.Fields{"purpose": o.Meta[PurposeField]}
	f := desk.Attachment{Name: desk.FileName(decode(o.Meta[NameField])), Bytes: o.Bytes, Key: keptKey(view.Ticket.ID, id) + plain(o.Tag)}
	if err := d.allowed(view, act, f); err != nil {
		return desk.Attachment{}, err
	}
	if f.SHA256, err = d.Storage.Keep(ctx, from, f.Key, o.Tag); err != nil {
		return desk.Attachment{}, fmt.Errorf("keep file %s: %w", id, err)
	}
	act.Files = []desk.Attachment{f}
	if _, err := d.Road.Perform(ctx, act); err != nil {
		return desk.Attachment{}, err
	}
	return f, nil
}

// allowed asks the rules before anything is copied.
func (d *Desk) allowed(view work.View, act desk.Act, f desk.Attachment) error {
	act.Files = []desk.Attachment{f}
	_, err := flow.Decide(view.Ticket, view.Facts, act)
	return err
}

func notSent() *desk.Problem {
	return desk.NewProblem(desk.NotFound, "", "Ese archivo no llegó, o pasó más de un día desde que lo envió: envíelo otra vez.")
}

// find looks for a file that was confirmed already.
func find(view work.View, key string) (desk.Attachment, bool) {
	for _, rec := range view.Records {
		for _, f := range rec.Files {
			if strings.HasPrefix(f.Key, key) {
				return f, true
			}
		}
	}
	return desk.Attachment{}, false
}

// isID tells whether an id may be part of a key.
func isID(id string) bool {
	return len(id) >= 16 && len(id) <= 64 && plain(id) == id
}

// plain keeps the letters, digits, - and _ of a text.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_' {
			return r
		}
		return -1
	}, text)
}

// decode reads a name as metadata carry it: S3 gives back what is not ASCII in
// the words of RFC 2047.
func decode(value string) string {
	if text, err := new(mime.WordDecoder).DecodeHeader(value); err == nil {
		return text
	}
	return value
}
