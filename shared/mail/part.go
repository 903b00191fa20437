package mail

import (
	"strings"
)

// part is one leaf of a mail's tree of parts.
type part struct {
	media
	disposition string
	// name is the file name as the sender gave it, decoded, not yet safe.
	name string
	// hint is what else may tell its name: where it lay, or what it is said to be.
	hint      []string
	contentID string
	// content has the transfer encoding undone; its charset is as it came.
	content []byte
	place   place
}

// place says where in the tree a part stands.
type place struct {
	depth int
	// within is the kind of the multipart that directly holds the part.
	within string
	// alternative numbers the multipart/alternative that the part belongs to, of
	// which people see one version; zero outside all of them.
	alternative int
	// report says that the part belongs to a report of a machine (RFC 6522).
	report bool
	// charset is the one the mail declares, for names in eight-bit, which declare
	// none.
	charset string
}

// below is the place of the children of a multipart of this kind, the n-th
// multipart of the mail.
func (p place) below(kind string, n int) place {
	p.depth++
	p.within = kind
	if kind == "multipart/alternative" {
		p.alternative = n
	}
	if kind == "multipart/report" {
		p.report = true
	}
	return p
}

// newPart makes a leaf of header fields and raw content.
func newPart(fields header, content []byte, at place) part {
	fields.readEightBit(at.charset)
	p := part{media: parseMedia(fields.get("Content-Type")), place: at}
	disposition := parseMedia(fields.get("Content-Disposition"))
	p.disposition = disposition.kind
	for _, name := range []string{disposition.params["filename"], p.params["name"], disposition.params["name"], p.params["filename"], p.params["file"]} {
		if p.name == "" {
			p.name = name
		}
	}
	p.hint = []string{fields.get("Content-Location"), decodeWords(fields.get("Content-Description"))}
	p.contentID = clip(strings.Trim(oneLine(rawText(fields.get("Content-ID"))), "<> "), maxSubject)
	if !strings.Contains(p.kind, "/") {
		p.kind = "" // `text`, `pdf`, nothing: no kind that means anything
	}
	if p.kind == "" && p.name == "" && p.disposition != "attachment" {
		p.kind = "text/plain"
		if at.within == "multipart/digest" {
			p.kind = "message/rfc822"
		}
	}
	p.content = decodeTransfer(fields.get("Content-Transfer-Encoding"), content)
	return p
}

// isText says whether the part is text for people to read in the mail itself.
func (p *part) isText() bool {
	switch p.kind {
	case "text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown", "text/x-amp-html":
		return p.disposition != "attachment"
	}
	return false
}

// text is the content of a text part as UTF-8. known is false when its charset
// is none that we know.
func (p *part) text(most int) (text string, cut, known bool) {
	content := p.content
	if len(content) > most {
		content, cut = content[:most], true
	}
	charset := p.params["charset"]
	if charset == "" && p.kind == "text/html" {
		charset = charsetInHTML(content)
	}
	text, known = toUTF8(charset, content)
	return text, cut, known
}
