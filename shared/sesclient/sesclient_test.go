package sesclient_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"mesa/shared/sesclient"
)

func TestAddressIsTakenOffSESsOwnList(t *testing.T) {
	tests := []struct {
		name   string
		status int
		kind   string // in the header
		body   string
		asked  int
		err    string
	}{
		{"taken off", 200, "", "{}", 1, ""},
		{"it was not on it", 404, "NotFoundException", `{"message":"Email address a@b does not exist on your suppression list."}`, 1, ""},
		{"it was not on it, told in the body", 404, "", `{"__type":"com.amazonaws.sesv2#NotFoundException","message":"x"}`, 1, ""},
		{"no such path", 404, "", "not found", 1, "404"},
		{"no right to", 403, "AccessDeniedException:http://internal.amazon.com/", `{"message":"user persona@qw.gob.pe"}`, 1, "403 AccessDeniedException"},
		{"too fast", 429, "TooManyRequestsException", "{}", 3, "429 TooManyRequestsException"},
		{"away", 503, "", "", 3, "503"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var asked []*http.Request
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked = append(asked, r)
				if test.kind != "" {
					w.Header().Set("X-Amzn-Errortype", test.kind)
				}
				w.WriteHeader(test.status)
				fmt.Fprint(w, test.body)
			}))
			defer server.Close()
			list := sesclient.Open(aws.Config{Region: "us-east-1", BaseEndpoint: aws.String(server.URL), Credentials: credentials.NewStaticCredentialsProvider("id", "secret", "")})
			err := list.Forget(t.Context(), "persona+a/b@qw.gob.pe")
			if (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
				t.Errorf("error %v, want %q", err, test.err)
			}
			if err != nil && strings.Contains(err.Error(), "persona") {
				t.Errorf("the error names the address: %v", err)
			}
			if len(asked) != test.asked {
				t.Fatalf("asked %d times, want %d", len(asked), test.asked)
			}
			r := asked[0]
			if r.Method != http.MethodDelete || r.URL.EscapedPath() != "/v2/email/suppression/addresses/persona%2Ba%2Fb%40qw.gob.pe" || !strings.Contains(r.Header.Get("Authorization"), "/us-east-1/ses/aws4_request") {
				t.Errorf("%s %s, %s", r.Method, r.URL.EscapedPath(), r.Header.Get("Authorization"))
			}
		})
	}
}
