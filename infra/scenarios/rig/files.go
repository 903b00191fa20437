package rig

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"mesa/shared/desk"
)

// Attach puts a file on a ticket as a browser without script does: it opens the
// files page, sends its form to the storage and follows where that leads.
func (d *Desk) Attach(ctx context.Context, person desk.PersonID, number, purpose, name string, content []byte) (Page, error) {
	b, err := d.SignedIn(ctx, person)
	if err != nil {
		return Page{}, err
	}
	page, err := b.Get(ctx, d.WebURL+"/tickets/"+url.PathEscape(number)+"/files")
	if err != nil {
		return Page{}, err
	}
	for _, f := range page.forms {
		if f.Values.Has("policy") {
			return b.Upload(ctx, f, map[string]string{"x-amz-meta-purpose": purpose}, name, content)
		}
	}
	return page, fmt.Errorf("%s (%d) has no form for a file; it says: %.300s", page.URL.Path, page.Status, page.Text)
}

// Lose follows the way back of a file that never reached the storage.
func (d *Desk) Lose(ctx context.Context, person desk.PersonID, number, _, _ string, _ []byte) (Page, error) {
	b, err := d.SignedIn(ctx, person)
	if err != nil {
		return Page{}, err
	}
	return b.Get(ctx, d.WebURL+"/tickets/"+url.PathEscape(number)+"/files/"+NewKey())
}

// Upload sends a form with a file, which comes last.
func (b *Browser) Upload(ctx context.Context, f Form, values map[string]string, name string, content []byte) (Page, error) {
	sent := url.Values{}
	for field, given := range f.Values {
		sent[field] = given
	}
	for field, value := range values {
		sent.Set(field, value)
	}
	sent.Del("file")
	body, kind, err := fileForm(sent, name, content)
	if err != nil {
		return Page{}, err
	}
	return b.send(ctx, http.MethodPost, f.Action.String(), kind, body)
}

func fileForm(values url.Values, name string, content []byte) (*bytes.Buffer, string, error) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, given := range values {
		if err := w.WriteField(field, given[0]); err != nil {
			return nil, "", err
		}
	}
	file, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = file.Write(content)
	}
	return &body, w.FormDataContentType(), errors.Join(err, w.Close())
}

// slot is what the API says about where to send a file.
type slot struct {
	ID     string            `json:"id"`
	URL    string            `json:"url"`
	Fields map[string]string `json:"fields"`
}

// AttachAPI does the same by the API.
func (d *Desk) AttachAPI(ctx context.Context, person desk.PersonID, number, purpose, name string, content []byte) error {
	path := "/v1/tickets/" + url.PathEscape(number) + "/files"
	var s slot
	if err := d.API(ctx, person, http.MethodPost, path, "", map[string]string{"name": name, "purpose": purpose}, &s); err != nil {
		return err
	}
	values := url.Values{}
	for field, value := range s.Fields {
		values.Set(field, value)
	}
	body, kind, err := fileForm(values, name, content)
	if err != nil {
		return err
	}
	status, text, err := d.request(ctx, http.MethodPost, s.URL, http.Header{"Content-Type": {kind}}, body.Bytes())
	if err != nil || status != http.StatusNoContent {
		return errors.Join(err, fmt.Errorf("the storage answered %d: %.300s", status, text))
	}
	return d.API(ctx, person, http.MethodPut, path+"/"+s.ID, "", nil, nil)
}

// File is one file of a ticket.
type File struct {
	Version int    `json:"version"`
	Index   int    `json:"index"`
	Name    string `json:"name"`
	Bytes   int64  `json:"bytes"`
	SHA256  string `json:"sha256"`
	Purpose string `json:"purpose"`
}

// Files lists a ticket's files as a person may see them.
func (d *Desk) Files(ctx context.Context, person desk.PersonID, number string) ([]File, error) {
	var list struct {
		Items []File `json:"items"`
	}
	err := d.API(ctx, person, http.MethodGet, "/v1/tickets/"+url.PathEscape(number)+"/files", "", nil, &list)
	return list.Items, err
}

// Download gets a file the way a person does on the portal, and how it came.
func (d *Desk) Download(ctx context.Context, person desk.PersonID, number string, f File) ([]byte, http.Header, error) {
	b, err := d.SignedIn(ctx, person)
	if err != nil {
		return nil, nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/tickets/%s/files/%d/%d", d.WebURL, number, f.Version, f.Index), nil)
	if err != nil {
		return nil, nil, err
	}
	answer, err := b.client.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err == nil && (answer.StatusCode != http.StatusOK || strings.HasPrefix(answer.Request.URL.Path, "/tickets/")) {
		err = fmt.Errorf("%s answered %d", answer.Request.URL.Path, answer.StatusCode)
	}
	return content, answer.Header, err
}
