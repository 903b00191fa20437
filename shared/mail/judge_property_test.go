package mail

import (
	"slices"
	"testing"

	"mesa/shared/desk"

	"pgregory.net/rapid"
)

func drawVerdict(rt *rapid.T, name string) Verdict {
	return rapid.SampledFrom([]Verdict{Pass, Fail, Gray, ProcessingFailed, ""}).Draw(rt, name)
}

func drawMessage(rt *rapid.T) Message {
	m := Message{
		From:    Address{Address: rapid.SampledFrom([]string{"", "ana@qw.gob.pe", "otro@example.org", "no-reply@example.org", "soporte.usuario@qw.gob.pe"}).Draw(rt, "from")},
		Senders: rapid.IntRange(0, 2).Draw(rt, "senders"),
		Subject: rapid.SampledFrom([]string{"", "No imprime"}).Draw(rt, "subject"),
		Own:     rapid.SampledFrom([]string{"", "", "", "01J-1-1"}).Draw(rt, "own"),
	}
	m.Auto = Auto{Reply: rapid.IntRange(0, 5).Draw(rt, "reply") == 0, Generated: rapid.IntRange(0, 5).Draw(rt, "generated") == 0, NoAnswer: rapid.Bool().Draw(rt, "no answer")}
	if rapid.IntRange(0, 5).Draw(rt, "bounce") == 0 {
		m.Bounce.Kind = BounceFailed
	}
	return m
}

func drawKnown(rt *rapid.T) Known {
	k := ours()
	k.Person = rapid.SampledFrom([]desk.PersonID{"", "p-1"}).Draw(rt, "person")
	k.Seen = rapid.SampledFrom([]Sight{"", "", "", SeenReception, SeenMail, SeenEdited}).Draw(rt, "seen")
	k.SeenTicket = rapid.SampledFrom([]desk.TicketID{"", "S"}).Draw(rt, "seen ticket")
	k.SeenBelongs = rapid.Bool().Draw(rt, "seen belongs")
	k.OverCap = rapid.IntRange(0, 9).Draw(rt, "over cap") == 0
	k.AnsweredToday = rapid.Bool().Draw(rt, "answered")
	for range rapid.IntRange(0, 3).Draw(rt, "candidates") {
		k.Candidates = append(k.Candidates, Candidate{
			Ticket:  rapid.SampledFrom([]desk.TicketID{"A", "B"}).Draw(rt, "ticket"),
			By:      rapid.SampledFrom([]Mark{ByAddress, ByRoot, ByID, BySubject}).Draw(rt, "by"),
			Belongs: rapid.Bool().Draw(rt, "belongs"),
		})
	}
	return k
}

func TestPromisesOfAnyJudgement(t *testing.T) {
	decisions := []Decision{OpenTicket, AddComment, NoteBounce, Drop, Quarantine, Reject}
	rapid.Check(t, func(rt *rapid.T) {
		m, k := drawMessage(rt), drawKnown(rt)
		r := passed()
		r.Verdicts = Verdicts{
			Spam: drawVerdict(rt, "spam"), Virus: drawVerdict(rt, "virus"), SPF: drawVerdict(rt, "spf"), DKIM: drawVerdict(rt, "dkim"), DMARC: drawVerdict(rt, "dmarc"),
		}
		r.SignedBy = rapid.SampledFrom([][]string{nil, {"qw.gob.pe"}, {"example.org"}}).Draw(rt, "signed by")
		got := Judge(&m, r, k)
		verified, _ := Verified(&m, r, k.Domains)
		machine := m.Auto.Machine() || m.Bounce.Is()

		switch {
		case !slices.Contains(decisions, got.Decision):
			rt.Fatalf("decision %q", got.Decision)
		case r.Verdicts.Virus == Fail && got.Decision != Quarantine:
			rt.Fatalf("a virus is %s", got.Decision)
		case machine && (got.Decision == OpenTicket || got.Decision == AddComment || got.Answer != NoAnswer):
			rt.Fatalf("a machine's mail is %s, answered %q", got.Decision, got.Answer)
		case got.Person != "" && (!verified || got.Person != k.Person):
			rt.Fatalf("acts as %q, verified %t", got.Person, verified)
		case got.Verified && !verified:
			rt.Fatal("verified without reason")
		case got.Decision == AddComment && got.Ticket == "":
			rt.Fatal("a comment on no ticket")
		case got.Decision == AddComment && !got.Stranger && !got.Verified && !got.By.proves():
			rt.Fatalf("a weak mark of nobody proved is a comment: %+v", got)
		case got.Decision == OpenTicket && (k.Person == "" || got.Ticket != ""):
			rt.Fatalf("a ticket for %q, with %q", k.Person, got.Ticket)
		case got.Answer == Acknowledge && (got.Decision != OpenTicket || !verified):
			rt.Fatalf("acknowledged: %+v", got)
		case got.Answer == WhoAreYou && (got.Decision != Quarantine || !verified || k.Person != "" || k.AnsweredToday):
			rt.Fatalf("asked who: %+v", got)
		case got.Answer != NoAnswer && (m.Auto.NoAnswer || k.OverCap || k.Seen != ""):
			rt.Fatalf("answered %q", got.Answer)
		}
		if again := Judge(&m, r, k); again.Decision != got.Decision || len(again.Why) != len(got.Why) {
			rt.Fatalf("judged again: %+v, before %+v", again, got)
		}
	})
}

func TestMoreTrustNeverTakesAwayMoreTrustNeverComesOfLess(t *testing.T) {
	// Of two receipts that differ only in DMARC, the one that passes grants at
	// least as much: who acts, and what is let through.
	grants := func(j Judgement) int {
		switch {
		case j.Person != "":
			return 3
		case j.Decision == OpenTicket || j.Decision == AddComment:
			return 2
		case j.Answer != NoAnswer:
			return 1
		default:
			return 0
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		m, k, less, more := drawMessage(rt), drawKnown(rt), passed(), passed()
		less.Verdicts.DMARC = drawVerdict(rt, "dmarc")
		a, b := Judge(&m, less, k), Judge(&m, more, k)
		if grants(a) > grants(b) {
			rt.Fatalf("DMARC %q grants %+v, PASS %+v", less.Verdicts.DMARC, a, b)
		}
	})
}
