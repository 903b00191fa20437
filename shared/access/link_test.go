package access

import (
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"

	"pgregory.net/rapid"
)

var (
	// noon is the business time of these tests.
	noon   = time.Date(2026, 9, 15, 17, 0, 0, 0, time.UTC)
	secret = []byte("0123456789abcdef0123456789abcdef")
)

// sample is an ordinary request for a decision.
func sample() Link {
	return Link{
		Ticket: "01J8ZC6N8Q2V4X6Y8Z0A1B2C3D", Wait: "approval#1", Person: "p-ut-ejemplo-head", Round: 1,
		Audience: Approvals, ExpiresAt: noon.Add(72 * time.Hour),
	}
}

func mustRing(t testing.TB, current Key, old ...Key) Ring {
	t.Helper()
	ring, err := NewRing(current, old...)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

func mustSign(t testing.TB, ring Ring, link Link) string {
	t.Helper()
	token, err := ring.Sign(link)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestIDIsTicketWaitPersonRound(t *testing.T) {
	if got, want := sample().ID(), "01J8ZC6N8Q2V4X6Y8Z0A1B2C3D.approval#1.p-ut-ejemplo-head.1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDifferentLinksHaveDifferentIDs(t *testing.T) {
	part := rapid.StringMatching(`[a.%2E#1]{1,4}`)
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(n string) Link {
			return Link{
				Ticket: desk.TicketID(part.Draw(rt, "ticket"+n)), Wait: desk.WaitID(part.Draw(rt, "wait"+n)),
				Person: desk.PersonID(part.Draw(rt, "person"+n)), Round: rapid.IntRange(0, 3).Draw(rt, "round"+n),
			}
		}
		a, b := draw("a"), draw("b")
		if (a == b) != (a.ID() == b.ID()) {
			rt.Fatalf("%+v and %+v: ids %s and %s", a, b, a.ID(), b.ID())
		}
	})
}

func TestPathIsThePageOfTheAudience(t *testing.T) {
	for audience, want := range map[Audience]string{
		Approvals: "/approvals/t", Answers: "/answers/t", Verifications: "/verifications/t", Credentials: "/credentials/t",
	} {
		if got := audience.Path("t"); got != want {
			t.Errorf("%s: %s, want %s", audience, got, want)
		}
	}
}

func TestALinkFitsOneLineOfAMail(t *testing.T) {
	token := mustSign(t, mustRing(t, Key{ID: "k1", Secret: secret}), sample())
	// Longer lines are broken by mail systems, and the gateway allows 10,240
	// bytes for request line and headers together.
	if got := len(Approvals.Path(token)); got > 700 {
		t.Errorf("the path has %d bytes", got)
	}
	if strings.ContainsAny(token, "+/= \n") {
		t.Errorf("%s needs escaping in a URL", token)
	}
}
