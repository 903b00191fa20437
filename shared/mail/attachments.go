package mail

import (
	"fmt"
	"path"
	"strings"
)

// attachmentsOf lists the parts that are not text of the mail. Of a machine's
// report the readable parts are facts (see bounceOf), not files.
func attachmentsOf(parts []part, used map[int]bool) []Attachment {
	var list []Attachment
	for i := range parts {
		p := &parts[i]
		if used[i] || isReportPart(p) || len(p.content) == 0 && p.name == "" {
			continue
		}
		list = append(list, newAttachment(p, len(list)+1))
	}
	return list
}

func isReportPart(p *part) bool {
	if !p.place.report || p.disposition == "attachment" {
		return false
	}
	switch p.kind {
	case "message/delivery-status", "message/global-delivery-status", "message/disposition-notification", "message/feedback-report", "text/rfc822-headers", "message/global-headers":
		return true
	}
	return false
}

func newAttachment(p *part, number int) Attachment {
	kind := p.kind
	if kind == "" {
		kind = "application/octet-stream"
	}
	return Attachment{
		Name: nameOf(p, number), ContentType: clip(oneLine(kind), 100), Size: len(p.content), SHA256: hashOf(p.content), Content: p.content,
		ContentID: p.contentID, Inline: p.disposition == "inline" || p.disposition == "" && p.contentID != "",
	}
}

// nameOf is the safe file name of a part. A part without one is named by what
// it is, so that people can tell and open it.
func nameOf(p *part, number int) string {
	if name := safeName(p.name); name != "" {
		return name
	}
	switch p.kind {
	case "message/rfc822", "message/global":
		fields, _, _ := splitHeader(p.content)
		if subject := safeName(clip(fields.text("Subject"), 80)); subject != "" {
			return subject + ".eml"
		}
		return "mensaje.eml"
	case "text/calendar":
		return "invitacion.ics"
	case "application/pgp-signature":
		return "firma.asc"
	}
	ending := extensionOf(p.kind)
	if name := nameInID(p.contentID, ending); name != "" {
		return name
	}
	for _, hint := range p.hint {
		if name := nameInHint(hint, ending); name != "" {
			return name
		}
	}
	return fmt.Sprintf("adjunto-%d%s", number, ending)
}

// nameInID is the file name that Outlook writes into the ids of pictures,
// `image001.png@01DB…`.
func nameInID(id, ending string) string {
	name, _, _ := strings.Cut(id, "@")
	if name = safeName(name); len(name) <= 60 && strings.EqualFold(path.Ext(name), ending) && name != ending {
		return name
	}
	return ""
}

// nameInHint is the file name at the end of an address, or a description that is
// one: it has the ending of its kind.
func nameInHint(hint, ending string) string {
	hint, _, _ = strings.Cut(oneLine(rawText(hint)), "?")
	name := safeName(percentDecode(hint[strings.LastIndex(hint, "/")+1:]))
	if stem := strings.TrimSuffix(name, path.Ext(name)); stem == "" || strings.HasPrefix(stem, ".") || !sameEnding(path.Ext(name), ending) {
		return ""
	}
	return name
}

// sameEnding: `.jpeg` is `.jpg`; of a kind or a text that nobody knows, any ending will do.
func sameEnding(a, b string) bool {
	return strings.EqualFold(strings.Replace(strings.ToLower(a), ".jpeg", ".jpg", 1), b) || (b == ".bin" || b == ".txt") && len(a) > 1 && len(a) <= 6 && !strings.Contains(a, " ")
}

// safeName makes a file name that is nothing else: no path, no control
// character, no leading dots (one may stand: `.htaccess`), no more than a store takes. An ending survives.
func safeName(name string) string {
	name = oneLine(tidy(name))
	if drivePath(name) {
		name = name[strings.LastIndex(name, `\`)+1:]
	}
	for strings.HasPrefix(name, "../") || strings.HasPrefix(name, `..\`) || strings.HasPrefix(name, "/") {
		name = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(name, "/"), "../"), `..\`)
	}
	name = strings.NewReplacer("/", "_", `\`, "_").Replace(name)
	name = strings.TrimRight(strings.TrimLeft(name, " "), ". ")
	for strings.HasPrefix(name, "..") || strings.HasPrefix(name, ". ") {
		name = strings.TrimLeft(name[1:], " ")
	}
	if len(name) > maxName {
		ending := path.Ext(name)
		if len(ending) > 20 {
			ending = ""
		}
		name = strings.ToValidUTF8(name[:maxName-len(ending)], "") + ending
	}
	return name
}

// drivePath recognises the full paths that old programs send, `C:\datos\a.xls`.
func drivePath(name string) bool {
	return len(name) > 2 && name[1] == ':' && name[2] == '\\' || strings.HasPrefix(name, `\\`)
}
