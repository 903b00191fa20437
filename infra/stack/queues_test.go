package stack

import (
	"slices"
	"strings"
	"testing"
)

// TestQueuesLoseNothing follows each queue that a function reads, from its topic
// to where it gives up.
func TestQueuesLoseNothing(t *testing.T) {
	tpl := ours(t)
	read := map[string]bool{}
	for _, m := range tpl.OfType("AWS::Lambda::EventSourceMapping") {
		queueID := Refers(m.Properties["EventSourceArn"])
		queue, ok := tpl.Resource(queueID)
		if !ok || queue.Type != "AWS::SQS::Queue" {
			continue
		}
		read[queueID] = true
		if !slices.Contains(asList(m.Properties["FunctionResponseTypes"]), any("ReportBatchItemFailures")) {
			t.Errorf("%s: one sick message would bring a whole batch of %s back", m.ID, queueID)
		}
		dead := Refers(At(queue.Properties, "RedrivePolicy", "deadLetterTargetArn"))
		letters, ok := tpl.Resource(dead)
		if !ok || number(t, letters.Properties["MessageRetentionPeriod"]) < number(t, queue.Properties["MessageRetentionPeriod"]) {
			t.Errorf("%s gives up into %q, which keeps less long than it or is not there", queueID, dead)
		}
		subscribed(t, tpl, queueID)
	}
	for _, id := range []string{"MailQueue", "MailEventsQueue"} {
		if !read[id] {
			t.Errorf("nobody reads %s", id)
		}
	}
}

// subscribed: the topic's message comes as it was published, and from that topic only.
func subscribed(t *testing.T, tpl Template, queue string) {
	t.Helper()
	for _, s := range tpl.OfType("AWS::SNS::Subscription") {
		if Refers(s.Properties["Endpoint"]) != queue {
			continue
		}
		if Text(s.Properties["RawMessageDelivery"]) != "true" {
			t.Errorf("%s puts an envelope around what %s gets", s.ID, queue)
		}
		policy, _ := tpl.Resource(queue + "Policy")
		allowed := Refers(At(asMap(asList(At(policy.Properties, "PolicyDocument", "Statement"))[0]), "Condition", "ArnEquals", "aws:SourceArn"))
		if topic := Refers(s.Properties["TopicArn"]); allowed != topic {
			t.Errorf("%s takes messages of %s, and is subscribed to %s", queue, allowed, topic)
		}
		return
	}
	t.Errorf("%s is subscribed to nothing", queue)
}

// TestMailEventsAreThoseThatAreUnderstood: SES publishes what package feedback
// reads, and nothing that watches who reads a mail.
func TestMailEventsAreThoseThatAreUnderstood(t *testing.T) {
	d, ok := ours(t).Resource("MailEventsDestination")
	if !ok {
		t.Fatal("SES tells nobody what becomes of mails")
	}
	var types []string
	for _, name := range asList(At(d.Properties, "EventDestination", "MatchingEventTypes")) {
		types = append(types, strings.ToLower(Text(name)))
	}
	slices.Sort(types)
	if got := strings.Join(types, " "); got != "bounce complaint delivery deliverydelay reject renderingfailure send" {
		t.Errorf("events: %s", got)
	}
	if Refers(At(d.Properties, "EventDestination", "SnsDestination", "TopicARN")) != "MailEventsTopic" || Refers(d.Properties["ConfigurationSetName"]) != "MailConfiguration" || Text(At(d.Properties, "EventDestination", "Enabled")) != "true" {
		t.Errorf("the destination is %+v", d.Properties)
	}
	outbox, _ := ours(t).Resource("OutboxFunction")
	if Refers(At(outbox.Properties, "Environment", "Variables", "DESK_CONFIGURATION_SET")) != "MailConfiguration" {
		t.Error("mails are not sent by the configuration set whose events are heard")
	}
}
