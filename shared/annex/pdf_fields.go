package annex

import (
	"slices"
	"strings"
)

// The limits of the fields of a PDF.
const (
	maxFieldDepth = 12
	maxVisits     = 3000 // of fields, groups of them included
)

// pdfField is one field of a PDF form: what it is called, and what it holds.
type pdfField struct {
	called string // names from the top and the hint, folded
	value  string
	box    bool // to be ticked, or a group of them
	group  bool // several boxes, one of which may be ticked
	on     bool // ticked
}

// pdfForm are all fields of a PDF.
type pdfForm struct {
	fields []pdfField
	visits int
}

// fields are all that hold a value or could.
func (p *pdf) fields() pdfForm {
	acro, ok := p.at(p.catalogue["AcroForm"]).(dict)
	if !ok {
		return pdfForm{}
	}
	var f pdfForm
	seen := map[ref]bool{}
	roots, ok := p.at(acro["Fields"]).(list)
	if !ok {
		return f
	}
	for _, root := range roots {
		p.field(&f, root, "", dict{}, seen, 0)
	}
	return f
}

// field adds a field and those below it; kind and value come down from above.
func (p *pdf) field(f *pdfForm, v any, above string, inherited dict, seen map[ref]bool, depth int) {
	if r, ok := v.(ref); ok {
		if seen[r] {
			return
		}
		seen[r] = true
	}
	d, ok := p.at(v).(dict)
	if f.visits++; !ok || depth > maxFieldDepth || f.visits > maxVisits {
		return
	}
	called := above + " " + p.words(d["T"])
	own := dict{}
	for _, key := range []string{"FT", "V", "TU"} {
		if own[key] = p.at(d[key]); own[key] == nil {
			own[key] = inherited[key]
		}
	}
	kids, ok := p.at(d["Kids"]).(list)
	named := ok && slices.ContainsFunc(kids, func(k any) bool { kid, ok := p.at(k).(dict); return ok && kid["T"] != nil })
	if named {
		for _, k := range kids {
			p.field(f, k, called, own, seen, depth+1)
		}
		return
	}
	f.fields = append(f.fields, p.leaf(called, own, d, kids))
}

// leaf is a field that has no fields below it, only where it is drawn.
func (p *pdf) leaf(called string, own, d dict, drawn list) pdfField {
	field := pdfField{called: fieldName(called + " " + p.words(own["TU"])), value: p.words(own["V"]), box: own["FT"] == name("Btn"), group: len(drawn) > 1}
	if !field.box {
		return field
	}
	state, ok := own["V"].(name)
	if !ok {
		state, _ = p.at(d["AS"]).(name)
	}
	for _, k := range drawn {
		if kid, isDict := p.at(k).(dict); isDict && state == "" {
			state, _ = p.at(kid["AS"]).(name)
		}
	}
	field.on = state != "" && state != "Off"
	if field.on {
		field.value = string(state)
	}
	return field
}

// words are the characters of a text, or of the first of a list of texts.
func (p *pdf) words(v any) string {
	switch v := p.at(v).(type) {
	case text:
		return v.words()
	case list:
		if len(v) > 0 {
			return p.words(v[0])
		}
	}
	return ""
}

// fieldName folds a name: «Fecha_01», «fecha.1» and «FECHA 01» are one.
func fieldName(s string) string {
	plain := squeezed(strings.Map(func(r rune) rune {
		if strings.ContainsRune("_-.:/[]()#", r) {
			return ' '
		}
		return r
	}, s))
	return strings.TrimSpace(plain)
}
