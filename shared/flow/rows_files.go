package flow

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"mesa/shared/desk"
)

// fileRows: files on a ticket. Whoever may comment may attach, whatever the
// state: a file is a comment that is not made of words.
func fileRows() []Row {
	return []Row{
		{Act: desk.ActAttach, Contact: both, Clause: "8.1.6, 8.4.1, 8.8.1, R74, R98, R126", Label: "Adjuntar archivos", Who: []Role{Requester, Staff, Asked}, Free: true,
			Fields: []Field{purposeField()}, To: "Igual; los archivos quedan en el caso", do: attach},
	}
}

const purposeName = "purpose"

func purposeField() Field {
	return Field{Name: purposeName, Label: "Para qué es", Kind: Choice, Max: 30, Missing: "Elija para qué es el archivo."}
}

// purposeFlows are the flows that ask for a file of a purpose by name; a purpose
// that is not listed fits every flow.
func purposeFlows(p desk.Purpose) []desk.FlowCode {
	return map[desk.Purpose][]desk.FlowCode{
		desk.AccessForm:        {desk.Flow84},
		desk.CommitmentAnnex:   {desk.Flow84},
		desk.PaseFile:          {desk.Flow81, desk.Flow83},
		desk.Annex02:           {desk.Flow88},
		desk.MailRequest:       {desk.Flow83},
		desk.MailAuthorisation: {desk.Flow83},
	}[p]
}

// PurposeLabel is what people call a purpose.
func PurposeLabel(p desk.Purpose) string {
	return map[desk.Purpose]string{
		desk.AccessForm:        "Formato de acceso a los sistemas",
		desk.CommitmentAnnex:   "Anexo de compromiso",
		desk.PaseFile:          "Archivo de actualización del pase",
		desk.Annex02:           "Anexo 02, solicitud de videoconferencia",
		desk.MailRequest:       "Correo con la petición",
		desk.MailAuthorisation: "Correo con la autorización",
		desk.OtherFile:         "Foto, captura u otro",
	}[p]
}

// PurposesFor are what a person may attach to a ticket: what its flow asks for
// first. A contact without a flow yet may become any; the update files of a pase
// are for staff only.
func PurposesFor(t desk.Ticket, me Rights) []desk.Purpose {
	staff := MayReadStaffNotes(t, me)
	return slices.DeleteFunc(desk.Purposes(), func(p desk.Purpose) bool {
		flows := purposeFlows(p)
		fits := len(flows) == 0 || t.Flow == "" || slices.Contains(flows, t.Flow)
		return !fits || p.Internal() && (!staff || t.Contact)
	})
}

// MissingFiles are the purposes without which a ticket cannot go on and for which
// it has no file yet: the two forms of 8.4.1 (R98).
func MissingFiles(t desk.Ticket) []desk.Purpose {
	if t.Flow != desk.Flow84 {
		return nil
	}
	return slices.DeleteFunc([]desk.Purpose{desk.AccessForm, desk.CommitmentAnnex}, func(p desk.Purpose) bool { return t.Files.Has(p) })
}

func purposeOptions(t desk.Ticket, f Facts) []Option {
	var options []Option
	for _, p := range PurposesFor(t, f.Rights) {
		options = append(options, Option{string(p), PurposeLabel(p)})
	}
	return options
}

// attach puts files on the ticket: their bytes are in the storage already.
func attach(s *step) {
	p := desk.Purpose(s.a.Field(purposeName))
	if !slices.Contains(PurposesFor(s.t, s.f.Rights), p) {
		s.invalid(purposeName, "Elija para qué es el archivo: una de las opciones de la lista.")
		return
	}
	if text := wrongFiles(s.a.Files); text != "" {
		s.invalid("file", text)
		return
	}
	s.files = nil
	for _, f := range s.a.Files {
		f.Name, f.Purpose = desk.FileName(f.Name), p
		s.files = append(s.files, f)
	}
	s.emit(desk.FilesAttached{Purpose: p, N: len(s.files)})
}

// maxFiles is how many files one act may attach.
const maxFiles = 20

// wrongFiles says what is wrong with files, "" if nothing.
func wrongFiles(files []desk.Attachment) string {
	switch {
	case len(files) == 0:
		return "Elija un archivo."
	case len(files) > maxFiles:
		return fmt.Sprintf("Adjunte hasta %d archivos por vez.", maxFiles)
	}
	for _, f := range files {
		if text := WrongSize(f.Bytes); text != "" {
			return text
		}
	}
	return ""
}

// WrongSize says what is wrong with a file of so many bytes, "" if nothing.
func WrongSize(bytes int64) string {
	switch {
	case bytes <= 0:
		return "El archivo está vacío: elija otro."
	case bytes > desk.MaxFile:
		return fmt.Sprintf("El archivo pesa %s y el máximo es %s.", megabytes(bytes), megabytes(desk.MaxFile))
	}
	return ""
}

// FileSize is a number of bytes as people read it.
func FileSize(n int64) string {
	switch {
	case n >= 1<<20:
		return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
	case n >= 1<<10:
		return strconv.FormatInt(n>>10, 10) + " kB"
	}
	return strconv.FormatInt(n, 10) + " bytes"
}

// megabytes rounds up to a tenth, so that what is too large also reads so.
func megabytes(bytes int64) string {
	return fmt.Sprintf("%v MB", math.Ceil(float64(bytes)/(1<<20)*10)/10)
}

// paseFolder is the hand-over folder in words: the files attached to the case,
// and where others are (8.1.6, R74).
func paseFolder(files []desk.Attachment, reference string) string {
	var lines []string
	for _, f := range files {
		lines = append(lines, f.Name+" ("+FileSize(f.Bytes)+", en el caso)")
	}
	if reference != "" {
		lines = append(lines, reference)
	}
	return strings.Join(lines, "\n")
}
