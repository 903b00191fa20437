package portal

import (
	"crypto/rand"
	"maps"
	"net/url"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/password"
	"mesa/shared/web"
	"mesa/shared/work"
)

// A temporary password passes through the portal once: from the form that support
// fills in, sealed, to the road. It is not among the values that are drawn again
// beside an error, carried over a conflict or kept while somebody signs in.

// readSecret takes out what is sealed before it goes on. It stands apart from the
// other values, which are drawn again, shown beside a conflict or kept for later.
func readSecret(fields []flow.Field, form url.Values) desk.Fields {
	values := desk.Fields{}
	for _, f := range fields {
		if value := form.Get(f.Name); f.Kind == flow.Secret && value != "" {
			values[f.Name] = value
		}
	}
	return values
}

// secretNames are the inputs of all acts that are never kept.
func secretNames() []string {
	var names []string
	for _, row := range flow.Rows() {
		for _, f := range row.Fields {
			if f.Kind == flow.Secret {
				names = append(names, f.Name)
			}
		}
	}
	return names
}

// sendSealed puts what is sealed beside the other inputs and performs the act.
func (v *visit) sendSealed(act desk.Act, secret desk.Fields) error {
	maps.Copy(act.Fields, secret)
	if err := work.SealSecret(v.r.Context(), v.Sealer, &act); err != nil {
		return err
	}
	_, err := v.Road.Perform(v.r.Context(), act)
	return err
}

// drawSecret suggests a password that keeps the rule, on a form not filled in
// yet; on one that comes back it says that the password must be typed again.
func (v *visit) drawSecret(a attempt, fields []web.Field) {
	for i := range fields {
		switch f := &fields[i]; {
		case f.Kind != web.Secret:
		case a.secret[f.Name] != "" && f.Error == "":
			f.Error = "Vuelva a escribir la contraseña: el portal no la guarda."
		case len(v.typed) == 0:
			if suggested, err := password.Generate(rand.Reader); err == nil { // without one the hint is shorter
				f.Hint += " Puede usar esta: " + suggested
			}
		}
	}
}
