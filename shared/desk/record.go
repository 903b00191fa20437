package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"
	"time"
)

// Texts are the free texts of one act by name ("subject", "description",
// "reason"). They can be erased; the record's digest of them cannot.
type Texts map[string]string

// Digest is the hex SHA-256 over salt and the texts in name order; "" for none.
func (x Texts) Digest(salt string) string {
	if len(x) == 0 {
		return ""
	}
	names := make([]string, 0, len(x))
	for n := range x {
		names = append(names, n)
	}
	sort.Strings(names)
	h := sha256.New()
	for _, part := range append([]string{salt}, flatten(names, x)...) {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func flatten(names []string, x Texts) []string {
	out := make([]string, 0, 2*len(names))
	for _, n := range names {
		out = append(out, n, x[n])
	}
	return out
}

// RecordFormat is the format written today; readers accept every earlier one.
const RecordFormat = 1

// Record is one act as it is kept for ever: item E#<seq>, with X#<seq> beside it.
type Record struct {
	Format     int
	Ticket     TicketID
	Seq        int
	Act        ActKind
	At         time.Time
	HappenedAt time.Time // zero: At
	Actor      Actor
	Channel    Channel
	Key        string // idempotency key of the act, scope included
	Events     []Event
	TextDigest string
	Files      []Attachment // names and digests; bytes live in a bucket
	Prev       string       // hash of the record before; "" for the first
	Hash       string       // over Body and Prev
	Texts      Texts        // from X#; nil when erased or not asked for
	Salt       string       // from X#
}

// body is the stored and hashed form of a record.
type body struct {
	Format     int             `json:"v"`
	Ticket     TicketID        `json:"t"`
	Seq        int             `json:"q"`
	Act        ActKind         `json:"act"`
	At         time.Time       `json:"at"`
	HappenedAt time.Time       `json:"h,omitzero"`
	Actor      Actor           `json:"by"`
	Channel    Channel         `json:"c"`
	Key        string          `json:"k,omitempty"`
	Events     json.RawMessage `json:"ev"`
	TextDigest string          `json:"x,omitempty"`
	Files      []Attachment    `json:"f,omitempty"`
}

// Body is the record as one string: what is stored, and hashed byte for byte.
func (r Record) Body() (string, error) {
	events, err := EncodeEvents(r.Events)
	if err != nil {
		return "", err
	}
	b, err := json.Marshal(body{r.Format, r.Ticket, r.Seq, r.Act, r.At, r.HappenedAt, r.Actor, r.Channel, r.Key, events, r.TextDigest, r.Files})
	return string(b), err
}

// ParseRecord reads a stored body and its chain fields.
func ParseRecord(text, prev, hash string) (Record, error) {
	var b body
	if err := json.Unmarshal([]byte(text), &b); err != nil {
		return Record{}, fmt.Errorf("parse record: %w", err)
	}
	if b.Format < 1 || b.Format > RecordFormat {
		return Record{}, fmt.Errorf("parse record: format %d is not known", b.Format)
	}
	events, err := DecodeEvents(b.Events)
	if err != nil {
		return Record{}, fmt.Errorf("record %s#%d: %w", b.Ticket, b.Seq, err)
	}
	return Record{Format: b.Format, Ticket: b.Ticket, Seq: b.Seq, Act: b.Act, At: b.At, HappenedAt: b.HappenedAt, Actor: b.Actor,
		Channel: b.Channel, Key: b.Key, Events: events, TextDigest: b.TextDigest, Files: b.Files, Prev: prev, Hash: hash}, nil
}

// ChainHash is the hash of a record: over the stored body and the hash before it.
func ChainHash(body, prev string) string {
	sum := sha256.Sum256([]byte(prev + "\n" + body))
	return hex.EncodeToString(sum[:])
}

// Entry is what the fold needs of r.
func (r Record) Entry() Entry { return Entry{Seq: r.Seq, At: r.At, Actor: r.Actor, Texts: r.Texts} }
