package dynamo

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"mesa/shared/desk"
)

// shards is how many parts the list of what is due has: one partition takes
// 1,000 writes a second, and every wait and outbox item stands in one.
const shards = 8

// Shards is how many parts the list of what is due has.
func (s *Store) Shards() int { return shards }

// The indexes, and partitions of them that are no team, person or shard.
const (
	indexQueue     = "queue"
	indexRequester = "requester"
	indexDue       = "due"

	partUndecided  = "A"
	partRegular    = "regularise"
	partStuck      = "stuck"
	partHeld       = "held"
	partLetters    = "letters"
	partSuppressed = "suppressed"
)

const (
	skTicket  = "META"
	skKey     = "KEY"
	skCounter = "SEQ"
)

// keyOf makes a primary key.
func keyOf(pk, sk string) item { return item{"pk": text(pk), "sk": text(sk)} }

func pkTicket(id desk.TicketID) string { return "T#" + string(id) }

// pkFanOut keeps what a fan-out of one act was expanded into: a notice to
// thousands must not make the ticket's own items slow to read.
func pkFanOut(id desk.TicketID, seq int) string { return "F#" + string(id) + "#" + strconv.Itoa(seq) }

// keyOfEffect is where an outbox item stands.
func keyOfEffect(id desk.TicketID, seq, n int) item {
	pk := pkTicket(id)
	if (desk.Effect{N: n}).Expanded() {
		pk = pkFanOut(id, seq)
	}
	return keyOf(pk, skEffect(seq, n))
}

func ticketOf(pk string) desk.TicketID {
	if rest, ok := strings.CutPrefix(pk, "F#"); ok {
		pk, _, _ = strings.Cut(rest, "#")
	}
	return desk.TicketID(strings.TrimPrefix(pk, "T#"))
}

func skRecord(seq int) string                { return fmt.Sprintf("E#%06d", seq) }
func skTexts(seq int) string                 { return fmt.Sprintf("X#%06d", seq) }
func skWait(id desk.WaitID) string           { return "W#" + string(id) }
func skMachine(m desk.Machine) string        { return "M#" + string(m) }
func skEffect(seq, n int) string             { return fmt.Sprintf("O#%06d.%02d", seq, n) }
func skRow(n int) string                     { return fmt.Sprintf("%06d", n) }
func pkNumber(n desk.Number) string          { return "N#" + string(n) }
func pkYear(year int) string                 { return "N#" + strconv.Itoa(year) }
func pkMonth(s desk.SedeID, p string) string { return "R#" + part(string(s)) + "#" + p }
func pkQueue(t desk.TeamID, l desk.Level) string {
	return "Q#" + part(string(t)) + "#" + strconv.Itoa(int(l))
}
func pkPerson(p desk.PersonID) string { return "R#" + string(p) }

// refOf reads an outbox item's reference, "<seq>.<n>".
func refOf(ref string) (seq, n int, ok bool) {
	a, b, cut := strings.Cut(ref, ".")
	seq, err1 := strconv.Atoi(a)
	n, err2 := strconv.Atoi(b)
	return seq, n, cut && err1 == nil && err2 == nil && seq > 0 && n > 0
}

// maxKey bounds what a caller may put into a key; the service allows 2,048 bytes.
const maxKey = 512

// fits tells whether something out of an address line can be a key at all; what
// cannot is not in the table.
func fits(s string) bool { return s != "" && len(s) <= maxKey }

// pkKey is the key of an idempotency record. Scope and key come from outside:
// they may hold anything, '#' and broken UTF-8 too, and be as long as somebody
// likes, and still two different pairs never meet.
func pkKey(scope, key string) string {
	if len(scope)+len(key) > maxKey || !utf8.ValidString(scope) || !utf8.ValidString(key) {
		sum := sha256.Sum256([]byte(strconv.Itoa(len(scope)) + ":" + scope + key))
		return "K#%#" + hex.EncodeToString(sum[:])
	}
	return "K#" + part(scope) + "#" + key
}

// part makes a text that holds no '#', so that what follows it stays apart.
func part(s string) string {
	return strings.NewReplacer("%", "%25", "#", "%23").Replace(s)
}

// shardOf puts a ticket into one part of what is due.
func shardOf(id desk.TicketID) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // never fails
	return shardName(int(h.Sum32() % shards))
}

func shardName(n int) string { return "due#" + strconv.Itoa(n) }

// dueKey orders the due index: time, then what is due.
func dueKey(at time.Time, sk string) string { return stamp(at) + "#" + sk }

// dueUntil is after every key of a time and before those of the next second.
func dueUntil(at time.Time) string { return stamp(at) + "$" }

// dueTime reads the time out of an index key; none if it has none.
func dueTime(key string) time.Time {
	s, _, _ := strings.Cut(key, "#")
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// stamp is a time that sorts as text.
func stamp(t time.Time) string { return t.UTC().Truncate(time.Second).Format(time.RFC3339) }
