package annex

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"mesa/shared/desk"
)

// A spreadsheet counts days; these are the numbers of 1982 and 2119.
const (
	firstSerial = 30_000
	lastSerial  = 80_000
)

var (
	isoDate    = lazily(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?$`)
	plainDate  = lazily(`^(\d{1,2}) ?[-/. ] ?(\d{1,2})(?: ?[-/. ] ?(\d{4}|\d{2}))?(?: 0?0:00(?::00)?)?$`)
	spokenDate = lazily(`^(\d{1,2})(?: ?- ?| ?/ ?| de | )([a-z]{3,10})\.?(?:(?: ?- ?| ?/ ?| de | del | del ano |,? )(\d{4}|\d{2}))?$`)
	weekday    = lazily(`^(?:lun|mar|mie|jue|vie|sab|dom)[a-z]*\.?,? +`)
	rowNumber  = lazily(`^(?:n~ ?)?\d{1,2} ?[.)°:\-]*[ ]+(.+)$`)
)

func lazily(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// months by their first three letters; September is written with and without p.
var months = map[string]time.Month{"ene": 1, "jan": 1, "feb": 2, "mar": 3, "abr": 4, "apr": 4, "may": 5, "jun": 6, "jul": 7, "ago": 8, "aug": 8,
	"set": 9, "sep": 9, "oct": 10, "nov": 11, "dic": 12, "dec": 12}

// readDate reads a day as people write it: 15/09/2026, 15-09-26, «martes 15 de
// setiembre», a spreadsheet's number. One without a year is the next such day
// from at on; a row's number before it is put aside. ok is false for anything
// else.
func readDate(text string, at time.Time) (value string, ok bool) {
	plain := squeezed(text)
	if value, ok = dateIn(plain, at); ok {
		return value, true
	}
	if numbered := rowNumber().FindStringSubmatch(plain); numbered != nil {
		return dateIn(numbered[1], at)
	}
	if strings.Count(plain, "/") == 2 { // «..15../..09../2026», written upon the dots of the form
		return dateIn(onDots.Replace(plain), at)
	}
	return "", false
}

var onDots = strings.NewReplacer(".", "", "_", "", " ", "")

func dateIn(plain string, at time.Time) (string, bool) {
	plain = weekday().ReplaceAllString(strings.Trim(plain, " .,;"), "")
	if n, err := strconv.ParseFloat(plain, 64); err == nil && n >= firstSerial && n <= lastSerial {
		return serialDay(n), true
	}
	if m := isoDate().FindStringSubmatch(plain); m != nil {
		return dayOf(m[1], m[2], m[3], at)
	}
	if m := plainDate().FindStringSubmatch(plain); m != nil {
		if value, ok := dayOf(m[3], m[2], m[1], at); ok {
			return value, true
		}
		if m[3] != "" { // 09/15/2026: a month of fifteen is no month
			return dayOf(m[3], m[1], m[2], at)
		}
		return "", false
	}
	if m := spokenDate().FindStringSubmatch(plain); m != nil {
		if month := months[m[2][:3]]; month > 0 {
			return dayOf(m[3], strconv.Itoa(int(month)), m[1], at)
		}
	}
	return "", false
}

// serialDay is a spreadsheet's day: counted from the last of 1899.
func serialDay(n float64) string {
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format(desk.DateLayout)
}

// dayOf puts a day together, if there is such a day.
func dayOf(year, month, day string, at time.Time) (string, bool) {
	m, err := strconv.Atoi(month)
	d, err2 := strconv.Atoi(day)
	if err != nil || err2 != nil || m < 1 || m > 12 || d < 1 {
		return "", false
	}
	today := at.In(desk.Lima)
	y := today.Year()
	if year != "" {
		y, err = strconv.Atoi(year)
		if err != nil {
			return "", false
		}
		if y < 100 {
			y += 2000
		}
	}
	date := time.Date(y, time.Month(m), d, 0, 0, 0, 0, desk.Lima)
	if year == "" && date.AddDate(0, 0, 1).Before(today) {
		date = time.Date(y+1, time.Month(m), d, 0, 0, 0, 0, desk.Lima)
	}
	return date.Format(desk.DateLayout), date.Day() == d && date.Year() >= 1990 && date.Year() < 2100
}
