package directory

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Search answers what somebody types to find a service, best first: words of
// the name or of a synonym count more than words of the type or an operation,
// accents and case do not count, and the beginning of a word is enough. It also
// ranks a whole sentence, so a mail's subject can suggest a service to Level 1.
func (c Catalogue) Search(query string) []Service {
	wanted := terms(query)
	type hit struct {
		service Service
		score   int
	}
	var hits []hit
	for _, s := range c.Services {
		if score := s.score(wanted, Fold(query)); score > 0 {
			hits = append(hits, hit{s, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	found := make([]Service, len(hits))
	for i, h := range hits {
		found[i] = h.service
	}
	return found
}

// Weights of a match. A phrase of the synonyms found whole outweighs a name.
const (
	phraseWeight = 4
	nameWeight   = 3
	otherWeight  = 1
)

func (s Service) score(wanted []string, query string) int {
	score := 0
	named := terms(s.Name + " " + strings.Join(s.Synonyms, " "))
	others := terms(s.Type + " " + strings.Join(s.Operations, " "))
	for _, word := range wanted {
		switch {
		case slices.ContainsFunc(named, matches(word)):
			score += nameWeight
		case slices.ContainsFunc(others, matches(word)):
			score += otherWeight
		}
	}
	for _, synonym := range s.Synonyms {
		if strings.Contains(synonym, " ") && strings.Contains(query, Fold(synonym)) {
			score += phraseWeight
		}
	}
	return score
}

// matches tells whether a word of the catalogue begins as the word asked for,
// or is its singular.
func matches(word string) func(string) bool {
	return func(term string) bool {
		return term == word || len(word) >= 3 && strings.HasPrefix(term, word) || term+"s" == word || term+"es" == word
	}
}

// terms are the words of a text that tell something.
func terms(text string) []string {
	words := strings.FieldsFunc(Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(words, func(word string) bool { return len(word) < 2 || slices.Contains(emptyWords(), word) })
}

// emptyWords are in every sentence and in no service.
func emptyWords() []string {
	return strings.Fields("al con de del el en es esta etc la las lo los me mi mis no para pero por que se si sin su tipo un una ya")
}
