package directory

import (
	"strings"
	"time"
	"unicode"

	"mesa/shared/desk"
)

// CanonicalAddress is the form in which two spellings of one mailbox compare
// equal: lower case, without angle brackets and without a plus suffix
// («soporte.usuario+pau@…»). Dots stay: mail systems differ about them, and
// joining two people's mail would be worse than asking one.
func CanonicalAddress(address string) string {
	address = strings.TrimFunc(address, func(r rune) bool { return unicode.IsSpace(r) || r == '<' || r == '>' })
	address = strings.ToLower(address)
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return address
	}
	local, domain := address[:at], strings.TrimSuffix(address[at:], ".")
	if plus := strings.IndexByte(local, '+'); plus > 0 {
		local = local[:plus]
	}
	return local + domain
}

// ByEmail answers whose address this is, secondary addresses, plus suffixes and
// letter case included. Somebody who left or is disabled is not found: their
// mail is that of an unknown sender.
func (d *Directory) ByEmail(address string, at time.Time) (Person, bool) {
	wanted := CanonicalAddress(address)
	if wanted == "" {
		return Person{}, false
	}
	for _, id := range d.addresses[wanted] {
		if p, works := d.Person(id, at); works && p.hasAddress(wanted) {
			return p, true
		}
	}
	return Person{}, false
}

// hasAddress tells whether a canonical address is one of the person's now: an
// earlier version of the record may have had others.
func (p Person) hasAddress(wanted string) bool {
	for _, address := range p.Emails {
		if CanonicalAddress(address) == wanted {
			return true
		}
	}
	return false
}

// OwnDomain tells whether some person's or team's address is of this domain:
// mail from it is expected to be authenticated.
func (d *Directory) OwnDomain(domain string) bool {
	suffix := "@" + strings.ToLower(strings.TrimSuffix(domain, "."))
	for address := range d.addresses {
		if strings.HasSuffix(address, suffix) {
			return true
		}
	}
	return false
}

// FindPeople answers a search by name, id, area or address for a field that
// suggests while one types: all words must occur, accents and case do not
// count, and no more than limit are returned, in the order of the records.
func (d *Directory) FindPeople(query string, limit int, at time.Time) []Person {
	words := strings.Fields(Fold(query))
	var found []Person
	for _, p := range d.records.People {
		if len(found) == limit || len(words) == 0 {
			break
		}
		if _, works := d.Person(p.ID, at); works && p.Holds(at) && containsAll(p.searchText(), words) {
			found = append(found, p)
		}
	}
	return found
}

func (p Person) searchText() string {
	return Fold(strings.Join(append([]string{p.Name, string(p.ID), p.Area, string(p.Unit)}, p.Emails...), " "))
}

func containsAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// Fold lowers case and takes the accents off the Spanish letters, so that
// «averia» finds «Avería».
func Fold(text string) string {
	return accents().Replace(strings.ToLower(text))
}

func accents() *strings.Replacer {
	return strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n",
		"\u0301", "", "\u0303", "", "\u0308", "") // marks of decomposed letters
}

// Requesting returns what a ticket copies of who asks: person, unit and sede,
// as the directory knows them at that instant (R151).
func (d *Directory) Requesting(id desk.PersonID, at time.Time) (Person, Unit, Sede, bool) {
	person, ok := d.Person(id, at)
	if !ok {
		return Person{}, Unit{}, Sede{}, false
	}
	unit, _ := d.Unit(person.Unit, at)
	sede, _ := d.Sede(unit.Sede, at)
	return person, unit, sede, true
}
