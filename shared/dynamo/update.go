package dynamo

import (
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// update builds the expressions of one write. Every attribute goes by an alias,
// so that no name is ever a reserved word.
type update struct {
	sets, removes, adds, conditions []string
	names                           map[string]string
	values                          item
}

func newUpdate() *update { return &update{names: map[string]string{}, values: item{}} }

// name returns the alias of an attribute.
func (u *update) name(attribute string) string {
	u.names["#"+attribute] = attribute
	return "#" + attribute
}

// value returns the placeholder of a value.
func (u *update) value(v types.AttributeValue) string {
	p := fmt.Sprintf(":%d", len(u.values))
	u.values[p] = v
	return p
}

// set writes an attribute; nil removes it.
func (u *update) set(attribute string, v types.AttributeValue) *update {
	if v == nil {
		u.removes = append(u.removes, u.name(attribute))
		return u
	}
	u.sets = append(u.sets, u.name(attribute)+" = "+u.value(v))
	return u
}

// keep copies an attribute as it stands to another name; an absent one as "".
func (u *update) keep(as, attribute string) *update {
	u.sets = append(u.sets, fmt.Sprintf("%s = if_not_exists(%s, %s)", u.name(as), u.name(attribute), u.value(text(""))))
	return u
}

// setText writes a text; an empty one is removed.
func (u *update) setText(attribute, v string) *update {
	if v == "" {
		return u.set(attribute, nil)
	}
	return u.set(attribute, text(v))
}

// increment raises a number by one, absent counting as zero.
func (u *update) increment(attribute string) *update {
	n := u.name(attribute)
	u.sets = append(u.sets, fmt.Sprintf("%s = if_not_exists(%s, %s) + %s", n, n, u.value(number(0)), u.value(number(1))))
	return u
}

// collect puts a text into a set of at most some; one that is in it is always welcome.
func (u *update) collect(attribute, member string, most int) *update {
	n := u.name(attribute)
	u.adds = append(u.adds, n+" "+u.value(&types.AttributeValueMemberSS{Value: []string{member}}))
	u.conditions = append(u.conditions, fmt.Sprintf("(attribute_not_exists(%s) OR size(%s) < %s OR contains(%s, %s))", n, n, u.value(number(int64(most))), n, u.value(text(member))))
	return u
}

// remove drops attributes.
func (u *update) remove(attributes ...string) *update {
	for _, a := range attributes {
		u.set(a, nil)
	}
	return u
}

// when demands that an attribute stands in a relation to a value.
func (u *update) when(attribute, operator string, v types.AttributeValue) *update {
	u.conditions = append(u.conditions, u.name(attribute)+" "+operator+" "+u.value(v))
	return u
}

// absent and present demand that an attribute is not there, or is.
func (u *update) absent(attribute string) *update {
	u.conditions = append(u.conditions, "attribute_not_exists("+u.name(attribute)+")")
	return u
}

func (u *update) present(attribute string) *update {
	u.conditions = append(u.conditions, "attribute_exists("+u.name(attribute)+")")
	return u
}

// among demands that an attribute has one of some values.
func (u *update) among(attribute string, values ...string) *update {
	var list []string
	for _, v := range values {
		list = append(list, u.value(text(v)))
	}
	u.conditions = append(u.conditions, u.name(attribute)+" IN ("+strings.Join(list, ", ")+")")
	return u
}

// absentOr demands that an attribute is not there or stands in a relation.
func (u *update) absentOr(attribute, operator string, v types.AttributeValue) *update {
	n := u.name(attribute)
	u.conditions = append(u.conditions, fmt.Sprintf("(attribute_not_exists(%s) OR %s %s %s)", n, n, operator, u.value(v)))
	return u
}

// absentOrPassed demands that the item is not there, or that the time in an
// attribute of it has come; an item without the attribute never passes.
func (u *update) absentOrPassed(attribute string, now time.Time) *update {
	u.conditions = append(u.conditions, fmt.Sprintf("(attribute_not_exists(%s) OR %s <= %s)", u.name("pk"), u.name(attribute), u.value(instant(now))))
	return u
}

func (u *update) expression() *string {
	var parts []string
	if len(u.sets) > 0 {
		parts = append(parts, "SET "+strings.Join(u.sets, ", "))
	}
	if len(u.adds) > 0 {
		parts = append(parts, "ADD "+strings.Join(u.adds, ", "))
	}
	if len(u.removes) > 0 {
		parts = append(parts, "REMOVE "+strings.Join(u.removes, ", "))
	}
	return aws.String(strings.Join(parts, " "))
}

func (u *update) condition() *string {
	if len(u.conditions) == 0 {
		return nil
	}
	return aws.String(strings.Join(u.conditions, " AND "))
}

// aliases and placeholders are nil when empty: the service refuses empty maps.
func (u *update) aliases() map[string]string {
	if len(u.names) == 0 {
		return nil
	}
	return u.names
}

func (u *update) placeholders() item {
	if len(u.values) == 0 {
		return nil
	}
	return u.values
}
