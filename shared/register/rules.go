package register

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"mesa/shared/desk"
	"mesa/shared/directory"
)

// clause is what the two V°B° rest on.
const clause = "R135"

// MaxReason is how long the reason of a reopening may be.
const MaxReason = 500

// PeriodLayout is how a month is written in the store: desk.Period.
const PeriodLayout = "200601"

// Row is one attention, and how it differs from what was signed.
type Row struct {
	desk.Row
	Change Change
}

// Sheet is a sede's month of Anexo 01 as it stands.
type Sheet struct {
	Sede   desk.SedeID
	Name   string // of the sede
	Period string // yyyymm
	Rows   []Row
	Seal   string // of the rows
	Month  desk.Month

	directory *directory.Directory
	now       time.Time
}

// Begins is the first instant of the month.
func (s Sheet) Begins() time.Time {
	at, err := time.ParseInLocation(PeriodLayout, s.Period, desk.Lima)
	if err != nil {
		return time.Time{}
	}
	return at
}

// Ends is the first instant after the month.
func (s Sheet) Ends() time.Time { return s.Begins().AddDate(0, 1, 0) }

// PlaceName is what the form calls a place.
func PlaceName(p desk.Place) string {
	if p == desk.PlaceHead {
		return "Jefa/e de Unidad / Jefa/e de UT"
	}
	return "Especialista TIC / Especialista informático"
}

// Signers are who may give the V°B° of a place of this month now.
func (s Sheet) Signers(p desk.Place) []Signer {
	first := desk.PersonID("")
	if a, ok := s.Month.SignOff(desk.PlaceSpecialist); ok && p == desk.PlaceHead {
		first = a.Actor.Person
	}
	return Signers(s.directory, s.Sede, p, first, s.now)
}

// Awaited is the place whose V°B° is next: ok is false while the month goes on,
// if it has no attentions, and when both are given.
func (s Sheet) Awaited() (p desk.Place, ok bool) {
	if s.now.Before(s.Ends()) || s.Month.Rows == 0 {
		return "", false
	}
	for _, p := range desk.Places() {
		if _, signed := s.Month.SignOff(p); !signed {
			return p, true
		}
	}
	return "", false
}

// PlaceOf is the place that a person signs: one that they may sign now, else the
// one that is theirs to sign at another time.
func (s Sheet) PlaceOf(person desk.PersonID) desk.Place {
	own := desk.PlaceSpecialist
	for _, p := range desk.Places() {
		if s.MaySign(p, person) == nil {
			return p
		}
		if _, ok := find(s.Signers(p), person); ok {
			own = p
		}
	}
	return own
}

// MaySign tells why a person may not give the V°B° of a place now; nil if they may.
func (s Sheet) MaySign(p desk.Place, person desk.PersonID) error {
	_, err := s.signer(p, person)
	return err
}

// signer is the right by which a person signs now.
func (s Sheet) signer(p desk.Place, person desk.PersonID) (Signer, error) {
	if p != desk.PlaceSpecialist && p != desk.PlaceHead {
		return Signer{}, desk.InvalidField("place", "Indique qué V°B° da: specialist o head.")
	}
	refused := func(text string, args ...any) (Signer, error) {
		return Signer{}, desk.NewProblem(desk.Refused, clause, text, args...)
	}
	as, mine := find(s.Signers(p), person)
	first, given := s.Month.SignOff(desk.PlaceSpecialist)
	there, signed := s.Month.SignOff(p)
	switch {
	case !mine && given && p == desk.PlaceHead && first.Actor.Person == person:
		return Signer{}, desk.NewProblem(desk.Forbidden, clause, "Usted ya dio el V°B° de especialista de este mes: la misma persona no da los dos.")
	case !mine:
		return Signer{}, desk.NewProblem(desk.Forbidden, clause, "El V°B° de %s de este registro no le corresponde. Puede darlo: %s.", PlaceName(p), s.Names(p))
	case s.now.Before(s.Ends()):
		return refused("El mes no ha terminado: el V°B° se da desde el %s.", s.Ends().Format("02/01/2006"))
	case s.Month.Rows == 0:
		return refused("No hay atenciones en este mes: no necesita V°B°.")
	case signed:
		return refused("Este V°B° ya está dado: %s, %s.", s.directory.Name(there.Actor.Person), there.At.In(desk.Lima).Format("02/01/2006 15:04"))
	case p == desk.PlaceHead && !given:
		return refused("Primero da su V°B° la/el especialista: %s.", s.Names(desk.PlaceSpecialist))
	}
	return as, nil
}

// Names are who may sign a place, for a sentence.
func (s Sheet) Names(p desk.Place) string {
	var names []string
	for _, signer := range s.Signers(p) {
		names = append(names, s.directory.Name(signer.Person))
	}
	if len(names) == 0 {
		return "nadie del directorio todavía"
	}
	return strings.Join(names, "; ")
}

// sign is the V°B° that a request gives.
func (s Sheet) sign(r Request) (desk.MonthAct, error) {
	as, err := s.signer(r.Place, r.Actor.Person)
	if err != nil {
		return desk.MonthAct{}, err
	}
	if r.Seal != s.Seal {
		return desk.MonthAct{}, desk.NewProblem(desk.Stale, clause, "El registro cambió después de que usted lo abrió: revíselo otra vez antes de dar su V°B°.")
	}
	r.Actor.For = as.For
	return desk.MonthAct{Actor: r.Actor, Place: r.Place, Unit: as.Unit, Rows: len(s.Rows), Seal: s.Seal, Marks: marks(s.Rows)}, nil
}

// MayReopen tells why a person may not reopen the month now; nil if they may.
func (s Sheet) MayReopen(person desk.PersonID) error {
	_, err := s.reopener(person)
	return err
}

// reopener is the right by which a person reopens: that of either place.
func (s Sheet) reopener(person desk.PersonID) (Signer, error) {
	var as Signer
	mine, signed := false, false
	for _, p := range desk.Places() {
		if signer, ok := find(Signers(s.directory, s.Sede, p, "", s.now), person); ok && !mine {
			as, mine = signer, true
		}
		if _, ok := s.Month.SignOff(p); ok {
			signed = true
		}
	}
	switch {
	case !mine:
		return Signer{}, desk.NewProblem(desk.Forbidden, clause, "Reabre un mes quien puede dar uno de sus dos V°B°.")
	case !signed:
		return Signer{}, desk.NewProblem(desk.Refused, clause, "Este mes no tiene V°B°: no hay qué reabrir.")
	}
	return as, nil
}

// reopen is the reopening that a request asks for.
func (s Sheet) reopen(r Request) (desk.MonthAct, error) {
	as, err := s.reopener(r.Actor.Person)
	if err != nil {
		return desk.MonthAct{}, err
	}
	reason := strings.TrimSpace(r.Reason)
	switch {
	case reason == "":
		return desk.MonthAct{}, desk.InvalidField("reason", "Escriba por qué reabre el mes.")
	case utf8.RuneCountInString(reason) > MaxReason:
		return desk.MonthAct{}, desk.InvalidField("reason", fmt.Sprintf("Escriba hasta %d caracteres.", MaxReason))
	}
	r.Actor.For = as.For
	return desk.MonthAct{Actor: r.Actor, Unit: as.Unit, Reason: reason}, nil
}

// repeated tells a request that was done: same person, same key, same wish.
func (s Sheet) repeated(r Request) (bool, error) {
	for _, a := range s.Month.Acts {
		switch {
		case r.Key == "" || a.Key != r.Key || a.Actor.Person != r.Actor.Person:
		case a.Place == r.Place && a.Reason == strings.TrimSpace(r.Reason):
			return true, nil
		default:
			return false, desk.NewProblem(desk.Repeated, "", "Esta clave ya se usó para otro pedido sobre este mes.")
		}
	}
	return false, nil
}
