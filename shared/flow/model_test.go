package flow_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// randomActs is how many acts by anybody TestAnybodyTriesAnything performs at
// least, over all flows: enough that each pair of acts meets in many situations.
const randomActs = 20_000

// acted counts the acts that the random stories tried.
func acted(t *testing.T, stories func(count *int)) {
	t.Helper()
	n := 0
	stories(&n)
	if n < randomActs && !t.Failed() {
		t.Errorf("%d random acts, want at least %d", n, randomActs)
	}
	t.Logf("%d random acts", n)
}

// checkClosed says in the words of the norm, and not in those of the rows, what a
// closing must have had: told, registered, solved, and what its flow demands
// (R31, R137, R153). x is the case just before it.
func checkClosed(t *rapid.T, x desk.Ticket, r desk.Record) {
	told, registered := false, x.Row > 0
	for _, e := range r.Events {
		switch e := e.(type) {
		case desk.RequesterTold:
			told = true
			if x.Flow == desk.Flow86 && e.Medium != desk.ByMail {
				t.Fatalf("act %d: 8.6 told by %s", r.Seq, e.Medium)
			}
		case desk.RowRegistered:
			registered = true
		}
	}
	if !told || !registered || r.Texts["solution"] == "" {
		t.Fatalf("act %d: closed told %v, registered %v, solution %q", r.Seq, told, registered, r.Texts["solution"])
	}
	if x.State == desk.Joined { // its mass incident met the demands
		return
	}
	if lacks := lacking(x); lacks != "" {
		t.Fatalf("act %d: closed in %s without %s: %+v", r.Seq, x.Flow, lacks, x)
	}
}

// lacking is what of its own a flow's case still lacks to be closed.
func lacking(x desk.Ticket) string {
	missing := func(name string) bool { return slices.Contains(x.Missing, name) }
	switch {
	case (x.Flow == desk.Flow81 || x.Flow == desk.Flow83) && !x.Contact && x.Level != 2:
		return "Desarrollo (8.1.9)"
	case x.Flow == desk.Flow83 && x.Regular == desk.RegularPending:
		return "regularisation (8.3.2)"
	case x.Chain.Waits():
		return "acknowledgement (8.3.3 c)"
	case x.Flow == desk.Flow84 && (x.Proveido != desk.ProveidoFiled || x.Access != desk.AccessSettled || !x.Files.Has(desk.AccessForm, desk.CommitmentAnnex)):
		return "its papers, accesses or archived proveído (8.4.3)"
	case x.Flow == desk.Flow86 && missing("asset"):
		return "the asset code (8.6.1)"
	case x.Flow == desk.Flow86 && (x.Gear == desk.GearToMove || x.Gear == desk.GearCustody):
		return "the return of the equipment (8.6.5)"
	case x.Flow == desk.Flow87 && missing("phone"):
		return "the telephone (8.7.1)"
	case x.Flow == desk.Flow88 && strings.ContainsAny(string(x.Meetings), "rpa"):
		return "an answer to each date (8.8.4)"
	default:
		return ""
	}
}

// The model is no copy of the rows: it refuses what they would refuse.
func TestModelKnowsWhatIsLacking(t *testing.T) {
	for name, x := range map[string]desk.Ticket{
		"8.1 at Level 3":        {Flow: desk.Flow81, Level: 3},
		"8.4 without papers":    {Flow: desk.Flow84},
		"8.6 with the UTI":      {Flow: desk.Flow86, Gear: desk.GearCustody},
		"8.7 without telephone": {Flow: desk.Flow87, Missing: []string{"phone"}},
		"8.8 with a date open":  {Flow: desk.Flow88, Meetings: "br"},
	} {
		if lacking(x) == "" {
			t.Errorf("%s lacks nothing", name)
		}
	}
	if x := (desk.Ticket{Flow: desk.Flow85, Level: 2}); lacking(x) != "" || flow.StateLabel(x) == "" {
		t.Errorf("8.5 lacks %s", lacking(x))
	}
}

// checkStored holds the story as it would be stored: a chain in which every record
// knows the one before it, reads as it was written and folds to the same ticket.
func checkStored(t *rapid.T, b *bench) {
	prev := ""
	var stored []desk.Record
	for _, r := range b.records {
		r.Prev = prev
		body, err := r.Body()
		if err != nil {
			t.Fatalf("act %d: %v", r.Seq, err)
		}
		hash := desk.ChainHash(body, prev)
		if prev != "" && hash == desk.ChainHash(body, "") {
			t.Fatalf("act %d: its hash does not know the record before it", r.Seq)
		}
		got, err := desk.ParseRecord(body, prev, hash)
		if err != nil {
			t.Fatalf("act %d does not read as it was written: %v", r.Seq, err)
		}
		got.Texts = r.Texts
		stored, prev = append(stored, got), hash
	}
	if diff := cmp.Diff(b.ticket, desk.Fold(b.ticket.ID, stored), cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("the stored story folds to another ticket:\n%s", diff)
	}
}
