package mailbox

import (
	"strings"
	"testing"

	"golang.org/x/net/idna"
	"pgregory.net/rapid"
)

func TestOneMailboxHasOneCanonicalForm(t *testing.T) {
	tests := map[string]struct{ address, want string }{
		"lower case":                             {"Ana.Ejemplo@QW.gob.pe", "ana.ejemplo@qw.gob.pe"},
		"without plus suffix":                    {"ana+pau@qw.gob.pe", "ana@qw.gob.pe"},
		"without a longer suffix":                {"ana+pau+2026@qw.gob.pe", "ana@qw.gob.pe"},
		"a leading plus is a name":               {"+ana@qw.gob.pe", "+ana@qw.gob.pe"},
		"a plus in the domain stays":             {"ana@qw+x.gob.pe", "ana@qw+x.gob.pe"},
		"without brackets and blanks":            {"  <ana@qw.gob.pe>\t", "ana@qw.gob.pe"},
		"without the root's dot":                 {"ana@qw.gob.pe.", "ana@qw.gob.pe"},
		"dots of the name stay":                  {"a.n.a@qw.gob.pe", "a.n.a@qw.gob.pe"},
		"the last at sign divides":               {`"a@b+c"@qw.gob.pe`, `"a@b@qw.gob.pe`},
		"what is no address is lowered":          {"ANA", "ana"},
		"nothing":                                {"", ""},
		"an encoded domain is read":              {"ana@xn--and-6ma2c.example", "ana@ñandú.example"},
		"encoded in capitals":                    {"ANA@XN--AND-6MA2C.EXAMPLE", "ana@ñandú.example"},
		"the same as people write it":            {"Ana@ÑANDÚ.example", "ana@ñandú.example"},
		"only some labels are encoded":           {"ana@correo.xn--and-6ma2c.gob.pe", "ana@correo.ñandú.gob.pe"},
		"a local part with accents":              {"JOSÉ@qw.gob.pe", "josé@qw.gob.pe"},
		"the Kelvin sign is no k":                {"\u212aaren@qw.gob.pe", "\u212aaren@qw.gob.pe"},
		"a full-width letter is no ASCII letter": {"ana@ｑｗ.gob.pe", "ana@ｑｗ.gob.pe"},
		"hidden capitals stay encoded":           {"ana@xn--and-jja2s.example", "ana@xn--and-jja2s.example"},
		"hidden ASCII stays encoded":             {"ana@xn--qw-.gob.pe", "ana@xn--qw-.gob.pe"},
		"nothing encoded":                        {"ana@xn--.gob.pe", "ana@xn--.gob.pe"},
		"no punycode":                            {"ana@xn--ñ.gob.pe", "ana@xn--ñ.gob.pe"},
		"punycode cut short":                     {"ana@xn--and-6m.example", "ana@xn--and-6m.example"},
		"beyond Unicode":                         {"ana@xn--99999999.pe", "ana@xn--99999999.pe"},
		"longer than a label":                    {"ana@xn--" + strings.Repeat("a", 80) + "-6ma2c.pe", "ana@xn--" + strings.Repeat("a", 80) + "-6ma2c.pe"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := Canonical(tt.address)
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if again := Canonical(got); again != got {
				t.Errorf("not stable: %q becomes %q", got, again)
			}
		})
	}
}

// The decoder agrees with the reference implementation, which the functions do
// without: its tables are as large as a function's own code.
func TestDomainsReadAsTheNameServiceEncodesThem(t *testing.T) {
	letter := rapid.SampledFrom([]rune("abcdefghijklmnopqrstuvwxyz0123456789ñáéíóúüçøжщ語文山ελ"))
	rapid.Check(t, func(rt *rapid.T) {
		label := string(rapid.SliceOfN(letter, 1, 20).Draw(rt, "label"))
		encoded, err := idna.Punycode.ToASCII(label)
		if err != nil {
			rt.Skip(err)
		}
		if got := Domain(encoded + ".PE"); got != label+".pe" {
			rt.Fatalf("%s reads as %s, want %s", encoded, got, label)
		}
	})
}

func TestAnyTextHasAStableForm(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		address := rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-z+.]{0,5}@(xn--)?[a-z0-9-]{0,12}\.pe`)).Draw(rt, "address")
		if once := Canonical(address); Canonical(once) != once {
			rt.Fatalf("%q becomes %q, then %q", address, once, Canonical(once))
		}
	})
}
