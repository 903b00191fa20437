package desk

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a ciphertext is bound to is stored with it for ever: other words, and no
// password delivered before could be opened.
func TestSealedForNeverChanges(t *testing.T) {
	want := map[string]string{"use": "credential", "ticket": "01J8", "delivery": "7"}
	if diff := cmp.Diff(want, SealedFor("01J8", 7)); diff != "" {
		t.Error(diff)
	}
}
