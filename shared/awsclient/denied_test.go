package awsclient_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"mesa/shared/awsclient"
	"mesa/shared/desk"
)

// The trace tells who tried what on which ticket, and nothing they typed.
func TestDeniedLogsIdsOnly(t *testing.T) {
	var out bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&out, nil)))
	t.Cleanup(func() { slog.SetDefault(old) })
	act := desk.Act{Kind: desk.ActApprove, Ticket: "01J8", Channel: desk.ChannelPortal, Actor: desk.Actor{Person: "jefa-ut-lima"}, Fields: desk.Fields{"reason": "secreto"}}
	awsclient.Denied(t.Context(), act, desk.NewProblem(desk.Forbidden, "8.1.4", "La decisión es de otra persona."))
	awsclient.Denied(t.Context(), desk.Act{Ticket: "01J8", Actor: desk.Actor{Person: "usuaria-1"}}, desk.NewProblem(desk.NotFound, "", "x"))
	for _, want := range []string{`"msg":"act denied"`, `"act":"approve"`, `"ticket":"01J8"`, `"person":"jefa-ut-lima"`, `"channel":"portal"`, `"code":"forbidden"`, `"clause":"8.1.4"`, `"act":"read"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the trace lacks %s: %s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "secreto") || strings.Contains(out.String(), "otra persona") {
		t.Errorf("the trace says more than ids: %s", out.String())
	}
}
