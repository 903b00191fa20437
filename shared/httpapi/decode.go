package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"mesa/shared/desk"
)

// Limits of a body, far above any honest request. Depth is counted before
// anything is parsed: a hundred thousand brackets cost a scan and no memory.
const (
	maxBody  = 256 << 10
	maxDepth = 8
)

// readObject reads the body as one strict JSON object: UTF-8, no key twice,
// nothing after it.
func readObject(r *http.Request) (*input, error) {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return nil, desk.NewProblem(badType, "", "Envíe el cuerpo como application/json.")
	}
	body, err := io.ReadAll(r.Body)
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return nil, desk.NewProblem(tooLarge, "", "El cuerpo pasa de %d KiB. Los archivos no van aquí.", maxBody>>10)
	}
	if err != nil {
		return nil, desk.NewProblem(desk.Invalid, "", "El cuerpo no llegó completo: envíelo otra vez.")
	}
	if depth(body) > maxDepth {
		return nil, desk.NewProblem(tooLarge, "", "El cuerpo anida más de %d niveles.", maxDepth)
	}
	if !utf8.Valid(body) || !json.Valid(body) {
		return nil, desk.NewProblem(desk.Invalid, "", "El cuerpo no es JSON bien formado en UTF-8.")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	value, err := parse(d, "#")
	if err != nil {
		return nil, err
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, desk.InvalidField("#", "Envíe un objeto JSON: { … }.")
	}
	return &input{at: "#", values: object}, nil
}

// depth is how deep brackets stand inside each other, outside strings.
func depth(body []byte) int {
	deepest, now, quoted := 0, 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			now++
			deepest = max(deepest, now)
		case c == '}' || c == ']':
			now--
		}
	}
	return deepest
}

// parse reads one value of a body known to be valid JSON; encoding/json would
// let the last of two equal keys win, in silence.
func parse(d *json.Decoder, at string) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, fmt.Errorf("parse valid JSON: %w", err)
	}
	switch token {
	case json.Delim('{'):
		return parseObject(d, at)
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := parse(d, at+"/"+strconv.Itoa(len(list)))
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := d.Token()
		return list, err
	default:
		return token, nil
	}
}

func parseObject(d *json.Decoder, at string) (any, error) {
	object := map[string]any{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("parse valid JSON: %w", err)
		}
		name := fmt.Sprint(key)
		here := at + "/" + escape(name)
		if _, twice := object[name]; twice {
			return nil, desk.InvalidField(here, "Esta clave está dos veces: deje una.")
		}
		if object[name], err = parse(d, here); err != nil {
			return nil, err
		}
	}
	_, err := d.Token()
	return object, err
}

// input takes an object's members one by one and collects what is wrong with
// them; done says it all at once, so that a form is mended in one round.
type input struct {
	at       string
	values   map[string]any
	problems []desk.FieldProblem
}

func (in *input) wrong(name, text string) {
	in.problems = append(in.problems, desk.FieldProblem{Field: in.at + "/" + escape(name), Text: text})
}

// take removes a member, so that what is left at the end is unknown.
func (in *input) take(name string) (any, bool) {
	v, ok := in.values[name]
	delete(in.values, name)
	return v, ok
}

func (in *input) text(name string) string {
	v, ok := in.take(name)
	s, isText := v.(string)
	if ok && !isText {
		in.wrong(name, "Escriba este dato como texto, entre comillas.")
	}
	return s
}

// mark reads a box to tick: true is "yes", as forms send it.
func (in *input) mark(name string) string {
	v, ok := in.take(name)
	b, isBool := v.(bool)
	if ok && !isBool {
		in.wrong(name, "Escriba true o false.")
	}
	if b {
		return "yes"
	}
	return ""
}

// whole reads a whole number above zero; 0 when absent or wrong.
func (in *input) whole(name string) int {
	v, ok := in.take(name)
	if !ok {
		return 0
	}
	number, _ := v.(json.Number)
	n, err := strconv.Atoi(number.String())
	if err != nil || n < 1 {
		in.wrong(name, "Escriba un número entero mayor que cero.")
		return 0
	}
	return n
}

// object reads a nested object; an absent one is empty.
func (in *input) object(name string) *input {
	v, ok := in.take(name)
	values, isObject := v.(map[string]any)
	if ok && !isObject {
		in.wrong(name, "Envíe aquí un objeto: { … }.")
	}
	return &input{at: in.at + "/" + escape(name), values: values}
}

// leftOver finds members that nobody took.
func (in *input) leftOver() {
	for _, name := range slices.Sorted(maps.Keys(in.values)) {
		in.wrong(name, "Este dato no existe en el contrato: quítelo.")
	}
}

// done is every problem found, members that nobody took included.
func (in *input) done(nested ...*input) error {
	in.leftOver()
	problems := in.problems
	for _, n := range nested {
		problems = append(problems, n.problems...)
	}
	if len(problems) == 0 {
		return nil
	}
	return &desk.Problem{Code: desk.Invalid, Text: "Hay datos por corregir.", Fields: problems}
}
