// Package edition is the use case of a new version of the procedure: it is
// published once, with who, when and why, rules from its day on, and everybody is
// told what changes (R1, R4, R5, R8).
//
// An edition dated in the future counts from its date: until then pages, forms and
// mails show the version in force, and the help page what is coming. Published
// editions are never rewritten: what was shown under one stays explained.
//
// Teller writes «El procedimiento cambió: versión {n}», one mail to each person
// who works here when their turn comes and can be written to. A person who joins
// after the last page was written is not told: for them nothing changed.
package edition

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// Store keeps the editions.
type Store interface {
	work.Directory
	work.Institutions
	// PublishEdition adds an edition under its number, 1 for the first;
	// work.ErrConflict if that is taken.
	PublishEdition(ctx context.Context, number int, e desk.Edition) error
}

// Limits of what is published, in characters; the changes go with every mail.
const (
	maxLine    = 120
	maxChange  = 200
	maxChanges = 8
)

// Publish adds an edition, or says all that is wrong with it; what it returns is
// the edition as it is kept.
func Publish(ctx context.Context, s Store, e desk.Edition, now time.Time) (desk.Edition, error) {
	e, editions, err := Check(ctx, s, e, now)
	if err != nil {
		return e, err
	}
	err = s.PublishEdition(ctx, len(editions)+1, e)
	if errors.Is(err, work.ErrConflict) {
		return e, desk.NewProblem(desk.Busy, "R5", "Otra versión se publicó mientras tanto: revise la lista y repita.")
	}
	return e, err
}

// Check is Publish without writing: the edition as it would be kept, and those
// that stand before it.
func Check(ctx context.Context, s Store, e desk.Edition, now time.Time) (desk.Edition, desk.Editions, error) {
	e = tidy(e, now)
	editions, err := s.Editions(ctx, now)
	if err != nil {
		return e, nil, fmt.Errorf("publish edition: %w", err)
	}
	house, err := s.Institution(ctx, now)
	if err != nil {
		return e, nil, fmt.Errorf("publish edition: %w", err)
	}
	who, err := s.Directory(ctx)
	if err != nil {
		return e, nil, fmt.Errorf("publish edition: %w", err)
	}
	wrong := append(checkVersion(e, editions, house), checkFrom(e, editions, now)...)
	wrong = append(wrong, checkTexts(e)...)
	if _, works := who.Person(e.By, now); !works {
		wrong = append(wrong, desk.FieldProblem{Field: "by", Text: "Escriba el código de una persona vigente del directorio."})
	}
	if len(wrong) > 0 {
		err = &desk.Problem{Code: desk.Invalid, Text: "Hay datos por corregir.", Clause: "R5", Fields: wrong}
	}
	return e, editions, err
}

// tidy takes out blank lines and the blanks around texts.
func tidy(e desk.Edition, now time.Time) desk.Edition {
	for _, text := range []*string{&e.Version, &e.Approved, &e.Guide, &e.Reason} {
		*text = strings.TrimSpace(*text)
	}
	var lines []string
	for line := range strings.Lines(e.Changes) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	e.Changes = strings.Join(lines, "\n")
	e.From, e.At = e.From.UTC().Truncate(time.Second), now.UTC().Truncate(time.Second)
	return e
}

// versionForm is how versions are written: «02», «02.1».
var versionForm = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.-]{0,7}$`)

func checkVersion(e desk.Edition, editions desk.Editions, house desk.Institution) []desk.FieldProblem {
	if !versionForm.MatchString(e.Version) {
		return problem("version", "Escriba el número de la versión, como 02.")
	}
	used := e.Version == house.Version
	for _, other := range editions {
		used = used || other.Version == e.Version
	}
	if used {
		return problem("version", "La versión %s ya existe: una versión publicada no cambia, use otro número.", e.Version)
	}
	return nil
}

// checkFrom: the past stays as it was shown, and each version follows on the last.
func checkFrom(e desk.Edition, editions desk.Editions, now time.Time) []desk.FieldProblem {
	if e.From.Before(now.Truncate(time.Second)) {
		return problem("from", "Escriba un día por venir, o ninguno para que rija desde ahora.")
	}
	if n := len(editions); n > 0 && !e.From.After(editions[n-1].From) {
		last := editions[n-1]
		return problem("from", "La versión %s rige desde el %s: escriba un día posterior.", last.Version, last.From.In(desk.Lima).Format("02/01/2006"))
	}
	return nil
}

func checkTexts(e desk.Edition) []desk.FieldProblem {
	var wrong []desk.FieldProblem
	if !line(e.Approved, maxLine) {
		wrong = append(wrong, problem("approved", "Escriba la resolución que la aprueba y su fecha, en una línea de hasta %d caracteres.", maxLine)...)
	}
	if !line(e.Reason, maxLine) {
		wrong = append(wrong, problem("reason", "Escriba por qué se publica, en una línea de hasta %d caracteres.", maxLine)...)
	}
	if !guide(e.Guide) {
		wrong = append(wrong, problem("guide", "Escriba una dirección completa, como https://www.gob.pe/guia.pdf, o ninguna.")...)
	}
	changes := strings.Split(e.Changes, "\n")
	for _, change := range changes {
		if !line(change, maxChange) || len(changes) > maxChanges {
			return append(wrong, problem("changes", "Escriba qué cambia: de 1 a %d líneas, de hasta %d caracteres cada una.", maxChanges, maxChange)...)
		}
	}
	return wrong
}

// line tells whether a text is one line that can be shown.
func line(text string, most int) bool {
	return text != "" && utf8.ValidString(text) && utf8.RuneCountInString(text) <= most && !strings.ContainsFunc(text, unicode.IsControl)
}

// guide tells whether an address can be offered to everybody; none is well.
func guide(address string) bool {
	if address == "" {
		return true
	}
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && line(address, maxChange) && !strings.Contains(address, " ")
}

func problem(field, text string, args ...any) []desk.FieldProblem {
	return []desk.FieldProblem{{Field: field, Text: fmt.Sprintf(text, args...)}}
}
