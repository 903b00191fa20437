package postbox

import (
	"encoding/json"
	"net/mail"
	"slices"
	"strings"
)

// maxHeaderBytes is where SES cuts the headers of an SNS notification.
const maxHeaderBytes = 10 * 1024

// subject is the SNS subject of every receipt notification.
const subject = "Amazon SES Email Receipt Notification"

type verdictJSON struct {
	Status Verdict `json:"status"`
}

type actionJSON struct {
	Type            string `json:"type"`
	TopicARN        string `json:"topicArn"`
	BucketName      string `json:"bucketName"`
	ObjectKeyPrefix string `json:"objectKeyPrefix"`
	ObjectKey       string `json:"objectKey"`
}

type receiptJSON struct {
	Timestamp            string      `json:"timestamp"`
	ProcessingTimeMillis int         `json:"processingTimeMillis"`
	Recipients           []string    `json:"recipients"`
	SpamVerdict          verdictJSON `json:"spamVerdict"`
	VirusVerdict         verdictJSON `json:"virusVerdict"`
	SPFVerdict           verdictJSON `json:"spfVerdict"`
	DKIMVerdict          verdictJSON `json:"dkimVerdict"`
	DMARCVerdict         verdictJSON `json:"dmarcVerdict"`
	DMARCPolicy          string      `json:"dmarcPolicy,omitempty"` // only when DMARC fails
	Action               actionJSON  `json:"action"`
}

type commonHeadersJSON struct {
	ReturnPath string   `json:"returnPath"`
	From       []string `json:"from,omitempty"`
	ReplyTo    []string `json:"replyTo,omitempty"`
	To         []string `json:"to,omitempty"`
	Cc         []string `json:"cc,omitempty"`
	Date       string   `json:"date,omitempty"`
	MessageID  string   `json:"messageId,omitempty"`
	Subject    string   `json:"subject,omitempty"`
}

type mailJSON struct {
	Timestamp        string            `json:"timestamp"`
	Source           string            `json:"source"`
	MessageID        string            `json:"messageId"`
	Destination      []string          `json:"destination"`
	HeadersTruncated bool              `json:"headersTruncated"`
	Headers          []header          `json:"headers"`
	CommonHeaders    commonHeadersJSON `json:"commonHeaders"`
}

type notificationJSON struct {
	NotificationType string      `json:"notificationType"`
	Receipt          receiptJSON `json:"receipt"`
	Mail             mailJSON    `json:"mail"`
}

// Notification is what SES publishes once the object is stored.
func (r Receipt) Notification(bucket, topicARN string) ([]byte, error) {
	at := r.At.UTC().Format("2006-01-02T15:04:05.000Z")
	headers := headersOf(r.Object())
	n := notificationJSON{NotificationType: "Received", Receipt: receiptJSON{
		Timestamp: at, ProcessingTimeMillis: 10, Recipients: r.Recipients,
		SpamVerdict: verdictJSON{r.Verdicts.Spam}, VirusVerdict: verdictJSON{r.Verdicts.Virus},
		SPFVerdict: verdictJSON{r.Verdicts.SPF}, DKIMVerdict: verdictJSON{r.Verdicts.DKIM}, DMARCVerdict: verdictJSON{r.Verdicts.DMARC},
		Action: actionJSON{Type: "S3", TopicARN: topicARN, BucketName: bucket, ObjectKeyPrefix: Prefix, ObjectKey: r.Key()},
	}}
	if r.Verdicts.DMARC == Fail {
		n.Receipt.DMARCPolicy = "reject"
	}
	n.Mail = mailJSON{Timestamp: at, Source: r.From, MessageID: r.ID, CommonHeaders: commonHeaders(r.From, headers)}
	n.Mail.Destination = slices.Concat(n.Mail.CommonHeaders.To, n.Mail.CommonHeaders.Cc)
	if len(n.Mail.Destination) == 0 {
		n.Mail.Destination = r.Recipients
	}
	n.Mail.Headers, n.Mail.HeadersTruncated = cutHeaders(headers)
	return json.Marshal(n)
}

// commonHeaders picks the sender's fields, never SES's own, which come first.
func commonHeaders(from string, headers []header) commonHeadersJSON {
	values := map[string]string{}
	for _, h := range headers {
		if name := strings.ToLower(h.Name); values[name] == "" {
			values[name] = h.Value
		}
	}
	return commonHeadersJSON{
		ReturnPath: from, From: addresses(values["from"]), ReplyTo: addresses(values["reply-to"]),
		To: addresses(values["to"]), Cc: addresses(values["cc"]),
		Date: values["date"], MessageID: values["message-id"], Subject: values["subject"],
	}
}

func addresses(value string) []string {
	if value == "" {
		return nil
	}
	list, err := mail.ParseAddressList(value)
	if err != nil {
		return []string{value}
	}
	texts := make([]string, len(list))
	for i, address := range list {
		texts[i] = address.String()
		if address.Name == "" {
			texts[i] = address.Address
		}
	}
	return texts
}

func cutHeaders(headers []header) ([]header, bool) {
	size := 0
	for i, h := range headers {
		size += len(h.Name) + len(h.Value)
		if size > maxHeaderBytes {
			return headers[:i], true
		}
	}
	return headers, false
}
