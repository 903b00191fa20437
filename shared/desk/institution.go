package desk

import (
	"errors"
	"fmt"
	"net/mail"
	"reflect"
	"strings"
	"unicode/utf8"
)

// Institution is whose desk this is and under which norm it works: names, codes
// and addresses as pages, mails and forms show them (R1, R5, R136). The programme
// was renamed before and may be again, so they are dated data and stand nowhere
// else; the words of the norm that say them stay as they were approved.
type Institution struct {
	State        string `json:"state"`        // first cell of the letterhead: «PERÚ»
	Ministry     string `json:"ministry"`     // second
	ViceMinistry string `json:"viceMinistry"` // third
	Programme    string `json:"programme"`    // fourth: the institution's name
	Acronym      string `json:"acronym"`      // «PNAEQW»
	Office       string `json:"office"`       // «Unidad de Tecnologías de la Información»
	OfficeShort  string `json:"officeShort"`  // «UTI»
	Desk         string `json:"desk"`         // «Mesa de ayuda UTI»: who mails come from
	Mark         string `json:"mark"`         // text of the logo: «PAU»
	Platform     string `json:"platform"`     // what the mark stands for
	Procedure    string `json:"procedure"`    // «PRO-044-PNAEQW-UTI»
	Version      string `json:"version"`      // «01»
	Approved     string `json:"approved"`     // resolution and date
	Register     string `json:"register"`     // code of Anexo 01
	Request      string `json:"request"`      // code of Anexo 02
	Mailbox      string `json:"mailbox"`      // where people ask for help
	Phone        string `json:"phone"`        // «anexo 0000»; empty: none is shown
}

// PNAEQW is the institution of the procedure as approved, with a telephone to be
// replaced: what holds until the first version is set.
func PNAEQW() Institution {
	return Institution{
		State: "PERÚ", Ministry: "Ministerio de Desarrollo e Inclusión Social", ViceMinistry: "Viceministerio de Prestaciones Sociales",
		Programme: "Programa Nacional de Alimentación Escolar Qali Warma", Acronym: "PNAEQW",
		Office: "Unidad de Tecnologías de la Información", OfficeShort: "UTI", Desk: "Mesa de ayuda UTI",
		Mark: "PAU", Platform: "Plataforma de Atención al Usuario",
		Procedure: "PRO-044-PNAEQW-UTI", Version: "01", Approved: "Resolución de Dirección Ejecutiva N° D000182-2021-MIDIS/PNAEQW-DE, 15/07/2021",
		Register: "PRO-044-PNAEQW-UTI-FOR-0001", Request: "PRO-044-PNAEQW-UTI-FOR-0002",
		Mailbox: "soporte.usuario@qw.gob.pe", Phone: "anexo 0000",
	}
}

// Norm is the procedure's short name: PRO-044.
func (i Institution) Norm() string {
	parts := strings.SplitN(i.Procedure, "-", 3)
	if len(parts) < 2 {
		return i.Procedure
	}
	return parts[0] + "-" + parts[1]
}

// Extension is the telephone without its word: «0000».
func (i Institution) Extension() string { return strings.TrimPrefix(i.Phone, "anexo ") }

// Call ends a sentence: «llame a la mesa de ayuda: anexo 0000».
func (i Institution) Call() string {
	if i.Phone == "" {
		return "llame a la mesa de ayuda"
	}
	return "llame a la mesa de ayuda: " + i.Phone
}

// maxInstitutionText bounds each text, in characters: it stands in headings.
const maxInstitutionText = 120

// Check names every field that cannot be shown, in Spanish.
func (i Institution) Check() error {
	var problems []error
	v := reflect.ValueOf(i)
	for n := range v.NumField() {
		name, text := v.Type().Field(n).Tag.Get("json"), v.Field(n).String()
		switch {
		case text == "" && name != "phone":
			problems = append(problems, fmt.Errorf("%s: escriba un valor", name))
		case text != strings.TrimSpace(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }):
			problems = append(problems, fmt.Errorf("%s: quite los espacios de los extremos y los saltos de línea", name))
		case utf8.RuneCountInString(text) > maxInstitutionText:
			problems = append(problems, fmt.Errorf("%s: pasa de %d caracteres", name, maxInstitutionText))
		}
	}
	if address, err := mail.ParseAddress(i.Mailbox); i.Mailbox != "" && (err != nil || address.Address != i.Mailbox) {
		problems = append(problems, fmt.Errorf("mailbox: «%s» no es una dirección de correo", i.Mailbox))
	}
	return errors.Join(problems...)
}

// Differences lists what a new version changes: «programme: «a» → «b»».
func (i Institution) Differences(next Institution) []string {
	var lines []string
	was, is := reflect.ValueOf(i), reflect.ValueOf(next)
	for n := range was.NumField() {
		if before, after := was.Field(n).String(), is.Field(n).String(); before != after {
			lines = append(lines, fmt.Sprintf("%s: «%s» → «%s»", was.Type().Field(n).Tag.Get("json"), before, after))
		}
	}
	return lines
}
