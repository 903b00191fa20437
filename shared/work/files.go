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
