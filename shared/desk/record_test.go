package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var noon = time.Date(2026, 9, 15, 17, 0, 0, 0, time.UTC)

func sampleRecord() Record {
	return Record{
		Format: RecordFormat, Ticket: "01J00000000000000000000001", Seq: 2, Act: ActApprove, At: noon, HappenedAt: noon.Add(-time.Hour),
		Actor: Actor{Person: "suplente-ut", For: "jefa-ut", Via: "link", Assurance: AssuredCode}, Channel: ChannelLink, Key: "link#1",
		Events: []Event{StageApproved{StageUT}, ApprovalRequested{Stage: StageUO, Asked: []Asked{{Person: "jefa-uo", Round: 1}}}},
		Files:  []Attachment{{Name: "acta.pdf", Bytes: 12, SHA256: "ab"}}, TextDigest: "dd", Prev: "pp", Hash: "hh",
	}
}

func TestRecordComesBackFromItsBody(t *testing.T) {
	want := sampleRecord()
	body, err := want.Body()
	if err != nil {
		t.Fatal(err)
	}
	got, err := ParseRecord(body, want.Prev, want.Hash)
	if err != nil {
		t.Fatalf("ParseRecord(%s): %v", body, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("record changed (-wrote +read):\n%s", diff)
	}
	again, err := got.Body()
	if err != nil || again != body {
		t.Errorf("a record read and written again is %s, %v; was %s", again, err, body)
	}
}

func TestRecordBodyHoldsNoFreeText(t *testing.T) {
	r := sampleRecord()
	r.Texts, r.Salt = Texts{"reason": "no corresponde al área"}, "sal-secreta"
	r.TextDigest = r.Texts.Digest(r.Salt)
	body, err := r.Body()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(body, "corresponde") || strings.Contains(body, r.Salt) {
		t.Errorf("body holds text or salt, which must be erasable: %s", body)
	}
	if !strings.Contains(body, r.TextDigest) {
		t.Errorf("body does not hold the digest of the texts: %s", body)
	}
}

func TestRecordsThatCannotBeReadAreRefused(t *testing.T) {
	tests := []struct {
		name, body, wantErr string
	}{
		{"a format of the future", `{"v":2,"ev":[]}`, "format 2 is not known"},
		{"no format", `{"ev":[]}`, "format 0 is not known"},
		{"an unknown event", `{"v":1,"t":"01J","q":3,"ev":[{"e":"X","b":{}}]}`, `record 01J#3`},
		{"not JSON", `hola`, "parse record"},
		{"trailing bytes", `{"v":1,"ev":[]}{}`, "parse record"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if r, err := ParseRecord(test.body, "", ""); err == nil || !strings.Contains(err.Error(), test.wantErr) {
				t.Errorf("ParseRecord(%s) = %+v, %v; want an error with %q", test.body, r, err, test.wantErr)
			}
		})
	}
}

func TestChainHashSeesEveryByte(t *testing.T) {
	body, err := sampleRecord().Body()
	if err != nil {
		t.Fatal(err)
	}
	want := ChainHash(body, "")
	if len(want) != 64 || want != ChainHash(body, "") {
		t.Fatalf("hash %q is not a stable SHA-256", want)
	}
	for i := range body {
		if changed := body[:i] + "~" + body[i+1:]; changed != body && ChainHash(changed, "") == want {
			t.Fatalf("byte %d of %s can change unseen", i, body)
		}
	}
	if ChainHash(body, "x") == want {
		t.Error("the hash does not depend on the record before")
	}
}

func TestDigestDependsOnTextsAndSaltOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := Texts(rapid.MapOfN(rapid.String(), rapid.String(), 1, 5).Draw(t, "texts"))
		salt := rapid.String().Draw(t, "salt")
		want := texts.Digest(salt)
		for range 3 { // Go walks a map in another order each time
			again := Texts{}
			for n, v := range texts {
				again[n] = v
			}
			if got := again.Digest(salt); got != want {
				t.Fatalf("digest of %q depends on the order: %s, %s", texts, got, want)
			}
		}
		if texts.Digest(salt+"x") == want {
			t.Fatalf("digest of %q does not depend on the salt", texts)
		}
		name := rapid.SampledFrom(keys(texts)).Draw(t, "name")
		texts[name] += "."
		if texts.Digest(salt) == want {
			t.Fatalf("digest does not see a change of %q", name)
		}
	})
}

func keys(x Texts) []string {
	var names []string
	for n := range x {
		names = append(names, n)
	}
	return names
}

// The digest is stored for ever: its form may never change.
func TestDigestIsTheOneOfTheStoredRecords(t *testing.T) {
	sum := sha256.Sum256([]byte("3:sal" + "1:b2:ñ" + "6:reason3:uno" + "7:subject4:hola"))
	got := Texts{"subject": "hola", "b": "ñ", "reason": "uno"}.Digest("sal")
	if want := hex.EncodeToString(sum[:]); got != want {
		t.Errorf("digest %s, want %s: salt, then names in order, each with its text and their lengths", got, want)
	}
}

func TestDigestTellsNameFromText(t *testing.T) {
	tests := []struct {
		name string
		a, b Texts
	}{
		{"border between name and text", Texts{"ab": "c"}, Texts{"a": "bc"}},
		{"one text with the look of two", Texts{"a": "1", "b": "2"}, Texts{"a": "11:b1:2"}},
		{"names swapped", Texts{"a": "1", "b": "2"}, Texts{"a": "2", "b": "1"}},
		{"an empty text", Texts{"a": "1"}, Texts{"a": "1", "b": ""}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.a.Digest("s") == test.b.Digest("s") {
				t.Errorf("%q and %q have one digest", test.a, test.b)
			}
		})
	}
	if (Texts{"a": "b"}).Digest("1:a") == (Texts{"1:a": "b"}).Digest("a") {
		t.Error("the border between salt and names can move")
	}
	if got := (Texts{}).Digest("salt"); got != "" {
		t.Errorf("no texts have digest %q, want none", got)
	}
}

func TestRecordEntryHoldsWhatTheFoldNeeds(t *testing.T) {
	r := sampleRecord()
	r.Texts = Texts{"reason": "x"}
	want := Entry{Seq: 2, At: noon, Actor: r.Actor, Texts: r.Texts}
	if diff := cmp.Diff(want, r.Entry()); diff != "" {
		t.Errorf("entry (-want +got):\n%s", diff)
	}
}
