package dynamo_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/dynamo"
)

// imageOf is the item as a stream record shows it.
func imageOf(t *testing.T, i map[string]types.AttributeValue) map[string]events.DynamoDBAttributeValue {
	t.Helper()
	image := map[string]events.DynamoDBAttributeValue{}
	for name, v := range i {
		switch v := v.(type) {
		case *types.AttributeValueMemberS:
			image[name] = events.NewStringAttribute(v.Value)
		case *types.AttributeValueMemberN:
			image[name] = events.NewNumberAttribute(v.Value)
		default:
			t.Fatalf("attribute %s is a %T", name, v)
		}
	}
	return image
}

func TestEffectComesOutOfAStreamImageAsItWentIn(t *testing.T) {
	s := mustNewStore(t)
	c := desktest.Open(desktest.ID(1), "2026-000001", desktest.Wednesday())
	fan := desk.Effect{Ticket: c.After.ID, Seq: 1, N: 4, Op: desk.OpFanOut, State: desk.EffectUncertain, DueAt: c.Record.At, CreatedAt: c.Record.At,
		Attempts: 1, LeaseUntil: c.Record.At.Add(time.Minute), LastError: "no answer",
		FanOut: &desk.FanOut{System: "SIGO", Mail: desk.Mail{Message: desk.MailInterruption, Data: map[string]string{"why": "Mantenimiento"}}, Next: 100}}
	c.Effects = append(c.Effects, fan)
	desktest.MustCommit(t, s, c)
	for _, want := range c.Effects {
		out, err := newClient(t, nil).GetItem(t.Context(), &dynamodb.GetItemInput{TableName: aws.String(s.Table()), Key: map[string]types.AttributeValue{
			"pk": &types.AttributeValueMemberS{Value: "T#" + string(want.Ticket)}, "sk": &types.AttributeValueMemberS{Value: "O#000001.0" + want.Ref()[2:]}}})
		if err != nil {
			t.Fatal(err)
		}
		got, err := dynamo.EffectFromImage(imageOf(t, out.Item))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("item %s (-want +got)\n%s", want.Ref(), diff)
		}
	}
}

func TestEffectFromImageRefusesWhatIsNoOutboxItem(t *testing.T) {
	for _, test := range []struct{ name, image, want string }{
		{"nothing", `{}`, "no outbox item"},
		{"another item", `{"pk":{"S":"T#1"},"sk":{"S":"E#000001"}}`, "no outbox item"},
		{"a broken reference", `{"pk":{"S":"T#1"},"sk":{"S":"O#x.y"},"o":{"S":"mail"}}`, "no outbox item"},
		{"an unknown operation", `{"pk":{"S":"T#1"},"sk":{"S":"O#000001.01"},"o":{"S":"fly"}}`, "unknown operation"},
		{"a body that is no JSON", `{"pk":{"S":"T#1"},"sk":{"S":"O#000001.01"},"o":{"S":"mail"},"b":{"S":"{"}}`, "attribute b"},
		{"types we never write", `{"pk":{"BOOL":true},"sk":{"L":[]},"o":{"M":{}},"n":{"NULL":true}}`, "no outbox item"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var image map[string]events.DynamoDBAttributeValue
			if err := json.Unmarshal([]byte(test.image), &image); err != nil {
				t.Fatal(err)
			}
			_, err := dynamo.EffectFromImage(image)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

func TestAnEffectWithoutItsContentIsRefused(t *testing.T) {
	s := mustNewStore(t)
	for _, op := range []desk.EffectOp{desk.OpMail, desk.OpStart, desk.OpResume, desk.OpFanOut, "fly"} {
		err := s.AddEffects(t.Context(), []desk.Effect{{Ticket: desktest.ID(1), Seq: 1, N: 1, Op: op, State: desk.EffectPending}})
		if err == nil || !strings.Contains(err.Error(), "without its content") {
			t.Errorf("%s: %v", op, err)
		}
	}
}
