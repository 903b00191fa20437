package statemachines

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/machines"
)

// next is the start input of an execution: an answer, and whom it is about.
type next struct {
	Ticket     desk.TicketID `json:"ticket"`
	Machine    desk.Machine  `json:"machine"`
	Generation int           `json:"generation"`
	flow.Reply
}

// scripts answers the relay: each ticket of a running row has its own list, used up one call at a time.
type scripts struct {
	url    string
	states *sfn.Client
	mu     sync.Mutex
	rows   map[string]*script
}

type script struct {
	answers []Answer
	calls   []machines.Request
}

func serveScripts(t *testing.T, states *sfn.Client) *scripts {
	t.Helper()
	s := &scripts{states: states, rows: map[string]*script{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// add hands the answers of one row over, under the ticket that its execution runs for.
func (s *scripts) add(ticket string, answers []Answer) *script {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[ticket] = &script{answers: answers}
	return s.rows[ticket]
}

// ServeHTTP answers one call of a machine as the row says; a call too many, or another one than the row expects, is Desk.Invalid.
func (s *scripts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var c machines.Request
	if err := json.NewDecoder(r.Body).Decode(&c); err != nil {
		fail(w, DeskInvalid, err.Error())
		return
	}
	answer, ok := s.take(c)
	switch {
	case !ok || answer.Op != c.Op:
		fail(w, DeskInvalid, "the row does not expect "+c.Op)
	case answer.Fails != "":
		fail(w, answer.Fails, "as the row says")
	case answer.Silent:
		reply(w, struct{}{})
	case c.Op == "open":
		reply(w, struct{}{})
		go s.callBack(context.WithoutCancel(r.Context()), c.Token, answer.Next)
	default:
		reply(w, flow.Reply{Next: answer.Next, Wait: anyWait()})
	}
}

func (s *scripts) take(c machines.Request) (Answer, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	row := s.rows[string(c.Ticket)]
	if row == nil {
		return Answer{}, false
	}
	row.calls = append(row.calls, c)
	if len(row.answers) == 0 {
		return Answer{}, false
	}
	answer := row.answers[0]
	row.answers = row.answers[1:]
	return answer, true
}

// callBack is the decision of a person: an answer that comes by the token, after the function has returned. A failure shows in the
// path: the wait ends by time instead.
func (s *scripts) callBack(ctx context.Context, token, word string) {
	text, err := json.Marshal(flow.Reply{Next: word, Wait: anyWait()})
	if err != nil {
		return
	}
	_, _ = s.states.SendTaskSuccess(ctx, &sfn.SendTaskSuccessInput{TaskToken: aws.String(token), Output: aws.String(string(text))})
}

// anyWait is short, so that a silent row is over soon, and long enough for a callback.
func anyWait() *flow.ReplyWait {
	return &flow.ReplyWait{ID: "approval#1", WakeAt: time.Date(2026, 9, 16, 15, 5, 0, 0, time.UTC), Seconds: 3}
}

func reply(w http.ResponseWriter, body any) {
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, name, message string) {
	w.WriteHeader(http.StatusInternalServerError)
	_ = json.NewEncoder(w).Encode(messages.InvokeResponse_Error{Type: name, Message: message})
}
