package mail

import "bytes"

var yencBegin = lazily(`^=ybegin (?:[a-z]+=[0-9]+ )*name=([^\r\n]{1,200})$`)

// takeYEnc takes a file out of a text that holds one in yEnc, the way of news
// servers and of gateways from them: each byte is sent as it is, plus 42.
func (text *part) takeYEnc() (part, bool) {
	at, name, after := findLine(text.content, "=ybegin ", yencBegin())
	if at < 0 {
		return part{}, false
	}
	if line, below := cutLine(after); bytes.HasPrefix(line, []byte("=ypart ")) {
		after = below
	}
	end := bytes.Index(after, []byte("\n=yend"))
	if end < 0 { // cut off, or a text about it
		return part{}, false
	}
	_, below := cutLine(after[end+1:])
	file := fileOf(name, decodeYEnc(after[:end]), text.place)
	text.content = append(bytes.Clone(text.content[:at]), below...)
	return file, true
}

func decodeYEnc(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); i++ {
		switch c := data[i]; c {
		case '\r', '\n':
		case '=':
			if i++; i < len(data) {
				out = append(out, data[i]-64-42)
			}
		default:
			out = append(out, c-42)
		}
	}
	return out
}
