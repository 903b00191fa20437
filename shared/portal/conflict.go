package portal

import (
	"slices"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// conflictField marks a form sent from the conflict page: it is there even when
// no choice was made.
const conflictField = "conflict"

// drawConflict shows what changed since the person opened the form, what they
// wrote, and three ways on. None is chosen for them.
func (v *visit) drawConflict(a attempt, seen int) error {
	t := a.view.Ticket
	apply := flow.Offered(a.view.Offers, a.row.Act)
	carried := append(carry(a.fields, a.typed), web.Hidden{Name: conflictField, Value: strconv.Itoa(seen)})
	form := web.ConflictForm(actPath(t.Number, a.row.Act), apply, carried)
	form.Key, form.Version = a.key, strconv.Itoa(t.Version)
	if v.typed.Has(conflictField) && v.typed.Get(web.ChoiceField) == "" {
		form.Fields[0].Error = web.Say("conflict.error")
	}
	page := web.Conflict{Number: string(t.Number), Back: ticketPath(t.Number), Act: a.row.Label, Changes: v.changes(a, seen), Own: answers(a.fields, a.typed), Form: form}
	if !apply {
		page.Gone = flow.StateLabel(t)
	}
	return v.show(page)
}

// changes are the acts since a version, newest last, as this reader may see them.
func (v *visit) changes(a attempt, seen int) []web.Change {
	var list []web.Change
	for _, rec := range a.view.Records {
		if rec.Seq <= seen {
			continue
		}
		what := v.title(rec)
		if text := written(a.view.Ticket, rec); text != "" {
			what += ": " + text
		}
		list = append(list, web.Change{Label: "Cambio", After: what, By: byName(v.directory, rec.Actor), At: rec.At})
	}
	return list
}

// resolve does what the person chose on the conflict page.
func (v *visit) resolve(a attempt) error {
	seen, _ := strconv.Atoi(v.typed.Get(conflictField))
	switch v.typed.Get(web.ChoiceField) {
	case web.ConflictDiscard:
		return v.leave(ticketPath(a.view.Ticket.Number))
	case web.ConflictApply:
		return v.perform(a, v.typed.Get(web.VersionField))
	case web.ConflictComment:
		return v.keepComment(a)
	}
	return v.drawConflict(a, seen)
}

// keepComment adds only what was written, where the same people read it: staff as
// a note, who asked as a comment.
func (v *visit) keepComment(a attempt) error {
	kind := desk.ActNote
	if !flow.Offered(a.view.Offers, kind) {
		kind = desk.ActComment
	}
	row, ok := flow.RowFor(a.view.Ticket, kind)
	text := ownText(a)
	if !ok || text == "" {
		return v.leave(ticketPath(a.view.Ticket.Number))
	}
	comment := attempt{view: a.view, row: row, fields: row.Fields, typed: desk.Fields{"message": text}, key: a.key + ":comment"}
	return v.perform(comment, "")
}

// ownText is everything typed that is prose.
func ownText(a attempt) string {
	prose := slices.DeleteFunc(slices.Clone(a.fields), func(f flow.Field) bool { return f.Kind != flow.Long && f.Kind != flow.Line })
	var lines []string
	for _, answer := range answers(prose, a.typed) {
		lines = append(lines, answer.Label+": "+answer.Value)
	}
	return strings.Join(lines, "\n")
}
