package mail

import (
	"bytes"
)

var uuBegin = lazily(`(?m)^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n`)

// expandUU takes files out of a plain text that holds them in uuencode, as old
// programs and Outlook in plain mode send them. Multiparts have better ways.
func expandUU(t *tree) {
	if len(t.parts) != 1 || t.parts[0].kind != "text/plain" {
		return
	}
	text := &t.parts[0]
	for range maxParts {
		at := uuBegin().FindSubmatchIndex(text.content)
		if at == nil {
			return
		}
		file, rest, ok := decodeUU(text.content[at[1]:])
		if !ok {
			return
		}
		name, _ := toUTF8("", text.content[at[2]:at[3]])
		t.parts = append(t.parts, part{media: media{params: map[string]string{}}, disposition: "attachment", name: name, content: file})
		text = &t.parts[0]
		text.content = append(bytes.Clone(text.content[:at[0]]), rest...)
	}
}

// decodeUU reads lines until `end`. Damage before it means that this is text.
func decodeUU(text []byte) (file, rest []byte, ok bool) {
	for len(text) > 0 {
		line, after := cutLine(text)
		text = after
		switch {
		case string(bytes.TrimSpace(line)) == "end":
			return file, text, true
		case len(line) == 0:
			continue
		}
		length := int(line[0]-' ') & 63
		decoded := uuLine(line[1:])
		if length > len(decoded) || line[0] < ' ' || line[0] > '`' {
			return nil, nil, false
		}
		file = append(file, decoded[:length]...)
	}
	return nil, nil, false
}

func uuLine(line []byte) []byte {
	var out []byte
	for i := 0; i < len(line); i += 4 {
		var group [4]byte
		for j := range group {
			if i+j < len(line) {
				group[j] = (line[i+j] - ' ') & 63
			}
		}
		out = append(out, group[0]<<2|group[1]>>4, group[1]<<4|group[2]>>2, group[2]<<6|group[3])
	}
	return out
}
