package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
)

// The kinds of malformed and odd bodies of JSONTestSuite, and what is too much.
// Nothing here is ever a 5xx: F40.
func TestJSONThatIsNotAnObjectOfTheContract(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	const bad, large = http.StatusBadRequest, http.StatusRequestEntityTooLarge
	tests := []struct {
		name, body string
		want       int
	}{
		{"an array", `[]`, bad}, {"a string", `"x"`, bad}, {"a number", `1`, bad}, {"null", `null`, bad}, {"true", `true`, bad},
		{"only blanks", "  \n", bad}, {"cut in an object", `{"a":`, bad}, {"cut in a string", `{"a":"`, bad}, {"cut after a backslash", `{"a":"\`, bad},
		{"a comma too many", `{"a":"b",}`, bad}, {"two commas", `{"a":"b",,"c":"d"}`, bad}, {"no colon", `{"a" "b"}`, bad}, {"two colons", `{"a"::"b"}`, bad},
		{"no key", `{:"b"}`, bad}, {"a key without quotes", `{a:"b"}`, bad}, {"single quotes", `{'a':'b'}`, bad}, {"a comment", `{"a":"b"/**/}`, bad},
		{"something after", `{} {}`, bad}, {"a bracket after", `{}]`, bad}, {"a brace unopened", `}`, bad}, {"brackets crossed", `{"a":[}]`, bad},
		{"NaN", `{"a":NaN}`, bad}, {"Infinity", `{"a":-Infinity}`, bad}, {"hexadecimal", `{"a":0x1}`, bad}, {"a leading zero", `{"a":01}`, bad},
		{"a leading plus", `{"a":+1}`, bad}, {"a point without digits", `{"a":1.}`, bad}, {"an exponent without digits", `{"a":1e}`, bad},
		{"True of another language", `{"a":True}`, bad}, {"a word", `{"a":nul}`, bad},
		{"a raw tab in a string", "{\"a\":\"\t\"}", bad}, {"a raw line end in a string", "{\"a\":\"\n\"}", bad}, {"a raw NUL", "{\"a\":\"\x00\"}", bad},
		{"an escape that is none", `{"a":"\x41"}`, bad}, {"half a unicode escape", `{"a":"\u00"}`, bad}, {"a surrogate alone", `{"service":"\ud800"}`, bad},
		{"UTF-8 cut short", "{\"a\":\"\xc3\"}", bad}, {"UTF-8 overlong", "{\"a\":\"\xc0\xaf\"}", bad}, {"UTF-16", "\xff\xfe{\x00}\x00", bad}, {"a byte order mark", "\xef\xbb\xbf{}", bad},
		{"a form feed between", "{\f}", bad}, {"a no-break space between", "{\u00a0}", bad},
		{"a key twice", `{"subject":"a","subject":"b"}`, bad}, {"a key twice, once escaped", `{"subject":"a","\u0073ubject":"b"}`, bad}, {"a key twice below", `{"fields":{"x":1,"x":2}}`, bad},
		{"an empty key", `{"":"x"}`, bad}, {"a number of 10,000 digits", `{"service":` + strings.Repeat("9", 10_000) + `}`, bad}, {"an enormous exponent", `{"service":1e999999999}`, bad},
		{"other letter case", `{"Service":"apps-antivirus","SUBJECT":"x","description":"x"}`, bad}, {"a prototype", `{"__proto__":{"x":1}}`, bad},
		{"nine levels", deep(9), large}, {"100,000 levels", deep(100_000), large}, {"100,000 levels never closed", strings.Repeat(`{"a":`, 40_000), large},
		{"brackets in a string are no levels", `{"service":"` + strings.Repeat("[", 100) + `","subject":"\"[[[[[[[[[[","description":"x"}`, bad},
		{"more than 256 KiB", `{"subject":"` + strings.Repeat("x", 256<<10) + `"}`, large}, {"6 MB", `{"subject":"` + strings.Repeat("x", 6<<20) + `"}`, large},
		{"many members", `{` + strings.Repeat(`"a":1,`, 10_000) + `"b":1}`, bad},
	}
	f := newFixture(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, q := range []request{
				{method: "POST", target: "/v1/tickets", who: requester, body: test.body, header: map[string]string{"Idempotency-Key": "k"}},
				{method: "POST", target: "/v1/tickets/2026-000001/acts", who: requester, body: test.body},
			} {
				r := f.do(t, q)
				if p := problemIn(t, r); r.status != test.want || p.Detail == "" {
					t.Errorf("%s: %d %.200s, want %d", q.target, r.status, r.body, test.want)
				}
				if len(r.body) > 64<<10 {
					t.Errorf("%s: the answer to a bad body is %d bytes long", q.target, len(r.body))
				}
			}
		})
	}
}

func TestBodyOfAnotherTypeIsRefused(t *testing.T) {
	f := newFixture(t)
	for _, media := range []string{"", "text/plain", "application/x-www-form-urlencoded", "application/json-patch+json", "application/json;;", "multipart/form-data; boundary=x"} {
		r := f.do(t, request{method: "POST", target: "/v1/tickets", who: requester, body: form85, header: map[string]string{"Idempotency-Key": "k", "Content-Type": media}})
		if r.status != http.StatusUnsupportedMediaType {
			t.Errorf("%q: %d %s", media, r.status, r.body)
		}
	}
	r := f.do(t, request{method: "POST", target: "/v1/tickets", who: requester, body: form85, header: map[string]string{"Idempotency-Key": "k", "Content-Type": "application/json; charset=UTF-8"}})
	if r.status != http.StatusCreated {
		t.Errorf("JSON with a charset: %d %s", r.status, r.body)
	}
}

// FuzzBody: whatever bytes come, the answer is JSON and never a 5xx.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{form85, `{}`, `{"act":"comment","fields":{"message":"x"}}`, `[[[[[[[[[[`, `{"a":"\ud800"}`, "\xff"} {
		f.Add(seed)
	}
	desk := newFixture(f)
	desk.mustOpen(f, requester, "first", form85)
	f.Fuzz(func(t *testing.T, body string) {
		for _, target := range []string{"/v1/tickets", "/v1/tickets/2026-000001/acts"} {
			r := desk.raw(t, request{method: "POST", target: target, who: requester, body: body, header: map[string]string{"Idempotency-Key": "k", "Content-Type": "application/json"}})
			var answer map[string]any
			r.into(t, &answer)
			if r.status >= 500 {
				t.Errorf("%s: %d %s", target, r.status, r.body)
			}
		}
	})
}
