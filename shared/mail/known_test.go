package mail

import (
	"slices"
	"strings"
	"testing"

	"mesa/shared/thread"
)

func mustMarks(t testing.TB) thread.Marks {
	t.Helper()
	marks, err := thread.NewMarks("mesa.qw.gob.pe", thread.Key{ID: "k1", Secret: []byte(strings.Repeat("a", 32))})
	if err != nil {
		t.Fatal(err)
	}
	return marks
}

func TestHintsAreReadFromEveryPlaceThatKeepsThem(t *testing.T) {
	marks := mustMarks(t)
	address, err := marks.ReplyAddress("soporte.usuario", theTicket)
	if err != nil {
		t.Fatal(err)
	}
	root, err := marks.Root(theTicket)
	if err != nil {
		t.Fatal(err)
	}
	inTo := Parse([]byte("From: a@b\r\nTo: " + address + "\r\nSubject: Re: [PAU 2026-004217] x\r\nReferences: <1@x> " + root + " <2@x>\r\nIn-Reply-To: <2@x>\r\n\r\nx"))
	h := HintsOf(&inTo, Receipt{}, marks)
	if h.Address != theTicket || h.Root != theTicket || h.Number != "2026-004217" {
		t.Errorf("hints %+v", h)
	}
	if len(h.IDs) != 3 || h.IDs[0] != "2@x" || h.IDs[2] != "1@x" {
		t.Errorf("ids %v, want the answered one first", h.IDs)
	}
	onlyEnvelope := Parse([]byte("From: a@b\r\nTo: soporte.usuario@qw.gob.pe\r\n\r\nx"))
	if h := HintsOf(&onlyEnvelope, Receipt{Recipients: []string{address}}, marks); h.Address != theTicket || len(h.IDs) != 0 {
		t.Errorf("envelope: %+v", h)
	}
	forged := Parse([]byte("From: a@b\r\nTo: " + strings.Replace(address, ".k1.", ".k1.0", 1) + "\r\nSubject: x\r\n\r\nx"))
	if h := HintsOf(&forged, Receipt{}, marks); h.Address != "" || h.Root != "" || h.Number != "" {
		t.Errorf("forged: %+v", h)
	}
}

func TestHintsOfABounceStandInTheReturnedMail(t *testing.T) {
	marks := mustMarks(t)
	address, err := marks.ReplyAddress("soporte.usuario", theTicket)
	if err != nil {
		t.Fatal(err)
	}
	m := Message{Bounce: Bounce{
		Kind: BounceFailed, OriginalReplyTo: []string{address}, OriginalIDs: []string{"0100@email.amazonses.com"},
		OriginalSubject: "[PAU 2026-004217] x", OriginalMessage: "01J8-1-1",
	}}
	h := HintsOf(&m, Receipt{}, marks)
	if h.Address != theTicket || h.Number != "2026-004217" || h.Item != "01J8-1-1" || !slices.Contains(h.IDs, "0100@email.amazonses.com") {
		t.Errorf("hints %+v", h)
	}
}

func TestF3AMailWithoutIDIsKnownByItsBytes(t *testing.T) {
	a, again, b := Parse([]byte("From: a@b\r\n\r\nuno")), Parse([]byte("From: a@b\r\n\r\nuno")), Parse([]byte("From: a@b\r\n\r\ndos"))
	if a.Key() != again.Key() || a.Key() == b.Key() || !strings.HasPrefix(a.Key(), "sha256:") {
		t.Errorf("keys %s, %s, %s", a.Key(), again.Key(), b.Key())
	}
	if m := Parse([]byte("Message-ID: <x@y>\r\nFrom: a@b\r\n\r\n")); m.Key() != "x@y" {
		t.Errorf("key %s", m.Key())
	}
}

func TestSupposeDecidesAsForAKnownVerifiedSender(t *testing.T) {
	m := Parse(mailOf("", "Texto"))
	receipt, known := Suppose(&m)
	if got := Judge(&m, receipt, known); got.Decision != OpenTicket || !got.Verified {
		t.Errorf("got %+v", got)
	}
}
