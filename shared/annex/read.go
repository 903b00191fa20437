package annex

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"mesa/shared/desk"
)

// The names of the flow's fields that the form answers; its tables are named
// "schedule.<row>.<column>" and "participants.<row>.<column>".
const (
	fieldInCharge     = "in_charge"
	fieldDate         = "form_date"
	fieldObjective    = "description"
	fieldPlace        = "place"
	fieldMultiuse     = "multiuse"
	fieldRecording    = "recording"
	fieldStreaming    = "streaming"
	fieldPhone        = "phone"
	tableSchedule     = "schedule"
	tableParticipants = "participants"
)

// What the flow's fields take, and how many problems are told.
const (
	maxLine         = 120
	maxPhone        = 40
	maxObjective    = 4000
	maxParticipants = 40
	maxUnread       = 30
)

// reading is a form being read.
type reading struct {
	Form
	sheet sheet
	at    time.Time
}

// formAmong is the sheet that is an Anexo 02 by its words, the fullest if there
// are several.
func formAmong(sheets []sheet) (sheet, bool) {
	best, most := sheet{}, 0
	for _, s := range sheets {
		if n := s.likeness(); n > most {
			best, most = s, n
		}
	}
	return best, most >= enoughLabels
}

// enoughLabels: three of the labels that no other form has make an Anexo 02; its
// title or code makes up for two of them.
const enoughLabels = 3

// likeness counts the labels of the form that no other form has.
func (s sheet) likeness() int {
	n := 0
	for _, l := range []label{labelApplicant, labelScheduled, labelRecorded, labelMultiuse, labelStreamed, labelObjective, labelParticipant} {
		if _, ok := s.find(l, 0, len(s.rows)); ok {
			n++
		}
	}
	for _, row := range s.rows {
		for _, c := range row {
			if isTitle(c.text) && n > 0 {
				return n + 2
			}
		}
	}
	return n
}

// isTitle tells whether a text names the form: by its title, or by its code.
func isTitle(text string) bool {
	plain := squeezed(text)
	return titleWithin()(plain) || strings.Contains(strings.ReplaceAll(plain, " ", ""), "uti-for-0002")
}

// titleWithin finds the title anywhere in a text.
func titleWithin() func(string) bool { return titlePattern().MatchString }

var titlePattern = lazily(`solicitud de(l)? servicio de(l)?( sistema de)? video ?-?conferencia`)

// read takes the values of a sheet that is a form.
func (s sheet) read(at time.Time) Form {
	r := &reading{Form: Form{Fields: desk.Fields{}}, sheet: s, at: at}
	dates, found := r.scheduleHead()
	end := len(s.rows)
	if found {
		end = dates.row
	}
	r.formDate(end)
	r.applicant()
	r.schedule(dates, found)
	r.conditions()
	r.objective()
	r.participants()
	r.signature()
	return r.Form
}

// set keeps a value of one line.
func (r *reading) set(name, value string, most int) {
	r.keep(name, strings.Join(strings.Fields(value), " "), most)
}

// keep keeps a value as it is; a longer one is cut, and that is said.
func (r *reading) keep(name, value string, most int) {
	value = strings.TrimSpace(strings.Map(visible, strings.ToValidUTF8(value, "")))
	if value == "" {
		return
	}
	if utf8.RuneCountInString(value) > most {
		value = strings.TrimSpace(string([]rune(value)[:most]))
		r.unread("Se acortó un texto del Anexo 02 que pasaba de %d caracteres: revise «%s».", most, short(value))
	}
	r.Fields[name] = value
}

// visible drops the characters that no text field may hold.
func visible(c rune) rune {
	switch {
	case c == '\n' || c == '\t':
		return c
	case c < ' ' || c >= 0x7f && c < 0xa0 || c == '\u2028' || c == '\u2029' || c == '\ufffd':
		return -1
	default:
		return c
	}
}

// unread adds a sentence about what could not be read.
func (r *reading) unread(format string, args ...any) {
	if len(r.Unread) < maxUnread {
		r.Unread = append(r.Unread, fmt.Sprintf(format, args...))
	}
}

// short is the beginning of a text, for a sentence.
func short(text string) string {
	text = strings.Join(strings.Fields(strings.Map(visible, strings.ToValidUTF8(text, ""))), " ")
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}

// blank tells whether a text is only the dots and lines of an empty form.
func blank(text string) bool {
	return !strings.ContainsFunc(text, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) })
}
