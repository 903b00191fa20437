package work

import (
	"context"
	"fmt"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/password"
)

// Sealer encrypts what nobody but one person may read, bound to what it is for
// (desk.SealedFor). Who has a Sealer cannot open what it sealed.
type Sealer interface {
	Seal(ctx context.Context, plain []byte, about map[string]string) ([]byte, error)
}

// SealSecret takes the password out of an act's inputs before the act sets out,
// so that neither rules, records, keys nor logs can ever hold it: it goes on as
// ciphertext in act.Secret. What is wrong with it is desk.Invalid, said without
// repeating it. An act without such an input is left as it is.
func SealSecret(ctx context.Context, sealer Sealer, act *desk.Act) error {
	name := secretField(act.Kind)
	plain := act.Fields[name]
	delete(act.Fields, name)
	if plain == "" || act.Field("medium") == string(desk.ByPhone) { // told by voice: nothing is kept
		return nil
	}
	if wrong := password.Check(plain); wrong != "" {
		return desk.InvalidField(name, wrong)
	}
	for other, value := range act.Fields {
		if strings.Contains(value, plain) {
			return desk.InvalidField(other, "Quite la contraseña de este dato: solo va en su propio recuadro.")
		}
	}
	sealed, err := sealer.Seal(ctx, []byte(plain), desk.SealedFor(act.Ticket, act.Version+1))
	if err != nil {
		return fmt.Errorf("seal the secret of %s: %w", act.Kind, err)
	}
	act.Secret = sealed
	return nil
}

// secretField is the input of an act that is a secret, "" for none.
func secretField(kind desk.ActKind) string {
	for _, row := range flow.Rows() {
		if row.Act != kind {
			continue
		}
		for _, f := range row.Fields {
			if f.Kind == flow.Secret {
				return f.Name
			}
		}
	}
	return ""
}
