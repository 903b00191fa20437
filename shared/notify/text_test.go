package notify

import (
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
)

func TestCleanTakesOutWhatCannotBeSeen(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"text stays":                      {"Ñandú, «acta» n.º 5 😀", "Ñandú, «acta» n.º 5 😀"},
		"line ends are one kind":          {"a\r\nb\rc\u2028d", "a\nb\nc\nd"},
		"one blank line is enough":        {"a\n\n\n\n\nb", "a\n\nb"},
		"control characters go":           {"a\x00\x1b[31mb\x7f", "a[31mb"},
		"reordering marks go":             {"factura\u202exslx.exe\u202c", "facturaxslx.exe"},
		"isolates go":                     {"\u2066a\u2069", "a"},
		"invisible spaces go":             {"pa\u200bla\ufeffbra\u00ad", "palabra"},
		"an emoji's joiner stays":         {"👩\u200d💻", "👩\u200d💻"},
		"tabs and hard blanks are blanks": {"a\tb\u00a0c", "a b c"},
		"broken UTF-8 is marked":          {"a\xffb", "a\uFFFDb"},
		"ends are trimmed":                {" \n a \n ", "a"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := clean(tt.in); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestShortenEndsAtAWord(t *testing.T) {
	tests := map[string]struct {
		in    string
		limit int
		want  string
	}{
		"short stays":                   {"hola", 4, "hola"},
		"a word ends near":              {"uno dos tres cuatro", 18, "uno dos tres…"},
		"no word ends near":             {"uno supercalifragilistico", 20, "uno supercalifragil…"},
		"marks before the cut go":       {"uno dos tres, cuatro", 18, "uno dos tres…"},
		"characters count, not bytes":   {"ñññññ", 5, "ñññññ"},
		"characters are cut, not bytes": {"ñññññ", 4, "ñññ…"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := shorten(tt.in, tt.limit); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestUnlinkBreaksAddressesOnly(t *testing.T) {
	for _, address := range []string{"https://evil.example/x", "http://10.0.0.1/a", "www.evil.com", "evil.pe/login", "a@evil.com.pe", "JavaScript:alert(1)", "mailto:x", "data:text/html,x", "tel:+51", "bit.ly/x", "señal.gob.pe", "xn--e.xn--p1ai"} {
		t.Run(address, func(t *testing.T) {
			got := unlink("vea " + address + " ahora")
			if strings.ReplaceAll(got, "\u200b", "") != "vea "+address+" ahora" {
				t.Fatalf("%q: other characters changed", got)
			}
			if strings.Contains(got, "://") || addressLike.MatchString(strings.ReplaceAll(got, ":\u200b", "")) {
				t.Errorf("%q can still become a link", got)
			}
		})
	}
	for _, text := range []string{"acta-05.xlsx", "error en core.dll", "a las 14:05.", "ORA-00942: no existe", "\\\\pases\\02", "v1.2.3", "p. ej. hoy"} {
		t.Run(text, func(t *testing.T) {
			if got := unlink(text); got != text {
				t.Errorf("%q was changed to %q", text, got)
			}
		})
	}
}

func TestDatesAreWrittenInFull(t *testing.T) {
	tests := map[string]struct {
		at   time.Time
		want string
	}{
		"Peru writes setiembre":     {opened, "martes 15 de setiembre de 2026, 14:05 (hora de Lima)"},
		"the day is that of Lima":   {time.Date(2026, 1, 1, 4, 59, 0, 0, time.UTC), "miércoles 31 de diciembre de 2025, 23:59 (hora de Lima)"},
		"a Sunday, early":           {time.Date(2026, 3, 1, 3, 7, 0, 0, desk.Lima), "domingo 1 de marzo de 2026, 03:07 (hora de Lima)"},
		"a Saturday, with accent":   {time.Date(2026, 2, 28, 12, 0, 0, 0, desk.Lima), "sábado 28 de febrero de 2026, 12:00 (hora de Lima)"},
		"the twelfth month, a lune": {time.Date(2026, 12, 7, 12, 0, 0, 0, desk.Lima), "lunes 7 de diciembre de 2026, 12:00 (hora de Lima)"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := long(tt.at); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestStampsAreReadBack(t *testing.T) {
	if got, ok := readStamp(stamp(opened)); !ok || !got.Equal(opened) {
		t.Errorf("%v %v, want %v", got, ok, opened)
	}
	if got, ok := readStamp("15/09/2026 14:05"); !ok || !got.Equal(opened) {
		t.Errorf("as the flow writes it: %v %v, want %v", got, ok, opened)
	}
	if _, ok := readStamp("mañana"); ok || stamp(time.Time{}) != "" {
		t.Error("no time became one")
	}
}

func TestLengthsOfTimeAreShort(t *testing.T) {
	for d, want := range map[time.Duration]string{90 * time.Minute: "1 h 30 min", 45 * time.Minute: "45 min", 26 * time.Hour: "1 d 2 h", 2 * time.Hour: "2 h"} {
		if got := lasts(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

// The hours of a meeting are said whole or not at all.
func TestHoursNeedBothEnds(t *testing.T) {
	for _, test := range []struct{ starts, ends, want string }{
		{"2026-09-17T09:00", "2026-09-17T11:00", "jueves 17 de setiembre de 2026, de 09:00 a 11:00 (hora de Lima)"},
		{"2026-09-17T09:00", "", ""}, {"", "2026-09-17T11:00", ""}, {"mañana", "2026-09-17T11:00", ""}, {"2026-09-17T09:00", "tarde", ""}, {"", "", ""},
	} {
		v := view{mail: desk.Mail{Data: map[string]string{keyStarts: test.starts, keyEnds: test.ends}}}
		if got := v.Hours(); got != test.want {
			t.Errorf("from %q to %q: %q, want %q", test.starts, test.ends, got, test.want)
		}
	}
}
