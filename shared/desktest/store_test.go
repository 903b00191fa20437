package desktest_test

import (
	"testing"

	"mesa/shared/desktest"
)

func TestStoreInMemoryKeepsTheContract(t *testing.T) {
	desktest.RunStore(t, func(*testing.T) desktest.Contract { return desktest.NewStore() })
}
