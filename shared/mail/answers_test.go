package mail

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func phoneAsk() Ask {
	return Ask{Name: "phone", Labels: []string{"Teléfono o anexo", "teléfono", "telf", "cel", "anexo"}, Shape: Phone, Most: 40}
}

func codeAsk() Ask {
	return Ask{Name: "asset", Labels: []string{"Código patrimonial", "código", "cod patrimonial"}, Shape: Code, Absent: "no_asset", Most: 40}
}

func officeAsk() Ask {
	return Ask{Name: "office", Labels: []string{"Oficina de ubicación", "oficina"}, Shape: AnyLine, Most: 120}
}

func kindAsk() Ask {
	return Ask{Name: "goods", Labels: []string{"Tipo de bien", "bien"}, Shape: OneOf, Options: map[string]string{"Computadora portátil": "laptop", "laptop": "laptop", "Monitor": "monitor"}, Most: 60}
}

func subjectAsk() Ask {
	return Ask{Name: "subject", Labels: []string{"Asunto"}, Shape: Gist, Most: 200}
}

func textAsk() Ask {
	return Ask{Name: "description", Labels: []string{"Descripción"}, Shape: Whole, Most: 4000}
}

func TestAnswersAreReadByLabelOrAlone(t *testing.T) {
	hardware := []Ask{codeAsk(), officeAsk(), kindAsk(), phoneAsk()}
	tests := []struct {
		name string
		text string
		asks []Ask
		want map[string]string
	}{
		{"labelled lines", "Buenos días,\n\nCódigo patrimonial: 740877120123\nTeléfono - 987 654 321\nOficina: Logística, piso 2.\n\nSaludos", hardware,
			map[string]string{"asset": "740877120123", "phone": "987 654 321", "office": "Logística, piso 2"}},
		{"as the mail's own lines, with its marks", "«Código patrimonial: 7408-7712\n  Oficina de ubicación: 310»", hardware, map[string]string{"asset": "7408-7712", "office": "310"}},
		{"without accents, in capitals, bulleted", "- CODIGO PATRIMONIAL: 740877120123\n* TELEFONO O ANEXO = 2301", hardware, map[string]string{"asset": "740877120123", "phone": "2301"}},
		{"after a blank, when it is a number", "Oficina 310, segundo piso\nTelf. 987654321\nCódigo patrimonial N.º 740877120123", hardware,
			map[string]string{"office": "310, segundo piso", "phone": "987654321", "asset": "740877120123"}},
		{"in a sentence", "Mi teléfono es 987654321", hardware, map[string]string{"phone": "987654321"}},
		{"in a sentence with a colon", "El código patrimonial es: 740877120123", hardware, map[string]string{"asset": "740877120123"}},
		{"strung on one line", "Código patrimonial: 740877120123, oficina: 310; teléfono: 987654321", hardware, map[string]string{"asset": "740877120123", "office": "310", "phone": "987654321"}},
		{"a word of the list", "Tipo de bien: LAPTOP.", hardware, map[string]string{"goods": "laptop"}},
		{"there is none", "Código patrimonial: no lo tengo a la vista", hardware, map[string]string{"no_asset": "yes"}},
		{"twice the same", "Teléfono: 2301\nAnexo: 2301", hardware, map[string]string{"phone": "2301"}},

		{"a word that is not on the list", "Tipo de bien: cafetera", hardware, nil},
		{"two values are none", "Teléfono: 2301\nTeléfono: 2302", hardware, nil},
		{"given and denied", "Código patrimonial: 740877120123\nCódigo: no tiene", hardware, nil},
		{"left blank", "Código patrimonial: ____\nOficina de ubicación:\nTeléfono o anexo: ...", hardware, nil},
		{"a sentence that begins like a label", "Oficina cerrada desde ayer", hardware, nil},
		{"a telephone without digits", "Teléfono: el de siempre", hardware, nil},
		{"what is denied and must be there", "Oficina: no sé", hardware, nil},
		{"beyond the limit", "Oficina: " + strings.Repeat("a", 121), hardware, nil},
		{"what was not asked", "Teléfono: 987654321", []Ask{officeAsk()}, nil},
		{"the signature's telephone", "Ya lo reviso.\n\nSaludos,\nTeléfono: 2301", hardware, nil},
		{"after the name of who signs", "Ya lo reviso.\n\nAna Ejemplo\nTeléfono: 2301", hardware, nil},
		{"a number alone, of several questions", "740877120123", hardware, nil},

		{"one question: its number alone", "Buenas tardes:\n\n740877 120123\n\nGracias", []Ask{codeAsk()}, map[string]string{"asset": "740877 120123"}},
		{"one question: its telephone alone", "987-654-321", []Ask{phoneAsk()}, map[string]string{"phone": "987-654-321"}},
		{"one question: its word alone", "Laptop.", []Ask{kindAsk()}, map[string]string{"goods": "laptop"}},
		{"a mobile telephone is no code", "987654321", []Ask{codeAsk()}, nil},
		{"a short number is no telephone", "310", []Ask{phoneAsk()}, nil},
		{"a number below other words", "No lo encuentro\n740877120123", []Ask{codeAsk()}, nil},
		{"an office alone could be anything", "310", []Ask{officeAsk()}, nil},

		{"what it is about, in its own words", "Hola:\nNo puedo entrar al SIGO desde ayer.\nSale error 500.\n\nSaludos", []Ask{textAsk()},
			map[string]string{"description": "No puedo entrar al SIGO desde ayer.\nSale error 500."}},
		{"and its first line names it", "No puedo entrar al SIGO.\nSale error 500.", []Ask{subjectAsk(), textAsk()},
			map[string]string{"subject": "No puedo entrar al SIGO.", "description": "No puedo entrar al SIGO.\nSale error 500."}},
		{"labelled, over several lines", "Asunto: SIGO\nDescripción: No abre.\nDesde ayer.", []Ask{subjectAsk(), textAsk()}, map[string]string{"subject": "SIGO", "description": "No abre.\nDesde ayer."}},
		{"the subject alone, of one line", "No abre el SIGO", []Ask{subjectAsk()}, map[string]string{"subject": "No abre el SIGO"}},
		{"the subject alone, of several", "No abre el SIGO\nDesde ayer", []Ask{subjectAsk()}, nil},
		{"thanks say nothing", "Muchas gracias por su atención.", []Ask{textAsk()}, nil},
		{"too few words", "No abre", []Ask{textAsk()}, nil},
		{"other data are missing too", "No puedo entrar al SIGO", []Ask{textAsk(), phoneAsk()}, nil},
		{"nothing asked", "Teléfono: 987654321", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ReadAnswers(tt.text, tt.text, "Ana Ejemplo", tt.asks)
			if tt.want == nil {
				tt.want = map[string]string{}
			}
			if got == nil {
				got = map[string]string{}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%q (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

// The lines that our mail offers count where they are quoted too, completed; what
// it says itself, and what a forward brings, does not.
func TestAnswersWithinOurOwnQuotedLines(t *testing.T) {
	asks := []Ask{codeAsk(), officeAsk(), subjectAsk(), textAsk()}
	const quote = "El mar, 15 sept 2026 a las 9:00, Mesa de ayuda (<mesa@qw.gob.pe>) escribió:\n> Asunto: Otra cosa\n> Descripción: No imprime\n> Lo que falta: «Código patrimonial: 740877120123\n>   Oficina de ubicación: 310»\n"
	for name, tt := range map[string]struct {
		subject, text string
		want          map[string]string
	}{
		"completed in the quote":        {"RE: Faltan datos", "Ahí están.\n\n" + quote, map[string]string{"asset": "740877120123", "office": "310"}},
		"what stands above counts more": {"RE: Faltan datos", "Oficina: 205\n\n" + quote, map[string]string{"asset": "740877120123", "office": "205"}},
		"left blank there":              {"RE: Faltan datos", "Ya se los paso.\n\n> Código patrimonial:\n> Oficina de ubicación:\n", map[string]string{}},
		"other labels in a quote":       {"RE: Faltan datos", "Ya se los paso.\n\n> Oficina: 310\n> Código patrimonial - 740877120123\n", map[string]string{}},
		"a forward":                     {"RV: Faltan datos", "Oficina: 205\n\n" + quote, map[string]string{}},
		"nothing but a quote":           {"RE: Faltan datos", quote, map[string]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			m := Parse([]byte(strings.ReplaceAll("From: Ana <ana@qw.gob.pe>\nSubject: "+tt.subject+"\nContent-Type: text/plain; charset=utf-8\n\n"+tt.text, "\n", "\r\n")))
			got := ReadAnswers(m.OwnText, m.FullText, m.From.Name, asks)
			if len(got) != len(tt.want) || got["asset"] != tt.want["asset"] || got["office"] != tt.want["office"] {
				t.Errorf("own text %q: read %v, want %v", m.OwnText, got, tt.want)
			}
		})
	}
}

func FuzzAnswersAreWithinTheirShape(f *testing.F) {
	for _, seed := range []string{"Código patrimonial: 740877120123\nTeléfono - 987 654 321\nOficina 310", "«Asunto: x»\nDescripción: y\nz", "987654321", "Tipo de bien: monitor", "> Código patrimonial: 1234\nok", ":::: = - es", strings.Repeat("oficina: 1, ", 40), "\xff:\xfe"} {
		f.Add(seed, "Ana", uint8(63))
	}
	all := []Ask{codeAsk(), officeAsk(), kindAsk(), phoneAsk(), subjectAsk(), textAsk()}
	f.Fuzz(func(t *testing.T, text, signer string, which uint8) {
		text = strings.ToValidUTF8(text, "")
		var asks []Ask
		for i, ask := range all {
			if which&(1<<i) != 0 {
				asks = append(asks, ask)
			}
		}
		for name, value := range ReadAnswers(text, text, signer, asks) {
			asked := false
			for _, ask := range asks {
				asked = asked || name == ask.Name && utf8.RuneCountInString(value) <= ask.Most && (ask.Shape == Whole || !strings.Contains(value, "\n")) || name == ask.Absent && value == "yes"
			}
			if !asked || strings.TrimSpace(value) == "" || !utf8.ValidString(value) {
				t.Errorf("%q: %s is %q", text, name, value)
			}
		}
	})
}
