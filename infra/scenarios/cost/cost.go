// Package cost performs the standard ticket of design 14 and counts what it
// consumes: the worked example from form post to close, every wait answered
// before its first timer.
//
// The functions of a stack are processes of their own and their SDK keeps the
// figures, so the units are counted here: the same road, outbox, machines' logic
// and signed-link use case, in this process, on a table of its own in the
// emulator, which answers every request with the capacity it consumed. Only the
// two services at the ends are played: SES takes every mail, and the state
// machines wait with task tokens of 900 characters, as long as those of AWS.
package cost

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"mesa/infra/sample"
	"mesa/shared/access"
	"mesa/shared/approve"
	"mesa/shared/awsclient"
	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/dynamo"
	"mesa/shared/feedback"
	"mesa/shared/machines"
	"mesa/shared/notify"
	"mesa/shared/work"
)

// Budget of the standard ticket: design 5 and 14.
const (
	MaxWrites      = 210
	MaxReads       = 70
	MaxTransitions = 14
	MaxDollars     = 0.0014
)

// Prices of us-east-1 in dollars, on demand.
const (
	writeUnit  = 0.625 / 1e6
	readUnit   = 0.125 / 1e6
	transition = 0.025 / 1e3
	mail       = 0.0001
)

// Bill is what the standard ticket consumed.
type Bill struct {
	Writes, Reads float64
	Pages         float64 // read for the pages of the signed links: not in the budget
	Mails, Calls  int
	Steps         []Step
}

// Step is one act with all that followed from it.
type Step struct {
	Act           desk.ActKind
	Writes, Reads float64
}

// Dollars is the price, with transitions as counted on a stack.
func (b Bill) Dollars(transitions int) float64 {
	return b.Writes*writeUnit + b.Reads*readUnit + float64(transitions)*transition + float64(b.Mails)*mail
}

// bench is a desk in this process.
type bench struct {
	store  *dynamo.Store
	road   *work.Road
	links  *approve.Desk
	box    *deliver.Outbox
	world  *world
	meter  *meter
	ring   access.Ring
	now    time.Time
	ticket desk.TicketID
}

// Run performs the ticket twice and bills the second: the first fills what a
// warm function keeps in memory.
func Run(ctx context.Context, cfg aws.Config) (bill Bill, err error) {
	client := dynamodb.NewFromConfig(cfg)
	table, err := makeTable(ctx, client)
	if err != nil {
		return Bill{}, err
	}
	defer func() {
		if _, failed := client.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: aws.String(table)}); err == nil {
			err = failed
		}
	}()
	b, err := newBench(ctx, client, table)
	if err != nil {
		return Bill{}, err
	}
	if _, err := b.standard(ctx); err != nil {
		return Bill{}, err
	}
	return b.standard(ctx)
}

func newBench(ctx context.Context, client *dynamodb.Client, table string) (*bench, error) {
	b := &bench{meter: &meter{}, now: time.Date(2026, 9, 15, 9, 0, 0, 0, desk.Lima)}
	b.store = dynamo.New(client, table, dynamo.WithMeter(b.meter))
	var err error
	if b.ring, err = access.NewRing(access.Key{ID: "k1", Secret: []byte(strings.Repeat("s", 64))}); err != nil {
		return nil, err
	}
	records, err := sample.Records()
	if err != nil {
		return nil, err
	}
	if err := b.store.SaveDirectory(ctx, records, 0); err != nil {
		return nil, err
	}
	now := func(context.Context) (time.Time, error) { return b.now, nil }
	b.road = &work.Road{Store: b.store, Directory: b.store, Settings: b.store, Notifier: notify.Sealer{}, NewID: awsclient.NewID, Salt: awsclient.Salt,
		Pause: func(context.Context, int) error { return nil }}
	b.links = &approve.Desk{Ring: func(context.Context) (access.Ring, error) { return b.ring, nil },
		Reader: pageViews{&work.Reader{Road: b.road, Effects: b.store}, b.meter}, Road: b.road, Tries: b.store, Now: now}
	b.world = &world{running: map[string]execution{}}
	b.world.workflow = &machines.Workflow{Store: b.store, Caller: b.world, Road: b.road, Now: now}
	b.box = &deliver.Outbox{Store: b.store, Mailer: b.world, Machines: b.world, Directory: b.store,
		Feedback: &feedback.Desk{Store: b.store, Directory: b.store, Now: now}, Now: now, Lease: 90 * time.Second, Jitter: func() float64 { return 0 }}
	return b, b.store.PublishCatalogue(ctx, directory.First())
}

// standard performs the eight acts of design 14.
func (b *bench) standard(ctx context.Context) (Bill, error) {
	b.ticket = ""
	b.world.mails, b.world.calls = 0, 0
	var bill Bill
	for _, a := range acts() {
		b.now = b.now.Add(10 * time.Minute)
		b.meter.reset()
		if err := a.do(ctx, b); err != nil {
			return bill, fmt.Errorf("%s by %s: %w", a.kind, a.who, err)
		}
		if err := b.deliver(ctx); err != nil {
			return bill, fmt.Errorf("after %s: %w", a.kind, err)
		}
		s := Step{Act: a.kind, Writes: b.meter.writes, Reads: b.meter.reads}
		bill.Steps = append(bill.Steps, s)
		bill.Writes, bill.Reads, bill.Pages = bill.Writes+s.Writes, bill.Reads+s.Reads, bill.Pages+b.meter.pages
	}
	bill.Mails, bill.Calls = b.world.mails, b.world.calls
	return bill, nil
}

// deliver performs what the act ordered, as the stream would hand it over.
func (b *bench) deliver(ctx context.Context) error {
	reads, writes := b.meter.reads, b.meter.writes
	effects, err := b.store.Effects(ctx, b.ticket)
	b.meter.reads, b.meter.writes = reads, writes // the stream brings them for nothing
	if err != nil {
		return err
	}
	for _, e := range effects {
		if err := b.box.Deliver(ctx, e); err != nil {
			return err
		}
	}
	return b.world.openAll(ctx)
}
