package work_test

import (
	"errors"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/work"
)

func delivery(fields ...string) desk.Act {
	act := desk.Act{Kind: desk.ActDeliverCredential, Ticket: "01J8", Version: 6, Fields: desk.Fields{"system": "SIGA", "account": "u.ejemplo", "medium": "mail", "password": desktest.Password}}
	for i := 0; i+1 < len(fields); i += 2 {
		act.Fields[fields[i]] = fields[i+1]
	}
	return act
}

// The password leaves the fields, whatever becomes of the act.
func TestSealSecret(t *testing.T) {
	tests := []struct {
		name   string
		act    desk.Act
		sealed bool
		field  string // that is wrong
	}{
		{"sealed for the delivery it will be", delivery(), true, ""},
		{"told by telephone: not kept", delivery("medium", "phone"), false, ""},
		{"none typed", delivery("password", ""), false, ""},
		{"against the rule", delivery("password", "corta"), false, "password"},
		{"with a space", delivery("password", "Clave -ab12"), false, "password"},
		{"written again where it would be kept", delivery("call", "su clave es "+desktest.Password), false, "call"},
		{"an act without a secret", desk.Act{Kind: desk.ActNote, Fields: desk.Fields{"message": "x", "password": "x"}}, false, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			act := test.act
			err := work.SealSecret(t.Context(), desktest.Seal{}, &act)
			p, _ := errors.AsType[*desk.Problem](err)
			switch {
			case test.field == "" && err != nil:
				t.Fatal(err)
			case test.field != "" && (p == nil || p.Fields[0].Field != test.field || strings.Contains(err.Error()+p.Fields[0].Text, test.act.Fields["password"]+"!")):
				t.Errorf("problem %v, want one of %s", err, test.field)
			}
			if test.act.Kind == desk.ActDeliverCredential && act.Fields["password"] != "" {
				t.Error("the password is still among the fields")
			}
			if (len(act.Secret) > 0) != test.sealed || strings.Contains(string(act.Secret), desktest.Password) {
				t.Errorf("sealed %q", act.Secret)
			}
			if !test.sealed {
				return
			}
			if plain, err := (desktest.Seal{}).Open(t.Context(), act.Secret, desk.SealedFor("01J8", 7)); err != nil || string(plain) != desktest.Password {
				t.Errorf("opens as %q, %v", plain, err)
			}
			for _, about := range []map[string]string{desk.SealedFor("01J8", 6), desk.SealedFor("01J9", 7)} {
				if _, err := (desktest.Seal{}).Open(t.Context(), act.Secret, about); err == nil {
					t.Errorf("opens for %v too", about)
				}
			}
		})
	}
	act := delivery()
	if err := work.SealSecret(t.Context(), desktest.Seal{Err: errors.New("away")}, &act); err == nil || desk.CodeOf(err) != "" || strings.Contains(err.Error(), desktest.Password) || len(act.Secret) > 0 {
		t.Errorf("a key service that is away: %v, secret %q", err, act.Secret)
	}
}
