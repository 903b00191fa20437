package notify

import (
	"time"

	"mesa/shared/desk"
)

// asked is the sample's month: the specialist is to sign.
func asked() SignOffAsked {
	return SignOffAsked{Sede: "UT-EJEMPLO", SedeName: "UT Ejemplo", Month: time.Date(2026, 9, 1, 0, 0, 0, 0, desk.Lima), Rows: 37,
		As: "especialista informático", Last: 3}
}

// signOffMail is what package register writes when a month has ended, and to the
// head when the specialist has signed; that one is a reminder.
func signOffMail(head bool) desk.Mail {
	a, at := asked(), time.Date(2026, 10, 1, 8, 30, 0, 0, desk.Lima)
	to, name, person := "specialist@qw.gob.pe", "Especialista de ejemplo", desk.PersonID("specialist")
	if head {
		a.As, a.FirstBy, a.FirstAt, a.Reminder, a.Instead = "jefa/e de la UT Ejemplo", "Especialista de ejemplo", at.Add(42*time.Minute), 2, "Jefatura de ejemplo"
		at = at.AddDate(0, 0, 15)
		to, name, person = "deputy@qw.gob.pe", "Suplente de ejemplo", "deputy"
	}
	m := SignOff(a, at)
	m.To, m.Name, m.Person = to, name, person
	return m
}

// reopenedMail asks the specialist again, with the reason.
func reopenedMail() desk.Mail {
	a := asked()
	a.Reopened, a.Reason = "Jefatura de ejemplo", "La fila 7 dice otra impresora."
	m := SignOff(a, time.Date(2026, 10, 6, 11, 0, 0, 0, desk.Lima))
	m.To, m.Name, m.Person = "specialist@qw.gob.pe", "Especialista de ejemplo", "specialist"
	return m
}

func signOffNotes() map[string]string {
	return map[string]string{
		"sign-off-head":     "la/el especialista ya dio su V°B°; segundo recordatorio, a quien suple a la jefatura",
		"sign-off-reopened": "el mes se reabrió y se pide otra vez",
	}
}
