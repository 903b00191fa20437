package directory

import (
	"slices"
	"testing"
	"time"

	"mesa/shared/desk"
)

// versions are three catalogues: 02 merges two services into a new one and drops
// a third, 03 replaces the new one again.
func versions() Catalogues {
	second, third := First(), First()
	drop := func(c *Catalogue, ids ...desk.ServiceID) {
		c.Services = slices.DeleteFunc(c.Services, func(s Service) bool { return slices.Contains(ids, s.ID) })
	}
	second.Version, second.Effective = "02", day(time.September, 1)
	drop(&second, "email-zimbra", "email-office-365", "apps-onpe")
	second.Services = append(second.Services, Service{ID: "email", Type: "Correo electrónico", Name: "Correo", Operations: []string{"Alta"}, Flow: "8.7", Kind: desk.Requirement,
		Replaces: []desk.ServiceID{"email-zimbra", "email-office-365"}})
	third.Version, third.Effective = "03", day(time.October, 1)
	drop(&third, "email-zimbra", "email-office-365", "apps-onpe")
	third.Services = append(third.Services, Service{ID: "mailbox", Type: "Correo electrónico", Name: "Buzón", Operations: []string{"Alta"}, Flow: "8.7", Kind: desk.Requirement,
		Replaces: []desk.ServiceID{"email"}})
	return Catalogues{third, second}
}

func TestAWithdrawnServiceLeadsToItsSuccessor(t *testing.T) {
	tests := map[string]struct {
		service   desk.ServiceID
		at        time.Time
		next      desk.ServiceID
		withdrawn bool
	}{
		"offered still":                     {"email-zimbra", noon(time.August, 31), "", false},
		"replaced":                          {"email-zimbra", noon(time.September, 1), "email", true},
		"merged with another":               {"email-office-365", noon(time.September, 30), "email", true},
		"replaced twice, to the last":       {"email-zimbra", noon(time.October, 1), "mailbox", true},
		"the one between":                   {"email", noon(time.October, 2), "mailbox", true},
		"not before it was offered":         {"email", noon(time.August, 1), "", false},
		"without a successor":               {"apps-onpe", noon(time.September, 15), "", true},
		"never offered is not withdrawn":    {"none", noon(time.October, 2), "", false},
		"what is to come is not withdrawn":  {"mailbox", noon(time.September, 15), "", false},
		"what stays is not withdrawn":       {"apps-sigo", noon(time.October, 2), "", false},
		"its successor in force is offered": {"mailbox", noon(time.October, 2), "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			next, withdrawn := versions().Withdrawn(tt.service, tt.at)
			if next.ID != tt.next || withdrawn != tt.withdrawn {
				t.Errorf("got %q, %v; want %q, %v", next.ID, withdrawn, tt.next, tt.withdrawn)
			}
		})
	}
}

func TestAtFallsBackOnTheNorm(t *testing.T) {
	for at, want := range map[time.Time]string{noon(time.August, 31): "01", noon(time.September, 1): "02", noon(time.October, 1): "03"} {
		if got := versions().At(at).Version; got != want {
			t.Errorf("on %v version %s is offered, want %s", at, got, want)
		}
	}
}

// A service that came back and was replaced anew leads to its last successor.
func TestTheNewestReplacementCounts(t *testing.T) {
	version := func(code string, month time.Month, services ...Service) Catalogue {
		return Catalogue{Version: code, Effective: day(month, 1), Services: services}
	}
	cs := Catalogues{version("02", time.February, Service{ID: "b", Replaces: []desk.ServiceID{"a"}}), version("03", time.March, Service{ID: "a", Replaces: []desk.ServiceID{"b"}}),
		version("04", time.April, Service{ID: "c", Replaces: []desk.ServiceID{"a"}})}
	for id, want := range map[desk.ServiceID]desk.ServiceID{"a": "c", "b": "c"} {
		if next, withdrawn := cs.Withdrawn(id, noon(time.May, 1)); next.ID != want || !withdrawn {
			t.Errorf("%s leads to %q, %v; want %q", id, next.ID, withdrawn, want)
		}
	}
	ring := append(cs, version("05", time.June, Service{ID: "d"}))
	if next, withdrawn := ring.Withdrawn("a", noon(time.July, 1)); next.ID != "" || !withdrawn {
		t.Errorf("in a ring a leads to %q, %v", next.ID, withdrawn)
	}
}

// What First returns is the caller's own: changing it changes nobody else's.
func TestFirstIsACopy(t *testing.T) {
	mine := First()
	mine.Services[0].Name = "Otro"
	if First().Services[0].Name != "Red" {
		t.Error("the norm's catalogue changed")
	}
}
