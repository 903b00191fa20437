package dynamo

import (
	"context"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

const pkInstitution = "S#institution"

// institutionCache is every version of the institution, and every edition of its
// procedure, as last read.
type institutionCache = cached[institutions]

type institutions struct {
	versions []datedInstitution // oldest first
	editions desk.Editions
}

// datedInstitution is a version and the instant from which it holds.
type datedInstitution struct {
	from        time.Time
	institution desk.Institution
}

// Institution is the version in force at an instant, under the edition of its
// procedure then in force; until one is set, the institution of the procedure as
// approved (R1, R5). It is at most a minute old.
func (s *Store) Institution(ctx context.Context, at time.Time) (desk.Institution, error) {
	known, err := s.currentInstitutions(ctx, at)
	if err != nil {
		return desk.Institution{}, err
	}
	institution := desk.PNAEQW()
	for _, v := range known.versions {
		if !v.from.After(at) {
			institution = v.institution
		}
	}
	return institution.Under(known.editions, at), nil
}

func (s *Store) currentInstitutions(ctx context.Context, at time.Time) (institutions, error) {
	return s.institution.get(at, func() (institutions, error) { return s.readInstitutions(ctx) })
}

// SetInstitution sets the version that holds from an instant on; work.ErrConflict
// if one begins there already: what was shown under it stays explained.
func (s *Store) SetInstitution(ctx context.Context, institution desk.Institution, from time.Time) error {
	i := keyOf(pkInstitution, stamp(from))
	if err := i.json("b", institution); err != nil {
		return err
	}
	s.institution.forget()
	return s.put(ctx, "set institution", i, newUpdate().absent("pk"))
}

var _ work.Institutions = (*Store)(nil)

// readInstitutions reads both lists at once: every mail and page asks for them.
func (s *Store) readInstitutions(ctx context.Context) (institutions, error) {
	items, err := s.all(ctx, search{operation: "institution", pk: pkInstitution})
	if err != nil {
		return institutions{}, err
	}
	var known institutions
	for _, i := range items {
		if strings.HasPrefix(i.getText("sk"), editionMark) {
			known.editions = append(known.editions, desk.Edition{})
			err = i.getJSON("b", &known.editions[len(known.editions)-1])
		} else {
			known.versions = append(known.versions, datedInstitution{from: dueTime(i.getText("sk"))})
			err = i.getJSON("b", &known.versions[len(known.versions)-1].institution)
		}
		if err != nil {
			return institutions{}, err
		}
	}
	return known, nil
}
