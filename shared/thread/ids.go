package thread

import (
	"slices"
	"strings"
)

// mostIDs bounds how many ids of one mail are kept: a thread of a hundred mails
// is long, and a forged header may list a million.
const mostIDs = 100

// IDs collects the message ids of header values such as References and
// In-Reply-To, without angle brackets, each once, in the order they stand. Of a
// longer list the first ten and the last ninety stay: the root of a thread is
// its first id, and the mail being answered is its last.
func IDs(values ...string) []string {
	var ids []string
	seen := map[string]bool{}
	for _, value := range values {
		for _, id := range split(value) {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	if len(ids) > mostIDs {
		ids = slices.Concat(ids[:10], ids[len(ids)-mostIDs+10:])
	}
	return ids
}

// split reads one value. Ids should stand in angle brackets; programs that
// forget them write single words with an @.
func split(value string) []string {
	var ids []string
	if !strings.Contains(value, "<") {
		for word := range strings.FieldsSeq(value) {
			ids = appendID(ids, word)
		}
		return ids
	}
	for _, piece := range strings.Split(value, "<")[1:] {
		id, _, _ := strings.Cut(piece, ">")
		// Folding may leave blanks inside an id.
		ids = appendID(ids, strings.Join(strings.Fields(id), ""))
	}
	return ids
}

func appendID(ids []string, id string) []string {
	if !strings.Contains(id, "@") || len(id) > 998 {
		return ids
	}
	return append(ids, id)
}
