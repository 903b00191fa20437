package dynamo_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"mesa/infra/sample"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/dynamo"
	"mesa/shared/notify"
	"mesa/shared/work"
)

// meter adds up what requests consumed, by operation.
type meter struct {
	mu    sync.Mutex
	units map[string]float64
}

func (m *meter) Consumed(operation, _ string, units float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.units[kindOf(operation)] += units
}

// kindOf is the operation without the ticket it was about.
func kindOf(operation string) string {
	name, _, _ := strings.Cut(operation, " of ")
	if strings.HasPrefix(name, "commit ") {
		return "commit"
	}
	return name
}

// take returns what was written and read since the last call.
func (m *meter) take() (writes, reads float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for operation, units := range m.units {
		switch operation {
		case "commit", "next number", "open wait", "claim", "finish":
			writes += units
		default:
			reads += units
		}
	}
	m.units = map[string]float64{}
	return writes, reads
}

// desks is the road on a table of its own, with the sample directory.
type desks struct {
	t     *testing.T
	store *dynamo.Store
	road  *work.Road
	meter *meter
	at    time.Time
	n     int
}

func mustNewDesk(t *testing.T) *desks {
	t.Helper()
	d := &desks{t: t, meter: &meter{units: map[string]float64{}}, at: desktest.Wednesday()}
	d.store = mustNewStore(t, dynamo.WithMeter(d.meter))
	records, err := sample.Records()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.store.SaveDirectory(t.Context(), records, 0); err != nil {
		t.Fatal(err)
	}
	d.road = &work.Road{Store: d.store, Directory: d.store, Settings: d.store, Notifier: notify.Sealer{},
		NewID: func(time.Time) (desk.TicketID, error) { d.n++; return desktest.ID(d.n), nil },
		Salt:  func() (string, error) { return strings.Repeat("5a", 16), nil },
		Pause: func(context.Context, int) error { return nil }}
	if _, err := d.store.Directory(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.meter.take()
	return d
}

// do performs an act ten minutes after the last and returns what it wrote and read.
func (d *desks) do(who desk.PersonID, kind desk.ActKind, id desk.TicketID, channel desk.Channel, fields desk.Fields) (work.Result, float64, float64) {
	d.t.Helper()
	d.at = d.at.Add(10 * time.Minute)
	act := desk.Act{Kind: kind, Ticket: id, At: d.at, Channel: channel, Scope: "link", Key: fmt.Sprintf("%s.%s.%d", id, kind, d.at.Unix()),
		Actor: desk.Actor{Person: who, Assurance: desk.AssuredSession}, Fields: fields}
	if id != "" {
		act.Version = desktest.MustLoad(d.t, d.store, id).Ticket.Version
		d.meter.take()
	}
	result, err := d.road.Perform(d.t.Context(), act)
	if err != nil {
		d.t.Fatalf("%s by %s: %v", kind, who, err)
	}
	writes, reads := d.meter.take()
	return result, writes, reads
}

// open has each open wait's machine hand over a token as long as the service's.
func (d *desks) open(id desk.TicketID) (waits int, units float64) {
	d.t.Helper()
	for _, w := range desktest.MustLoad(d.t, d.store, id).Waits {
		if w.Token != "" || w.ID.Kind().Machine() == "" {
			continue
		}
		d.meter.take()
		ok, err := d.store.OpenWait(d.t.Context(), id, w.ID, w.Generation, w.WakeAt, strings.Repeat("AQCEAAAAKgAAAAMAAA/x", 45))
		if !ok || err != nil {
			d.t.Fatalf("open %s: %v, %v", w.ID, ok, err)
		}
		wrote, _ := d.meter.take()
		waits++
		units += wrote
	}
	return waits, units
}

// deliver performs every outbox item: mails are claimed and finished, machine
// effects only finished.
func (d *desks) deliver(id desk.TicketID) (mails, calls int, mailUnits, callUnits float64) {
	d.t.Helper()
	effects, err := d.store.Effects(d.t.Context(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, e := range effects {
		if e.State == desk.EffectDone {
			continue
		}
		d.meter.take()
		if e.Op == desk.OpMail {
			if e, _, err = d.store.ClaimEffect(d.t.Context(), id, e.Ref(), d.at, 90*time.Second); err != nil {
				d.t.Fatal(err)
			}
			e.SentID = "0100018f7d1c2b3a-5e6f7a8b-9c0d-4e1f-a2b3-c4d5e6f7a8b9-000000"
		}
		e.State, e.DoneAt = desk.EffectDone, d.at
		if err := d.store.FinishEffect(d.t.Context(), e); err != nil {
			d.t.Fatal(err)
		}
		if wrote, _ := d.meter.take(); e.Op == desk.OpMail {
			mails, mailUnits = mails+1, mailUnits+wrote
		} else {
			calls, callUnits = calls+1, callUnits+wrote
		}
	}
	return mails, calls, mailUnits, callUnits
}

// The standard ticket of design 14, from post to close, every wait answered
// before its first timer: what it writes is what it costs.
func TestStandardTicketStaysWithinBudget(t *testing.T) {
	d := mustNewDesk(t)
	pase := desk.Fields{"pase_description": "Corrige el guardado", "pase_files": "pases/2026/0001", "pase_rollback": "Restaurar la versión anterior"}
	var id desk.TicketID
	var total, read, waitUnits, mailUnits, callUnits float64
	var waits, mails, calls int
	for _, act := range []struct {
		who     desk.PersonID
		kind    desk.ActKind
		channel desk.Channel
		fields  desk.Fields
	}{
		{"usuaria-ut-piura-1", desk.ActOpen, desk.ChannelForm, desk.Fields{"service": "apps-sigo", "flow": "8.1", "impact": "slow",
			"subject": "No se guardan las actas de supervisión", "description": "Desde ayer, al guardar la pantalla queda en blanco."}},
		{"jefa-ut-piura", desk.ActApprove, desk.ChannelLink, nil},
		{"jefa-supervision", desk.ActApprove, desk.ChannelLink, nil},
		{"desarrollo-1", desk.ActTake, desk.ChannelPortal, nil},
		{"desarrollo-1", desk.ActHandOver, desk.ChannelPortal, pase},
		{"base-de-datos-1", desk.ActTake, desk.ChannelPortal, nil},
		{"base-de-datos-1", desk.ActExecutionOK, desk.ChannelPortal, desk.Fields{"interrupts": "no"}},
		{"desarrollo-1", desk.ActClose, desk.ChannelPortal, desk.Fields{"solution": "Se corrigió el guardado de las actas.", "medium": "mail"}},
	} {
		result, wrote, looked := d.do(act.who, act.kind, id, act.channel, act.fields)
		id = result.After.Ticket.ID
		n, units := d.open(id)
		m, c, mu, cu := d.deliver(id)
		waits, mails, calls = waits+n, mails+m, calls+c
		total, read, waitUnits, mailUnits, callUnits = total+wrote, read+looked, waitUnits+units, mailUnits+mu, callUnits+cu
		t.Logf("%d %-12s %4.0f WRU %4.0f RRU; %d tokens %.0f, %d mails %.0f, %d calls %.0f", result.After.Ticket.Version, act.kind, wrote, looked, n, units, m, mu, c, cu)
	}
	sum := total + waitUnits + mailUnits + callUnits
	t.Logf("acts %.0f, %d tokens %.0f, %d mails %.0f, %d calls %.0f: %.0f WRU; acts read %.0f RRU", total, waits, waitUnits, mails, mailUnits, calls, callUnits, sum, read)
	if sum > 210 {
		t.Errorf("%.0f WRU, the budget is 210", sum)
	}
	mustStaySmall(t, d.store.Table())
}

// mustStaySmall holds every item of a ticket against the size at which a write
// costs one unit more.
func mustStaySmall(t *testing.T, table string) {
	t.Helper()
	out, err := newClient(t, nil).Scan(t.Context(), &dynamodb.ScanInput{TableName: aws.String(table)})
	if err != nil {
		t.Fatal(err)
	}
	largest := map[string]int{}
	for _, i := range out.Items {
		pk, sk := i["pk"].(*types.AttributeValueMemberS).Value, i["sk"].(*types.AttributeValueMemberS).Value
		if strings.HasPrefix(pk, "D#") {
			continue
		}
		kind := pk[:1] + "/" + sk[:1]
		largest[kind] = max(largest[kind], sizeOf(i))
	}
	for kind, size := range largest {
		t.Logf("largest %s: %d bytes", kind, size)
		if size > 1024 {
			t.Errorf("an item %s has %d bytes", kind, size)
		}
	}
}

func sizeOf(i map[string]types.AttributeValue) int {
	size := 0
	for name, v := range i {
		switch v := v.(type) {
		case *types.AttributeValueMemberS:
			size += len(name) + len(v.Value)
		case *types.AttributeValueMemberN:
			size += len(name) + (len(v.Value)+1)/2 + 1
		}
	}
	return size
}
