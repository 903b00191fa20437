package directory

import (
	"slices"
	"testing"

	"mesa/shared/desk"
)

func TestSearchFindsTheService(t *testing.T) {
	tests := map[string]struct {
		query string
		want  desk.ServiceID // first
	}{
		"by its name":                             {"zimbra", "email-zimbra"},
		"without accents":                         {"BIOMETRICO", "hardware-biometrics"},
		"by a synonym":                            {"tramitedoc", "access-sgd"},
		"by the beginning of a word":              {"impre", "hardware-printers"},
		"by three letters":                        {"imp", "hardware-printers"},
		"by a plural with e":                      {"monitores", "hardware-computers"},
		"by two letters that are a word":          {"pc", "hardware-computers"},
		"by the plural":                           {"impresoras", "hardware-printers"},
		"by a phrase of a synonym":                {"mi equipo no enciende", "hardware-computers"},
		"from the subject of a mail":              {"no abre el SIGO", "apps-sigo"},
		"from a sentence with a word of the type": {"avería de impresora en la oficina", "hardware-printers"},
		"videoconferences":                        {"videoconferencia por zoom", "meetings"},
		"an operation alone":                      {"formateo", "hardware-servers-storage"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := First().Search(tt.query)
			if len(got) == 0 || got[0].ID != tt.want {
				t.Errorf("%q finds %v first, want %s", tt.query, ids(got), tt.want)
			}
		})
	}
}

func TestSearchFindsBothServicesOfASystem(t *testing.T) {
	got := ids(First().Search("sgd"))
	if !slices.Contains(got, "access-sgd") || !slices.Contains(got, "apps-sgd") {
		t.Errorf("got %v", got)
	}
}

func TestSearchFindsNothing(t *testing.T) {
	for name, query := range map[string]string{
		"for nothing":               "",
		"for words in every phrase": "no se por que la de los",
		"for single letters":        "a b c",
		"for what nobody offers":    "vehículos",
		"for signs":                 "¿?¡! -- //",
	} {
		t.Run(name, func(t *testing.T) {
			if got := First().Search(query); len(got) > 0 {
				t.Errorf("%q finds %v", query, ids(got))
			}
		})
	}
}

func ids(services []Service) []desk.ServiceID {
	var list []desk.ServiceID
	for _, s := range services {
		list = append(list, s.ID)
	}
	return list
}
