package mail

import (
	"strings"
	"testing"
)

func TestNewText(t *testing.T) {
	const quote = "> ¿Cuál es la oficina?\n> Mesa de ayuda\n"
	tests := map[string]struct{ text, want string }{
		"no quote":                       {"Hola.\n\nGracias.", "Hola.\n\nGracias."},
		"Gmail, Spanish":                 {"La 204.\n\nEl lun, 14 sept 2026 a las 9:10, Mesa de ayuda (<s@qw.gob.pe>) escribió:\n" + quote, "La 204."},
		"Gmail, wrapped":                 {"La 204.\n\nEl lun, 14 sept 2026 a las 9:10, Mesa de ayuda UTI (<\ns@qw.gob.pe>) escribió:\n\n" + quote, "La 204."},
		"Gmail, English, wrapped":        {"204.\n\nOn Mon, Sep 14, 2026 at 9:10 AM Mesa <s@qw.gob.pe>\nwrote:\n" + quote, "204."},
		"Thunderbird":                    {"La 204.\n\nEl 14/09/2026 a las 9:10, Mesa escribió:\n" + quote, "La 204."},
		"Apple Mail":                     {"La 204.\n\n> El 14 set. 2026, a la(s) 09:10, Mesa <s@qw.gob.pe> escribió:\n> \n" + quote, "La 204."},
		"Yahoo without quote marks":      {"La 204.\n\n El lunes, 14 de setiembre de 2026, 09:10:00 a. m. GMT-5, Mesa <s@qw.gob.pe> escribió:\n\n¿Oficina?", "La 204."},
		"old Gmail by date":              {"La 204.\n\n2026-09-14 9:10 GMT-05:00 Mesa <s@qw.gob.pe>:\n" + quote, "La 204."},
		"name only, quote marks below":   {"La 204.\n\nMesa de ayuda escribió:\n" + quote, "La 204."},
		"Outlook, Spanish":               {"La 204.\n\nDe: Mesa <s@qw.gob.pe>\nEnviado el: lunes\nPara: Ana\nAsunto: x\n\n¿Oficina?", "La 204."},
		"Outlook, bold labels":           {"La 204.\n\n*De:* Mesa <s@qw.gob.pe>\n*Enviado:* lunes\n*Para:* Ana\n*Asunto:* x\n\n¿Oficina?", "La 204."},
		"Outlook, English":               {"204.\n\nFrom: Mesa <s@qw.gob.pe>\nSent: Monday\nTo: Ana\nSubject: x\n\n¿Oficina?", "204."},
		"Outlook, old":                   {"La 204.\n\n-----Mensaje original-----\nDe: Mesa\n\n¿Oficina?", "La 204."},
		"Outlook web":                    {"La 204.\n________________________________\n\nDe: Mesa <s@qw.gob.pe>\nEnviado: lunes\nPara: Ana\nAsunto: x\n\n¿Oficina?", "La 204."},
		"Zimbra":                         {"La 204.\n\n----- Mensaje original -----\nDe: \"Mesa\" <s@qw.gob.pe>\nPara: \"Ana\" <a@qw.gob.pe>\nEnviados: Lunes\n", "La 204."},
		"answers between quotes":         {"El 14/09/2026 a las 9:10, Mesa escribió:\n> ¿Oficina?\n204\n> ¿Anexo?\n0000\n", "204\n0000"},
		"text above and answers between": {"Respondo abajo.\n\nEl 14/09/2026 a las 9:10, Mesa escribió:\n> ¿Oficina?\n204\n> ¿Anexo?\n", "Respondo abajo.\n\n204"},
		"answer below the quote":         {"El 14/09/2026 a las 9:10, Mesa escribió:\n" + quote + "\nLa 204.\n", "La 204."},
		"quote without introduction":     {quote + "\nLa 204.", "La 204."},
		"wrapped quote is no answer":     {"La 204.\n\nEl 14/09/2026 a las 9:10, Mesa escribió:\n> una línea citada tan larga que el programa de correo la partió en\ndos\n> otra\n", "La 204."},
		"only a quote is kept":           {quote, strings.TrimSpace(quote)},
		"only a header block is kept":    {"De: Mesa\nEnviado: lunes\nPara: Ana\nAsunto: x", "De: Mesa\nEnviado: lunes\nPara: Ana\nAsunto: x"},
		"a forward is kept whole":        {"Para atender.\n\n---------- Mensaje reenviado ---------\nDe: x\n\nNo hay red.", "Para atender.\n\n---------- Mensaje reenviado ---------\nDe: x\n\nNo hay red."},
		"Apple's forward is kept whole":  {"Ver.\n\nInicio del mensaje reenviado:\n\n> De: x\n> No hay red.", "Ver.\n\nInicio del mensaje reenviado:\n\n> De: x\n> No hay red."},
		"a story about writing":          {"El sistema escribió:\nError 500", "El sistema escribió:\nError 500"},
		"a story with a date":            {"El 14/09 el proveedor me escribió que hoy vendría.\nEspero.", "El 14/09 el proveedor me escribió que hoy vendría.\nEspero."},
		"a list with labels":             {"De: SIGO\nno pasa de la primera pantalla.", "De: SIGO\nno pasa de la primera pantalla."},
		"a ruler of the sender":          {"Uno\n____________\nDos", "Uno\n____________\nDos"},
		"signature":                      {"Hola.\n\n-- \nAna\nanexo 0000", "Hola."},
		"signature, the blank lost":      {"Hola.\n\n--\nAna\nanexo 0000", "Hola."},
		"dashes that part a text":        {"Uno\n--\nDos", "Uno\n--\nDos"},
		"iPhone":                         {"Listo.\n\nEnviado desde mi iPhone", "Listo."},
		"Outlook for Android":            {"Listo.\n\nObtener Outlook para Android<https://aka.ms/x>", "Listo."},
		"Android, English":               {"Done.\n\nSent from my Samsung Galaxy smartphone.", "Done."},
		"a sentence about sending":       {"Enviado desde la UT el informe de ayer.\nGracias.", "Enviado desde la UT el informe de ayer.\nGracias."},
		"only the phone's line is kept":  {"Enviado desde mi iPhone", "Enviado desde mi iPhone"},
		"many blank lines":               {"Uno\n\n\n\n\nDos   \n\n", "Uno\n\nDos"},
		"empty":                          {"", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := newTextOf(tt.text, false); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestTheDecisionOfAnApproverIsReadWithoutTheQuote(t *testing.T) {
	m := Parse(mailOf("", "RECHAZADO no corresponde\r\n\r\nEl 14/09/2026 a las 9:10, Mesa escribió:\r\n> responda APROBADO o RECHAZADO\r\n"))
	if m.NewText != "RECHAZADO no corresponde" {
		t.Errorf("new text %q", m.NewText)
	}
}

func TestUnflow(t *testing.T) {
	for text, want := range map[string]string{
		"una \nsola": "una sola", "una\ndos": "una\ndos", "> a \n> b": "> a b", "> a \nb": "> a \nb", " indentada": "indentada",
		"fin \n-- \nAna": "fin \n-- \nAna", ">> a \n>> b": ">> a b", "": "",
	} {
		if got := unflow(text, false); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := unflow("pala \nbra", true); got != "palabra" {
		t.Errorf("DelSp: %q", got)
	}
}
