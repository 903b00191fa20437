package web

import (
	"net/http"

	"mesa/shared/desk"
)

// ErrorPage tells what happened and what to do, never more.
type ErrorPage struct {
	Status    int
	What      string // variant of the wording: "case" for a case that is not the reader's
	Role      string // 403: «Profesional de soporte»
	Reference string // 500: code to tell on the phone
	Successor *Link  // 410: what replaces a withdrawn service
	Detail    string // 403, 409: what the flow answered, with its clause
	SignIn    string // 401: where to begin
	Back      *Link
}

func (p ErrorPage) head() head {
	return head{template: "error", title: Say(p.key("title")), status: p.Status}
}

// Heading is the page's title.
func (p ErrorPage) Heading() string { return Say(p.key("title")) }

// Text says what to do, and where to ask.
func (p ErrorPage) Text(i desk.Institution) string {
	return Say(p.key("text"), "role", p.Role, "ref", p.Reference, "phone", i.Extension(), "mailbox", i.Mailbox)
}

// key finds the words for the status, or those of the nearest status that has some.
func (p ErrorPage) key(part string) string {
	name := map[int]string{401: "401", 403: "403", 404: "404", 405: "404", 409: "409", 410: "410", 413: "413",
		429: "429"}[p.Status]
	if name == "" {
		name = "500"
		if p.Status >= 400 && p.Status < http.StatusInternalServerError {
			name = "400"
		}
	}
	if p.What != "" {
		name += "." + p.What
	}
	return "error." + name + "." + part
}
