package web

import "time"

// SignIn is /sessions/new: one way in, the institutional account.
type SignIn struct {
	StartHref string // begins the sign-in at the identity provider
	Ended     bool   // the session ended in the middle of something (401)
	Unknown   bool   // the account is not in the directory
}

func (p SignIn) head() head {
	h := head{template: "signin", title: Say("title.signin"), bare: true}
	if p.Ended {
		h.status = 401
	}
	if p.Unknown {
		h.status = 403
	}
	return h
}

// Home is the start page. Each part is drawn only when it has something in it,
// so one page serves requesters, approvers and staff.
type Home struct {
	Decisions []ApprovalRow // decisions waiting, oldest first
	Views     []ViewCount   // the reader's own views of the queue
	Cases     []CaseLine    // own open cases: «Mis solicitudes»
	Types     []Link        // the eight types of service
	Requests  bool          // offer the search box and the types
	Closed    *Link         // all own cases, closed ones too
	News      []Link        // versions of the procedure that are coming, or came lately
}

func (p Home) head() head { return head{template: "home", title: Say("title.home"), wide: true} }

// Plain reports whether the reader only asks for help, so that the question
// itself is the heading of the page.
func (p Home) Plain() bool { return p.Requests && len(p.Decisions) == 0 && len(p.Views) == 0 }

// Heading is the page's title.
func (p Home) Heading() string {
	if p.Plain() {
		return Say("home.heading")
	}
	return Say("title.home")
}

// ViewCount is a view of the queue with how much stands in it.
type ViewCount struct {
	Name   string
	Href   string
	Count  int
	Oldest time.Time // when the oldest of them began
	More   bool      // there are more than Count
}

// CaseLine says in one sentence where an own case is.
type CaseLine struct {
	Number   string
	Href     string
	Subject  string
	Service  string
	State    Tag
	Sentence string // «Espera la decisión de la jefatura de su UT desde el 15/09/2026»
	At       time.Time
}

// MyCases is /tickets: every case of the reader, newest first.
type MyCases struct {
	Query string
	Cases []CaseLine
	Next  string // address of the next page
}

func (p MyCases) head() head { return head{template: "mycases", title: Say("title.mycases")} }
