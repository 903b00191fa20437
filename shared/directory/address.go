package directory

import (
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/mailbox"
)

// CanonicalAddress is the form in which two spellings of one mailbox compare
// equal.
func CanonicalAddress(address string) string { return mailbox.Canonical(address) }

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

// OwnDomain tells whether a domain is one of the institution's: that of a unit's
// or team's mailbox, or where the desk writes to some person. The domain of a
// secondary address alone may be anybody's: a mail provider's.
func (d *Directory) OwnDomain(domain string) bool { return d.domains[mailbox.Domain(domain)] }

// ownDomains collects the domains of the institution's mailboxes.
func ownDomains(r Records) map[string]bool {
	own := map[string]bool{}
	add := func(address string) {
		if domain := mailbox.DomainOf(address); domain != "" {
			own[domain] = true
		}
	}
	for _, p := range r.People {
		add(p.Mail())
	}
	for _, u := range r.Units {
		add(u.Mail)
	}
	for _, t := range r.Teams {
		add(t.Mailbox)
	}
	return own
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
