package mail

import (
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func FuzzParseKeepsItsPromises(f *testing.F) {
	for _, s := range readSamples(f) {
		f.Add(s.raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		start, allocated := processor(t), allocatedSoFar()
		checkInvariants(t, raw)
		if took, used := processor(t)-start, allocatedSoFar()-allocated; took > 2*time.Second || used > 64<<20+uint64(300*len(raw)) {
			t.Errorf("%d bytes took %v of the processor and %d kB of memory", len(raw), took, used>>10)
		}
	})
}

// allocatedSoFar is the memory that this process ever asked for.
func allocatedSoFar() uint64 {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return memory.TotalAlloc
}

func FuzzHeadersDecodeToOneLine(f *testing.F) {
	for _, seed := range []string{"=?utf-8?Q?a=0D=0Ab?=", "=?utf-8?B?", "=?x?q??=", "=?utf-7?Q?+AG4?=", "\xff\xfe", "Ana <a@b>, =?utf-8?q?=2C?= <c@d>;x:;", `"a\"b" <"x y"@z>`, "attachment; filename*0*=utf-8''%; filename*1=\"x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if text := decodeWords(value); !utf8.ValidString(text) || strings.ContainsAny(text, "\r\n\x00") {
			t.Errorf("%q decodes to %q", value, text)
		}
		list, _ := parseAddresses([]string{value})
		for _, a := range list {
			if !strings.Contains(a.Address, "@") || strings.ContainsAny(a.Address+a.Name, "\r\n\x00") || (strings.ContainsAny(a.Address, " ,;") && a.Address[0] != '"') || strings.ContainsAny(a.Address, "<>") {
				t.Errorf("%q holds %+v", value, a)
			}
		}
		m := parseMedia(value)
		for name, param := range m.params {
			if !utf8.ValidString(param) || strings.ContainsAny(param, "\r\n") {
				t.Errorf("%q: parameter %q is %q", value, name, param)
			}
		}
		if name := safeName(value); !utf8.ValidString(name) || len(name) > maxName || strings.ContainsAny(name, "/\\\r\n\x00") || strings.HasPrefix(name, "..") || name == "." {
			t.Errorf("%q as a name is %q", value, name)
		}
		parseDate(value)
	})
}

func FuzzNewTextLosesNoRequest(f *testing.F) {
	for _, seed := range []string{"a\n> b\n", "El 1/1/2026 a las 9:00, X escribió:\n> a\nb\n> c\n", "-- \nfirma", "De: x\nPara: y\nAsunto: z\n\nq", "Enviado desde mi iPhone", "> solo cita"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = tidy(text)
		got := newTextOf(text, false)
		if strings.TrimSpace(text) != "" && strings.TrimSpace(got) == "" {
			t.Errorf("%q became nothing", text)
		}
		if len(got) > len(text) {
			t.Errorf("%q grew to %q", text, got)
		}
		if forwarded := newTextOf(text, true); strings.TrimSpace(forwarded) != strings.TrimSpace(strings.Trim(text, "\n ")) {
			t.Errorf("a forward of %q became %q", text, forwarded)
		}
	})
}
