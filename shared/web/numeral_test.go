package web

import "testing"

// A clause leads to its sentence; what is no number of the norm leads nowhere.
func TestNumeralHrefLeadsToClausesOnly(t *testing.T) {
	for number, want := range map[string]string{
		"8.1.6": "/procedure/text#numeral-8-1-6", "7.9": "/procedure/text#numeral-7-9", "7.0": "/procedure/text#numeral-7-0", "8": "", "8.": "", "": "",
		"R87": "", "8.1.4 a": "", "VIII": "", "8/1": "", "8:1": "", "8-1": "",
	} {
		if got := NumeralHref(number); got != want {
			t.Errorf("%q leads to %q, want %q", number, got, want)
		}
	}
}
