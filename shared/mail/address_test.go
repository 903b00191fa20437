package mail

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseAddresses(t *testing.T) {
	ana := Address{"Ana", "ana@qw.gob.pe"}
	bare := Address{"", "ana@qw.gob.pe"}
	beto := Address{"", "beto@qw.gob.pe"}
	tests := map[string]struct {
		value string
		want  []Address
	}{
		"bare":                        {"ana@qw.gob.pe", []Address{bare}},
		"in brackets":                 {"<ana@qw.gob.pe>", []Address{bare}},
		"with a name":                 {"Ana <ana@qw.gob.pe>", []Address{ana}},
		"with a quoted name":          {`"Ana" <ana@qw.gob.pe>`, []Address{ana}},
		"in Outlook's single quotes":  {`"'Ana'" <ana@qw.gob.pe>`, []Address{ana}},
		"comma within a word":         {"=?utf-8?Q?Rojas,_Ana?= <ana@qw.gob.pe>, beto@qw.gob.pe", []Address{{"Rojas, Ana", "ana@qw.gob.pe"}, beto}},
		"colon within a word":         {"=?utf-8?Q?UTI:_Ana?= <ana@qw.gob.pe>", []Address{{"UTI: Ana", "ana@qw.gob.pe"}}},
		"quote within a word":         {`=?utf-8?Q?Ana_"La?= <ana@qw.gob.pe>, beto@qw.gob.pe`, []Address{{`Ana "La`, "ana@qw.gob.pe"}, beto}},
		"word that never ends":        {"=?utf-8?Q?Ana, beto@qw.gob.pe", []Address{beto}},
		"with a comment":              {"ana@qw.gob.pe (Ana)", []Address{ana}},
		"comment after the brackets":  {"<ana@qw.gob.pe> (Ana)", []Address{ana}},
		"name without brackets":       {"Ana ana@qw.gob.pe", []Address{ana}},
		"two":                         {"Ana <ana@qw.gob.pe>, beto@qw.gob.pe", []Address{ana, beto}},
		"two by semicolon":            {"ana@qw.gob.pe; beto@qw.gob.pe;", []Address{bare, beto}},
		"comma in quotes":             {`"Ejemplo, Ana" <ana@qw.gob.pe>`, []Address{{"Ejemplo, Ana", "ana@qw.gob.pe"}}},
		"comma in a bare name":        {"Ejemplo, Ana <ana@qw.gob.pe>, beto@qw.gob.pe", []Address{{"Ejemplo, Ana", "ana@qw.gob.pe"}, beto}},
		"encoded name":                {"=?utf-8?Q?=C3=91a=C3=B1a?= <ana@qw.gob.pe>", []Address{{"Ñaña", "ana@qw.gob.pe"}}},
		"encoded name with a comma":   {"=?utf-8?Q?Ejemplo=2C_Ana?= <ana@qw.gob.pe>", []Address{{"Ejemplo, Ana", "ana@qw.gob.pe"}}},
		"encoded name in quotes":      {`"=?utf-8?B?w5FhbmE=?=" <ana@qw.gob.pe>`, []Address{{"Ñana", "ana@qw.gob.pe"}}},
		"all of it encoded":           {"=?utf-8?Q?Ana_<ana@qw.gob.pe>?=", []Address{ana}},
		"eight-bit name":              {"\xd1a\xf1a <ana@qw.gob.pe>", []Address{{"Ñaña", "ana@qw.gob.pe"}}},
		"escaped quotes":              {`"Ana \"la\" jefa" <ana@qw.gob.pe>`, []Address{{`Ana "la" jefa`, "ana@qw.gob.pe"}}},
		"quote that never closes":     {`"Ana <ana@qw.gob.pe>`, []Address{ana}},
		"group":                       {"Mesas: ana@qw.gob.pe, <beto@qw.gob.pe>;", []Address{bare, beto}},
		"empty group":                 {"undisclosed-recipients:;", nil},
		"mailto":                      {"<mailto:ana@qw.gob.pe>", []Address{bare}},
		"as Outlook quotes it":        {"Ana [mailto:ana@qw.gob.pe]", []Address{ana}},
		"domain literal":              {"ana@[192.0.2.1]", []Address{{"", "ana@[192.0.2.1]"}}},
		"blank within brackets":       {"Ana < ana@qw.gob.pe >", []Address{ana}},
		"address as the name":         {`"ana@qw.gob.pe" <ana@qw.gob.pe>`, []Address{{"ana@qw.gob.pe", "ana@qw.gob.pe"}}},
		"another address as the name": {`"jefa@qw.gob.pe" <ana@qw.gob.pe>`, []Address{{"jefa@qw.gob.pe", "ana@qw.gob.pe"}}},
		"name in brackets before":     {"<Ana> ana@qw.gob.pe", []Address{bare}},
		"two at signs are none":       {"ana@qw@gob.pe", nil},
		"no domain":                   {"ana@", nil},
		"no local part":               {"@qw.gob.pe", nil},
		"only a name":                 {"Ana", nil},
		"null":                        {"<>", nil},
		"injection stays out":         {"ana@qw.gob.pe\r\nBcc: x@y", []Address{{"ana@qw.gob.pe Bcc:", "x@y"}}},
		"empty":                       {"", nil},
		"case of the address stays":   {"Ana@QW.gob.pe", []Address{{"", "Ana@QW.gob.pe"}}},
		"comment in the local part":   {"Ana <ana(casa)@qw.gob.pe>", []Address{ana}},
		"comment in the domain":       {"ana@qw(sede (central)).gob.pe", []Address{bare}},
		"comment without brackets":    {"ana(casa)@qw.gob.pe", []Address{bare}},
		"comment that never closes":   {"Ana (UTI <ana@qw.gob.pe>", []Address{{"Ana (UTI", "ana@qw.gob.pe"}}},
		"name in several quotes":      {`"Ejemplo" "Ana" <ana@qw.gob.pe>`, []Address{{"Ejemplo Ana", "ana@qw.gob.pe"}}},
		"name half in quotes":         {`"Ana M." Ejemplo <ana@qw.gob.pe>`, []Address{{"Ana M. Ejemplo", "ana@qw.gob.pe"}}},
		"name with a colon":           {"UTI: Ana <ana@qw.gob.pe>", []Address{{"UTI: Ana", "ana@qw.gob.pe"}}},
		"name with a smile":           {"Ana :) <ana@qw.gob.pe>, beto@qw.gob.pe", []Address{{"Ana :)", "ana@qw.gob.pe"}, beto}},
		"international domain":        {"ana@ñaña.pe", []Address{{"", "ana@ñaña.pe"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, cut := parseAddresses([]string{tt.value})
			if diff := cmp.Diff(tt.want, got); diff != "" || cut {
				t.Errorf("%s cut %t", diff, cut)
			}
		})
	}
}

func TestAddressesAreComparedAsMailSystemsDo(t *testing.T) {
	a := Address{Address: "Ana.Ejemplo+PAU@QW.gob.pe"}
	if !a.Is(" ana.ejemplo+pau@qw.gob.pe") || a.Is("ana.ejemplo@qw.gob.pe") || (Address{}).Is("") {
		t.Error("Is compares wrongly")
	}
	if a.Base() != "ana.ejemplo@qw.gob.pe" || a.Domain() != "qw.gob.pe" {
		t.Errorf("base %s, domain %s", a.Base(), a.Domain())
	}
	for address, want := range map[string]string{"+x@y": "+x@y", "nadie": "nadie", "": ""} {
		if got := (Address{Address: address}).Base(); got != want {
			t.Errorf("%q: base %q", address, got)
		}
	}
	if got := (Address{Address: "nadie"}).Domain(); got != "" {
		t.Errorf("domain %q", got)
	}
}
