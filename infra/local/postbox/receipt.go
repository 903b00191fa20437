package postbox

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// Region is where the local SES stands; its name is in the Received header.
const Region = "us-east-1"

// Prefix is where the receipt rule puts mails in the bucket.
const Prefix = "inbound/"

// Receipt is what SES knows of one mail it took in.
type Receipt struct {
	ID         string // also the last part of the object's key
	From       string // MAIL FROM, empty for bounces
	Recipients []string
	Client     Client
	At         time.Time
	Verdicts   Verdicts
	Mail       []byte // as sent, without our override header
}

// Client is the machine that brought the mail.
type Client struct{ IP, Hello string }

// Key is the object's key in the mail bucket.
func (r Receipt) Key() string { return Prefix + r.ID }

// Object is the mail as SES stores it: its own header block, then the mail.
func (r Receipt) Object() []byte { return append([]byte(r.block()), r.Mail...) }

// block is the part of the object SES wrote; the desk reads it from the top down
// to X-SES-DKIM-SIGNATURE and no further.
func (r Receipt) block() string {
	var b strings.Builder
	add := func(format string, args ...any) { fmt.Fprintf(&b, format+"\r\n", args...) }
	add("Return-Path: <%s>", r.From)
	add("Received: from %s (%s [%s])\r\n by inbound-smtp.%s.amazonaws.com with SMTP id %s\r\n for %s;\r\n %s (UTC)",
		r.Client.Hello, r.Client.Hello, r.Client.IP, Region, r.ID, r.Recipients[0], r.At.UTC().Format(time.RFC1123Z))
	add("X-SES-Spam-Verdict: %s", r.Verdicts.Spam)
	add("X-SES-Virus-Verdict: %s", r.Verdicts.Virus)
	add("Received-SPF: %s (spfCheck: %s) client-ip=%s; envelope-from=%s; helo=%s;",
		result(r.Verdicts.SPF), spfReason(r.Verdicts.SPF), r.Client.IP, r.From, r.Client.Hello)
	add("Authentication-Results: amazonses.com;\r\n spf=%s (spfCheck: %s) client-ip=%s; envelope-from=%s; helo=%s;\r\n dkim=%s%s;\r\n dmarc=%s header.from=%s;",
		result(r.Verdicts.SPF), spfReason(r.Verdicts.SPF), r.Client.IP, r.From, r.Client.Hello,
		result(r.Verdicts.DKIM), r.signer(), result(r.Verdicts.DMARC), headerFromDomain(r.Mail))
	add("X-SES-RECEIPT: AEFBQUFBQUFBQUFM%s", r.ID)
	add("X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; b=%s; c=relaxed/simple; s=local; d=amazonses.com; t=%d; v=1; bh=local; h=From:To:Subject:Date;",
		r.ID, r.At.Unix())
	return b.String()
}

// signer names the domain of a DKIM signature; there is none when unsigned.
func (r Receipt) signer() string {
	if r.Verdicts.DKIM == Gray {
		return ""
	}
	return " header.i=@" + headerFromDomain(r.Mail)
}

// result is a verdict in the words of RFC 8601.
func result(v Verdict) string {
	switch v {
	case Pass:
		return "pass"
	case Fail:
		return "fail"
	case ProcessingFailed:
		return "temperror"
	case Gray:
		return "none"
	}
	return "none"
}

func spfReason(v Verdict) string {
	if v == Pass {
		return "domain designates the client as permitted sender"
	}
	return "domain does not designate the client as permitted sender"
}

// header is one header field, unfolded.
type header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// headersOf lists the fields of an object in order, SES's own first.
func headersOf(object []byte) []header {
	var list []header
	for line := range bytes.Lines(object) {
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			break
		}
		if folded := text[0] == ' ' || text[0] == '\t'; folded && len(list) > 0 {
			list[len(list)-1].Value += " " + strings.TrimSpace(text)
			continue
		}
		name, value, found := strings.Cut(text, ":")
		if !found {
			break
		}
		list = append(list, header{name, strings.TrimSpace(value)})
	}
	return list
}
