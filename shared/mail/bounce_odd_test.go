package mail

import (
	"strings"
	"testing"
)

// What mail systems of thirty years send when a mail does not arrive, without
// the status part of RFC 3464. Each row is a program's own form.
func TestF31ReportsOfEveryMailSystemAreBounces(t *testing.T) {
	tests := map[string]struct{ from, subject, extra, body string }{
		"qmail":                    {"MAILER-DAEMON@x.pe", "failure notice", "", "Hi. This is the qmail-send program at x.pe.\nI'm afraid I wasn't able to deliver your message to the following addresses."},
		"Sendmail":                 {"Mail Delivery Subsystem <MAILER-DAEMON@x.pe>", "Returned mail: see transcript for details", "", "----- The following addresses had permanent fatal errors -----"},
		"Sendmail, warning":        {"Mail Delivery Subsystem <MAILER-DAEMON@x.pe>", "Warning: could not send message for past 4 hours", "", "** THIS IS A WARNING MESSAGE ONLY **"},
		"Postfix of old":           {"MAILER-DAEMON@x.pe (Mail Delivery System)", "Undelivered Mail Returned to Sender", "", "This is the Postfix program at host x.pe."},
		"Exim":                     {"Mail Delivery System <Mailer-Daemon@x.pe>", "Mail delivery failed: returning message to sender", "", "This message was created automatically by mail delivery software."},
		"Exim, of the list":        {"Mail Delivery System <postmaster@x.pe>", "Mail failure - rejected by local scanning code", "", "A message that you sent was rejected by the local scanning code."},
		"smail":                    {"<MAILER-DAEMON@x.pe>", "mail failed, returning to sender", "", "|------------------------- Message log follows: -------------------------|"},
		"MMDF":                     {"SCO MMDF <mmdf@x.pe>", "Failed mail (msg.aa12345)", "", "Your message could not be delivered to 'ana' for the following reason: ' Unknown user name'"},
		"PMDF and iPlanet":         {"Internet Mail Delivery <postmaster@x.pe>", "Delivery Notification: Delivery has failed", "", "This report relates to a message you sent."},
		"Exchange 5.5":             {"System Administrator <postmaster@x.pe>", "Undeliverable: Acceso", "", "Your message\n\n  To: ana@x.pe\n\ndid not reach the following recipient(s):"},
		"Exchange, German":         {"Microsoft Exchange <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@x.pe>", "Unzustellbar: Acceso", "", "Fehler bei der Nachrichtenzustellung"},
		"Exchange, unknown":        {"Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@x.pe>", "Ekki hægt: Acceso", "", "ana@x.pe"},
		"Exchange, Spanish":        {"Microsoft Outlook <postmaster@x.pe>", "No se puede entregar: Acceso", "", "No se encontró la dirección de correo."},
		"Exchange, Portuguese":     {"Postmaster <postmaster@x.pe>", "Não é possível entregar: Acceso", "Return-Path: <>\n", "x"},
		"Exchange, French":         {"Microsoft Outlook <postmaster@x.pe>", "Non remis : Acceso", "", "x"},
		"Exchange, Japanese":       {"Microsoft Outlook <postmaster@x.pe>", "配信不能: Acceso", "", "x"},
		"Exchange, Chinese":        {"Microsoft Outlook <postmaster@x.pe>", "未送达: Acceso", "", "x"},
		"Notes":                    {"Postmaster@x.pe", "DELIVERY FAILURE: User ana not listed in Domino Directory", "", "Your message was not delivered to: ana@x.pe"},
		"GroupWise":                {"Mailer-Daemon@x.pe", "Message status - undeliverable", "", "The message that you sent was undeliverable to the following: ana"},
		"Mercury":                  {"Electronic Postmaster <postmaster@x.pe>", "Postmaster Notify: Delivery Failure.", "", "The message could not be delivered to one or more recipients."},
		"IMail":                    {"Postmaster <postmaster@x.pe>", "Undeliverable Mail", "X-Mailer: <SMTP32 v8.22>\n", "Unknown user: ana@x.pe"},
		"MDaemon":                  {"MDaemon at x.pe <MDaemon@x.pe>", "Permanent Delivery Failure", "", "The attached message had PERMANENT fatal delivery errors!"},
		"MailEnable":               {"postmaster@x.pe", "Message Delivery Failure", "", "MailEnable: Message could not be delivered to some recipients."},
		"Courier":                  {"Courier mail server at x.pe <@x.pe>", "NOTICE: mail delivery status.", "", "UNDELIVERABLE MAIL"},
		"Apache James":             {"postmaster@x.pe", "Re:Acceso", "", "Hi. This is the James mail server at x.pe.\nI'm afraid I wasn't able to deliver your message."},
		"Yahoo":                    {"MAILER-DAEMON@yahoo.com", "Failure Notice", "", "Sorry, we were unable to deliver your message to the following address."},
		"Gmail":                    {"Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)", "", "** Address not found **"},
		"Yandex":                   {"mailer-daemon@yandex.ru", "Недоставленное сообщение", "", "Это письмо отправлено почтовым сервером"},
		"163":                      {"Postmaster@163.com", "系统退信", "", "抱歉，您的邮件被退回来了"},
		"docomo":                   {"mailer-daemon@docomo.ne.jp", "Mail System Error - Returned Mail", "", "Each of the following recipients was rejected by a remote mail server."},
		"ezweb":                    {"Postmaster <Postmaster@ezweb.ne.jp>", "Mail System Error - Returned Mail", "", "The user(s) account is temporarily over quota."},
		"a mobile operator":        {"post_master@vtext.com", "Undeliverable Message", "", "Error: x"},
		"Barracuda":                {"Spam Firewall <postmaster@x.pe>", "**Message you sent blocked by our bulk email filter**", "", "The email you sent with the following subject has NOT BEEN DELIVERED"},
		"Mimecast":                 {"postmaster@x.pe", "[Postmaster] Email Delivery Failure", "", "x"},
		"Amavis":                   {"Content-filter at x.pe <postmaster@x.pe>", "Considered UNSOLICITED BULK EMAIL, apparently from you", "", "x"},
		"Amavis, banned":           {"Content-filter at x.pe <postmaster@x.pe>", "BANNED contents from you (.exe)", "", "x"},
		"a virus scanner":          {"MAILER-DAEMON@x.pe", "VIRUS (Eicar) IN YOUR MAIL TO ana@x.pe", "", "x"},
		"InterScan":                {"Administrator <interscan@x.pe>", "Mail could not be delivered", "", "****** Message from InterScan Messaging Security Suite ******\nSent <<< RCPT TO\nReceived >>> 550 5.1.1 user unknown\nUnable to deliver message to <ana@x.pe>."},
		"LISTSERV":                 {"LISTSERV@x.pe", "Rejected posting to UTI@x.pe", "", "Your message is being returned to you unprocessed. Message returned."},
		"1&1":                      {"Mail Delivery System <mailer-daemon@kundenserver.de>", "Mail delivery failed: returning message to sender", "", "x"},
		"X6":                       {"Mail Delivery <noreply@x.pe>", "There was an error sending your mail", "", "The message could not be delivered to ana@x.pe"},
		"null sender, sentence":    {"servicio@x.pe", "Información", "Return-Path: <>\n", "Your message to ana@x.pe could not be delivered."},
		"nobody, subject":          {"<>", "Delivery failure", "", "x"},
		"Spanish gateway":          {"Sistema de Correo <correo@x.pe>", "Aviso de no entrega", "", "Su mensaje no pudo ser entregado"},
		"Spanish, by rule":         {"correo@x.pe", "Notificación de error de entrega", "Auto-Submitted: auto-replied\n", "x"},
		"Italian certified":        {"posta-certificata@x.it", "AVVISO DI MANCATA CONSEGNA: Acceso", "Return-Path: <>\n", "x"},
		"Portuguese":               {"Mail Delivery System <mailer-daemon@x.br>", "Falha na entrega", "", "x"},
		"French":                   {"postmaster@x.fr", "Échec de la remise", "", "x"},
		"Turkish":                  {"postmaster@x.tr", "Teslim edilemedi: Acceso", "", "x"},
		"only the type":            {"correo@x.pe", "x", "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n", "x"},
		"delayed":                  {"MAILER-DAEMON@x.pe", "Delivery delayed: Acceso", "", "x"},
		"quota, by the system":     {"postmaster@x.pe", "Mailbox full", "Return-Path: <>\n", "x"},
		"relayed, of Exchange":     {"Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@x.pe>", "Relayed: Acceso", "", "Delivery to these recipients is complete"},
		"name alone":               {"Mail Delivery System <noreply@x.pe>", "Undelivered Mail Returned to Sender", "", "x"},
		"bounce handler":           {"bounces@x.pe", "Undelivered: Acceso", "", "x"},
		"host unknown":             {"Mail Router <router@x.pe>", "Returned mail: Host unknown", "", "x"},
		"retry time":               {"Mail System <mailsystem@x.pe>", "Delivery failed", "", "retry timeout exceeded"},
		"answer to no address":     {"postmaster@x.pe", "Acceso", "Return-Path: <>\n", "550 5.1.1 <ana@x.pe>: Recipient address rejected"},
		"Zimbra":                   {"MAILER-DAEMON@x.pe (Mail Delivery System)", "Undelivered Mail Returned to Sender", "", "This is the mail system at host correo.x.pe."},
		"daemon without a domain":  {"MAILER-DAEMON (Mail Delivery Subsystem)", "Returned mail", "", "x"},
		"daemon, brackets alone":   {"Mail Delivery Subsystem <MAILER-DAEMON>", "x", "", "x"},
		"Exchange, Portuguese now": {"Postmaster <postmaster@x.pe>", "Não é possível entregar: Acceso", "", "x"},
		"Exchange, Russian":        {"postmaster@x.pe", "Не удается доставить: Acceso", "", "x"},
		"Exchange, Finnish":        {"postmaster@x.pe", "Toimittamaton: Acceso", "", "x"},
		"Exchange, Turkish":        {"postmaster@x.pe", "Teslim edilemiyor: Acceso", "", "x"},
		"X6, of nobody":            {"ventas@x.pe", "There was an error sending your mail", "", "SMTP Server <mx> rejected recipient <ana@x.pe>.\nIt responded as follows: [550 5.1.1 User unknown]"},
		"X2, of nobody":            {"no-reply@x.pe", "failed delivery", "", "Unable to deliver message to the following address(es).\n\n<ana@x.pe>:\nThis account is not active"},
		"newmail":                  {"mail service <postmaster@x.ru>", "Mail not delivered", "", "This is the machine generated message from mail service."},
		"Compuserve":               {"postmaster@x.pe", "Undeliverable message", "", "Receiver not found: ana"},
		"Netscape":                 {"Mail Administrator <Postmaster@x.pe>", "Mail System Error - Returned Mail", "", "This Message was undeliverable due to the following reason:"},
		"closed address":           {"ana.vieja@x.pe", "Re: Acceso", "Return-Path: <>\n", "This address no longer accepts mail."},
		"transcript in the text":   {"Mail Delivery Subsystem <daemon@x.pe>", "x", "", "----- Transcript of session follows -----"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := Parse([]byte(strings.ReplaceAll("From: "+tt.from+"\nTo: soporte.usuario@qw.gob.pe\nSubject: "+tt.subject+"\n"+tt.extra+"\n"+tt.body+"\n", "\n", "\r\n")))
			if j := judgeSample(&m); j.Decision != NoteBounce {
				t.Errorf("%s: %+v %+v", j.Decision, m.Bounce, m.Auto)
			}
		})
	}
}

func TestKindOfABounceWithoutStatus(t *testing.T) {
	for subject, want := range map[string]BounceKind{
		"Warning: could not send message for past 4 hours": BounceDelayed, "Delivery delayed: x": BounceDelayed, "Retraso en la entrega: x": BounceDelayed,
		"Relayed: x": BounceDelivered, "Delivery Status Notification (Success)": BounceDelivered, "Undeliverable: x": BounceFailed, "": BounceFailed,
	} {
		if got := kindBySubject(subject); got != want {
			t.Errorf("%q: %s, want %s", subject, got, want)
		}
	}
}

// What people write about mail that does not arrive stays a request.
func TestF31PeopleWhoWriteAboutBouncesAreNone(t *testing.T) {
	tests := map[string]struct{ subject, extra, body string }{
		"asks why":                    {"Error en el envío de correos", "", "Cuando envío a ana@x.pe me dice «user unknown». ¿Qué hago?"},
		"mailbox full":                {"Buzón lleno", "", "Mi buzón está lleno, necesito más espacio."},
		"mailbox full in English":     {"Mailbox full", "", "My mailbox is full."},
		"returns equipment":           {"Devolución de correo institucional y laptop", "", "Devuelvo la laptop."},
		"cannot deliver a parcel":     {"No se pudo entregar el equipo", "", "El almacén estaba cerrado."},
		"forwards the report":         {"RV: Undeliverable: Acceso", "", "Me llegó esto.\n\nDe: Microsoft Outlook\nEnviado: lunes\nPara: Ana\nAsunto: Undeliverable: Acceso\n\nDelivery has failed to these recipients"},
		"forwards it through a list":  {"Fwd: Delivery Status Notification (Failure)", "List-Id: <uti.qw.gob.pe>\nPrecedence: bulk\nList-Post: <mailto:uti@qw.gob.pe>\n", "550 5.1.1 user unknown"},
		"asks on a list":              {"[uti] User unknown", "Precedence: bulk\nSender: owner-uti@qw.gob.pe\n", "Me sale 550 5.1.1 user unknown."},
		"writes about a delay":        {"Demora en la entrega de correos", "", "Los correos tardan."},
		"with the report attached":    {"Fwd: no llega", "Content-Type: multipart/mixed; boundary=b\n", "--b\n\nMiren el adjunto.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@x.pe\nAction: failed\n--b--"},
		"a sentence without a system": {"Consulta", "", "This message was created automatically by mail delivery software, me dicen."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := Parse([]byte(strings.ReplaceAll("From: Ana <ana@qw.gob.pe>\nReturn-Path: <ana@qw.gob.pe>\nSubject: "+tt.subject+"\n"+tt.extra+"\n"+tt.body+"\n", "\n", "\r\n")))
			if j := judgeSample(&m); j.Decision != OpenTicket {
				t.Errorf("%s: %+v %+v", j.Decision, m.Bounce, m.Auto)
			}
		})
	}
}

// A report without status names its own system, and us, before whom it is about.
func TestAddressInAnOddReportIsNotTheReporters(t *testing.T) {
	for name, body := range map[string]string{
		"after the daemon":     "Reported by mailer-daemon@x.pe: 550 5.1.1 <ana@x.pe> unknown",
		"after the sender":     "This is sistema@x.pe. 550 5.1.1 <ana@x.pe> unknown",
		"after our address":    "A mail of soporte.usuario@qw.gob.pe to ana@x.pe failed: 5.1.1",
		"before all the rest":  "ana@x.pe 5.1.1, said postmaster@x.pe and soporte.usuario@qw.gob.pe",
		"after all the others": "mailer-daemon@x.pe sistema@x.pe soporte.usuario@qw.gob.pe ana@x.pe 5.1.1",
	} {
		m := Parse([]byte(strings.ReplaceAll("From: Mail Delivery System <sistema@x.pe>\nReturn-Path: <>\nTo: soporte.usuario@qw.gob.pe\nSubject: Undelivered Mail Returned to Sender\n\n"+body+"\n", "\n", "\r\n")))
		if len(m.Bounce.Recipients) != 1 || m.Bounce.Recipients[0].Address != "ana@x.pe" || m.Bounce.Recipients[0].Status != "5.1.1" {
			t.Errorf("%s: %+v", name, m.Bounce)
		}
	}
}
