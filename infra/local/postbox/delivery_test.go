package postbox

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sns"
)

// awsDouble answers S3 and SNS in one server and writes down what it was asked.
type awsDouble struct {
	refuse string // "PUT" or "Publish"
	asked  []string
	object string
	sent   url.Values
}

func (d *awsDouble) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	kind := r.Method
	if r.Method == http.MethodPost {
		d.sent, _ = url.ParseQuery(string(body))
		kind = d.sent.Get("Action")
	} else {
		d.object = string(body)
	}
	d.asked = append(d.asked, kind+" "+r.URL.Path)
	if kind == d.refuse {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	if kind == "Publish" {
		_, _ = io.WriteString(w, `<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>`)
	}
}

func rule(t *testing.T, double *awsDouble) ReceiptRule {
	t.Helper()
	server := httptest.NewServer(double)
	t.Cleanup(server.Close)
	config := aws.Config{Region: Region, BaseEndpoint: &server.URL, Credentials: credentials.NewStaticCredentialsProvider("test", "test", "")}
	return ReceiptRule{
		S3: s3.NewFromConfig(config, func(o *s3.Options) {
			o.UsePathStyle, o.RequestChecksumCalculation = true, aws.RequestChecksumCalculationWhenRequired
		}),
		SNS: sns.NewFromConfig(config), Bucket: "mail", Topic: "arn:aws:sns:us-east-1:000000000000:topic",
	}
}

func TestDeliverStoresThenTells(t *testing.T) {
	double := &awsDouble{}
	if err := rule(t, double).Deliver(t.Context(), receipt()); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(double.asked, ", "); got != "PUT /mail/inbound/id0123456789, Publish /" {
		t.Errorf("asked %s", got)
	}
	if !strings.HasPrefix(double.object, "Return-Path: <persona@qw.gob.pe>\r\n") {
		t.Errorf("object begins %.60q", double.object)
	}
	if double.sent.Get("Subject") != subject || !strings.Contains(double.sent.Get("Message"), `"objectKey":"inbound/id0123456789"`) {
		t.Errorf("published %v", double.sent)
	}
}

func TestDeliverFailsWhenEitherFails(t *testing.T) {
	for refuse, asked := range map[string]int{"PUT": 1, "Publish": 2} {
		double := &awsDouble{refuse: refuse}
		if err := rule(t, double).Deliver(t.Context(), receipt()); err == nil {
			t.Errorf("%s refused: no error", refuse)
		}
		if len(double.asked) != asked {
			t.Errorf("%s refused: asked %v", refuse, double.asked)
		}
	}
}
