package annex

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

var (
	hourText = lazily(`^(?:a las? |desde las? |de |hasta las? )?(\d{1,2})(?: ?[:.h] ?(\d{2})(?::\d{2})?)? ?(?:h|hs|hr|hrs|horas?)?\.? ?(am|pm|m)?\.?$`)
	halfDay  = strings.NewReplacer("a. m.", "am", "p. m.", "pm", "a.m.", "am", "p.m.", "pm", "a m", "am", "p m", "pm", "a.m", "am", "p.m", "pm",
		"de la manana", "am", "de la tarde", "pm", "de la noche", "pm", "mediodia", "12 m")
	between = lazily(`^(.+?) ?(?:-| a | hasta | al )(.+)$`)
)

// readHour reads an hour as people write it: 9:00, 9.00 am, 09h00, a
// spreadsheet's fraction of a day. One to six o'clock without a half of the day
// could be either: it is not guessed, and unsure says so.
func readHour(text string) (value string, unsure, ok bool) {
	plain := squeezed(text)
	if n, err := strconv.ParseFloat(plain, 64); err == nil && !strings.Contains(plain, "e") {
		if value, ok := numberHour(n); ok {
			return settled(value, "")
		}
	}
	m := hourText().FindStringSubmatch(strings.TrimSpace(halfDay.Replace(plain)))
	if m == nil {
		return "", false, false
	}
	hour, minute := number(m[1]), number(m[2])
	switch half := m[3]; {
	case half == "pm" && hour < 12 && hour > 0:
		hour += 12
	case half == "am" && hour == 12:
		hour = 0
	case half == "m" && hour != 12:
		return "", false, false
	}
	if hour > 23 || minute > 59 {
		return "", false, false
	}
	return settled(fmt.Sprintf("%02d:%02d", hour, minute), m[3])
}

// settled leaves an hour as it is, or says that it is not known which half of
// the day it means.
func settled(value, half string) (string, bool, bool) {
	if half == "" && value >= "01:00" && value < "07:00" {
		return value, true, true
	}
	return value, false, true
}

// numberHour reads a spreadsheet's number: a fraction of a day, alone or behind
// a date, or an hour with its minutes behind the point, as 9.3 is of 9.30.
func numberHour(n float64) (string, bool) {
	switch {
	case n > 0 && n < 1 || n > firstSerial && n < lastSerial:
		minutes := int(math.Round((n - math.Floor(n)) * 24 * 60))
		if minutes == 24*60 {
			return "", false
		}
		return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60), n < 1 || minutes > 0
	case n >= 1 && n < 24:
		hour, minute := int(n), int(math.Round((n-math.Floor(n))*100))
		if minute > 59 {
			return "", false
		}
		return fmt.Sprintf("%02d:%02d", hour, minute), true
	default:
		return "", false
	}
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// splitHours takes «9:00 a 11:00», written into one cell, apart. What is said of
// the second hour alone is meant of both.
func splitHours(text string) (from, to string, ok bool) {
	m := between().FindStringSubmatch(strings.TrimSpace(halfDay.Replace(squeezed(text))))
	if m == nil {
		return "", "", false
	}
	from, to = m[1], strings.TrimSpace(m[2])
	if half := to[max(0, len(to)-2):]; half == "pm" && !strings.HasSuffix(from, "m") { // «de 3 a 5 p. m.»
		from += half
	}
	_, _, first := readHour(from)
	_, _, second := readHour(to)
	return from, to, first && second
}
