package edition_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/edition"
	"mesa/shared/work"
)

// draft is a good edition, from the first of October on.
func draft() desk.Edition {
	return desk.Edition{Version: "02", Approved: "RDE N° D000200-2026, 28/09/2026", From: october(1), Changes: "Se agrega un servicio.\nCambia un plazo.", Guide: "https://www.gob.pe/guia.pdf",
		By: "admin", Reason: "Evaluación periódica (7.1)"}
}

func october(day int) time.Time { return time.Date(2026, time.October, day, 0, 0, 0, 0, desk.Lima) }

func mustPublish(t *testing.T, b *desktest.Bench, e desk.Edition) desk.Edition {
	t.Helper()
	kept, err := edition.Publish(t.Context(), b.Store, e, b.Time())
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// TestAnEditionRulesFromItsDay: not before, and it is kept with who, when and why.
func TestAnEditionRulesFromItsDay(t *testing.T) {
	b := desktest.NewBench(t)
	typed := draft()
	typed.Version, typed.Changes = " 02 ", "\n  Se agrega un servicio.  \n\n\tCambia un plazo.\r\n"
	mustPublish(t, b, typed)
	third := draft()
	third.Version, third.From = "03", october(20)
	mustPublish(t, b, third)
	want := draft()
	want.From, want.At = want.From.UTC(), b.Time()
	kept, err := b.Store.Editions(t.Context(), b.Time())
	if diff := cmp.Diff(want, kept[0]); err != nil || diff != "" {
		t.Errorf("kept otherwise (-want +got) %v:\n%s", err, diff)
	}
	for at, version := range map[time.Time]string{b.Time(): "01", october(1).Add(-time.Second): "01", october(1): "02", october(20).Add(-time.Second): "02", october(20): "03", october(31): "03"} {
		if house, err := b.Store.Institution(t.Context(), at); err != nil || house.Version != version {
			t.Errorf("at %v version %q, %v, want %s", at, house.Version, err, version)
		}
	}
	for at, version := range map[time.Time]string{b.Time(): "02", october(1): "03", october(20): ""} {
		if coming, there := kept.Coming(at); coming.Version != version || there != (version != "") {
			t.Errorf("at %v %q is coming, want %q", at, coming.Version, version)
		}
	}
}

// TestWhatIsWrongIsSaidAtOnce: every field, and nothing is written.
func TestWhatIsWrongIsSaidAtOnce(t *testing.T) {
	long := strings.Repeat("a", 201)
	tests := map[string]struct {
		edit func(*desk.Edition)
		want string // fields
	}{
		"nothing typed":              {func(e *desk.Edition) { *e = desk.Edition{From: e.From} }, "version approved reason changes by"},
		"the version that rules":     {func(e *desk.Edition) { e.Version = "01" }, "version"},
		"a version that exists":      {func(e *desk.Edition) { e.Version, e.From = "02", october(30) }, "version"},
		"a version of two lines":     {func(e *desk.Edition) { e.Version = "0\n3" }, "version"},
		"a version too long":         {func(e *desk.Edition) { e.Version = "123456789" }, "version"},
		"a day that has begun":       {func(e *desk.Edition) { e.From = desktest.Tuesday(0, 0) }, "from"},
		"before the last edition":    {func(e *desk.Edition) { e.From = october(9) }, "from"},
		"on the last edition's day":  {func(e *desk.Edition) { e.From = october(10) }, "from"},
		"two lines of approval":      {func(e *desk.Edition) { e.Approved = "RDE\nRDE" }, "approved"},
		"a long reason":              {func(e *desk.Edition) { e.Reason = long }, "reason"},
		"blank changes":              {func(e *desk.Edition) { e.Changes = " \n\n" }, "changes"},
		"a long change":              {func(e *desk.Edition) { e.Changes = long }, "changes"},
		"nine changes":               {func(e *desk.Edition) { e.Changes = strings.Repeat("Uno\n", 9) }, "changes"},
		"a change that rings":        {func(e *desk.Edition) { e.Changes = "Uno\a" }, "changes"},
		"a guide that anybody reads": {func(e *desk.Edition) { e.Guide = "http://www.gob.pe/guia.pdf" }, "guide"},
		"a guide that is a script":   {func(e *desk.Edition) { e.Guide = "javascript:alert(1)" }, "guide"},
		"a guide with a password":    {func(e *desk.Edition) { e.Guide = "https://a:b@gob.pe/" }, "guide"},
		"a guide without a house":    {func(e *desk.Edition) { e.Guide = "https:///guia" }, "guide"},
		"somebody nobody knows":      {func(e *desk.Edition) { e.By = "nadie" }, "by"},
		"nobody's name":              {func(e *desk.Edition) { e.By = "" }, "by"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			b := desktest.NewBench(t)
			first := draft()
			first.From = october(10)
			mustPublish(t, b, first)
			e := draft()
			e.Version, e.From = "03", october(30)
			tt.edit(&e)
			_, err := edition.Publish(t.Context(), b.Store, e, b.Time())
			p, ok := errors.AsType[*desk.Problem](err)
			if !ok || p.Code != desk.Invalid {
				t.Fatalf("error %v", err)
			}
			var got []string
			for _, f := range p.Fields {
				got = append(got, f.Field)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("complains about %q, want %q", got, tt.want)
			}
			if kept, _ := b.Store.Editions(t.Context(), b.Time()); len(kept) != 1 {
				t.Errorf("%d editions, want the one before", len(kept))
			}
		})
	}
}

// TestThePastStaysAsItWasShown: no edition begins before it is published.
func TestThePastStaysAsItWasShown(t *testing.T) {
	b := desktest.NewBench(t)
	e := draft()
	e.From = b.Time().Add(-time.Second)
	if _, err := edition.Publish(t.Context(), b.Store, e, b.Time()); desk.CodeOf(err) != desk.Invalid {
		t.Errorf("error %v", err)
	}
}

// TestALimitIsReached: what is just allowed is taken.
func TestALimitIsReached(t *testing.T) {
	b := desktest.NewBench(t)
	e := draft()
	e.Version, e.Approved, e.Reason, e.Guide, e.From = "12345678", strings.Repeat("ñ", 120), strings.Repeat("ñ", 120), "", b.Time()
	e.Changes = strings.Repeat(strings.Repeat("ñ", 200)+"\n", 8)
	mustPublish(t, b, e)
}

// racing is a table to which somebody else publishes between reading and writing.
type racing struct{ *desktest.Store }

func (racing) PublishEdition(_ context.Context, _ int, _ desk.Edition) error { return work.ErrConflict }

// TestTwoPublishAtOnce: one of them is told to look again.
func TestTwoPublishAtOnce(t *testing.T) {
	b := desktest.NewBench(t)
	if _, err := edition.Publish(t.Context(), racing{b.Store}, draft(), b.Time()); desk.CodeOf(err) != desk.Busy {
		t.Errorf("error %v", err)
	}
}
