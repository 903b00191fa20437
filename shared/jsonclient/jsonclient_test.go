package jsonclient_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"mesa/shared/jsonclient"
)

// answering is a service that answers each call with the next of these.
type answering struct {
	answers []string // "status body", the body may be empty
	header  string   // of errors: X-Amzn-Errortype
	calls   []*http.Request
	bodies  []string
}

func (a *answering) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	a.calls, a.bodies = append(a.calls, r), append(a.bodies, string(body))
	status, text, _ := strings.Cut(a.answers[min(len(a.calls), len(a.answers))-1], " ")
	w.Header().Set("X-Amzn-Errortype", a.header)
	w.WriteHeader(map[string]int{"200": 200, "400": 400, "503": 503}[status])
	_, _ = io.WriteString(w, text)
}

func ask(t *testing.T, a *answering) (string, error) {
	t.Helper()
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	cfg := aws.Config{Region: "sa-east-1", BaseEndpoint: aws.String(server.URL), Credentials: credentials.NewStaticCredentialsProvider("id", "secret", "token")}
	out := struct{ Said string }{}
	err := jsonclient.New(cfg, "secretsmanager", "secretsmanager").Ask(t.Context(), "GetSecretValue", map[string]string{"SecretId": "clave"}, &out)
	return out.Said, err
}

func TestACallIsOneSignedPost(t *testing.T) {
	a := &answering{answers: []string{`200 {"Said":"hola"}`}}
	said, err := ask(t, a)
	if said != "hola" || err != nil || len(a.calls) != 1 {
		t.Fatalf("said %q, %v, in %d calls", said, err, len(a.calls))
	}
	r := a.calls[0]
	if r.Method != http.MethodPost || r.URL.Path != "/" || a.bodies[0] != `{"SecretId":"clave"}` || r.Header.Get("X-Amz-Target") != "secretsmanager.GetSecretValue" ||
		r.Header.Get("Content-Type") != "application/x-amz-json-1.1" || r.Header.Get("X-Amz-Security-Token") != "token" {
		t.Errorf("asked %s %s %v %q", r.Method, r.URL, r.Header, a.bodies[0])
	}
	signed := r.Header.Get("Authorization")
	for _, part := range []string{"AWS4-HMAC-SHA256 Credential=id/", "/sa-east-1/secretsmanager/aws4_request", "content-type;host;x-amz-date;x-amz-security-token;x-amz-target"} {
		if !strings.Contains(signed, part) {
			t.Errorf("signature %q lacks %q", signed, part)
		}
	}
}

// Whatever goes wrong, the error names the kind and repeats nothing of the call.
func TestErrorsNameTheirKindOnly(t *testing.T) {
	tests := []struct {
		name, header string
		answers      []string
		calls        int
		want         string
	}{
		{"in the body", "", []string{`400 {"__type":"com.amazonaws#ResourceNotFoundException","message":"clave"}`}, 1, "ResourceNotFoundException"},
		{"in the header, with its address", "AccessDeniedException:http://aws.example/", []string{"400 clave"}, 1, "AccessDeniedException"},
		{"in the header, beside a message", "AccessDeniedException", []string{`400 {"message":"clave"}`}, 1, "AccessDeniedException"},
		{"of no kind", "", []string{"400 clave"}, 1, "400"},
		{"away, and back", "", []string{"503 ", `200 {"Said":"hola"}`}, 2, ""},
		{"throttled, and back", "", []string{`400 {"__type":"ThrottlingException"}`, `200 {"Said":"hola"}`}, 2, ""},
		{"an answer that is none", "", []string{"200 clave"}, 1, "no JSON that is expected"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := &answering{answers: test.answers, header: test.header}
			_, err := ask(t, a)
			if len(a.calls) != test.calls || (err == nil) != (test.want == "") {
				t.Fatalf("%d calls, %v", len(a.calls), err)
			}
			if err != nil && (!strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "clave")) {
				t.Errorf("error %q, want %q and nothing of the call", err, test.want)
			}
		})
	}
}
