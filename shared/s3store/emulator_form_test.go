package s3store_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"mesa/shared/s3store"
	"mesa/shared/upload"
)

// postForm sends a form as a browser does, the file last, and says what the
// storage answers and where it leads.
func postForm(t *testing.T, form upload.Form, change map[string]string, name, content string) (status int, location string) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, f := range form.Fields {
		value := f.Value
		if v, changed := change[f.Name]; changed {
			value = v
		}
		if value != "" {
			mustDo(t, w.WriteField(f.Name, value))
		}
	}
	if extra := change["extra"]; extra != "" {
		mustDo(t, w.WriteField("x-amz-meta-extra", extra))
	}
	file, err := w.CreateFormFile("file", name)
	mustDo(t, err)
	_, err = file.Write([]byte(content))
	mustDo(t, err)
	mustDo(t, w.Close())
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Post(form.URL, w.FormDataContentType(), &body)
	mustDo(t, err)
	mustDo(t, answer.Body.Close())
	return answer.StatusCode, answer.Header.Get("Location")
}

func mustDo(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The emulator checks forms as S3 does: what the policy does not name is refused,
// and nothing is stored.
func checkForms(t *testing.T, b *s3store.Bucket) {
	t.Helper()
	terms := upload.Terms{Key: "incoming/01J/ana/x", Most: 100, Life: upload.Life, Open: []string{upload.NameField},
		Exact: []upload.Field{{Name: "Content-Type", Value: "application/octet-stream"}, {Name: "success_action_redirect", Value: "https://pau.example/back"}}}
	form, err := b.Form(t.Context(), terms)
	mustDo(t, err)
	form.Fields = append(form.Fields, upload.Field{Name: upload.NameField, Value: "${filename}"})
	short := terms
	short.Life = -1
	late, err := b.Form(t.Context(), short)
	mustDo(t, err)
	for name, test := range map[string]struct {
		form    upload.Form
		change  map[string]string
		content string
	}{
		"another key":        {form, map[string]string{"key": "files/01J/x"}, "hola"},
		"another redirect":   {form, map[string]string{"success_action_redirect": "https://evil.example"}, "hola"},
		"another type":       {form, map[string]string{"Content-Type": "text/html"}, "hola"},
		"one byte too many":  {form, nil, strings.Repeat("x", 101)},
		"a field more":       {form, map[string]string{"extra": "x"}, "hola"},
		"a field less":       {form, map[string]string{"Content-Type": ""}, "hola"},
		"a policy of theirs": {form, map[string]string{"policy": "eyJjb25kaXRpb25zIjpbXX0="}, "hola"},
		"too late":           {late, nil, "hola"},
	} {
		if status, _ := postForm(t, test.form, test.change, "a.txt", test.content); status < 400 {
			t.Errorf("%s: the storage answered %d", name, status)
		}
	}
	if _, err := b.Stat(t.Context(), terms.Key); err == nil {
		t.Error("something refused is stored all the same")
	}
	if status, to := postForm(t, form, nil, "petición.txt", "hola"); status != http.StatusSeeOther || !strings.HasPrefix(to, "https://pau.example/back?") {
		t.Errorf("a good form is answered %d, to %q", status, to)
	}
	seen, err := b.Stat(t.Context(), terms.Key)
	if err != nil || seen.Bytes != 4 || seen.Meta[upload.NameField] != "petición.txt" {
		t.Errorf("stored: %+v, %v", seen, err)
	}
	if sum, err := b.Keep(t.Context(), terms.Key, "files/01J/x", seen.Tag); err != nil || sum != "" {
		t.Errorf("kept: %q, %v; the emulator without its wrapper computes no checksum", sum, err)
	}
	if _, err := b.Keep(t.Context(), terms.Key, "files/01J/y", `"0"`); err == nil {
		t.Error("kept what it was not")
	}
}
