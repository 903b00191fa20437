package mail

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlText writes HTML as plain text. It reads tokens and builds no tree, so
// neither depth nor damage of the HTML matters. Quotes become `> ` lines, as in
// plain mails, so that quoted text is recognised alike in both.
type htmlText struct {
	out     strings.Builder
	quote   int  // depth of blockquotes
	hidden  int  // depth within elements whose text is not for reading
	showAll bool // nothing is hidden
	pre     int
	breaks  int  // line ends owed before the next text
	space   bool // a blank owed before the next text
	line    bool // the current line has text
	href    string
	from    int // where the text of the current link begins
	blanks  *strings.Replacer
}

// textOfHTML returns the text of an HTML document. A title, a style or a script
// that never ends hides all that follows it; then it is read as if it were not there.
func textOfHTML(source string) string {
	text, hidden := readHTML(source, false)
	if text == "" && hidden {
		text, _ = readHTML(source, true)
	}
	return text
}

// readHTML tells also whether something was still hidden at the end.
func readHTML(source string, showAll bool) (text string, hidden bool) {
	w := &htmlText{showAll: showAll, blanks: strings.NewReplacer("\u00a0", " ", "\u200b", "", "\ufeff", "", "\u00ad", "")}
	tokens := html.NewTokenizer(strings.NewReader(source))
	tokens.SetMaxBuf(maxHTMLBytes)
	for w.out.Len() < maxTextBytes {
		switch tokens.Next() {
		case html.ErrorToken:
			return strings.TrimRight(w.out.String(), " \n"), w.hidden > 0
		case html.TextToken:
			w.text(string(tokens.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(tokens)
		case html.EndTagToken:
			name, _ := tokens.TagName()
			w.end(atom.Lookup(name))
		}
	}
	return strings.ToValidUTF8(w.out.String()[:maxTextBytes], ""), false
}

func (w *htmlText) start(tokens *html.Tokenizer) {
	name, more := tokens.TagName()
	tag := atom.Lookup(name)
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Template:
		if w.showAll {
			tokens.NextIsNotRawText()
			return
		}
		w.hidden++
	case atom.Noscript:
		tokens.NextIsNotRawText() // no mail program runs scripts: this is what people see
	case atom.Br:
		w.lineEnd()
	case atom.Hr:
		w.ends(1)
		w.text("________________________________")
		w.ends(1)
	case atom.Blockquote:
		w.ends(1)
		w.quote++
	case atom.Pre:
		w.ends(1)
		w.pre++
	case atom.Li:
		w.ends(1)
		w.text("- ")
	case atom.Td, atom.Th:
		w.space = w.line
	case atom.A:
		w.href, w.from = hrefOf(tokens, more), w.out.Len()
	default:
		w.ends(breaksOf(tag))
	}
}

func (w *htmlText) end(tag atom.Atom) {
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Template:
		w.hidden = max(0, w.hidden-1)
	case atom.Blockquote:
		w.ends(1)
		w.quote = max(0, w.quote-1)
	case atom.Pre:
		w.ends(1)
		w.pre = max(0, w.pre-1)
	case atom.A:
		w.endLink()
	case atom.Td, atom.Th:
		w.space = w.line
	default:
		w.ends(breaksOf(tag))
	}
}

// breaksOf is the number of line ends around an element.
func breaksOf(tag atom.Atom) int {
	switch tag {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return 2
	case atom.Div, atom.Tr, atom.Table, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.Section, atom.Article,
		atom.Header, atom.Footer, atom.Center, atom.Address, atom.Form, atom.Body, atom.Fieldset:
		return 1
	default:
		return 0
	}
}

// ends asks for line ends before the next text; neighbours do not add up.
func (w *htmlText) ends(count int) {
	if count == 0 {
		return
	}
	if count == 1 && !w.line && w.breaks > 0 {
		return
	}
	if w.line || count > 1 {
		w.breaks = max(w.breaks, count)
	}
	w.space = false
}

// lineEnd is a <br>: these do add up.
func (w *htmlText) lineEnd() {
	w.breaks = min(w.breaks+1, 3)
	w.space = false
	w.line = false
}

func (w *htmlText) text(text string) {
	if w.hidden > 0 {
		return
	}
	text = w.blanks.Replace(tidy(text))
	if w.pre > 0 {
		for i, line := range strings.Split(text, "\n") {
			if i > 0 {
				w.lineEnd()
			}
			w.write(line)
		}
		return
	}
	words := strings.Fields(text)
	if len(words) == 0 {
		w.space = w.space || w.line && text != ""
		return
	}
	first, _ := utf8.DecodeRuneInString(text)
	w.space = w.space || w.line && strings.ContainsRune(" \n\t", first)
	w.write(strings.Join(words, " "))
	w.space = strings.HasSuffix(text, " ") || strings.HasSuffix(text, "\n") || strings.HasSuffix(text, "\t")
}

func (w *htmlText) write(text string) {
	if text == "" {
		return
	}
	if w.breaks > 0 && w.out.Len() > 0 {
		w.out.WriteString(strings.Repeat("\n", w.breaks))
	}
	if w.breaks > 0 || w.out.Len() == 0 {
		w.out.WriteString(quotePrefix(min(w.quote, 20)))
		w.space = false
	}
	if w.space {
		w.out.WriteByte(' ')
	}
	w.out.WriteString(text)
	w.breaks, w.space, w.line = 0, false, true
}

// hrefOf returns where a link leads, when that is a page.
func hrefOf(tokens *html.Tokenizer, more bool) string {
	for more {
		var key, value []byte
		key, value, more = tokens.TagAttr()
		if string(key) == "href" && (hasPrefixFold(value, "http://") || hasPrefixFold(value, "https://")) && len(value) <= 300 {
			return tidy(string(value))
		}
	}
	return ""
}

// endLink writes the address after a link that does not show it.
func (w *htmlText) endLink() {
	if w.href != "" && w.quote == 0 && w.from <= w.out.Len() {
		shown := strings.TrimSpace(w.out.String()[w.from:])
		if shown != "" && !strings.Contains(w.href, shown) && !strings.Contains(shown, w.href) {
			w.space = true
			w.write("(" + w.href + ")")
		}
	}
	w.href = ""
}

var enrichedTag = lazily(`</?[A-Za-z][A-Za-z-]*>`)

// textOfEnriched drops the commands of text/enriched (RFC 1896) and what they
// are told between <param> and </param>. No pattern does that: of parameters
// that never close it would read the rest of the text at each one.
func textOfEnriched(text string) string {
	var kept strings.Builder
	for {
		before, after, opens := strings.Cut(text, "<param>")
		_, rest, closes := strings.Cut(after, "</param>")
		if !opens || !closes {
			break
		}
		kept.WriteString(before)
		text = rest
	}
	kept.WriteString(text)
	return strings.ReplaceAll(enrichedTag().ReplaceAllString(kept.String(), ""), "<<", "<")
}
