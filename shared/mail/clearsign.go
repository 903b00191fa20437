package mail

import "strings"

// withoutArmour takes the lines of PGP off a text that is signed in the clear
// (RFC 9580, section 7): people want to read what was signed, and a decision
// stands on the first line of it. Nobody is believed for the signature. A text
// whose armour is not whole stays as it is.
func withoutArmour(text string) string {
	before, rest, begins := strings.Cut(text, "-----BEGIN PGP SIGNED MESSAGE-----\n")
	_, rest, parted := strings.Cut("\n"+rest, "\n\n") // below `Hash: SHA256`
	signed, rest, ends := strings.Cut(rest, "\n-----BEGIN PGP SIGNATURE-----\n")
	_, after, closed := strings.Cut(rest, "-----END PGP SIGNATURE-----")
	if !begins || !parted || !ends || !closed || before != "" && !strings.HasSuffix(before, "\n") {
		return text
	}
	signed = strings.TrimPrefix(strings.ReplaceAll("\n"+signed, "\n- ", "\n"), "\n") // dash-escaped lines
	return before + signed + "\n" + strings.TrimLeft(after, "\n")
}
