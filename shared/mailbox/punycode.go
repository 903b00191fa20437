package mailbox

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The parameters of punycode: RFC 3492, section 5.
const (
	base        = 36
	tMin        = 1
	tMax        = 26
	skew        = 38
	damp        = 700
	initialBias = 72
	initialN    = 128
	longest     = 63 // bytes of a label
)

// decode reads punycode (RFC 3492, section 6.2): the plain characters up to the
// last hyphen, then where each other one is to be put in.
func decode(encoded string) (string, bool) {
	var out []rune
	if hyphen := strings.LastIndexByte(encoded, '-'); hyphen >= 0 {
		out, encoded = []rune(encoded[:hyphen]), encoded[hyphen+1:]
	}
	if len(encoded) == 0 || len(out)+len(encoded) > longest {
		return "", false
	}
	n, at, bias := initialN, 0, initialBias
	for len(encoded) > 0 {
		before := at
		moved, used, ok := number(encoded, bias)
		if !ok {
			return "", false
		}
		at, encoded = at+moved, encoded[used:]
		size := len(out) + 1
		bias = adapt(at-before, size, before == 0)
		n, at = n+at/size, at%size
		if n > unicode.MaxRune || !utf8.ValidRune(rune(n)) {
			return "", false
		}
		out = append(out[:at], append([]rune{rune(n)}, out[at:]...)...)
		at++
	}
	return string(out), true
}

// number reads one generalised integer; used is its length.
func number(encoded string, bias int) (value, used int, ok bool) {
	weight := 1
	for k := base; used < len(encoded); k += base {
		digit := digitOf(encoded[used])
		if digit < 0 || weight > unicode.MaxRune*longest {
			return 0, 0, false
		}
		used++
		value += digit * weight
		t := min(max(k-bias, tMin), tMax)
		if digit < t {
			return value, used, true
		}
		weight *= base - t
	}
	return 0, 0, false
}

func digitOf(c byte) int {
	switch {
	case c >= 'a' && c <= 'z':
		return int(c - 'a')
	case c >= '0' && c <= '9':
		return int(c-'0') + 26
	}
	return -1
}

// adapt is how large the next integer is expected to be.
func adapt(delta, size int, first bool) int {
	delta /= 2
	if first {
		delta = delta * 2 / damp
	}
	delta += delta / size
	k := 0
	for ; delta > (base-tMin)*tMax/2; k += base {
		delta /= base - tMin
	}
	return k + (base-tMin+1)*delta/(delta+skew)
}
