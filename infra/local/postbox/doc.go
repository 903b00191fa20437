// Package postbox plays SES receiving for the local cloud: mail that comes in by
// SMTP is put into the mail bucket with SES's own header block on top, and the
// receipt notification of an S3 action with a topic is published.
//
// On AWS the desk trusts three things of a mail: the envelope recipients and
// verdicts in the notification, and the block of headers above the sender's own.
// So all three are written here exactly as SES writes them, and a sender's
// forged copies of the same headers stand below, where the desk must not look.
//
// Verdicts are PASS for senders of the sample directory's domains and GRAY for
// all others. A first header, X-Local-Verdicts, overrides them and is removed:
//
//	X-Local-Verdicts: dmarc=FAIL spam=PASS
//
// A mail holding the EICAR test string is found to have a virus.
package postbox
