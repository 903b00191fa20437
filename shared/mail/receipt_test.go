package mail

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const received = `{"notificationType":"Received",
"mail":{"timestamp":"2026-09-14T14:30:01.000Z","source":"usuaria.ejemplo@qw.gob.pe","messageId":"o3vrnil0e2ic28tr","destination":["otra@qw.gob.pe"],
 "headersTruncated":false,"headers":[{"name":"From","value":"x"}],"commonHeaders":{"from":["x"],"to":["y"],"messageId":"<1@qw.gob.pe>","subject":"s"}},
"receipt":{"timestamp":"2026-09-14T14:30:02.000Z","processingTimeMillis":574,"recipients":["soporte.usuario@qw.gob.pe"],
 "spamVerdict":{"status":"PASS"},"virusVerdict":{"status":"PASS"},"spfVerdict":{"status":"GRAY"},"dkimVerdict":{"status":"PASS"},"dmarcVerdict":{"status":"FAIL"},"dmarcPolicy":"reject",
 "action":{"type":"S3","topicArn":"arn:aws:sns:us-east-1:000000000000:mail","bucketName":"correo","objectKeyPrefix":"in","objectKey":"in/o3vrnil0e2ic28tr"}}}`

func TestParseReceiptTakesRecipientsFromTheEnvelope(t *testing.T) {
	want := Receipt{
		MessageID: "o3vrnil0e2ic28tr", Source: "usuaria.ejemplo@qw.gob.pe", Recipients: []string{"soporte.usuario@qw.gob.pe"},
		At:       time.Date(2026, 9, 14, 14, 30, 2, 0, time.UTC),
		Verdicts: Verdicts{Spam: Pass, Virus: Pass, SPF: Gray, DKIM: Pass, DMARC: Fail},
		Bucket:   "correo", Key: "in/o3vrnil0e2ic28tr",
	}
	wrapped, err := json.Marshal(map[string]string{"Type": "Notification", "Message": received})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"bare": received, "wrapped by SNS": string(wrapped)} {
		got, err := ParseReceipt([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestParseReceiptRefusesOtherNotifications(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "null": "null", "list": "[]", "a bounce event": `{"notificationType":"Bounce","mail":{"messageId":"x"}}`,
		"no id": `{"notificationType":"Received"}`, "S3 test event": `{"Service":"Amazon S3","Event":"s3:TestEvent"}`,
		"wrapped nonsense": `{"Type":"Notification","Message":"hola"}`, "wrong types": `{"notificationType":7}`,
	} {
		if got, err := ParseReceipt([]byte(text)); !errors.Is(err, ErrReceipt) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestSetupAndNullSource(t *testing.T) {
	for key, want := range map[string]bool{"in/AMAZON_SES_SETUP_NOTIFICATION": true, "in/o3vrnil0e2ic28tr": false, "": false} {
		if got := (Receipt{Key: key}).Setup(); got != want {
			t.Errorf("%q: setup %t", key, got)
		}
	}
	for source, want := range map[string]bool{"": true, "<>": true, "a@b": false, "<a@b>": false} {
		if got := (Receipt{Source: source}).NullSource(); got != want {
			t.Errorf("%q: null %t", source, got)
		}
	}
}
