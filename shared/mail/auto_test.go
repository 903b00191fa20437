package mail

import "testing"

func TestAutoSigns(t *testing.T) {
	const answer = "In-Reply-To: <1@email.amazonses.com>\n"
	tests := map[string]struct {
		extra                      string
		reply, generated, noAnswer bool
	}{
		"nothing":                        {"", false, false, false},
		"RFC 3834 replied":               {"Auto-Submitted: auto-replied\n", true, false, true},
		"RFC 3834 with a comment":        {"auto-submitted: Auto-Replied (vacation)\n", true, false, true},
		"RFC 3834 no":                    {"Auto-Submitted: no\n", false, false, false},
		"RFC 3834 generated":             {"Auto-Submitted: auto-generated\n", false, true, true},
		"generated and answering":        {"Auto-Submitted: auto-generated\n" + answer, true, true, true},
		"RFC 5436 notified":              {"Auto-Submitted: auto-notified; owner-email=a@b\n", false, true, true},
		"a value of tomorrow":            {"Auto-Submitted: auto-dreamt\n", false, true, true},
		"Precedence bulk":                {"Precedence: bulk\n", false, true, true},
		"Precedence junk":                {"Precedence: JUNK\n", false, true, true},
		"Precedence list is people":      {"Precedence: list\n", false, false, true},
		"Precedence first-class":         {"Precedence: first-class\n", false, false, false},
		"Precedence auto_reply":          {"Precedence: auto_reply\n", true, false, true},
		"X-Auto-Response-Suppress All":   {"X-Auto-Response-Suppress: All\n", false, false, true},
		"X-Auto-Response-Suppress None":  {"X-Auto-Response-Suppress: None\n", false, false, false},
		"X-Autoreply":                    {"X-Autoreply: yes\n", true, false, true},
		"X-Autoreply no":                 {"X-Autoreply: no\n", false, false, false},
		"X-Autorespond":                  {"X-Autorespond: x\n", true, false, true},
		"X-FC-MachineGenerated":          {"X-FC-MachineGenerated: true\n", false, true, true},
		"vacation program":               {"X-Mailer: vacation 1.2\n", true, false, true},
		"ordinary program":               {"X-Mailer: Zimbra 8.8\n", false, false, false},
		"List-Id is people":              {"List-Id: <x>\n", false, false, true},
		"one-click unsubscribing is not": {"List-Unsubscribe: <https://x>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n", false, true, true},
		"null return path":               {"Return-Path: <>\n", false, true, true},
		"ordinary return path":           {"Return-Path: <a@b>\n", false, false, false},
		"one-click on a list of people":  {"List-Id: <x>\nList-Post: <mailto:x@y>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n", false, false, true},
		"a sending service":              {"Feedback-ID: 1.us-east-1:AmazonSES\n", false, false, true},
		"delivered by an autoresponder":  {"Delivered-To: Autoresponder\n", true, false, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := Parse(mailOf(tt.extra, "Texto")).Auto
			if got.Reply != tt.reply || got.Generated != tt.generated || got.NoAnswer != tt.noAnswer {
				t.Errorf("got %+v", got)
			}
			if (got.NoAnswer || got.Machine()) != (len(got.Signs) > 0) {
				t.Errorf("signs %q", got.Signs)
			}
		})
	}
}

func TestSubjectsOfAnsweringMachines(t *testing.T) {
	const suppress = "X-Auto-Response-Suppress: All\nIn-Reply-To: <1@x>\n"
	for subject, want := range map[string]bool{
		"Respuesta automática: No imprime": true, "RESPUESTA AUTOMATICA": true, "Automatic reply: x": true, "Auto: x": false, "Auto": false, "Vacation": false, "Out of Office: x": true,
		"Out of the office Re: x": true, "Out of the office remote access": false, "Автоответ: x": true, "自动回复：x": true, "I'm out of office": true, "Fuera de la oficina": true, "[Fuera de oficina] x": true, "OOO: x": true, "Réponse automatique : x": true,
		"Resposta automática: x": true, "Autorespuesta - vacaciones": true, "Auto-reply: x": true, "Automatische Antwort: x": true,
		"Respuesta automática no funciona": false, "No funciona la respuesta automática": false, "Auto de la UT sin GPS": false,
		"Automatización: consulta": false, "Autorización: sala": false, "Fuera de servicio": false, "Outlook no abre": false, "": false,
	} {
		m := Parse([]byte("From: a@qw.gob.pe\r\nSubject: " + subject + "\r\n\r\nTexto"))
		if m.Auto.Reply != want {
			t.Errorf("%q: reply %t", subject, m.Auto.Reply)
		}
	}
	for subject, want := range map[string]bool{"Re: x (ausente)": true, "Ausencia: x": true, "Estoy de vacaciones": true, "Re: presencia": false, "Auto: x": true, "Abwesend": true} {
		alone := Parse([]byte("From: a@qw.gob.pe\r\nSubject: " + subject + "\r\n\r\nTexto"))
		answering := Parse([]byte("From: a@qw.gob.pe\r\nSubject: " + subject + "\r\n" + suppress + "\r\nTexto"))
		if alone.Auto.Reply || answering.Auto.Reply != want {
			t.Errorf("%q: alone %t, answering %t", subject, alone.Auto.Reply, answering.Auto.Reply)
		}
	}
}

func TestSendersThatAreAnsweringMachines(t *testing.T) {
	for address, want := range map[string]bool{
		"autoreply@x.pe": true, "auto-reply@x.pe": true, "autoresponder+1@x.pe": true, "vacation@x.pe": true,
		"autos@x.pe": false, "automatizacion@x.pe": false, "ana@autoreply.pe": false,
	} {
		if got := Parse([]byte("From: " + address + "\r\nSubject: Hola\r\n\r\nTexto")).Auto.Reply; got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
}

func TestAPhraseWithMoreBehindCountsOnlyBesideAnotherSign(t *testing.T) {
	for _, subject := range []string{"Out of office until Monday", "Fuera de la oficina hasta el lunes", "Automatic reply from Ana"} {
		alone := Parse([]byte("From: a@x.pe\r\nSubject: " + subject + "\r\n\r\nTexto"))
		marked := Parse([]byte("From: a@x.pe\r\nX-Auto-Response-Suppress: OOF\r\nSubject: " + subject + "\r\n\r\nTexto"))
		if alone.Auto.Reply || !marked.Auto.Reply {
			t.Errorf("%q: alone %t, marked %t", subject, alone.Auto.Reply, marked.Auto.Reply)
		}
	}
}
