package intake

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/mail"
)

// pictures are the hashes of the pictures that a ticket has already. Each mail
// of a conversation brings the logos of its signatures along: they are listed
// once.
type pictures map[string]bool

// picturesBefore collects those of a ticket before an act; a ticket to be made
// has none. The act's own record, found when the same mail is handled twice at
// once, ends the search: both must attach the same files.
func picturesBefore(ctx context.Context, store Store, act desk.Act) (pictures, error) {
	seen := pictures{}
	if act.Ticket == "" {
		return seen, nil
	}
	records, err := store.Records(ctx, act.Ticket, 0)
	if err != nil {
		return nil, fmt.Errorf("pictures of %s: %w", act.Ticket, err)
	}
	for _, r := range records {
		if r.Key == act.Scope+"#"+act.Key {
			break
		}
		for _, f := range r.Files {
			if strings.HasPrefix(f.Type, "image/") {
				seen[f.SHA256] = true
			}
		}
	}
	return seen, nil
}

// shows says whether an attachment is a picture within the text that is listed
// already. A picture attached as a file is listed each time: somebody chose it.
func (p pictures) shows(a mail.Attachment) bool {
	return a.Inline && strings.HasPrefix(a.ContentType, "image/") && p[a.SHA256]
}

// keep stores the attachments under names that the mail decides, so that doing
// it twice changes nothing. Pictures seen before are left out.
func keep(ctx context.Context, to Files, mailID string, msg *mail.Message, seen pictures) ([]desk.Attachment, error) {
	var files []desk.Attachment
	for i, a := range msg.Attachments {
		if seen.shows(a) {
			continue
		}
		if a.Inline {
			seen[a.SHA256] = true
		}
		key := "mail/" + mailID + "/" + strconv.Itoa(i)
		if err := to.Write(ctx, key, a.ContentType, a.Content); err != nil {
			return nil, fmt.Errorf("keep attachment %d: %w", i, err)
		}
		files = append(files, desk.Attachment{Name: a.Name, Type: a.ContentType, Bytes: int64(a.Size), SHA256: a.SHA256, Key: key})
	}
	return files, nil
}
