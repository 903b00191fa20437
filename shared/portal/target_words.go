package portal

import (
	"strconv"

	"mesa/shared/desk"
)

// targetWords are the facts of a date that came: R37.
func targetWords(told desk.WaitReminded) string {
	switch {
	case told.Wait != desk.WaitLevel:
		return "Recordatorio por plazo cumplido"
	case told.Step() < desk.WholeTarget:
		return "Aviso: va por el " + strconv.Itoa(told.Step()) + " % de su meta local"
	default:
		return "Recordatorio: se cumplió su meta local"
	}
}
