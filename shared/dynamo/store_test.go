package dynamo_test

import (
	"testing"

	"mesa/shared/desktest"
	"mesa/shared/dynamo"
)

// mustNewStore is a store on a table of its own.
func mustNewStore(t *testing.T, options ...dynamo.Option) *dynamo.Store {
	t.Helper()
	return dynamo.New(newClient(t, nil), mustMakeTable(t), options...)
}

func TestTableKeepsTheContract(t *testing.T) {
	desktest.RunStore(t, func(t *testing.T) desktest.Contract { return mustNewStore(t) })
}
