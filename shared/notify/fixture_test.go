package notify

import (
	"strings"
	"testing"

	"mesa/shared/desk"
)

// opened and now are the hours of the samples.
var opened, now = openedAt(), actedAt()

func mustSeal(t testing.TB, s sample) desk.Mail {
	t.Helper()
	m, err := s.sealed()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func mustRender(t testing.TB, m desk.Mail, e Env) Rendered {
	t.Helper()
	if page, _, ok := LinkFor(m); ok {
		e.Link = strings.Replace(e.Link, "/approvals/", "/"+string(page)+"/", 1)
	}
	r, err := Render(m, e)
	if err != nil {
		t.Fatalf("%s: %v", m.Message, err)
	}
	return r
}

func mustSample(t testing.TB, name string) sample {
	t.Helper()
	for _, s := range samples() {
		if s.name == name {
			return s
		}
	}
	t.Fatalf("no sample %q", name)
	return sample{}
}

func (r Rendered) header(name string) string {
	for _, h := range r.Headers {
		if strings.EqualFold(h.Name, name) {
			return h.Value
		}
	}
	return ""
}
