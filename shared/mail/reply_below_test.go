package mail

import (
	"strings"
	"testing"
)

// Some people answer below what they quote, or between its lines: their words
// are the new text wherever they stand.
func TestAnswersBelowAndBetweenQuotesAreFound(t *testing.T) {
	for name, introduction := range introductions {
		if strings.Contains(introduction, "\nAsunto:") || strings.Contains(introduction, "\nSubject:") {
			continue // phones that quote without marks: nothing tells the answer from the quote
		}
		t.Run(name, func(t *testing.T) {
			below := introduction + "\n\n> Estimada Ana:\n>\n> ¿Puede confirmar?\n\nSí, confirmo.\n\nGracias.\n"
			if got := newTextOf(below, false); got != "Sí, confirmo.\n\nGracias." {
				t.Errorf("below, new text is %q of\n%s", got, below)
			}
			between := introduction + "\n\n> ¿Desde qué hora?\n\nDesde las 10:00.\n\n> ¿Qué mensaje sale?\n\nNinguno.\n\n> Saludos\n"
			got := newTextOf(between, false)
			if !strings.Contains(got, "Desde las 10:00.") || !strings.Contains(got, "Ninguno.") || strings.Contains(got, ">") || strings.Contains(got, "qué hora") {
				t.Errorf("between, new text is %q of\n%s", got, between)
			}
			both := "Hola:\n\n" + between
			if got := newTextOf(both, false); !strings.HasPrefix(got, "Hola:") || !strings.Contains(got, "Ninguno.") || strings.Contains(got, "qué hora") {
				t.Errorf("above and between, new text is %q of\n%s", got, both)
			}
		})
	}
}

// What only looks like the beginning of a quote stays: losing a request is worse
// than keeping a quote.
func TestWordsLikeThoseOfAQuoteStay(t *testing.T) {
	for _, text := range []string{
		"El sistema escribió: «acceso denegado».\n\nPor favor ayuda.",
		"De: la oficina 3\nPara: la oficina 5\n\nNecesitamos mover dos equipos.",
		"El 15/09/2026 a las 9:30 dejó de funcionar la impresora.\nNadie la tocó.",
		"Asunto: traslado de equipo\nNecesito trasladar mi CPU.",
		"Pasos:\n-----\n1. Abrir\n2. Falla",
		"Le escribo por lo siguiente:\nno abre el SIGO.",
		"On Monday the printer failed.\nOn Tuesday it failed again.",
		"Mi jefa escribió:\n\"Que lo vea soporte hoy\".\nQuedo atenta.",
		"Enviado el: lunes\nEquipo: laptop\nFalla: no enciende",
		"________________________________\nOficina de Administración\nNo imprime.",
		"From: 10:00\nTo: 12:00\nSala 2 por favor",
	} {
		if got := newTextOf(text, false); got != text && !strings.HasSuffix(text, got) || len(got) < len(text)/2 {
			t.Errorf("%q became %q", text, got)
		}
	}
}
