package dynamo

import (
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"mesa/shared/desk"
)

// waitItem is W#: at the date, r round, g generation, s stage, l level, n
// vendor, a who was asked, k the task token, x settled. While it is open it
// stands in the due index at its date, or before.
func waitItem(id desk.TicketID, w desk.Wait) (item, error) {
	i := keyOf(pkTicket(id), skWait(w.ID))
	i.instant("at", w.WakeAt)
	i.number("r", w.Round)
	i.number("g", w.Generation)
	i.text("s", string(w.Stage))
	i.number("l", int(w.Level))
	if w.Vendor {
		i.number("n", 1)
	}
	if w.ID.Kind() == desk.WaitRegularise { // the list of what is to be regularised
		i.text("qpk", partRegular)
		i.text("qsk", stamp(w.WakeAt)+"#"+string(id))
	}
	i.text("dpk", shardOf(id))
	i.text("dsk", dueKey(w.WakeAt, skWait(w.ID)))
	if len(w.Asked) == 0 {
		return i, nil
	}
	return i, i.json("a", w.Asked)
}

// waitFrom reads a W# item.
func waitFrom(i item) (desk.Wait, error) {
	w := desk.Wait{ID: desk.WaitID(strings.TrimPrefix(i.getText("sk"), "W#")), Stage: desk.Stage(i.getText("s")),
		Level: desk.Level(i.getNumber("l")), Vendor: i.getNumber("n") > 0, WakeAt: i.getInstant("at"), Round: i.getNumber("r"),
		Generation: i.getNumber("g"), Token: i.getText("k"), Settled: i.getNumber("x") > 0}
	return w, i.getJSON("a", &w.Asked)
}

// moveWait changes date, round and persons asked of an open wait. An earlier
// date moves its place in the due index; a later one leaves it, because the
// index only says when to look: whoever looks too early moves it then.
func moveWait(id desk.TicketID, old, w desk.Wait) (*update, error) {
	u := newUpdate().present("pk").absent("x").set("at", instant(w.WakeAt)).set("r", number(int64(w.Round)))
	if w.WakeAt.Before(old.WakeAt) {
		u.set("dpk", text(shardOf(id))).set("dsk", text(dueKey(w.WakeAt, skWait(w.ID))))
	}
	asked := item{}
	var value types.AttributeValue
	if len(w.Asked) > 0 {
		if err := asked.json("a", w.Asked); err != nil {
			return nil, err
		}
		value = asked["a"]
	}
	return u.set("a", value), nil
}

// settleWait ends a wait. Its token stays: the resume effect of the same act
// speaks through it, and then it is dead.
func settleWait() *update {
	return newUpdate().present("pk").absent("x").set("x", number(1)).remove("dpk", "dsk", "qpk", "qsk")
}

// stillOpen is a wait's state that a late writer must find: open, and at the
// date it read.
func stillOpen(at time.Time) *update { return newUpdate().absent("x").when("at", "=", instant(at)) }
