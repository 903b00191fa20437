package mail

import (
	"strings"
)

// body is the text of a mail, put together from its text parts.
type body struct {
	full  string
	html  string
	notes []Note
	// used marks the parts that became text, by index: the others are
	// attachments.
	used map[int]bool
	// read are the bytes of HTML and of other text read so far: all parts
	// together may have what one may, or three hundred of them take half a minute.
	read, readHTML int
}

// readBody chooses the text of a mail. Parts follow each other; of an
// alternative people see one version, and plain text is the one we take unless
// it says nothing.
func readBody(parts []part) body {
	b := body{used: map[int]bool{}}
	var texts []string
	for i := 0; i < len(parts); i++ {
		if !b.takes(parts, i) {
			continue
		}
		group := []int{i}
		if id := parts[i].place.alternative; id != 0 {
			for i+1 < len(parts) && parts[i+1].place.alternative == id {
				i++
				if b.takes(parts, i) {
					group = append(group, i)
				}
			}
		}
		if text := b.textOf(parts, group); strings.TrimSpace(text) != "" {
			texts = append(texts, strings.Trim(text, "\n"))
		}
	}
	b.full = strings.Join(texts, "\n\n")
	if len(b.full) > maxTextBytes {
		b.full = strings.ToValidUTF8(b.full[:maxTextBytes], "")
		b.notes = append(b.notes, NoteTextCut)
	}
	return b
}

// takes says whether a part is text of the mail. A named text part is a file,
// unless it is the first text and the mail would have none without it.
func (b *body) takes(parts []part, i int) bool {
	p := &parts[i]
	if !p.isText() {
		return false
	}
	if p.name == "" || p.place.alternative != 0 {
		return true
	}
	for j := range parts {
		if j != i && parts[j].isText() && (parts[j].name == "" || j < i) {
			return false
		}
	}
	return true
}

// textOf turns one text part, or the versions of one text, into text.
func (b *body) textOf(parts []part, group []int) string {
	var plain, html []string
	for _, i := range group {
		b.used[i] = true
		p := &parts[i]
		if p.kind == "text/x-amp-html" {
			continue
		}
		most, read := maxTextBytes, &b.read
		if p.kind == "text/html" {
			most, read = maxHTMLBytes, &b.readHTML
		}
		text, cut, known := p.text(most - *read)
		*read += min(len(p.content), most-*read)
		b.remark(p, cut, known)
		if p.kind == "text/html" {
			html = append(html, text)
		} else {
			plain = append(plain, p.plainText(text))
		}
	}
	source := strings.Join(html, "\n")
	b.addHTML(source)
	text := strings.Join(plain, "\n")
	if source != "" && saysNothing(text) {
		return textOfHTML(source)
	}
	return text
}

func (b *body) remark(p *part, cut, known bool) {
	if !known {
		b.notes = append(b.notes, NoteCharset)
	}
	if cut && p.kind == "text/html" {
		b.notes = append(b.notes, NoteHTMLCut)
	} else if cut {
		b.notes = append(b.notes, NoteTextCut)
	}
}

// addHTML keeps the HTML for showing, unless it has so many links that no page
// should hold them; then people read the text and the original (F27).
func (b *body) addHTML(source string) {
	if source == "" {
		return
	}
	if countLinks(source) > maxLinks || len(b.html)+len(source) > maxHTMLBytes {
		b.notes = append(b.notes, NoteHTMLCut)
		return
	}
	if b.html != "" {
		b.html += "\n"
	}
	b.html += source
}

func countLinks(source string) int {
	lower := strings.ToLower(source)
	return strings.Count(lower, "<a ") + strings.Count(lower, "<a\n") + strings.Count(lower, "<area ")
}

// saysNothing recognises a plain version that only tells people to look at the
// HTML one.
func saysNothing(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" {
		return true
	}
	return len(text) < 300 && strings.Contains(strings.ToLower(text), "html") && !strings.Contains(text, "?")
}

// plainText undoes what the kind of a plain part adds to its text.
func (p *part) plainText(text string) string {
	switch {
	case strings.EqualFold(p.params["format"], "flowed"):
		return unflow(text, strings.EqualFold(p.params["delsp"], "yes"))
	case p.kind == "text/enriched" || p.kind == "text/richtext":
		return textOfEnriched(text)
	}
	return text
}
