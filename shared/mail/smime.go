package mail

import "bytes"

// expandSigned opens mails that are signed as a whole (RFC 8551, signed-data):
// the text lies within the signature's own file, which stays an attachment. What
// the signature is worth is not asked here.
func expandSigned(t *tree) {
	for i := range t.parts {
		p := &t.parts[i]
		if p.kind != "application/pkcs7-mime" && p.kind != "application/x-pkcs7-mime" || len(t.parts) >= maxParts {
			continue
		}
		signed, ok := signedContent(p.content)
		if !ok {
			continue
		}
		fields, body, _ := splitHeader(signed)
		inner := readTree(fields, body, p.place)
		for _, note := range inner.notes {
			t.note(note)
		}
		for j := range inner.parts {
			if id := &inner.parts[j].place.alternative; *id != 0 {
				*id += t.multis // apart from the alternatives around it
			}
		}
		t.multis += inner.multis
		t.parts = append(t.parts, inner.parts[:min(len(inner.parts), maxParts-len(t.parts))]...)
	}
}

// The tags of ASN.1 that a signed mail is built of (X.690).
const (
	berOctets      = 0x04
	berObject      = 0x06
	berOctetPieces = 0x24
	berSequence    = 0x30
	berExplicit0   = 0xa0
)

var (
	oidSignedData = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}
	oidData       = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01}
)

// signedContent returns what a CMS signature encloses (RFC 5652, 5.1).
func signedContent(content []byte) (signed []byte, ok bool) {
	outer := berReader{rest: content}
	info := outer.enter(berSequence)
	if !bytes.Equal(info.enter(berObject).rest, oidSignedData) {
		return nil, false
	}
	data := info.enter(berExplicit0).enter(berSequence)
	data.next() // version
	data.next() // digest algorithms
	enclosed := data.enter(berSequence)
	if !bytes.Equal(enclosed.enter(berObject).rest, oidData) {
		return nil, false
	}
	octets := enclosed.enter(berExplicit0)
	tag, value, ok := octets.next()
	if !ok {
		return nil, false
	}
	return joinOctets(tag, value, 0)
}

// joinOctets puts together an octet string that was written in pieces.
func joinOctets(tag byte, value []byte, depth int) (joined []byte, ok bool) {
	if tag == berOctets {
		return value, true
	}
	if tag != berOctetPieces || depth > 4 {
		return nil, false
	}
	pieces := berReader{rest: value}
	for len(pieces.rest) > 0 {
		tag, value, ok := pieces.next()
		if !ok {
			return nil, false
		}
		piece, ok := joinOctets(tag, value, depth+1)
		if !ok {
			return nil, false
		}
		joined = append(joined, piece...)
	}
	return joined, true
}

// berReader takes elements off an encoding. Of broken ones nothing more comes.
type berReader struct{ rest []byte }

// enter takes the next element and reads what it holds; of another element than
// asked for it reads nothing.
func (r *berReader) enter(tag byte) *berReader {
	got, value, ok := r.next()
	if !ok || got != tag {
		return &berReader{}
	}
	return &berReader{rest: value}
}

// next takes one element, of definite length or ended by two zero bytes.
func (r *berReader) next() (tag byte, value []byte, ok bool) {
	return r.element(0)
}

func (r *berReader) element(depth int) (tag byte, value []byte, ok bool) {
	if len(r.rest) < 2 || depth > maxDepth {
		r.rest = nil
		return 0, nil, false
	}
	tag, length, rest := r.rest[0], int(r.rest[1]), r.rest[2:]
	switch {
	case length == 0x80:
		return r.untilEnd(tag, rest, depth)
	case length > 0x84 || length > 0x80 && len(rest) < length-0x80:
		r.rest = nil
		return 0, nil, false
	case length > 0x80:
		size := length - 0x80
		length = 0
		for _, b := range rest[:size] {
			length = length<<8 | int(b)
		}
		rest = rest[size:]
	}
	if length > len(rest) {
		r.rest = nil
		return 0, nil, false
	}
	r.rest = rest[length:]
	return tag, rest[:length], true
}

// untilEnd reads the elements of one of indefinite length.
func (r *berReader) untilEnd(tag byte, rest []byte, depth int) (byte, []byte, bool) {
	inner := berReader{rest: rest}
	for {
		if bytes.HasPrefix(inner.rest, []byte{0, 0}) {
			r.rest = inner.rest[2:]
			return tag, rest[:len(rest)-len(inner.rest)], true
		}
		if _, _, ok := inner.element(depth + 1); !ok {
			r.rest = nil
			return 0, nil, false
		}
	}
}
