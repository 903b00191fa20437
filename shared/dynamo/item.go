package dynamo

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// item is a stored item or a part of one. Only strings and numbers are used, so
// that a stream image decodes the same way.
type item map[string]types.AttributeValue

func text(v string) types.AttributeValue { return &types.AttributeValueMemberS{Value: v} }
func number(v int64) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.FormatInt(v, 10)}
}

// instant is a time as stored: whole seconds, business or wall clock in UTC.
func instant(t time.Time) types.AttributeValue { return number(t.Unix()) }

// text sets a string; an empty one is not stored.
func (i item) text(name, v string) {
	if v != "" {
		i[name] = text(v)
	}
}

// number sets a number; zero is not stored.
func (i item) number(name string, v int) {
	if v != 0 {
		i[name] = number(int64(v))
	}
}

// instant sets a time; no time is not stored.
func (i item) instant(name string, t time.Time) {
	if !t.IsZero() {
		i[name] = instant(t)
	}
}

// json sets the JSON form of a value.
func (i item) json(name string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode %T: %w", v, err)
	}
	i[name] = text(string(data))
	return nil
}

func (i item) getText(name string) string {
	if v, ok := i[name].(*types.AttributeValueMemberS); ok {
		return v.Value
	}
	return ""
}

func (i item) getNumber(name string) int {
	if v, ok := i[name].(*types.AttributeValueMemberN); ok {
		n, err := strconv.Atoi(v.Value)
		if err == nil {
			return n
		}
	}
	return 0
}

// members is how many texts a set has.
func (i item) members(name string) int {
	if set, ok := i[name].(*types.AttributeValueMemberSS); ok {
		return len(set.Value)
	}
	return 0
}

func (i item) getInstant(name string) time.Time {
	if _, ok := i[name]; !ok {
		return time.Time{}
	}
	return time.Unix(int64(i.getNumber(name)), 0).UTC()
}

func (i item) getJSON(name string, into any) error {
	data := i.getText(name)
	if data == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(data), into); err != nil {
		return fmt.Errorf("item %s/%s: attribute %s: %w", i.getText("pk"), i.getText("sk"), name, err)
	}
	return nil
}

// size is the item's size as the service counts it: names and values.
func (i item) size() int {
	total := 0
	for name, v := range i {
		total += len(name)
		switch v := v.(type) {
		case *types.AttributeValueMemberS:
			total += len(v.Value)
		case *types.AttributeValueMemberN:
			total += (len(v.Value)+1)/2 + 1
		}
	}
	return total
}

// key is the primary key of an item.
func (i item) key() item { return item{"pk": i["pk"], "sk": i["sk"]} }
