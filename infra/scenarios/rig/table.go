package rig

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"mesa/shared/desk"
)

// Item is one item of the table, read by a scan and not by the desk's code.
type Item struct {
	PK, SK string
	Body   string // attribute b
	State  string // attribute st, of an outbox item
	N      string // attribute n, attempts of an outbox item
}

// Items scans the whole table for items whose sort key begins so.
func (d *Desk) Items(ctx context.Context, prefix string) ([]Item, error) {
	pages := dynamodb.NewScanPaginator(dynamodb.NewFromConfig(d.AWS), &dynamodb.ScanInput{TableName: aws.String(d.Table), ConsistentRead: aws.Bool(true)})
	var items []Item
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("scan the table: %w", err)
		}
		for _, i := range page.Items {
			if text := textOf(i["sk"]); strings.HasPrefix(text, prefix) {
				items = append(items, Item{PK: textOf(i["pk"]), SK: text, Body: textOf(i["b"]), State: textOf(i["st"]), N: textOf(i["n"])})
			}
		}
	}
	return items, nil
}

func textOf(v types.AttributeValue) string {
	switch v := v.(type) {
	case *types.AttributeValueMemberS:
		return v.Value
	case *types.AttributeValueMemberN:
		return v.Value
	default:
		return ""
	}
}

// Waiting names what the desk still has to do for a ticket at once: effects that
// are due now. Empty means that everything ordered so far is done.
func (d *Desk) Waiting(ctx context.Context, id desk.TicketID) ([]string, error) {
	now, err := d.Now(ctx)
	if err != nil {
		return nil, err
	}
	effects, err := d.Store.Effects(ctx, id)
	if err != nil {
		return nil, err
	}
	var waiting []string
	for _, e := range effects {
		open := e.State == desk.EffectPending || e.State == desk.EffectUncertain
		if open && !e.DueAt.After(now) {
			waiting = append(waiting, fmt.Sprintf("%s %s (%s)", e.Op, e.Ref(), e.State))
		}
		if e.Op == desk.OpFanOut && e.N == 1 {
			p, err := d.Store.Progress(ctx, id, e.Seq)
			if err != nil {
				return nil, err
			}
			if left := p.Items - p.Accepted - len(p.Stopped); left > 0 {
				waiting = append(waiting, fmt.Sprintf("%d readers of %s", left, e.Ref()))
			}
		}
	}
	return waiting, nil
}
