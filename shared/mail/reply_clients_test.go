package mail

import (
	"strings"
	"testing"
)

// introductions are the lines by which mail programs introduce the mail that is
// answered, when marks (`>`) follow.
var introductions = map[string]string{
	"Gmail, Spanish":            "El mar, 15 set 2026 a las 9:30, Mesa de ayuda (<soporte@qw.gob.pe>) escribió:",
	"Gmail, Spanish, wrapped":   "El mar, 15 set 2026 a las 9:30, Mesa de ayuda de la Unidad de Tecnologías (<\nsoporte@qw.gob.pe>) escribió:",
	"Gmail, Spanish, old":       "El 15 de septiembre de 2026 9:30, Mesa de ayuda<soporte@qw.gob.pe> escribió:",
	"Gmail, a. m.":              "El mar, 15 sept 2026 a la(s) 9:30 a. m., Mesa de ayuda (soporte@qw.gob.pe) escribió:",
	"Gmail, English":            "On Tue, Sep 15, 2026 at 9:30 AM Mesa de ayuda <soporte@qw.gob.pe> wrote:",
	"Gmail, English, wrapped":   "On Tue, Sep 15, 2026 at 9:30 AM Mesa de ayuda de la Unidad <\nsoporte@qw.gob.pe> wrote:",
	"Gmail, Portuguese":         "Em ter., 15 de set. de 2026 às 09:30, Mesa <soporte@qw.gob.pe> escreveu:",
	"Gmail, French":             "Le mar. 15 sept. 2026 à 09:30, Mesa <soporte@qw.gob.pe> a écrit :",
	"Gmail, German":             "Am Di., 15. Sept. 2026 um 09:30 Uhr schrieb Mesa <soporte@qw.gob.pe>:",
	"Gmail, Italian":            "Il giorno mar 15 set 2026 alle ore 09:30 Mesa <soporte@qw.gob.pe> ha scritto:",
	"Gmail, Dutch":              "Op di 15 sep 2026 om 09:30 schreef Mesa <soporte@qw.gob.pe>:",
	"Gmail, Swedish":            "Den tis 15 sep. 2026 kl 09:30 skrev Mesa <soporte@qw.gob.pe>:",
	"Gmail, Polish":             "wt., 15 wrz 2026 o 09:30 Mesa <soporte@qw.gob.pe> napisał(a):",
	"Gmail, Russian":            "вт, 15 сент. 2026 г. в 09:30, Mesa <soporte@qw.gob.pe>:",
	"Gmail, Japanese":           "2026年9月15日(火) 9:30 Mesa <soporte@qw.gob.pe>:",
	"Gmail, Chinese":            "Mesa <soporte@qw.gob.pe> 于2026年9月15日周二 09:30写道：",
	"Gmail, year first":         "2026-09-15 9:30 GMT-05:00 Mesa de ayuda <soporte@qw.gob.pe>:",
	"Apple, Spanish":            "El 15 set. 2026, a la(s) 9:30, Mesa de ayuda <soporte@qw.gob.pe> escribió:",
	"Apple, Spanish, of Spain":  "El 15 sept 2026, a las 9:30, Mesa de ayuda <soporte@qw.gob.pe> escribió:",
	"Apple, English":            "On Sep 15, 2026, at 9:30 AM, Mesa de ayuda <soporte@qw.gob.pe> wrote:",
	"Apple, English, day first": "On 15 Sep 2026, at 09:30, Mesa de ayuda <soporte@qw.gob.pe> wrote:",
	"Thunderbird, Spanish":      "El 15/09/26 a las 09:30, Mesa de ayuda escribió:",
	"Thunderbird, Spanish, old": "Mesa de ayuda escribió:",
	"Thunderbird, English":      "On 9/15/26 9:30 AM, Mesa de ayuda wrote:",
	"Thunderbird, English, new": "On 2026-09-15 09:30, Mesa de ayuda wrote:",
	"Zimbra and Roundcube":      "El 2026-09-15 09:30, Mesa de ayuda escribió:",
	"Roundcube, English":        "On 2026-09-15 09:30, soporte@qw.gob.pe wrote:",
	"Horde":                     "Quoting Mesa de ayuda <soporte@qw.gob.pe>:",
	"Horde, Spanish":            "Mesa de ayuda <soporte@qw.gob.pe> escribió:",
	"Yahoo, Spanish":            "    El martes, 15 de septiembre de 2026 09:30:00 GMT-5, Mesa de ayuda <soporte@qw.gob.pe> escribió:",
	"Yahoo, English":            "On Tuesday, September 15, 2026 at 09:30:00 AM GMT-5, Mesa de ayuda <soporte@qw.gob.pe> wrote:",
	"Proton, English":           "On Tuesday, September 15th, 2026 at 9:30 AM, Mesa <soporte@qw.gob.pe> wrote:",
	"Proton, Spanish":           "El martes, 15 de septiembre de 2026 a las 09:30, Mesa <soporte@qw.gob.pe> escribió:",
	"K-9":                       "El 15 de septiembre de 2026 9:30:00 GMT-05:00, Mesa <soporte@qw.gob.pe> escribió:",
	"Evolution":                 "El mar, 15-09-2026 a las 09:30 -0500, Mesa de ayuda escribió:",
	"SquirrelMail":              "El Mar, 15 de Septiembre de 2026, 9:30 am, Mesa escribió:",
	"Mutt":                      "On Tue, Sep 15, 2026 at 09:30:00AM -0500, Mesa wrote:",
	"Pine":                      "On Tue, 15 Sep 2026, Mesa wrote:",
	"the way a person does it":  "Mesa de ayuda wrote:",
	"Spark":                     "On 15 Sep 2026, 9:30 AM -0500, Mesa <soporte@qw.gob.pe>, wrote:",
	"Airmail":                   "On September 15, 2026 at 9:30:00 AM, Mesa (soporte@qw.gob.pe) wrote:",
	"Samsung, Spanish":          "-------- Mensaje original --------\nDe: Mesa <soporte@qw.gob.pe>\nFecha: 15/9/26 9:30 a. m. (GMT-05:00)\nPara: Ana <ana@qw.gob.pe>\nAsunto: Acceso",
	"Samsung, English":          "-------- Original message --------\nFrom: Mesa <soporte@qw.gob.pe>\nDate: 9/15/26 9:30 AM (GMT-05:00)\nTo: Ana <ana@qw.gob.pe>\nSubject: Acceso",
}

// blocks are headers of programs that quote without marks.
var blocks = map[string]string{
	"Outlook, Spanish":               "De: Mesa de ayuda <soporte@qw.gob.pe>\nEnviado: martes, 15 de setiembre de 2026 09:30\nPara: Ana Rojas <ana@qw.gob.pe>\nAsunto: Acceso",
	"Outlook, Spanish, Enviado el":   "De: Mesa de ayuda [mailto:soporte@qw.gob.pe]\nEnviado el: martes, 15 de setiembre de 2026 09:30 a.m.\nPara: Ana Rojas\nCC: Luis\nAsunto: Acceso",
	"Outlook, English":               "From: Mesa de ayuda <soporte@qw.gob.pe>\nSent: Tuesday, September 15, 2026 9:30 AM\nTo: Ana Rojas <ana@qw.gob.pe>\nSubject: Acceso",
	"Outlook, with Original Message": "-----Original Message-----\nFrom: Mesa de ayuda [mailto:soporte@qw.gob.pe]\nSent: Tuesday, September 15, 2026 9:30 AM\nTo: Ana Rojas\nSubject: Acceso",
	"Outlook, with Mensaje original": "-----Mensaje original-----\nDe: Mesa de ayuda <soporte@qw.gob.pe>\nEnviado el: martes, 15 de setiembre de 2026 09:30\nPara: Ana\nAsunto: Acceso",
	"Outlook on the web":             "________________________________\nDe: Mesa de ayuda <soporte@qw.gob.pe>\nEnviado: martes, 15 de setiembre de 2026 09:30\nPara: Ana Rojas <ana@qw.gob.pe>\nAsunto: Acceso",
	"Outlook, bold labels":           "*De:* Mesa de ayuda <soporte@qw.gob.pe>\n*Enviado:* martes, 15 de setiembre de 2026 09:30\n*Para:* Ana Rojas\n*Asunto:* Acceso",
	"Outlook, French":                "De : Mesa <soporte@qw.gob.pe>\nEnvoyé : mardi 15 septembre 2026 09:30\nÀ : Ana <ana@qw.gob.pe>\nObjet : Acceso",
	"Outlook, German":                "Von: Mesa <soporte@qw.gob.pe>\nGesendet: Dienstag, 15. September 2026 09:30\nAn: Ana <ana@qw.gob.pe>\nBetreff: Acceso",
	"Outlook, Portuguese":            "De: Mesa <soporte@qw.gob.pe>\nEnviada em: terça-feira, 15 de setembro de 2026 09:30\nPara: Ana <ana@qw.gob.pe>\nAssunto: Acceso",
	"Outlook, Italian":               "Da: Mesa <soporte@qw.gob.pe>\nInviato: martedì 15 settembre 2026 09:30\nA: Ana <ana@qw.gob.pe>\nOggetto: Acceso",
	"Outlook, Dutch":                 "Van: Mesa <soporte@qw.gob.pe>\nVerzonden: dinsdag 15 september 2026 09:30\nAan: Ana <ana@qw.gob.pe>\nOnderwerp: Acceso",
	"Zimbra":                         "----- Mensaje original -----\nDe: \"Mesa de ayuda\" <soporte@qw.gob.pe>\nPara: \"Ana Rojas\" <ana@qw.gob.pe>\nEnviados: Martes, 15 de Setiembre 2026 9:30:00\nAsunto: Acceso",
	"Zimbra, new":                    "De: \"Mesa de ayuda\" <soporte@qw.gob.pe>\nPara: \"Ana Rojas\" <ana@qw.gob.pe>\nEnviados: Martes, 15 de Setiembre 2026 9:30:00\nAsunto: Acceso",
	"Zimbra, English":                "From: \"Mesa\" <soporte@qw.gob.pe>\nTo: \"Ana\" <ana@qw.gob.pe>\nSent: Tuesday, September 15, 2026 9:30:00 AM\nSubject: Acceso",
	"Notes":                          "-----Mesa de ayuda/UTI escribió: -----\nPara: Ana Rojas\nDe: Mesa de ayuda/UTI\nFecha: 15/09/2026 09:30\nAsunto: Acceso",
	"Apple, as a forward answered":   "De: Mesa <soporte@qw.gob.pe>\nAsunto: Acceso\nFecha: 15 de setiembre de 2026, 9:30:00 GMT-5\nPara: Ana <ana@qw.gob.pe>",
	"GroupWise":                      ">>> Mesa de ayuda <soporte@qw.gob.pe> 15/09/2026 09:30 >>>",
}

func TestQuotesOfEveryProgramAreSetApart(t *testing.T) {
	const own, quoted = "Sí, confirmo.\n\nSigue fallando a las 10:00.", "Estimada Ana:\n\n¿Puede confirmar?"
	check := func(name, text string) {
		t.Run(name, func(t *testing.T) {
			if got := newTextOf(text, false); got != own {
				t.Errorf("new text is %q of\n%s", got, text)
			}
		})
	}
	for name, introduction := range introductions {
		check(name+", marked", own+"\n\n"+introduction+"\n\n> "+strings.ReplaceAll(quoted, "\n", "\n> ")+"\n")
	}
	for name, block := range blocks {
		check(name, own+"\n\n"+block+"\n\n"+quoted+"\n")
	}
}

func TestSignaturesOfProgramsAndPeopleAreLeftOut(t *testing.T) {
	const own = "Sí, confirmo."
	for name, signature := range map[string]string{
		"iPhone": "Enviado desde mi iPhone", "iPad": "Enviado desde mi iPad", "Android": "Enviado desde mi dispositivo Android", "Samsung": "Enviado desde mi Samsung Galaxy.", "Huawei": "Enviado desde mi HUAWEI P30",
		"Outlook for iOS": "Obtener Outlook para iOS<https://aka.ms/o0ukef>", "Outlook for Android": "Obtén Outlook para Android", "Outlook, English": "Get Outlook for Android", "Yahoo": "Enviado desde Yahoo Mail para iPhone",
		"BlackBerry": "Enviado desde mi BlackBerry de Movistar", "English": "Sent from my iPhone", "Windows": "Enviado desde Correo para Windows", "Windows 10": "Enviado desde Correo para Windows 10", "Gmail": "Enviado desde Gmail Mobile", "Proton": "Enviado con el correo seguro de Proton Mail.",
		"dashes": "-- \nAna Rojas\nUnidad Territorial\nAnexo 1234", "dashes without blank": "--\nAna Rojas\nCel. 999 888 777", "Portuguese": "Enviado do meu iPhone", "French": "Envoyé de mon iPhone", "German": "Von meinem iPhone gesendet", "Italian": "Inviato da iPhone",
	} {
		t.Run(name, func(t *testing.T) {
			if got := newTextOf(own+"\n\n"+signature+"\n", false); got != own {
				t.Errorf("new text is %q", got)
			}
			answer := own + "\n\n" + signature + "\n\nEl mar, 15 set 2026 a las 9:30, Mesa (<soporte@qw.gob.pe>) escribió:\n\n> ¿Confirma?\n"
			if got := newTextOf(answer, false); got != own {
				t.Errorf("of an answer, new text is %q", got)
			}
		})
	}
}
