package dynamo

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"mesa/shared/approve"
	"mesa/shared/deliver"
	"mesa/shared/machines"
	"mesa/shared/work"
)

// Store is the table. Everything it keeps in memory may be lost at any moment.
type Store struct {
	client calls
	table  string
	meter  Meter
	sleep  func(ctx context.Context, d time.Duration) error
	random func() float64 // 0 to 1

	directory   directoryCache
	settings    settingsCache
	institution institutionCache
}

// What the store is to its consumers.
var (
	_ work.Store          = (*Store)(nil)
	_ work.Directory      = (*Store)(nil)
	_ work.Settings       = (*Store)(nil)
	_ work.EffectReader   = (*Store)(nil)
	_ deliver.Store       = (*Store)(nil)
	_ machines.SweepStore = (*Store)(nil)
	_ approve.Tries       = (*Store)(nil)
)

// Meter hears what each request consumed: index is "" for the table itself.
type Meter interface {
	Consumed(operation, index string, units float64)
}

// Option changes what a test needs otherwise.
type Option func(*Store)

// WithMeter has every request report the capacity it consumed.
func WithMeter(m Meter) Option { return func(s *Store) { s.meter = m } }

// WithSleep replaces the pause between tries.
func WithSleep(sleep func(ctx context.Context, d time.Duration) error) Option {
	return func(s *Store) { s.sleep = sleep }
}

// WithRandom replaces the source of jitter.
func WithRandom(random func() float64) Option { return func(s *Store) { s.random = random } }

// New makes a store on a table that exists.
func New(client *dynamodb.Client, table string, options ...Option) *Store {
	s := &Store{client: callsOf(client), table: table, sleep: pause, random: rand.Float64}
	for _, option := range options {
		option(s)
	}
	return s
}

// Table is the table's name.
func (s *Store) Table() string { return s.table }

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// capacity asks the service to say what a request consumed, if anybody listens.
func (s *Store) capacity() types.ReturnConsumedCapacity {
	if s.meter == nil {
		return types.ReturnConsumedCapacityNone
	}
	return types.ReturnConsumedCapacityIndexes
}

// consumed passes on what the service said.
func (s *Store) consumed(operation string, list ...types.ConsumedCapacity) {
	if s.meter == nil {
		return
	}
	for _, c := range list {
		table := aws.ToFloat64(c.CapacityUnits) // of table and indexes together
		for name, index := range c.GlobalSecondaryIndexes {
			s.meter.Consumed(operation, name, aws.ToFloat64(index.CapacityUnits))
			table -= aws.ToFloat64(index.CapacityUnits)
		}
		s.meter.Consumed(operation, "", table)
	}
}

// consumedBy is consumed for operations that answer with one value or none.
func (s *Store) consumedBy(operation string, c *types.ConsumedCapacity) {
	if c != nil {
		s.consumed(operation, *c)
	}
}

// cached is a value read at some moment.
type cached[T any] struct {
	mu    sync.Mutex
	value T
	at    time.Time
	full  bool
}

// get answers what was read less than settingsLife ago, by the clock of whoever
// asks: the business clock, which moves by hours when a test moves it.
func (c *cached[T]) get(now time.Time, read func() (T, error)) (T, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if age := now.Sub(c.at).Abs(); c.full && age < settingsLife {
		return c.value, nil
	}
	value, err := read()
	if err == nil {
		c.value, c.at, c.full = value, now, true
	}
	return value, err
}

// forget makes the next get read.
func (c *cached[T]) forget() {
	c.mu.Lock()
	c.full = false
	c.mu.Unlock()
}
