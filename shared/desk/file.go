package desk

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Attachment is a file that came with an act. Bytes live in a bucket; the
// record keeps what was seen of them.
type Attachment struct {
	Name    string  `json:"name"`
	Type    string  `json:"type,omitempty"`
	Bytes   int64   `json:"bytes"`
	SHA256  string  `json:"sha256,omitempty"`
	Key     string  `json:"key,omitempty"` // object key in the files or mail bucket
	Purpose Purpose `json:"purpose,omitempty"`
}

// MaxFile is the largest file that an act may attach, in bytes: 10 MB.
const MaxFile = 10 << 20

// Purpose is what a file is for: the norm asks for some by name.
type Purpose string

// The purposes. The list is closed: a ticket keeps which are present (FileSet).
const (
	AccessForm        Purpose = "access-form"        // formato de acceso a los sistemas: 8.4.1, R98
	CommitmentAnnex   Purpose = "commitment-annex"   // anexo de compromiso de sujeción a las normas de uso: 8.4.1, R98
	PaseFile          Purpose = "pase"               // archivo de actualización de la carpeta de pase: 8.1.6, R74
	Annex02           Purpose = "annex-02"           // solicitud de videoconferencia: 8.8.1, R126
	MailRequest       Purpose = "mail-request"       // petición por correo cuando PAU no está disponible: 8.3.2, R90
	MailAuthorisation Purpose = "mail-authorisation" // su autorización por correo: 8.3.2, R90
	OtherFile         Purpose = "other"              // foto, captura de pantalla u otro
)

// Purposes are all purposes. Their place in the list is stored: add at the end.
func Purposes() []Purpose {
	return []Purpose{AccessForm, CommitmentAnnex, PaseFile, Annex02, MailRequest, MailAuthorisation, OtherFile}
}

// Internal tells whether only staff see the files of a purpose: who asked never
// sees the update files of a pase.
func (p Purpose) Internal() bool { return p == PaseFile }

// FileSet tells which purposes a ticket has files for: bit n stands for the nth
// of Purposes. Two digits in the stored ticket instead of a list of names.
type FileSet uint16

// Has tells whether there is a file for every one of these purposes.
func (s FileSet) Has(all ...Purpose) bool {
	for _, p := range all {
		if s&bit(p) == 0 {
			return false
		}
	}
	return true
}

// With adds a purpose.
func (s FileSet) With(p Purpose) FileSet { return s | bit(p) }

// Without takes a purpose out.
func (s FileSet) Without(p Purpose) FileSet { return s &^ bit(p) }

// bit is 0 for what is no purpose: no set has it.
func bit(p Purpose) FileSet {
	i := slices.Index(Purposes(), p)
	if i < 0 {
		return 0
	}
	return 1 << i
}

// maxFileName is the longest name kept, in characters.
const maxFileName = 120

// FileName makes a name that somebody gave a file fit to be shown and saved:
// one line, no folders, and none of the invisible characters that let
// «fdp.exe» read as «exe.pdf». A long name keeps its ending.
func FileName(given string) string {
	name := strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
			return -1
		}
		return r
	}, path.Base(strings.ReplaceAll(given, `\`, "/")))
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". /")
	if name == "" {
		return "archivo"
	}
	if runes := []rune(name); len(runes) > maxFileName {
		end := []rune(path.Ext(name))
		if len(end) > 16 { // no ending but a long last part
			end = nil
		}
		name = string(runes[:maxFileName-1-len(end)]) + "…" + string(end)
	}
	return name
}
