package web

import (
	"net/http/httptest"
	"testing"

	"golang.org/x/net/html"
)

// Budgets of portal.md, rule 14, in bytes.
const (
	pageBudget  = 15_000 // HTML, compressed
	sheetBudget = 8_000  // CSS, compressed
	linkBudget  = 15_000 // a signed link's page in all: HTML as it is sent, CSS compressed
)

func TestPagesKeepTheirBudget(t *testing.T) {
	sheet := len(MustNew(t).assets.sheet.smaller())
	if sheet > sheetBudget {
		t.Errorf("style sheet: %d bytes compressed, budget %d", sheet, sheetBudget)
	}
	eachSample(t, func(t *testing.T, s sample, w *httptest.ResponseRecorder, _ *html.Node) {
		if got := len(compress(w.Body.Bytes())); got > pageBudget {
			t.Errorf("page: %d bytes compressed, budget %d", got, pageBudget)
		}
		if got := w.Body.Len() + sheet; s.page.head().bare && got > linkBudget {
			t.Errorf("signed link's page: %d bytes in all, budget %d", got, linkBudget)
		}
	})
}

func TestQueueOf25RowsKeepsItsBudget(t *testing.T) {
	q := queue()
	for len(q.Rows) < 25 {
		q.Rows = append(q.Rows, q.Rows[len(q.Rows)%4])
	}
	w, _ := render(t, MustNew(t), staff("/queue"), q)
	if got := len(compress(w.Body.Bytes())); got > pageBudget {
		t.Errorf("queue: %d bytes compressed, budget %d", got, pageBudget)
	}
}
