package dynamo_test

import (
	"mesa/shared/dynamo"
	"mesa/shared/intake"
)

// What the store is to the intake is asserted here and not in the package: the
// intake's parser would come along into every function.
var (
	_ intake.Store     = (*dynamo.Store)(nil)
	_ intake.HeldStore = (*dynamo.Store)(nil)
)
