package notify

import (
	"fmt"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/thread"
)

// need says which optional data a message's words use; the others would only
// make every outbox item dearer.
type need struct {
	requester bool // name, área, phone
	priority  bool
	next      bool // next step of who attends
	by        bool // who acted
	text      int  // characters of the description; 0: none
}

// needs of each message; one that is not here uses only what all have.
func needs(m desk.Message) need {
	return map[desk.Message]need{
		desk.MailReceived:        {text: maxExcerpt},
		desk.MailDecide:          {requester: true, text: maxDecideText},
		desk.MailDecideAgain:     {requester: true, text: maxDecideText},
		desk.MailRejected:        {by: true},
		desk.MailNoApprover:      {requester: true},
		desk.MailNotMine:         {requester: true, by: true},
		desk.MailAssigned:        {requester: true, priority: true, next: true, text: maxExcerpt},
		desk.MailReopened:        {requester: true, priority: true, next: true},
		desk.MailAnswered:        {requester: true, by: true, next: true},
		desk.MailReply:           {by: true},
		desk.MailPase:            {requester: true, by: true, next: true},
		desk.MailLevelChanged:    {requester: true, priority: true, next: true},
		desk.MailExecutionFailed: {requester: true, next: true},
		desk.MailExecutionOK:     {requester: true, next: true},
		desk.MailRegularise:      {requester: true, text: maxExcerpt},
		desk.MailRegularised:     {by: true, next: true},
		desk.MailInfraSolved:     {requester: true, by: true, next: true},
		desk.MailClosed:          {requester: true},
		desk.MailVerify:          {requester: true},
		desk.MailTypingError:     {requester: true},
		desk.MailLevelDue:        {requester: true, priority: true, next: true},
		desk.MailGearDue:         {requester: true, next: true},
		desk.MailDataDue:         {requester: true, next: true},
		desk.MailVendorDue:       {requester: true, next: true},
		desk.MailReclassified:    {requester: true, priority: true, next: true},
		desk.MailNotDelivered:    {requester: true},
		desk.MailDateDropped:     {requester: true, next: true},
	}[m]
}

// gather collects everything the words of a notice need.
func gather(n desk.Notice, about About) map[string]string {
	g := gathering{n: n, about: about, data: map[string]string{}}
	g.common()
	g.notice()
	g.optional(needs(n.Message))
	switch n.Message {
	case desk.MailReceived:
		g.put(keyNext, g.expects(), maxExcerpt)
	case desk.MailDecide, desk.MailDecideAgain, desk.MailDecided, desk.MailNoApprover, desk.MailNotMine:
		g.approval()
	case desk.MailRejected:
		g.put(keyPost, g.decider(), maxName)
		g.again()
	case desk.MailRegularise:
		g.put(keyAsked, stamp(about.Ticket.OpenedAt), maxName)
	case desk.MailLevelChanged:
		g.put(keyTeam, g.teamName(), maxName)
	case desk.MailTransfer, desk.MailTransferOff, desk.MailReturned, desk.MailGearDue:
		g.put(keyAsset, about.Texts["asset"], maxName)
	case desk.MailNeedTicket:
		g.put(keyFrom, string(about.Ticket.ID), maxName)
	case desk.MailQuestionAgain:
		g.put(keySince, stamp(about.Ticket.PauseAt.At), maxName)
	}
	if v := variant(n); v != "" {
		g.data[keyVariant] = v
	}
	return g.data
}

// variant chooses between the words of one message: those of staff, or of a
// special case.
func variant(n desk.Notice) string {
	switch {
	case n.Message == desk.MailRejected && n.Audience.Kind != desk.ToRequester,
		n.Message == desk.MailLevelChanged && n.Audience.Kind != desk.ToRequester,
		n.Message == desk.MailReclassified && n.Audience.Kind != desk.ToRequester:
		return "team"
	case n.Message == desk.MailNotUnderstood && n.Wait == "":
		return "other"
	case n.Message == desk.MailReceived && n.Data["fields"] != "":
		return "missing"
	case n.Message == desk.MailMissingData && n.Data["papers"] != "":
		return "papers"
	case n.Message == desk.MailAssigned && n.Data["taken_by"] != "":
		return "taken"
	case n.Message == desk.MailLevelDue && n.Data["share"] != "" && n.Data["share"] != strconv.Itoa(desk.WholeTarget):
		return "warning"
	case n.Message == desk.MailLevelDue && n.Audience.Kind == desk.ToLead:
		return "lead"
	case n.Message == desk.MailRestored && n.Data["stopped"] != "yes":
		return "not-needed"
	case n.Message == desk.MailGearDue && n.Data["step"] == string(desk.GearCustody):
		return "custody"
	case n.Message == desk.MailGearDue && n.Data["step"] == string(desk.GearPaused):
		return "paused"
	default:
		return ""
	}
}

// gathering is one mail's data being collected. Nothing empty is kept.
type gathering struct {
	n     desk.Notice
	about About
	data  map[string]string
}

func (g gathering) put(key, value string, limit int) {
	if value = shorten(clean(value), limit); value != "" {
		g.data[key] = value
	}
}

// common is what every mail has: the case and where it belongs.
func (g gathering) common() {
	t, at := g.about.Ticket, g.about.At
	unit, sede, mailbox := g.about.People.Place(t.Unit, t.Sede, at)
	g.put(keyNumber, string(t.Number), maxName)
	g.put(keySubject, oneLine(thread.Bare(clean(t.Subject))), desk.MaxSubject)
	g.put(keyService, g.about.Service, maxName)
	g.put(keySede, sede, maxName)
	if !t.Territorial {
		g.put(keyUnit, unit, maxName)
	}
	g.put(keyOpened, stamp(t.OpenedAt), maxName)
	g.put(keyAt, stamp(at), maxName)
	g.put(keyClause, clause(g.n, t), maxName)
	local, _, _ := strings.Cut(mailbox, "@")
	g.put(keyMailbox, local, maxName)
}

// notice takes over what the procedure's row said.
func (g gathering) notice() {
	keys, names := noticeKeys(), nameKeys()
	for name, value := range g.n.Data {
		switch key := keys[name]; {
		case key == "":
		case names[key]:
			g.put(key, oneLine(value), 2*maxName)
		default:
			g.put(key, value, maxText)
		}
	}
	if who := g.n.Data["taken_by"]; who != "" {
		g.put(keyTaker, g.about.People.Name(desk.PersonID(who)), maxName)
	}
	for name, key := range map[string]string{"starts_at": keyStarts, "ends_at": keyEnds, "until": keyUntil, "due": keyDue} {
		if at, ok := readStamp(g.n.Data[name]); ok {
			g.put(key, stamp(at), maxName)
		}
	}
}

func (g gathering) optional(want need) {
	t, people, at := g.about.Ticket, g.about.People, g.about.At
	if want.requester && t.Requester != "" {
		_, area, phone := people.Reach(t.Requester, at)
		if given := g.about.Texts["phone"]; given != "" {
			phone = given
		}
		g.put(keyRequester, oneLine(people.Name(t.Requester)), maxName)
		g.put(keyArea, oneLine(area), maxName)
		g.put(keyPhone, oneLine(phone), maxName)
	}
	if want.priority && t.Priority > 0 {
		g.put(keyPriority, fmt.Sprintf("P%d %s", t.Priority, flow.PriorityLabel(t.Priority)), maxName)
	}
	if want.next {
		step := flow.Next(t)
		g.put(keyNext, strings.TrimSuffix(step.Text, ".")+" ("+step.Clause+").", maxExcerpt)
	}
	if by := g.about.Actor.Person; want.by && by != "" && by != desk.Clock {
		g.put(keyBy, oneLine(people.Name(by)), maxName)
	}
	if want.text > 0 {
		g.put(keyText, g.about.Texts["description"], want.text)
	}
}

// again is the form of a rejected case, for who may present another.
func (g gathering) again() {
	if t := g.about.Ticket; g.n.Audience.Kind == desk.ToRequester {
		g.put(keyForm, string(t.Service), maxName)
		g.put(keyFlow, string(t.Flow), maxName)
		g.put(keyFrom, string(t.ID), maxName)
	}
}

func (g gathering) teamName() string {
	name, _ := g.about.People.TeamLed(g.about.Ticket.Team, g.about.At)
	return name
}
