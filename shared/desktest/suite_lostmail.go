package desktest

import (
	"testing"
	"time"

	"mesa/shared/intake"
	"mesa/shared/work"
)

// lostMails: what the last comparison found stays listed until it has a record.
func lostMails(t *testing.T, s Contract) {
	var ids []string
	for n := range 230 { // more than one request of the service holds
		ids = append(ids, string(ID(n)))
		if n%2 == 0 {
			noErr(t, s.PutMailRecord(t.Context(), intake.Record{ID: ids[n], Key: "inbound/" + ids[n], At: Wednesday()}))
		}
	}
	recorded, err := s.MailsRecorded(t.Context(), ids)
	noErr(t, err)
	for n, id := range ids {
		if recorded[id] != (n%2 == 0) {
			t.Errorf("%s has a record: %t", id, recorded[id])
		}
	}
	list, err := s.LostMails(t.Context())
	noErr(t, err)
	if len(list) != 0 {
		t.Errorf("before any comparison %v is lost", list)
	}
	found := []work.LostMail{{ID: ids[1], At: Wednesday()}, {ID: ids[3], At: Wednesday().Add(time.Minute)}}
	noErr(t, s.SetLostMails(t.Context(), found))
	noErr(t, s.PutMailRecord(t.Context(), intake.Record{ID: ids[1], Key: "inbound/" + ids[1], At: Wednesday()}))
	list, err = s.LostMails(t.Context())
	noErr(t, err)
	same(t, list, found[1:])
	noErr(t, s.SetLostMails(t.Context(), nil))
	list, err = s.LostMails(t.Context())
	noErr(t, err)
	if len(list) != 0 {
		t.Errorf("a clean night leaves %v", list)
	}
}
