// Package front is the one door of the local cloud for browsers and scripts.
//
// On AWS the portal's domain leads to the HTTP API, and sign-in and mailboxes
// are elsewhere. Here one loopback address serves all of them, by path:
//
//	/mailbox…                              the recipients' inbox
//	/oauth2/…, POST /login, GET /logout,
//	/.well-known/…, /{pool}/.well-known/…  sign-in, the emulator's Cognito
//	/_local/…                              control paths for tests
//	all else                               the HTTP API
package front
