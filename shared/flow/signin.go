package flow

import (
	"slices"

	"mesa/shared/desk"
)

// NeedsSignIn tells whether decisions about a service take signing in: link and
// digits of a mail are then not enough, whoever holds them (R9, R66).
func (p Policy) NeedsSignIn(service desk.ServiceID) bool {
	return service != "" && slices.Contains(p.SignIn, service)
}

// signedIn: where the policy asks for it, who decides proved an account of
// their own. It stands on the rows, so that no way in can forget it.
func signedIn() Guard {
	return Guard{Text: "con sesión iniciada, si el servicio lo exige", Clause: "R9",
		Refusal: "Las decisiones sobre este servicio se toman con sesión iniciada: entre a PAU > Aprobaciones.",
		holds: func(t desk.Ticket, f Facts, a desk.Act) bool {
			return !f.Policy.NeedsSignIn(t.Service) || a.Actor.Assurance == desk.AssuredSession || a.Actor.Assurance == desk.AssuredToken
		}}
}
