package notify

import (
	"fmt"
	"time"

	"mesa/shared/desk"
)

// long is a time in a sentence: «martes 15 de setiembre de 2026, 14:05 (hora de
// Lima)».
func long(at time.Time) string {
	return longDay(at) + ", " + at.In(desk.Lima).Format("15:04") + " (hora de Lima)"
}

// longDay is a day in a sentence. Peru writes «setiembre» (CLDR es-PE).
func longDay(at time.Time) string {
	at = at.In(desk.Lima)
	days := [...]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}
	return fmt.Sprintf("%s %d de %s", days[at.Weekday()], at.Day(), monthYear(at))
}

// monthYear is a month in a sentence: «setiembre de 2026».
func monthYear(at time.Time) string {
	at = at.In(desk.Lima)
	months := [...]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "setiembre", "octubre", "noviembre", "diciembre"}
	return fmt.Sprintf("%s de %d", months[at.Month()-1], at.Year())
}

// lasts is a length of time in a sentence: «2 h 30 min».
func lasts(d time.Duration) string {
	days, hours, minutes := int(d/(24*time.Hour)), int(d/time.Hour)%24, int(d/time.Minute)%60
	s := ""
	for _, part := range []struct {
		n    int
		unit string
	}{{days, "d"}, {hours, "h"}, {minutes, "min"}} {
		if part.n == 0 {
			continue
		}
		if s != "" {
			s += " "
		}
		s += fmt.Sprintf("%d %s", part.n, part.unit)
	}
	return s
}
