package dynamo

import (
	"context"
	"encoding/json"
	"fmt"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/work"
)

// The directory has one revision, D#version/META, and an import of many items
// becomes true in one moment, when that revision moves. Until then every item
// it has written holds both truths: b, the body since revision n, and o, the
// body before. Who reads at a revision takes the one of that time, so nobody
// sees, or keeps in memory, half an import; one that dies half-way changes
// nothing, and the next one writes over it.
//
// A person's item also holds rev, the revision at which their rights last
// moved (and ro, the one before): a decision checks it as it commits.

// directoryCache is the directory as last read; it is used only while the
// stored revision is the same.
type directoryCache = cached[*loaded]

// loaded is the directory at one edition.
type loaded struct {
	edition
	records  directory.Records
	rights   map[desk.PersonID]int
	snapshot work.Snapshot
}

// edition is what the directory's item of versions counts: imports of the
// records, and changes of the days off, which are kept apart (S#calendar).
type edition struct{ revision, calendar int }

func versionKey() item { return keyOf("D#version", skTicket) }

// Directory is the directory as it stands: one small consistent read, and all
// of it again only if its revision moved.
func (s *Store) Directory(ctx context.Context) (work.Snapshot, error) {
	d, err := s.currentDirectory(ctx)
	if err != nil {
		return work.Snapshot{}, err
	}
	return d.snapshot, nil
}

// LoadDirectory reads the records and their revision; revision 0 is no
// directory at all. Callers must not change the records.
func (s *Store) LoadDirectory(ctx context.Context) (directory.Records, int, error) {
	d, err := s.currentDirectory(ctx)
	if err != nil {
		return directory.Records{}, 0, err
	}
	return d.records, d.revision, nil
}

func (s *Store) currentDirectory(ctx context.Context) (*loaded, error) {
	s.directory.mu.Lock()
	defer s.directory.mu.Unlock()
	for try := 1; ; try++ {
		stands, err := s.directoryEdition(ctx)
		if err != nil {
			return nil, err
		}
		if s.directory.full && s.directory.value.edition == stands {
			return s.directory.value, nil
		}
		if try == maxTries {
			return nil, fmt.Errorf("directory: it changed %d times while it was read: %w", try, busy())
		}
		d, err := s.readDirectory(ctx, stands.revision)
		if err != nil {
			if now, problem := s.directoryEdition(ctx); problem == nil && now != stands {
				continue // two imports passed while it was read: it fitted neither
			}
			return nil, err
		}
		book, err := s.readCalendar(ctx, stands.calendar)
		if err != nil {
			return nil, err
		}
		d.edition, d.snapshot.Directory = stands, d.snapshot.WithDays(book)
		s.directory.value, s.directory.full = d, true // true only if the revision is still the same: look again
	}
}

func (s *Store) directoryEdition(ctx context.Context) (edition, error) {
	i, err := s.get(ctx, "directory revision", versionKey())
	return edition{i.getNumber("rev"), i.getNumber("cal")}, err
}

// readDirectory reads everything as it was at a revision.
func (s *Store) readDirectory(ctx context.Context, revision int) (*loaded, error) {
	d := &loaded{edition: edition{revision: revision}, rights: map[desk.PersonID]int{}}
	orders, err := s.directoryItems(ctx, kindOrder)
	if err != nil {
		return nil, err
	}
	for _, k := range kinds() {
		items, err := s.directoryItems(ctx, k.name())
		if err != nil {
			return nil, err
		}
		bodies := make(map[string]string, len(items))
		for key, i := range items {
			bodies[key] = bodyAt(i, revision)
			if k.name() == kindPerson {
				d.rights[desk.PersonID(key)] = rightsAt(i, revision)
			}
		}
		order, err := readOrder(bodyAt(orders[k.name()], revision))
		if err != nil {
			return nil, err
		}
		if err := k.join(&d.records, bodies, order); err != nil {
			return nil, err
		}
	}
	d.snapshot = work.Snapshot{Directory: directory.New(d.records), Rights: d.rights}
	return d, nil
}

func readOrder(body string) ([]string, error) {
	if body == "" {
		return nil, nil
	}
	var order []string
	if err := json.Unmarshal([]byte(body), &order); err != nil {
		return nil, fmt.Errorf("directory order: %w", err)
	}
	return order, nil
}

// directoryItems reads all items of a kind by natural key.
func (s *Store) directoryItems(ctx context.Context, kind string) (map[string]item, error) {
	list, err := s.all(ctx, search{operation: "directory", pk: pkDirectory(kind)})
	if err != nil {
		return nil, err
	}
	items := make(map[string]item, len(list))
	for _, i := range list {
		items[i.getText("sk")] = i
	}
	return items, nil
}

// bodyAt is an item's body as of a revision, "" if it was not there.
func bodyAt(i item, revision int) string {
	if i.getNumber("n") > revision {
		return i.getText("o")
	}
	return i.getText("b")
}

// rightsAt is a person's rights revision as of a directory revision.
func rightsAt(i item, revision int) int {
	if i.getNumber("n") > revision {
		return i.getNumber("ro")
	}
	return i.getNumber("rev")
}
