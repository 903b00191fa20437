package intake_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/flow"
	"mesa/shared/mail"
)

const withFiles = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n"

// filled is a filled Anexo 02.
func filled(t *testing.T) []byte {
	t.Helper()
	form, err := desktest.FilledAnnex(map[string]any{"Solicitante": "Rosa Quispe", "Fecha_01": "17/09/2026", "De_01": "9:00", "A_01": "11:00", "Grabada": "NO", "Streaming": "SI",
		"Objetivo": "Reparto", "Participante_01": "Jefatura", "Condicion_01": "Obligatorio: Sí", "Telefono": "anexo 1"})
	if err != nil {
		t.Fatal(err)
	}
	return form
}

// withFile is a mail's body with one attachment.
func withFile(name string, content []byte) string {
	return "--b\r\nContent-Type: text/plain\r\n\r\nAdjunto el formato.\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=" + name +
		"\r\n\r\n" + base64.StdEncoding.EncodeToString(content) + "\r\n--b--\r\n"
}

func TestAnexo02OfAMailBecomesAProposalAndNoFact(t *testing.T) {
	m := newMailroom(t)
	id := m.receive(letter{from: known, subject: "Videoconferencia", id: "1@x.pe", headers: withFiles, body: withFile("formato.xlsx", filled(t))}).Ticket
	stored, records := m.Load(id), m.records(id)
	p := flow.ProposalFor(stored.Ticket, records)
	if p == nil || p.File != "formato.xlsx" || p.Fields["schedule.1.date"] != "2026-09-17" || p.Fields["in_charge"] != "Rosa Quispe" || len(p.Unread) != 1 {
		t.Fatalf("proposal %+v", p)
	}
	if stored.Ticket.Meetings != "" || stored.Ticket.State != desk.ToClassify || records[0].Texts["in_charge"] != "" || records[0].Texts["phone"] != "" {
		t.Errorf("taken as facts: %+v, %v", stored.Ticket, records[0].Texts)
	}
	if f := records[0].Files; len(f) != 1 || f[0].Purpose != desk.Annex02 {
		t.Errorf("files %+v", f)
	}
}

func TestAnexo02OfAnAnswerBecomesAProposalOnlyFromWhoBelongs(t *testing.T) {
	for name, verdict := range map[string]mail.Verdict{"verified": mail.Pass, "unverified": mail.Fail} {
		m := newMailroom(t)
		id := m.receive(letter{from: known, subject: "Videoconferencia", id: "1@x.pe", body: "Necesitamos una."}).Ticket
		m.receive(letter{from: known, to: m.address(id), subject: "RE: Videoconferencia", id: "2@x.pe", headers: withFiles, body: withFile("formato.xlsx", filled(t)), dmarc: verdict})
		if p := flow.ProposalFor(m.Load(id).Ticket, m.records(id)); (p != nil) != (verdict == mail.Pass) {
			t.Errorf("%s: proposal %+v", name, p)
		}
	}
}

// Whatever a file does to its reader, the mail is a contact and the file kept.
func TestF28FileThatIsNoFormIsAnAttachment(t *testing.T) {
	for name, content := range map[string][]byte{"roto.xlsx": filled(t)[:3000], "nada.xlsx": []byte("PK\x03\x04"), "otro.docx": []byte("hola"), "vacio.pdf": []byte("%PDF-1.7 obj obj 1 0 obj <<")} {
		m := newMailroom(t)
		id := m.receive(letter{from: known, subject: "Videoconferencia", id: "1@x.pe", headers: withFiles, body: withFile(name, content)}).Ticket
		records := m.records(id)
		if len(records[0].Files) != 1 || records[0].Files[0].Purpose != "" || records[0].Texts[flow.ProposalText] != "" {
			t.Errorf("%s: %+v", name, records[0])
		}
	}
}

func TestHeldMailReleasedBringsItsAnexo02(t *testing.T) {
	m := newMailroom(t)
	rec := m.receive(letter{from: "alguien@otro.example", subject: "Videoconferencia", id: "1@x.pe", headers: withFiles, body: withFile("formato.xlsx", filled(t)), dmarc: mail.Fail})
	if !rec.Held {
		t.Fatalf("record %+v", rec)
	}
	id, err := m.held.Release(t.Context(), rec.ID, "usuaria-administracion-1", desk.Actor{Person: "especialista-mesa", Assurance: desk.AssuredSession})
	if err != nil {
		t.Fatal(err)
	}
	if p := flow.ProposalFor(m.Load(id).Ticket, m.records(id)); p == nil || !strings.Contains(p.Fields["description"], "Reparto") {
		t.Errorf("proposal %+v", p)
	}
}
