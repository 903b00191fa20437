// Package web draws the portal: it turns plain view models into HTML pages and
// knows nothing of tickets, rules or stores.
//
// A page is a struct (Home, Ticket, Queue, Decision…) whose fields already hold
// words, links and times; a handler fills one and calls
//
//	err := pages.Render(w, frame, web.Queue{…})
//
// Frame holds what every page shares: who is looking, the form token, banners.
// Render chooses the template, the status and the security headers, and writes
// nothing until the whole page has been drawn, so a failing template can never
// leave half a page behind.
//
// Four rules shape the templates. Every act is an ordinary form with its own
// address, so all of it works without a script; there is none. Nothing typed is
// lost: each Field carries back its Value and its Error. The text of an error is
// written once and shown twice, in the summary above the title and beside the
// field. Colour never speaks alone: each Tag has a word and a shape.
//
// Words shown to people are Spanish (es-PE): prose stands in the templates,
// everything that code must choose stands in words/es-PE.txt and is read by Say.
package web
