package desktest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"

	"mesa/shared/upload"
)

// Storage is a bucket of files in memory. Its forms are not signed: what they
// would let through is in Terms.
type Storage struct {
	mu      sync.Mutex
	Objects map[string]upload.Object
	Terms   []upload.Terms // of the forms it signed
	Copies  int
	Broken  error // what every call fails with
}

var _ upload.Storage = (*Storage)(nil)

// NewStorage is an empty one.
func NewStorage() *Storage { return &Storage{Objects: map[string]upload.Object{}} }

// Form is upload.Storage's.
func (s *Storage) Form(_ context.Context, t upload.Terms) (upload.Form, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Terms = append(s.Terms, t)
	return upload.Form{URL: "https://files.example", Fields: append([]upload.Field{{Name: "key", Value: t.Key}}, t.Exact...)}, s.Broken
}

// Stat is upload.Storage's.
func (s *Storage) Stat(_ context.Context, key string) (upload.Object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.Objects[key]
	if !ok && s.Broken == nil {
		return o, fmt.Errorf("stat %s: %w", key, upload.ErrAbsent)
	}
	return o, s.Broken
}

// Keep is upload.Storage's; every file has the same checksum.
func (s *Storage) Keep(_ context.Context, from, to, tag string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o, ok := s.Objects[from]; !ok || o.Tag != tag {
		return "", errors.New("412 PreconditionFailed")
	}
	s.Copies++
	s.Objects[to] = s.Objects[from]
	return strings.Repeat("ab", 32), nil
}

// Send does what a browser does with the fields of a form: the storage then has
// so many bytes, called name, for a purpose, unless the form fixes them.
func (s *Storage) Send(fields map[string]string, purpose, name string, bytes int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := upload.Object{Bytes: bytes, Tag: fmt.Sprintf("%q", fmt.Sprint("tag-", bytes)), Meta: map[string]string{upload.PurposeField: purpose, upload.NameField: name}}
	for field, value := range fields {
		if strings.HasPrefix(field, "x-amz-meta-") && value != "" && value != "${filename}" {
			o.Meta[field] = value
		}
	}
	s.Objects[fields["key"]] = o
}

// Download signs a link that says what it is for.
func (*Storage) Download(_ context.Context, key, name string) (string, error) {
	return "https://files.example/" + key + "?as=" + url.QueryEscape(name), nil
}
