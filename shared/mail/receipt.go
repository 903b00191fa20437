package mail

import (
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// Verdict is what SES found out about a mail.
type Verdict string

// The verdicts of SES. Gray means that nothing could be said: an unsigned mail,
// a domain without policy.
const (
	Pass             Verdict = "PASS"
	Fail             Verdict = "FAIL"
	Gray             Verdict = "GRAY"
	ProcessingFailed Verdict = "PROCESSING_FAILED"
)

// Verdicts are the five verdicts of one mail. An empty one was not given.
type Verdicts struct {
	Spam  Verdict `json:"spam,omitempty"`
	Virus Verdict `json:"virus,omitempty"`
	SPF   Verdict `json:"spf,omitempty"`
	DKIM  Verdict `json:"dkim,omitempty"`
	DMARC Verdict `json:"dmarc,omitempty"`
}

// Receipt is what SES says about a mail that it received: everything known of
// it that its sender did not write. It comes by notification; a replayed mail
// gets its own from the stored notification, or from Trust.
type Receipt struct {
	// MessageID is SES's own id, the last part of the object key. It names one
	// reception: the same mail sent twice has two (F1).
	MessageID string `json:"messageId"`
	// Recipients are the envelope addresses that matched, never those of To.
	Recipients []string `json:"recipients"`
	// Source is the envelope sender; a null sender is `<>` or empty.
	Source   string    `json:"source"`
	At       time.Time `json:"at,omitzero"`
	Verdicts Verdicts  `json:"verdicts"`
	// SignedBy are the domains whose DKIM signature SES found good, read from
	// the results that SES itself wrote above the mail: see WithResults.
	SignedBy []string `json:"signedBy,omitempty"`
	Bucket   string   `json:"bucket,omitempty"`
	Key      string   `json:"key,omitempty"`
}

// setupName is the object that SES writes when a receipt rule is made. It is no
// mail of anybody.
const setupName = "AMAZON_SES_SETUP_NOTIFICATION"

// ErrReceipt is a notification that tells of no received mail.
var ErrReceipt = errors.New("mail: not a notification of a received mail")

// notification is the JSON that SES publishes, as far as it is read.
type notification struct {
	Type string `json:"notificationType"`
	Mail struct {
		MessageID string    `json:"messageId"`
		Source    string    `json:"source"`
		Timestamp time.Time `json:"timestamp"`
	} `json:"mail"`
	Receipt struct {
		Timestamp  time.Time `json:"timestamp"`
		Recipients []string  `json:"recipients"`
		Spam       status    `json:"spamVerdict"`
		Virus      status    `json:"virusVerdict"`
		SPF        status    `json:"spfVerdict"`
		DKIM       status    `json:"dkimVerdict"`
		DMARC      status    `json:"dmarcVerdict"`
		Action     struct {
			Bucket string `json:"bucketName"`
			Key    string `json:"objectKey"`
		} `json:"action"`
	} `json:"receipt"`
	// Message holds the notification itself when SNS wrapped it.
	Message string `json:"Message"`
}

type status struct {
	Status Verdict `json:"status"`
}

// ParseReceipt reads the notification of an S3 action, bare or wrapped by SNS.
func ParseReceipt(text []byte) (Receipt, error) {
	var n notification
	if err := json.Unmarshal(text, &n); err != nil {
		return Receipt{}, errors.Join(ErrReceipt, err)
	}
	if n.Type == "" && n.Message != "" {
		if err := json.Unmarshal([]byte(n.Message), &n); err != nil {
			return Receipt{}, errors.Join(ErrReceipt, err)
		}
	}
	if n.Type != "Received" || n.Mail.MessageID == "" {
		return Receipt{}, ErrReceipt
	}
	at := n.Receipt.Timestamp
	if at.IsZero() {
		at = n.Mail.Timestamp
	}
	return Receipt{
		MessageID: n.Mail.MessageID, Recipients: n.Receipt.Recipients, Source: n.Mail.Source, At: at.UTC(),
		Bucket: n.Receipt.Action.Bucket, Key: n.Receipt.Action.Key,
		Verdicts: Verdicts{
			Spam: n.Receipt.Spam.Status, Virus: n.Receipt.Virus.Status, SPF: n.Receipt.SPF.Status,
			DKIM: n.Receipt.DKIM.Status, DMARC: n.Receipt.DMARC.Status,
		},
	}, nil
}

// Setup says whether the receipt is of the object that SES writes when a rule is
// made, which is to be skipped.
func (r Receipt) Setup() bool {
	return r.MessageID == setupName || strings.HasSuffix(r.Key, setupName)
}

// NullSource says whether the envelope sender was the null one.
func (r Receipt) NullSource() bool { return strings.Trim(r.Source, "<> ") == "" }

// WithResults adds what SES's own results in the raw mail say, which the
// notification leaves out: the domains of good DKIM signatures. The block is
// believed only when it is SES's (see Trust).
func (r Receipt) WithResults(m *Message, region string) Receipt {
	if found, ok := Trust(m, region, r.MessageID); ok {
		r.SignedBy = found.SignedBy
	}
	return r
}
