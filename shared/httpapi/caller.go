package httpapi

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/lambdaio"
)

// createScope is what a machine client's token must carry.
const createScope = "desk/create"

// caller is whom a token speaks for: a person, or another system.
type caller struct {
	person desk.PersonID
	client string // id of a machine client, "" for persons
	scope  string // of idempotency keys: two callers never share one
}

// actor is the caller as the road records it.
func (c caller) actor() desk.Actor {
	if c.client != "" {
		return desk.Actor{Via: c.client, Assurance: desk.AssuredClient}
	}
	return desk.Actor{Person: c.person, Assurance: desk.AssuredToken}
}

// callerOf reads the claims that the gateway's authorizer has verified. The
// authorizer cannot tell an ID token from an access token, so this does.
func (s *server) callerOf(ctx context.Context, allowed access) (caller, error) {
	claims := claimsOf(ctx)
	if claims["sub"] == "" || claims["token_use"] != "access" {
		return caller{}, desk.NewProblem(unauthenticated, "", "Envíe en Authorization un token de acceso vigente (no el de identidad).")
	}
	if id := claims["client_id"]; id != "" && slices.Contains(s.MachineClients, id) {
		return machineCaller(claims, allowed)
	}
	person, err := s.Lists.PersonOfSubject(ctx, claims["iss"], claims["sub"])
	if desk.CodeOf(err) == desk.NotFound {
		return caller{}, desk.NewProblem(desk.Forbidden, "", "Ingrese una vez al portal con esta cuenta: así queda unida a su registro en el directorio.")
	}
	if err != nil {
		return caller{}, fmt.Errorf("person of a token: %w", err)
	}
	return caller{person: person, scope: "api:" + claims["sub"]}, nil
}

// machineCaller is another system: it may create, naming a requester, and
// nothing else, whatever its token says.
func machineCaller(claims map[string]string, allowed access) (caller, error) {
	if allowed != anyone {
		return caller{}, desk.NewProblem(desk.Forbidden, "", "Este cliente solo puede crear tickets.")
	}
	if !slices.Contains(words(claims["scope"]), createScope) {
		return caller{}, desk.NewProblem(desk.Forbidden, "", "El token de este cliente no tiene el permiso %s.", createScope)
	}
	return caller{client: claims["client_id"], scope: "api:" + claims["client_id"]}, nil
}

// claimsOf are the token's claims; none when no authorizer ran.
func claimsOf(ctx context.Context) map[string]string {
	event, _ := lambdaio.EventOf(ctx)
	if a := event.RequestContext.Authorizer; a != nil && a.JWT != nil {
		return a.JWT.Claims
	}
	return nil
}

// words splits a claim that holds a list: the gateway writes arrays as «[a b]»,
// Cognito's scope is «a b».
func words(claim string) []string {
	return strings.Fields(strings.Trim(claim, "[]"))
}
