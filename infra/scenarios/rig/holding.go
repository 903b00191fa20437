package rig

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// Holding names every place that holds a text: items of the table, and files of
// the local cloud's folder, in which the logs of all functions, the mails as sent
// and the state of tables, machines and buckets stand.
func (d *Desk) Holding(ctx context.Context, text string) ([]string, error) {
	places, err := d.itemsHolding(ctx, text)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(d.StateDir)
	if err != nil {
		return nil, fmt.Errorf("the local cloud's folder: %w", err)
	}
	defer func() { _ = root.Close() }()
	err = fs.WalkDir(root.FS(), ".", func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // replaced meanwhile
			return nil
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := root.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if holds(content, text) {
			places = append(places, path)
		}
		return err
	})
	return places, err
}

func (d *Desk) itemsHolding(ctx context.Context, text string) ([]string, error) {
	pages := dynamodb.NewScanPaginator(dynamodb.NewFromConfig(d.AWS), &dynamodb.ScanInput{TableName: aws.String(d.Table), ConsistentRead: aws.Bool(true)})
	var places []string
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("scan the table: %w", err)
		}
		for _, i := range page.Items {
			whole, err := json.Marshal(i)
			if err != nil {
				return nil, err
			}
			if holds(whole, text) {
				places = append(places, textOf(i["pk"])+"/"+textOf(i["sk"]))
			}
		}
	}
	return places, nil
}

// holds looks for a text as it is, in base64 and as forms send it.
func holds(content []byte, text string) bool {
	for _, form := range []string{text, base64.StdEncoding.EncodeToString([]byte(text)), url.QueryEscape(text)} {
		if bytes.Contains(content, []byte(form)) {
			return true
		}
	}
	return false
}
