package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/upload"
	"mesa/shared/work"
)

// Files signs short links to attachments: *s3store.Bucket.
type Files interface {
	Download(ctx context.Context, key, name string) (string, error)
}

// slot is where a caller sends one file, and the fields that must come before it.
type slot struct {
	ID        string            `json:"id"`
	URL       string            `json:"url"`
	Fields    map[string]string `json:"fields"`
	MaxBytes  int               `json:"maxBytes"`
	ExpiresAt time.Time         `json:"expiresAt"`
}

// fileShown is one file of a ticket.
type fileShown struct {
	Version int          `json:"version"`
	Index   int          `json:"index"`
	Name    string       `json:"name"`
	Type    string       `json:"type,omitempty"`
	Bytes   int64        `json:"bytes"`
	SHA256  string       `json:"sha256,omitempty"`
	Purpose desk.Purpose `json:"purpose,omitempty"`
	At      time.Time    `json:"at"`
	By      ref          `json:"by"`
}

// offerUpload signs a form for one file. Its bytes never pass through here.
func (s *server) offerUpload(c *call) (answer, error) {
	in, err := readObject(c.Request)
	if err != nil {
		return answer{}, err
	}
	v, err := s.look(c)
	if err != nil {
		return answer{}, err
	}
	name, purpose := in.text("name"), in.text("purpose")
	if name == "" {
		in.wrong("name", "Escriba el nombre del archivo, con su extensión.")
	}
	if len(name) > 1000 {
		in.wrong("name", "Acorte el nombre del archivo.")
	}
	if err := in.done(); err != nil {
		return answer{}, err
	}
	if err := s.attachable(c, v, purpose); err != nil {
		return answer{}, under(err, "#")
	}
	form, err := s.Uploads.Slot(c.Context(), upload.Wish{Ticket: v.Ticket.ID, Person: c.caller.person, Name: name, Purpose: desk.Purpose(purpose)})
	if err != nil {
		return answer{}, err
	}
	out := slot{ID: form.ID, URL: form.URL, Fields: map[string]string{}, MaxBytes: desk.MaxFile, ExpiresAt: form.Ends.Truncate(time.Second)}
	for _, f := range form.Fields {
		out.Fields[f.Name] = f.Value
	}
	return answer{status: http.StatusCreated, body: out}, nil
}

// attachable asks the rules whether a file of this purpose may be attached,
// before anything is sent.
func (s *server) attachable(c *call, v work.View, purpose string) error {
	_, err := flow.Decide(v.Ticket, v.Facts, desk.Act{Kind: desk.ActAttach, Ticket: v.Ticket.ID, Actor: c.caller.actor(), At: c.at, Channel: desk.ChannelAPI,
		Fields: desk.Fields{"purpose": purpose}, Files: []desk.Attachment{{Name: "archivo", Bytes: 1}}})
	return err
}

// confirmUpload tells the ticket of a file that was sent. Confirmed twice, it
// stands there once.
func (s *server) confirmUpload(c *call) (answer, error) {
	v, err := s.look(c)
	if err != nil {
		return answer{}, err
	}
	act := desk.Act{Actor: c.caller.actor(), At: c.at, Channel: desk.ChannelAPI}
	if _, err := s.Uploads.Confirm(c.Context(), v, act, c.PathValue("upload")); err != nil {
		return answer{}, under(err, "#")
	}
	return s.files(c)
}

// files lists the files of a ticket that its reader may see.
func (s *server) files(c *call) (answer, error) {
	v, err := s.look(c)
	if err != nil {
		return answer{}, err
	}
	out := page[fileShown]{Items: []fileShown{}}
	for _, filed := range work.Files(v.Records) {
		r, f := filed.Record, filed.File
		out.Items = append(out.Items, fileShown{r.Seq, filed.Index, desk.FileName(f.Name), f.Type, f.Bytes, f.SHA256, f.Purpose, r.At, actorRef(v.Directory, r.Actor)})
	}
	return answer{status: http.StatusOK, body: out}, nil
}

// link is where a file is, for a few minutes.
type link struct {
	URL       string `json:"url"`
	ExpiresIn int    `json:"expiresIn"` // seconds
}

// download signs a link to one file. It is saved, never opened in a page (F42).
func (s *server) download(c *call) (answer, error) {
	v, err := s.look(c)
	if err != nil {
		return answer{}, err
	}
	f, ok := fileAt(v.Records, c.PathValue("version"), c.PathValue("index"))
	if !ok {
		return answer{}, desk.NewProblem(desk.NotFound, "", "Ese caso no tiene ese archivo.")
	}
	address, err := s.Files.Download(c.Context(), f.Key, desk.FileName(f.Name))
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusOK, body: link{address, int(upload.LinkLife / time.Second)}}, nil
}

// fileAt finds a file by the act that brought it and its place there.
func fileAt(records []desk.Record, version, index string) (desk.Attachment, bool) {
	seq, err := strconv.Atoi(version)
	if err != nil {
		return desk.Attachment{}, false
	}
	i, err := strconv.Atoi(index)
	if err != nil {
		return desk.Attachment{}, false
	}
	for _, r := range records {
		if r.Seq == seq && i >= 0 && i < len(r.Files) && r.Files[i].Key != "" {
			return r.Files[i], true
		}
	}
	return desk.Attachment{}, false
}
