package register

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"mesa/shared/desk"
)

// markLength is how many characters of a row's digest are kept with a V°B°: 48
// bits tell an edit, and a month of a thousand rows is signed in 8 kB.
const markLength = 8

// digest is over what of a row is printed, and its ticket. Each part goes with
// its length, so that no two rows read alike.
func digest(r desk.Row) [sha256.Size]byte {
	h := sha256.New()
	for _, part := range []string{strconv.Itoa(r.N), string(r.Number), strconv.FormatInt(r.At.Unix(), 10), r.SedeName, r.Requester, r.Area,
		r.Description, r.Solution, r.Typology, r.State, r.Staff} {
		_, _ = h.Write([]byte(strconv.Itoa(len(part)) + ":" + part)) // never fails
	}
	return [sha256.Size]byte(h.Sum(nil))
}

func mark(r desk.Row) string {
	sum := digest(r)
	return base64.RawURLEncoding.EncodeToString(sum[:])[:markLength]
}

func marks(rows []Row) string {
	var all strings.Builder
	for _, r := range rows {
		all.WriteString(mark(r.Row))
	}
	return all.String()
}

// seal is the digest of all rows: who signs says by it which they saw.
func seal(rows []desk.Row) string {
	h := sha256.New()
	for _, r := range rows {
		sum := digest(r)
		_, _ = h.Write(sum[:]) // never fails
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Change says that a row is not as it was signed.
type Change struct {
	Since desk.MonthAct // the last V°B° that it differs from; zero Place: as it was signed
	Added bool          // it was not there
	At    time.Time     // when it was written again; zero if nobody knows
	Was   *desk.Row     // as it was signed; nil if it was not there
}

// Changed tells whether the row differs from what was signed.
func (c Change) Changed() bool { return c.Since.Place != "" }

// changeOf holds a row against the V°B° that stand.
func changeOf(r desk.Row, m desk.Month) Change {
	var c Change
	for _, place := range desk.Places() {
		a, ok := m.SignOff(place)
		if !ok {
			continue
		}
		from := (r.N - 1) * markLength
		switch {
		case from+markLength > len(a.Marks):
			c = Change{Since: a, Added: true}
		case a.Marks[from:from+markLength] != mark(r):
			c = Change{Since: a, At: r.ChangedAt, Was: signedAs(r, a.Marks[from:from+markLength])}
		}
	}
	return c
}

// signedAs is what a row said when it had a mark.
func signedAs(r desk.Row, signed string) *desk.Row {
	for i := range r.Before {
		if mark(r.Before[i]) == signed {
			return &r.Before[i]
		}
	}
	return nil
}

// Difference is a column of a row that is not as it was signed.
type Difference struct{ Column, Before, After string }

// Differences compares a row with what was signed, column by column.
func (r Row) Differences() []Difference {
	if r.Change.Was == nil {
		return nil
	}
	was, is := columns(*r.Change.Was), columns(r.Row)
	var list []Difference
	for i, name := range [...]string{"Fecha", "Sede", "Usuaria/o afectada/o o solicitante", "Área o oficina", "Descripción del problema o requerimiento", "Descripción de la solución", "Tipología", "Estado", "Personal de soporte asignado"} {
		if was[i] != is[i] {
			list = append(list, Difference{name, was[i], is[i]})
		}
	}
	return list
}

// columns are what is printed of a row, but for its number (R132).
func columns(r desk.Row) [9]string {
	return [...]string{r.At.In(desk.Lima).Format("02/01/2006"), r.SedeName, r.Requester, r.Area, r.Description, r.Solution, r.Typology, r.State, r.Staff}
}
