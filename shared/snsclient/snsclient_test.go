package snsclient_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"mesa/shared/snsclient"
)

const arn = "arn:aws:sns:us-east-1:000000000000:mail"

// service takes Publish requests as SNS does: a form.
type service struct {
	got   []string
	takes int // how many before it refuses
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.Form.Get("Action") != "Publish" || r.Form.Get("TopicArn") != arn {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if len(s.got) == s.takes {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `<ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code></Error></ErrorResponse>`)
		return
	}
	s.got = append(s.got, r.Form.Get("Message"))
	fmt.Fprint(w, `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>`)
}

func newTopic(t *testing.T, takes int) (*snsclient.Topic, *service) {
	t.Helper()
	s := &service{takes: takes}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return snsclient.Open(aws.Config{Region: "us-east-1", BaseEndpoint: aws.String(server.URL), RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider("id", "secret", "")}, arn), s
}

func bodies(n int) (list [][]byte, want []string) {
	for i := range n {
		want = append(want, fmt.Sprintf(`{"replay":"inbound/%d&ñ"}`, i))
		list = append(list, []byte(want[i]))
	}
	return list, want
}

func TestEveryMessageIsPublishedOnceAndInOrder(t *testing.T) {
	for _, n := range []int{0, 1, 25} {
		topic, s := newTopic(t, 100)
		list, want := bodies(n)
		if err := topic.Publish(t.Context(), list); err != nil {
			t.Fatalf("%d messages: %v", n, err)
		}
		if strings.Join(s.got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%d messages: %v", n, s.got)
		}
	}
}

func TestWhatIsNotTakenIsAnError(t *testing.T) {
	topic, s := newTopic(t, 2)
	list, _ := bodies(5)
	err := topic.Publish(t.Context(), list)
	if err == nil || errors.Unwrap(err) == nil || !strings.Contains(err.Error(), "3 of 5 messages not taken") || len(s.got) != 2 {
		t.Errorf("%v after %v", err, s.got)
	}
}
