package mail

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
)

// ber encodes an element of definite length.
func ber(tag byte, values ...[]byte) []byte {
	value := slices.Concat(values...)
	switch n := len(value); {
	case n < 0x80:
		return append([]byte{tag, byte(n)}, value...)
	default:
		return append([]byte{tag, 0x82, byte(n >> 8), byte(n)}, value...)
	}
}

// endless encodes one that two zero bytes end.
func endless(tag byte, values ...[]byte) []byte {
	return slices.Concat([]byte{tag, 0x80}, slices.Concat(values...), []byte{0, 0})
}

// signedAs encloses a mail's content as Outlook and OpenSSL do.
func signedAs(encode func(byte, ...[]byte) []byte, octets []byte) []byte {
	enclosed := ber(berSequence, ber(berObject, oidData), encode(berExplicit0, octets))
	return encode(berSequence, ber(berObject, oidSignedData), encode(berExplicit0, encode(berSequence, ber(0x02, []byte{1}), ber(0x31), enclosed, ber(0x31))))
}

const signedMail = "Content-Type: multipart/mixed; boundary=s\r\n\r\n--s\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\nSolicito acceso.\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>Solicito acceso.</p>\r\n--a--\r\n" +
	"--s\r\nContent-Type: application/pdf; name=acta.pdf\r\n\r\nx\r\n--s--\r\n"

func TestMailsSignedAsAWholeAreRead(t *testing.T) {
	content := []byte(signedMail)
	for name, der := range map[string][]byte{
		"definite":              signedAs(ber, ber(berOctets, content)),
		"indefinite, in pieces": signedAs(endless, endless(berOctetPieces, ber(berOctets, content[:50]), ber(berOctets, content[50:]))),
		"pieces of pieces":      signedAs(ber, ber(berOctetPieces, ber(berOctetPieces, ber(berOctets, content[:9])), ber(berOctets, content[9:]))),
	} {
		for _, kind := range []string{"application/pkcs7-mime; smime-type=signed-data", "application/x-pkcs7-mime"} {
			m := Parse([]byte("From: a@b\r\nContent-Type: " + kind + "; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString(der)))
			var names []string
			for _, a := range m.Attachments {
				names = append(names, a.Name)
			}
			if m.FullText != "Solicito acceso." || strings.Join(names, " ") != "smime.p7m acta.pdf" || m.has(NoteEncrypted) {
				t.Errorf("%s, %s: text %q, files %v, notes %v", name, kind, m.FullText, names, m.Notes)
			}
		}
	}
}

func TestWhatIsNoSignatureStaysAFile(t *testing.T) {
	good := signedAs(ber, ber(berOctets, []byte(signedMail)))
	for name, content := range map[string][]byte{
		"nothing": nil, "cut": good[:len(good)/2], "another object": ber(berSequence, ber(berObject, oidData)), "text": []byte("hola"), "endless without end": {berSequence, 0x80, berSequence, 0x80},
		"detached": signedAs(ber, nil), "lengths of lies": {berSequence, 0x84, 0xff, 0xff, 0xff, 0xff}, "deep": slices.Repeat([]byte{berSequence, 0x80}, 100_000), "pieces too deep": signedAs(ber, ber(berOctetPieces, ber(berOctetPieces, ber(berOctetPieces, ber(berOctetPieces, ber(berOctetPieces, ber(berOctetPieces, ber(berOctets, []byte("x"))))))))),
	} {
		m := bounded(t, []byte("From: a@b\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n"+base64.StdEncoding.EncodeToString(content)))
		if len(m.Attachments) != 1 || m.Attachments[0].Name != "smime.p7m" || m.FullText != "" {
			t.Errorf("%s: %d files, text %q", name, len(m.Attachments), m.FullText)
		}
	}
}

func TestTheTextsOfASignedPartStandApartFromThoseAroundIt(t *testing.T) {
	der := signedAs(ber, ber(berOctets, []byte(signedMail)))
	m := Parse([]byte("From: a@b\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString(der) +
		"\r\n--m\r\nContent-Type: multipart/alternative; boundary=o\r\n\r\n--o\r\n\r\nReenvío.\r\n--o\r\nContent-Type: text/html\r\n\r\n<p>Reenvío.</p>\r\n--o--\r\n--m--\r\n"))
	if m.FullText != "Reenvío.\n\nSolicito acceso." {
		t.Errorf("text %q", m.FullText)
	}
}

func TestASignedPartIsReadAfterOthers(t *testing.T) {
	der := signedAs(ber, ber(berOctets, []byte(signedMail)))
	file := "--m\r\nContent-Type: application/pkcs7-mime; name=%s\r\nContent-Transfer-Encoding: base64\r\n\r\n"
	m := Parse([]byte("From: a@b\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\r\nReenvío.\r\n" + strings.ReplaceAll(file, "%s", "roto.p7m") + "AAAA\r\n" +
		strings.ReplaceAll(file, "%s", "smime.p7m") + base64.StdEncoding.EncodeToString(der) + "\r\n--m--\r\n"))
	if m.FullText != "Reenvío.\n\nSolicito acceso." {
		t.Errorf("text %q", m.FullText)
	}
}
