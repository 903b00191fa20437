package notify

import "strings"

// noBlanks says that nothing of what is missing can come by a plain mail.
const noBlanks = "-"

// Blanks are the lines to copy and fill in when answering a mail that asks for
// data: the labels that package intake reads.
func (v view) Blanks() string {
	labels := v.typed(keyBlanks)
	if labels == "" {
		labels = v.typed(keyFields)
	}
	if labels == "" || labels == noBlanks {
		return ""
	}
	return unlink(strings.ReplaceAll(labels, ", ", ":\n") + ":")
}
