package mail

import (
	"strings"
	"testing"
)

// What answering programs write, each in its own form.
func TestF31AnswersOfEveryProgramAreAutomatic(t *testing.T) {
	const answer = "In-Reply-To: <1@x>\n"
	tests := map[string]struct{ subject, extra, body string }{
		"Exchange OOF":                   {"Automatic reply: Acceso", "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n" + answer, "x"},
		"Exchange 2003":                  {"Out of Office AutoReply: Acceso", "", "x"},
		"Exchange, only its rules agent": {"Acceso", "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent\n", "x"},
		"Exchange, Chinese":              {"自动答复: Acceso", "", "x"},
		"Exchange, Korean":               {"자동 회신: Acceso", "", "x"},
		"Exchange, Russian":              {"Автоматический ответ: Acceso", "", "x"},
		"Exchange, Greek":                {"Αυτόματη απάντηση: Acceso", "", "x"},
		"Exchange, Hungarian":            {"Automatikus válasz: Acceso", "", "x"},
		"Gmail":                          {"Estaré fuera. Re: Acceso", "Auto-Submitted: auto-replied\nPrecedence: bulk\nX-Autoreply: yes\n", "x"},
		"Yahoo":                          {"Yahoo! Auto Response", "", "x"},
		"Notes":                          {"AUTO: Ana Rojas is out of the office (returning 12/08/2026)", "", "x"},
		"Notes, without mark":            {"Ana Rojas is out of the office.", "", "x"},
		"Notes, Spanish":                 {"Ana Rojas está fuera de la oficina (regresa el 12/08/2026)", "", "x"},
		"Notes, Spanish, marked":         {"AUTO: Ana Rojas está fuera de la oficina (regresa el 12/08/2026)", "", "x"},
		"Exchange, Catalan":              {"Resposta automàtica: Acceso", "", "x"},
		"Exchange, Bulgarian":            {"Автоматичен отговор: Acceso", "", "x"},
		"GroupWise":                      {"Re: Acceso (Out of office)", "", "x"},
		"phrase before the answered":     {"Fuera de la oficina Re: Acceso", "", "x"},
		"word before the answered":       {"Ausente: RE: Acceso", "", "x"},
		"word before the answered, too":  {"Vacation Re: Acceso", "", "x"},
		"vacation(1)":                    {"away from my mail", "Precedence: junk\n", "x"},
		"Sieve":                          {"Auto: Acceso", "Auto-Submitted: auto-replied (vacation)\n", "x"},
		"cPanel":                         {"Gracias", "X-Autorespond: x\nPrecedence: auto_reply\n", "x"},
		"Plesk":                          {"Re: Acceso", "X-Mail-Autoreply: x\n", "x"},
		"autorespond of qmail":           {"Re: Acceso", "Delivered-To: Autoresponder\n", "x"},
		"X-Auto-Reply-From":              {"x", "X-Auto-Reply-From: ana@x.pe\n", "x"},
		"X-POST-MessageClass":            {"x", "X-POST-MessageClass: 9; Autoresponder\n", "x"},
		"bulk, answering":                {"Re: Acceso", "Precedence: bulk\n", "x"},
		"null sender, answering":         {"Re: Acceso", "Return-Path: <>\n", "x"},
		"another desk":                   {"Gracias por contactar con soporte", "Auto-Submitted: auto-generated\n", "x"},
		"another desk, by its text":      {"Re: Acceso", "", "Estimada Ana:\nEste es un mensaje automático, no responda."},
		"another desk, in English":       {"RE: Acceso", "", "This is an automated response to your e-mail."},
		"away, marked":                   {"Re: Acceso", "X-Auto-Response-Suppress: All\n", "Hola,\nEstoy de vacaciones hasta el lunes."},
		"X-Auto-Submitted":               {"x", "X-Auto-Submitted: auto-replied\n", "x"},
		"X-Autoreply of any kind":        {"x", "X-AutoReply-Ticket: 77\n", "x"},
		"MDN by type alone":              {"Leído", "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n", "--b\n\nLeído\n--b--"},
		"asks who writes":                {"Re: Acceso (Action Required)", answer, "Click the link to prove that you are a person."},
		"asks for a confirmation":        {"Please confirm your message", "Precedence: bulk\n", "x"},
		"Auto-Submitted in quotes":       {"x", "Auto-Submitted: \"auto-replied\"\n", "x"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := Parse([]byte(strings.ReplaceAll("From: Ana <ana@x.pe>\nTo: soporte.usuario@qw.gob.pe\nSubject: "+tt.subject+"\n"+tt.extra+"\n"+tt.body+"\n", "\n", "\r\n")))
			if j := judgeSample(&m); j.Decision != Drop || !m.Auto.Reply {
				t.Errorf("%s: %+v", j.Decision, m.Auto)
			}
		})
	}
}

// What people write stays a request, whatever words it has, whatever list or
// program it came through.
func TestF31PeopleAreNoAnsweringPrograms(t *testing.T) {
	tests := map[string]struct{ subject, extra, body string }{
		"X-Auto-Response-Suppress alone": {"Acceso", "X-Auto-Response-Suppress: DR, OOF, AutoReply\n", "Solicito acceso."},
		"a list of Mailman":              {"[uti] Acceso", "Precedence: bulk\nList-Post: <mailto:uti@x>\nList-Id: <uti.x>\nX-BeenThere: uti@x\n", "Solicito acceso."},
		"a list of Majordomo":            {"Acceso", "Precedence: bulk\nSender: owner-uti@x.pe\n", "Solicito acceso."},
		"a group":                        {"Acceso", "Precedence: list\nMailing-List: list uti@x\n", "Solicito acceso."},
		"passed on by a rule":            {"Acceso", "Auto-Submitted: auto-forwarded\nX-MS-Exchange-Inbox-Rules-Loop: ana@x\n", "Solicito acceso."},
		"Auto-Submitted no, comment":     {"Acceso", "Auto-Submitted: no (person)\n", "Solicito acceso."},
		"is away, by hand":               {"Re: Acceso", "In-Reply-To: <1@x>\n", "Estoy fuera de la oficina, vean el caso con Luis."},
		"quotes a program":               {"Acceso", "", "Me sale «Este es un mensaje automático» y no entra."},
		"forwards a program":             {"RV: Acceso", "", "Este es un mensaje automático, no responda."},
		"an office that is closed":       {"La impresora está fuera de la oficina del segundo piso y no imprime", "", "x"},
		"about a person away":            {"Luis está de licencia: solicito su correo", "", "x"},
		"X-Autoreply no":                 {"Acceso", "X-Autoreply: no\n", "x"},
		"a loop mark":                    {"Acceso", "X-Loop: uti@x\n", "x"},
		"asks for action":                {"Acceso a SIGA (acción requerida)", "", "Solicito acceso."},
		"a car, through Exchange":        {"Auto de la UT sin GPS", "X-Auto-Response-Suppress: DR, OOF, AutoReply\n", "x"},
		"leave, through Exchange":        {"Vacation request form does not open", "X-Auto-Response-Suppress: All\n", "x"},
		"automation":                     {"Re: Auto de la UT", "In-Reply-To: <1@x>\n", "x"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := Parse([]byte(strings.ReplaceAll("From: Ana <ana@x.pe>\nTo: soporte.usuario@qw.gob.pe\nSubject: "+tt.subject+"\n"+tt.extra+"\n"+tt.body+"\n", "\n", "\r\n")))
			if j := judgeSample(&m); j.Decision != OpenTicket || m.Auto.Machine() {
				t.Errorf("%s: %+v", j.Decision, m.Auto)
			}
		})
	}
}
