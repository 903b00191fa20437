package desktest

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Dump is everything that the store holds, as text: for a test that looks for
// what must be nowhere.
func (s *Store) Dump() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out strings.Builder
	for id, f := range s.tickets {
		fmt.Fprintf(&out, "%s %+v\n", id, *f)
		for delivery, c := range f.vault {
			fmt.Fprintf(&out, "%s credential %d %q\n", id, delivery, c.Sealed)
		}
		for _, r := range f.records {
			body, err := r.Body()
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&out, "%s %v\n", body, r.Texts)
		}
	}
	for _, part := range []any{s.keys, s.numbers, s.counters, s.rows, s.subjects, s.epochs, s.resent, s.edges} {
		fmt.Fprintf(&out, "%+v\n", part)
	}
	effects, err := json.Marshal(s.effects)
	out.Write(effects)
	return out.String(), err
}
