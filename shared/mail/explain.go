package mail

import (
	"fmt"
	"strings"
)

// Title is what the rule of a step asks, as people read it: each is answered
// with yes or no, and the first yes decides.
func (s Step) Title() string {
	switch s.Rule {
	case "setup":
		return "Es un aviso de configuración del servicio de correo"
	case "virus":
		return "Tiene un virus"
	case "spam":
		return "Es correo no deseado"
	case "bounce":
		return "Es la devolución de un correo"
	case "own":
		return "Lo envió la propia mesa"
	case "automatic-reply":
		return "Es una respuesta automática"
	case "machine":
		return "Lo escribió un programa"
	case RuleCaps:
		return "Son más correos de los que se admiten en un día"
	case RuleDuplicate:
		return "Ya se recibió antes"
	case "sender":
		return "No tiene remitente"
	case "decision":
		return "Decide una aprobación"
	case "reply":
		return "Responde a un caso"
	case "new":
		return "Es un pedido nuevo"
	}
	return s.Rule
}

// StepsTo are the steps of a judgement that ended at a rule, with its words: all
// rules before it were asked and said no. Nothing for a rule there is not.
func StepsTo(name, says string) []Step {
	for i := range rules {
		if rules[i].name != name {
			continue
		}
		steps := make([]Step, i+1)
		for k := range steps {
			steps[k].Rule = rules[k].name
		}
		steps[i].Hit, steps[i].Says = true, says
		return steps
	}
	return nil
}

// Explain says what a decision does, as people read it.
func Explain(d Decision) string {
	switch d {
	case OpenTicket:
		return "se abre un caso"
	case AddComment:
		return "se agrega a su caso como comentario"
	case NoteBounce:
		return "se anota que un correo de la mesa no llegó"
	case Drop:
		return "se registra y no se hace nada más"
	case Quarantine:
		return "queda en «Correos en espera» hasta que una persona decida"
	case Reject:
		return "se registra: no dice nada y no viene de nadie"
	}
	return string(d)
}

// ExplainAnswer says what is sent back, as people read it.
func ExplainAnswer(a Answer) string {
	switch a {
	case NoAnswer:
		return "ninguna"
	case Acknowledge:
		return "el acuse con el número del caso, y lo que falte"
	case WhoAreYou:
		return "que el correo está en espera, una vez al día"
	}
	return string(a)
}

// verdictNames are the checks of SES in the order in which they are shown.
// Never reassigned.
var verdictNames = [...]string{"dmarc", "dkim", "spf", "spam", "virus"}

// of returns the verdict of a check.
func (v *Verdicts) of(name string) *Verdict {
	switch name {
	case "dmarc":
		return &v.DMARC
	case "dkim":
		return &v.DKIM
	case "spf":
		return &v.SPF
	case "spam":
		return &v.Spam
	case "virus":
		return &v.Virus
	}
	return nil
}

// String writes the verdicts that were given, `dmarc=PASS spam=GRAY`.
func (v Verdicts) String() string {
	var words []string
	for _, name := range verdictNames {
		if verdict := *v.of(name); verdict != "" {
			words = append(words, name+"="+string(verdict))
		}
	}
	return strings.Join(words, " ")
}

// With sets verdicts as String writes them, commas allowed. What is no check or
// no verdict is an error for who wrote it.
func (v Verdicts) With(text string) (Verdicts, error) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		name, value, _ := strings.Cut(word, "=")
		verdict, check := Verdict(strings.ToUpper(value)), v.of(strings.ToLower(name))
		if check == nil {
			return v, fmt.Errorf("«%s» no es una comprobación: use %s", name, strings.Join(verdictNames[:], ", "))
		}
		switch verdict {
		case Pass, Fail, Gray, ProcessingFailed:
			*check = verdict
		default:
			return v, fmt.Errorf("«%s» no es un resultado de %s: use %s, %s, %s o %s", value, name, Pass, Fail, Gray, ProcessingFailed)
		}
	}
	return v, nil
}
