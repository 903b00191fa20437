package portal

import (
	"strconv"

	"mesa/shared/desk"
)

// targetWords are the facts of a date that came: R37.
func targetWords(e desk.Event) string {
	told, ok := e.(desk.WaitReminded)
	switch {
	case !ok:
		return "La fecha se contó otra vez: cambió el calendario o la meta local"
	case told.Wait != desk.WaitLevel:
		return "Recordatorio por plazo cumplido"
	case told.Step() < desk.WholeTarget:
		return "Aviso: va por el " + strconv.Itoa(told.Step()) + " % de su meta local"
	default:
		return "Recordatorio: se cumplió su meta local"
	}
}
