package mail

import (
	"strings"
)

// longestSignature is the most lines that a signature below `-- ` may have;
// what is longer is text after a dash line.
const longestSignature = 20

// phoneSignature is the advertisement that phones and mail programs append.
var phoneSignature = lazily(`(?i)^(enviado (desde|con|por) (mi|el|la|una?|un)?\s*(iphone|ipad|android|samsung|huawei|xiaomi|motorola|celular|m[óo]vil|tel[ée]fono|dispositivo|smartphone|blackberry|galaxy|outlook|yahoo|correo|mail|gmail|app|aplicaci[óo]n|zimbra|proton).{0,80}|sent (from|with|via|using) (my|the|a)?\s*(iphone|ipad|android|samsung|huawei|xiaomi|motorola|galaxy|mobile|phone|blackberry|outlook|yahoo|mail|gmail|proton|smartphone|verizon|cell).{0,80}|obt[ée]n(er|ga)? outlook para (ios|android).{0,80}|get outlook for (ios|android|windows).{0,80}|descarga(r)? outlook para .{0,80}|enviado do meu .{1,60}|envoyé (de|depuis) mon .{1,60}|von meinem .{1,40} gesendet|gesendet (von|mit) .{1,60}|inviato da(l mio)? .{1,60}|verzonden (vanaf|met) .{1,60})$`)

// withoutSignature joins the lines and drops the signature at their end.
func withoutSignature(lines []string) string {
	lines = trimBlank(lines)
	for i := len(lines) - 1; i > 0 && len(lines)-i <= longestSignature; i-- {
		if beginsSignature(lines[i], lines[i+1:]) {
			lines = trimBlank(lines[:i])
			break
		}
	}
	for len(lines) > 1 && phoneSignature().MatchString(strings.Trim(lines[len(lines)-1], " \t*_.<>")) {
		lines = trimBlank(lines[:len(lines)-1])
	}
	return strings.TrimSpace(strings.Join(squeeze(lines), "\n"))
}

// contact is something that signatures hold: an address, a telephone, a page.
var contact = lazily(`(?i)@|\banexo\b|\btel[ée.f]|\bcel[u.:]|www\.|https?://|\d{3}[ -]?\d{3}`)

// beginsSignature says whether a line parts text and signature: `-- ` always
// does, and the dashes alone, which people draw too, when a contact follows.
func beginsSignature(line string, below []string) bool {
	if line == "-- " {
		return true
	}
	line = strings.TrimSpace(line)
	return (line == "--" || line == "—") && contact().MatchString(strings.Join(below, "\n"))
}

// trimBlank drops the empty lines at both ends.
func trimBlank(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// imageMark stands in a plain text where the HTML shows a picture.
var imageMark = lazily(`\[(cid:[^\]\s]{1,200}|image: [^\]]{1,100})\]`)

// squeeze leaves at most one empty line in a row, and no marks of pictures:
// those are listed as attachments.
func squeeze(lines []string) []string {
	var kept []string
	for i, line := range lines {
		line = strings.TrimRight(imageMark().ReplaceAllString(line, ""), " \t")
		if line == "" && i > 0 && len(kept) > 0 && kept[len(kept)-1] == "" {
			continue
		}
		kept = append(kept, line)
	}
	return kept
}
