package dynamo_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/go-cmp/cmp"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/dynamo"
	"mesa/shared/work"
)

var update = flag.Bool("update", false, "write the golden items anew")

const golden = "testdata/items.json"

// stored is an item as the golden file shows it; the service's own notation.
type stored map[string]map[string]string

// sampleOf writes one ticket with an item of every kind that is kept for years.
func sampleOf(t *testing.T, s *dynamo.Store) work.Stored {
	t.Helper()
	c := desktest.Open(desktest.ID(1), "2026-000001", desktest.Wednesday())
	c.Keys = []work.Key{desktest.FormKey(c, "k1"), {Scope: "mail", Key: "<1@example.com>", Request: "9a", Ticket: c.After.ID, Seq: 1}}
	before := desktest.MustCommit(t, s, c)
	if ok, err := s.OpenWait(t.Context(), c.After.ID, "approval#1", 1, before.Waits[0].WakeAt, "token"); !ok || err != nil {
		t.Fatalf("open: %v, %v", ok, err)
	}
	day := calendar.Date{Year: 2026, Month: time.December, Day: 24}
	if err := s.ChangeCalendar(t.Context(), calendar.Change{Revision: 1, At: desktest.Wednesday(), By: desktest.Assigner, Add: []calendar.DayOff{{From: day, Until: day, Kind: calendar.KindDecree, Name: "Día no laborable", Source: "DS 000-2026-PCM"}}}); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, s)
	e, ok, err := s.ClaimEffect(t.Context(), c.After.ID, "1.1", c.Record.At, 90*time.Second)
	if !ok || err != nil {
		t.Fatalf("claim: %v, %v", ok, err)
	}
	e.State, e.SentID, e.DoneAt = desk.EffectDone, "0100018f", c.Record.At.Add(time.Second)
	if err := s.FinishEffect(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	bounce := desk.Delivery{State: desk.DeliveryBounced, At: c.Record.At.Add(2 * time.Second), Cause: desk.CauseNoAddress, Status: "5.1.1"}
	if _, _, err := s.NoteDelivery(t.Context(), c.After.ID, "1.1", bounce); err != nil {
		t.Fatal(err)
	}
	if err := s.PutSuppression(t.Context(), work.Suppression{Address: "persona@qw.gob.pe", At: bounce.At, Cause: bounce.Cause, Status: bounce.Status, Diagnostic: "smtp; 550",
		Ticket: c.After.ID, Ref: "1.1", Message: desk.MailReceived, Times: 1}); err != nil {
		t.Fatal(err)
	}
	closing := desktest.Act(before, desk.ActClose, desktest.Developer, c.Record.At.Add(time.Hour),
		desk.TicketClosed{Solution: true}, desk.RowRegistered{Sede: desktest.TheSede, Period: "202609", N: 1})
	closing.Settle = before.Waits
	closing.Row = &desk.Row{Sede: desktest.TheSede, Period: "202609", N: 1, Ticket: c.After.ID, Number: "2026-000001", At: closing.Record.At, Solution: "Se reinició."}
	signed := desk.MonthAct{N: 1, At: desktest.Wednesday().AddDate(0, 1, 0), Actor: desk.Actor{Person: desktest.Assigner, For: desktest.UTHead, Assurance: desk.AssuredSession}, Channel: desk.ChannelPortal,
		Place: desk.PlaceSpecialist, Unit: desktest.TheUTI, Rows: 1, Seal: "9f", Marks: "AAAAAAAA", Key: "k2"}
	reopened := desk.MonthAct{N: 2, At: signed.At.Add(time.Hour), Actor: signed.Actor, Channel: desk.ChannelAPI, Unit: desktest.TheUTI, Reason: "Falta una atención."}
	for _, a := range []desk.MonthAct{signed, reopened} {
		if err := s.AddMonthAct(t.Context(), desktest.TheSede, "202609", a, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	closing.Days = []desk.RoomDay{{Room: "sala-1", Date: "2026-09-17", Bookings: []desk.Booking{{Ticket: c.After.ID, Number: "2026-000001", Row: 1, From: 540, To: 660, Held: true, Record: desk.RecordingDue}}}}
	return desktest.MustCommit(t, s, closing)
}

// mustPublish writes an edition of the procedure, and how far its notice got.
func mustPublish(t *testing.T, s *dynamo.Store) {
	t.Helper()
	if err := s.PublishEdition(t.Context(), 1, desktest.Edition("02", desktest.Wednesday().Add(24*time.Hour))); err != nil {
		t.Fatal(err)
	}
	if err := s.SetTelling(t.Context(), 1, desk.Telling{After: desktest.Asker, People: 1}); err != nil {
		t.Fatal(err)
	}
}

// readAll reads the table as golden items, in the order of their keys.
func readAll(t *testing.T, table string) []stored {
	t.Helper()
	out, err := newClient(t, nil).Scan(t.Context(), &dynamodb.ScanInput{TableName: aws.String(table)})
	if err != nil {
		t.Fatal(err)
	}
	var items []stored
	for _, i := range out.Items {
		one := stored{}
		for name, v := range imageOf(t, i) {
			if v.DataType() == events.DataTypeNumber {
				one[name] = map[string]string{"N": v.Number()}
			} else {
				one[name] = map[string]string{"S": v.String()}
			}
		}
		items = append(items, one)
	}
	slices.SortFunc(items, func(a, b stored) int {
		return bytes.Compare([]byte(a["pk"]["S"]+"/"+a["sk"]["S"]), []byte(b["pk"]["S"]+"/"+b["sk"]["S"]))
	})
	return items
}

// What is written today is what was written when the format was fixed: a table
// outlives the code (F48).
func TestItemsAreStoredInTheFixedFormat(t *testing.T) {
	s := mustNewStore(t)
	sampleOf(t, s)
	got, err := json.MarshalIndent(readAll(t, s.Table()), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("items changed (-want +got; -update writes them anew, but old tables keep theirs)\n%s", diff)
	}
}

// Items of the fixed format are read whole, whatever later versions add to them.
func TestItemsOfTheFixedFormatAreRead(t *testing.T) {
	want := sampleOf(t, mustNewStore(t))
	content, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var items []stored
	if err := json.Unmarshal(content, &items); err != nil {
		t.Fatal(err)
	}
	s := mustNewStore(t)
	for _, i := range items {
		raw := map[string]types.AttributeValue{"later": &types.AttributeValueMemberBOOL{Value: true}}
		for name, v := range i {
			if n, ok := v["N"]; ok {
				raw[name] = &types.AttributeValueMemberN{Value: n}
			} else {
				raw[name] = &types.AttributeValueMemberS{Value: v["S"]}
			}
		}
		if _, err := newClient(t, nil).PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String(s.Table()), Item: raw}); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, desktest.MustLoad(t, s, want.Ticket.ID)); diff != "" {
		t.Errorf("the ticket (-want +got)\n%s", diff)
	}
	records, err := s.Records(t.Context(), want.Ticket.ID, 0)
	if err != nil || len(records) != 2 || records[1].Hash != want.Hash {
		t.Errorf("%d records, %v", len(records), err)
	}
	if diff := cmp.Diff(want.Ticket, desk.Fold(want.Ticket.ID, records)); diff != "" {
		t.Errorf("the fold (-want +got)\n%s", diff)
	}
	effects, err := s.Effects(t.Context(), want.Ticket.ID)
	if err != nil || len(effects) != 3 || effects[0].SentID != "0100018f" || effects[0].Delivery.State != desk.DeliveryBounced || effects[0].Delivery.Status != "5.1.1" {
		t.Errorf("effects %+v, %v", effects, err)
	}
	if r, err := s.GlanceSuppression(t.Context(), work.AddressKey("Persona@qw.gob.pe")); err != nil || !r.Active() || r.Cause != desk.CauseNoAddress || r.Message != desk.MailReceived {
		t.Errorf("suppressed address %+v, %v", r, err)
	}
	rows, err := s.Register(t.Context(), desktest.TheSede, "202609")
	if err != nil || len(rows) != 1 || rows[0].Solution == "" {
		t.Errorf("rows %+v, %v", rows, err)
	}
}

// An event of a format that this code does not know is an error that names it,
// never a fold without it.
func TestRecordOfALaterFormatIsAnError(t *testing.T) {
	s := mustNewStore(t)
	want := sampleOf(t, s)
	for _, body := range []string{`{"v":2,"t":"x","q":3}`, `{"v":1,"t":"x","q":3,"ev":[{"e":"TicketTeleported","b":{}}]}`, `not JSON`} {
		i := map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: "T#" + string(want.Ticket.ID)},
			"sk": &types.AttributeValueMemberS{Value: "E#000003"}, "b": &types.AttributeValueMemberS{Value: body}}
		if _, err := newClient(t, nil).PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String(s.Table()), Item: i}); err != nil {
			t.Fatal(err)
		}
		if records, err := s.Records(t.Context(), want.Ticket.ID, 2); err == nil {
			t.Errorf("%s was read as %+v", body, records)
		}
	}
}

// A row that moved and was written again keeps what it said, under the number of the
// act that changed it: tables keep these names.
func TestARowKeepsAllItSaid(t *testing.T) {
	s := mustNewStore(t)
	closed := sampleOf(t, s)
	moving := desktest.Act(closed, desk.ActReopen, desktest.Asker, desktest.Wednesday().AddDate(0, 0, 1), desk.TicketReopened{})
	moving.RowState = "En Progreso"
	moved := desktest.MustCommit(t, s, moving)
	writing := desktest.Act(moved, desk.ActClose, desktest.Developer, desktest.Wednesday().AddDate(0, 0, 2), desk.TicketClosed{Solution: true})
	writing.Row, writing.Rewrite = &desk.Row{Sede: desktest.TheSede, Period: "202609", N: 1, Ticket: closed.Ticket.ID, Solution: "Ahora sí.", State: "Atendido"}, true
	desktest.MustCommit(t, s, writing)
	items := readAll(t, s.Table())
	i := slices.IndexFunc(items, func(i stored) bool { return i["pk"]["S"] == "R#SC#202609" && i["sk"]["S"] == "000001" })
	if i < 0 {
		t.Fatal("no row")
	}
	var names []string
	for name := range items[i] {
		names = append(names, name)
	}
	slices.Sort(names)
	if diff := cmp.Diff([]string{"b", "b4", "pk", "s3", "s4", "sk", "t"}, names); diff != "" {
		t.Errorf("attributes (-want +got):\n%s", diff)
	}
	if got := items[i]["s3"]["S"] + "|" + items[i]["s4"]["S"]; got != "|En Progreso" || !bytes.Contains([]byte(items[i]["b4"]["S"]), []byte("Se reinició.")) {
		t.Errorf("it said %q, %s", got, items[i]["b4"]["S"])
	}
}
