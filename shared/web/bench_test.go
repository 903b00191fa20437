package web

import (
	"net/http/httptest"
	"testing"
)

// BenchmarkNew is what a cold start pays before the first page.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		MustNew(b)
	}
}

// BenchmarkRender is one warm page of each of the heavy kinds.
func BenchmarkRender(b *testing.B) {
	pages := MustNew(b)
	for name, page := range map[string]Page{"ticket": staffTicket(), "queue": queue(), "decision": decisionPage(true, DecisionInput{}), "register": register()} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := pages.Render(httptest.NewRecorder(), staff("/"), page); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
