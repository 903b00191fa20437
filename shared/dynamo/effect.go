package dynamo

import (
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"mesa/shared/desk"
)

// effectItem is O#: o what to do, b with what, st how far, n attempts, le the
// lease, er the last error, id what the mail service called it, dv what was heard
// of its delivery, at and ok when it was written and done. It stands in the due index: until it is done at its
// date, and a mail that did not go, or may not have gone, among the letters.
func effectItem(e desk.Effect) (item, error) {
	i := keyOfEffect(e.Ticket, e.Seq, e.N)
	i.text("o", string(e.Op))
	i.text("st", string(e.State))
	i.number("n", e.Attempts)
	i.instant("le", e.LeaseUntil)
	i.text("er", e.LastError)
	i.text("id", e.SentID)
	i.text("dv", e.Delivery.Code())
	i.instant("at", e.CreatedAt)
	i.instant("ok", e.DoneAt)
	pk, sk := effectList(e)
	i.text("dpk", pk)
	i.text("dsk", sk)
	body, err := effectBody(e)
	i["b"] = body
	return i, err
}

// waiting tells whether an outbox item is still to be looked at.
func waiting(s desk.EffectState) bool {
	return s == desk.EffectPending || s == desk.EffectUncertain
}

// effectList is where an item stands in the due index; nowhere once it is done.
func effectList(e desk.Effect) (pk, sk string) {
	switch {
	case waiting(e.State):
		return shardOf(e.Ticket), dueKey(e.DueAt, skEffect(e.Seq, e.N))
	case e.Op == desk.OpMail && undelivered(e.State):
		return partLetters, dueKey(e.CreatedAt, skEffect(e.Seq, e.N))
	default:
		return "", ""
	}
}

// undelivered: it failed for good, or nobody knows.
func undelivered(s desk.EffectState) bool {
	return s == desk.EffectFailed || s == desk.EffectUnconfirmed
}

// effectBody is what an item does it with, by its operation.
func effectBody(e desk.Effect) (types.AttributeValue, error) {
	var body any
	switch {
	case e.Op == desk.OpMail && e.Mail != nil:
		body = e.Mail
	case e.Op == desk.OpFanOut && e.FanOut != nil:
		body = e.FanOut
	case e.Op == desk.OpFollow && e.Follow != nil:
		body = e.Follow
	case e.Op == desk.OpFamily:
		body = struct{}{}
	case (e.Op == desk.OpStart || e.Op == desk.OpResume) && e.Call != nil:
		body = e.Call
	default:
		return nil, fmt.Errorf("outbox item %s %s: operation %q without its content", e.Ticket, e.Ref(), e.Op)
	}
	i := item{}
	err := i.json("b", body)
	return i["b"], err
}

// effectFrom reads an O# item.
func effectFrom(i item) (desk.Effect, error) {
	sk := i.getText("sk")
	seq, n, ok := refOf(strings.TrimPrefix(sk, "O#"))
	if !ok || !strings.HasPrefix(sk, "O#") {
		return desk.Effect{}, fmt.Errorf("item %s/%s is no outbox item", i.getText("pk"), sk)
	}
	e := desk.Effect{Ticket: ticketOf(i.getText("pk")), Seq: seq, N: n, Op: desk.EffectOp(i.getText("o")),
		State: desk.EffectState(i.getText("st")), Attempts: i.getNumber("n"),
		LeaseUntil: i.getInstant("le"), LastError: i.getText("er"), SentID: i.getText("id"),
		CreatedAt: i.getInstant("at"), DoneAt: i.getInstant("ok"), Delivery: desk.DeliveryOf(i.getText("dv"))}
	if waiting(e.State) {
		e.DueAt = dueTime(i.getText("dsk"))
	}
	var err error
	switch e.Op {
	case desk.OpMail:
		e.Mail = &desk.Mail{}
		err = i.getJSON("b", e.Mail)
	case desk.OpFanOut:
		e.FanOut = &desk.FanOut{}
		err = i.getJSON("b", e.FanOut)
	case desk.OpFollow:
		e.Follow = &desk.Follow{}
		err = i.getJSON("b", e.Follow)
	case desk.OpFamily:
	case desk.OpStart, desk.OpResume:
		e.Call = &desk.MachineCall{}
		err = i.getJSON("b", e.Call)
	default:
		err = fmt.Errorf("outbox item %s %s: unknown operation %q", e.Ticket, e.Ref(), e.Op)
	}
	return e, err
}

// EffectFromImage reads an outbox item out of a stream record's new image.
func EffectFromImage(image map[string]events.DynamoDBAttributeValue) (desk.Effect, error) {
	i := item{}
	for name, v := range image {
		switch v.DataType() {
		case events.DataTypeString:
			i[name] = text(v.String())
		case events.DataTypeNumber:
			i[name] = &types.AttributeValueMemberN{Value: v.Number()}
		default: // the desk's items hold nothing else
		}
	}
	return effectFrom(i)
}

// claimable is what an attempt must find: waiting, due, nobody at it.
func claimable(now time.Time) *update {
	return unfinished().when("dsk", "<", text(dueUntil(now))).absentOr("le", "<=", instant(now))
}

// unfinished is an item that nobody has ended.
func unfinished() *update {
	return newUpdate().among("st", string(desk.EffectPending), string(desk.EffectUncertain))
}
