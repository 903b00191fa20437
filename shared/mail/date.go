package mail

import (
	"net/mail"
	"strings"
	"time"
)

var (
	dateComment = lazily(`\s*\([^)]*\)`)
	// zoneName is a zone in words after the offset, which net/mail refuses.
	zoneName = lazily(`([+-]\d{4})\s+\S.*$`)
)

// dateLayouts are forms that programs write against RFC 5322.
var dateLayouts = [...]string{
	"Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05",
	"Mon, 2 Jan 2006 15:04 -0700", "Mon Jan 2 15:04:05 2006", "Mon Jan 2 15:04:05 -0700 2006", "Mon Jan 2 15:04:05 MST 2006",
	"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", time.RFC3339, "Mon, 02-Jan-2006 15:04:05 MST", "2 January 2006 15:04:05 -0700",
	"Monday, 2 January 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15.04.05 -0700", "02/01/2006 15:04:05",
}

// parseDate reads a Date header, in UTC, or returns the zero time. It is only
// what the sender claims: the desk counts from the time of receipt.
func parseDate(value string) time.Time {
	value = strings.Join(strings.Fields(dateComment().ReplaceAllString(value, "")), " ")
	if value == "" || len(value) > 100 {
		return time.Time{}
	}
	value = zoneName().ReplaceAllString(value, "$1")
	if at, err := mail.ParseDate(value); err == nil {
		return sane(at)
	}
	for _, layout := range dateLayouts {
		if at, err := time.Parse(layout, value); err == nil {
			return sane(at)
		}
	}
	return time.Time{}
}

// sane drops years that no store and no JSON can carry.
func sane(at time.Time) time.Time {
	if at.Year() < 1970 || at.Year() > 9999 {
		return time.Time{}
	}
	return at.UTC()
}
