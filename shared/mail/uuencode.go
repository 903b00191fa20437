package mail

import "bytes"

var uuBegin = lazily(`^begin [0-7]{3,4} ([^\r\n]{1,200})$`)

// expandUU takes files out of plain texts that hold them in uuencode, as old
// programs and Outlook in plain mode send them. A text that is signed stays as
// it is.
func expandUU(t *tree) {
	var files []part
	for i := range t.parts {
		if p := &t.parts[i]; p.kind == "text/plain" && p.isText() && p.place.within != "multipart/signed" && bytes.Contains(p.content, []byte("begin ")) {
			found := p.takeUU(maxParts - len(t.parts) - len(files))
			files = append(files, found...)
		}
	}
	t.parts = append(t.parts, files...) // below all: versions of one text stand together
}

// takeUU takes the files out of one text.
func (text *part) takeUU(most int) []part {
	var files []part
	var kept []byte
	rest := text.content
	for len(files) < most {
		at, name, after := findUU(rest)
		if at < 0 {
			break
		}
		file, below, ok := decodeUU(after)
		if !ok || len(file) == 0 {
			break
		}
		shown, _ := toUTF8("", name)
		files = append(files, part{media: media{params: map[string]string{}}, disposition: "attachment", name: shown, content: file, place: place{depth: text.place.depth}})
		kept = append(kept, rest[:at]...)
		rest = below
	}
	if len(files) > 0 {
		text.content = append(kept, rest...)
	}
	return files
}

// findUU finds the first line that begins a file, its name, and what follows.
func findUU(text []byte) (at int, name, after []byte) {
	for offset := 0; ; {
		next := bytes.Index(text[offset:], []byte("begin "))
		if next < 0 {
			return -1, nil, nil
		}
		offset += next
		line, rest := cutLine(text[offset:])
		if offset == 0 || text[offset-1] == '\n' || text[offset-1] == '\r' {
			if found := uuBegin().FindSubmatch(line); found != nil {
				return offset, found[1], rest
			}
		}
		offset += len("begin ")
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
