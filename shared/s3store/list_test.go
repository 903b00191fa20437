package s3store_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

var storedAt = time.Date(2026, 9, 15, 14, 5, 0, 0, time.UTC)

// listing is an answer of ListObjectsV2, written from its public description.
type listing struct {
	XMLName               xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListBucketResult"`
	IsTruncated           bool
	NextContinuationToken string `xml:",omitempty"`
	Contents              []listed
}

type listed struct {
	Key          string
	LastModified string
}

// list gives one page of the keys under the prefix, after the token.
func (s *service) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	root, prefix, after := r.URL.Path, q.Get("prefix"), strings.TrimPrefix(q.Get("continuation-token"), "after ")
	out := listing{}
	for _, path := range slices.Sorted(maps.Keys(s.objects)) {
		key := strings.TrimPrefix(path, root)
		if !strings.HasPrefix(key, prefix) || after != "" && key <= after {
			continue
		}
		if len(out.Contents) == s.page {
			out.IsTruncated = true
			break
		}
		out.Contents = append(out.Contents, listed{url.QueryEscape(key), storedAt.Format("2006-01-02T15:04:05.000Z")})
		out.NextContinuationToken = "after " + key
	}
	if !out.IsTruncated || s.forget {
		out.NextContinuationToken = ""
	}
	_ = xml.NewEncoder(w).Encode(out)
}

func TestListVisitsEveryObjectUnderThePrefixOnce(t *testing.T) {
	for _, size := range []int{1, 2, 7, 1000} {
		b, s := newBucket(t)
		s.page = size
		var want []string
		for n := range 20 {
			s.objects[fmt.Sprintf("/files/inbound/%02d", n)] = nil
			want = append(want, fmt.Sprintf("inbound/%02d", n))
		}
		for _, key := range hostileKeys() {
			s.objects["/files/inbound/x"+key] = nil
			want = append(want, "inbound/x"+key)
		}
		s.objects["/files/other/1"] = nil
		slices.Sort(want)
		var got []string
		err := b.List(t.Context(), "inbound/", func(key string, at time.Time) error {
			if !at.Equal(storedAt) {
				t.Errorf("%q was stored at %s", key, at)
			}
			got = append(got, key)
			return nil
		})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("pages of %d: %v\ngot  %q\nwant %q", size, err, got, want)
		}
	}
}

func TestListOfNothingIsEmpty(t *testing.T) {
	b, _ := newBucket(t)
	if err := b.List(t.Context(), "inbound/", func(key string, _ time.Time) error { return errors.New(key) }); err != nil {
		t.Error(err)
	}
}

func TestListEndsWhereItCannotGoOn(t *testing.T) {
	errEnough := errors.New("enough")
	visit := func(string, time.Time) error { return nil }
	for name, test := range map[string]struct {
		do    func(*service)
		visit func(string, time.Time) error
		says  string
	}{
		"the visitor ends it":     {func(*service) {}, func(string, time.Time) error { return errEnough }, "enough"},
		"more, and not where":     {func(s *service) { s.forget = true }, visit, "there is more and not where"},
		"no XML":                  {func(s *service) { s.fail = []answer{{http.StatusOK, "{}"}} }, visit, "a page that cannot be read"},
		"a key that is no key":    {func(s *service) { s.fail = []answer{{http.StatusOK, "<L><Contents><Key>%zz</Key></Contents></L>"}} }, visit, "a key that cannot be read"},
		"the role may not list":   {func(s *service) { s.fail = []answer{{http.StatusForbidden, errorText("AccessDenied")}} }, visit, "403 AccessDenied"},
		"there is no such bucket": {func(s *service) { s.fail = []answer{{http.StatusNotFound, errorText("NoSuchBucket")}} }, visit, "404 NoSuchBucket"},
	} {
		t.Run(name, func(t *testing.T) {
			b, s := newBucket(t)
			s.page = 1
			s.objects["/files/a"], s.objects["/files/b"] = nil, nil
			test.do(s)
			if err := b.List(t.Context(), "", test.visit); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want «%s»", err, test.says)
			}
		})
	}
}

func TestListGoesOnAfterAFailureByChance(t *testing.T) {
	b, s := newBucket(t)
	s.page, s.fail = 1, []answer{{http.StatusServiceUnavailable, errorText("SlowDown")}, {}}
	s.objects["/files/a"], s.objects["/files/b"] = nil, nil
	n := 0
	if err := b.List(t.Context(), "", func(string, time.Time) error { n++; return nil }); err != nil || n != 2 {
		t.Errorf("%d objects, %v", n, err)
	}
}
