package annex

import (
	"regexp"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// label is a printed text of the form, found by its words.
type label func() *regexp.Regexp

// labelled compiles a label when it is first looked for: most functions that
// know this package never read a form, and their start should not wait.
func labelled(expression string) label {
	expression = strings.ReplaceAll(strings.ReplaceAll(expression, " ?", " "), " ", `\s*`) // people put blanks where they like
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\s\d.)\-]*(?:` + expression + `)[\s:.*()~]*`) })
}

// who is how the norm writes a person: «usuaria/o», and how people copy it.
const who = `usuari[ao]s?(?: ?/ ?[ao]s?)?`

// The labels of the form, as printed and as people retype them.
var (
	labelTitle       = labelled(`(?:formato de )?solicitud de(?:l)? servicio de(?:l)?(?: sistema de)? video ?-?conferencias?`)
	labelDate        = labelled(`fecha(?: de(?: la)? solicitud)?(?: ?[:.]|$)`)
	labelApplicant   = labelled(who + ` solicitante(?:[ :~()\-]*a cargo de la video ?-?conferencia)?|a cargo de la video ?-?conferencia`)
	labelScheduled   = labelled(`programad[oa]s? para`)
	labelDay         = labelled(`fechas?(?:\(s\))?`)
	labelFrom        = labelled(`(?:de|desde) ?\(?(?:hora)?(?: de)?(?: ?inicio)?\)?|hora(?: de)? inicio`)
	labelTo          = labelled(`(?:a|hasta) ?\(?(?:hora)?(?: de)?(?: ?(?:termino|fin))?\)?|hora(?: de)? (?:termino|fin)`)
	labelHours       = labelled(`horarios?|horas?`)
	labelRemarks     = labelled(`observacion(?:es)?`)
	labelRecorded    = labelled(`~?requiere(?: de)?(?: ser)? (?:grabad[ao]|grabacion|grabar)(?:(?: de)? la reunion)?[ ~\d]*`)
	labelMultiuse    = labelled(`en caso sea en la sala multi ?-?usos?[ :]*(?:cuenta con la autorizacion)?|cuenta con la autorizacion|sala multi ?-?usos?`)
	labelStreamed    = labelled(`~?requiere(?: de)?(?: ser)?(?: transmitid[oa])?(?: por| la)? ?stream\w*`)
	labelObjective   = labelled(`objetivos?(?: de la video ?-?conferencia)?`)
	labelParticipant = labelled(who + ` participantes|participantes ?:?$`)
	labelWho         = labelled(`descripcion de(?: la ?/ ?el| l[ao]s?)? ` + who + `|descripcion`)
	labelPart        = labelled(`condicion(?: de)?(?: participacion)?`)
	labelTechnical   = labelled(`informacion tecnica(?: de enlace)?|sala asignada|pin[g]? de acceso`)
	labelClosing     = labelled(`atentamente`)
	labelSigned      = labelled(`nombres? y apellidos?(?: de(?: la ?/ ?del| l[ao]s?| ?la)? solicitante)?`)
	labelPhone       = labelled(`(?:n\S* de )?(?:celular|telefono)(?: o anexo)?(?: telefonico)?|anexo telefonico`)
	labelNote        = labelled(`requerimiento de grabacion`)
)

// printed are all labels.
func printed() []label {
	return []label{labelTitle, labelDate, labelApplicant, labelScheduled, labelDay, labelFrom, labelTo, labelHours, labelRemarks, labelRecorded, labelMultiuse, labelStreamed,
		labelObjective, labelParticipant, labelWho, labelPart, labelTechnical, labelClosing, labelSigned, labelPhone, labelNote}
}

// in tells whether a cell begins with the label, and what it says behind it.
func (l label) in(c cell) (rest string, ok bool) {
	found := l().FindStringIndex(c.plain)
	if found == nil || found[1] < len(c.plain) && inWord(c.plain, found[1]) {
		return "", false
	}
	return strings.TrimSpace(c.text[c.at[found[1]]:]), true
}

// inWord tells whether a position lies within a word: «de» is no label in
// «desarrollo».
func inWord(plain string, at int) bool {
	return at > 0 && isWord(plain[at-1]) && isWord(plain[at])
}

func isWord(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }

// isLabel tells whether a cell begins with a printed text of the form. The short
// ones count only where nothing follows: «A distancia» is a remark.
func isLabel(c cell) bool {
	for _, l := range printed() {
		rest, ok := l.in(c)
		if ok && (rest == "" || len(c.text)-len(rest) >= len("solicitante")) {
			return true
		}
	}
	return false
}

// fold puts accents, case, and all kinds of blanks aside: one ASCII byte for
// each of the first characters of a text, '~' for what is no letter of Latin, and
// where in the text each one began; at has one entry more, where they end.
func fold(text string, most int) (plain string, at []int) {
	var b strings.Builder
	for i, r := range text {
		at = append(at, i)
		if b.Len() == most {
			return b.String(), at
		}
		b.WriteByte(foldRune(r))
	}
	return b.String(), append(at, len(text))
}

func foldRune(r rune) byte {
	switch {
	case r == '\t' || r == '\n' || r == '\r' || r == '\u00a0' || r == '\u2009' || r == '\u202f':
		return ' '
	case r == '–' || r == '—' || r == '‑':
		return '-'
	case r >= 'A' && r <= 'Z':
		return byte(r - 'A' + 'a')
	case r >= ' ' && r < 0x7f:
		return byte(r)
	case r < 0x80 || r == 'º' || r == '°' || r == '⁴':
		return '~'
	}
	if base := norm.NFD.String(string(r)); base[0] < 0x80 {
		return foldRune(rune(base[0]))
	}
	return '~'
}

// squeezed is a folded text with single blanks.
func squeezed(text string) string {
	plain, _ := fold(text, len(text))
	return strings.Join(strings.Fields(plain), " ")
}
