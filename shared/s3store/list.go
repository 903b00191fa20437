package s3store

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const (
	pageKeys  = 1000      // keys of one page, the most that S3 gives
	pageBytes = 8 << 20   // of one page: 1,000 keys of 1,024 bytes, escaped, and what stands around them
	maxPages  = 1_000_000 // a token that leads nowhere ends the listing
)

// page is one answer of ListObjectsV2, as far as it is read.
type page struct {
	Truncated bool   `xml:"IsTruncated"`
	Next      string `xml:"NextContinuationToken"`
	Contents  []struct {
		Key      string
		Modified time.Time `xml:"LastModified"`
	}
}

// List visits every object whose key begins with prefix, in the order of keys:
// when it was stored is part of what S3 tells. An error of visit ends it.
func (b *Bucket) List(ctx context.Context, prefix string, visit func(key string, at time.Time) error) error {
	token := ""
	for range maxPages {
		p, err := b.page(ctx, prefix, token)
		if err != nil {
			return fmt.Errorf("list %s: %w", prefix, err)
		}
		for _, o := range p.Contents {
			if err := visit(o.Key, o.Modified); err != nil {
				return err
			}
		}
		if !p.Truncated {
			return nil
		}
		if p.Next == "" || p.Next == token {
			break
		}
		token = p.Next
	}
	return fmt.Errorf("list %s: S3 says there is more and not where", prefix)
}

// page asks for the keys after a token. Keys come escaped: XML cannot hold all
// that a key may.
func (b *Bucket) page(ctx context.Context, prefix, token string) (page, error) {
	query := url.Values{"list-type": {"2"}, "prefix": {prefix}, "max-keys": {strconv.Itoa(pageKeys)}, "encoding-type": {"url"}}
	if token != "" {
		query.Set("continuation-token", token)
	}
	a, err := b.send(ctx, call{method: http.MethodGet, query: query, limit: pageBytes + 1})
	if err != nil {
		return page{}, err
	}
	if len(a.Data) > pageBytes {
		return page{}, fmt.Errorf("a page of more than %d bytes", pageBytes)
	}
	var p page
	if err := xml.Unmarshal(a.Data, &p); err != nil {
		return page{}, fmt.Errorf("a page that cannot be read: %w", err)
	}
	for i := range p.Contents {
		if p.Contents[i].Key, err = url.QueryUnescape(p.Contents[i].Key); err != nil {
			return page{}, fmt.Errorf("a key that cannot be read: %w", err)
		}
	}
	return p, nil
}
