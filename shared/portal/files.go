package portal

import (
	"slices"
	"strconv"

	"mesa/shared/desk"
	"mesa/shared/web"
	"mesa/shared/work"
)

// files are the attachments of all acts the reader sees.
func files(view work.View) []web.Attachment {
	var list []web.Attachment
	for _, rec := range view.Records {
		for n, f := range rec.Files {
			shown := web.Attachment{Name: f.Name, Size: size(f.Bytes)}
			if f.Key != "" {
				shown.Href = ticketPath(view.Ticket.Number) + "/files/" + strconv.Itoa(rec.Seq) + "/" + strconv.Itoa(n)
			}
			list = append(list, shown)
		}
	}
	return list
}

// file sends the reader to an attachment by a link that lives for minutes. The
// address says which file of which act, never a key of the storage, and the
// browser saves it: nothing that somebody sent opens as a page (F42).
func (v *visit) file() error {
	view, err := v.look()
	if err != nil {
		return err
	}
	seq, _ := strconv.Atoi(v.r.PathValue("seq"))
	n, err := strconv.Atoi(v.r.PathValue("n"))
	i := slices.IndexFunc(view.Records, func(rec desk.Record) bool { return rec.Seq == seq })
	if err != nil || i < 0 || n < 0 || n >= len(view.Records[i].Files) || view.Records[i].Files[n].Key == "" {
		return notFound()
	}
	f := view.Records[i].Files[n]
	address, err := v.Files.Download(v.r.Context(), f.Key, f.Name)
	if err != nil {
		return err
	}
	return v.leave(address)
}

// size is a number of bytes as people read it.
func size(n int64) string {
	switch {
	case n >= 1<<20:
		return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
	case n >= 1<<10:
		return strconv.FormatInt(n>>10, 10) + " kB"
	}
	return strconv.FormatInt(n, 10) + " bytes"
}
