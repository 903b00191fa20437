package flow_test

import (
	"fmt"
	"slices"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// Whom a mail went to besides the desk stands in its event, so that their
// answers find the case.
func TestAMailsEventNamesWhomItWentTo(t *testing.T) {
	crowd := make([]desk.PersonID, 21)
	for i := range crowd {
		crowd[i] = desk.PersonID(fmt.Sprintf("p-%d", i))
	}
	tests := []struct {
		name    string
		channel desk.Channel
		copied  []desk.PersonID
		want    []desk.PersonID
	}{
		{"of a mail", desk.ChannelMail, []desk.PersonID{headUO}, []desk.PersonID{headUO}},
		{"of a mail to twenty", desk.ChannelMail, crowd[:20], crowd[:20]},
		{"a mail to everybody makes no participants", desk.ChannelMail, crowd, nil},
		{"no other way in names anybody", desk.ChannelPhone, []desk.PersonID{headUO}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var who desk.PersonID
			if test.channel != desk.ChannelMail {
				who = deskOne
			}
			b := newBench(t, userHQ)
			opening := b.act(who, desk.ActContact, desk.Fields{"subject": "x", "description": "y", "caller": string(userHQ)})
			opening.Channel, opening.Copied = test.channel, test.copied
			wantCopied(t, b, opening, test.want)
			b = held85(t, userHQ)
			comment := b.act(who, desk.ActComment, desk.Fields{"message": "x"})
			comment.Channel, comment.Copied = test.channel, test.copied
			wantCopied(t, b, comment, test.want)
		})
	}
}

func wantCopied(t *testing.T, b *bench, act desk.Act, want []desk.PersonID) {
	t.Helper()
	d, err := flow.Decide(b.ticket, b.facts(act.Actor.Person, act.Fields), act)
	if err != nil {
		t.Fatal(err)
	}
	if got := desk.CopiedOn(d.Events[0]); !slices.Equal(got, want) {
		t.Errorf("%s names %v, want %v", act.Kind, got, want)
	}
}
