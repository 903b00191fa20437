package portal

import (
	"fmt"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
	"mesa/shared/work"
)

// Notices of interruption as the page of a case shows them (8.1.7, R76, R77).

// systemOf is the case's own system, if the directory lists it.
func systemOf(view work.View) (flow.System, bool) {
	for _, s := range view.Facts.Systems {
		if s.ID == view.Ticket.Service {
			return s, true
		}
	}
	return flow.System{}, false
}

// noticePreview says beforehand how many people a notice goes to.
func noticePreview(view work.View) []web.Datum {
	s, listed := systemOf(view)
	switch {
	case !listed:
		return nil
	case s.Users == 0:
		return []web.Datum{{Label: "Se enviará a", Value: "Nadie: el " + s.Name + " no tiene lista de usuarias/os. Agréguela antes de avisar."}}
	default:
		return []web.Datum{{Label: "Se enviará a", Value: fmt.Sprintf("%d personas de la lista del %s", s.Users, s.Name)}}
	}
}

// outageData are the notices that stand, each with how far it was sent.
func outageData(view work.View) []web.Datum {
	var list []web.Datum
	for _, o := range view.Facts.Outages {
		list = append(list, web.Datum{Label: "Aviso de interrupción", Value: o.Name + ", " + web.Stamp(o.StartsAt) + " a " + web.Stamp(o.EndsAt),
			Note: fmt.Sprintf("enviado a %d de %d", o.Accepted, o.Users)})
	}
	return list
}

// outageWords are the facts of an interruption.
func outageWords(e desk.Event) string {
	switch e := e.(type) {
	case desk.ServiceInterrupted:
		return "El servicio se detuvo: " + web.Stamp(e.From) + " a " + web.Stamp(e.Until)
	case desk.RestorationAnnounced:
		if e.Stopped {
			return "Se comunicó el restablecimiento a las/los usuarias/os del sistema"
		}
		return "Se comunicó que la interrupción no fue necesaria"
	default:
		return ""
	}
}
