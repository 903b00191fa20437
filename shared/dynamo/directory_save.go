package dynamo

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"mesa/shared/desk"
	"mesa/shared/directory"
)

// SaveDirectory replaces the records if revision is still the stored one;
// work.ErrConflict if not, or if another import began meanwhile. Only what
// differs is written. Up to 99 changed items are one transaction; more are
// written in several, and count for nothing until the last moves the revision.
func (s *Store) SaveDirectory(ctx context.Context, r directory.Records, revision int) error {
	claim := rand.Text()
	if err := s.claimImport(ctx, claim, revision); err != nil {
		return err
	}
	changes, err := s.directoryChanges(ctx, r, revision)
	if err != nil {
		return err
	}
	const room = maxItems - 1 // the revision's item goes with each
	for len(changes) > room {
		t := s.begin()
		for _, i := range changes[:room] {
			t.put(i, newUpdate())
		}
		t.check(versionKey(), ours(claim, revision))
		if err := s.transact(ctx, "import directory", t); err != nil {
			return err
		}
		changes = changes[room:]
	}
	t := s.begin()
	for _, i := range changes {
		t.put(i, newUpdate())
	}
	t.update(versionKey(), ours(claim, revision).set("rev", number(int64(revision+1))).remove("imp"))
	return s.transact(ctx, "import directory", t)
}

// claimImport makes this import the one that may write. The last to claim wins:
// an import that died leaves its claim behind.
func (s *Store) claimImport(ctx context.Context, claim string, revision int) error {
	u := newUpdate().set("imp", text(claim))
	if revision == 0 {
		u.absent("rev")
	} else {
		u.when("rev", "=", number(int64(revision)))
	}
	_, err := s.update(ctx, "begin import", versionKey(), u, types.ReturnValueNone)
	return err
}

// ours: no other import has begun, none has ended.
func ours(claim string, revision int) *update {
	u := newUpdate().when("imp", "=", text(claim))
	if revision == 0 {
		return u.absent("rev")
	}
	return u.when("rev", "=", number(int64(revision)))
}

// directoryChanges are the items to write, read after the claim so that what a
// dead import left is seen.
func (s *Store) directoryChanges(ctx context.Context, r directory.Records, revision int) ([]item, error) {
	before, err := s.readDirectory(ctx, revision)
	if err != nil {
		return nil, err
	}
	moved, err := directory.RightsMoved(before.records, r)
	if err != nil {
		return nil, err
	}
	var changes []item
	orders := map[string]string{}
	for _, k := range kinds() {
		bodies, order, err := k.split(&r)
		if err != nil {
			return nil, err
		}
		if orders[k.name()], err = writeOrder(order); err != nil {
			return nil, err
		}
		var touched []desk.PersonID
		if k.name() == kindPerson {
			touched = moved
		}
		list, err := s.kindChanges(ctx, k.name(), bodies, touched, revision)
		if err != nil {
			return nil, err
		}
		changes = append(changes, list...)
	}
	list, err := s.kindChanges(ctx, kindOrder, orders, nil, revision)
	return append(changes, list...), err
}

// writeOrder is what readOrder reads; an empty kind needs no item.
func writeOrder(order []string) (string, error) {
	if len(order) == 0 {
		return "", nil
	}
	data, err := json.Marshal(order)
	if err != nil {
		return "", fmt.Errorf("directory order: %w", err)
	}
	return string(data), nil
}

// kindChanges compares a kind as stored with how it is to be.
func (s *Store) kindChanges(ctx context.Context, kind string, bodies map[string]string, moved []desk.PersonID, revision int) ([]item, error) {
	stored, err := s.directoryItems(ctx, kind)
	if err != nil {
		return nil, err
	}
	keys := map[string]bool{}
	for key := range stored {
		keys[key] = true
	}
	for key := range bodies {
		keys[key] = true
	}
	var changes []item
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		old, body := stored[key], bodies[key]
		rightsMoved := slices.Contains(moved, desk.PersonID(key))
		if body == bodyAt(old, revision) && old.getNumber("n") <= revision && !rightsMoved {
			continue
		}
		changes = append(changes, changedItem(kind, key, body, old, rightsMoved, revision))
	}
	return changes, nil
}

// changedItem holds both truths: what is so from the next revision on, and what
// is so until then.
func changedItem(kind, key, body string, old item, rightsMoved bool, revision int) item {
	i := keyOf(pkDirectory(kind), key)
	i.text("b", body)
	i.text("o", bodyAt(old, revision))
	i.number("n", revision+1)
	if kind != kindPerson {
		return i
	}
	rights := rightsAt(old, revision)
	i.number("ro", rights)
	if rightsMoved {
		rights = revision + 1
	}
	i.number("rev", rights)
	return i
}
