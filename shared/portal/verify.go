package portal

import (
	"strconv"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// What the pages say of «que realice la verificación respectiva»: R87, R92.

// stateTag is the tag of a case's state; one that is solved and still to be
// verified is no longer waiting for the desk.
func stateTag(t desk.Ticket) web.Tag {
	if t.Verifying() {
		return web.StateTag(web.Done, flow.StateLabel(t))
	}
	return web.TicketTag(t.State, flow.StateLabel(t))
}

// verificationWords are the facts of the window in which who asked verifies.
func verificationWords(e desk.Event) string {
	switch e := e.(type) {
	case desk.VerificationConfirmed:
		if e.ByClock {
			return "Se dio por verificado: nadie dijo lo contrario en el plazo"
		}
		return "Verificado: quedó solucionado" + ratingWords(e.Rating)
	case desk.VerificationFailed:
		return "No quedó solucionado" + ratingWords(e.Rating)
	default:
		return "Se pidió verificar la solución"
	}
}

func ratingWords(n int) string {
	if n == 0 {
		return ""
	}
	return ", con calificación " + strconv.Itoa(n) + " de 5"
}

// anew is where who asked goes on when their case was rejected, or was verified
// and fails again: a new one, filled in from this and linked to it; nil while
// this one is open or can be reopened.
func (v *visit) anew(t desk.Ticket) *web.Act {
	again := &web.Act{Label: "Vuelve a fallar: registrar una solicitud nueva", Href: with(formOf(t.Service), query("flow", string(t.Flow), "from", string(t.ID)))}
	switch {
	case t.Requester != v.me():
		return nil
	case t.State == desk.Rejected:
		again.Label = "Presentar otra con estos datos"
		return again
	case t.State == desk.Closed && !t.Verifying() && flow.AsksToVerify(t):
		return again
	default:
		return nil
	}
}
