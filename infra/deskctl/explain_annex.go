package main

import (
	"fmt"
	"maps"
	"slices"

	"mesa/shared/flow"
	"mesa/shared/intake"
	"mesa/shared/mail"
)

// explainAnnex tells what is read of an attached Anexo 02, and what is not.
func explainAnnex(msg *mail.Message, row func(label, value string)) {
	p, ok := intake.Annex(msg, msg.Date)
	if !ok {
		return
	}
	row("Anexo 02", fmt.Sprintf("«%s»: %d datos, %s", p.File, len(p.Fields), flow.ReadMark))
	for _, name := range slices.Sorted(maps.Keys(p.Fields)) {
		row("  "+name, p.Fields[name])
	}
	for _, sentence := range p.Unread {
		row("  sin leer", sentence)
	}
}
