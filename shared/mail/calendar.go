package mail

import (
	"strings"
	"time"
)

// textOfInvitations is what the invitations of a mail say (RFC 5545), for mails
// that say nothing else.
func textOfInvitations(parts []part) string {
	var texts []string
	for i := range parts {
		if p := &parts[i]; p.kind == "text/calendar" {
			source, _, _ := p.text(maxTextBytes)
			if text := textOfInvitation(source); text != "" {
				texts = append(texts, text)
			}
		}
	}
	text := strings.Join(texts, "\n\n")
	return strings.ToValidUTF8(text[:min(len(text), maxTextBytes)], "")
}

// textOfInvitation reads the first event: what, when, where, and its description.
func textOfInvitation(source string) string {
	_, event, ok := strings.Cut(unfoldCalendar(source), "BEGIN:VEVENT\n")
	if !ok {
		return ""
	}
	event, _, _ = strings.Cut(event, "END:VEVENT")
	event, _, _ = strings.Cut(event, "BEGIN:VALARM")
	found := map[string]string{}
	for line := range strings.SplitSeq(event, "\n") {
		name, value, _ := strings.Cut(line, ":")
		name, params, _ := strings.Cut(name, ";")
		name = strings.ToUpper(name)
		if strings.HasPrefix(name, "DT") {
			value = calendarTime(value, params)
		}
		if _, have := found[name]; !have {
			found[name] = strings.TrimSpace(calendarText.Replace(value))
		}
	}
	var lines []string
	for _, field := range [...]struct{ name, label string }{{"SUMMARY", "Reunión: "}, {"DTSTART", "Inicio: "}, {"DTEND", "Fin: "}, {"LOCATION", "Lugar: "}, {"DESCRIPTION", "\n"}} {
		if value := found[field.name]; value != "" {
			lines = append(lines, field.label+value)
		}
	}
	return tidy(strings.TrimSpace(strings.Join(lines, "\n")))
}

// calendarText undoes the escapes of a text value (RFC 5545, 3.3.11).
var calendarText = strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`)

// unfoldCalendar joins lines that go on with a blank (RFC 5545, 3.1).
func unfoldCalendar(source string) string {
	return strings.NewReplacer("\n ", "", "\n\t", "").Replace(strings.ReplaceAll(source, "\r\n", "\n"))
}

// calendarTime writes `TZID=America/Lima`, `20260914T093000` as people read it.
func calendarTime(value, params string) string {
	zone := ""
	for param := range strings.SplitSeq(params, ";") {
		if name, ok := strings.CutPrefix(param, "TZID="); ok {
			zone = " (" + strings.Trim(name, `"`) + ")"
		}
	}
	if bare, ok := strings.CutSuffix(value, "Z"); ok {
		value, zone = bare, " (UTC)"
	}
	if at, err := time.Parse("20060102T150405", value); err == nil {
		return at.Format("02/01/2006 15:04") + zone
	}
	if at, err := time.Parse("20060102", value); err == nil {
		return at.Format("02/01/2006")
	}
	return value
}
