package annex_test

import (
	"time"

	"mesa/shared/desk"
)

// at is when the forms of these tests came: a Wednesday.
var at = time.Date(2026, 11, 25, 9, 0, 0, 0, desk.Lima)
