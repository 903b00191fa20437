package annex

import _ "embed" // the blank form

// blankForm is the empty form as a workbook: the labels of FOR-0002 in its order,
// with lists where the paper has boxes, and a name for each cell that is filled
// in. Its test writes it (go test -update).
//
//go:embed blank.xlsx
var blankForm string

// Blank is the empty form, to be downloaded, filled in and attached to a mail.
func Blank() []byte { return []byte(blankForm) }
