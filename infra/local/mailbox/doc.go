// Package mailbox is the recipients' inbox of the local cloud.
//
// The emulator's wrapper spools every accepted SendEmail request as one file.
// This package turns each request into the message SES would have put on the
// wire, with SES's own Message-ID and Date, and shows all of them on pages and
// as JSON. It exists only locally: on AWS the recipients' own mail servers
// hold these messages, and the desk keeps no copy with a live link in it.
package mailbox
