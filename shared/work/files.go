package work

import (
	"context"
	"fmt"

	"mesa/shared/desk"
)

// paseFiles reads the update files of the next pase: the records, and these only
// if there are any.
func (r *Road) paseFiles(ctx context.Context, t desk.Ticket) ([]desk.Attachment, error) {
	if !t.Files.Has(desk.PaseFile) {
		return nil, nil
	}
	records, err := r.Store.Records(ctx, t.ID, 0)
	if err != nil {
		return nil, fmt.Errorf("files of the pase: %w", err)
	}
	return PaseFiles(records), nil
}

// PaseFiles are the update files attached since the last pase: the folder that
// the next one hands over (R74).
func PaseFiles(records []desk.Record) []desk.Attachment {
	var files []desk.Attachment
	for _, rec := range records {
		if rec.Act == desk.ActHandOver {
			files = nil
			continue
		}
		for _, f := range rec.Files {
			if f.Purpose == desk.PaseFile {
				files = append(files, f)
			}
		}
	}
	return files
}

// Filed is a file of a ticket: the act that brought it, its place there, and
// what is known of it now.
type Filed struct {
	Record desk.Record
	Index  int
	File   desk.Attachment
}

// Files are the files of a ticket, each once: an act that tells what an earlier
// file is for, or hands it over, brings no file of its own.
func Files(records []desk.Record) []Filed {
	var list []Filed
	place := map[string]int{}
	for _, rec := range records {
		for i, f := range rec.Files {
			at, seen := place[f.Key]
			if seen && f.Key != "" {
				if f.Purpose != "" {
					list[at].File.Purpose = f.Purpose
				}
				continue
			}
			place[f.Key] = len(list)
			list = append(list, Filed{rec, i, f})
		}
	}
	return list
}
