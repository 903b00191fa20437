package mail

import (
	"bytes"
	"strings"
	"testing"

	"mesa/shared/thread"
)

// judgeReply judges a mail as intake does: hints first, then the tickets they
// lead to. The number in the subjects of the samples is that of theTicket.
func judgeReply(raw []byte, marks thread.Marks, belongs bool) Judgement {
	m := Parse(raw)
	r := passed()
	h := HintsOf(&m, r, marks)
	k := ours()
	add := func(by Mark, found bool) {
		if found {
			k.Candidates = append(k.Candidates, Candidate{Ticket: theTicket, By: by, Belongs: belongs})
		}
	}
	add(ByAddress, h.Address != "")
	add(ByRoot, h.Root != "")
	add(BySubject, h.Number == "2026-004217")
	return Judge(&m, r, k)
}

func TestRepliesOfEveryMailProgramFindTheirTicket(t *testing.T) {
	marks := mustMarks(t)
	address, err := marks.ReplyAddress("soporte.usuario", theTicket)
	if err != nil {
		t.Fatal(err)
	}
	root, err := marks.Root(theTicket)
	if err != nil {
		t.Fatal(err)
	}
	replies := 0
	for _, s := range readSamples(t) {
		if s.disease != "clients" || !bytes.Contains(s.raw, []byte("In-Reply-To:")) {
			continue
		}
		replies++
		// iOS drops our References and keeps the subject; webmails drop neither;
		// people who edit the subject keep the address.
		toAddress := bytes.ReplaceAll(s.raw, []byte("To: Soporte <soporte.usuario@qw.gob.pe>"), []byte("To: "+address))
		withRoot := bytes.Replace(s.raw, []byte("In-Reply-To:"), []byte("References: "+root+"\r\nIn-Reply-To:"), 1)
		for mark, raw := range map[Mark][]byte{ByAddress: toAddress, ByRoot: withRoot, BySubject: s.raw} {
			got := judgeReply(raw, marks, true)
			if got.Decision != AddComment || got.Ticket != theTicket || got.By != mark {
				t.Errorf("%s by %s: %s by %q", s.name, mark, got.Decision, got.By)
			}
		}
	}
	if replies < 12 {
		t.Errorf("only %d replies among the samples", replies)
	}
}

func TestAManagerInCopyWhoAnswersApprovedJoinsTheCase(t *testing.T) {
	// The manager never got a mail of ours: she answers the requester's own,
	// to all. Only the ids of mails received lead to the ticket.
	raw := strings.ReplaceAll(`From: Jefatura UT <jefatura.ut@qw.gob.pe>
To: Usuaria <usuaria.ejemplo@qw.gob.pe>, soporte.usuario@qw.gob.pe
Subject: Re: Solicito acceso
Message-ID: <m1@qw.gob.pe>
In-Reply-To: <u1@qw.gob.pe>
References: <u1@qw.gob.pe>

Aprobado.
`, "\n", "\r\n")
	m := Parse([]byte(raw))
	h := HintsOf(&m, passed(), mustMarks(t))
	if len(h.IDs) != 1 || h.IDs[0] != "u1@qw.gob.pe" || h.Address != "" || h.Root != "" {
		t.Fatalf("hints %+v", h)
	}
	k := ours()
	k.Person, k.Candidates = "p-jefatura", candidate(ByID, true)
	if got := Judge(&m, passed(), k); got.Decision != AddComment || got.Person != "p-jefatura" {
		t.Errorf("got %+v", got)
	}
}

func TestF33AForgedApprovalHasNoPower(t *testing.T) {
	raw := []byte("From: Jefatura UT <jefatura.ut@qw.gob.pe>\r\nTo: soporte.usuario@qw.gob.pe\r\nSubject: Re: [PAU 2026-004217] Por aprobar\r\nMessage-ID: <f@x>\r\n\r\nAPROBADO\r\n")
	m, k, r := Parse(raw), ours(), passed()
	k.Person, k.Candidates, r.Verdicts.DMARC = "p-jefatura", candidate(BySubject, true), Fail
	got := Judge(&m, r, k)
	if got.Person != "" || got.Verified || got.Decision != Quarantine || got.Claims != "p-jefatura" {
		t.Errorf("got %+v", got)
	}
}

func TestF32TwoDesksDoNotTalkToEachOther(t *testing.T) {
	marks := mustMarks(t)
	address, err := marks.ReplyAddress("soporte.usuario", theTicket)
	if err != nil {
		t.Fatal(err)
	}
	// The other desk answers each of our mails; whether or not it says that it
	// is a machine, nothing of ours goes out again.
	for name, extra := range map[string]string{
		"honest": "Auto-Submitted: auto-replied\r\n", "only suppressing": "X-Auto-Response-Suppress: All\r\n", "mute": "", "by its address": "X: autoreply\r\n",
	} {
		raw := "From: Otra mesa <mesa@example.org>\r\nTo: " + address + "\r\nSubject: [#77] Re: [PAU 2026-004217] Recibimos su solicitud\r\nMessage-ID: <d@x>\r\n" + extra + "\r\nSu ticket es el 77.\r\n"
		got := judgeReply([]byte(raw), marks, false)
		if got.Answer != NoAnswer || got.Decision == OpenTicket {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestBouncesOfOurMailsNameTicketAndItem(t *testing.T) {
	marks := mustMarks(t)
	address, err := marks.ReplyAddress("soporte.usuario", theTicket)
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, s := range readSamples(t) {
		if s.disease != "bounce" {
			continue
		}
		const placeholder = "soporte.usuario+01j8zc6n8q2v4x6y8z0a1b2c3d.k1.zzzzzzzzzzzz@mesa.qw.gob.pe"
		m := Parse(bytes.ReplaceAll(s.raw, []byte(placeholder), []byte(address)))
		h := HintsOf(&m, passed(), marks)
		if !bytes.Contains(s.raw, []byte(placeholder)) {
			continue
		}
		named++
		if h.Address != theTicket || h.Item != "01J8ZC6N8Q2V4X6Y8Z0A1B2C3D-1-1" {
			t.Errorf("%s: hints %+v", s.name, h)
		}
	}
	if named < 6 {
		t.Errorf("only %d bounces return our mail", named)
	}
}
